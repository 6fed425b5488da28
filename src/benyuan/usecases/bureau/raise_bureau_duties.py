"""What a bureau owes year by year: the audit of the year, and the report on the business of the year before.

Sources: PBoC Order [2021] No. 4, art. 43; PBoC Order [2013] No. 1, art. 28. Run on any day; what was raised before is
not raised again. Whoever began within a year owes the audit from the next year on, and the report of its first year.
Worked number: registered on 2025-06-01; on 2026-01-01 the audit of 2026 falls due by 2026-12-31, and the report on
2025 by 2026-03-31.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import BUREAU, BUREAU_DUTY, BUREAU_DUTY_DONE
from benyuan.credit_bureau.redress.rules import ANNUAL_REPORT, AUDIT
from benyuan.credit_bureau.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.bureau.duties import duty_faults, lateness, raised
from benyuan.usecases.bureau.tell_member import DUTY_NEED
from benyuan.usecases.common import Id, Yyyymmdd, faults_where, no_such_day, rows
from benyuan.values.dates import add_calendar_days, add_months

A_YEAR = 10_000  # tidy: number what a year counts in yyyymmdd
FIRST_DAY = 101  # tidy: number 1 January within a year
LAST_DAY = 1_231  # tidy: number 31 December within a year
KINDS = (DutyKind.audit_report, DutyKind.annual_report)


@command("raise_bureau_duties")
class RaiseBureauDuties(Command, frozen=True, kw_only=True):
    """Raise what `bureau` owes in the year of `date`, which is not to come."""

    bureau: Id
    date: Yyyymmdd


@command("file_bureau_duty", personal=("words",))
class FileBureauDuty(Command, frozen=True, kw_only=True):
    """The audit or the yearly report of `duty` went to the central bank today, as these `words` say."""

    duty: Id
    words: Words


class RaiseYearlyDuties(UseCase):
    """Looks what was raised before."""

    command = RaiseBureauDuties
    needs = (Need(table=BUREAU, by="bureau", prefix="bureau"),)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Which of the two are owed, and not raised before."""
        year, bureau = int(batch.integers("date")[0]) // A_YEAR, int(batch.integers("bureau")[0])
        since = int(facts["bureau_registered_on"][0]) // A_YEAR
        mine = books.column(BUREAU_DUTY, "bureau") == bureau
        kinds, about = books.column(BUREAU_DUTY, "kind"), books.column(BUREAU_DUTY, "about")
        owed = []
        for kind, rule, of in ((DutyKind.audit_report, AUDIT, year), (DutyKind.annual_report, ANNUAL_REPORT, year - 1)):
            begun = since < year and rules.in_force(id=rule, on=year * A_YEAR + FIRST_DAY) is not None
            owed += [int(begun and not (mine & (kinds == kind) & (about == of)).any())]
        return {"owes_audit": np.array(owed[:1], np.int64), "owes_report": np.array(owed[1:], np.int64)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists and is not to come."""
        late = case.batch.integers("date") > case.batch.on
        return {
            **faults_where(late, case.batch, "date", f"a day not after {case.batch.on}"),
            **no_such_day(case.batch, "date"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The duties, with their last days."""
        case, accepted = decided.case, decided.accepted
        owed = np.array([case.facts["owes_audit"][0], case.facts["owes_report"][0]]) != 0
        owed &= bool(accepted.all())
        year = int(case.batch.integers("date")[0]) // A_YEAR
        first = case.facts.next_ids[BUREAU_DUTY.name]
        events = raised(
            owed,
            kind=np.array(KINDS, np.int64),
            arose_on=year * A_YEAR + FIRST_DAY,
            id=first + np.cumsum(owed) - 1,
            bureau=case.batch.integers("bureau")[0],
            subject=0,
            about=np.array([year, year - 1]),
            member=0,
            due_on=np.array([year * A_YEAR + LAST_DAY, _report_due(case, year) if owed[1] else 0]),
        )
        return Recorded(results={"raised": np.array([int(owed.sum())], np.int64)}, events=events)


def _report_due(case: Case, year: int) -> int:
    """The last day of so many months after the year before."""
    begins = year * A_YEAR + FIRST_DAY
    months = case.rules.value(id=ANNUAL_REPORT, on=begins).count
    return add_calendar_days(add_months(begins, months), -1)


class FileYearlyDuty(UseCase):
    """Done once."""

    command = FileBureauDuty
    needs = (DUTY_NEED,)

    def conflicts(self, batch: Batch) -> list[NDArray[np.int64]]:
        """A duty is done once."""
        return [batch.integers("duty")]

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is one of the two, and open."""
        wanted = "an audit or a yearly report; other duties are done by commands of their own"
        return duty_faults(case, kinds=KINDS, wanted=wanted)

    def record(self, decided: Decided) -> Recorded:
        """In time or late."""
        case, batch = decided.case, decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("duty"), done_on=batch.on)
        return Recorded(
            results={"late": lateness(case, case.facts["duty_due_on"])}, events=event(BUREAU_DUTY_DONE, columns)
        )
