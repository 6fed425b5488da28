"""The report at the end of a demo: what was done and refused, whether the reserve ties, what fell due."""

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import typer

from benyuan.cli.cases import case_rows, case_table
from benyuan.cli.duties import duty_rows
from benyuan.cli.options import Language
from benyuan.cli.outcomes import refusal_row
from benyuan.cli.output import day, say_table, yuan
from benyuan.cli.run_report import show_commands, show_refused
from benyuan.engine.group import Group
from benyuan.payments.large_values import THRESHOLDS
from benyuan.simulate.clients import ATTRIBUTION
from benyuan.simulate.run import Done

OF_DUTIES = (*THRESHOLDS.values(), "aml.large.aggregate", "aml.large.deadline", "reserve.monthly_report")
DUTIES_SHOWN = 12
SHOWN_FIRST = ("pay.daily.two_factor_no_cert", "qr.risk.D", "pay.account.class2.year")
"""Refusals whose checks show most, for the line that says what to try next."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Sums in fen, dates as yyyymmdd."""

    database: str
    first_day: int
    last_day: int
    people: int
    merchants: int
    seconds: float
    commands: int
    head: str
    outcomes: dict[str, dict[str, int]]
    refused: list[dict[str, Any]]
    invalid: dict[str, int]
    reserve: dict[str, int]
    clearing: dict[str, int]
    fees_fen: int
    saved_fen: int
    days_closed: int
    days_with_difference: int
    duties: list[dict[str, Any]]
    cases: list[dict[str, Any]]
    rules_by_status: dict[str, int]
    try_position: int
    attribution: str = ATTRIBUTION


def report_of(group: Group, done: Done, *, database: Path, seconds: float) -> Report:
    """The report of a run over this group."""
    tally = done.tally
    closed = group.records.tables["closed_day"]
    last = {name: int(closed.column(name)[-1]) for name in closed.table.columns if name.endswith("_fen")}
    refused = [
        {**refusal_row(item.first), "count": item.count, "first_position": item.first_position}
        for item in sorted(tally.refused.values(), key=lambda item: -item.count)
    ]
    positions = {row["rule_id"]: row["first_position"] for row in refused}
    shown = [positions[rule] for rule in SHOWN_FIRST if rule in positions] or list(positions.values()) or [1]
    return Report(
        database=str(database),
        first_day=done.first_day,
        last_day=done.last_day,
        people=done.people,
        merchants=done.merchants,
        seconds=round(seconds, 1),
        commands=tally.commands,
        head=group.head.hex(),
        outcomes={kind: dict(counts) for kind, counts in tally.outcomes.items()},
        refused=refused,
        invalid=dict(tally.invalid),
        reserve=last,
        clearing=_clearing(group),
        fees_fen=tally.fees_fen,
        saved_fen=tally.saved_fen,
        days_closed=closed.count,
        days_with_difference=int(np.count_nonzero(closed.column("difference_fen")[1:])),
        duties=duty_rows(group),
        cases=case_rows(group),
        rules_by_status=_rules_by_status(group, done),
        try_position=shown[0],
    )


def _clearing(group: Group) -> dict[str, int]:
    """Over all days that were matched with the clearing house's file; at the end what is open and unexplained."""
    held, items = group.records.tables["clearing_day"], group.records.tables["clearing_item"]
    waiting = (items.column("matched_on") == 0) & (items.column("resolved") == 0)
    sides = ("unexplained_in_fen", "unexplained_out_fen")
    return {
        "days": held.count,
        "lines": int(held.column("lines").sum()),
        "matched": int(held.column("matched").sum()),
        "items": items.count,
        "resolved": int(np.count_nonzero(items.column("resolved"))),
        "open": int(np.count_nonzero(waiting[1:])),
        "unexplained_fen": sum(int(held.column(side)[-1]) for side in sides),
    }


