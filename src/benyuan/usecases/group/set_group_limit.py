"""A limit that the house sets itself on a figure of a group, from a day on, labelled the house's wherever it shows.

Source: PBoC Order [2020] No. 4, art. 31, which has the holding company set limits and gives no figure. Worked number:
1.2 of capital asked (1,200,000 millionths) from 20260101; with `holds` false from 20270101 there is none any more.
"""

from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.decisions.words import text_faults, truths
from benyuan.holding_company.records import GROUP_LIMIT, GROUP_LIMIT_SET
from benyuan.holding_company.vocabulary import GROUP_RATIO_NUMBER, GroupRatio
from benyuan.parties.bodies.sources import Sourced
from benyuan.rules.quantities import PPM
from benyuan.usecases.common import Id, Memo, Yyyymmdd
from benyuan.usecases.group.dated_fact import DatedFact, an_individual, body_need

MOST_PPM = 1_000 * PPM  # tidy: number beyond any ratio that a house would set
LimitPpm: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=MOST_PPM)]


@command("set_group_limit")
class GroupLimitFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on the house asks `limit_ppm` of a `ratio` of the group under `top`, or no longer."""

    top: Id
    ratio: GroupRatio
    limit_ppm: LimitPpm
    holds: bool = True
    reason: Memo
    from_date: Yyyymmdd


class SetGroupLimit(DatedFact):
    """Sets it; the latest that has begun counts."""

    command = GroupLimitFields
    needs = (body_need("top"),)
    table, kind, result = GROUP_LIMIT, GROUP_LIMIT_SET, "limit"
    names = ("top", "limit_ppm")
    words = {"ratio": ("ratio", GROUP_RATIO_NUMBER)}  # noqa: RUF012  read only
    pair = None

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A reason; no individual at the top."""
        batch = case.batch
        empty = np.array([not reason.strip() for reason in batch.values("reason")], np.bool_)
        return {
            **super().faults(case),
            **text_faults(empty, batch, "reason", "why the house sets it, in words"),
            **an_individual(case, "top"),
        }

    def columns(self, case: Case) -> dict[str, Any]:
        """Whether it holds, besides."""
        return {**super().columns(case), "holds": truths(case.batch, "holds").astype(np.int64)}
