"""A payment that arrived earlier leaves the account as if it had been keyed on its day."""

from typing import Any

import pytest

from benyuan.consumer_finance.chart import LenderOwn, ProductOwn
from benyuan.consumer_finance.columns import names_of
from benyuan.consumer_finance.revolving.state import AccountState
from tests.unit.lending.accounts import check_log, lender_in_town, purchase
from tests.unit.lending.lenders import PAY_LATER, Lender

RECEIVED, KEYED = 20260428, 20260505
LIVES: dict[str, list[tuple[int, str, dict[str, Any]]]] = {
    "nothing since": [],
    "bought and paid since": [
        (20260420, "draw_purchase", {"amount_fen": 30_000}),
        (20260428, "draw_purchase", {"amount_fen": 5_000}),
        (20260430, "repay_account", {"amount_fen": 20_000}),
        (20260502, "draw_purchase", {"amount_fen": 7_000}),
    ],
    "paid whole since": [
        (20260430, "repay_account", {"amount_fen": 200_000}),
        (20260504, "pay_out_credit", {"amount_fen": 1_000}),
    ],
    "credit used since": [
        (20260430, "repay_account", {"amount_fen": 110_000}),
        (20260503, "draw_purchase", {"amount_fen": 3_000}),
    ],
}


def lived(account: int, life: str, *, amount_fen: int, in_time: bool) -> Lender:
    """1,000.00 of 3 April on account 1, what came since, and a payment of the due day keyed then or a week later."""
    lender = lender_in_town()
    purchase(lender, account=account, amount_fen=100_000)
    events = list(LIVES[life])
    if in_time:
        events.append((RECEIVED, "repay_account", {"amount_fen": amount_fen}))
    for on, kind, fields in sorted(events, key=lambda event: event[0]):
        lender.do(kind, on=on, account=account, **fields)
    lender.close(through=20260504, on=KEYED)
    if not in_time:
        lender.do("repay_account_earlier", account=account, amount_fen=amount_fen, received_on=RECEIVED)
    lender.do("repay_account", on=20260506, account=account, amount_fen=100)
    return lender


def shown(lender: Lender) -> dict[str, int]:
    """All that stands on the account and in the books."""
    states = {name: lender.account_state(1, name) for name in names_of(AccountState)}
    totals = {name: lender.of("credit_account", 1, name) for name in ("bought_fen", "bought_weight", "credit_fen")}
    books = {name.name: lender.of_product(PAY_LATER, name) for name in ProductOwn if "allowance" not in name.name}
    del books["impairment"]
    own = {name.name: lender.own(name) for name in LenderOwn}
    used = {"line": lender.line_used(1), "account": lender.account_used(1)}
    return {**states, **totals, **books, **own, **used}


@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize("amount_fen", [9_999, 10_000, 150_000])
def test_it_is_as_if_it_had_been_keyed_on_its_day(life: str, amount_fen: int) -> None:
    late = lived(1, life, amount_fen=amount_fen, in_time=False)
    in_time = lived(1, life, amount_fen=amount_fen, in_time=True)
    for lender in (late, in_time):
        lender.close(through=20260510, on=20260511)
    assert shown(late) == shown(in_time)
    assert late.parts(20260510) == in_time.parts(20260510)


def test_a_late_fee_that_should_not_have_been_is_taken_back() -> None:
    lender = lender_in_town()
    purchase(lender, amount_fen=100_000)
    lender.close(through=20260504, on=KEYED)
    assert lender.account_state(1, "fees_made_fen") == 500
    told = lender.do("repay_account_earlier", account=1, amount_fen=10_000, received_on=RECEIVED)
    assert told["fees_less_fen"] == 500
    assert lender.of_product(PAY_LATER, ProductOwn.charges_income) == 0
    assert lender.account_state(1, "oldest_due_on") == 0
    check_log(lender)


@pytest.mark.parametrize(
    ("received_on", "fault"),
    [(20260408, "a day after 20260408"), (KEYED, "a day that is over"), (20260431, "a day that exists")],
)
def test_days_that_are_refused(received_on: int, fault: str) -> None:
    lender = lender_in_town()
    purchase(lender, amount_fen=100_000)
    lender.close(through=20260504, on=KEYED)
    answer = lender.ask("repay_account_earlier", account=1, amount_fen=1, received_on=received_on)
    assert answer.invalid is not None
    assert fault in answer.invalid.text()
    lender.do("repay_account_earlier", account=1, amount_fen=1, received_on=20260409)


def test_the_days_before_today_are_closed_first() -> None:
    lender = lender_in_town()
    purchase(lender, amount_fen=100_000)
    lender.close(through=20260503, on=KEYED)
    answer = lender.ask("repay_account_earlier", account=1, amount_fen=1, received_on=RECEIVED)
    assert answer.invalid is not None
    assert "closed all days to 20260504" in answer.invalid.text()


def test_a_plan_made_since_must_still_fit() -> None:
    """Of 1,000.00 and a late fee of 5.00, 600.00 of principal became a plan: 405.00 could have come before it."""
    lender = lender_in_town()
    purchase(lender, amount_fen=100_000)
    plan: dict[str, Any] = {"account": 1, "product": 3, "term_count": 3, "rate_ppm": 120_000}
    lender.do("make_plan", on=20260430, amount_fen=60_000, **plan)
    lender.close(through=20260504, on=KEYED)
    answer = lender.ask("repay_account_earlier", account=1, amount_fen=40_501, received_on=20260429)
    assert answer.invalid is not None
    assert "the plan made on 20260430" in answer.invalid.text()
    lender.do("repay_account_earlier", account=1, amount_fen=40_500, received_on=20260429)


def test_a_second_one_finds_the_first_in_its_place_and_what_was_returned() -> None:
    """Keyed in one order or the other, two payments that arrived earlier leave the same."""
    shown_by = []
    for order in ((20260410, 20260429), (20260429, 20260410)):
        lender = lender_in_town()
        bought = purchase(lender, amount_fen=100_000)
        other = purchase(lender, on=20260412, amount_fen=50_000)
        lender.do("return_purchase", on=20260430, purchase=other, amount_fen=50_000)
        lender.do("return_purchase", on=20260501, purchase=bought, amount_fen=10_000)
        lender.close(through=20260504, on=KEYED)
        for received_on in order:
            lender.do("repay_account_earlier", account=1, amount_fen=30_000, received_on=received_on)
        shown_by.append(shown(lender))
        check_log(lender)
    assert shown_by[0] == shown_by[1]
