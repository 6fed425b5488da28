"""A report of a large or suspicious value is drawn up: who reads what is sealed for it, and why, is on record first.

Sources: PBoC Order [2016] No. 3, arts. 23, 27 (the elements of a report; secrecy); PBoC Announcement [2015] No. 43,
art. 16 (records of operations).
"""

from benyuan.decisions.commands import command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.monitoring.gates import in_force
from benyuan.payments.records import DUTY
from benyuan.payments.vocabulary import DutyKind
from benyuan.usecases.common import Id, faults_where
from benyuan.usecases.reading.shared import ByReader, Why, reader_faults

ELEMENTS = "aml.report.elements"


@command("draw_report", version=2)
class Draw(ByReader, frozen=True, kw_only=True):
    """Have the report that `duty` asks for drawn up by `reader` for a `purpose`."""

    duty: Id
    purpose: Why


class DrawReport(UseCase):
    """Leaves its place in the log; the report itself stands in a file of its own."""

    command = Draw
    needs = (Need(table=DUTY, by="duty", prefix="duty"),)
    gates = (in_force(ELEMENTS),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is a report of a large or suspicious value."""
        kind = case.facts["duty_kind"]
        other = (kind != DutyKind.large_value_report) & (kind != DutyKind.suspicious_report)
        wanted = "a duty to report a large or a suspicious value"
        return {**reader_faults(case.batch), **faults_where(other, case.batch, "duty", wanted)}

    def record(self, decided: Decided) -> Recorded:
        """Whose it is."""
        facts = decided.case.facts
        return Recorded(results={name: facts[f"duty_{name}"] for name in ("subject_kind", "subject")})
