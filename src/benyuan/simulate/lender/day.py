"""One day of the lender: payments come in, loans are asked for and paid, customers buy; after midnight it is closed.

Until 2026-09-29 three purchases in four are made at the cashier of the payment institution; from 2026-09-30 on the
option is refused there, and most of the customers draw at the lender's own place a minute later.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.cost_sheet import account_sheet, digest, loan_sheet
from benyuan.consumer_finance.records import ACCOUNT, ACCOUNT_STEP
from benyuan.engine.answers import Answers
from benyuan.simulate.lender.beside import Beside
from benyuan.simulate.lender.opening import (
    CASH_LOAN,
    CASH_LOAN_TERMS,
    HOUR,
    NAME,
    PARTNER,
    PAY_LATER_TERMS,
    PLAN,
    PLAN_RATE_PPM,
)
from benyuan.simulate.lender.reading import read_key_facts
from benyuan.simulate.lender.world import LenderWorld
from benyuan.simulate.tally import accepted
from benyuan.simulate.tickets import Tickets, at_us
from benyuan.simulate.world import Giver
from benyuan.values.dates import add_calendar_days, add_months

NO_LOAN_OPTION = "mkt.psp_no_loan_option"
SHEETS_FROM = 20260801
CONFIRMS = 0.995
JOINT_EVERY, PARTNER_SHARE_PPM = 5, 400_000
PLANS_ON, PLANS_OF, PLAN_TERMS, LEAST_PLAN_FEN = 3, 200, 12, 100_000
AT_THE_CASHIER = 0.75
TRIES_AGAIN = 0.8
LATE_DAYS = 9
PUNCTUAL, LATE = 0, 1
OFFER_DAYS = 7
MINUTE = 60


def run_lender_day(session: Giver, world: LenderWorld, *, day: int, beside: Beside) -> None:
    """From the morning's payments to the evening."""
    if day == SHEETS_FROM:
        confirm_sheets(session, world, day=day)
    beside.morning(session, world, day=day)
    _repay(session, world, day=day)
    _lend(session, world, day=day, beside=beside)
    _repay_loans(session, world, day=day)
    if day % 100 == PLANS_ON:
        _plans(session, world, day=day)
    _buy(session, world, day=day)


def close_lender(session: Giver, world: LenderWorld, *, day: int) -> None:
    """At ten past midnight."""
    at = at_us(add_calendar_days(day, 1), 10 * MINUTE)
    session.give("close_lender_day", at, lender=[world.lender], date=[day])


def confirm_sheets(session: Giver, world: LenderWorld, *, day: int) -> None:
    """The day on which the sheet of costs is asked for: all see that of their account, all but a few confirm it."""
    who = np.flatnonzero(world.draw.random(len(world.account)) < CONFIRMS)
    sheets = [digest(account_sheet(PAY_LATER_TERMS))] * len(world.account)
    at = at_us(day, 7 * HOUR)
    session.give("show_cost_sheet", at, borrower=world.borrower, cost_sheet=sheets, account=world.account)
    session.give(
        "confirm_cost_sheet", at_us(day, 7 * HOUR + MINUTE), account=world.account[who], cost_sheet=sheets[: len(who)]
    )


def _repay(session: Giver, world: LenderWorld, *, day: int) -> None:
    """What clients really paid, from their bank cards."""
    first, end = np.searchsorted(world.payments.day, [day, day + 1])
    if end > first:
        session.give(
            "repay_account",
            at_us(day, 8 * HOUR),
            account=world.account[world.payments.client[first:end]],
            amount_fen=world.payments.amount_fen[first:end],
        )


