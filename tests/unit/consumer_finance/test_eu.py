"""The European directives' annual percentage rate of charge, held to published examples.

The Commission's are from "Examples for the calculation of the annual percentage rate of charge for credit agreements
for consumers relating to residential immovable property" (Markt/2014/107/H3/TA/LV, January 2015), printed to six
decimals of a percent; Directive 2014/17/EU has the same equation and remarks. Examples 36, 38 and 39 are held to the
decimal of the APR, for there the document solves with interest that it doesn't print in full; 41 is cut off, not
rounded, at its sixth. Those of Directive 98/7/EC, Annex II, part B (a year of 12 equal months), are known to two
decimals; their text was not at hand.
"""

from decimal import Decimal

import pytest

from benyuan.consumer_finance.flows import Flow
from benyuan.consumer_finance.pricing import annualised_rate
from benyuan.values import BadInput
from tests.unit.consumer_finance.flowing import at, flow, monthly, percent, rate, timed

HOUSE, FEE = at("0", "200000"), at("0", "4000")
CARD = ("269.82", "268.02", "266.22", "264.41", "262.61", "260.81", "259.01", "257.21", "255.41", "253.6", "251.8")

IN_YEARS: list[tuple[str, list[Flow], list[Flow], str]] = [
    ("1", [HOUSE], [FEE, *timed(240, "1432.86")], "6.434412"),
    ("3", [HOUSE], [FEE, *timed(240, "1449.53")], "6.588554"),
    ("4", [HOUSE], [FEE, *timed(240, "1599.53")], "7.946625"),
    ("5", [HOUSE], [FEE, *timed(240, "1490.18")], "6.961575"),
    ("6", [HOUSE], [FEE, *timed(240, "1432.86"), at("20", "100")], "6.436359"),
    ("7", [HOUSE], [FEE, *timed(180, "1199.10"), at("15", "142097.69")], "6.409523"),
    ("8", [HOUSE], [FEE, *timed(240, "1166.67"), at("20", "200000")], "7.430479"),
    (
        "8, rates at their highest",
        [HOUSE],
        [FEE, *timed(6, "1166.67"), *timed(234, "1398.33", first=7), at("20", "200000")],
        "8.869280",
    ),
    ("20", [HOUSE], [FEE, *timed(24, "1319.91"), *timed(216, "1423.41", first=25)], "6.190654"),
    ("21", [HOUSE], [FEE, *timed(9, "1319.91"), *timed(231, "1374.06", first=10)], "5.853526"),
    (
        "36, a credit card",
        [at("0", "3000")],
        [
            at("0", "60"),
            at("1/12", "296.62"),
            *(at(f"{month}/12", amount) for month, amount in enumerate(CARD, start=2)),
        ],
        "15.1",
    ),
    ("38, an overdraft", [at("0", "3000")], [at("0", "60"), *timed(3, "24.12"), at("1/4", "3000")], "19.4"),
    ("39", [at("0", "3000")], [at("0", "60"), at("1/2", "3132.09")], "13.5"),
    ("40, a bridging loan", [HOUSE], [FEE, at("1/2", "207618.17")], "12.206644"),
    ("41", [HOUSE], [FEE, at("0", "7500"), at("1/2", "200000")], "12.57379"),
    ("42", [HOUSE], [FEE, *timed(12, "1250"), at("1", "200000")], "10.039962"),
    (
        "43, a guarantee with a fee a year before the drawdown",
        [at("0", "30000")],
        [at("-1", "150"), at("0", "450"), *timed(120, "356.11")],
        "8.269278",
    ),
    (
        "44, shared equity",
        [HOUSE],
        [FEE, *timed(60, "1111.11"), *timed(120, "1349.94", first=61), at("15", "32075.08")],
        "3.470057",
    ),
]


@pytest.mark.parametrize(("name", "advances", "payments", "printed"), IN_YEARS, ids=[case[0] for case in IN_YEARS])
def test_the_commissions_examples(name: str, advances: list[Flow], payments: list[Flow], printed: str) -> None:
    decimals = len(printed.partition(".")[2])
    assert percent(rate(advances, payments, "eu"), decimals=decimals) == Decimal(printed), name


