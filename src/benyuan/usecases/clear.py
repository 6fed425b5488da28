"""The clearing house's settlement: what it owed comes into the reserve, what it was to pay out leaves it.

Sources: State Council Order 768, art. 30; PBoC Order [2021] No. 1, arts. 4, 6.
"""

from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.records import RESERVE_ENTRY, RESERVE_ENTRY_MADE
from benyuan.payments.reserve_entries import Direction, Side
from benyuan.usecases.common import INSTITUTION_NEEDS, Count, Id, Reference, numbered, rows

DESTINATIONS = "reserve.use.destinations"


@command("clear")
class Clearing(Command, frozen=True, kw_only=True):
    """The clearing house has paid `received_fen` into the reserve of `institution` and `paid_fen` out of it.

    `reference` is the clearing house's for this settlement; the custodian's statement names it too.
    """

    institution: Id
    reference: Reference
    received_fen: Count
    paid_fen: Count


class Clear(UseCase):
    """Decides clearings: no more comes in than is owed, none goes out that nobody ordered."""

    command = Clearing
    needs = INSTITUTION_NEEDS
    rules = (DESTINATIONS,)
    unfit = MappingProxyType({LegCode.clearing_received: ("received_fen", "no more than the clearing house owes")})

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Into the reserve, then out of it."""
        batch = case.batch
        first = case.facts["institution_first_account"]
        table = LegTable(at=batch.at, reference=batch.position)
        table.add(
            where=goes_on & (batch.integers("received_fen") > 0),
            debit=first + Own.reserve,
            credit=first + Own.clearing_in,
            amount=batch.integers("received_fen"),
            code=LegCode.clearing_received,
        )
        table.add(
            where=goes_on & (batch.integers("paid_fen") > 0),
            debit=first + Own.clearing_out,
            credit=first + Own.reserve,
            amount=batch.integers("paid_fen"),
            code=LegCode.clearing_paid,
            rule=self.rules.index(DESTINATIONS),
        )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """An open entry of the reserve for each way that money moved."""
        batch = decided.case.batch
        amounts = np.column_stack([batch.integers("received_fen"), batch.integers("paid_fen")]).reshape(-1)
        moved = np.repeat(decided.accepted, len(Direction)) & (amounts > 0)
        columns = rows(
            moved,
            id=numbered(moved, decided.case.facts.next_ids[RESERVE_ENTRY.name]),
            institution=np.repeat(batch.integers("institution"), len(Direction)),
            side=np.int64(Side.book),
            date=np.int64(batch.on),
            direction=np.tile(np.array([*Direction], np.int64), len(batch)),
            reference=np.repeat(batch.text_numbers("reference"), len(Direction)),
            amount_fen=amounts,
            position=np.repeat(batch.position, len(Direction)),
            matched_on=np.int64(0),
        )
        return Recorded(results={}, events=event(RESERVE_ENTRY_MADE, columns))
