"""A loss on what was given to a party was found: for two years it gets no more, but to lessen that loss.

Source: CBIRC Order 2022 No. 1, arts. 28 ¶3, 30, 31. Worked number: found on 20260501, the party gets nothing that is
signed from then until 20280501, that day included.
"""

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.governance.related.records import RELATED_LOSS, RELATED_LOSS_FOUND
from benyuan.parties.bodies.sources import Sourced
from benyuan.usecases.common import Fen, Id, Yyyymmdd, no_such_day
from benyuan.usecases.group.dated_fact import DatedFact, an_individual, body_need


@command("record_related_loss")
class RelatedLossFields(Sourced, frozen=True, kw_only=True):
    """On `found_on` `body` found that it loses `amount_fen` on what `party` has from it, in fen."""

    body: Id
    party: Id
    amount_fen: Fen
    found_on: Yyyymmdd


class RecordRelatedLoss(DatedFact):
    """Records it; each stands for itself, and none is taken back."""

    command = RelatedLossFields
    needs = (body_need("body"), body_need("party"))
    table, kind, day = RELATED_LOSS, RELATED_LOSS_FOUND, "found_on"
    names = ("body", "party", "amount_fen")
    words = {}  # noqa: RUF012  read only
    pair = ("body", "party")
    result = "loss"

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Found by today, by a body."""
        batch = case.batch
        return {
            **super().faults(case),
            **no_such_day(batch, "found_on", until=batch.on),
            **an_individual(case, "body"),
        }
