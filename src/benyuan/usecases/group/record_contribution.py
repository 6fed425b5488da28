"""What a shareholder has paid into a body in all, as of a day, with its document.

Source: CBIRC Order 2022 No. 1, art. 26 ¶¶3, 5: a leasing or car finance company gives a shareholder and its side no
more than that. Worked number: 400.00 paid in as of 20240101 and 500.00 as of 20260701: on 20260630 it is 400.00.
"""

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.governance.related.records import CONTRIBUTION, CONTRIBUTION_RECORDED
from benyuan.parties.bodies.sources import Sourced
from benyuan.usecases.common import Count, Id, Yyyymmdd, no_such_day
from benyuan.usecases.group.dated_fact import DatedFact, an_individual, body_need


@command("record_contribution")
class ContributionFields(Sourced, frozen=True, kw_only=True):
    """As of a day `owner` has paid `amount_fen` into `body` in all, in fen; 0 for one that has paid in nothing."""

    owner: Id
    body: Id
    amount_fen: Count
    as_of: Yyyymmdd


class RecordContribution(DatedFact):
    """Records it; the latest that has begun counts."""

    command = ContributionFields
    needs = (body_need("owner"), body_need("body"))
    table, kind, day = CONTRIBUTION, CONTRIBUTION_RECORDED, "as_of"
    names = ("owner", "body", "amount_fen")
    words = {}  # noqa: RUF012  read only
    pair = ("owner", "body")
    result = "contribution"

    def faults(self, case: Case) -> dict[int, Invalid]:
        """None of a day to come, none in an individual."""
        batch = case.batch
        return {
            **super().faults(case),
            **no_such_day(batch, "as_of", until=batch.on),
            **an_individual(case, "body"),
        }
