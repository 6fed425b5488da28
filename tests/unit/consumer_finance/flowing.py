"""Flows as the tests write them: series of payments, and the rate that a method gives."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from benyuan.consumer_finance.flows import Flow
from benyuan.consumer_finance.pricing import annualised_rate
from benyuan.values.periods import months_later


def day(text: str) -> dt.date:
    """2026-01-15 as a date."""
    return dt.date.fromisoformat(text)


def flow(text: str, amount: str) -> Flow:
    """A flow on a date."""
    return day(text), Decimal(amount)


def monthly(first: str, count: int, amount: str, *, step: int = 1) -> list[Flow]:
    """Equal flows every `step` months."""
    return [(months_later(day(first), number * step), Decimal(amount)) for number in range(count)]


def daily(first: str, count: int, amount: str, *, step: int) -> list[Flow]:
    """Equal flows every `step` days."""
    return [(day(first) + dt.timedelta(days=number * step), Decimal(amount)) for number in range(count)]


def timed(count: int, amount: str, *, first: int = 1) -> list[Flow]:
    """Equal flows at months after the first drawdown, as times in years."""
    return [(Fraction(number, 12), Decimal(amount)) for number in range(first, first + count)]


def at(time: str, amount: str) -> Flow:
    """A flow at a time in years."""
    return Fraction(time), Decimal(amount)


def rate(advances: list[Flow], payments: list[Flow], method: str, *, unit_period: str | None = None) -> Decimal:
    """The rate, as a fraction of one."""
    return annualised_rate(advances=advances, payments=payments, method=method, unit_period=unit_period)


def percent(found: Decimal, *, decimals: int) -> Decimal:
    """A fraction of one as percent."""
    return (found * 100).quantize(Decimal(1).scaleb(-decimals))
