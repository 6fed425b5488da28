"""The report at the end of the demo of consumer protection: a line a step, duties by rule, the eight rights."""

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
import typer

from benyuan.assurance.protection.calendar import Duty, calendar
from benyuan.assurance.protection.complaints import Line, monthly
from benyuan.assurance.protection.own_data import faults_of
from benyuan.cli.options import Language
from benyuan.cli.output import day, say_table, yuan
from benyuan.cli.telling_report import Step, Verified, show_chapter, step_of, verified
from benyuan.consumer_protection.suitability.records import TEST
from benyuan.engine.group import Group
from benyuan.engine.why import why
from benyuan.simulate.protection.complaining import OVERDUE
from benyuan.simulate.protection.counting import asked_of, rights
from benyuan.simulate.protection.investing import BOLD, SECOND_THOUGHTS
from benyuan.simulate.protection.run import FIRST_DAY, LAST_DAY
from benyuan.simulate.protection.world import Story

CHAPTERS = {
    1: "The product register, and who is sold what",
    2: "A student's loan, and what an income carries",
    3: "Costs read before a draw",
    4: "Complaints by whose clock it is",
    5: "Calls about a debt",
    6: "Consents, messages, the cashier",
    7: "A customer's own data",
}
A_MONTH = 100
STATES = ("open", "done", "late", "overdue", "past_aim")


class Refund(msgspec.Struct, frozen=True, kw_only=True):
    """A cancelled sale: the wallet before it, after it and after the refund, in fen; the two commands."""

    sale: int
    wallet: int
    before_fen: int
    sold_fen: int
    after_fen: int
    refunded_fen: int
    sold_by: int
    refunded_by: int


class Exit(msgspec.Struct, frozen=True, kw_only=True):
    """An early exit: what the shares came to, the fee, what was paid of it; the wallet before and after, in fen."""

    sale: int
    wallet: int
    gross_fen: int
    fee_fen: int
    paid_fen: int
    before_fen: int
    after_fen: int
    redeemed_by: int


class DutyCount(msgspec.Struct, frozen=True, kw_only=True):
    """Duties under one rule on the last day."""

    rule: str
    kinds: list[str]
    open: int
    done: int
    late: int
    overdue: int
    past_aim: int


