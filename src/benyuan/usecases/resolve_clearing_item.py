"""People hold an open item of the clearing house's file for done, alone or together with another, and say why.

Source: PBoC Order [2021] No. 1, art. 41. Nothing is posted: what the accounts have stays, and later closes show it as
resolved. Only a line that moved no money (`not_settled`) no longer counts.
"""

from collections.abc import Sequence
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.clearing.records import (
    CLEARING_ITEM,
    CLEARING_ITEM_RESOLVED,
    CLEARING_REASON_NUMBER,
    IN_PAIRS,
    ClearingReason,
    Finding,
)
from benyuan.usecases.common import Id, MaybeId, Reference, faults_where, rows

Explanation: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]  # tidy: number a length we chose


@command("resolve_clearing_item", personal=("explanation",))
class ResolveItem(Command, frozen=True, kw_only=True):
    """`operator` holds `item` for done for this `reason`, and with it `counterpart`, where the reason speaks of two."""

    item: Id
    reason: ClearingReason
    operator: Reference
    explanation: Explanation
    counterpart: MaybeId = 0


class ResolveClearingItem(UseCase):
    """Closes one item, or two that belong together."""

    command = ResolveItem
    needs = (
        Need(table=CLEARING_ITEM, by="item", prefix="item"),
        Need(table=CLEARING_ITEM, by="counterpart", prefix="other"),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """An item is resolved once, as the one or as the other of two."""
        return (np.ones(len(batch), np.int64),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Both are open, of one institution and direction; there are two where the reason speaks of two."""
        batch, facts = case.batch, case.facts
        two, pairs = batch.integers("counterpart") != 0, np.zeros(len(batch), np.bool_)
        for reason in IN_PAIRS:
            pairs |= batch.equals("reason", reason.value)
        alike = (facts["item_institution"] == facts["other_institution"]) & (
            batch.integers("item") != batch.integers("counterpart")
        )
        alike &= facts["item_direction"] == facts["other_direction"]
        no_line = batch.equals("reason", ClearingReason.not_settled.value) & (
            facts["item_finding"] != Finding.only_in_file
        )
        return {
            **faults_where(no_line, batch, "item", "an item that is only in the file, for a line that moved no money"),
            **faults_where(two & ~alike, batch, "counterpart", "another item of the institution and the direction"),
            **faults_where(pairs != two, batch, "counterpart", "an item, where the reason speaks of two; else 0"),
            **faults_where(two & _done(case, "other"), batch, "counterpart", "an item that is open"),
            **faults_where(_done(case, "item"), batch, "item", "an item that is open"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Who is done with whom; the results are what the book has less what the file has, of both."""
        batch, facts = decided.case.batch, decided.case.facts
        item, other = batch.integers("item"), batch.integers("counterpart")
        told = {"reason": batch.numbers("reason", CLEARING_REASON_NUMBER), "resolved": batch.position}
        resolved = event(CLEARING_ITEM_RESOLVED, rows(decided.accepted, id=item, counterpart=other, **told))
        both = decided.accepted & (other != 0)
        resolved += event(CLEARING_ITEM_RESOLVED, rows(both, id=other, counterpart=item, **told))
        left = facts["item_book_fen"] - facts["item_file_fen"] + facts["other_book_fen"] - facts["other_file_fen"]
        return Recorded(results={"left_fen": left}, events=resolved)


def _done(case: Case, prefix: str) -> NDArray[np.bool_]:
    """Where an item has found its match, or has been resolved."""
    done: NDArray[np.bool_] = (case.facts[f"{prefix}_matched_on"] != 0) | (case.facts[f"{prefix}_resolved"] != 0)
    return done
