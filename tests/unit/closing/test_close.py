"""What a close reads is the day that it closes, whatever came after it; what it says of risk is what the rules say."""

import pytest

from benyuan.assurance.lending import lender_day
from benyuan.simulate.identities import someone
from benyuan.values.dates import add_calendar_days
from tests.unit.closing.comparing import entries, left_by, totals
from tests.unit.lending.lenders import (
    ACCOUNT_TERMS,
    BEGAN,
    CASH,
    LINE_FEN,
    LOAN_TERMS,
    OFFER,
    PAY_LATER,
    RATES,
    Lender,
    lender_in_memory,
)


def with_account() -> Lender:
    """An account with 100.00 yuan bought on 3 April."""
    lender = lender_in_memory()
    lender.do("open_credit_account", on=20260402, borrower=1, product=PAY_LATER, line_fen=500_000)
    lender.do("draw_purchase", on=20260403, account=1, amount_fen=10_000)
    return lender


def of_day(lender: Lender, date: int, product: int, name: str) -> int:
    """One total of a closed day."""
    return totals(lender)[date, product, 0][name]


def test_a_purchase_after_midnight_is_of_the_day_that_is_not_closed_yet() -> None:
    lender = with_account()
    lender.do("draw_purchase", on=20260404, time="00:03", account=1, amount_fen=777)
    lender.close(through=20260404, on=20260405)
    assert of_day(lender, 20260403, PAY_LATER, "principal_fen") == 10_000
    assert of_day(lender, 20260404, PAY_LATER, "principal_fen") == 10_777


def test_a_purchase_given_back_after_midnight_is_still_owed_at_the_end_of_the_day() -> None:
    lender = with_account()
    bought = lender.do("draw_purchase", account=1, amount_fen=777)["position"]
    lender.do("return_purchase", on=20260404, time="00:03", purchase=bought, amount_fen=700)
    lender.close(through=20260404, on=20260405)
    assert of_day(lender, 20260403, PAY_LATER, "principal_fen") == 10_777
    assert of_day(lender, 20260404, PAY_LATER, "principal_fen") == 10_077


def test_a_repayment_of_the_day_after_changes_nothing_of_the_close() -> None:
    before, after = paid_at_midnight(closed_first=False), paid_at_midnight(closed_first=True)
    assert left_by(before) == left_by(after)
    assert of_day(before, 20260515, CASH, "principal_fen") == 1_000_000


def paid_at_midnight(*, closed_first: bool) -> Lender:
    """A loan that is paid in the first minute after its due day."""
    lender = lender_in_memory()
    lender.do("offer_loan", on=20260415, **OFFER)
    lender.do("draw_loan", offer=1, purpose="travel")
    if closed_first:
        lender.close(through=20260515, on=20260516, time="00:00")
    lender.do("repay_loan", on=20260516, time="00:01", loan=1, amount_fen=91_680)
    lender.close(through=20260515, on=20260516, time="00:02")
    return lender


def test_choices_of_a_later_day_do_not_reach_back() -> None:
    lender = with_account()
    lender.do(
        "set_lending_policy",
        on=20260405,
        lender=1,
        from_date=20260405,
        risk_weight_ppm=1_000_000,
        conversion_ppm=1_000_000,
        most_draw_fen=1,
    )
    lender.close(through=20260405, on=20260406)
    assert of_day(lender, 20260404, PAY_LATER, "allowance_1_fen") == 10_000 * 2 // 100 * 60 // 100
    assert of_day(lender, 20260405, PAY_LATER, "allowance_1_fen") == 500_000 * 2 // 100 * 60 // 100


def test_two_lenders_close_side_by_side() -> None:
    lender = with_account()
    lender.do("register_lender", name="another")
    other = {"risk_weight_ppm": 1_000_000, "conversion_ppm": 0, "most_draw_fen": LINE_FEN}
    lender.do("set_lending_policy", lender=2, from_date=BEGAN, **other)
    lender.do("record_lender_standing", lender=2, from_date=BEGAN, holds=True, number="L2")
    lender.do("record_lender_figures", lender=2, from_date=BEGAN, tier1_fen=10**9, net_capital_fen=10**9)
    lender.do("make_credit_product", lender=2, kind_of_product="pay_later")
    lender.do("publish_account_terms", product=4, **{**ACCOUNT_TERMS, "from_date": 20260403})
    lender.do("set_loss_rate", lender=2, from_date=20260403, days_from=0, **RATES)
    lender.do("register_borrower", lender=2, **someone(1))
    lender.earns(3)
    lender.do("assess_borrower", borrower=3, line_fen=LINE_FEN)
    lender.do("open_credit_account", borrower=3, product=4, line_fen=5_000)
    lender.do("draw_purchase", account=2, amount_fen=4_321)
    lender.close(through=20260430, on=20260501, lender=2, shards=2)
    lender.close(through=20260430, on=20260501, lender=1)
    assert {product for _, product, _ in totals(lender, number=1)} == {PAY_LATER}
    assert {product for _, product, _ in totals(lender, number=2)} == {4}
    assert lender_day(lender.group, lender=1).products[1].principal_fen == 10_000
    assert lender_day(lender.group, lender=2).products[0].principal_fen == 4_321


