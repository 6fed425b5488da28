"""`benyuan protection key-facts, key-facts-text`: the text to show next, and the one that was shown."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.running import answer, benyuan, lines
from tests.unit.cli.test_protection_contact import OWED

AT = "2026-05-04T09:00:00+08:00"
LATER = "2026-05-04T09:01:00+08:00"
FIELDS: dict[str, Any] = {
    "borrower": 1,
    "product": 1,
    "line_fen": 500_000,
    "language": "en",
    "lender_name": "Benyuan Consumer Finance",
}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    made = tmp_path / "group.db"
    assert benyuan("init", "--database", made, "--from", "2026-01-01", "--rating", "A").exit_code == 0
    rows = [{"kind": kind, "at": "2026-04-03T09:00:00+08:00", **fields} for kind, fields in OWED[:-2]]
    assert answer("run", lines(tmp_path / "rows.jsonl", rows), "--database", made)["accepted"] == len(rows)
    return made


def test_the_text_is_made_shown_confirmed_and_told_again(database: Path, tmp_path: Path) -> None:
    said = json.dumps(FIELDS)
    words = ("protection", "key-facts-text", "show_account_key_facts", said, "--on", 20260504, "--database", database)
    made = answer(*words)
    account = {name: FIELDS[name] for name in ("borrower", "product", "line_fen")}
    rows: list[dict[str, Any]] = [
        {"kind": "show_account_key_facts", "at": AT, **FIELDS, "text_digest": made["digest"]},
        {"kind": "confirm_key_facts", "at": LATER, "borrower": 1, "key_facts": 1},
        {"kind": "open_credit_account", "at": LATER, **account},
    ]
    assert answer("run", lines(tmp_path / "facts.jsonl", rows), "--database", database)["accepted"] == 3
    (told,) = answer("protection", "key-facts", 1, "--database", database)
    assert (told["state"], told["digest"], told["text"]) == ("as-shown", made["digest"], made["text"])
    assert told["confirmed_at"] - told["shown_at"] == 60_000_000
    shown = benyuan("protection", "key-facts", 1, "--account", 1, "--database", database).stdout
    assert "# Yearly rate 18.25% (simple interest)" in shown
    assert "shown 2026-05-04 09:00:00" in shown
    assert "confirmed 2026-05-04 09:01:00" in shown
    assert "its digest is the same" in shown
    assert "for this" in benyuan("protection", "key-facts", 1, "--offer", 1, "--database", database).stdout


def test_nothing_was_shown(database: Path) -> None:
    assert "no key facts" in benyuan("protection", "key-facts", 1, "--database", database).stdout
    ran = benyuan("protection", "key-facts", 1, "--loan", 1, "--database", database)
    assert ran.exit_code == 4
    assert "no loan 1 of borrower 1" in ran.stderr
    ran = benyuan("protection", "key-facts", 99, "--database", database)
    assert ran.exit_code == 4
    assert "borrower 99" in ran.stderr


@pytest.mark.parametrize(
    ("kind", "fields", "code", "says"),
    [
        ("draw_loan", "{}", 2, "at least one field"),
        ("draw_loan", '{"offer": 1}', 4, "shows no key facts"),
        ("show_account_key_facts", "[1]", 2, "an object in JSON"),
        ("show_account_key_facts", json.dumps({**FIELDS, "lender_name": "Other"}), 2, "lender_name"),
        ("show_account_key_facts", json.dumps({**FIELDS, "colour": 1}), 2, "colour"),
    ],
)
def test_bad_questions(database: Path, kind: str, fields: str, code: int, says: str) -> None:
    ran = benyuan("protection", "key-facts-text", kind, fields, "--database", database)
    assert ran.exit_code == code
    assert says in ran.stderr


def test_the_text_for_people(database: Path) -> None:
    said = json.dumps({**FIELDS, "language": "zh"})
    ran = benyuan("protection", "key-facts-text", "show_account_key_facts", said, "--database", database)
    assert ran.stdout.startswith("# 年化利率 18.25%（按单利计算）")
    assert "SHA-256" in ran.stdout