@pytest.mark.parametrize(
    ("name", "drawn", "payments", "printed"),
    [
        ("2, case 1: 3/365 of a year and months", "2012-01-12", monthly("2012-02-15", 240, "1433.57"), "6.434185"),
        ("2, case 2: 3/366", "2013-01-12", monthly("2013-02-15", 240, "1433.56"), "6.434111"),
        ("2, case 3: 34/365 and years", "2012-01-12", monthly("2012-02-15", 20, "16541.86", step=12), "6.282070"),
        ("18, case 1: 14/365 and months", "2011-02-15", monthly("2011-03-01", 240, "1429.01"), "6.435937"),
        ("18, case 2: 20/366 and months", "2012-03-12", monthly("2012-05-01", 240, "1437.54"), "6.432478"),
    ],
)
def test_the_commissions_examples_with_dates(name: str, drawn: str, payments: list[Flow], printed: str) -> None:
    found = rate([flow(drawn, "200000")], [flow(drawn, "4000"), *payments], "eu")
    assert percent(found, decimals=6) == Decimal(printed), name


@pytest.mark.parametrize(
    ("name", "lent", "payments", "printed"),
    [
        ("first: a year and a half", "1000", [flow("1995-07-01", "1200")], "12.92"),
        ("third: two instalments", "1000", [flow("1995-01-01", "600"), flow("1996-01-01", "600")], "13.07"),
        (
            "fourth: after three, six and twelve months",
            "1000",
            [flow("1994-04-01", "272"), flow("1994-07-01", "272"), flow("1995-01-01", "544")],
            "13.19",
        ),
    ],
)
def test_the_examples_of_1998(name: str, lent: str, payments: list[Flow], printed: str) -> None:
    assert percent(rate([flow("1994-01-01", lent)], payments, "eu"), decimals=2) == Decimal(printed), name


def test_dates_and_times_say_the_same_where_every_interval_is_whole_months() -> None:
    by_date = rate([flow("2026-01-31", "12000")], monthly("2026-01-31", 13, "1100")[1:], "eu")
    assert by_date == rate([at("0", "12000")], timed(12, "1100"), "eu")


def test_whole_years_may_be_whole_numbers() -> None:
    lent, paid = [(0, Decimal(1000))], [(1, Decimal(600)), (2, Decimal(600))]
    found = annualised_rate(advances=lent, payments=paid, method="eu")  # type: ignore[arg-type]
    assert found == rate([at("0", "1000")], [at("1", "600"), at("2", "600")], "eu")


def test_weeks_are_fifty_seconds_of_a_year() -> None:
    payments = [
        flow("2026-01-15", "250"),
        flow("2026-01-22", "250"),
        flow("2026-01-29", "250"),
        flow("2026-02-05", "260"),
    ]
    in_years = [at("1/52", "250"), at("2/52", "250"), at("3/52", "250"), at("4/52", "260")]
    assert rate([flow("2026-01-08", "1000")], payments, "eu") == rate([at("0", "1000")], in_years, "eu")


def test_the_period_may_be_given() -> None:
    drawn, payments = [flow("2012-01-12", "1000")], [flow("2012-02-15", "1020")]
    by_months = rate(drawn, payments, "eu")
    assert by_months == rate([at("0", "1000")], [(at("1/12", "1")[0] + at("3/365", "1")[0], Decimal(1020))], "eu")  # type: ignore[operator]
    assert rate(drawn, payments, "eu", unit_period="year") == rate([at("0", "1000")], [at("34/365", "1020")], "eu")


@pytest.mark.parametrize(
    ("advances", "payments", "unit_period", "said"),
    [
        ([at("0", "1000")], [flow("2026-01-15", "1100")], None, "payments: got '2026-01-15', expected a time in years"),
        ([flow("2026-01-15", "1000")], [at("1", "1100")], None, "advances: got '2026-01-15', expected a time in years"),
        ([at("0", "1000")], [at("1", "1100")], "1 month", "unit_period"),
    ],
)
def test_times_and_dates_are_not_mixed(
    advances: list[Flow], payments: list[Flow], unit_period: str | None, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        rate(advances, payments, "eu", unit_period=unit_period)


def test_the_first_year_of_the_calendar_has_365_days() -> None:
    found = rate([flow("0001-01-01", "1000")], [flow("0001-03-04", "1010")], "eu")
    assert found == rate([at("0", "1000")], [(at("2/12", "1")[0] + at("3/365", "1")[0], Decimal(1010))], "eu")  # type: ignore[operator]
