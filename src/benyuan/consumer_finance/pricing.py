"""The annual rate of a loan's real flows, by four methods.

| method | text |
| `irr-compound` | 中国人民银行公告〔2021〕第3号: the internal rate of return of a period, compounded over a year |
| `irr-simple` | the same rate times the periods of a year; to be called simple where it is shown |
| `us-actuarial` | Regulation Z, 12 CFR 1026, Appendix J: the unit-period's rate times the unit-periods of a year |
| `eu` | Directive 2008/48/EC, Annex I, and (EU) 2023/2225, Annex III: the yearly rate that equates present values |

Worked number: 5,000 advanced on 1978-01-10, 24 monthly payments of 230 from 1978-02-10: 9.69% by `us-actuarial`,
Appendix J (c)(1)(i). See docs/algorithms/annual-rates.md.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from benyuan.consumer_finance.curves import lowest_of_unit, unit_rates, yearly_rates
from benyuan.consumer_finance.flows import Flow, Flows, check_both_ways, checked, dated, is_time, listed, netted
from benyuan.consumer_finance.solving import ACCURATE, HIGHEST, ONE, NoRate, SeveralRates
from benyuan.consumer_finance.unit_periods import (
    Found,
    found_in,
    is_single,
    semimonths,
    unit_period_of,
    units_between,
    years_between,
)
from benyuan.values.errors import BadInput
from benyuan.values.periods import DAYS_A_WEEK, Unit, anchor_of, whole_months

DECIMALS = 12  # tidy: number of a rate
_STEP = ONE.scaleb(-DECIMALS)
_PERCENT = ONE.scaleb(-2)


class RateMethod(StrEnum):
    """How flows become one annual rate."""

    IRR_COMPOUND = "irr-compound"
    IRR_SIMPLE = "irr-simple"
    US_ACTUARIAL = "us-actuarial"
    EU = "eu"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rates:
    """Every rate that was found, by the year, and which rates were looked through."""

    found: Sequence[Decimal]
    searched: str = f"a rate from -1 to {HIGHEST:.0e}"


def annualised_rate(
    *, advances: Iterable[Flow], payments: Iterable[Flow], method: str, unit_period: str | None = None
) -> Decimal:
    """The annual rate as a fraction of one, to twelve decimals, half-even.

    Flows are `(when, amount)`: `when` a date, or for `eu` also a time in years from the first drawdown as a Fraction;
    amounts above zero as Decimal, advances to the borrower and payments by the borrower. `unit_period` such as
    "1 month" or "semimonth" takes the place of the one found from the dates. Raises BadInput, NoRate and SeveralRates,
    all of them ValueErrors.
    """
    asked = _method(method)
    out, back = listed("advances", advances), listed("payments", payments)
    if asked is RateMethod.EU and _has_times([*out, *back]):
        if unit_period is not None:
            raise BadInput("unit_period", unit_period, "nothing where times are given in years")
        timed = netted(_timed(checked("advances", out), checked("payments", back)))
        paid_first = bool(timed) and timed[0][1] < 0
        rates = _Rates(found=_yearly(timed))
    else:
        flows = dated(out, back)
        paid_first = flows.payment_days[0] < flows.advance_days[0]
        rates = _rates_of_dates(flows, method=asked, given=unit_period)
    return _only(rates, count=len(out) + len(back), paid_first=paid_first)


def _method(method: object) -> RateMethod:
    words = {each.value: each for each in RateMethod}
    if not isinstance(method, str) or method not in words:
        raise BadInput("method", method, "one of " + ", ".join(words))
    return words[method]


def _has_times(flows: Sequence[object]) -> bool:
    """Whether a flow stands at a time in years; anything else is for the check of flows to judge."""
    return any(isinstance(flow, tuple) and flow and is_time(flow[0]) for flow in flows)


def _timed(advances: list[Flow], payments: list[Flow]) -> Iterator[tuple[Fraction, Decimal]]:
    for field, sign, flows in (("advances", 1, advances), ("payments", -1, payments)):
        for when, amount in flows:
            if not isinstance(when, Fraction):
                raise BadInput(field, str(when), "a time in years, as other flows have one")
            yield when, amount if sign > 0 else amount.copy_negate()


def _rates_of_dates(flows: Flows, *, method: RateMethod, given: str | None) -> _Rates:
    found = unit_period_of(flows, given)
    if method is RateMethod.US_ACTUARIAL:
        return _actuarial(flows, found)
    if method is RateMethod.EU:
        unit = _eu_unit(flows, found.period.unit, given=given)
        return _Rates(found=_yearly(_in_years(flows, unit=unit, leap=True)))
    if method is RateMethod.IRR_COMPOUND:
        return _Rates(found=_yearly(_irr_times(flows, found)))
    return _simple(flows, found)


def _yearly(timed: Iterable[tuple[Fraction, Decimal]]) -> list[Decimal]:
    flows = netted(timed)
    check_both_ways([amount for _, amount in flows])
    return yearly_rates(flows)


def _in_years(flows: Flows, *, unit: Unit, leap: bool) -> Iterator[tuple[Fraction, Decimal]]:
    """Each flow's time in years from the first drawdown."""
    start = flows.advance_days[0]
    for when, amount, anchor in _signed(flows):
        yield years_between(start, when, unit=unit, anchor=anchor, leap=leap), amount


