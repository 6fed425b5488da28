"""The parts of the reference ledger that need no state: days and periods, chains, a leg's own faults, journal rows.

Checks are generators that yield each fault in order of precedence; the first one is the answer.
A worked number: 2026-04-30T16:00:00Z is local day 20260501, of month 202605.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from benyuan.ledger.flags import AMOUNT_MAX, LEG_FLAGS_OF_USERS, NO_CEILING, LegFlag, Window
from benyuan.ledger.statuses import LegStatus
from tests.reference.ledger_values import Account, Done, Fault, Leg, Row

Column = int | Sequence[int]
SECOND = 1_000_000
DAY = 86_400 * SECOND
CHINA_STANDARD_TIME = 8 * 3_600 * SECOND
END_OF_TIMES = (date.max.toordinal() + 1 - date(1970, 1, 1).toordinal()) * DAY - CHINA_STANDARD_TIME
RESET_CODE = 1

RESOLVING = LegFlag.post_pending_transfer | LegFlag.void_pending_transfer
BALANCING = LegFlag.balancing_debit | LegFlag.balancing_credit
CLOSING = LegFlag.closing_debit | LegFlag.closing_credit
FOLLOWING = LegFlag.following_moved | LegFlag.following_left
NEVER_WITH_RESOLVING = LegFlag.pending | BALANCING | CLOSING | FOLLOWING


def local_day(at: int) -> int:
    """The day of `at` in China Standard Time as yyyymmdd."""
    day = date(1970, 1, 1) + timedelta(days=(at + CHINA_STANDARD_TIME) // DAY)
    return day.year * 10_000 + day.month * 100 + day.day


def period_of(window: int, at: int) -> int:
    """The period of a window that `at` falls into: a day, a month, a year; always 0 for `lifetime`."""
    day = local_day(at)
    return {Window.lifetime: 0, Window.day: day, Window.month: day // 100, Window.calendar_year: day // 10_000}[
        Window(window)
    ]


def chains(flags: Sequence[int]) -> Iterator[range]:
    """The places of each chain: it goes on while `linked` is set, at most to the end of the batch."""
    start = 0
    for place, flag in enumerate(flags):
        if not flag & LegFlag.linked or place == len(flags) - 1:
            yield range(start, place + 1)
            start = place + 1


def records(columns: dict[str, Column]) -> list[dict[str, int]]:
    """Columns, each one int for all or a list, as one dict a row."""
    sizes = {len(column) for column in columns.values() if not isinstance(column, int)}
    if len(sizes) > 1:
        raise ValueError("the columns differ in length")
    size = sizes.pop() if sizes else 1
    whole = {name: [column] * size if isinstance(column, int) else column for name, column in columns.items()}
    if any(not isinstance(value, int) for column in whole.values() for value in column):
        raise ValueError("a column is not integral")
    return [{name: column[i] for name, column in whole.items()} for i in range(size)]


def check_times(times: Sequence[int], *, not_before: int) -> None:
    """Times never go back, and lie in the years 1970 to 9999."""
    if list(times) != sorted(times) or any(not not_before <= at < END_OF_TIMES for at in times):
        raise ValueError("at: a time goes back or lies outside the years 1970 to 9999")


def check_business_dates(legs: Iterable[Leg]) -> None:
    """Every date given is a day, and none after that of the leg's time."""
    for leg in legs:
        if leg.business_date != 0 and not _is_day(leg.business_date):
            raise ValueError("business_date: there is no such day")
        if leg.business_date > local_day(leg.at):
            raise ValueError("business_date: a date is after the day of its leg")


def _is_day(number: int) -> bool:
    try:
        date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError:
        return False
    return True


def shape_faults(leg: Leg, place: int) -> Iterator[Fault]:
    """What is wrong with a leg in itself, at its `place` in the chain."""
    resolving, following = leg.flags & RESOLVING, leg.flags & FOLLOWING
    if leg.flags & ~int(LEG_FLAGS_OF_USERS):
        yield Fault(LegStatus.reserved_flag)
    if resolving == RESOLVING or following == FOLLOWING or (resolving and leg.has(NEVER_WITH_RESOLVING)):
        yield Fault(LegStatus.flags_are_mutually_exclusive)
    if not resolving:
        yield from account_id_faults(leg)
    if resolving and leg.pending_id == 0:
        yield Fault(LegStatus.pending_id_must_not_be_zero)
    if leg.timeout_s != 0 and not leg.has(LegFlag.pending):
        yield Fault(LegStatus.timeout_reserved_for_pending_transfer)
    if leg.has(CLOSING) and not leg.has(LegFlag.pending):
        yield Fault(LegStatus.closing_transfer_must_be_pending)
    if not 1 <= leg.follows <= place if following else leg.follows != 0:
        yield Fault(LegStatus.followed_leg_not_in_chain)
    if leg.amount < 0:
        yield Fault(LegStatus.amount_must_not_be_negative)
    if leg.code == 0 and not resolving:
        yield Fault(LegStatus.code_must_not_be_zero)


