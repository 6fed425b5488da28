"""Repayment schedules, held to published ones: every row adds up, and the last one takes what rounding left."""

import datetime as dt
from collections.abc import Sequence
from decimal import Context, Decimal, localcontext
from typing import Any

import pytest

from benyuan.consumer_finance.schedule import Instalment, schedule
from tests.unit.consumer_finance.flowing import day

FINERACT: dict[str, Any] = {
    "principal": Decimal(100),
    "annual_rate": Decimal("0.094822"),
    "terms": 6,
    "frequency": "1 month",
    "method": "equal-instalment",
    "day_count": "30/360",
    "rounding": "half-even",
    "disbursed_on": dt.date(2024, 1, 1),
    "first_due": dt.date(2024, 2, 1),
}


def made(**changes: object) -> list[Instalment]:
    return schedule(**{**FINERACT, **changes})


def figures(rows: Sequence[Instalment]) -> list[tuple[str, str, str, str]]:
    return [(str(row.payment), str(row.interest), str(row.principal), str(row.balance)) for row in rows]


def test_apache_fineracts_six_equal_months() -> None:
    """ProgressiveEMICalculatorTest, disbursedAmt100_dayInYears360_daysInMonth30_repayEvery1Month."""
    assert figures(made()) == [
        ("17.13", "0.79", "16.34", "83.66"),
        ("17.13", "0.66", "16.47", "67.19"),
        ("17.13", "0.53", "16.60", "50.59"),
        ("17.13", "0.40", "16.73", "33.86"),
        ("17.13", "0.27", "16.86", "17.00"),
        ("17.13", "0.13", "17.00", "0.00"),
    ]


def test_apache_fineracts_six_months_by_days_of_365() -> None:
    """ProgressiveEMICalculatorTest, emiAdjustment_newCalculatedEmiNotBetterThanOriginal; a leap year."""
    assert figures(made(annual_rate=Decimal("0.15678"), day_count="act/365")) == [
        ("17.43", "1.33", "16.10", "83.90"),
        ("17.43", "1.05", "16.38", "67.52"),
        ("17.43", "0.90", "16.53", "50.99"),
        ("17.43", "0.66", "16.77", "34.22"),
        ("17.43", "0.46", "16.97", "17.25"),
        ("17.47", "0.22", "17.25", "0.00"),
    ]


@pytest.mark.parametrize(
    ("principal", "annual_rate", "terms", "payment"),
    [
        # European Commission, Markt/2014/107/H3/TA/LV, examples 1, 7, 5 (insurance financed too) and 43
        ("200000", "0.06", 240, "1432.86"),
        ("200000", "0.06", 360, "1199.10"),
        ("208000", "0.06", 240, "1490.18"),
        ("30000", "0.075", 120, "356.11"),
    ],
)
def test_level_instalments_of_the_commissions_examples(
    principal: str, annual_rate: str, terms: int, payment: str
) -> None:
    rows = made(principal=Decimal(principal), annual_rate=Decimal(annual_rate), terms=terms, rounding="half-up")
    assert {str(row.payment) for row in rows[:-1]} == {payment}


def test_the_balance_of_the_commissions_balloon() -> None:
    rows = made(principal=Decimal(200000), annual_rate=Decimal("0.06"), terms=360, rounding="half-up")
    assert abs(rows[179].balance - Decimal("142097.69")) < 1  # printed from an instalment that was not rounded


def test_equal_principal() -> None:
    rows = made(principal=Decimal(1000), annual_rate=Decimal("0.12"), terms=3, method="equal-principal")
    assert figures(rows) == [
        ("343.33", "10.00", "333.33", "666.67"),
        ("340.00", "6.67", "333.33", "333.34"),
        ("336.67", "3.33", "333.34", "0.00"),
    ]


def test_interest_monthly_and_the_principal_at_the_end() -> None:
    rows = made(principal=Decimal(1000), annual_rate=Decimal("0.12"), terms=3, method="bullet", day_count="act/365")
    assert figures(rows) == [
        ("10.19", "10.19", "0.00", "1000.00"),
        ("9.53", "9.53", "0.00", "1000.00"),
        ("1010.19", "10.19", "1000.00", "0.00"),
    ]


