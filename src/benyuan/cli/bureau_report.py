"""The report at the end of the bureau's demo: furnished and asked, decided and defaulted, put right, and erased."""

from collections import Counter
from pathlib import Path

import msgspec
import numpy as np
import typer
from numpy.typing import NDArray

from benyuan.assurance.bureau.audit import AuditPack
from benyuan.assurance.bureau.redress import objections
from benyuan.cli.options import Language
from benyuan.cli.output import day, say_table
from benyuan.credit_bureau.records import BUREAU_CASE, CONSENT, CREDIT_LINE, INQUIRY, SUBJECT
from benyuan.credit_bureau.score.monitoring import discrimination
from benyuan.credit_bureau.vocabulary import PURPOSE_NUMBER
from benyuan.engine.group import Group
from benyuan.rules.quantities import percent_text
from benyuan.simulate.bureau.lending import CUT_OFF
from benyuan.simulate.bureau.run import BureauDone
from benyuan.simulate.clients import ATTRIBUTION
from benyuan.simulate.score.samples import defaulted
from benyuan.usecases.bureau.bureau_cases import MISUSE

PPM = 1_000_000
TOP_REASONS = 5
A_TENTH = 1_000


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """Loans asked for: how many were approved and refused, and how many of each defaulted in October 2005 (ppm)."""

    cut_off: int
    asked: int
    approved: int
    drawn: int
    refused: int
    without_score: int
    approved_bad_ppm: int
    refused_bad_ppm: int
    auc_ppm: int | None
    ks_ppm: int | None
    reasons: dict[str, int]


class MistakeTold(msgspec.Struct, frozen=True, kw_only=True):
    """The planted mistake, by its days as yyyymmdd; `days` from objection to answer."""

    account: int
    month: int
    status_before: str
    status_after: str
    furnished_on: int
    bank_shown_on: int
    read_on: int
    objected_on: int
    due_on: int
    asked_on: int
    said_on: int
    corrected_on: int
    answered_on: int
    told_on: int
    days: int


class KeptTold(msgspec.Struct, frozen=True, kw_only=True):
    """What the bureau held on a day."""

    on: int
    months: int
    ended_months: int
    going_on_months: int
    ended_public: int
    going_on_public: int


class SpellTold(msgspec.Struct, frozen=True, kw_only=True):
    """How many late months of one account there were after the job had run on a day."""

    on: int
    account: int
    late_months: int


class BureauReport(msgspec.Struct, frozen=True, kw_only=True):
    """Dates as yyyymmdd; `refused`, `turned_away`: by command and rule or reason, of the first year."""

    database: str
    first_day: int
    last_day: int
    seconds: float
    commands: int
    log_position: int
    head: str
    files: int
    accounts: int
    consents: int
    months: int
    told: int
    untold: int
    unconsented: int
    turned_away: dict[str, int]
    inquiries: dict[str, int]
    refused: dict[str, int]
    decided: Decided
    mistake: MistakeTold | None
    cases: dict[str, int]
    kept: list[KeptTold]
    spell: list[SpellTold]
    erased_months: int
    erased_public: int
    erasing_days: int
    pack: list[str]
    breaches: int
    refused_position: int
    attribution: str = ATTRIBUTION


def bureau_report(
    group: Group, done: BureauDone, pack: AuditPack, *, database: Path, written: list[str], seconds: float
) -> BureauReport:
    """The report of a run over this group, with the pack that was drawn of its first year."""
    bureau, tables = done.bureau, group.records.tables
    return BureauReport(
        database=str(database),
        first_day=done.first_day,
        last_day=done.last_day,
        seconds=round(seconds, 1),
        commands=group.position,
        log_position=group.position,
        head=group.head.hex(),
        files=tables[SUBJECT.name].count,
        accounts=tables[CREDIT_LINE.name].count,
        consents=tables[CONSENT.name].count,
        months=sum(each.months for each in bureau.furnished),
        told=bureau.told,
        untold=sum(each.untold for each in bureau.furnished),
        unconsented=bureau.furnished[-1].unconsented,
        turned_away=_of(pack, "furnished", "records turned away: "),
        inquiries=_inquiries(group),
        refused=_of(pack, "refusals", "by rule: "),
        decided=_decided(done),
        mistake=_mistake(group, done),
        cases=_cases(group),
        kept=[KeptTold(**{name: getattr(each, name) for name in KeptTold.__struct_fields__}) for each in bureau.kept],
        spell=[SpellTold(on=on, account=account, late_months=count) for on, account, count in bureau.given],
        erased_months=bureau.erased_months,
        erased_public=bureau.erased_public,
        erasing_days=bureau.erasing_days,
        pack=written,
        breaches=len(pack.breaches),
        refused_position=bureau.notes.get("refused look", 0),
    )


