"""What customers dispute: a payment a week, decided ten days later for the one side and the other in turn.

A merchant that wins is paid out at once, so that nothing that was held becomes late. The second
dispute is never decided: what it holds stays frozen to the end.
"""

import numpy as np

from benyuan.engine.answers import Answers
from benyuan.payments.vocabulary import DisputeOutcome, DisputeReason
from benyuan.simulate.tally import accepted
from benyuan.simulate.tickets import at_us
from benyuan.simulate.world import Disputed, Giver, Sale, World
from benyuan.values.dates import add_calendar_days

MINUTE, HOUR = 60, 3600
EVERY_DAYS, ON_DAY = 7, 3
DECIDED_AFTER_DAYS = 10
NEVER_DECIDED = 2

REASONS = tuple(DisputeReason)
MEMO = "客户称交易有误，要求退回。"


def note_sale(world: World, *, number: int, sales: list[Sale]) -> None:
    """One of the day's sales that nobody will refund is disputed the day after, the second week's the same evening."""
    if number % EVERY_DAYS != ON_DAY or not sales:
        return
    on = number + 1 - len(world.to_dispute) % 2
    world.to_dispute.append((on, sales[len(sales) // 2]))


def open_disputes(session: Giver, world: World, *, number: int, day: int) -> None:
    """In the evening; the custodian's sum of what the merchant has coming says how much can be held."""
    for place, (on, sale) in enumerate(world.to_dispute, start=1):
        if on != number:
            continue
        opened = session.give(
            "open_dispute",
            at_us(day, 22 * HOUR + 15 * MINUTE),
            payment=[sale.position],
            amount_fen=[sale.amount_fen],
            reason=[REASONS[place % len(REASONS)].value],
            memo=[MEMO],
        )
        if accepted(opened).all():
            held = world.custodian.hold(sale.merchant, sale.amount_fen)
            decided_on = add_calendar_days(day, DECIDED_AFTER_DAYS)
            dispute = Disputed(number=int(opened.results("dispute")[0]), sale=sale, held_fen=held)
            if place != NEVER_DECIDED:
                world.to_decide.setdefault(decided_on, []).append(dispute)


def decide_disputes(session: Giver, world: World, *, day: int) -> None:
    """In the morning, every other one for the customer."""
    given_back = []
    for disputed in world.to_decide.pop(day, []):
        wins = disputed.number % 2 == 1
        outcome = DisputeOutcome.for_customer if wins else DisputeOutcome.for_merchant
        decided = session.give(
            "decide_dispute",
            at_us(day, 8 * HOUR + 48 * MINUTE),
            dispute=[disputed.number],
            outcome=[outcome.value],
            reference=[f"decision {disputed.number}"],
        )
        if accepted(decided).all():
            world.custodian.give_back(disputed.sale.merchant, disputed.held_fen)
            if wins:
                _return_money(world, disputed, decided=decided)
            else:
                given_back.append(disputed.sale.merchant)
    if given_back:
        due = np.unique(given_back)
        settled = session.give("settle", at_us(day, 8 * HOUR + 49 * MINUTE), merchant=world.merchant[due])
        world.custodian.settle(due, orders=settled.position)


def _return_money(world: World, disputed: Disputed, *, decided: Answers) -> None:
    """What the merchant has of it is taken from what it has coming; the institution advances the rest."""
    world.custodian.hold(disputed.sale.merchant, disputed.sale.amount_fen)
    world.custodian.pay_out(decided.results("card_fen"), orders=decided.position)
