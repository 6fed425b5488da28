"""The internal rate of return of real flows, compounded and simple; no rate, several rates, and bad input.

PBoC Announcement 2021 No. 3 prints no worked figures that were at hand; the values here follow from closed forms.
"""

import datetime as dt
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest

from benyuan.consumer_finance.flows import Flow
from benyuan.consumer_finance.pricing import annualised_rate
from benyuan.consumer_finance.solving import NoRate, SeveralRates
from benyuan.values import BadInput
from tests.unit.consumer_finance.flowing import daily, flow, monthly, rate

STEP = Decimal("1e-12")
LENT = [flow("2026-01-15", "1000")]


def compounded(base: str, times: int) -> Decimal:
    return (Decimal(base) ** times - 1).quantize(STEP)


@pytest.mark.parametrize(
    ("advances", "payments", "compound", "simple"),
    [
        # one percent a month, interest only and the principal at the end: by whole months, though they differ in days
        (LENT, [*monthly("2026-02-15", 11, "10"), flow("2027-01-15", "1010")], compounded("1.01", 12), "0.12"),
        (LENT, [*monthly("2026-04-15", 3, "30", step=3), flow("2027-01-15", "1030")], compounded("1.03", 4), "0.12"),
        (LENT, [*daily("2026-01-22", 3, "2", step=7), flow("2026-02-12", "1002")], compounded("1.002", 52), "0.104"),
        (LENT, [*daily("2026-01-29", 3, "4", step=14), flow("2026-03-12", "1004")], compounded("1.004", 26), "0.104"),
        (
            [flow("2026-01-01", "1000")],
            [flow("2026-01-16", "5"), flow("2026-02-01", "5"), flow("2026-02-16", "5"), flow("2026-03-01", "1005")],
            compounded("1.005", 24),
            "0.12",
        ),
        (LENT, [flow("2026-07-15", "1060")], compounded("1.06", 2), "0.12"),
        (LENT, [flow("2027-01-15", "1120")], Decimal("0.12"), "0.12"),
        (LENT, [flow("2026-03-29", "1010")], compounded("1.01", 5), "0.05"),  # 73 days, five times a year
        (LENT, monthly("2026-02-15", 10, "100"), Decimal(0), "0"),
        (LENT, [flow("2027-01-15", "900")], Decimal("-0.1"), "-0.1"),
    ],
)
def test_a_rate_of_the_period_annualised(
    advances: list[Flow], payments: list[Flow], compound: Decimal, simple: str
) -> None:
    assert rate(advances, payments, "irr-compound") == compound
    assert rate(advances, payments, "irr-simple") == Decimal(simple)


def test_a_fee_on_the_day_of_the_draw_is_money_that_was_not_lent() -> None:
    with_fee = rate(LENT, [flow("2026-01-15", "20"), *monthly("2026-02-15", 12, "90")], "irr-compound")
    assert with_fee == rate([flow("2026-01-15", "980")], monthly("2026-02-15", 12, "90"), "irr-compound")
    assert with_fee > rate(LENT, monthly("2026-02-15", 12, "90"), "irr-compound")


def test_dates_without_a_common_period_are_counted_in_days_of_365() -> None:
    # 1000 = 400/1.2^(36/365) + x/1.2^(106/365): the second payment is what makes it 20% a year
    days = [Fraction(36, 365), Fraction(106, 365)]
    first, second = (Decimal("1.2") ** (Decimal(part.numerator) / Decimal(part.denominator)) for part in days)
    last = (1000 - 400 / first) * second
    found = rate(LENT, [flow("2026-02-20", "400"), (dt.date(2026, 5, 1), last)], "irr-compound")
    assert found == Decimal("0.2").quantize(STEP)


def test_flows_months_apart_count_in_months_even_if_no_interval_comes_twice() -> None:
    found = rate([flow("2020-01-01", "100")], [flow("2021-01-01", "50"), flow("2023-01-01", "66.55")], "irr-compound")
    by_years = Decimal(50) / (1 + found) + Decimal("66.55") / (1 + found) ** 3
    assert abs(by_years - 100) < Decimal("1e-8")


def test_an_odd_first_period_changes_the_rate_a_little() -> None:
    whole = rate(LENT, monthly("2026-02-15", 12, "90"), "irr-simple")
    day_later = rate([flow("2026-01-14", "1000")], monthly("2026-02-15", 12, "90"), "irr-simple")
    assert Decimal(0) < whole - day_later < Decimal("0.002")


