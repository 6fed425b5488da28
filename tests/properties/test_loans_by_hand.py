"""Loans in columns are, to the fen and to the fraction behind it, what the plain engine makes of them by nights."""

import datetime as dt
from dataclasses import fields, replace
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benyuan.consumer_finance.by_hand import loan_steps as by_hand
from benyuan.consumer_finance.by_hand.loan_steps import Refused
from benyuan.consumer_finance.by_hand.loans import Loan, at_morning, draw
from benyuan.consumer_finance.columns import stacked
from benyuan.consumer_finance.instalments import changing
from benyuan.consumer_finance.instalments.accrual import brought_to
from benyuan.consumer_finance.instalments.falling_due import come_to
from benyuan.consumer_finance.instalments.paying import Ladder, Paid, pay
from benyuan.consumer_finance.vocabulary import EARLY_NUMBER, Early
from tests.properties.loan_columns import (
    OneLoan,
    check_change,
    check_payment,
    check_same,
    day_of,
    ints,
    without_day,
)
from tests.properties.loan_histories import Begun, Event, events, histories, loans

COMMON = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOME = settings(COMMON, max_examples=100)
SOAK = settings(COMMON, max_examples=5_000)


def begin(begun: Begun) -> Loan:
    return draw(terms=begun.terms, on=begun.on, amount_fen=begun.amount_fen, term_count=begun.term_count)


def amount_of(event: Event, plain: Loan) -> int:
    basis = {
        "due": plain.due_fen,
        "oldest": plain.late_due_fen + oldest_open_fen(plain),
        "owed": plain.owed_fen,
        "part of due": plain.due_fen // event.parts,
        "part of owed": plain.owed_fen // event.parts,
        "due and interest so far": plain.due_fen + plain.so_far_fen,
        "late": plain.late_due_fen,
    }
    return max(1, basis[event.amount] + event.more_fen)


def oldest_open_fen(plain: Loan) -> int:
    """What is unpaid of the oldest instalment that is not whole paid."""
    paid_fen = plain.principal_paid_fen + plain.interest_paid_fen
    totals = accumulate(one.principal_fen + one.interest_fen for one in plain.instalments)
    return next((total - paid_fen for total in totals if total > paid_fen), 0)


def day_after(event: Event, plain: Loan) -> dt.date:
    """The day of an event that comes next on a loan."""
    later = plain.day + dt.timedelta(days=event.days)
    return plain.next_due_on or later if event.to_due else later


def step_both(event: Event, loan: OneLoan, plain: Loan) -> Loan:
    """What the event does, to both; the plain loan after it."""
    on, amount_fen = plain.day, amount_of(event, plain)
    after: Loan | Refused = plain
    match event.kind:
        case "pay":
            after = by_hand.pay(plain, on=on, amount_fen=amount_fen, early=event.early)
            check_payment(loan.pay(on=on, amount_fen=amount_fen, early=event.early), after, plain)
        case "hand back":
            after = by_hand.hand_back(plain, on=on, amount_fen=amount_fen)
            check_payment(loan.hand_back(on=on, amount_fen=amount_fen), after, plain)
        case "recover":
            after = by_hand.recover(plain, on=on, amount_fen=amount_fen)
            recovered = changing.recover(loan.terms, loan.state, on=day_of(on), amount_fen=ints(amount_fen))
            loan.state = recovered.state
            check_payment(recovered, after, plain)
        case "draw":
            after = by_hand.draw_further(plain, on=on, amount_fen=amount_fen)
            drawn = changing.draw_further(loan.terms, loan.state, on=day_of(on), amount_fen=ints(amount_fen))
            check_change(loan.change(drawn), after)
        case "extend":
            after = by_hand.extend(plain, on=on, more_terms=event.count)
            extended = changing.extend(loan.terms, loan.state, on=day_of(on), more_terms=ints(event.count))
            check_change(loan.change(extended), after)
        case "write off":
            after = by_hand.write_off(plain, on=on)
            check_change(loan.change(changing.write_off(loan.terms, loan.state, on=day_of(on))), after)
    return plain if isinstance(after, Refused) else after


def check_invariants(plain: Loan, before: Loan, *, drawn_fen: int) -> None:
    assert plain.interest_ever_fen >= before.interest_ever_fen
    assert plain.late_ever_fen >= before.late_ever_fen
    assert plain.left_fen + sum(one.principal_fen for one in plain.instalments) == drawn_fen
    assert min(plain.left_fen, plain.due_principal_fen, plain.due_interest_fen, plain.late_due_fen) >= 0
    assert plain.closed == (plain.owed_fen == 0 and not plain.written_off)