def _lend(session: Giver, world: LenderWorld, *, day: int, beside: Beside) -> None:
    """Offers to those who get one, and the draws of those that were made."""
    rows, inquiry = beside.asked(
        session, world, rows=np.arange(*np.searchsorted(world.cash_loans.day, [day, day + 1])), day=day
    )
    if len(rows) == 0:
        return
    loans = world.cash_loans
    first_due = add_months(day, 1)
    offers = session.give(
        "offer_loan",
        at_us(day, 8 * HOUR + 10 * MINUTE),
        borrower=world.borrower[loans.client[rows]],
        product=[CASH_LOAN + 1] * len(rows),
        amount_fen=loans.amount_fen[rows],
        need_fen=loans.amount_fen[rows],
        term_count=loans.terms[rows],
        rate_ppm=loans.rate_ppm[rows],
        first_due_on=[first_due] * len(rows),
        until=[add_calendar_days(day, OFFER_DAYS)] * len(rows),
        inquiry=inquiry,
    )
    made = np.flatnonzero(accepted(offers))
    if len(made) == 0:
        return
    sheets = [_sheet(world, int(rows[place]), offers, int(place), first_due) for place in made.tolist()]
    joint = _joint(rows[made] % JOINT_EVERY == 0)
    if day >= SHEETS_FROM:
        who, shown = loans.client[rows[made]], offers.results("offer")[made]
        _read_offers(session, world, day=day, who=who, offers=shown, partner=joint["partner"])
    at, whose = at_us(day, 8 * HOUR + 15 * MINUTE), world.borrower[loans.client[rows[made]]]
    session.give("show_cost_sheet", at, borrower=whose, cost_sheet=sheets, offer=offers.results("offer")[made])
    drawn = session.give(
        "draw_loan",
        at_us(day, 8 * HOUR + 20 * MINUTE),
        offer=offers.results("offer")[made],
        purpose=["consumption"] * len(made),
        cost_sheet=sheets,
        **joint,
    )
    done = np.flatnonzero(accepted(drawn))
    for place in done.tolist():
        row = int(rows[made[place]])
        loan, level = int(drawn.results("loan")[place]), int(drawn.results("level_fen")[place])
        _plan_payments(world, loan=loan, level=level, row=row, first_due=first_due)
    beside.drawn(rows=rows[made[done]], loans=drawn.results("loan")[done])


def _read_offers(
    session: Giver,
    world: LenderWorld,
    *,
    day: int,
    who: NDArray[np.int64],
    offers: NDArray[np.int64],
    partner: list[int],
) -> None:
    """Key facts of the offers, with who lends beside, are shown and confirmed."""
    read_key_facts(
        session,
        "show_key_facts",
        at_us(day, 8 * HOUR + 12 * MINUTE),
        borrower=world.borrower[who],
        lender_name=[NAME] * len(who),
        offer=offers,
        partner=partner,
        partner_name=[PARTNER if each else "" for each in partner],
    )


def _joint(chosen: NDArray[np.bool_]) -> dict[str, list[int]]:
    """Every fifth loan is made together with the partner, which holds two fifths of it."""
    shares = np.where(chosen, PARTNER_SHARE_PPM, 0).tolist()
    return {"partner": chosen.astype(int).tolist(), "share_ppm": shares}


