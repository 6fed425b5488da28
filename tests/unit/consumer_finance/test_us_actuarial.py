"""Regulation Z's actuarial method, held to the examples of 12 CFR 1026, Appendix J (c), as printed to two decimals.

The examples (1) to (4) were read in a public transcription of the appendix (the tests of FSharp.Finance.Personal).
Those of (5) to (7) were not at hand in print: flows and rates stand here from knowledge of the text, and the rates of
(5)(iii) and (7)(ii) were computed.
"""

from decimal import Decimal

import pytest

from benyuan.consumer_finance.flows import Flow
from benyuan.consumer_finance.solving import NoRate
from tests.unit.consumer_finance.flowing import daily, flow, monthly, percent, rate

SEMIMONTHLY = [*monthly("1978-03-01", 12, "219.17"), *monthly("1978-03-16", 12, "219.17")]
SKIPPING = """1978-02-20 1978-03-20 1978-04-17 1978-05-15 1978-06-12 1978-07-10 1978-08-07 1978-09-04 1978-10-02
1978-11-13 1978-12-11 1979-01-08 1979-02-05 1979-03-05 1979-04-02 1979-05-14 1979-06-11 1979-07-09 1979-08-06 1979-09-03
1979-10-01 1979-11-12 1979-12-10 1980-01-07"""

SINGLE_ADVANCE: list[tuple[str, Flow, list[Flow], str]] = [
    ("(1)(i)", flow("1978-01-10", "5000"), monthly("1978-02-10", 24, "230"), "9.69"),
    ("(1)(ii)", flow("1978-02-10", "6000"), monthly("1978-04-01", 36, "200"), "11.82"),
    ("(1)(iii)", flow("1978-02-23", "5000"), SEMIMONTHLY, "10.34"),
    ("(1)(iv)", flow("1978-05-23", "10000"), monthly("1978-10-01", 40, "385", step=3), "8.97"),
    ("(1)(v)", flow("1978-03-20", "500"), daily("1978-04-21", 30, "17.60", step=7), "14.96"),
    ("(2)(i)", flow("1978-01-10", "5000"), [flow("1978-02-10", "250"), *monthly("1978-03-10", 23, "230")], "10.08"),
    (
        "(2)(ii)",
        flow("1978-03-18", "400"),
        [flow("1978-04-20", "39.50"), *daily("1978-05-18", 11, "38.31", step=28)],
        "28.50",
    ),
    ("(3)(i)", flow("1978-01-10", "5000"), [*monthly("1978-02-10", 23, "230"), flow("1980-01-10", "280")], "10.50"),
    (
        "(3)(ii)",
        flow("1978-04-03", "200"),
        [*daily("1978-04-11", 19, "9.50", step=14), flow("1979-01-02", "30")],
        "12.22",
    ),
    (
        "(4)(i)",
        flow("1978-01-10", "5000"),
        [flow("1978-02-10", "250"), *monthly("1978-03-10", 22, "230"), flow("1980-01-10", "280")],
        "10.90",
    ),
    (
        "(4)(ii)",
        flow("1978-01-10", "8000"),
        [flow("1978-03-01", "449.36"), *monthly("1978-05-01", 18, "465", step=2), flow("1981-05-01", "200")],
        "7.30",
    ),
    ("(5)(i), 255 days", flow("1978-01-03", "1000"), [flow("1978-09-15", "1080")], "11.45"),
    ("(5)(ii), six months", flow("1978-07-15", "1000"), [flow("1979-01-15", "1044")], "8.80"),
    ("(5)(iii), a year and 175 days", flow("1978-01-17", "1000"), [flow("1979-07-11", "1135.19")], "8.88"),
    ("(5)(iv), two years", flow("1978-01-17", "1000"), [flow("1980-01-17", "1240")], "11.36"),
    ("(6)(i), skipped payments", flow("1978-01-25", "2135"), [flow(when, "100") for when in SKIPPING.split()], "12.00"),
    (
        "(6)(ii), skipped and single payments",
        flow("1978-03-03", "7350"),
        [
            *monthly("1978-09-15", 3, "1000"),
            flow("1979-03-15", "2000"),
            *monthly("1979-09-15", 3, "750"),
            flow("1980-02-01", "1000"),
        ],
        "10.22",
    ),
]


