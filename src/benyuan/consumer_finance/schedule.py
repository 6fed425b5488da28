"""Repayment schedules of loans: equal instalments, equal principal, or interest with the principal at the end.

Every amount is exact until it is rounded once, by the mode that is named; the last instalment takes what rounding left.
Worked number: 100.00 at 9.4822% a year, six months by 30/360, half-even: five instalments of 17.13 and one of 17.13.
See docs/algorithms/schedules.md.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from math import lcm
from typing import TypeVar

from benyuan.consumer_finance.solving import ONE, ZERO
from benyuan.consumer_finance.vocabulary import LoanMethod
from benyuan.values.daycount import DayCount, year_fraction, year_fraction_of_months
from benyuan.values.errors import BadInput
from benyuan.values.periods import Period, later, months_later, parse_period
from benyuan.values.rounding import Rounding, has_decimals, rounded

MOST_TERMS = 9_999  # tidy: number what a schedule may hold, so that a slip of the pen is not computed
MOST_DECIMALS = 8
MOST_DIGITS = 24  # tidy: number digits of a principal, far above any currency's
RATE_DECIMALS = 60  # tidy: number far more than a division of Decimals gives
PRECISION = 80  # tidy: number digits carried while the level instalment is solved
NEAR = Fraction(1, 10**30)  # tidy: number what the level instalment, so solved, is surely right to

_Word = TypeVar("_Word", bound=StrEnum)


class PaymentBelowInterest(BadInput):
    """The level instalment does not pay the interest of a period, so the debt would grow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """One row: what falls due on a day, and the principal still owed after it. Amounts in units of the currency."""

    n: int
    due: dt.date
    principal: Decimal
    interest: Decimal
    payment: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """What has been checked, and the rate of each period."""

    principal: Decimal
    dues: Sequence[dt.date]
    rates: Sequence[Fraction]
    rounding: Rounding
    decimals: int

    def rounded(self, amount: Fraction) -> Decimal:
        return rounded(amount, decimals=self.decimals, rounding=self.rounding)


def schedule(
    *,
    principal: Decimal,
    annual_rate: Decimal,
    terms: int,
    frequency: str,
    method: str,
    day_count: str,
    rounding: str,
    disbursed_on: dt.date,
    first_due: dt.date,
    decimals: int = 2,
) -> list[Instalment]:
    """The instalments of a loan.

    `principal` in units of the currency, `annual_rate` a fraction of one, `frequency` such as "1 month", "2 week",
    "15 day"; `method`, `day_count` and `rounding` by the words of LoanMethod, DayCount and Rounding. Raises BadInput,
    which is a ValueError, naming field, value and constraint; PaymentBelowInterest where a long period costs more than
    the level instalment.
    """
    _check_whole("decimals", decimals, least=0, most=MOST_DECIMALS)
    _check_whole("terms", terms, least=1, most=MOST_TERMS)
    _check_principal(principal, decimals)
    _check_rate(annual_rate)
    _check_dates(disbursed_on, first_due)
    period = parse_period(frequency, field="frequency")
    counted = _word(DayCount, day_count, field="day_count")
    spread = _word(LoanMethod, method, field="method")
    dues = due_dates(first_due=first_due, period=period, terms=terms)
    parts = _year_parts(disbursed_on, dues, period=period, day_count=counted)
    loan = _Terms(
        principal=principal,
        dues=dues,
        rates=[Fraction(annual_rate) * part for part in parts],
        rounding=_word(Rounding, rounding, field="rounding"),
        decimals=decimals,
    )
    return _rows(loan, spread)


def due_dates(*, first_due: dt.date, period: Period, terms: int) -> list[dt.date]:
    """The due days. The 29th to 31st become a short month's last day, and come back in the next. Raises BadInput."""
    try:
        return [later(first_due, period, number) for number in range(terms)]
    except BadInput as error:
        raise BadInput("terms", terms, f"due days in the years 1 to 9999 ({error.constraint})") from None


def _year_parts(start: dt.date, dues: Sequence[dt.date], *, period: Period, day_count: DayCount) -> list[Fraction]:
    """Each period as part of a year. By 30/360 a whole period of months is 30 days a month, whatever its dates."""
    starts = (start, *dues)
    if day_count is not DayCount.thirty_360 or not period.months:
        return [year_fraction(one, two, day_count=day_count) for one, two in zip(starts, dues, strict=False)]
    whole = year_fraction_of_months(period.months)
    first = (
        whole if _is_whole(start, dues[0], months=period.months) else year_fraction(start, dues[0], day_count=day_count)
    )
    return [first] + [whole] * (len(dues) - 1)


def _is_whole(start: dt.date, due: dt.date, *, months: int) -> bool:
    """Whether a first period is so many months, counted from either of its ends."""
    try:
        return months_later(due, -months) == start or months_later(start, months) == due
    except BadInput:  # so long a period leaves the calendar, and this one does not
        return False


