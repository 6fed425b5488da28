"""A look at a customer's particulars: who looks, and why, is on record before anything is shown.

Source: PBoC Announcement [2015] No. 43, arts. 16, 20 (records of operations; information no wider than needed).
"""

from benyuan.decisions.commands import command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.governance.reading.words import Task
from benyuan.payments.records import PERSON
from benyuan.usecases.common import Id
from benyuan.usecases.reading.shared import ByReader, Why, reader_faults


@command("disclose_person", version=2)
class Disclose(ByReader, frozen=True, kw_only=True):
    """Have the particulars of `person` shown to `reader` for a `task`; `purpose`: why, in words."""

    person: Id
    purpose: Why
    task: Task = Task.unsaid


class DisclosePerson(UseCase):
    """Leaves its place in the log; what is shown comes out of the vault."""

    command = Disclose
    needs = (Need(table=PERSON, by="person", prefix="person"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Somebody reads."""
        return reader_faults(case.batch)

    def record(self, decided: Decided) -> Recorded:
        """Where the particulars stand: the log position of the command that gave them."""
        return Recorded(results={"particulars": decided.case.facts["person_particulars"]})
