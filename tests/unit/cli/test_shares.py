"""`benyuan shares`: shares of a market beside a draft, labelled as one."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.running import answer, benyuan, lines, shop

AT = "2026-05-01T12:00:00+08:00"
PAY = {"kind": "pay", "payer": 1, "merchant": 1, "channel": "online", "authentication": "two_kinds", "at": AT}
MOVE = {"kind": "transfer", "payer": 1, "payee": 2, "amount_fen": 5_000, "authentication": "two_kinds", "at": AT}
TOTAL = {
    "kind": "record_market",
    "institution": 1,
    "market": "non_bank",
    "year": 2026,
    "published": "a report",
    "at": AT,
}


def run(database: Path, *rows: dict[str, Any]) -> Any:
    return answer("run", lines(database.with_suffix(".jsonl"), list(rows)), "--database", database)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """150.00 in two: a payment of 100.00 and a transfer of 50.00; a third payment is refused, and no top-up counts."""
    made = shop(tmp_path)
    done = run(made, {**PAY, "amount_fen": 10_000}, MOVE, {**PAY, "amount_fen": 90_000})
    assert (done["accepted"], done["refused"]) == (2, 1)
    return made


def test_a_third_of_the_market(database: Path) -> None:
    assert run(database, {**TOTAL, "amount_fen": 45_000, "count": 7})["accepted"] == 1
    made = answer("shares", 2026, "--database", database)
    assert made["own"] == {"amount_fen": 15_000, "count": 2}
    first = {row["by"]: row for row in made["rows"] if row["institutions"] == 1}
    assert (first["amount"]["reached"], first["number"]["reached"]) == (True, False)
    assert {row["status"] for row in made["rows"]} == {"draft"}
    assert "never came into force" in made["draft"]


def test_one_fen_under_a_third(database: Path) -> None:
    run(database, {**TOTAL, "amount_fen": 45_001, "count": 7})
    rows = answer("shares", 2026, "--database", database)["rows"]
    assert not any(row["reached"] for row in rows)


def test_the_latest_total_of_a_year_counts(database: Path) -> None:
    run(database, {**TOTAL, "amount_fen": 15_000, "count": 2}, {**TOTAL, "amount_fen": 45_001, "count": 7})
    assert not any(row["reached"] for row in answer("shares", 2026, "--database", database)["rows"])


def test_on_the_screen_it_is_a_draft(database: Path) -> None:
    run(database, {**TOTAL, "amount_fen": 45_000, "count": 7, "first_other_fen": 10_000})
    ran = benyuan("shares", "--database", database)
    assert ran.exit_code == 0
    assert "DRAFT" in ran.stdout
    assert "33.33%" in ran.stdout
    assert "warn" in ran.stdout


def test_it_refuses_nothing(database: Path) -> None:
    run(database, {**TOTAL, "amount_fen": 15_000, "count": 2})
    assert run(database, {**PAY, "amount_fen": 1})["accepted"] == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"year": 2027}, "year"),
        ({"first_other_fen": 5, "second_other_fen": 6}, "second_other_fen"),
        ({"first_other_fen": 45_000, "second_other_fen": 1}, "first_other_fen"),
        ({"amount_fen": 0}, "amount_fen"),
        ({"market": "moon"}, "market"),
    ],
)
def test_bad_totals(database: Path, fields: dict[str, Any], field: str) -> None:
    done = run(database, {**TOTAL, "amount_fen": 45_000, "count": 7, **fields})
    assert [each["field"] for each in done["invalid_by_field"]] == [field]


def test_another_year_and_no_market(database: Path) -> None:
    made = answer("shares", 2025, "--database", database)
    assert (made["own"]["count"], made["rows"]) == (0, [])
    assert "record_market" in benyuan("shares", 2025, "--database", database).stdout
    assert benyuan("shares", "--institution", 9, "--database", database).exit_code == 4
