"""Joint loans between related bodies: what one lent through the other in a year, and whether a framework covers it.

Sources: PBoC Order [2023] No. 1, arts. 14 item 1, 26, 28; the house rule `rpt.house.money`. A draw is a customer's, and
asks for nothing; so it is told here on the same day. Worked number: a partner's parts of 600,000.00 under a framework
for 500,000.00 leave 100,000.00 that nothing covers.
"""

from collections.abc import Mapping

import numpy as np

from benyuan.consumer_finance.chart import PartnerOwn
from benyuan.consumer_finance.records import LENDER, PARTNER
from benyuan.governance.related.assessing import Held
from benyuan.governance.related.records import RELATED_FRAMEWORK
from benyuan.governance.related.world import World
from benyuan.parties.ownership.dated import Column
from benyuan.usecases.related.acts import Year, debited_in


def joint_parts(year: Year, world: World, *, body: int) -> Mapping[int, int]:
    """By the other body, in fen, the partner's parts of joint loans drawn in the year of the world's day up to it.

    Between a lender's book and a partner's, where `body` has the one and another body the other.
    """
    whose = {each.book: number for number, each in world.state.bodies.items() if each.book}
    column, found = year.books.column, dict[int, int]()
    for place in range(1, len(column(PARTNER, "lender"))):
        lender = int(column(PARTNER, "lender")[place])
        sides = [whose.get(int(column(LENDER, "book")[lender])), whose.get(int(column(PARTNER, "book")[place]))]
        if body in sides and None not in sides and sides[0] != sides[1]:
            other = next(side for side in sides if side is not None and side != body)
            drawn = debited_in(year, int(column(PARTNER, "first_account")[place]) + PartnerOwn.principal)
            found[other] = found.get(other, 0) + sum(fen for _, fen in drawn.values())
    return found


def framed_fen(held: Held, column: Column, *, body: int, party: int, on: int, seen: int) -> int:
    """What frameworks between two bodies that are in force leave for joint loans, by either's record."""
    frames = Held(column, RELATED_FRAMEWORK, seen=seen)
    there = (frames["from_date"] <= on) & (frames["signed_on"] <= on) & (frames["until"] >= on)
    there &= ~np.isin(frames.ids, frames["renews"][frames["from_date"] <= on])
    left = [0]
    for one, other in ((body, party), (party, body)):
        mine = there & (frames["body"] == one) & (frames["party"] == other)
        used = held.sum_where(np.isin(held["framework"], frames.ids[mine]))
        left.append(frames.sum_where(mine) - used)
    return max(left)
