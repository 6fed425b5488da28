"""The unit-period that dates have, and distances measured in it: Appendix J (b)(3) to (5)."""

from decimal import Decimal
from fractions import Fraction

import pytest

from benyuan.consumer_finance.flows import Flow, dated
from benyuan.consumer_finance.unit_periods import unit_period_of, units_between, years_between
from benyuan.values import BadInput
from benyuan.values.periods import Period, Unit
from tests.unit.consumer_finance.flowing import daily, day, flow, monthly

ONE = [flow("2026-01-15", "1000")]
HALVES = [*monthly("2026-02-01", 6, "90"), *monthly("2026-02-16", 6, "90")]
ENDS = [flow(when, "90") for when in ("2026-01-15", "2026-01-31", "2026-02-15", "2026-02-28", "2026-03-15")]


@pytest.mark.parametrize(
    ("advances", "payments", "period", "common"),
    [
        (ONE, monthly("2026-02-15", 12, "90"), "1 month", True),
        (ONE, monthly("2026-03-01", 12, "90"), "1 month", True),
        (ONE, monthly("2026-04-15", 4, "300", step=3), "3 month", True),
        (ONE, monthly("2027-01-15", 4, "300", step=12), "1 year", True),
        ([flow("2026-01-31", "1000")], monthly("2026-01-31", 12, "90")[1:], "1 month", True),
        (ONE, daily("2026-01-22", 20, "60", step=7), "1 week", True),
        (ONE, daily("2026-01-29", 20, "60", step=14), "2 week", True),
        ([flow("2026-02-01", "1000")], daily("2026-02-15", 4, "300", step=14), "2 week", True),
        (ONE, daily("2026-02-12", 12, "100", step=28), "4 week", True),
        (ONE, daily("2026-01-25", 20, "60", step=10), "10 day", True),
        (ONE, HALVES, "1 semimonth", True),
        ([flow("2026-01-01", "400")], ENDS, "1 semimonth", True),
        (ONE, [flow("2026-02-15", "500"), flow("2026-03-15", "500"), flow("2026-06-15", "50")], "1 month", True),
        # one month twice, two months twice: the shorter
        (ONE, [flow(f"2026-{month}-15", "300") for month in ("02", "04", "05", "07")], "1 month", True),
        # 20, 40 and 61 days: the average of 40 1/3 is nearest to six weeks
        (ONE, [flow("2026-02-04", "400"), flow("2026-03-16", "400"), flow("2026-05-16", "400")], "6 week", False),
        (ONE, [flow("2026-04-15", "1030")], "3 month", True),
        (ONE, [flow("2026-04-14", "1030")], "89 day", True),
        (ONE, [flow("2027-01-15", "1030")], "1 year", True),
        (ONE, [flow("2029-03-11", "1030")], "1 year", True),
    ],
)
def test_found_from_the_dates(advances: list[Flow], payments: list[Flow], period: str, common: bool) -> None:
    found = unit_period_of(dated(advances, payments), None)
    assert (str(found.period), found.common) == (period, common)


@pytest.mark.parametrize(
    "given", ["2 year", "13 month", "53 week", "366 day", "2 semimonth", "fortnight", "", "0 month"]
)
def test_unit_periods_that_are_refused(given: str) -> None:
    with pytest.raises(BadInput, match="unit_period"):
        unit_period_of(dated(ONE, monthly("2026-02-15", 12, "90")), given)


