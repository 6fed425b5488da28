"""What was advanced for a merchant after a dispute comes back: from its receipts, as agreed, or paid in by it.

Sources: PBoC Announcement [2013] No. 9, arts. 11, 31; PBoC Announcement [2015] No. 43, art. 19. Worked number: of 50.00
advanced, 30.00 of them by the provision, 40.00 are recovered: 30.00 fill the provision, 10.00 go to own funds.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.merchant_stops import BEHIND_MERCHANT, is_listed_merchant
from benyuan.payments.provision import DISPUTE_COVER, DISPUTE_RECOVERED, PROVISION, to_provision_fen
from benyuan.payments.records import DISPUTE, INSTITUTION, MERCHANT
from benyuan.payments.suspension import LISTED, stop_gate
from benyuan.payments.vocabulary import RecoverySource
from benyuan.rules import RulePack
from benyuan.usecases.common import Fen, Id, Reference, Truth, rows

AS_AGREED = "acq.settle.no_misuse"


@command("recover_advance")
class Recover(Command, frozen=True, kw_only=True):
    """Take `amount_fen` back of what was advanced in `dispute`, out of `source`.

    `agreed`: the merchant's contract says that it may be taken from its receipts. `reference` is that of the notice.
    """

    dispute: Id
    amount_fen: Fen
    source: RecoverySource
    reference: Reference
    agreed: Truth = False


def from_receipts(case: Case) -> NDArray[np.bool_]:
    """Where it is taken from money that waits for settlement."""
    return case.batch.equals("source", RecoverySource.receipts.value)


def takes_from_listed(case: Case) -> NDArray[np.bool_]:
    """Where it is taken from money of a merchant on a name list: nothing of its is moved."""
    return np.asarray(from_receipts(case) & is_listed_merchant(case), np.bool_)


def as_agreed(case: Case) -> NDArray[np.bool_]:
    """Money that waits for settlement is taken only as agreed."""
    receipts = from_receipts(case)
    if receipts.any():
        case.rules.value(id=AS_AGREED, on=case.batch.on)
    return ~receipts | np.array(case.batch.values("agreed"), np.bool_)


class RecoverAdvance(UseCase):
    """To the provision what it gave, to own funds the rest."""

    command = Recover
    needs = (
        Need(table=DISPUTE, by="dispute", prefix="dispute"),
        Need(table=DISPUTE_COVER, by="dispute", prefix="cover"),
        Need(table=MERCHANT, by="dispute_merchant", prefix="merchant"),
        *BEHIND_MERCHANT,
        Need(table=INSTITUTION, by="merchant_institution", prefix="institution"),
        Need(table=PROVISION, by="merchant_institution", prefix="provision"),
    )
    gates = (stop_gate(LISTED, takes_from_listed), Gate(rule=AS_AGREED, passes=as_agreed, applies=from_receipts))
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What a merchant has and still owes is shared by its recoveries: each stands alone."""
        return (np.ones(len(batch), np.int64),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What the merchant has that no dispute holds."""
        del batch, rules
        return {"available_fen": books.available(facts["merchant_account"])}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """No more than the merchant has coming, nor than was advanced and has not come back."""
        owed = case.facts["dispute_advanced_fen"] - case.facts["cover_recovered_fen"]
        asked, there = case.batch.integers("amount_fen"), case.facts["available_fen"]
        return {
            place: Invalid(field="amount_fen", value=int(asked[place]), constraint=f"{words}, in fen: {most[place]}")
            for words, most, where in (
                ("no more than the merchant has coming", there, from_receipts(case)),
                ("no more than was advanced and has not come back", owed, np.ones(len(asked), np.bool_)),
            )
            for place in np.flatnonzero(where & (asked > most)).tolist()
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Out of the merchant's account; or owed by the clearing house, in one leg, as it will name it in one line."""
        batch, facts, receipts = case.batch, case.facts, from_receipts(case)
        table = LegTable(at=batch.at, reference=batch.position)
        amount, first = batch.integers("amount_fen"), facts["institution_first_account"]
        filled, own = to_provision_fen(facts, amount), first + Own.own_funds
        for debit, credit, part, code, where in (
            (facts["merchant_account"], facts["provision_account"], filled, LegCode.recovery, receipts),
            (facts["merchant_account"], own, amount - filled, LegCode.recovery, receipts),
            (first + Own.clearing_in, own, amount, LegCode.recovery_paid_in, ~receipts),
            (own, facts["provision_account"], filled, LegCode.provision_set_aside, ~receipts),
        ):
            table.add(where=goes_on & where & (part > 0), debit=debit, credit=credit, amount=part, code=code)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """How much filled the provision; what is still owed."""
        case, amount = decided.case, decided.case.batch.integers("amount_fen")
        recovered = case.facts["cover_recovered_fen"] + amount
        told = rows(
            decided.accepted,
            id=case.batch.integers("dispute"),
            provision_fen=case.facts["cover_provision_fen"],
            recovered_fen=recovered,
        )
        return Recorded(
            results={
                "provision_fen": to_provision_fen(case.facts, amount),
                "left_fen": case.facts["dispute_advanced_fen"] - recovered,
                "merchant": case.facts["dispute_merchant"],
            },
            events=event(DISPUTE_RECOVERED, told),
        )
