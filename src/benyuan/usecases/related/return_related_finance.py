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
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.governance.related.chart import LimitLeg
from benyuan.governance.related.exposures import net_fen
from benyuan.governance.related.records import (
    RELATED_EXPOSURE,
    RELATED_RETURN,
    RELATED_RETURNED,
    RELATED_TRANSACTION,
    RELATED_USAGE,
)
from benyuan.governance.related.vocabulary import Line
from benyuan.rules import RulePack
from benyuan.usecases.common import Fen, Id, faults_where, numbered, rows
from benyuan.usecases.related.limit_legs import NET_LINES
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
        """What is left of it, in all and less security, before and after; the control account."""
        del rules
        places = books.all_with(RELATED_RETURN, "exposure", int(facts["exposure_id"][0]))
        before = int(facts["exposure_amount_fen"][0]) - int(books.column(RELATED_RETURN, "amount_fen")[places].sum())
        left = np.array([before, max(0, before - int(batch.integers("amount_fen")[0]))], np.int64)
        net = net_fen(left, facts["exposure_covered_fen"])
        lines, accounts = books.column(RELATED_USAGE, "line")[1:], books.column(RELATED_USAGE, "account")[1:]
        control = int(accounts[lines == 0][0]) if len(accounts) else 0
        return one(left_fen=before, net_freed_fen=net[0] - net[1], control_account=control), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Finance that was given; no more than is left of it."""
        batch, facts = case.batch, case.facts
        more = batch.integers("amount_fen") > facts["left_fen"]
        nothing = np.asarray(facts["exposure_found"] == 0, np.bool_)
        left = f"no more than is outstanding, in fen: {facts['left_fen'][0]}"
        return {
            **faults_where(np.asarray(more, np.bool_), batch, "amount_fen", left),
            **faults_where(nothing, batch, "transaction", "one by which finance or a guarantee was given"),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """A leg back for each limit that it counts in."""
        facts, table = case.facts, LegTable(at=case.batch.at, reference=case.batch.position)
        for line in Line:
            account = facts[f"exposure_{line.name}"]
            table.add(
                where=goes_on & (account != 0),
                debit=facts["control_account"],
                credit=account,
                amount=facts["net_freed_fen"] if line in NET_LINES else case.batch.integers("amount_fen"),
                code=LimitLeg.freed,
            )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """What came back."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids = numbered(accepted, facts.next_ids[RELATED_RETURN.name])
        columns = {
            "id": ids,
            "exposure": facts["exposure_id"],
            "amount_fen": batch.integers("amount_fen"),
            "returned_on": batch.on,
            "position": batch.position,
        }
        left = facts["left_fen"] - batch.integers("amount_fen")
        return Recorded(
            results={"return": ids, "left_fen": left}, events=event(RELATED_RETURNED, rows(accepted, **columns))
        )