def _rows(loan: _Terms, method: LoanMethod) -> list[Instalment]:
    level = level_payment(loan) if method is LoanMethod.equal_instalment else Fraction(0)
    payment = loan.rounded(level)
    share = loan.rounded(Fraction(loan.principal) / len(loan.dues))  # tidy: exact
    rows: list[Instalment] = []
    balance = loan.principal
    for number, (due, rate) in enumerate(zip(loan.dues, loan.rates, strict=True), start=1):
        interest = loan.rounded(Fraction(balance) * rate)
        if number == len(loan.dues):
            part = balance
        elif method is LoanMethod.equal_instalment:
            part = min(balance, _principal_part(payment, interest, number=number, loan=loan))
        else:
            part = min(balance, share) if method is LoanMethod.equal_principal else loan.rounded(Fraction(0))
        balance = _exact(balance, part.copy_negate(), loan.decimals)
        row = Instalment(
            n=number,
            due=due,
            principal=_exact(part, ZERO, loan.decimals),
            interest=interest,
            payment=_exact(part, interest, loan.decimals),
            balance=balance,
        )
        rows.append(row)
    return rows


def _principal_part(payment: Decimal, interest: Decimal, *, number: int, loan: _Terms) -> Decimal:
    if payment < interest:
        raise PaymentBelowInterest(
            "terms",
            len(loan.dues),
            f"a level instalment, which is {payment}, of at least the interest of period {number}, which is {interest}",
        )
    return _exact(payment, interest.copy_negate(), loan.decimals)


def _exact(one: Decimal, other: Decimal, decimals: int) -> Decimal:
    """A sum, exact however long, with its decimals shown."""
    return rounded(Fraction(one) + Fraction(other), decimals=decimals, rounding=Rounding.half_even)


def level_payment(loan: _Terms) -> Fraction:
    """The payment that, made at the end of every period, repays the principal at the periods' own rates.

    principal / (sum over periods of the product of 1 / (1 + rate) up to each): with equal rates, the annuity. Solved
    with 80 digits. Where that is so near to an amount at which rounding turns that they do not tell, that amount is
    paid exactly: what is then left or lacking at the end says on which side the payment is, and it is put there.
    """
    if not any(loan.rates):
        return Fraction(loan.principal) / len(loan.dues)  # tidy: exact
    solved = _solved(loan.principal, loan.rates)
    turn = Fraction(rounded(2 * solved, decimals=loan.decimals, rounding=Rounding.half_even)) / 2  # tidy: exact
    return solved if abs(solved - turn) > NEAR else turn + NEAR * _left(turn, loan)


def _solved(principal: Decimal, rates: Sequence[Fraction]) -> Fraction:
    with localcontext(Context(prec=PRECISION, rounding=ROUND_HALF_EVEN)) as context:
        discount, annuity = ONE, ZERO
        for rate in rates:
            grown = 1 + context.divide(Decimal(rate.numerator), Decimal(rate.denominator))
            discount = context.divide(discount, grown)
            annuity += discount
        return Fraction(context.divide(principal, annuity))


def _left(payment: Fraction, loan: _Terms) -> int:
    """Whether debt is left after such payments: 1, or 0 if they end even, or -1 if they were more than was owed.

    In whole numbers, times the rates' common denominator to the power of the periods: fractions would be reduced each
    time, which takes far longer.
    """
    base = lcm(*(rate.denominator for rate in loan.rates))
    unit = lcm(payment.denominator, Fraction(loan.principal).denominator)
    balance, paid = int(Fraction(loan.principal) * unit), int(payment * unit)
    for rate in loan.rates:
        paid *= base
        balance = balance * int((1 + rate) * base) - paid
    return (balance > 0) - (balance < 0)


def _check_whole(field: str, value: object, *, least: int, most: int) -> None:
    if type(value) is not int or not least <= value <= most:
        raise BadInput(field, value, f"a whole number from {least} to {most}")


def _check_principal(principal: object, decimals: int) -> None:
    if not isinstance(principal, Decimal) or not principal.is_finite() or principal <= 0:
        raise BadInput("principal", principal, "a Decimal above zero")
    if principal.adjusted() >= MOST_DIGITS - MOST_DECIMALS:
        raise BadInput("principal", principal, f"less than 10 to the power of {MOST_DIGITS - MOST_DECIMALS}")
    if not has_decimals(principal, decimals=decimals):
        raise BadInput("principal", principal, f"at most {decimals} decimals")


def _check_rate(annual_rate: object) -> None:
    if not isinstance(annual_rate, Decimal) or not annual_rate.is_finite() or annual_rate < 0:
        raise BadInput("annual_rate", annual_rate, "a Decimal of zero or more, a fraction of one")
    if annual_rate.adjusted() >= MOST_DECIMALS or not has_decimals(annual_rate, decimals=RATE_DECIMALS):
        raise BadInput(
            "annual_rate", annual_rate, f"less than 10^{MOST_DECIMALS}, with at most {RATE_DECIMALS} decimals"
        )


def _check_dates(disbursed_on: object, first_due: object) -> None:
    for field, value in (("disbursed_on", disbursed_on), ("first_due", first_due)):
        if type(value) is not dt.date:
            raise BadInput(field, value, "a date")
    assert type(disbursed_on) is dt.date
    assert type(first_due) is dt.date
    if first_due <= disbursed_on:
        raise BadInput("first_due", first_due.isoformat(), f"a date after disbursed_on, {disbursed_on}")


def _word(kind: type[_Word], word: object, *, field: str) -> _Word:
    words = {each.value: each for each in kind}
    if not isinstance(word, str) or word not in words:
        raise BadInput(field, word, "one of " + ", ".join(words))
    return words[word]
