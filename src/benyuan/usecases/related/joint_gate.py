"""A partner's part of joint loans between related bodies is booked as far as a framework, or the line, leaves it.

Near to who directs a side (`rpt.insider`) a framework alone leaves anything.

Sources: PBoC Order [2023] No. 1, arts. 14 item 1 (loans, and investing together), 26 to 28; CBIRC Order 2022 No. 1,
arts. 13, 45, 48; how is our choice (`rpt.house.money`). Each side that an order binds is asked. Parts of a batch are
added up in columns: where all fit nobody is asked twice; else the batch is cut before the first that does not. Worked:
a framework for 500,000.00 of which 499,000.00 are drawn leaves 1,000.00: of two parts of 600.00 the second is refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.usecase import Survey
from benyuan.governance.related.assessing import Held, base_of
from benyuan.governance.related.exposures import Ints
from benyuan.governance.related.laws import standard_of
from benyuan.governance.related.records import RELATED_TRANSACTION
from benyuan.ledger import AMOUNT_MAX
from benyuan.parties.bodies.records import BODY_BUSINESS
from benyuan.rules import RulePack
from benyuan.usecases.related.acts import Year
from benyuan.usecases.related.joint import framed_fen, joint_parts
from benyuan.usecases.related.posting_gate import CUTS, approval_gates, ban_between
from benyuan.usecases.related.sides import Side, Sides

JOINT_GATES = approval_gates("joint")
NAMES = ("law", "body", "party", "asked_fen", "year_fen", "left_fen", "open_fen", "ban", "insider")


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left for a partner's parts on one side's account, in fen, and what was drawn in the year.

    `ban`: what forbids the side such finance at all, so that nothing is left. `insider`: its organs decide on the other
    side whatever it comes to, so that frameworks alone leave anything.
    """

    law: int
    body: int
    party: int
    year_fen: int
    left_fen: int
    ban: int
    insider: int


def asked_of_partners(
    batch: Batch, facts: Mapping[str, Ints], books: Books, rules: RulePack, *, theirs: Ints
) -> Survey:
    """For each command with a related partner what is left before the batch; where the batch is cut."""
    of_body = np.isin(facts["partner_book"], books.column(BODY_BUSINESS, "book"))
    places = np.flatnonzero((theirs > 0) & (facts["partner_book"] != 0) & of_body)
    if not len(places):
        return {}, {}
    pairs = np.stack([facts["lender_book"][places], facts["partner_book"][places]], axis=1)
    found = {f"joint_{name}": np.zeros(len(batch), np.int64) for name in NAMES}
    cuts: list[int] = []
    for pair in np.unique(pairs, axis=0):
        mine = places[(pairs == pair).all(axis=1)]
        left = _least(batch, books, rules, lender_book=int(pair[0]), partner_book=int(pair[1]))
        if left is None:
            continue
        for name in ("law", "body", "party", "year_fen", "left_fen", "ban", "insider"):
            found[f"joint_{name}"][mine] = getattr(left, name)
        asked = theirs[mine]
        over = asked > left.left_fen
        found["joint_asked_fen"][mine] = asked
        found["joint_open_fen"][mine] = np.where(over, asked, 0)
        beyond = mine[~over][np.cumsum(asked[~over]) > left.left_fen]
        cuts += beyond[:1].tolist()
    return found, {CUTS: np.array([min(cuts)], np.int64)} if cuts else {}


def both(tied: Survey, joint: Survey) -> Survey:
    """The two surveys of a draw; a batch that either cuts is cut where either does."""
    cuts = [each[1][CUTS] for each in (tied, joint) if CUTS in each[1]]
    return {**tied[0], **joint[0]}, {CUTS: np.unique(np.concatenate(cuts))} if cuts else {}


def _least(batch: Batch, books: Books, rules: RulePack, *, lender_book: int, partner_book: int) -> Left | None:
    """What the side leaves that leaves least; None where the two are nobody's books, or are not related."""
    sides = Sides(books, rules, on=batch.on, seen=int(batch.position[0]))
    pairs = [
        (body, other)
        for lender in sides.bodies(lender_book)
        for partner in sides.bodies(partner_book)
        for body, other in ((lender, partner), (partner, lender))
        if lender != partner
    ]
    year = Year(books=books, on=batch.on, seen=int(batch.position[0]))
    told = [left for body, other in pairs for side in sides.of(body) for left in _left(year, rules, side, other)]
    return min(told, key=lambda each: (-each.ban, each.left_fen), default=None)


def _left(year: Year, rules: RulePack, side: Side, party: int) -> Iterator[Left]:
    """Under frameworks in force, or else below the least sum of a year that is major; nothing before the orders."""
    named = (side.law.rule("exempt"), *side.law.major)
    if party not in side.related or not all(rules.rule(name).in_force(on=year.on) for name in named):
        return
    column, body = year.books.column, side.body
    held = Held(column, RELATED_TRANSACTION, seen=year.seen)
    framed = framed_fen(held, column, body=body, party=party, on=year.on, seen=year.seen)
    base = base_of(column, side.law, body=body, on=year.on, seen=year.seen)
    insider = party in side.insiders
    line = standard_of(rules, side.law, on=year.on).line(base_fen=base.fen) if base and not insider else 1
    drawn = joint_parts(year, side.world, body=body).get(party, 0)
    ban = ban_between(year, rules, side, party, fen=1)
    yield Left(
        law=int(side.law.number),
        body=body,
        party=party,
        year_fen=min(drawn, AMOUNT_MAX),
        left_fen=0 if ban else max(0, min(max(framed, line - 1) - drawn, AMOUNT_MAX)),
        ban=ban,
        insider=int(insider),
    )