def _plans(session: Giver, world: LenderWorld, *, day: int) -> None:
    """After a statement some of those who owe most on it turn half of it into a plan of twelve months."""
    steps = session.group.records.tables[ACCOUNT_STEP.name]
    last = session.group.records.tables[ACCOUNT.name].column("last_step")[world.account]
    billed, late = steps.column("billed_fen")[last], steps.column("oldest_due_on")[last] != 0
    most = np.flatnonzero(~late & (billed >= LEAST_PLAN_FEN))
    most = most[np.argsort(-billed[most], kind="stable")][: max(len(most) // PLANS_OF, 1)]
    if len(most) == 0:
        return
    amount = billed[most] // 2
    first_due = int(steps.column("due_on")[last[most[0]]])
    sheets = [
        digest(
            loan_sheet(
                {
                    "amount_fen": fen,
                    "term_count": PLAN_TERMS,
                    "rate_ppm": PLAN_RATE_PPM,
                    "first_due_on": first_due,
                    "cost_ppb": PLAN_RATE_PPM * 1_000,
                },
                CASH_LOAN_TERMS,
            )
        )
        for fen in amount.tolist()
    ]
    plans = {
        "account": world.account[most],
        "product": [PLAN + 1] * len(most),
        "amount_fen": amount,
        "term_count": [PLAN_TERMS] * len(most),
        "rate_ppm": [PLAN_RATE_PPM] * len(most),
    }
    if day >= SHEETS_FROM:
        who = {"borrower": world.borrower[most], "lender_name": [NAME] * len(most)}
        read_key_facts(session, "show_plan_key_facts", at_us(day, 8 * HOUR + 32 * MINUTE), **who, **plans)
    at = at_us(day, 8 * HOUR + 35 * MINUTE)
    session.give("show_cost_sheet", at, borrower=world.borrower[most], cost_sheet=sheets, plan_of=world.account[most])
    made = session.give(
        "make_plan",
        at_us(day, 8 * HOUR + 40 * MINUTE),
        **plans,
        cost_sheet=sheets,
    )
    for place in np.flatnonzero(accepted(made)).tolist():
        loan, level = int(made.results("loan")[place]), int(made.results("level_fen")[place])
        _pay_level(world, loan=loan, level=level, first_due=first_due, times=PLAN_TERMS - 1, late=0)


def _pay_level(world: LenderWorld, *, loan: int, level: int, first_due: int, times: int, late: int) -> None:
    """The level payment on so many due days, or some days late."""
    for number in range(times):
        on = add_calendar_days(add_months(first_due, number), late)
        world.due.setdefault(on, []).append((loan, level))


def _sheet(world: LenderWorld, row: int, offers: Answers, place: int, first_due: int) -> str:
    """The digest of the sheet that the borrower saw."""
    loans = world.cash_loans
    offer = {
        "amount_fen": loans.amount_fen[row],
        "term_count": loans.terms[row],
        "rate_ppm": loans.rate_ppm[row],
        "first_due_on": first_due,
        "cost_ppb": offers.results("cost_ppb")[place],
    }
    return digest(loan_sheet(offer, CASH_LOAN_TERMS))


def _plan_payments(world: LenderWorld, *, loan: int, level: int, row: int, first_due: int) -> None:
    """On the due days, or some days late; one in thirty stops paying after the first."""
    habit, terms = int(world.cash_loans.habit[row]), int(world.cash_loans.terms[row])
    paying = terms if habit in (PUNCTUAL, LATE) else 2
    late = LATE_DAYS if habit == LATE else 0
    # The last instalment is not a level one: it stays for the reader to pay.
    _pay_level(world, loan=loan, level=level, first_due=first_due, times=paying - 1, late=late)


def _repay_loans(session: Giver, world: LenderWorld, *, day: int) -> None:
    due = world.due.pop(day, [])
    if due:
        session.give(
            "repay_loan",
            at_us(day, 8 * HOUR + 30 * MINUTE),
            loan=[loan for loan, _ in due],
            amount_fen=[level for _, level in due],
        )


def _buy(session: Giver, world: LenderWorld, *, day: int) -> None:
    tickets = world.tickets.chosen(slice(*np.searchsorted(world.tickets.day, [day, day + 1])))
    if len(tickets.client) == 0:
        return
    cashier = world.draw.random(len(tickets.client)) < AT_THE_CASHIER
    answers = session.give(
        "draw_purchase",
        at_us(day) + tickets.second * 1_000_000,
        account=world.account[tickets.client],
        amount_fen=tickets.amount_fen,
        merchant=world.merchant[tickets.merchant],
        place=["cashier" if each else "lender" for each in cashier.tolist()],
    )
    turned_away = [place for place, item in answers.refusals.items() if item.rule_id == NO_LOAN_OPTION]
    again = np.array(sorted(turned_away), np.int64)
    again = again[world.draw.random(len(again)) < TRIES_AGAIN]
    if len(again):
        _draw_at_the_lender(session, world, tickets.chosen(again), day=day)


def _draw_at_the_lender(session: Giver, world: LenderWorld, tickets: Tickets, *, day: int) -> None:
    """The same purchases as draws of their own, once the shops have shut: the log knows no going back in time."""
    session.give(
        "draw_purchase",
        at_us(day, 22 * HOUR),
        account=world.account[tickets.client],
        amount_fen=tickets.amount_fen,
        merchant=world.merchant[tickets.merchant],
        place=["lender"] * len(tickets.client),
    )