def check_history(begun: Begun, history: list[Event]) -> None:
    plain = begin(begun)
    at_once, in_hops = OneLoan.begun(begun), OneLoan.begun(begun)
    drawn_fen = begun.amount_fen
    check_same(at_once.terms, at_once.state, plain)
    for event in history:
        before, day = plain, day_after(event, plain)
        in_hops.come_in_hops(since=plain.day, until=day, days=event.count)
        plain = at_morning(plain, day=day)
        at_once.come_to(day)
        check_same(at_once.terms, at_once.state, plain)
        in_hops.state = brought_to(in_hops.terms, in_hops.state, day_of(day))
        stepped = step_both(event, at_once, plain)
        step_both(event, in_hops, plain)
        drawn_fen += stepped.owed_fen - plain.owed_fen if event.kind == "draw" else 0
        plain = stepped
        check_same(at_once.terms, at_once.state, plain)
        check_invariants(plain, before, drawn_fen=drawn_fen)
        assert_same_state(at_once, in_hops, on=day)


def assert_same_state(one: OneLoan, other: OneLoan, *, on: dt.date) -> None:
    left = without_day(brought_to(one.terms, one.state, day_of(on)))
    right = without_day(brought_to(other.terms, other.state, day_of(on)))
    for column in fields(left):
        assert getattr(left, column.name) == getattr(right, column.name), column.name
    assert one.rungs == other.rungs


@SOME
@given(loans(), histories)
def test_columns_are_what_a_night_by_night_walk_makes(begun: Begun, history: list[Event]) -> None:
    check_history(begun, history)


@pytest.mark.soak
@SOAK
@given(loans(), histories)
def test_columns_are_what_a_night_by_night_walk_makes_thousands_of_times(begun: Begun, history: list[Event]) -> None:
    check_history(begun, history)


def scheduled(begun: Begun) -> Loan:
    """The loan on the morning of its last due day, nothing paid."""
    plain = begin(begun)
    return at_morning(plain, day=max(plain.due_day(begun.term_count - 1), begun.on))


@SOME
@given(loans())
def test_the_parts_of_an_unpaid_loan_are_what_was_drawn(begun: Begun) -> None:
    plain = scheduled(begun)
    assert plain.left_fen == 0
    assert sum(one.principal_fen for one in plain.instalments) == begun.amount_fen
    assert len(plain.instalments) <= begun.term_count


@SOME
@given(st.lists(st.tuples(loans(), st.integers(0, 200), events), min_size=2, max_size=6))
def test_a_batch_is_its_loans_one_by_one(rows: list[tuple[Begun, int, Event]]) -> None:
    ones = [OneLoan.begun(begun) for begun, _, _ in rows]
    plains = [at_morning(begin(begun), day=begun.on + dt.timedelta(days=days)) for begun, days, _ in rows]
    terms, on = stacked([one.terms for one in ones]), np.concatenate([day_of(plain.day) for plain in plains])
    state, rounds = come_to(terms, stacked([one.state for one in ones]), on)
    ladder = Ladder(
        place=np.concatenate([ints(), *(fell.place for fell in rounds)]),
        on=np.concatenate([ints(), *(fell.on for fell in rounds)]),
        due_total_fen=np.concatenate([ints(), *(fell.state.due_total_fen for fell in rounds)]),
    )
    amounts = [amount_of(event, plain) for (_, _, event), plain in zip(rows, plains, strict=True)]
    early = ints(*(EARLY_NUMBER[event.early] for _, _, event in rows))
    paid = pay(terms, state, on=on, amount_fen=ints(*amounts), early=early, ladder=ladder)
    for place, plain in enumerate(plains):
        after = by_hand.pay(plain, on=plain.day, amount_fen=amounts[place], early=rows[place][2].early)
        check_payment(_row(paid, place), after, plain)
        check_same(terms, state, plain, place=place)
        if not isinstance(after, Refused) and not paid.relevel[place]:
            check_same(terms, paid.state, after, place=place)


def _row(paid: Paid, place: int) -> Paid:
    at = slice(place, place + 1)
    columns = {column.name: getattr(paid, column.name)[at] for column in fields(paid) if column.name != "state"}
    return replace(paid, **columns)


@SOME
@given(loans(), histories, st.integers(0, 400))
def test_only_steps_change_what_any_later_day_shows(begun: Begun, history: list[Event], days: int) -> None:
    """All that is owed to a day can be paid on it, and closes the loan."""
    plain = begin(begun)
    loan = OneLoan.begun(begun)
    for event in history:
        plain = at_morning(plain, day=day_after(event, plain))
        loan.come_to(plain.day)
        plain = step_both(event, loan, plain)
    plain = at_morning(plain, day=plain.day + dt.timedelta(days=days))
    if plain.running:
        loan.come_to(plain.day)
        after = by_hand.pay(plain, on=plain.day, amount_fen=plain.owed_fen, early=Early.whole)
        check_payment(loan.pay(on=plain.day, amount_fen=plain.owed_fen, early=Early.whole), after, plain)
        assert isinstance(after, Loan)
        assert after.closed
        later = at_morning(after, day=plain.day + dt.timedelta(days=100))
        check_same(loan.terms, loan.state, later)
        assert later.owed_fen == 0
