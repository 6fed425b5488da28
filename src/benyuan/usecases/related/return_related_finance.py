"""What a body gave a related party comes back, or its guarantee is released; as much may be given again.

Sources: PBoC Order [2020] No. 4, art. 36 items 5, 7; CBIRC Order 2022 No. 1, art. 16. It is of the log's own day, and
is never refused by a limit. Worked number: of 100.00 with 30.00 of security taken off 60.00 come back: 60.00 of the
70.00 that counted are free; of the 40.00 that come back later 10.00 more.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.governance.related.records import RELATED_EXPOSURE, RELATED_MONEY, RELATED_RETURN, RELATED_TRANSACTION
from benyuan.rules import RulePack
from benyuan.usecases.common import Fen, Id, faults_where, numbered
from benyuan.usecases.related.freeing import add_freed, freed, freed_facts, more_than_left
from benyuan.usecases.related.shared import one


@command("return_related_finance")
class ReturnFields(Command, frozen=True, kw_only=True):
    """`amount_fen` of what was given by related transaction `transaction` is paid back, or released."""

    transaction: Id
    amount_fen: Fen


class ReturnRelatedFinance(UseCase):
    """Frees what it counted in, and records it."""

    command = ReturnFields
    needs = (
        Need(table=RELATED_TRANSACTION, by="transaction", prefix="deal"),
        Need(table=RELATED_EXPOSURE, by="transaction", prefix="exposure", via="transaction"),
    )
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What is left of it, in all and less security, before and after; whether its money is in this ledger."""
        del rules
        money = len(books.all_with(RELATED_MONEY, "transaction", int(batch.integers("transaction")[0])))
        return {**freed_facts(books, facts, amount_fen=int(batch.integers("amount_fen")[0])), **one(money=money)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Finance that was given; no more than is left of it; money of this ledger comes back where it is booked."""
        batch, facts = case.batch, case.facts
        here = np.asarray(facts["money"] != 0, np.bool_)
        nothing = np.asarray(facts["exposure_found"] == 0, np.bool_)
        return {
            **more_than_left(case),
            **faults_where(
                here, batch, "transaction", "one whose money is elsewhere: fund_lender pays back what is here"
            ),
            **faults_where(nothing, batch, "transaction", "one by which finance or a guarantee was given"),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """A leg back for each limit that it counts in."""
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        add_freed(table, case, where=goes_on)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """What came back."""
        case, accepted = decided.case, decided.accepted
        ids = numbered(accepted, case.facts.next_ids[RELATED_RETURN.name])
        left = case.facts["left_fen"] - case.batch.integers("amount_fen")
        return Recorded(results={"return": ids, "left_fen": left}, events=freed(case, accepted))
