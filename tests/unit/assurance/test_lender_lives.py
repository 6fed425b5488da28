"""The life of a loan and of an account: steps add up, what is owed is what pays it off, the schedule is what comes."""

import pytest

from benyuan.assurance.lender_books.account_life import account_life
from benyuan.assurance.lender_books.loan_life import loan_life
from benyuan.decisions.commands import REGISTRY
from benyuan.values.dates import day_begins_at
from benyuan.values.errors import BadInput
from tests.unit.assurance.lender_world import do, world
from tests.unit.engine.groups import HOUR, Desk, in_memory


def test_the_steps_of_a_loan(lender: Desk) -> None:
    steps = loan_life(lender.group, loan=1).steps
    told = [
        (step.on, step.kind, step.amount_fen, step.principal_fen, step.interest_fen, step.late_fen) for step in steps
    ]
    assert told == [
        (20260503, "drawn", 1_000_000, 1_000_000, 0, 0),
        (20260603, "fell_due", 340_077, 329_885, 10_192, 0),
        (20260603, "repaid", 340_077, 329_885, 10_192, 0),
        (20260703, "fell_due", 340_077, 333_468, 6_609, 0),
        (20260703, "repaid", 340_077, 333_468, 6_609, 0),
    ]
    assert [step.owed_principal_fen for step in steps] == [1_000_000, 1_000_000, 670_115, 670_115, 336_647]
    assert steps[2].after["standing"] == "open"
    kinds = [lender.group.reader.at_position(step.command).block.kind for step in steps]
    assert kinds == ["draw_loan", "repay_loan", "repay_loan", "close_lender_day", "repay_loan_earlier"]


def test_a_loan_that_was_written_off_and_a_part_recovered(lender: Desk) -> None:
    """All that was owed was given up: 6,000.01, two periods and a week of interest, and late interest."""
    life = loan_life(lender.group, loan=2)
    gone, back = life.steps[-2:]
    assert (gone.kind, gone.principal_fen, gone.interest_fen, gone.late_fen) == ("written_off", 600_001, 10_546, 5_736)
    assert gone.amount_fen == 600_001 + 10_546 + 5_736
    assert (back.kind, back.amount_fen, back.late_fen) == ("recovered", 100_000, 5_736)
    assert life.owed.whole_fen == gone.amount_fen - 100_000
    assert life.coming == []


def test_steps_that_a_payment_in_its_earlier_place_replaced() -> None:
    """The instalment of July 3rd was paid on the 5th; then one of July 2nd turns up, and both are folded anew."""
    desk = world(in_memory(), last=20260704)
    do(desk, "repay_loan", loan=1, amount_fen=340_077)
    before = loan_life(desk.group, loan=1)
    do(desk, "repay_loan_earlier", loan=1, amount_fen=100_000, received_on=20260702, early="shorter")
    after = loan_life(desk.group, loan=1)
    assert before.replaced == []
    assert after.replaced == [step.step for step in before.steps[3:]]
    assert [step.on for step in after.steps[3:]] == [20260702, 20260703, 20260705]


def test_interest_by_hand(lender: Desk) -> None:
    """10,000.00 for the 31 nights from May 3rd at 12% by act/365."""
    assert loan_life(lender.group, loan=1).steps[1].interest_fen == round(1_000_000 * 0.12 * 31 / 365)


def test_what_is_to_come_is_what_then_falls_due() -> None:
    desk = world(in_memory(), last=20260520)
    coming = loan_life(desk.group, loan=1).coming
    assert [(each.number, each.due_on, each.amount_fen) for each in coming] == [
        (1, 20260603, 340_077),
        (2, 20260703, 340_077),
        (3, 20260803, 340_078),
    ]
    assert sum(each.principal_fen for each in coming) == 1_000_000
    assert coming[-1].left_fen == 0


