"""The worked tables of docs/algorithms/credit-report.md and the purposes of docs/measures, made again."""

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.negative import kept_until, negative_spells, spell_rows
from benyuan.credit_bureau.report import sheet
from benyuan.credit_bureau.report.composing import report
from benyuan.credit_bureau.report.forms import day_text
from benyuan.credit_bureau.report.showing import RETENTION, shown_on
from benyuan.credit_bureau.vocabulary import SECTIONS_OF, STATUS_NUMBER, Purpose, Section
from tests.unit.bureau.files import ON, file_of, public
from tests.unit.consumer_finance.worked_tables import PAGES, Row, fen_of, table
from tests.unit.engine.groups import regime

PAGE, WORKED = "credit-report.md", "An account worked out"
MEASURE = PAGES.parent / "measures" / "3-credit-bureau.md"
LETTERS = {number: letter for letter, number in STATUS_NUMBER.items()}
FIRST_DAY = 8


def number_of(text: str) -> int:
    """A day or a month as a number; 0 for none."""
    return int(text.replace("-", "") or 0)


def records_of(rows: list[Row]) -> NDArray[Any]:
    """The months of the table."""
    made = np.zeros(len(rows), MONTH.dtype)
    for place, (month, status, due_on, ended_on, overdue, *_) in enumerate(rows):
        for name, value in (
            ("account", 1),
            ("month", number_of(month)),
            ("status", STATUS_NUMBER[status]),
            ("due_on", number_of(due_on)),
            ("ended_on", number_of(ended_on)),
            ("overdue_fen", fen_of(overdue)),
        ):
            made[name][place] = value
    return made


def test_the_spells_of_the_worked_account() -> None:
    _, rows = table(PAGE, WORKED)
    records = records_of(rows)
    spells = negative_spells(records)
    years = regime().pack.value(id=RETENTION, on=ON).count
    kept = kept_until(ended_on=spells.ended_on, years=years)
    for row, place in zip(rows, spell_rows(spells, records).tolist(), strict=True):
        ended, last = (int(spells.ended_on[place]), int(kept[place])) if place >= 0 else (0, 0)
        assert row[5:8] == ("ABCD"[place] if place >= 0 else "", day_text(ended), day_text(last)), row


def test_what_reports_show_of_it() -> None:
    head, rows = table(PAGE, WORKED)
    for column, day in enumerate(head[FIRST_DAY:], start=FIRST_DAY):
        made = shown_on(months=records_of(rows), public=public(), on=number_of(day), rules=regime().pack).months
        shown = dict(zip(made["month"].tolist(), made["status"].tolist(), strict=True))
        letters = [LETTERS[shown[number_of(row[0])]] if number_of(row[0]) in shown else "" for row in rows]
        assert letters == [row[column] for row in rows], day


def test_the_summary_of_it() -> None:
    _, rows = table(PAGE, WORKED)
    _, figures = table(PAGE, "The summary")
    made = report(
        file_of(records_of(rows)),
        sections=Section.summary | Section.accounts | Section.months,
        on=ON,
        rules=regime().pack,
    )
    summary = msgspec.to_builtins(made.summary)
    for names, _, values in figures:
        if values:
            fields = [name.strip("` ") for name in names.split(",")]
            assert [str(summary[name]) for name in fields] == values.split(", ")
    accounts: Any = made.accounts
    assert f"`{accounts[0].last_24}`" in (PAGES / PAGE).read_text("utf-8")


def test_every_field_of_the_report_is_documented() -> None:
    text = (PAGES / PAGE).read_text("utf-8")
    for name in sheet.Report.__struct_fields__:
        assert f"`{name}`" in text, name
    assert (f"`{sheet.SCHEMA}`" in text, f"`version` {sheet.VERSION}" in text) == (True, True)


def test_every_purpose_and_what_it_shows_is_documented() -> None:
    text = MEASURE.read_text("utf-8").partition("## What each purpose shows\n")[2].partition("\n## ")[0]
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")
    ]
    head, _, *rows = lines
    told = {
        row[0].strip("`"): {name for name, cell in zip(head[1:], row[1:], strict=True) if cell == "x"} for row in rows
    }
    wanted = {
        purpose.value: {str(section.name) for section in Section if section in SECTIONS_OF[purpose]}
        for purpose in Purpose
    }
    assert told == wanted
