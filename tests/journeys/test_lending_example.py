"""The page of measure 4 shows how a first loan is lent, with files and commands; here they run as they stand there."""

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.unit.cli.running import answer, benyuan

PAGE = (Path(__file__).parents[2] / "docs" / "measures" / "4-consumer-finance.md").read_text("utf-8")
FILES = re.findall(r"`(\w+\.jsonl)`:\n\n```json\n(.*?)```", PAGE, re.DOTALL)
TOLD = re.findall(r"^benyuan (lender sheet-text|protection key-facts-text) (.*)$", PAGE, re.MULTILINE)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    made = tmp_path / "group.db"
    assert benyuan("init", "--database", made, "--from", "2026-11-02").exit_code == 0
    for name, content in FILES:
        (tmp_path / name).write_text(content, "utf-8")
    return made


def test_the_first_loan_is_lent_as_the_page_says(database: Path) -> None:
    assert [name for name, _ in FILES] == ["lender.jsonl", "offer.jsonl", "lend.jsonl"]
    for name in ("lender.jsonl", "offer.jsonl"):
        told = answer("run", database.parent / name, "--database", database)
        assert told["accepted"] == told["commands"], told
    (sheet, asked), (facts, shown) = TOLD
    digests = [
        answer(*sheet.split(), *shlex.split(asked), "--database", database)["digest"],
        answer(*facts.split(), *shlex.split(shown), "--database", database)["digest"],
    ]
    last = [json.loads(line) for line in FILES[2][1].splitlines()]
    assert [last[0]["cost_sheet"], last[1]["text_digest"]] == digests
    told = answer("run", database.parent / "lend.jsonl", "--database", database)
    assert told["accepted"] == len(last), told
    assert last[-1]["kind"] == "draw_loan"


def test_without_a_showing_the_draw_of_the_page_is_refused(database: Path) -> None:
    for name in ("lender.jsonl", "offer.jsonl"):
        answer("run", database.parent / name, "--database", database)
    draw = json.loads(FILES[2][1].splitlines()[-1])
    alone = database.parent / "draw.jsonl"
    alone.write_text(json.dumps(draw) + "\n", "utf-8")
    told = benyuan("run", alone, "--database", database)
    assert "1 refused" in told.stdout
    assert "cost.sheet" in told.stdout
