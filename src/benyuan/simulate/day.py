"""One day of the simulation, as columns of commands, and what the custodian hears of their answers."""

import numpy as np
from numpy.typing import NDArray

from benyuan.engine.answers import Answers
from benyuan.payments.vocabulary import Authentication, CreditReason
from benyuan.simulate.clearing_items import resolve_items
from benyuan.simulate.compliance import file_duties, judge_cases, plant_chain
from benyuan.simulate.disputes import decide_disputes, note_sale, open_disputes
from benyuan.simulate.opening import FEE_RATES
from benyuan.simulate.showing import showings
from benyuan.simulate.tally import accepted
from benyuan.simulate.tickets import AUTHENTICATIONS, CHANNELS, Tickets, at_us
from benyuan.simulate.world import Giver, Sale, World
from benyuan.values.dates import add_calendar_days

MINUTE, HOUR = 60, 3600
OUTGROWN = "pay.account.class1.lifetime"
CHANNELS_ADDED = 2

REFUND_SHARE = 0.003
REFUND_DAYS = 4
PART_REFUNDED_SHARE = 0.3
ASKED_TWICE_SHARE = 0.02

TRANSFERS_SHARE, WITHDRAWALS_SHARE = 0.08, 0.05  # of the people who topped up in the day
TYPICAL_TRANSFER_FEN = 15_000
OTHERS_ACCOUNT_SHARE = 0.03

COMPENSATED_EVERY = 7  # days
RETURN_OFFERED_EVERY = 40
CREDIT_FEN = 8_800
HALF_PPM = 500_000


def run_day(session: Giver, world: World, *, number: int, day: int) -> None:
    """From clearing to the evening's withdrawals; `number` counts the days from 1."""
    _clear(session, world, number=number, day=day)
    _open_next_class(session, world, day=day)
    _settle(session, world, number=number, day=day)
    _take_fees(session, world, day=day)
    topped_up = _top_up(session, world, day=day)
    judge_cases(session, day=day)
    resolve_items(session, day=day)
    file_duties(session, day=day)
    decide_disputes(session, world, day=day)
    _credit(session, world, number=number, day=day)
    plant_chain(session, world, number=number, day=day)
    _pay(session, world, number=number, day=day)
    _refund(session, world, day=day)
    open_disputes(session, world, number=number, day=day)
    if len(topped_up):
        _transfer(session, world, day=day, who=topped_up)
        _withdraw(session, world, day=day, who=topped_up)


def close_day(session: Giver, world: World, *, day: int) -> None:
    """The day is over: the clearing house's file comes four past midnight, the custodian's statement a minute later.

    The close is at ten past.
    """
    next_day = add_calendar_days(day, 1)
    lines = world.custodian.house.file()
    if len(lines.order):
        session.give(
            "record_clearing_line",
            at_us(next_day, 4 * MINUTE),
            institution=np.full(len(lines.order), world.institution),
            date=np.full(len(lines.order), day),
            direction=lines.direction,
            amount_fen=lines.amount_fen,
            order=lines.order,
            reference=lines.reference,
        )
    stated = world.custodian.state()
    if stated:
        directions, references, amounts = map(list, zip(*stated, strict=True))
        session.give(
            "record_statement_entry",
            at_us(next_day, 5 * MINUTE),
            institution=[world.institution] * len(stated),
            date=[day] * len(stated),
            direction=directions,
            reference=references,
            amount_fen=amounts,
        )
    session.give(
        "close_day",
        at_us(next_day, 10 * MINUTE),
        institution=[world.institution],
        date=[day],
        statement_fen=[world.custodian.reserve_fen],
    )


def _clear(session: Giver, world: World, *, number: int, day: int) -> None:
    reference = f"settlement {day}"
    received, paid = world.custodian.clear(reference=reference, number=number)
    session.give(
        "clear",
        at_us(day, 8 * HOUR),
        institution=[world.institution],
        reference=[reference],
        received_fen=[received],
        paid_fen=[paid],
    )