@pytest.mark.parametrize(
    ("name", "advance", "payments", "printed"), SINGLE_ADVANCE, ids=[case[0] for case in SINGLE_ADVANCE]
)
def test_examples_of_appendix_j(name: str, advance: Flow, payments: list[Flow], printed: str) -> None:
    assert percent(rate([advance], payments, "us-actuarial"), decimals=2) == Decimal(printed), name


def test_the_construction_loan() -> None:
    advances = [flow("1979-04-10", "20000"), flow("1979-06-12", "20000"), flow("1979-09-18", "20000")]
    found = rate(advances, monthly("1979-12-10", 240, "612.36"), "us-actuarial")  # (7)(i)
    assert percent(found, decimals=2) == Decimal("10.25")


def test_the_student_loan_that_is_repaid_before_it_begins() -> None:
    advances = [flow(f"{year}-09-05", "1800") for year in range(1978, 1982)]
    advances += [flow(f"{year}-01-05", "1000") for year in range(1979, 1983)]
    found = rate(advances, monthly("1978-07-01", 50, "240"), "us-actuarial")  # (7)(ii); 922% solves it too
    assert percent(found, decimals=2) == Decimal("32.04")


LOAN = [flow("1978-01-10", "5000")], monthly("1978-02-10", 24, "230")


@pytest.mark.parametrize("unit_period", ["1 month", "month", "months"])
def test_the_unit_period_that_would_be_found_may_be_given(unit_period: str) -> None:
    assert rate(*LOAN, "us-actuarial", unit_period=unit_period) == rate(*LOAN, "us-actuarial")


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [("semimonth", "1 month"), ("1 month", "3 months"), ("6 months", "year")],
)
def test_a_longer_unit_period_compounds_less_often_so_its_nominal_rate_is_higher(shorter: str, longer: str) -> None:
    one, two = (rate(*LOAN, "us-actuarial", unit_period=given) for given in (shorter, longer))
    assert one < two


def test_one_advance_and_one_payment_within_a_year_is_one_unit_period() -> None:
    within = rate([flow("2026-01-01", "1000")], [flow("2026-04-11", "1030")], "us-actuarial")  # 100 days
    assert within == (Decimal("0.03") * 365 / 100).quantize(Decimal("1e-12"))
    months = rate([flow("2026-01-01", "1000")], [flow("2026-04-01", "1030")], "us-actuarial")
    assert months == Decimal("0.12")
    year = rate([flow("2026-01-01", "1000")], [flow("2027-01-01", "1030")], "us-actuarial")
    assert year == Decimal("0.03")


@pytest.mark.parametrize(
    ("paid", "expected"), [([flow("2027-01-01", "9")], "-0.991"), (monthly("2026-02-01", 360, "0.01"), None)]
)
def test_a_loss_of_nearly_all(paid: list[Flow], expected: str | None) -> None:
    found = rate([flow("2026-01-01", "1000")], paid, "us-actuarial")
    assert found == Decimal(expected) if expected else -12 < found < 0


def test_no_rate_says_which_were_looked_for() -> None:
    advances = [flow("2025-01-01", "100"), flow("2027-01-01", "140")]
    with pytest.raises(NoRate, match=r"a unit-period's rate from -0\.99 to 1e\+20"):
        rate(advances, [flow("2026-01-01", "230")], "us-actuarial")


def test_thirty_odd_days_are_a_month() -> None:
    advances = [flow("2026-01-01", "100"), flow("2026-01-31", "50"), flow("2026-03-31", "50")]
    payments = [flow("2026-01-01", "100"), flow("2026-02-01", "50"), flow("2026-04-01", "50")]
    assert rate(advances, payments, "us-actuarial", unit_period="1 month") == 0
    advances[0] = flow("2026-01-01", "101")
    payments[1:] = [flow("2026-02-01", "50"), flow("2026-04-01", "51.03")]
    assert abs(rate(advances, payments, "us-actuarial", unit_period="1 month") - Decimal("0.12")) < Decimal("0.002")


def test_very_many_unit_periods() -> None:
    advances = [flow("0001-01-01", "100"), flow("5000-01-01", "100")]
    payments = [flow("3000-01-01", "100"), flow("9999-01-01", "100")]
    assert rate(advances, payments, "us-actuarial", unit_period="1 day") == 0
