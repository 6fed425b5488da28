"""The program as the tests of the command line use it."""

import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

from typer.main import get_command
from typer.testing import CliRunner, Result

from benyuan.cli import app
from benyuan.simulate.identities import credit_code, someone

AT = "2026-05-01T09:00:00+08:00"


PROGRAM = get_command(app)
"""Made once: the runner would make every command anew each time."""


def benyuan(*words: object, typed: str | None = None) -> Result:
    """Run a command in this process; `typed` is what it reads from its input."""
    with patch("typer.testing._get_command", lambda _: PROGRAM):
        return CliRunner().invoke(app, [str(word) for word in words], input=typed)


def answer(*words: object) -> Any:
    """What a command says with --json."""
    ran = benyuan(*words, "--json")
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return json.loads(ran.stdout)


def shop(directory: Path) -> Path:
    """A database with an institution, two people with wallets of 1,000.00 yuan, and two merchants."""
    database = directory / "shop.db"
    assert benyuan("init", "--database", database, "--from", "2026-01-01", "--rating", "A").exit_code == 0
    people = [{"kind": "register_person", "institution": 1, **someone(n)} for n in (1, 2)]
    people += [{"kind": "bind_bank_account", "person": person, "mandate": True} for person in (1, 2)]
    people += [{"kind": "open_wallet", "person": person, "wallet_class": "II", "channels": 3} for person in (1, 2)]
    firm = {"kind": "register_merchant", "institution": 1, "kind_of_merchant": "firm"}
    people += [{**firm, "code": credit_code(n)} for n in (1, 2)]
    people += [{"kind": "top_up", "wallet": wallet, "bank_account": wallet, "amount_fen": 100_000} for wallet in (1, 2)]
    file = lines(directory / "people.jsonl", [{**row, "at": AT} for row in people])
    done = answer("run", file, "--database", database)
    assert done["accepted"] == len(people)
    return database


def lines(file: Path, rows: list[dict[str, Any]]) -> Path:
    """A file of JSON lines."""
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def text(file: Path, content: str) -> Path:
    """A file with this content."""
    file.write_text(content, encoding="utf-8")
    return file
