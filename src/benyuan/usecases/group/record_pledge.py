"""Shares pledged from a day on: what part of a body an owner has given to a pledgee as security.

Sources: PBoC Order [2020] No. 4, art. 36 item 6; CBIRC Order 2022 No. 1, art. 36. Worked number: 6 of 10 parts of a
stake of 10 of 100 pledged: 6 of 100, more than half of what the owner holds.
"""

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.ownership.records import PLEDGE, PLEDGE_RECORDED
from benyuan.usecases.common import Id, Yyyymmdd, faults_where
from benyuan.usecases.group.dated_fact import DatedFact, an_individual, body_need
from benyuan.usecases.group.record_stake import Part, Whole


@command("record_pledge")
class PledgeFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on `owner` has pledged `part` of `whole` of `owned` to `pledgee`; 0 releases it."""

    owner: Id
    owned: Id
    pledgee: Id
    part: Part
    whole: Whole
    from_date: Yyyymmdd


class RecordPledge(DatedFact):
    """Records it."""

    command = PledgeFields
    needs = (body_need("owner"), body_need("owned"), body_need("pledgee"))
    table, kind, result = PLEDGE, PLEDGE_RECORDED, "pledge"
    names = ("owner", "owned", "pledgee", "part", "whole")
    words = {}  # noqa: RUF012  read only
    pair = ("owner", "owned")

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Nobody pledges to themselves."""
        batch = case.batch
        own = batch.integers("pledgee") == batch.integers("owner")
        return {
            **super().faults(case),
            **faults_where(own, batch, "pledgee", "another body than owner"),
            **an_individual(case, "owned"),
        }