class Right(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that serves one of the eight rights: commands that met it, those that it refused, duties."""

    right: str
    rule: str
    asked: int
    refused: int
    duties: int


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """The package with a customer's data; `faults`: files that are not what its manifest says."""

    path: str
    person: int
    request: int
    handed_out_by: int
    bytes: int
    files: int
    sha256: str
    faults: list[str]


class ProtectionReport(msgspec.Struct, frozen=True, kw_only=True):
    """Dates as yyyymmdd. `breaches`: what is overdue on the day after a complaint's last; `levels`: its climb."""

    database: str
    first_day: int
    last_day: int
    seconds: float
    commands: int
    head: str
    people: int
    borrowers: int
    tested: dict[str, int]
    steps: list[Step]
    refused: dict[str, int]
    student_explained: str
    refund: Refund
    left_early: Exit
    breaches_on: int
    breaches: list[Duty]
    levels: list[int]
    month: list[Line]
    package: Packed
    duties: list[DutyCount]
    rights: list[Right]
    verified: Verified


def write_package(story: Story, *, folder: Path) -> Packed:
    """The package beside the database, read again and held against its own manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"own-data-{SECOND_THOUGHTS}.zip"
    path.write_bytes(story.package)
    body = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        files = len(archive.namelist())
    return Packed(
        path=str(path),
        person=SECOND_THOUGHTS,
        request=story.notes["request"],
        handed_out_by=story.notes["handed"],
        bytes=len(body),
        files=files,
        sha256=hashlib.sha256(body).hexdigest(),
        faults=faults_of(body),
    )


def protection_report(
    group: Group, story: Story, *, database: Path, package: Packed, seconds: float, language: Language
) -> ProtectionReport:
    """The report of a run over this group; its log is decided again."""
    duties, asked = calendar(group, on=LAST_DAY), asked_of(group, after=story.notes["stood"])
    serving = rights(group, on=LAST_DAY, asked=asked, duties=duties)
    levels = Counter(group.records.tables[TEST.name].column("level")[1:].tolist())
    notes, steps = story.notes, [step_of(told, language) for told in story.told]
    return ProtectionReport(
        database=str(database),
        first_day=FIRST_DAY,
        last_day=LAST_DAY,
        seconds=round(seconds, 1),
        commands=group.position,
        head=group.head.hex(),
        people=group.records.tables["person"].count,
        borrowers=group.records.tables["borrower"].count,
        tested={str(level): levels[level] for level in sorted(levels)},
        steps=steps,
        refused=dict(sorted(Counter(step.rule for step in steps if step.rule).items())),
        student_explained=why(group, story.student).text(language.value),
        refund=_refund(notes),
        left_early=_exit(notes),
        breaches=story.breaches,
        levels=[notes[f"{name} level"] for name in ("first", "second", "last")],
        breaches_on=OVERDUE,
        month=monthly(group, month=OVERDUE // A_MONTH),
        package=package,
        duties=_by_rule(duties),
        rights=[Right(**{name: getattr(each, name) for name in Right.__struct_fields__}) for each in serving],
        verified=verified(group),
    )


def _refund(notes: dict[str, int]) -> Refund:
    return Refund(
        sale=notes["cancelled sale"],
        wallet=notes["refund wallet"],
        before_fen=notes["wallet before"],
        sold_fen=notes["wallet sold"],
        after_fen=notes["wallet after"],
        refunded_fen=notes["refunded"],
        sold_by=notes["cancelled position"],
        refunded_by=notes["refund position"],
    )


def _exit(notes: dict[str, int]) -> Exit:
    return Exit(
        sale=notes["bold sale"],
        wallet=BOLD,
        gross_fen=notes["exit gross_fen"],
        fee_fen=notes["exit fee_fen"],
        paid_fen=notes["exit paid_fen"],
        before_fen=notes["exit before"],
        after_fen=notes["exit after"],
        redeemed_by=notes["exit position"],
    )


def _by_rule(duties: Sequence[Duty]) -> list[DutyCount]:
    rules = sorted({duty.rule or duty.kind for duty in duties})
    found = []
    for rule in rules:
        mine = [duty for duty in duties if (duty.rule or duty.kind) == rule]
        states = Counter(duty.state for duty in mine)
        kinds = sorted({duty.kind for duty in mine})
        found.append(DutyCount(rule=rule, kinds=kinds, **{state: states[state] for state in STATES}))
    return found


def show_protection(report: ProtectionReport, *, language: Language) -> None:
    """The report for people."""
    for chapter, title in CHAPTERS.items():
        show_chapter(report.steps, chapter=chapter, title=title, language=language)
        if chapter in AFTER:
            AFTER[chapter](report)
    _show_duties(report)
    _show_rights(report)
    told = report.verified
    typer.echo(
        f"\n{report.database}: {report.people} people, {report.commands} commands from {day(report.first_day)} to "
        f"{day(report.last_day)}, {sum(report.refused.values())} of them refused under {len(report.refused)} rules  "
        f"({report.seconds} s)"
    )
    holds = "everything holds" if told.ok else "NOT as logged"
    typer.echo(f"benyuan verify: {told.commands} commands decided again, {told.differences} differences: {holds}")
    typer.echo(f"benyuan why COMMAND --database sqlite:///{report.database}   lays any of them open")


def _show_tested(report: ProtectionReport) -> None:
    levels = ", ".join(f"{count} of level {level}" for level, count in report.tested.items())
    typer.echo(f"Tests: {levels}")
    told = report.refund
    typer.echo(
        f"The refund: wallet {told.wallet} held {yuan(told.before_fen)}, after the sale (command {told.sold_by}) "
        f"{yuan(told.sold_fen)}, after the refund of {yuan(told.refunded_fen)} (command {told.refunded_by}) "
        f"{yuan(told.after_fen)}"
    )
    left = report.left_early
    typer.echo(
        f"The early exit: shares of sale {left.sale} came to {yuan(left.gross_fen)}, less {yuan(left.fee_fen)}; "
        f"wallet {left.wallet} held {yuan(left.before_fen)}, after {yuan(left.paid_fen)} more "
        f"(command {left.redeemed_by}) {yuan(left.after_fen)}"
    )
    typer.echo(f"benyuan protection sale {left.sale} --database sqlite:///{report.database}   shows every leg of it")


def _show_explained(report: ProtectionReport) -> None:
    typer.echo("The first refusal explained, as the student can ask for it:")
    typer.echo(report.student_explained)


def _show_breaches(report: ProtectionReport) -> None:
    rows = [
        (
            each.owner,
            f"{each.kind} {each.about}",
            day(each.due_on),
            f"{each.state} by {-each.days_left}",
            each.level,
            f"{each.rule}\n{each.document} {each.article}",
        )
        for each in report.breaches
    ]
    columns = ("whose", "duty", "last day", "how it stands", "level", "rule and article")
    say_table(title=f"The calendar of duties on {day(report.breaches_on)}: breaches", columns=columns, rows=rows)
    month = [
        (
            *(each.customers, each.product, each.cause, each.received),
            *(each.answered, each.answered_late, each.overdue, yuan(each.redress_fen)),
        )
        for each in report.month
    ]
    named = ("customers", "product", "cause", "received", "answered", "late", "overdue", "redress")
    say_table(title=f"Complaints of {report.breaches_on // A_MONTH}", columns=named, rows=month, right=named[3:])


def _show_package(report: ProtectionReport) -> None:
    told = report.package
    whole = "each as its manifest says" if not told.faults else f"NOT as its manifest says: {', '.join(told.faults)}"
    typer.echo(f"{told.path}: {told.files} files, {told.bytes:,} bytes, {whole}; SHA-256 {told.sha256}")


AFTER = {1: _show_tested, 2: _show_explained, 4: _show_breaches, 7: _show_package}
"""What stands under a chapter."""


def _show_duties(report: ProtectionReport) -> None:
    rows = [(each.rule, ", ".join(each.kinds), *(getattr(each, state) for state in STATES)) for each in report.duties]
    columns = ("rule", "duty", *STATES)
    say_table(title=f"8. Duties by rule on {day(report.last_day)}", columns=columns, rows=rows, right=STATES)


def _show_rights(report: ProtectionReport) -> None:
    rows, last = [], ""
    for each in report.rights:
        rows.append((each.right if each.right != last else "", each.rule, each.asked, each.refused, each.duties))
        last = each.right
    columns = ("right", "served by", "asked", "refused", "duties")
    say_table(title="The eight rights, and the rules that serve them", columns=columns, rows=rows, right=columns[2:])
    typer.echo(
        "asked: commands that had to meet the rule as a gate or limit, those included that another stopped. "
        "A rule of noughts was not exercised here."
    )