def _of(pack: AuditPack, of: str, begins: str) -> dict[str, int]:
    found = [each for each in pack.counts if each.group == of and each.name.startswith(begins)]
    return {each.name.removeprefix(begins): each.count for each in found}


def _inquiries(group: Group) -> dict[str, int]:
    words = {number: word for word, number in PURPOSE_NUMBER.items()}
    counts = Counter(words[number] for number in group.records.tables[INQUIRY.name].column("purpose")[1:].tolist())
    return dict(counts.most_common())


def _cases(group: Group) -> dict[str, int]:
    held = group.records.tables[BUREAU_CASE.name]
    judged, misuse = held.column("judged_on")[1:] != 0, held.column("misuse")[1:] == MISUSE
    return {"opened": held.count, "judged": int(judged.sum()), "misuse": int(misuse.sum())}


def _decided(done: BureauDone) -> Decided:
    made = done.bureau.decisions
    bad = defaulted(len(done.lender.borrowers))[[each.client for each in made]]
    approved = np.array([each.approved for each in made], np.bool_)
    scored = np.array([each.score is not None for each in made], np.bool_)
    scores = np.array([each.score or 0 for each in made], np.int64)
    told = bad[scored]
    split = discrimination(scores[scored], told) if 0 < told.sum() < len(told) else None
    reasons = Counter(reason for each in made if not each.approved for reason in each.reasons)
    return Decided(
        cut_off=CUT_OFF,
        asked=len(made),
        approved=int(approved.sum()),
        drawn=len(done.bureau.loans),
        refused=int((~approved).sum()),
        without_score=int((~scored).sum()),
        approved_bad_ppm=_ppm(bad[approved]),
        refused_bad_ppm=_ppm(bad[~approved]),
        auc_ppm=split.auc_ppm if split else None,
        ks_ppm=split.ks_ppm if split else None,
        reasons=dict(reasons.most_common(TOP_REASONS)),
    )


def _ppm(bad: NDArray[np.int64]) -> int:
    return int(bad.sum()) * PPM // max(len(bad), 1)


def _mistake(group: Group, done: BureauDone) -> MistakeTold | None:
    told = done.bureau.mistake
    if not told.objection:
        return None
    days = next(each.days for each in objections(group) if each.objection == told.objection)
    names = set(MistakeTold.__struct_fields__) - {"days"}
    return MistakeTold(days=days, **{name: getattr(told, name) for name in names})


def show_bureau(report: BureauReport, *, language: Language) -> None:
    """The report for people."""
    del language  # the counts' names are the log's own
    _show_furnished(report)
    _show_asked(report)
    _show_decided(report.decided)
    if report.mistake is not None:
        _show_mistake(report.mistake)
    _show_kept(report)
    typer.echo(f"\nThe regulator's pack for 2026, {report.breaches} breaches of duty in it:")
    for name in report.pack:
        typer.echo(f"  {name}")
    typer.echo(f"\n{report.commands:,} commands in {report.seconds:.1f} s; {report.database}, head {report.head[:16]}")
    typer.echo(report.attribution)
    typer.echo("\nNext:")
    typer.echo(
        f"  benyuan why {report.refused_position} --database {report.database}    a look of staff that was refused"
    )
    typer.echo(f"  benyuan bureau audit 2026 --database {report.database}    the pack's counts, made again")
    typer.echo(f"  benyuan verify --database {report.database}    everything rebuilt and decided again")


def _show_furnished(report: BureauReport) -> None:
    rows = [
        ("files of people", f"{report.files:,}"),
        ("consents", f"{report.consents:,}"),
        ("accounts furnished", f"{report.accounts:,}"),
        ("months furnished", f"{report.months:,}"),
        ("loans and accounts without a consent", f"{report.unconsented:,}"),
        ("notices of arrears before furnishing", f"{report.told:,}"),
        ("late months held back, nobody told", f"{report.untold:,}"),
        *((f"months turned away, {why}", f"{count:,}") for why, count in report.turned_away.items()),
    ]
    title = f"The bureau, {day(report.first_day)} to {day(report.last_day)}"
    say_table(title=title, columns=("what", "count"), rows=rows, right=("count",))


