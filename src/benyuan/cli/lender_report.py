"""The report at the end of the lender's demo: what was drawn and refused, classes and provisions, ratios, arrears."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import typer

from benyuan.assurance.arrears import account_standing
from benyuan.assurance.lender_books.ties import untied
from benyuan.assurance.lending import LenderDay, lender_day
from benyuan.cli.lender.days import show_ratios
from benyuan.cli.options import Language
from benyuan.cli.outcomes import refusal_row
from benyuan.cli.output import day, say_table, yuan
from benyuan.cli.run_report import show_commands, show_refused
from benyuan.engine.group import Group
from benyuan.rules.quantities import percent_text
from benyuan.simulate.clients import ATTRIBUTION
from benyuan.simulate.lender.run import LenderDone

RECORDED_MONTH = -1
COMPARED_ON = 20261027
RECORDED = {-2: "nothing bought", -1: "paid whole", 0: "minimum paid", 1: "1 month late", 2: "2 months late"}
MORE_LATE = "3 months or more"
OURS = ("nothing asked", "paid whole", "minimum paid", "1 month late", "2 months late", MORE_LATE)
FIGURES = re.compile(r"\d+")


class LenderReport(msgspec.Struct, frozen=True, kw_only=True):
    """Sums in fen, dates as yyyymmdd. `arrears`: borrowers by the bank's record (rows) and by this book (columns)."""

    database: str
    first_day: int
    last_day: int
    borrowers: int
    seconds: float
    commands: int
    head: str
    outcomes: dict[str, dict[str, int]]
    refused: list[dict[str, Any]]
    invalid: dict[str, int]
    closed: LenderDay
    untied: list[str]
    arrears: dict[str, dict[str, int]]
    agreement_ppm: int
    refused_at_cashier: int
    try_position: int
    attribution: str = ATTRIBUTION


def lender_report(group: Group, done: LenderDone, *, database: Path, seconds: float) -> LenderReport:
    """The report of a run over this group."""
    tally = done.tally
    refused = [
        {**refusal_row(item.first), "count": item.count, "first_position": item.first_position}
        for item in sorted(tally.refused.values(), key=lambda item: -item.count)
    ]
    invalid: Counter[str] = Counter()
    for text, count in tally.invalid.items():
        invalid[FIGURES.sub("…", text)] += count
    arrears, agreement = _arrears(group, done)
    return LenderReport(
        database=str(database),
        first_day=done.first_day,
        last_day=done.last_day,
        borrowers=len(done.world.borrowers),
        seconds=round(seconds, 1),
        commands=tally.commands,
        head=group.head.hex(),
        outcomes={kind: dict(counts) for kind, counts in tally.outcomes.items()},
        refused=refused,
        invalid=dict(invalid),
        closed=lender_day(group, lender=done.world.lender),
        untied=untied(group, lender=done.world.lender),
        arrears=arrears,
        agreement_ppm=agreement,
        refused_at_cashier=next((row["count"] for row in refused if row["rule_id"] == "mkt.psp_no_loan_option"), 0),
        try_position=refused[0]["first_position"] if refused else 1,
    )


def _arrears(group: Group, done: LenderDone) -> tuple[dict[str, dict[str, int]], int]:
    """The bank's status of the last month against this book's, and how many agree, in millionths."""
    world = done.world
    if done.last_day < COMPARED_ON:
        return {}, 0
    held = account_standing(group, world.account, day=COMPARED_ON)
    late = np.minimum(held["months_late"], 3)
    ours = np.where(late > 0, late + 2, np.where(held["stated_fen"] == 0, 0, np.where(held["whole"] != 0, 1, 2)))
    recorded = np.clip(world.borrowers.recorded[:, RECORDED_MONTH], -2, 3)
    table: dict[str, dict[str, int]] = {}
    for number in range(-2, 4):
        of = recorded == number
        counts = np.bincount(ours[of], minlength=len(OURS)).tolist()
        table[RECORDED.get(number, MORE_LATE)] = dict(zip(OURS, counts, strict=True))
    agreed = int((ours == recorded + 2).sum())
    return table, agreed * 1_000_000 // max(len(ours), 1)


def show_lender(report: LenderReport, *, language: Language) -> None:
    """The report for people."""
    days = f"{day(report.first_day)} to {day(report.last_day)}, every day closed"
    show_commands(report.outcomes, invalid=report.invalid, title=f"{report.borrowers:,} borrowers, {days}")
    show_refused(report.refused, language=language)
    _show_products(report)
    show_ratios(report.closed)
    _show_arrears(report)
    tied = "tie" if not report.untied else "DO NOT TIE: " + "; ".join(report.untied)
    typer.echo(f"\nBooks and loans {tied} at the close of {day(report.closed.date)}.")
    typer.echo(f"{report.commands:,} commands in {report.seconds:.1f} s; {report.database}, head {report.head[:16]}")
    typer.echo(report.attribution)
    typer.echo("\nNext:")
    typer.echo(f"  benyuan why {report.try_position} --database {report.database}    why that was refused")
    typer.echo(f"  benyuan verify --database {report.database}    everything rebuilt and decided again")


def _show_products(report: LenderReport) -> None:
    lines = report.closed.products
    names = ("normal", "special_mention", "substandard", "doubtful", "loss")
    rows = [
        (
            line.kind.replace("_", " "),
            f"{line.loans:,}",
            yuan(line.principal_fen),
            yuan(line.interest_owed_fen + line.charges_owed_fen),
            *(yuan(line.classes_fen[name]) for name in names),
            yuan(sum(line.allowances_fen.values())),
        )
        for line in lines
    ]
    classes = tuple(name.replace("_", " ") for name in names)
    columns = ("product", "loans", "principal", "interest, charges", *classes, "allowance")
    say_table(
        title=f"Loans by class at the close of {day(report.closed.date)}, yuan",
        columns=columns,
        rows=rows,
        right=columns[1:],
    )


def _show_arrears(report: LenderReport) -> None:
    if not report.arrears:
        return
    rows = [(name, *(f"{count:,}" for count in counts.values())) for name, counts in report.arrears.items()]
    say_table(
        title="Borrowers by what the bank recorded in its last month (rows) and by this book on 2026-10-27 (columns)",
        columns=("the bank", *OURS),
        rows=rows,
        right=OURS,
    )
    typer.echo(
        f"{percent_text(report.agreement_ppm)} agree. The bank's rules of the minimum and of lateness are not known, "
        "the days of payment are seeded, purchases above the line were refused here, and interest is added to "
        "statements that hold the bank's."
    )
