"""A year's duties of a firm to consumers and the public are raised, and each is done with the paper that shows it.

Sources: PBoC Order [2020] No. 5, arts. 10, 24, 36, 56; CBIRC Order 2020 No. 3, arts. 26, 29; CBIRC Order 2022 No. 9,
art. 19. Run on any day; what was raised before is not raised again. A training is done when it reached managers, the
front line and who is new; the audit of everything when every year of its cycle was audited.
Worked number: a lender of 2026 owes in 2027 the self-assessment of 2026 by 2027-01-31, by 2027-12-31 that year's
training, plan for teaching, audit and the disclosure of the complaints of 2026, and by 2031-12-31 to have audited
everything: six duties; run again, none.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import LENDER
from benyuan.consumer_protection.records import (
    DUTY_PAPER,
    DUTY_PAPER_KEPT,
    FIRM_DUTY,
    FIRM_DUTY_RAISED,
    PROTECTION_DUTY,
)
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.consumer_protection.years import A_YEAR, FIRMS, YEARLY, Owed, owed_in
from benyuan.credit_bureau.records import BUREAU
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.decisions.words import text_faults, truths
from benyuan.payments.records import INSTITUTION
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, MaybeId, Yyyymmdd, day_exists, faults_where, no_such_day, rows
from benyuan.usecases.protection.claims.shared import changed, lateness, raised
from benyuan.usecases.protection.contact.shared import TextDigest, digest_faults

OF_YEARS = tuple(each.kind for each in YEARLY)
FILED = (*OF_YEARS, DutyKind.report_major)
REACHED = ("managers", "front_line", "new_staff")


@command("raise_protection_duties")
class RaiseProtectionDuties(Command, frozen=True, kw_only=True):
    """Raise what one firm (`institution`, `lender` or `bureau`, the others 0) owes in the year of `date`."""

    institution: MaybeId = 0
    lender: MaybeId = 0
    bureau: MaybeId = 0
    date: Yyyymmdd


@command("file_protection_duty")
class FileProtectionDuty(Command, frozen=True, kw_only=True):
    """`duty`, one of a year or the report of a major complaint, was done today, as the `paper` shows.

    Of that the SHA-256 digest comes. `managers`, `front_line`, `new_staff`: whom a training reached.
    """

    duty: Id
    paper: TextDigest
    managers: bool = False
    front_line: bool = False
    new_staff: bool = False


class RaiseProtection(UseCase):
    """Looks what was raised before."""

    command = RaiseProtectionDuties
    needs = (
        Need(table=INSTITUTION, by="institution", prefix="institution"),
        Need(table=LENDER, by="lender", prefix="lender"),
        Need(table=BUREAU, by="bureau", prefix="bureau"),
    )
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Which of them are owed, and not raised before."""
        named = [firm for firm in FIRMS if batch.integers(firm)[0]]
        date = int(batch.integers("date")[0])
        if len(named) != 1 or not day_exists(date):
            return {f"owes_{each.kind.name}": np.zeros(1, np.int64) for each in YEARLY}, {}
        [firm], year = named, date // A_YEAR
        since = int(facts[f"{firm}_registered_on"][0]) // A_YEAR
        owed = owed_in(rules, firm=firm, year=year, since=since)
        mine = books.column(FIRM_DUTY, firm) == batch.integers(firm)[0]
        kinds, years = (books.column(FIRM_DUTY, name) for name in ("kind", "year"))
        found = {}
        about = {each.kind: each.about for each in owed}
        for kind in OF_YEARS:
            before = mine & (kinds == kind) & (years == about.get(kind, 0))
            found[f"owes_{kind.name}"] = np.array([kind in about and not before.any()], np.int64)
        return found, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One firm; a day that has come."""
        batch = case.batch
        count = sum((batch.integers(firm) != 0).astype(np.int64) for firm in FIRMS)
        several = np.asarray(count != 1, np.bool_)
        return {
            **no_such_day(batch, "date", until=batch.on),
            **faults_where(several, batch, "institution", "one firm: an institution, a lender or a bureau"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The duties, with their last days, and whose they are."""
        case = decided.case
        owed = _owed(case) if decided.accepted.all() else []
        count = len(owed)
        first, row = (case.facts.next_ids[table.name] for table in (PROTECTION_DUTY, FIRM_DUTY))
        every, duty = np.ones(count, np.bool_), first + np.arange(count)
        names = ("kind", "about", "arose_on", "due_on")
        kind, about, arose, due = (np.array([getattr(each, name) for each in owed], np.int64) for name in names)
        nobody = dict.fromkeys(("person", "borrower", "subject"), 0)
        whose = {firm: int(case.batch.integers(firm)[0]) for firm in FIRMS}
        firms = rows(every, id=row + np.arange(count), kind=kind, year=about, duty=duty, **whose)
        return Recorded(
            results={"raised": np.array([count], np.int64), "duty": np.array([first if count else 0], np.int64)},
            events=[
                *raised(every, id=duty, kind=kind, about=about, arose_on=arose, due_on=due, **nobody),
                *event(FIRM_DUTY_RAISED, firms),
            ],
        )