def account_id_faults(leg: Leg) -> Iterator[Fault]:
    """What is wrong with the ids of a leg that neither posts nor voids."""
    if leg.debit_account == 0:
        yield Fault(LegStatus.debit_account_id_must_not_be_zero)
    if leg.credit_account == 0:
        yield Fault(LegStatus.credit_account_id_must_not_be_zero)
    if leg.debit_account == leg.credit_account:
        yield Fault(LegStatus.accounts_must_be_different)
    if leg.pending_id != 0:
        yield Fault(LegStatus.pending_id_must_be_zero)


def contradiction_faults(leg: Leg, made: Row) -> Iterator[Fault]:
    """Where a post or void leg contradicts the hold that it names."""
    if leg.debit_account not in (0, made.debit_account):
        yield Fault(LegStatus.pending_transfer_has_different_debit_account_id)
    if leg.credit_account not in (0, made.credit_account):
        yield Fault(LegStatus.pending_transfer_has_different_credit_account_id)
    if leg.code not in (0, made.code):
        yield Fault(LegStatus.pending_transfer_has_different_code)
    posts_all = leg.has(LegFlag.post_pending_transfer) and leg.amount == AMOUNT_MAX
    if leg.amount > made.amount and not posts_all:
        yield Fault(LegStatus.exceeds_pending_transfer_amount)
    if leg.has(LegFlag.void_pending_transfer) and leg.amount not in (0, made.amount):
        yield Fault(LegStatus.pending_transfer_has_different_amount)


def asked_amount(leg: Leg, before: Sequence[Done]) -> int:
    """What a leg asks, given what the legs before it in its chain did."""
    if not leg.has(FOLLOWING):
        return leg.amount
    followed = before[len(before) - leg.follows]
    what_it_follows = followed.moved if leg.has(LegFlag.following_moved) else followed.asked - followed.moved
    return min(leg.amount, what_it_follows)


def new_account(
    *, book: int, unit: int, code: int, flags: int = 0, window: int = 0, window_account: int = 0
) -> Account:
    """An account as a caller asks for it."""
    return Account(book, unit, code, flags, window, window_account)


def row_of(leg: Leg, *, amount: int, made: Row | None = None) -> Row:
    """The row of a leg that moves `amount`; a post or void leg has the hold's accounts and code, and no ceiling."""
    return Row(
        debit_account=made.debit_account if made else leg.debit_account,
        credit_account=made.credit_account if made else leg.credit_account,
        amount=amount,
        flags=leg.flags,
        code=made.code if made else leg.code,
        pending_id=leg.pending_id,
        timeout_s=leg.timeout_s,
        ceiling=NO_CEILING if made else leg.ceiling,
        at=leg.at,
        business_date=leg.business_date or local_day(leg.at),
        reference=leg.reference,
    )


def expiry_row(leg: int, made: Row, expires_at: int) -> Row:
    """The row that gives an expired hold back."""
    return replace(
        made,
        flags=LegFlag.expiry | LegFlag.void_pending_transfer,
        pending_id=leg,
        timeout_s=0,
        ceiling=NO_CEILING,
        at=expires_at,
        business_date=local_day(expires_at),
    )


def reset_row(usage_account: int, window_account: int, usage: int, at: int, reference: int) -> Row:
    """The row that brings a usage other than 0 to 0."""
    return Row(
        debit_account=window_account if usage > 0 else usage_account,
        credit_account=usage_account if usage > 0 else window_account,
        amount=abs(usage),
        flags=LegFlag.window_reset,
        code=RESET_CODE,
        pending_id=0,
        timeout_s=0,
        ceiling=NO_CEILING,
        at=at,
        business_date=local_day(at),
        reference=reference,
    )