DUE_ON = 20260515
ONE_PAYMENT = {**OFFER, "term_count": 1, "first_due_on": DUE_ON, "rate_ppm": 0}


@pytest.fixture(scope="module")
def overdue() -> Lender:
    """One loan of 10,000.00 yuan due on 15 May and never paid, every day closed to 361 days overdue; one paid loan."""
    lender = lender_in_memory()
    lender.do("publish_loan_terms", product=CASH, **{**LOAN_TERMS, "late_rate_ppm": 0})
    rates = {"default_year_ppm": 20_000, "default_life_ppm": 50_000, "loss_ppm": 400_000}
    lender.do("set_loss_rate", lender=1, from_date=BEGAN, days_from=0, **rates)
    lender.do("offer_loan", on=20260415, **ONE_PAYMENT)
    lender.do("draw_loan", offer=1, purpose="travel")
    lender.do(
        "offer_loan", **{**OFFER, "amount_fen": 300_000, "rate_ppm": 0, "first_due_on": 20270701, "term_count": 1}
    )
    lender.do("draw_loan", offer=2, purpose="travel")
    lender.do(
        "offer_loan",
        **{**OFFER, "borrower": 2, "amount_fen": 500_000, "rate_ppm": 0, "first_due_on": 20270701, "term_count": 1},
    )
    lender.do("draw_loan", offer=3, purpose="travel")
    for days in range(-44, 362):
        closed = add_calendar_days(DUE_ON, days)
        lender.close(through=closed, on=add_calendar_days(closed, 1))
    return lender


@pytest.mark.parametrize(
    ("days", "risk_class"),
    [(0, 1), (1, 2), (90, 2), (91, 3), (270, 3), (271, 4), (360, 4), (361, 5)],
)
def test_class_by_days_overdue(overdue: Lender, days: int, risk_class: int) -> None:
    row = totals(overdue)[add_calendar_days(DUE_ON, days), CASH, 0]
    classes = {each: row[f"class_{each}_fen"] for each in range(1, 6)}
    others = dict.fromkeys(range(1, 6), 0) | {1: 500_000}
    others[risk_class] += 1_300_000
    assert classes == others, "both loans of the borrower, and the other borrower's apart"


@pytest.mark.parametrize(
    ("days", "stages"),
    [
        (0, {1: 1_800_000, 2: 0, 3: 0}),
        (30, {1: 1_800_000, 2: 0, 3: 0}),
        (31, {1: 800_000, 2: 1_000_000, 3: 0}),
        (90, {1: 800_000, 2: 1_000_000, 3: 0}),
        (91, {1: 500_000, 2: 0, 3: 1_300_000}),
    ],
)
def test_stage_by_days_overdue(overdue: Lender, days: int, stages: dict[int, int]) -> None:
    row = totals(overdue)[add_calendar_days(DUE_ON, days), CASH, 0]
    assert {each: row[f"stage_{each}_fen"] for each in range(1, 4)} == stages


def test_provisions_are_posted_as_the_stages_change(overdue: Lender) -> None:
    row = totals(overdue)[add_calendar_days(DUE_ON, 91), CASH, 0]
    assert row["allowance_3_fen"] == 1_300_000 * 4 // 10
    posted = entries(overdue)[add_calendar_days(DUE_ON, 91)]
    assert sum(amount for _, _, amount, code in posted if code == 122) == (
        row["allowance_3_fen"] + (50_000 * 4 // 10) + (300_000 * 2 // 100 * 4 // 10)
    ), "stage three is set aside, stage two and the other loan's part of stage one are taken back"


@pytest.mark.parametrize(
    ("loss_ppm", "risk_class"), [(499_999, 1), (500_000, 4), (899_999, 4), (900_000, 5), (1_000_000, 5)]
)
def test_class_by_the_share_that_is_expected_to_be_lost(loss_ppm: int, risk_class: int) -> None:
    lender = lender_in_memory()
    certain = {"default_year_ppm": 1_000_000, "default_life_ppm": 1_000_000, "loss_ppm": loss_ppm}
    lender.do("set_loss_rate", lender=1, from_date=BEGAN, days_from=0, **certain)
    lender.do("offer_loan", **{**OFFER, "rate_ppm": 0})
    lender.do("draw_loan", offer=1, purpose="travel")
    lender.close(through=BEGAN, on=20260402)
    assert of_day(lender, BEGAN, CASH, f"class_{risk_class}_fen") == 1_000_000


def test_what_is_expected_to_be_lost_on_an_undrawn_line_makes_no_class() -> None:
    lender = lender_in_memory(conversion_ppm=1_000_000)
    lender.do("open_credit_account", borrower=1, product=PAY_LATER, line_fen=500_000)
    lender.do("draw_purchase", account=1, amount_fen=100)
    lender.close(through=BEGAN, on=20260402)
    assert of_day(lender, BEGAN, PAY_LATER, "allowance_1_fen") == 6_000
    assert of_day(lender, BEGAN, PAY_LATER, "class_1_fen") == 100