def _owed(case: Case) -> list[Owed]:
    [firm] = [name for name in FIRMS if case.batch.integers(name)[0]]
    year, since = (
        int(each[0]) // A_YEAR for each in (case.batch.integers("date"), case.facts[f"{firm}_registered_on"])
    )
    owed = owed_in(case.rules, firm=firm, year=year, since=since)
    return [each for each in owed if case.facts[f"owes_{each.kind.name}"][0]]


class FileProtection(UseCase):
    """Done once, with a paper that has done no duty before."""

    command = FileProtectionDuty
    needs = (Need(table=PROTECTION_DUTY, by="duty", prefix="duty"),)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the paper has done a duty before; of a cycle of audits, how many of its years have none."""
        del rules
        papers = books.all_with(DUTY_PAPER, "paper", int(batch.text_numbers("paper")[0]))
        unaudited = 0
        if facts["duty_kind"][0] == DutyKind.audit_cycle:
            unaudited = _unaudited(books, int(batch.integers("duty")[0]), arose_on=int(facts["duty_arose_on"][0]))
        return {"paper_used": np.array([len(papers)]), "unaudited_years": np.array([unaudited])}, {}

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A duty is done once."""
        return (batch.integers("duty"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One of these, open; a paper of its own; a training that reached all, and nobody named else."""
        batch, facts = case.batch, case.facts
        trains = facts["duty_kind"] == DutyKind.train
        other = ~np.isin(facts["duty_kind"], FILED)
        wanted = "a duty of a year or the report of a major complaint; others are done by commands of their own"
        used = np.asarray(facts["paper_used"] != 0, np.bool_)
        return {
            **_unreached(case, trains),
            **faults_where(facts["unaudited_years"] != 0, batch, "duty", "a cycle of which every year was audited"),
            **text_faults(used, batch, "paper", "the digest of a paper that has done no duty before"),
            **digest_faults(batch, "paper"),
            **faults_where(facts["duty_done_on"] != 0, batch, "duty", "a duty that is open"),
            **faults_where(other, batch, "duty", wanted),
        }

    def record(self, decided: Decided) -> Recorded:
        """In time or late."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        paper = rows(
            accepted,
            id=np.full(len(batch), facts.next_ids[DUTY_PAPER.name]),
            duty=batch.integers("duty"),
            paper=batch.text_numbers("paper"),
            position=batch.position,
        )
        return Recorded(
            results={"late": lateness(batch.on, facts["duty_due_on"])},
            events=[
                *changed(accepted, duty=batch.integers("duty"), done_on=batch.on),
                *event(DUTY_PAPER_KEPT, paper),
            ],
        )


def _unaudited(books: Books, duty: int, *, arose_on: int) -> int:
    """How many years of a lender's cycle of audits have no audit that was done; `duty`: that of the cycle."""
    [row] = books.all_with(FIRM_DUTY, "duty", duty).tolist()
    lender, last = (int(books.column(FIRM_DUTY, name)[row]) for name in ("lender", "year"))
    of_lender = books.column(FIRM_DUTY, "lender") == lender
    audits = np.flatnonzero(of_lender & (books.column(FIRM_DUTY, "kind") == DutyKind.audit))
    done = books.column(PROTECTION_DUTY, "done_on")[books.column(FIRM_DUTY, "duty")[audits]] != 0
    audited = set(books.column(FIRM_DUTY, "year")[audits[done]].tolist())
    return sum(year not in audited for year in range(arose_on // A_YEAR, last + 1))


def _unreached(case: Case, trains: NDArray[np.bool_]) -> dict[int, Invalid]:
    found: dict[int, Invalid] = {}
    for name in REACHED:
        said = truths(case.batch, name)
        for place in np.flatnonzero(said != trains).tolist():
            constraint = "true: a training reaches all three" if trains[place] else "false: this is no training"
            found[place] = Invalid(field=name, value=bool(said[place]), constraint=constraint)
    return found