def _open_next_class(session: Giver, world: World, *, day: int) -> None:
    """Who outgrew Class I the day before brings more channels and opens a wallet of Class II beside it."""
    if not world.outgrown:
        return
    who = np.array(sorted(world.outgrown), np.int64)
    world.outgrown.clear()
    opened = session.give(
        "open_wallet",
        at_us(day, 8 * HOUR + 10 * MINUTE),
        person=world.person[who],
        wallet_class=["II"] * len(who),
        channels=world.people.channels[who] + CHANNELS_ADDED,
        agreed_daily_fen=world.people.agreed_daily_fen[who],
    ).results("wallet")
    world.wallet[who] = np.where(opened, opened, world.wallet[who])


def _top_up(session: Giver, world: World, *, day: int) -> NDArray[np.int64]:
    """Returns the clients whose top-up was accepted."""
    first, end = np.searchsorted(world.top_ups.day, [day, day + 1])
    who, amount = world.top_ups.client[first:end], world.top_ups.amount_fen[first:end]
    if len(who) == 0:
        return who
    answers = session.give(
        "top_up",
        at_us(day, 8 * HOUR + 30 * MINUTE),
        wallet=world.wallet[who],
        bank_account=world.bank_account[who],
        amount_fen=amount,
    )
    done = accepted(answers)
    world.custodian.debit_cards(amount[done], orders=answers.position[done])
    return who[done]


def _credit(session: Giver, world: World, *, number: int, day: int) -> None:
    """Losses are made good now and then; somebody also has the idea of paying a return on a balance."""
    reasons = [CreditReason.compensation] * (number % COMPENSATED_EVERY == 0)
    reasons += [CreditReason.return_on_balance] * (number % RETURN_OFFERED_EVERY == 0)
    if reasons:
        session.give(
            "credit_wallet",
            at_us(day, 8 * HOUR + 50 * MINUTE),
            wallet=world.wallet[world.draw.integers(0, len(world.wallet), len(reasons))],
            amount_fen=[CREDIT_FEN] * len(reasons),
            reason=[reason.value for reason in reasons],
        )


def _pay(session: Giver, world: World, *, number: int, day: int) -> None:
    """Three times: phones fetch codes, then everybody pays."""
    tickets, sales = _of_day(world.tickets, day), list[Sale]()
    for showing in showings(tickets, day=day, draw=world.tills):
        part = tickets.chosen(showing.place)
        if len(showing.issued):
            session.give(
                "issue_code",
                showing.issued_at,
                wallet=world.wallet[part.client[showing.issued]],
                payer_code=part.code[showing.issued],
                expires_at=showing.expires_at,
            )
        if len(showing.at):
            sales += _pay_part(session, world, part, day=day, at=showing.at)
    note_sale(world, number=number, sales=sales)


def _pay_part(session: Giver, world: World, tickets: Tickets, *, day: int, at: NDArray[np.int64]) -> list[Sale]:
    """Returns the sales that nobody will refund."""
    who, draw = tickets.client, world.draw
    answers = session.give(
        "pay",
        at,
        payer=world.wallet[who],
        merchant=world.merchant[tickets.merchant],
        amount_fen=tickets.amount_fen,
        channel=[CHANNELS[place] for place in tickets.channel.tolist()],
        authentication=[AUTHENTICATIONS[place] for place in tickets.authentication.tolist()],
        bank_account=np.where(world.people.card_behind[who], world.bank_account[who], 0),
        payer_code=tickets.code,
    )
    done = accepted(answers)
    world.custodian.debit_cards(answers.results("card_fen"), orders=answers.position)
    sold, at_shop = tickets.amount_fen[done], tickets.merchant[done]
    rates = np.where(world.merchants.is_firm[at_shop], *FEE_RATES)
    fees = (sold * rates + HALF_PPM) // (2 * HALF_PPM)  # half up, worked out apart from the ledger
    world.custodian.sell(at_shop, sold - fees)
    world.custodian.earn(fees)
    world.outgrown |= {int(who[place]) for place, item in answers.refusals.items() if item.rule_id == OUTGROWN}
    refunded = done & (draw.random(len(who)) < REFUND_SHARE)
    for sale in _sales(tickets, answers, refunded):
        on = add_calendar_days(day, int(draw.integers(0, REFUND_DAYS)))
        world.to_refund.setdefault(on, []).append(sale)
    return _sales(tickets, answers, done & ~refunded)


