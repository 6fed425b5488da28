"""The grounds of art. 25 that stand for a group on a day, with their reasons and sources.

Worked: a body recorded for its risk from 20260101 is in the accounts of 20261231; once the top controls it, its ground
says nothing more and is told as idle.
"""

from collections.abc import Collection

import msgspec

from benyuan.assurance.group.reading import columns_of, given_at, source_at
from benyuan.engine.group import Group
from benyuan.holding_company.consolidation.scope import CONSOLIDATION, Named
from benyuan.holding_company.records import CONSOLIDATION_GROUND, CONSOLIDATION_GROUND_KEY
from benyuan.holding_company.vocabulary import GROUND_NUMBER, Ground
from benyuan.parties.ownership.dated import rows_in_force
from benyuan.rules.places import value_on

GROUNDS = {number: Ground(word) for word, number in GROUND_NUMBER.items()}


class GroundTold(msgspec.Struct, frozen=True, kw_only=True):
    """A ground that stands: days as yyyymmdd, 0 for none; `idle`: control says the same already, or says otherwise."""

    body: int
    ground: str
    reason: str
    from_date: int
    until: int
    agreed_on: int
    source: str
    idle: bool


def grounds_told(group: Group, top: int, *, controlled: Collection[int], on: int, seen: int) -> list[GroundTold]:
    """Those recorded for the group under `top`, in order of body. Errors: BadInput before the rule."""
    value = value_on(group.regime.pack, CONSOLIDATION, on=on)
    takes_in = {tier.code("ground"): tier.flag("taken_in") for tier in value.tiers}
    rows = rows_in_force(columns_of(group), CONSOLIDATION_GROUND, key=CONSOLIDATION_GROUND_KEY, on=on, seen=seen)
    standing = [row for row in rows if row["top"] == top and row["holds"] and (row["until"] == 0 or row["until"] >= on)]
    return [
        GroundTold(
            body=row["body"],
            ground=GROUNDS[row["ground"]].value,
            reason=str(given_at(group, row["position"])["reason"]),
            from_date=row["from_date"],
            until=row["until"],
            agreed_on=row["agreed_on"],
            source=source_at(group, row["position"]),
            idle=takes_in[GROUNDS[row["ground"]].value] is (row["body"] in controlled),
        )
        for row in standing
    ]


def named_of(grounds: Collection[GroundTold]) -> list[Named]:
    """Those that take a body in or leave one out."""
    return [Named(body=each.body, ground=each.ground) for each in grounds if not each.idle]
