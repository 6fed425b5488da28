"""Accounts in columns are, to the fen and to the fraction behind it, what the plain engine makes of them by nights."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benyuan.consumer_finance.by_hand import account_steps as by_hand
from benyuan.consumer_finance.by_hand.account_steps import open_account
from benyuan.consumer_finance.by_hand.accounts import Account, Terms, at_morning
from tests.properties.account_columns import OneAccount, check_same, figures
from tests.properties.account_histories import Event, histories, opened_on, terms

COMMON = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOME = settings(COMMON, max_examples=60)
SOAK = settings(COMMON, max_examples=5_000)


def amount_of(event: Event, plain: Account) -> int:
    basis = {
        "billed": plain.billed_fen,
        "minimum": plain.minimum_fen - plain.paid_since_fen,
        "missing": plain.missing_fen,
        "part of billed": plain.billed_fen // event.parts,
        "billed and unbilled": plain.billed_fen + plain.unbilled_fen,
        "nothing": 0,
    }
    return max(1, basis[event.amount] + event.more_fen)


def step_both(event: Event, one: OneAccount, plain: Account, bought: list[tuple[dt.date, int]]) -> Account:
    """What the event does, to both; `bought` are the purchases that may still be returned."""
    on, amount_fen = plain.day, amount_of(event, plain)
    if plain.written_off:
        return recovered_both(event, one, plain)
    match event.kind:
        case "buy":
            one.buy(on=on, amount_fen=amount_fen)
            return by_hand.buy(plain, on=on, amount_fen=amount_fen)
        case "pay":
            received = one.pay(on=on, amount_fen=amount_fen)
            after = by_hand.pay(plain, on=on, amount_fen=amount_fen)
            assert int(received.fees_fen[0]) == plain.fees_fen - after.fees_fen
            assert int(received.interest_fen[0]) == plain.interest_fen - after.interest_fen
            assert int(received.principal_fen[0]) == plain.principal_fen - after.principal_fen
            assert int(received.unbilled_fen[0]) == plain.unbilled_fen - after.unbilled_fen
            assert int(received.credit_fen[0]) == after.credit_fen - plain.credit_fen
            return after
        case "plan":
            return plan_both(event, one, plain, bought)
        case "write off" if event.which == 0:
            one.write_off(on=on)
            return by_hand.write_off(plain, on=on)
        case "return" if bought:
            bought_on, most_fen = bought[event.which % len(bought)]
            amount_fen = min(most_fen, amount_fen) if event.which % 2 else most_fen
            one.give_back(on=on, amount_fen=amount_fen, bought_on=bought_on)
            return by_hand.give_back(plain, on=on, amount_fen=amount_fen, bought_on=bought_on)
        case "credit" if plain.credit_fen:
            amount_fen = min(plain.credit_fen, amount_fen)
            one.pay_out(amount_fen)
            return by_hand.pay_out_credit(plain, on=on, amount_fen=amount_fen)
    return plain


def planned(event: Event, plain: Account, bought: list[tuple[dt.date, int]]) -> tuple[dt.date | None, int]:
    """Of what a plan is made, and the most that it may take over: the purchase of an account that still is unbilled."""
    if not bought or event.which % 3 == 0:
        return None, plain.principal_fen
    bought_on, most_fen = bought[event.which % len(bought)]
    if plain.stated_on is not None and bought_on <= plain.stated_on:
        return bought_on, min(most_fen, plain.principal_fen)
    return bought_on, min(most_fen, plain.unbilled_fen)


def plan_both(event: Event, one: OneAccount, plain: Account, bought: list[tuple[dt.date, int]]) -> Account:
    bought_on, most_fen = planned(event, plain, bought)
    amount_fen = min(most_fen, amount_of(event, plain))
    if amount_fen == 0:
        return plain
    received = one.make_plan(on=plain.day, amount_fen=amount_fen, bought_on=bought_on)
    assert int(received.freed_fen[0]) == amount_fen, "a plan takes over principal and nothing else"
    return by_hand.make_plan(plain, on=plain.day, amount_fen=amount_fen, bought_on=bought_on)


def recovered_both(event: Event, one: OneAccount, plain: Account) -> Account:
    """All that can happen on an account that was written off: money comes in."""
    amount_fen = min(plain.billed_fen, amount_of(event, plain))
    if event.kind != "pay" or amount_fen == 0:
        return plain
    one.recover(amount_fen)
    return by_hand.recover(plain, on=plain.day, amount_fen=amount_fen)


def bought_after(event: Event, plain: Account, bought: list[tuple[dt.date, int]]) -> list[tuple[dt.date, int]]:
    """What may be returned after the event: each purchase once."""
    if event.kind == "buy":
        return [*bought, (plain.day, amount_of(event, plain))]
    if event.kind in ("return", "plan") and bought:
        taken = event.which % len(bought)
        return [*bought[:taken], *bought[taken + 1 :]]
    return bought


def check_invariants(plain: Account) -> None:
    parts = (plain.unbilled_fen, plain.principal_fen, plain.interest_fen, plain.fees_fen, plain.credit_fen)
    assert min(parts) >= 0
    assert plain.owed >= 0
    assert plain.if_not_paid >= 0
    assert plain.missing_fen <= plain.billed_fen
    assert (plain.oldest_due_on is None) == (plain.missing_fen == 0)
    assert plain.revolving is False or plain.if_not_paid == 0
    assert plain.unbilled_interest >= 0
    assert plain.credit_fen == 0 or plain.principal_fen == plain.unbilled_fen == 0, "no interest on money that is here"


def check_history(agreed: Terms, on: dt.date, history: list[Event]) -> None:
    plain = open_account(terms=agreed, on=on)
    at_once, in_hops = OneAccount.opened(agreed, on), OneAccount.opened(agreed, on)
    bought: list[tuple[dt.date, int]] = []
    for event in history:
        day = plain.day + dt.timedelta(days=event.days)
        in_hops.come_in_hops(since=plain.day, until=day, days=1 + event.which % 9)
        at_once.come_to(day)
        plain = at_morning(plain, day=day)
        check_same(at_once, plain)
        after = step_both(event, at_once, plain, bought)
        step_both(event, in_hops, plain, bought)
        bought = bought_after(event, plain, bought)
        plain = after
        check_same(at_once, plain)
        check_invariants(plain)
        assert figures(at_once, day) == figures(in_hops, day)


@SOME
@given(terms, opened_on, histories)
def test_columns_are_what_a_night_by_night_walk_makes(agreed: Terms, on: dt.date, history: list[Event]) -> None:
    check_history(agreed, on, history)


@pytest.mark.soak
@SOAK
@given(terms, opened_on, histories)
def test_columns_are_what_the_walk_makes_thousands_of_times(agreed: Terms, on: dt.date, history: list[Event]) -> None:
    check_history(agreed, on, history)


@SOME
@given(terms, opened_on, histories, st.integers(0, 31))
def test_a_return_before_the_statement_is_as_if_nothing_had_been_bought(
    agreed: Terms, on: dt.date, history: list[Event], days: int
) -> None:
    plain, one = open_account(terms=agreed, on=on), OneAccount.opened(agreed, on)
    bought: list[tuple[dt.date, int]] = []
    for event in history:
        plain = at_morning(plain, day=plain.day + dt.timedelta(days=event.days))
        one.come_to(plain.day)
        after = step_both(event, one, plain, bought)
        bought = bought_after(event, plain, bought)
        plain = after
    bought_on, later = plain.day, plain.day + dt.timedelta(days=min(days, to_statement(plain)))
    if plain.written_off:
        return
    with_it = by_hand.buy(plain, on=bought_on, amount_fen=12_345)
    one.buy(on=bought_on, amount_fen=12_345)
    undone = by_hand.give_back(with_it, on=later, amount_fen=12_345, bought_on=bought_on)
    one.come_to(later)
    one.give_back(on=later, amount_fen=12_345, bought_on=bought_on)
    check_same(one, undone)
    meant = at_morning(plain, day=later)
    if plain.credit_fen == 0:
        assert undone == meant
    else:  # what the credit paid of it bore nothing, so the interest of earlier purchases may be lessened too
        assert undone.interest_ever_fen <= meant.interest_ever_fen
        assert undone.credit_fen == meant.credit_fen


def to_statement(plain: Account) -> int:
    """Days to the next statement day, 0 on it."""
    days = range(32)
    return next(n for n in days if (plain.day + dt.timedelta(days=n)).day == plain.terms.statement_day)
