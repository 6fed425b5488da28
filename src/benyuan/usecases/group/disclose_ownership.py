"""A look at the names, documents and codes of all bodies: who looks, and why, is on record before anything is opened.

Source: PBoC Announcement [2015] No. 43, arts. 16, 20, as for customers. Worked number: an export as known at position
120 leaves 120 in the answer, and the look's own position after it.
"""

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.governance.reading.words import Task
from benyuan.usecases.common import Id, Yyyymmdd, faults_where, no_such_day
from benyuan.usecases.reading.shared import ByReader, Why, reader_faults


@command("disclose_ownership", version=2)
class DiscloseOwnershipFields(ByReader, frozen=True, kw_only=True):
    """Have the names, documents and codes of all bodies that are known at position `seen` shown to `reader`.

    `on`: the day whose ownership is asked for; `purpose`: why, in words; `task`: for which part of the work.
    """

    on: Yyyymmdd
    seen: Id
    purpose: Why
    task: Task = Task.unsaid


class DiscloseOwnership(UseCase):
    """Leaves its place in the log; what is shown comes out of the vault."""

    command = DiscloseOwnershipFields

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A day that exists; a position that has been."""
        batch = case.batch
        ahead = batch.integers("seen") >= batch.position
        return {
            **reader_faults(batch),
            **no_such_day(batch, "on"),
            **faults_where(ahead, batch, "seen", "a position before that of this command"),
        }

    def record(self, decided: Decided) -> Recorded:
        """What was known then."""
        return Recorded(results={"seen": decided.case.batch.integers("seen")})