def _rules_by_status(group: Group, done: Done) -> dict[str, int]:
    """The gates and limits of every kind of command that was given, by how well their value is known."""
    met = {*OF_DUTIES} | set(done.tally.refused)
    for kind in done.tally.outcomes:
        use_case = group.use_cases[kind]
        met |= {gate.rule for gate in use_case.gates} | set(use_case.rules)
    values = [group.regime.pack.in_force(id=rule, on=done.last_day) for rule in met]
    return dict(Counter(str(value.status) for value in values if value is not None).most_common())


def show(report: Report, *, language: Language) -> None:
    """The report for people."""
    days = f"{day(report.first_day)} to {day(report.last_day)}"
    people = f"{report.people:,} people and {report.merchants:,} merchants"
    show_commands(report.outcomes, invalid=report.invalid, title=f"{people}, {days}")
    show_refused(report.refused, language=language)
    _show_reserve(report)
    _show_duties(report)
    statuses = ", ".join(f"{count} {status}" for status, count in report.rules_by_status.items())
    typer.echo(f"\nRules met: {sum(report.rules_by_status.values())}, by how well their text is known: {statuses}.")
    typer.echo(f"{report.commands:,} commands in {report.seconds:.1f} s; {report.database}, head {report.head[:16]}")
    typer.echo(report.attribution)
    typer.echo("\nNext:")
    said = "why that was refused" if report.refused else "what was decided there"
    typer.echo(f"  benyuan why {report.try_position:<12} {said}: every check, article and figure")
    typer.echo("  benyuan verify           the log checked, everything rebuilt, compared and decided again")
    typer.echo("  benyuan balance --book   the trial balance")


def _show_reserve(report: Report) -> None:
    sums = report.reserve
    customers = sums["wallets_fen"] + sums["merchants_fen"]
    in_transit = sums["clearing_out_fen"] - sums["clearing_in_fen"]
    lines = {
        "wallets": sums["wallets_fen"],
        "+ merchants, not paid out yet": sums["merchants_fen"],
        "+ own money of the institution": sums["own_fen"],
        "+ fees earned, not taken out yet": sums["fees_fen"],
        "+ in transit: on its way out": sums["clearing_out_fen"],
        "- in transit: on its way in": -sums["clearing_in_fen"],
        "= reserve, by this sum": customers + sums["own_fen"] + sums["fees_fen"] + in_transit,
        "  reserve, by the book": sums["reserve_fen"],
        "  reserve, by the custodian's statement": sums["statement_fen"],
        "  difference": sums["difference_fen"],
        "  explained by no entry": sums["unexplained_fen"],
    }
    say_table(
        title=f"Customers' money and the reserve at the close of {day(report.last_day)}",
        columns=("", "yuan"),
        rows=[(name, yuan(fen)) for name, fen in lines.items()],
        right=("yuan",),
    )
    typer.echo(
        f"{report.days_closed} days closed, {report.days_with_difference} with a difference. The statement is summed "
        "from single orders by the simulation, apart from the ledger."
    )
    cleared = report.clearing
    if cleared["lines"]:
        typer.echo(
            f"The clearing house's file: {cleared['lines']:,} lines, {cleared['matched']:,} matched with single "
            f"transactions; {cleared['items']} items found, {cleared['resolved']} resolved by people, "
            f"{cleared['open']} open."
        )
    typer.echo(f"Fees: {yuan(report.fees_fen)} yuan; concessions saved small merchants {yuan(report.saved_fen)} yuan.")


def _show_duties(report: Report) -> None:
    shown = report.duties[-DUTIES_SHOWN:]
    rows = [
        (
            str(row["duty"]),
            row["kind"].replace("_", " "),
            f"{row['subject_kind']} {row['subject']}",
            row["direction"],
            yuan(row["amount_fen"]),
            day(row["arose_on"]),
            day(row["due_on"]),
            day(row["done_on"]) or "open",
        )
        for row in shown
    ]
    columns = ("duty", "what", "of", "side", "yuan", "arose", "due", "done")
    title = f"Duties: {len(report.duties)}"
    if len(shown) < len(report.duties):
        title += f", the last {len(shown)}"
    say_table(title=title, columns=columns, rows=rows, right=("duty", "yuan"))
    case_table(f"Suspicious cases: {len(report.cases)}", report.cases[-DUTIES_SHOWN:])