@pytest.mark.parametrize("method", ["irr-compound", "eu", "us-actuarial"])
def test_several_rates_are_all_named(method: str) -> None:
    advances = [flow("2025-01-01", "100"), flow("2027-01-01", "132")]
    with pytest.raises(SeveralRates, match=r"0\.1000.*0\.2000") as raised:
        rate(advances, [flow("2026-01-01", "230")], method)
    assert raised.value.rates == (Decimal("0.1"), Decimal("0.2"))
    assert raised.value.field == "payments"


def test_three_rates() -> None:
    # (x - 1.1)(x - 1.2)(x - 1.3) = x^3 - 3.6 x^2 + 4.31 x - 1.716, x = 1 + rate
    advances = [flow("2024-01-01", "1000"), flow("2026-01-01", "4310")]
    payments = [flow("2025-01-01", "3600"), flow("2027-01-01", "1716")]
    with pytest.raises(SeveralRates) as raised:
        rate(advances, payments, "eu")
    assert raised.value.rates == (Decimal("0.1"), Decimal("0.2"), Decimal("0.3"))


def test_a_rate_that_is_touched_and_not_crossed_is_one_rate() -> None:
    advances = [flow("2025-01-01", "100"), flow("2027-01-01", "121")]  # (x - 1.1) squared
    assert rate(advances, [flow("2026-01-01", "220")], "eu") == Decimal("0.1")


@pytest.mark.parametrize("method", ["irr-compound", "irr-simple", "eu", "us-actuarial"])
def test_no_rate(method: str) -> None:
    advances = [flow("2025-01-01", "100"), flow("2027-01-01", "140")]
    with pytest.raises(NoRate, match="there is none"):
        rate(advances, [flow("2026-01-01", "230")], method)


def test_a_touched_rate_of_nought_is_one_rate() -> None:
    advances = [flow("2025-01-01", "100"), flow("2027-01-01", "100")]  # (x - 1) squared
    assert rate(advances, [flow("2026-01-01", "200")], "eu") == 0


def test_no_rate_where_flows_cancel_out() -> None:
    with pytest.raises(NoRate, match="flows in both directions"):
        rate(LENT, [flow("2026-01-15", "1000")], "irr-compound")
    with pytest.raises(NoRate, match="flows in both directions"):
        rate(LENT, [flow("2026-01-15", "1100"), flow("2026-02-15", "1")], "us-actuarial")


def test_two_rates_of_which_one_is_a_loans_are_several_if_the_loan_comes_first() -> None:
    advances = [flow("2025-01-01", "100"), flow("2027-01-01", "3300")]  # (x - 1.1)(x - 30)
    with pytest.raises(SeveralRates):
        rate(advances, [flow("2026-01-01", "3110")], "eu")


LOAN: dict[str, Any] = {"advances": LENT, "payments": monthly("2026-02-15", 12, "90"), "method": "irr-compound"}
A_DAY = dt.date(2026, 1, 15)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("method", "xirr", "method: got 'xirr', expected one of irr-compound, irr-simple, us-actuarial, eu"),
        ("method", None, "method"),
        ("advances", [], "advances: .* at least one flow"),
        ("payments", [], "payments: .* at least one flow"),
        ("advances", [(A_DAY, Decimal(0))], "advances: .* a Decimal above zero"),
        ("payments", [(A_DAY, Decimal(-5))], "payments: .* a Decimal above zero"),
        ("payments", [(A_DAY, Decimal("NaN"))], "payments: .* a Decimal above zero"),
        ("payments", [(A_DAY, Decimal("Infinity"))], "payments: .* a Decimal above zero"),
        ("payments", [(A_DAY, 90.5)], "payments: .* a Decimal above zero"),
        ("payments", [(A_DAY, Decimal("1e30"))], r"payments: .* an amount between"),
        ("payments", [(dt.datetime(2026, 1, 15, tzinfo=dt.UTC), Decimal(5))], "payments: .* a date"),
        ("payments", [("2026-01-15", Decimal(5))], "payments: .* a date"),
        ("payments", [(Fraction(1), Decimal(5))], "payments: got '1', expected a date; times in years are for"),
        ("payments", [A_DAY], "payments: .* pairs"),
        ("unit_period", "3 fortnights", "unit_period"),
        ("unit_period", "2 years", "unit_period: .* at most a year"),
    ],
)
def test_bad_input_names_field_value_and_constraint(field: str, value: object, said: str) -> None:
    with pytest.raises(BadInput, match=said) as raised:
        annualised_rate(**{**LOAN, field: value})
    assert raised.value.field == field


@pytest.mark.parametrize("method", ["irr-compound", "irr-simple", "eu", "us-actuarial"])
def test_the_callers_decimal_context_does_not_matter(method: str) -> None:
    payments = [flow("2026-01-20", "20.123456789"), *monthly("2026-02-15", 12, "90.123456789123")]
    usual = rate(LENT, payments, method)
    with localcontext(Context(prec=4, rounding="ROUND_UP")):
        assert rate(LENT, payments, method) == usual