def _sales(tickets: Tickets, answers: Answers, wanted: NDArray[np.bool_]) -> list[Sale]:
    return [
        Sale(
            position=int(answers.position[place]),
            merchant=int(tickets.merchant[place]),
            amount_fen=int(tickets.amount_fen[place]),
        )
        for place in np.flatnonzero(wanted).tolist()
    ]


def _of_day(tickets: Tickets, day: int) -> Tickets:
    return tickets.chosen(slice(*np.searchsorted(tickets.day, [day, day + 1])))


def _refund(session: Giver, world: World, *, day: int) -> None:
    """Whole or in part; a few ask for more than is left."""
    sales, draw = world.to_refund.pop(day, []), world.draw
    if not sales:
        return
    asked = np.array([sale.amount_fen for sale in sales])
    in_part = draw.random(len(sales)) < PART_REFUNDED_SHARE
    asked = np.where(in_part, asked // 2 + 1, asked)
    again = [place for place, drawn in enumerate(draw.random(len(sales)).tolist()) if drawn < ASKED_TWICE_SHARE]
    sales += [sales[place] for place in again]
    asked = np.concatenate([asked, np.array([sales[place].amount_fen for place in again], np.int64)])
    answers = session.give(
        "refund", at_us(day, 22 * HOUR + 10 * MINUTE), payment=[sale.position for sale in sales], amount_fen=asked
    )
    done = accepted(answers)
    merchant = np.array([sale.merchant for sale in sales])
    world.custodian.sell(merchant[done], -asked[done])
    world.custodian.pay_out(answers.results("card_fen"), orders=answers.position)


def _transfer(session: Giver, world: World, *, day: int, who: NDArray[np.int64]) -> None:
    draw, count = world.draw, int(np.ceil(TRANSFERS_SHARE * len(who)))
    payer, everybody = draw.choice(who, count), len(world.wallet)
    payee = (payer + draw.integers(1, everybody, count)) % everybody  # anybody else
    small, larger = Authentication.one_kind.value, Authentication.two_kinds.value
    amount = (TYPICAL_TRANSFER_FEN * draw.lognormal(0.0, 1.0, count)).astype(np.int64) + 1
    session.give(
        "transfer",
        at_us(day, 22 * HOUR + 20 * MINUTE),
        payer=world.wallet[payer],
        payee=world.wallet[payee],
        amount_fen=amount,
        authentication=[small if fen < TYPICAL_TRANSFER_FEN else larger for fen in amount.tolist()],
    )


def _withdraw(session: Giver, world: World, *, day: int, who: NDArray[np.int64]) -> None:
    """To their own bank accounts; a few name somebody else's."""
    draw, count = world.draw, int(np.ceil(WITHDRAWALS_SHARE * len(who)))
    holder = draw.choice(who, count)
    others = draw.integers(0, len(world.bank_account), count)
    account = np.where(draw.random(count) < OTHERS_ACCOUNT_SHARE, others, holder)
    amount = (TYPICAL_TRANSFER_FEN * draw.lognormal(0.0, 1.0, count)).astype(np.int64) + 1
    answers = session.give(
        "withdraw",
        at_us(day, 22 * HOUR + 30 * MINUTE),
        wallet=world.wallet[holder],
        bank_account=world.bank_account[account],
        amount_fen=amount,
    )
    done = accepted(answers)
    world.custodian.pay_out(amount[done], orders=answers.position[done])


def _take_fees(session: Giver, world: World, *, day: int) -> None:
    """On the first of a month the institution takes out what it earned, as the supervisor has passed it."""
    if day % 100 != 1 or not world.custodian.fees_fen:
        return
    taken = session.give(
        "withdraw_own_money",
        at_us(day, 8 * HOUR + 25 * MINUTE),
        institution=[world.institution],
        amount_fen=[world.custodian.fees_fen],
        source=["fees"],
        proof=[f"fees up to {day}"],
        reviewed=[True],
    )
    world.custodian.take_fees(orders=taken.position)


def _settle(session: Giver, world: World, *, number: int, day: int) -> None:
    due = np.flatnonzero(world.merchants.settled_on(number) & world.custodian.has_due())
    if len(due):
        settled = session.give("settle", at_us(day, 8 * HOUR + 20 * MINUTE), merchant=world.merchant[due])
        world.custodian.settle(due, orders=settled.position)