@pytest.mark.parametrize(
    ("start", "end", "unit", "whole", "part"),
    [
        ("1978-02-10", "1978-04-01", Period(count=1, unit=Unit.MONTH), 1, Fraction(19, 30)),
        ("2026-01-01", "2026-01-31", Period(count=1, unit=Unit.MONTH), 1, Fraction(0)),  # 30 days, as to 1 February
        ("1978-05-23", "1978-10-01", Period(count=3, unit=Unit.MONTH), 1, Fraction(39, 90)),  # 4 months, 9 days
        ("1978-02-23", "1978-03-01", Period(count=1, unit=Unit.SEMIMONTH), 0, Fraction(6, 15)),
        ("1978-03-20", "1978-04-21", Period(count=1, unit=Unit.WEEK), 4, Fraction(4, 7)),
        ("1978-01-17", "1979-07-11", Period(count=1, unit=Unit.YEAR), 1, Fraction(175, 365)),
        ("1978-01-17", "1979-07-17", Period(count=1, unit=Unit.YEAR), 1, Fraction(6, 12)),
        ("1978-01-17", "1979-07-17", Period(count=12, unit=Unit.MONTH), 1, Fraction(6, 12)),
    ],
)
def test_units_between_dates(start: str, end: str, unit: Period, whole: int, part: Fraction) -> None:
    assert units_between(day(start), day(end), unit=unit, anchor=None) == (whole, part)


@pytest.mark.parametrize(
    ("start", "end", "unit", "years"),
    [
        # European Commission, SWD(2012) 128, 4.1.1, as transcribed in the tests of the library curo
        ("2019-01-12", "2020-01-12", Unit.MONTH, Fraction(1)),
        ("2012-01-12", "2012-02-15", Unit.MONTH, Fraction(1, 12) + Fraction(3, 365)),
        ("2013-01-12", "2013-04-15", Unit.MONTH, Fraction(3, 12) + Fraction(3, 366)),
        ("2013-02-25", "2013-03-28", Unit.MONTH, Fraction(1, 12) + Fraction(3, 366)),
        ("2013-02-26", "2013-03-29", Unit.MONTH, Fraction(1, 12) + Fraction(2, 366)),
        ("2012-02-26", "2012-03-29", Unit.MONTH, Fraction(1, 12) + Fraction(3, 366)),
        ("2024-12-31", "2025-02-28", Unit.MONTH, Fraction(2, 12)),
        ("2024-02-28", "2025-02-27", Unit.MONTH, Fraction(11, 12) + Fraction(28, 366)),
        ("2024-02-29", "2025-02-28", Unit.MONTH, Fraction(1)),
        ("2012-01-12", "2012-02-15", Unit.YEAR, Fraction(34, 365)),
        ("2019-02-28", "2020-02-29", Unit.YEAR, Fraction(1)),
        ("2012-01-12", "2012-01-26", Unit.WEEK, Fraction(2, 52)),
        ("2012-01-12", "2012-01-30", Unit.WEEK, Fraction(2, 52) + Fraction(4, 365)),
        ("2012-01-12", "2013-01-12", Unit.WEEK, Fraction(1) + Fraction(2, 365)),
        ("2012-02-26", "2012-02-26", Unit.MONTH, Fraction(0)),
        ("2012-02-15", "2012-01-12", Unit.MONTH, -Fraction(1, 12) - Fraction(3, 365)),
    ],
)
def test_years_by_the_directive(start: str, end: str, unit: Unit, years: Fraction) -> None:
    assert years_between(day(start), day(end), unit=unit, anchor=None, leap=True) == years


def test_days_of_a_leap_year_are_365ths_where_no_directive_says_otherwise() -> None:
    found = years_between(day("2013-01-12"), day("2013-02-15"), unit=Unit.MONTH, anchor=None, leap=False)
    assert found == Fraction(1, 12) + Fraction(3, 365)


def test_amounts_of_one_day_count_as_one_payment() -> None:
    payments = [(day("2026-04-15"), Decimal(500)), (day("2026-04-15"), Decimal(530))]
    assert str(unit_period_of(dated(ONE, payments), None).period) == "3 month"


def test_what_is_paid_on_the_day_of_the_draw_leaves_one_advance_and_one_payment() -> None:
    payments = [flow("2026-01-15", "20"), flow("2026-04-15", "1030")]
    held = dated(ONE, payments)
    assert (held.advances, held.payments) == ([flow("2026-01-15", "980")], payments[1:])
    assert str(unit_period_of(held, None).period) == "3 month"


def test_flows_of_a_date_that_cancel_are_no_flows() -> None:
    pair, payments = [flow("2026-01-20", "50")], monthly("2026-02-15", 3, "350")
    assert dated([*ONE, *pair], [*pair, *payments]) == dated(ONE, payments)
