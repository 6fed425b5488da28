"""All collecting from a borrower stops while a complaint, a dispute or the like is open, and goes on when it is over.

Source: a rule of the house (`cp.house.collection.pause`). A stop is about a complaint (a dispute of the debt is one) or
an objection of this borrower's that is on record, or about nothing that has a number. Several stops may stand, and the
last that ends lets collecting go on. Worked: stopped for a complaint and for a dispute, resumed for the complaint:
still stopped.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.claims.records import CUSTOMER_COMPLAINT, DEBT_CLAIM
from benyuan.consumer_protection.contact.records import STOP, STOP_BEGAN, STOP_ENDED
from benyuan.consumer_protection.contact.vocabulary import STOP_NUMBER, StopReason
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, MaybeId, faults_where, numbered, rows

ABOUT = {
    StopReason.complaint: CUSTOMER_COMPLAINT,
    StopReason.dispute: CUSTOMER_COMPLAINT,
    StopReason.objection: DEBT_CLAIM,
}
"""What has numbers, and in which table."""


@command("stop_collection", version=2)
class CollectionStop(Command, frozen=True, kw_only=True):
    """Stop all collecting from `borrower` for a reason; `about`: the complaint or objection, 0 where it has no number.

    A dispute is about a complaint; an objection is a claim about a debt.
    """

    borrower: Id
    reason: StopReason
    about: MaybeId = 0


class StopCollection(UseCase):
    """A stop is a row; no gate stands in its way."""

    command = CollectionStop
    needs = (Need(table=BORROWER, by="borrower", prefix="borrower"),)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whose the complaint or objection is; 0 where there is none of that number, or none has numbers."""
        del facts, rules
        about, table = int(batch.integers("about")[0]), ABOUT.get(StopReason(batch.values("reason")[0]))
        whose = books.column(table, "borrower") if table else np.zeros(1, np.int64)
        return {"about_borrower": np.array([whose[about] if about < len(whose) else 0], np.int64)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """What it is about is on record, and this borrower's."""
        about = case.batch.integers("about")
        wrong = (about != 0) & (case.facts["about_borrower"] != case.batch.integers("borrower"))
        wanted = "a complaint (complaint, dispute) or an objection (objection) of this borrower's; 0 for no number"
        return faults_where(np.asarray(wrong, np.bool_), case.batch, "about", wanted)

    def record(self, decided: Decided) -> Recorded:
        """The stop."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[STOP.name])
        columns = {
            "borrower": batch.integers("borrower"),
            "reason": batch.numbers("reason", STOP_NUMBER),
            "about": batch.integers("about"),
            "began_on": batch.on,
            "ended_on": 0,
            "position": batch.position,
        }
        return Recorded(results={"stop": ids}, events=event(STOP_BEGAN, rows(accepted, id=ids, **columns)))


@command("resume_collection")
class CollectionResumed(Command, frozen=True, kw_only=True):
    """The reason for `stop` is over; other stops of the borrower hold on."""

    stop: Id


class ResumeCollection(UseCase):
    """Ends one stop."""

    command = CollectionResumed
    needs = (Need(table=STOP, by="stop", prefix="stop"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A stop ends once."""
        return (batch.integers("stop"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It stands."""
        over = np.asarray(case.facts["stop_ended_on"] != 0, np.bool_)
        return faults_where(over, case.batch, "stop", "a stop that stands")

    def record(self, decided: Decided) -> Recorded:
        """Ended on this day."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("stop"), ended_on=batch.on)
        return Recorded(results={}, events=event(STOP_ENDED, columns))