def _show_asked(report: BureauReport) -> None:
    rows = [(purpose, f"{count:,}") for purpose, count in report.inquiries.items()]
    say_table(title="Answers, by purpose", columns=("purpose", "answers"), rows=rows, right=("answers",))
    refused = [(*name.rsplit(": ", 1), f"{count:,}") for name, count in report.refused.items()]
    say_table(title="Refused in 2026, by rule", columns=("command", "rule", "times"), rows=refused, right=("times",))
    cases = report.cases
    typer.echo(
        f"Asking that stood out: cases opened {cases['opened']}, judged {cases['judged']}, misuse {cases['misuse']}."
    )


def _show_decided(decided: Decided) -> None:
    rows = [
        ("asked for, all held out of the score's training", f"{decided.asked:,}", ""),
        (
            f"approved: {decided.cut_off} points or more",
            f"{decided.approved:,}",
            _share(decided.approved_bad_ppm),
        ),
        ("refused", f"{decided.refused:,}", _share(decided.refused_bad_ppm)),
        ("of these without a score", f"{decided.without_score:,}", ""),
    ]
    columns = ("loans", "count", "defaulted in 2005-10")
    say_table(title="Loans decided by the score", columns=columns, rows=rows, right=columns[1:])
    reasons = [(text, f"{count:,}") for text, count in decided.reasons.items()]
    say_table(title="Reasons told to the refused", columns=("reason", "times"), rows=reasons, right=("times",))
    if decided.auc_ppm is not None and decided.ks_ppm is not None:
        typer.echo(
            f"AUC {decided.auc_ppm / PPM:.3f}, KS {decided.ks_ppm / PPM:.3f} on these clients, from the three or four "
            "months furnished before each was asked about, and for defaults that came three or four months later. The "
            "months are the simulated lender's, the defaults real."
        )
    typer.echo(f"The cut-off of {decided.cut_off} is the simulated lender's own policy; no rule asks for it.")


def _share(ppm: int) -> str:
    """To a tenth of a per cent, rounded down."""
    return percent_text(ppm - ppm % A_TENTH)


def _show_mistake(told: MistakeTold) -> None:
    month = f"{told.month // 100}-{told.month % 100:02}"
    rows = [
        (
            day(told.furnished_on),
            f"the lender furnishes {month} as late (status {told.status_before}): its clerk's mistake, planted",
        ),
        (day(told.bank_shown_on), "a bank is shown it, with the client's consent"),
        (day(told.read_on), "the client reads their own report"),
        (day(told.objected_on), f"and objects; to be answered by {day(told.due_on)}"),
        (day(told.asked_on), "the bureau asks the furnisher"),
        (day(told.said_on), "which says with evidence that it was wrong"),
        (day(told.corrected_on), f"and corrects: status {told.status_after}, paid as agreed"),
        (day(told.answered_on), f"the client is answered, {told.days} days after objecting (the law: 20)"),
        (day(told.told_on), "the bank is told what is right"),
    ]
    say_table(title="One mistake put right", columns=("day", "what"), rows=rows)


def _show_kept(report: BureauReport) -> None:
    rows = [
        (
            day(each.on),
            f"{each.months:,}",
            f"{each.ended_months:,}",
            f"{each.going_on_months:,}",
            f"{each.ended_public} / {each.going_on_public}",
        )
        for each in report.kept
    ]
    columns = ("day", "months held", "negative, ended", "negative, going on", "judgments ended / going on")
    say_table(title="Five years", columns=columns, rows=rows, right=columns[1:])
    for each in report.spell:
        left = f"{each.late_months} late months of account {each.account}" if each.late_months else "none of them"
        typer.echo(f"After the erasing job of {day(each.on)}: {left}")
    typer.echo(
        f"Erased on {report.erasing_days} days: {report.erased_months:,} months (late ones, and those that told by "
        f"their `ended_on` of arrears before them), {report.erased_public} records of judgments. The working "
        "days after 2026 are invented."
    )
