"""The worked examples of docs/algorithms: annual rates run, the tables of schedules are what the code makes."""

import datetime as dt
import doctest
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from benyuan.consumer_finance.schedule import schedule

ALGORITHMS = Path(__file__).parents[3] / "docs" / "algorithms"
COLUMNS = ("n", "due", "principal", "interest", "payment", "balance")
LOAN: dict[str, Any] = {
    "principal": Decimal(100),
    "terms": 6,
    "frequency": "1 month",
    "method": "equal-instalment",
    "day_count": "30/360",
    "rounding": "half-even",
    "disbursed_on": dt.date(2024, 1, 1),
    "first_due": dt.date(2024, 2, 1),
}
THREE: dict[str, Any] = {
    **LOAN,
    "principal": Decimal(1000),
    "annual_rate": Decimal("0.12"),
    "terms": 3,
    "rounding": "half-up",
}
ENDS = {"disbursed_on": dt.date(2024, 12, 31), "first_due": dt.date(2025, 1, 31)}
WORKED: list[dict[str, Any]] = [
    {**LOAN, "annual_rate": Decimal("0.094822")},
    {**LOAN, "annual_rate": Decimal("0.15678"), "day_count": "act/365"},
    {**THREE, "method": "equal-principal"},
    {**THREE, "method": "bullet", "day_count": "act/act", **ENDS},
]


def tables() -> list[list[list[str]]]:
    """The tables of rows in the page, each as rows of cells."""
    page = (ALGORITHMS / "schedules.md").read_text("utf-8")
    head = re.escape(f"| {' | '.join(COLUMNS)} |\n")
    found = re.findall(head + r"\|[-|]+\|\n((?:\|.*\|\n)+)", page)
    return [[[cell.strip() for cell in line.strip("|").split("|")] for line in rows.splitlines()] for rows in found]


def test_the_page_of_annual_rates_runs() -> None:
    ran = doctest.testfile(str(ALGORITHMS / "annual-rates.md"), module_relative=False)
    assert ran.failed == 0
    assert ran.attempted >= 15


def test_every_worked_schedule_has_its_loan() -> None:
    assert len(tables()) == len(WORKED)


@pytest.mark.parametrize("number", range(len(WORKED)))
def test_worked_schedules(number: int) -> None:
    rows = schedule(**WORKED[number])
    assert tables()[number] == [[str(getattr(row, name)) for name in COLUMNS] for row in rows]
