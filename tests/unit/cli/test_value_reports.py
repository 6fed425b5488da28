"""`benyuan report`: a large value drawn up into a file, the reader on record first, the duty done by filing."""

import json
from pathlib import Path

import pytest

from benyuan.simulate.identities import someone
from tests.unit.cli.running import answer, benyuan, lines, shop

DAY, NEXT = "2026-05-01T12:00:00+08:00", "2026-05-02T09:00:00+08:00"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A top-up of a large value, and the day closed."""
    directory = tmp_path_factory.mktemp("reports")
    made = shop(directory)
    rows = [
        {"kind": "top_up", "wallet": 1, "bank_account": 1, "amount_fen": 50_000_000, "at": DAY},
        {"kind": "close_day", "institution": 1, "date": 20260501, "statement_fen": 0, "at": NEXT},
    ]
    assert answer("run", lines(directory / "day.jsonl", rows), "--database", made)["accepted"] == 2
    return made


def test_drawn_up_and_on_record(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.jsonl"
    said = answer("report", 1, "--out", out, "--operator", "li", "--purpose", "the law", "--database", database)
    assert (said["lines"], said["of"]) == (2, "person:1")
    assert someone(1)["full_name"] in out.read_text(encoding="utf-8")
    assert out.stat().st_mode & 0o077 == 0, "nobody else may read it"
    draw, look = (
        answer("why", _last(database) - 1, "--database", database),
        answer("why", _last(database), "--database", database),
    )
    assert (draw["command"]["operator"], draw["command"]["purpose"]) == ("li", "the law")
    assert (look["kind"], look["command"]["person"]) == ("disclose_person", 1)


def _last(database: Path) -> int:
    verified = answer("verify", "--database", database)
    return int(verified["commands"])


def test_filing_makes_the_duty_done(database: Path, tmp_path: Path) -> None:
    assert benyuan("report", 1, "--out", tmp_path / "one.csv", "--database", database).exit_code == 0
    assert len(answer("duties", "--open", "--database", database)) == 1, "drawing it up files nothing"
    filed = [{"kind": "file_duty", "duty": 1}]
    assert answer("run", lines(tmp_path / "filed.jsonl", filed), "--database", database)["accepted"] == 1
    assert answer("duties", "--open", "--database", database) == []


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("99",), 4, "no duty 99"),
        (("1", "--add", "place"), 2, "ELEMENT=TEXT"),
        (("1", "--add", "colour=red"), 2, "element of the list"),
    ],
)
def test_what_can_not_be_drawn_up(database: Path, tmp_path: Path, words: tuple[str, ...], code: int, says: str) -> None:
    ran = benyuan("report", *words, "--out", tmp_path / "no.csv", "--database", database)
    assert ran.exit_code == code
    assert says in ran.output
    assert not (tmp_path / "no.csv").exists()


def test_only_these_forms(database: Path, tmp_path: Path) -> None:
    ran = benyuan("report", 1, "--out", tmp_path / "no.pdf", "--database", database)
    assert ran.exit_code == 2
    assert json.dumps(".jsonl").strip('"') in ran.output