def test_the_order_of_flows_does_not_matter() -> None:
    payments = monthly("2026-02-15", 12, "90")
    assert rate(LENT, payments[::-1], "irr-compound") == rate(LENT, payments, "irr-compound")


def test_rates_beyond_belief_are_found_too() -> None:
    found = rate([flow("2026-01-01", "100")], [flow("2026-01-10", "128")], "irr-compound")
    assert found.quantize(Decimal("0.0001")) == Decimal("22281.2930")  # 1.28 to the power of 365/9, less one
    with pytest.raises(NoRate):
        rate([flow("2026-01-01", "1")], [flow("2026-01-02", "10")], "eu")  # 10 to the power of 365


@pytest.mark.parametrize(
    ("paid_on", "method", "expected"),
    [
        ("2026-04-11", "us-actuarial", "0.074489795918"),  # 20/980 in a hundred days
        ("2026-04-11", "irr-simple", "0.074489795918"),
        ("2026-03-12", "eu", "0.110770677045"),  # ten weeks
        ("2026-03-26", "eu", "0.091491451443"),  # twelve weeks
    ],
)
def test_a_fee_on_the_day_of_the_draw_leaves_a_single_payment(paid_on: str, method: str, expected: str) -> None:
    advances, payment = [flow("2026-01-01", "1000")], flow(paid_on, "1000")
    assert rate(advances, [flow("2026-01-01", "20"), payment], method) == Decimal(expected)
    pair = [flow("2026-01-20", "50")]  # to and fro on one day: nothing
    assert rate([*advances, *pair], [flow("2026-01-01", "20"), *pair, payment], method) == Decimal(expected)


@pytest.mark.parametrize(
    ("method", "expected"),
    [("us-actuarial", "0.705353084951"), ("irr-compound", "0.988049622659"), ("eu", "0.988049622659")],
)
def test_a_date_has_one_time_whichever_side_its_flows_are_on(method: str, expected: str) -> None:
    ends = [("2026-03-31", "500"), ("2026-04-30", "500"), ("2026-05-31", "500"), ("2026-06-30", "700")]
    payments = [flow(when, amount) for when, amount in ends]
    advances = [flow("2026-01-15", "1000"), flow("2026-02-28", "1000")]
    assert rate(advances, [flow("2026-02-28", "200"), *payments], method) == Decimal(expected)
    assert rate([advances[0], flow("2026-02-28", "800")], payments, method) == Decimal(expected)


@pytest.mark.parametrize(
    ("advances", "payments", "expected"),
    [
        ([flow("2026-01-01", "100")], [flow("2026-01-02", "200")], "365"),
        ([flow("2026-01-01", "100")], [flow("2026-01-02", "114")], "51.1"),
        (
            [flow("2026-01-01", "100")],
            [flow("2026-01-08", "150"), flow("2026-01-15", "200"), flow("2026-01-22", "300")],
            "86.836283831966",
        ),
        ([flow("2026-01-01", "1000")], [flow("2026-02-01", "1")], "-11.988"),
    ],
)
def test_a_simple_rate_needs_no_yearly_one(advances: list[Flow], payments: list[Flow], expected: str) -> None:
    assert rate(advances, payments, "irr-simple") == Decimal(expected)
    if expected in ("365", "-11.988"):
        with pytest.raises(NoRate, match=r"a rate from -1 to 1e\+20"):
            rate(advances, payments, "irr-compound")


def test_flows_worth_nothing_at_any_rate_are_refused() -> None:
    moment, hundred = Fraction(1, 10**12), Decimal(100)
    advances: list[Flow] = [(Fraction(0), hundred), (Fraction(1), hundred)]
    payments: list[Flow] = [(moment, hundred), (1 + moment, hundred)]
    with pytest.raises(BadInput, match="stretches of rates"):
        rate(advances, payments, "eu")


@pytest.mark.parametrize("field", ["advances", "payments"])
@pytest.mark.parametrize("value", [None, 5])
def test_what_is_no_list_is_refused(field: str, value: object) -> None:
    with pytest.raises(BadInput, match="pairs") as raised:
        annualised_rate(**{**LOAN, field: value})
    assert raised.value.field == field


@pytest.mark.parametrize(
    "time", [Fraction(1001), Fraction(-1001), 20260115, 10**5000], ids=["after", "before", "date", "long"]
)
def test_times_of_a_thousand_years_are_refused(time: Fraction) -> None:
    with pytest.raises(BadInput, match=r"payments: .* within 1000 years"):
        rate([(Fraction(0), Decimal(5))], [(time, Decimal(6))], "eu")
