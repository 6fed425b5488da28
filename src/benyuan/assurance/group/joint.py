"""Joint loans between related bodies: what one lent through the other in a year, and whether a framework covers it.

Sources: PBoC Order [2023] No. 1, arts. 14 item 1, 26, 28; the house rule `rpt.house.money`. A draw is a customer's, and
asks for nothing; so it is told here on the same day. Worked number: a partner's parts of 600,000.00 under a framework
for 500,000.00 leave 100,000.00 that nothing covers.
"""

from collections.abc import Mapping

import numpy as np

from benyuan.assurance.group.reading import columns_of
from benyuan.consumer_finance.chart import PartnerOwn
from benyuan.consumer_finance.records import LENDER, PARTNER
from benyuan.engine.group import Group
from benyuan.governance.related.assessing import Held
from benyuan.governance.related.records import RELATED_FRAMEWORK
from benyuan.governance.related.world import World
from benyuan.values.dates import day_begins_at, day_ends_at

JANUARY_1ST, A_YEAR = 101, 10_000


def joint_parts(group: Group, world: World, *, body: int) -> Mapping[int, int]:
    """By the other body, in fen, the partner's parts of joint loans drawn in the year of the world's day up to it.

    Between a lender's book and a partner's, where `body` has the one and another body the other.
    """
    whose = {each.book: number for number, each in world.state.bodies.items() if each.book}
    column, found = columns_of(group), dict[int, int]()
    for place in range(1, len(column(PARTNER, "lender"))):
        lender = int(column(PARTNER, "lender")[place])
        sides = [whose.get(int(column(LENDER, "book")[lender])), whose.get(int(column(PARTNER, "book")[place]))]
        if body in sides and None not in sides and sides[0] != sides[1]:
            other = next(side for side in sides if side is not None and side != body)
            drawn = _drawn(group, int(column(PARTNER, "first_account")[place]) + PartnerOwn.principal, world)
            found[other] = found.get(other, 0) + drawn
    return found


def _drawn(group: Group, account: int, world: World) -> int:
    """What was debited to an account in the year up to the day, as known at the position."""
    on, seen, total = world.state.on, world.state.seen, 0
    first, end = day_begins_at(on // A_YEAR * A_YEAR + JANUARY_1ST), day_ends_at(on)
    for rows in group.ledger.rows_back(account, last=int(group.ledger.state.accounts[account]["last_leg"]), stop=0):
        there = (rows.at >= first) & (rows.at < end) & (rows.reference <= seen)
        total += int(rows.moved[there & (rows.moved > 0)].sum())
        if len(rows) and rows.at[0] < first:
            break
    return total


def framed_fen(held: Held, group: Group, *, body: int, party: int, on: int, seen: int) -> int:
    """What frameworks between two bodies that are in force leave for joint loans, by either's record."""
    frames = Held(columns_of(group), RELATED_FRAMEWORK, seen=seen)
    there = (frames["from_date"] <= on) & (frames["until"] >= on)
    left = [0]
    for one, other in ((body, party), (party, body)):
        mine = there & (frames["body"] == one) & (frames["party"] == other)
        used = held.sum_where(np.isin(held["framework"], frames.ids[mine]))
        left.append(frames.sum_where(mine) - used)
    return max(left)
