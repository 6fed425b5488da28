"""Usage accounts whose window turns: the reset leg that starts a new period at zero."""

from numba import njit

from benyuan.ledger.kernel.workspace import (
    accounts_of,
    journal,
    remember,
)

MAX = 0x7FFFFFFFFFFFFFFF
WINDOW_RESET = 2048
RESET_CODE = 1
OVERFLOWS_DEBITS_POSTED, OVERFLOWS_CREDITS_POSTED, OVERFLOWS_DEBITS, OVERFLOWS_CREDITS = 32, 33, 34, 35

MICROSECONDS_A_DAY = 86_400_000_000
CHINA_STANDARD_TIME = 28_800_000_000


@njit(cache=True)
def local_day(at):
    """The day (yyyymmdd) in China Standard Time of a time in microseconds since 1970 UTC.

    Days are counted from 1 March of year 0, so that the leap day ends its year; equal to `values.dates.local_day`.
    """
    days = (at + CHINA_STANDARD_TIME) // MICROSECONDS_A_DAY + 719_468
    era = days // 146_097
    day_of_era = days - era * 146_097
    year_of_era = (day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_from_march = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month_from_march + 2) // 5 + 1
    month = month_from_march + 3 if month_from_march < 10 else month_from_march - 9
    year = year_of_era + era * 400 + (1 if month <= 2 else 0)
    return year * 10_000 + month * 100 + day


@njit(cache=True)
def period_of(window, day):
    """The period that a day (yyyymmdd) falls into; 0 for a window that never turns."""
    if window == 0:
        return 0
    if window == 1:
        return day
    if window == 2:
        return day // 100
    return day // 10000


@njit(cache=True)
def overflow_of_reset(w, debit, credit, amount):
    """The overflow that a reset leg would cause, and the account that it would; (0, 0): none."""
    debited = accounts_of(w)[debit]
    credited = accounts_of(w)[credit]
    if amount > MAX - debited.debits_posted:
        return OVERFLOWS_DEBITS_POSTED, debit
    if amount > MAX - credited.credits_posted:
        return OVERFLOWS_CREDITS_POSTED, credit
    if amount > MAX - debited.debits_posted - debited.debits_pending:
        return OVERFLOWS_DEBITS, debit
    if amount > MAX - credited.credits_posted - credited.credits_pending:
        return OVERFLOWS_CREDITS, credit
    return 0, 0


@njit(cache=True)
def turn(w, account, day, at, reference):
    """Bring a usage account into the period of `day`, by a reset leg if it holds any usage.

    Returns (0, 0), or the overflow status and the account that would overflow; the period is set in any case.
    """
    record = accounts_of(w)[account]
    period = period_of(record.window, day)
    if period <= record.period:
        return 0, 0
    remember(w, account)
    record.period = period
    usage = record.debits_posted + record.debits_pending - record.credits_posted
    if usage == 0:
        return 0, 0
    other = record.window_account
    debit = other if usage > 0 else account
    credit = account if usage > 0 else other
    amount = abs(usage)
    status, at_fault = overflow_of_reset(w, debit, credit, amount)
    if status != 0:
        return status, at_fault
    remember(w, other)
    accounts_of(w)[debit].debits_posted += amount
    accounts_of(w)[credit].credits_posted += amount
    journal(w, debit, credit, amount, WINDOW_RESET, RESET_CODE, at, day, reference)
    return 0, 0


@njit(cache=True)
def has_turned(w, account, day):
    """Whether the account's window has turned since `day`."""
    record = accounts_of(w)[account]
    return record.window != 0 and period_of(record.window, day) != record.period
