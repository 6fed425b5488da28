"""The report at the end of the demo of the group: its story, its shape, what it may do, what was done inside it."""

from collections import Counter
from pathlib import Path

import msgspec
import typer

from benyuan.assurance.group.accounts import GroupAccounts, Reported, consolidated_of, reported_of
from benyuan.assurance.group.applying import Application, application_of
from benyuan.assurance.group.dealings import Dealings, dealings_of
from benyuan.assurance.group.licences import Licences, licences_told
from benyuan.assurance.group.limits import LimitsTold, limits_of
from benyuan.assurance.group.prudential import Prudential, prudential_of
from benyuan.assurance.group.shape import Shape, shape_of
from benyuan.cli.group.applying import show_application
from benyuan.cli.group.consolidating import show_accounts
from benyuan.cli.group.licensing import show_licences
from benyuan.cli.group.limiting import show_limits
from benyuan.cli.group.owning import show_shape
from benyuan.cli.group.prudential import show_prudential
from benyuan.cli.group.relating import show_dealings
from benyuan.cli.inputs.returns import read_returns
from benyuan.cli.options import Language
from benyuan.cli.output import day
from benyuan.cli.telling_report import Step, Verified, show_chapter, step_of, verified
from benyuan.engine.group import Group
from benyuan.simulate.group.bodies import BANK, FOUNDER, FUNDS, HOLDING, INSURER
from benyuan.simulate.group.returns import PERIOD, returns_file
from benyuan.simulate.group.run import CHAPTERS, GroupDone, lenders_money
from benyuan.storage.group_lines import load_account_map, load_group_lines

RETURNS_ENDING = ".returns.csv"


class GroupReport(msgspec.Struct, frozen=True, kw_only=True):
    """Dates as yyyymmdd, amounts in fen; `refused` by rule; the answers of `benyuan group` on the last day."""

    database: str
    first_day: int
    last_day: int
    seconds: float
    commands: int
    head: str
    steps: list[Step]
    refused: dict[str, int]
    shape: Shape
    application: Application
    licences: Licences
    dealings: Dealings
    limits: list[LimitsTold]
    returns: str
    accounts: GroupAccounts
    prudential: Prudential
    verified: Verified


def group_report(group: Group, done: GroupDone, *, database: Path, seconds: float, language: Language) -> GroupReport:
    """The report of a run over this group; its log is decided again."""
    steps = [step_of(told, language) for told in done.story.told]
    returns = database.with_name(database.name + RETURNS_ENDING)
    returns.write_text(returns_file(lenders_fen=lenders_money(group)), encoding="utf-8")
    reported = _reported(group, returns)
    return GroupReport(
        database=str(database),
        first_day=done.first_day,
        last_day=done.last_day,
        seconds=round(seconds, 1),
        commands=group.position,
        head=group.head.hex(),
        steps=steps,
        refused=dict(sorted(Counter(step.rule for step in steps if step.rule).items())),
        shape=shape_of(group, HOLDING, on=done.last_day),
        application=application_of(group, FOUNDER, on=done.last_day),
        licences=licences_told(group, top=HOLDING, on=done.last_day),
        dealings=dealings_of(group, HOLDING, on=done.last_day),
        limits=[limits_of(group, body, on=done.last_day) for body in (HOLDING, FUNDS, INSURER, BANK)],
        returns=str(returns),
        accounts=GroupAccounts(
            accounts=consolidated_of(reported), grounds=reported.grounds, not_closed=reported.not_closed
        ),
        prudential=prudential_of(group, HOLDING, on=PERIOD, reported=reported),
        verified=verified(group),
    )


def _reported(group: Group, returns: Path) -> Reported:
    """Books of this ledger and the returns of the others."""
    chart = load_group_lines()
    sent, accounts = read_returns([returns], chart=chart, period=PERIOD), load_account_map(chart)
    return reported_of(group, HOLDING, period=PERIOD, returns=sent, chart=chart, accounts=accounts)


def show_group(report: GroupReport, *, language: Language) -> None:
    """The report for people."""
    show_chapter(report.steps, chapter=1, title=CHAPTERS[1], language=language)
    show_shape(report.shape)
    show_application(report.application)
    show_licences(report.licences)
    show_chapter(report.steps, chapter=2, title=CHAPTERS[2], language=language)
    show_dealings(report.dealings)
    for limits in report.limits:
        show_limits(limits)
    show_accounts(report.accounts)
    show_prudential(report.prudential)
    told = report.verified
    typer.echo(
        f"\n{report.database}: {report.commands} commands from {day(report.first_day)} to {day(report.last_day)}, "
        f"{sum(report.refused.values())} inside the group refused under {len(report.refused)} rules  "
        f"({report.seconds} s)"
    )
    holds = "everything holds" if told.ok else "NOT as logged"
    typer.echo(f"benyuan verify: {told.commands} commands decided again, {told.differences} differences: {holds}")
    beside = f"--database sqlite:///{report.database}"
    typer.echo(f"benyuan group apply {FOUNDER} {beside}   asks any of it again, on any day")
    typer.echo(f"benyuan group consolidate {HOLDING} --period {PERIOD} --returns {report.returns} {beside}")
