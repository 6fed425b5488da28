"""The account that docs/algorithms/pay-later.md works out, by hand and in columns."""

import datetime as dt

from benyuan.consumer_finance.by_hand import account_steps as by_hand
from benyuan.consumer_finance.by_hand.account_steps import open_account
from benyuan.consumer_finance.by_hand.accounts import Account, Terms, at_morning
from benyuan.consumer_finance.vocabulary import (
    AccountOrder,
)
from benyuan.values.daycount import DayCount
from benyuan.values.rounding import Rounding
from tests.properties.account_columns import OneAccount, check_same
from tests.unit.consumer_finance.worked_tables import Row, day_of, fen_of, table, yuan

TERMS = Terms(
    statement_day=10,
    due_days=10,
    day_count=DayCount.act_365,
    rounding=Rounding.half_up,
    rate_ppm=182_500,
    floor_fen=1_000,
    share_ppm=100_000,
    late_floor_fen=100,
    late_share_ppm=50_000,
    order=AccountOrder.fees_interest_principal,
)
OPENED = dt.date(2026, 1, 1)


def shown(row: Row, account: Account) -> Row:
    """A row of the table: what was done, and what stands after it."""
    parts = (account.unbilled_fen, account.principal_fen, account.interest_fen, account.fees_fen)
    asked = (account.minimum_fen, account.missing_fen)
    state = "revolving" if account.revolving else "in grace"
    return (*row[:3], *(yuan(part) for part in (*parts, *asked)), state, yuan(account.interest_ever_fen))


def test_the_worked_account() -> None:
    head, rows = table("pay-later.md", "An account worked out")
    assert head[:3] == ("day", "what", "amount")
    plain, one = open_account(terms=TERMS, on=OPENED), OneAccount.opened(TERMS, OPENED)
    for row in rows:
        day, what = day_of(row[0]), row[1]
        plain = at_morning(plain, day=day)
        one.come_to(day)
        if what == "bought":
            plain = by_hand.buy(plain, on=day, amount_fen=fen_of(row[2]))
            one.buy(on=day, amount_fen=fen_of(row[2]))
        elif what == "paid":
            plain = by_hand.pay(plain, on=day, amount_fen=fen_of(row[2]))
            one.pay(on=day, amount_fen=fen_of(row[2]))
        elif what == "statement":
            assert row[2] == yuan(plain.billed_fen)
        assert row == shown(row, plain)
        check_same(one, plain)
    assert [row[1] for row in rows].count("statement") == 3


def test_a_purchase_returned_after_the_account_ceased_to_revolve_leaves_no_interest() -> None:
    """Revolving from 21 February; 300.00 bought on 15 March, all billed paid on the 20th, the purchase returned."""
    plain, one = open_account(terms=TERMS, on=OPENED), OneAccount.opened(TERMS, OPENED)
    first_on = dt.date(2026, 2, 5)
    plain = by_hand.buy(plain, on=first_on, amount_fen=200_000)
    one.come_to(first_on)
    one.buy(on=first_on, amount_fen=200_000)
    bought_on, paid_on, returned_on = dt.date(2026, 3, 15), dt.date(2026, 3, 20), dt.date(2026, 3, 25)
    for account_day in (dt.date(2026, 3, 11), bought_on, paid_on):
        one.come_to(account_day)
        plain = at_morning(plain, day=account_day)
        if account_day == bought_on:
            plain = by_hand.buy(plain, on=bought_on, amount_fen=30_000)
            one.buy(on=bought_on, amount_fen=30_000)
    billed_fen = plain.billed_fen
    plain = by_hand.pay(plain, on=paid_on, amount_fen=billed_fen)
    one.pay(on=paid_on, amount_fen=billed_fen)
    plain = at_morning(plain, day=returned_on)
    one.come_to(returned_on)
    check_same(one, plain)
    assert not plain.revolving
    before_fen = plain.interest_ever_fen
    plain = by_hand.give_back(plain, on=returned_on, amount_fen=30_000, bought_on=bought_on)
    one.give_back(on=returned_on, amount_fen=30_000, bought_on=bought_on)
    check_same(one, plain)
    assert before_fen - plain.interest_ever_fen == 90  # six nights of 300.00 at 0.05%
    assert plain.owed == 900  # nine nights of 2,000.00 from the statement to the payment


def test_a_statement_of_nothing_drops_what_hung_on_it() -> None:
    """1,000.00 prepaid on 6 January cover the purchase of the 5th: if February's statement is missed, it bears none."""
    plain, one = open_account(terms=TERMS, on=OPENED), OneAccount.opened(TERMS, OPENED)
    for day, bought_fen, paid_fen in (
        (dt.date(2026, 1, 5), 100_000, 0),
        (dt.date(2026, 1, 6), 0, 100_000),
        (dt.date(2026, 2, 10), 100_000, 0),
    ):
        plain = at_morning(plain, day=day)
        one.come_to(day)
        if bought_fen:
            plain = by_hand.buy(plain, on=day, amount_fen=bought_fen)
            one.buy(on=day, amount_fen=bought_fen)
        if paid_fen:
            plain = by_hand.pay(plain, on=day, amount_fen=paid_fen)
            one.pay(on=day, amount_fen=paid_fen)
    late = dt.date(2026, 2, 21)
    plain = at_morning(plain, day=late)
    one.come_to(late)
    check_same(one, plain)
    assert plain.revolving
    assert plain.interest_ever_fen == 550  # eleven nights of 1,000.00 from 10 February on
