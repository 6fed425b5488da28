"""`benyuan retention`: what is due on a day, erased on it, and what is told of an erased person."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.running import answer, benyuan, lines, shop
from tests.unit.ledger.books import china

AT = "2026-05-02T09:00:00+08:00"
DUE = 20360503


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Person 1 has left on 2026-05-02, and has paid with a memo."""
    database = shop(tmp_path)
    pay = {"kind": "pay", "payer": 1, "merchant": 1, "amount_fen": 100, "channel": "online", "memo": "lunch"}
    rows = [{**pay, "authentication": "two_kinds"}, {"kind": "close_wallet", "wallet": 1, "bank_account": 1}]
    file = lines(tmp_path / "more.jsonl", [{**row, "at": AT} for row in rows])
    assert answer("run", file, "--database", database)["accepted"] == 2
    return database


@pytest.fixture
def years_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benyuan.engine.group.system_clock", lambda: china("2036-05-03T10:00"))


def due(database: Path, on: str) -> dict[str, int]:
    told = answer("retention", "due", "--on", on, "--database", database)
    assert not told["unfinished"]
    return {row["sort"]: row["count"] for row in told["due"] if row["count"]}


def test_what_is_due_on_a_day_to_come(database: Path) -> None:
    assert due(database, "2036-05-02") == {}
    assert due(database, "2036-05-03") == {"person": 1, "transaction": 1}
    shown = benyuan("retention", "due", "--on", "2036-05-03", "--database", database)
    assert "aml.retention.law" in shown.stdout
    row = answer("retention", "due", "--on", "2036-05-03", "--database", database)["due"][0]
    assert (row["document"], row["article"], row["years"]) == ("反洗钱法（2024年修订）", "第三十四条第三款", 10)
    assert (row["samples"], row["first_start"], row["last_start"]) == ([1], 20260502, 20260502)
    assert "nothing is due" in benyuan("retention", "due", "--on", "2036-05-02", "--database", database).stdout


@pytest.mark.usefixtures("years_later")
def test_erased_and_told_so(database: Path) -> None:
    told = answer("retention", "erase", "--database", database)
    assert told["on"] == DUE
    assert told["erased"] == {"person": 1, "transaction": 1}
    assert answer("verify", "--database", database)["ok"]
    gone = benyuan("person", "show", "1", "--purpose", "x", "--database", database)
    assert gone.exit_code == 4
    for word in ("2036-05-03", "aml.retention.law", "第三十四条", "10 years after 2026-05-02"):
        assert word in gone.output
    assert answer("person", "show", "2", "--purpose", "x", "--database", database)["person"] == 2
    again = benyuan("retention", "erase", "--database", database)
    assert "nothing is due" in again.stdout
    first = next(n for n in range(1, 40) if "erase_records" in benyuan("why", n, "--database", database).stdout)
    assert json.loads(benyuan("why", first, "--database", database, "--json").stdout)["results"]["erased"] == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--on", "2036-05-03"), 2), (("--on", "2026-05-01"), 2), (("--on", "2036-02-30"), 2), (("--on", "soon"), 2)],
)
def test_neither_a_day_to_come_nor_one_that_is_over(database: Path, words: tuple[str, ...], code: int) -> None:
    before = answer("verify", "--database", database)["head"]
    assert benyuan("retention", "erase", *words, "--database", database).exit_code == code
    assert answer("verify", "--database", database)["head"] == before


def test_without_its_keys_nothing_is_erased(database: Path) -> None:
    database.with_name("shop.db.keys").rename(database.with_name("away"))
    assert benyuan("retention", "erase", "--database", database).exit_code == 3