def _irr_times(flows: Flows, found: Found) -> Iterator[tuple[Fraction, Decimal]]:
    """Times in the flows' own period; where they have none in common, whole months if all are, else days of 365."""
    unit = Unit.MONTH if found.period.months else found.period.unit
    if not found.common:
        unit = Unit.MONTH if _all_in_months(flows) else Unit.DAY
    if unit is not Unit.SEMIMONTH:
        yield from _in_years(flows, unit=unit, leap=False)
        return
    for when, amount, anchor in _signed(flows):
        yield semimonths(flows.begins_on, when, anchor=anchor), amount


def _all_in_months(flows: Flows) -> bool:
    start = flows.begins_on
    days = {*flows.advance_days, *flows.payment_days} - {start}
    return all(whole_months(start, day) is not None for day in days)


def _signed(flows: Flows) -> Iterator[tuple[dt.date, Decimal, int | None]]:
    """Every flow with its sign and the day of the month on which its series stands."""
    for sign, kind, days in ((1, flows.advances, flows.advance_days), (-1, flows.payments, flows.payment_days)):
        anchor = anchor_of(days)
        yield from ((when, amount if sign > 0 else amount.copy_negate(), anchor) for when, amount in kind)


def _eu_unit(flows: Flows, unit: Unit, *, given: str | None) -> Unit:
    """Years, months or weeks: what payments come in; for a single payment what its interval is a whole number of."""
    if given is None and is_single(flows):
        start, end = sorted((flows.advance_days[0], flows.payment_days[0]))
        weeks = whole_months(start, end) is None and (end - start).days % DAYS_A_WEEK == 0
        return Unit.WEEK if weeks else Unit.MONTH
    if given is None and not found_in(flows).common:
        return Unit.MONTH
    return unit if unit in (Unit.WEEK, Unit.YEAR) else Unit.MONTH


def _actuarial(flows: Flows, found: Found) -> _Rates:
    start = flows.begins_on
    placed = netted(
        (units_between(start, when, unit=found.period, anchor=anchor), amount)
        for when, amount, anchor in _signed(flows)
    )
    amounts = [amount for _, amount in placed]
    check_both_ways(amounts)
    rates = [_times(rate, found.period.a_year) for rate in unit_rates(placed)]
    low = lowest_of_unit(amounts).quantize(_PERCENT, context=ACCURATE).normalize(ACCURATE)
    return _Rates(found=rates, searched=f"a unit-period's rate from {low} to {HIGHEST:.0e}")


def _times(rate: Decimal, number: Fraction) -> Decimal:
    return ACCURATE.divide(ACCURATE.multiply(rate, Decimal(number.numerator)), Decimal(number.denominator))


def _simple(flows: Flows, found: Found) -> _Rates:
    """The rate of a period, of which times are counted, times the periods of a year.

    Not by way of the year's: 100% a day is 365 simple, and compounded more than any rate that is looked for.
    """
    a_year = found.period.a_year
    by_period = _yearly((time * a_year, amount) for time, amount in _irr_times(flows, found))
    rates = [_times(rate, a_year) for rate in by_period]
    return _Rates(found=rates, searched=f"a period's rate from -1 to {HIGHEST:.0e}")


def _only(all_rates: _Rates, *, count: int, paid_first: bool) -> Decimal:
    """The one rate.

    A payment before the first drawdown makes the borrower a lender for a while, and with that a second, absurd rate.
    The published examples of such loans (Appendix J (c)(7)(ii), with 32% and 922%; the Commission's example 43, with
    8% and some 19,700%) show the one that is a loan's, and so does this: the only one from nought to 100%.
    """
    rates = all_rates.found
    if paid_first and len(likely := [rate for rate in rates if 0 <= rate <= ONE]) == 1:
        rates = likely
    rounded = sorted({rate.quantize(_STEP, context=ACCURATE) for rate in rates})
    what = f"{count} flows"
    if not rounded:
        raise NoRate("payments", what, f"flows that {all_rates.searched} prices to nought; there is none")
    if len(rounded) > 1:
        raise SeveralRates("payments", what, rates=rounded)
    return rounded[0].copy_abs() if rounded[0] == 0 else rounded[0]  # never minus nought