@pytest.mark.parametrize(
    ("day_count", "interest"),
    [
        ("30/360", ["100.00", "100.00"]),
        ("act/360", ["103.33", "103.33"]),  # 31 days
        ("act/364", ["102.20", "102.20"]),
        ("act/365", ["101.92", "101.92"]),
        ("act/act", ["101.92", "101.64"]),  # 31/365; then 31/366
    ],
)
def test_day_counts(day_count: str, interest: list[str]) -> None:
    rows = made(
        principal=Decimal(10000),
        annual_rate=Decimal("0.12"),
        terms=2,
        method="bullet",
        day_count=day_count,
        disbursed_on=dt.date(2023, 12, 1),
        first_due=dt.date(2024, 1, 1),
        rounding="half-up",
    )
    assert [str(row.interest) for row in rows] == interest


def test_a_period_over_new_year_is_split_by_act_act() -> None:
    rows = made(
        principal=Decimal(10000),
        annual_rate=Decimal("0.12"),
        terms=1,
        day_count="act/act",
        disbursed_on=dt.date(2023, 12, 15),
        first_due=dt.date(2024, 1, 15),
    )
    assert str(rows[0].interest) == "101.79"  # 1200 x (17/365 + 14/366)


@pytest.mark.parametrize(
    ("rounding", "interest"), [("half-up", "0.13"), ("half-even", "0.12"), ("up", "0.13"), ("down", "0.12")]
)
def test_roundings_of_an_exact_half(rounding: str, interest: str) -> None:
    rows = made(principal=Decimal("12.50"), annual_rate=Decimal("0.12"), terms=2, method="bullet", rounding=rounding)
    assert str(rows[0].interest) == interest  # 0.125


def test_the_level_instalment_is_rounded_by_the_same_mode() -> None:
    payments = {
        rounding: str(made(rounding=rounding)[0].payment) for rounding in ("half-up", "half-even", "up", "down")
    }
    assert payments == {"half-up": "17.13", "half-even": "17.13", "up": "17.14", "down": "17.13"}  # of 17.1306


def test_an_instalment_that_comes_out_even_is_not_rounded_up() -> None:
    rows = made(principal=Decimal(100), annual_rate=Decimal("0.12"), terms=1, rounding="up")
    assert figures(rows) == [("101.00", "1.00", "100.00", "0.00")]
    assert {str(row.payment) for row in made(annual_rate=Decimal(0), terms=4, rounding="up")} == {"25.00"}


def test_no_interest() -> None:
    rows = made(annual_rate=Decimal(0), terms=3)
    assert figures(rows) == [
        ("33.33", "0.00", "33.33", "66.67"),
        ("33.33", "0.00", "33.33", "33.34"),
        ("33.34", "0.00", "33.34", "0.00"),
    ]


def test_rounding_up_never_takes_more_than_is_owed() -> None:
    rows = made(principal=Decimal("0.05"), annual_rate=Decimal(0), terms=9, rounding="up")
    assert [str(row.payment) for row in rows] == ["0.01"] * 5 + ["0.00"] * 4
    assert rows[-1].balance == 0


