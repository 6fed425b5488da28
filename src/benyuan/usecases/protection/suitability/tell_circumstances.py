"""An investor tells of something that may change what they can bear: no test before it carries a sale any more.

Source: Order 2025 No. 7, art. 29, second paragraph. A loss of legal capacity is told here too (art. 19), and is
believed; that somebody has it again is shown by a paper. Worked number: none, then by-age without a paper is refused.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from benyuan.consumer_protection.suitability.facts import Ints, Truths, given, held
from benyuan.consumer_protection.suitability.records import INVESTOR, INVESTOR_CHANGED
from benyuan.consumer_protection.suitability.vocabulary import CAPACITY_NUMBER, Capacity, CapacityTold
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.usecases.common import Id, Memo, faults_where, rows
from benyuan.usecases.protection.suitability.evidence import MaybeDigest, maybe_digest_faults

UNCHANGED = -1
REGAINED = "suit.house.capacity_regained"
TOLD_NUMBER = {**CAPACITY_NUMBER, CapacityTold.unchanged.value: UNCHANGED}
LIMITS = {CAPACITY_NUMBER[each]: place for place, each in enumerate((Capacity.by_age, Capacity.limited, Capacity.none))}
WORDS = {number: str(word) for word, number in CAPACITY_NUMBER.items()}


@command("tell_circumstances", version=2, personal=("what",))
class Circumstances(Command, frozen=True, kw_only=True):
    """`person` has told `what` changed; `capacity`: legal capacity from now on.

    `evidence`: the digest of the paper by which somebody has more of it than is on record.
    """

    person: Id
    what: Memo = ""
    capacity: CapacityTold = CapacityTold.unchanged
    evidence: MaybeDigest = ""


def regains(case: Case) -> Truths:
    """Where less of a limit is told than is on record: from none or limited, to limited or as the age tells."""
    told = case.batch.numbers("capacity", TOLD_NUMBER)
    pairs = zip(told.tolist(), case.facts["investor_capacity"].tolist(), strict=True)
    return np.array([said != UNCHANGED and LIMITS[said] < LIMITS[was] for said, was in pairs], np.bool_)


def _shown(case: Case) -> Truths:
    back = regains(case)
    if back.any():
        held(case, REGAINED)
    return np.asarray(~back | given(case, "evidence"), np.bool_)


def _capacities(case: Case, place: int) -> dict[str, Any]:
    told = case.batch.values("capacity")[place]
    return {"capacity_before": WORDS[int(case.facts["investor_capacity"][place])], "capacity_told": str(told)}


class TellCircumstances(UseCase):
    """Keeps the log position, against which tests are held."""

    command = Circumstances
    needs = (Need(table=INVESTOR, by="person", prefix="investor"),)
    gates = (Gate(rule=REGAINED, passes=_shown, figures=_capacities, applies=regains),)

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """The last one counts."""
        return (batch.integers("person"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An investor; a digest or none."""
        none = ~case.facts.found("investor")
        return {
            **maybe_digest_faults(case.batch, "evidence"),
            **faults_where(none, case.batch, "person", "a person registered as an investor"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Told."""
        batch = decided.case.batch
        told = batch.numbers("capacity", TOLD_NUMBER)
        columns = {
            "id": batch.integers("person"),
            "told": batch.position,
            "capacity": np.where(told == UNCHANGED, decided.case.facts["investor_capacity"], told),
        }
        return Recorded(results={}, events=event(INVESTOR_CHANGED, rows(decided.accepted, **columns)))