@pytest.mark.parametrize("on", [20260520, 20260605, 20260606, 20260615, 20260710])
def test_what_is_owed_whole_is_just_what_closes_the_loan(on: int) -> None:
    """Asked for beforehand, when May 19th is closed; a fen more or less is refused, just that is taken."""
    desk = world(in_memory(), last=20260519)
    owed = loan_life(desk.group, loan=2, on=on).owed
    desk.now = day_begins_at(on) + 10 * HOUR
    for fen in (owed.whole_fen - 1, owed.whole_fen + 1):
        answer = desk.one(REGISTRY["repay_loan"](loan=2, amount_fen=fen, early="whole"))
        assert answer.invalid is not None
    do(desk, "repay_loan", loan=2, amount_fen=owed.whole_fen, early="whole")
    assert loan_life(desk.group, loan=2, on=on).owed.whole_fen == 0


def test_what_was_owed_on_a_past_day_stays(lender: Desk) -> None:
    past = loan_life(lender.group, loan=1, on=20260602).owed
    assert (past.due_fen, past.principal_to_come_fen, past.interest_so_far_fen) == (0, 1_000_000, 9_863)
    paid = loan_life(lender.group, loan=1, on=20260603).owed
    assert (paid.due_fen, paid.principal_to_come_fen, paid.interest_so_far_fen) == (0, 670_115, 0)


def test_the_steps_of_an_account_that_never_pays(lender: Desk) -> None:
    """Late fees are 5% of what of the minimum is missing: 250 of 5,000 (10% of 500.00)."""
    life = account_life(lender.group, account=2)
    told = [(step.on, step.kind, step.bought_fen, step.interest_fen, step.asked_fen) for step in life.steps[:4]]
    assert told == [
        (20260501, "opened", 0, 0, 0),
        (20260505, "stated", 50_000, 0, 50_000),
        (20260515, "fell_due", 0, 0, 50_250),
        (20260605, "stated", 0, 875, 51_125),
    ]
    assert [(each.on, each.kind, each.amount_fen) for each in life.purchases] == [(20260502, "draw_purchase", 50_000)]
    assert life.terms["order"] == "fees-interest-principal"


def test_interest_of_an_account_by_hand(lender: Desk) -> None:
    """500.00 at 0.05% a night from May 2nd to the morning of June 6th: 35 nights, 8.75."""
    assert account_life(lender.group, account=2).steps[3].interest_fen == 50_000 * 5 * 35 // 10_000


def test_a_payment_on_an_account_is_split(lender: Desk) -> None:
    step = account_life(lender.group, account=1).steps[2]
    assert (step.kind, step.amount_fen, step.principal_fen, step.interest_fen, step.credit_fen) == (
        "repaid",
        30_000,
        30_000,
        0,
        0,
    )


def test_what_an_account_owes_before_and_after_its_statement(lender: Desk) -> None:
    before = account_life(lender.group, account=2, on=20260504).owed
    after = account_life(lender.group, account=2, on=20260506).owed
    assert (before.unbilled_fen, before.asked_fen) == (50_000, 0)
    assert (after.unbilled_fen, after.asked_fen, after.minimum_left_fen, after.due_on) == (0, 50_000, 5_000, 20260515)
    assert after.interest_so_far_fen == 0  # in grace
    late = account_life(lender.group, account=2, on=20260520).owed
    assert (late.days_overdue, late.revolving, late.interest_so_far_fen) == (5, True, 50_000 * 5 * 18 // 10_000)


def test_who_is_not_there(lender: Desk) -> None:
    with pytest.raises(LookupError, match="the last one is 2"):
        loan_life(lender.group, loan=3)
    with pytest.raises(LookupError, match="the last one is 2"):
        account_life(lender.group, account=0)


def test_a_day_before_its_life(lender: Desk) -> None:
    with pytest.raises(BadInput, match="from 20260503 on"):
        loan_life(lender.group, loan=1, on=20260502)
    with pytest.raises(BadInput, match="from 20260501 on"):
        account_life(lender.group, account=1, on=20260430)
    with pytest.raises(BadInput, match="a day that exists"):
        loan_life(lender.group, loan=1, on=20260231)