@pytest.mark.parametrize(
    ("first_due", "frequency", "dues"),
    [
        ("2026-01-31", "1 month", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        ("2027-12-30", "1 month", ["2027-12-30", "2028-01-30", "2028-02-29", "2028-03-30", "2028-04-30"]),
        ("2026-01-29", "1 month", ["2026-01-29", "2026-02-28", "2026-03-29", "2026-04-29", "2026-05-29"]),
        ("2026-08-31", "3 months", ["2026-08-31", "2026-11-30", "2027-02-28", "2027-05-31", "2027-08-31"]),
        ("2028-02-29", "1 year", ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
        ("2026-02-20", "2 week", ["2026-02-20", "2026-03-06", "2026-03-20", "2026-04-03", "2026-04-17"]),
        ("2026-02-20", "15 day", ["2026-02-20", "2026-03-07", "2026-03-22", "2026-04-06", "2026-04-21"]),
    ],
)
def test_due_days(first_due: str, frequency: str, dues: list[str]) -> None:
    rows = made(terms=5, first_due=day(first_due), frequency=frequency, method="equal-principal")
    assert [str(row.due) for row in rows] == dues
    assert [row.n for row in rows] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("disbursed_on", "interest"),
    [
        ("2026-01-15", "100.00"),  # a whole month
        ("2026-01-25", "66.67"),  # short: 20 days of 30
        ("2025-12-31", "150.00"),  # long: 45 days, the 31st counted as the 30th
    ],
)
def test_first_periods_by_thirty_days(disbursed_on: str, interest: str) -> None:
    rows = made(
        principal=Decimal(10000),
        annual_rate=Decimal("0.12"),
        terms=2,
        method="bullet",
        disbursed_on=day(disbursed_on),
        first_due=dt.date(2026, 2, 15),
    )
    assert [str(row.interest) for row in rows] == [interest, "100.00"]


def test_months_cut_short_by_february_are_whole_months_by_thirty_days() -> None:
    rows = made(terms=4, disbursed_on=dt.date(2025, 12, 31), first_due=dt.date(2026, 1, 31), method="bullet")
    assert {str(row.interest) for row in rows} == {"0.79"}
    rows = made(terms=1, disbursed_on=dt.date(2026, 1, 31), first_due=dt.date(2026, 2, 28), method="bullet")
    assert str(rows[0].interest) == "0.79"


def test_a_long_first_period_is_solved_into_the_level_instalment() -> None:
    regular, long = made(), made(disbursed_on=dt.date(2023, 12, 1))
    assert long[0].interest > regular[0].interest
    assert long[0].payment > regular[0].payment
    assert abs(long[-1].payment - long[0].payment) < Decimal("0.05")


@pytest.mark.parametrize("decimals", [0, 3, 8])
def test_other_currencies(decimals: int) -> None:
    rows = made(principal=Decimal(100000), decimals=decimals)
    assert all(row.payment.as_tuple().exponent == -decimals for row in rows)
    assert sum((row.principal for row in rows), start=Decimal(0)) == 100000


def test_the_callers_decimal_context_does_not_matter() -> None:
    usual = made(principal=Decimal("123456789.12"), disbursed_on=dt.date(2023, 12, 12))
    with localcontext(Context(prec=4, rounding="ROUND_UP")):
        assert made(principal=Decimal("123456789.12"), disbursed_on=dt.date(2023, 12, 12)) == usual


def test_a_rate_that_is_a_quotient() -> None:
    rows = made(annual_rate=Decimal(1) / 3, terms=1)
    assert str(rows[0].interest) == "2.78"


def test_the_longest_schedule() -> None:
    rows = made(terms=9999, frequency="1 day", first_due=dt.date(2024, 1, 2), day_count="act/365", decimals=8)
    assert len(rows) == 9999
    assert rows[-1].balance == 0


@pytest.mark.parametrize(
    ("principal", "annual_rate", "terms", "up", "down"),
    [
        # the interest of a term, and a little for the principal, far below the eightieth digit
        ("1200", "100", 60, "10000.01", "10000.00"),
        ("10000", "1.8", 600, "1500.01", "1500.00"),
        ("100", "1e-40", 2, "50.01", "50.00"),
        ("100", "12", 1, "200.00", "200.00"),
    ],
)
def test_the_level_instalment_is_rounded_exactly(
    principal: str, annual_rate: str, terms: int, up: str, down: str
) -> None:
    loan = {"principal": Decimal(principal), "annual_rate": Decimal(annual_rate), "terms": terms}
    assert str(made(**loan, rounding="up")[0].payment) == up
    assert str(made(**loan, rounding="down")[0].payment) == down
    assert str(made(**loan, rounding="half-even")[0].payment) == down
