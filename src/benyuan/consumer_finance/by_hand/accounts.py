"""A pay-later account by hand: it walks from night to night.

docs/algorithms/pay-later.md says what holds. Worked number: 1,000.00 bought on the 5th and never paid bears interest
from the 5th on, once the due day of its statement has passed.
"""

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction

from benyuan.consumer_finance.by_hand.days import ONE_DAY, PPM, fen, night, nights
from benyuan.consumer_finance.vocabulary import (
    AccountOrder,
)
from benyuan.values.daycount import DayCount
from benyuan.values.rounding import Rounding

PARTS = {
    AccountOrder.fees_interest_principal: ("fees", "interest", "principal"),
    AccountOrder.interest_principal_fees: ("interest", "principal", "fees"),
    AccountOrder.principal_interest_fees: ("principal", "interest", "fees"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an account was agreed on. Rate a year and shares in millionths."""

    statement_day: int
    due_days: int
    day_count: DayCount
    rounding: Rounding
    rate_ppm: int
    floor_fen: int
    share_ppm: int
    late_floor_fen: int
    late_share_ppm: int
    order: AccountOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account at the morning of `day`, and after what was done on it.

    `unbilled_interest`: what purchases since the last statement have earned that is in no other interest, exact, from
    their own days or from `anew_on`, if any; `owed`: interest since the last statement that is owed; `if_not_paid`:
    interest that is owed only if the statement is not paid whole by its due day. `stated_on`: the last statement day.
    """

    terms: Terms
    day: dt.date
    unbilled_fen: int = 0
    unbilled_interest: Fraction = Fraction(0)
    anew_on: dt.date | None = None
    stated_on: dt.date | None = None
    principal_fen: int = 0
    interest_fen: int = 0
    fees_fen: int = 0
    credit_fen: int = 0
    revolving: bool = False
    owed: Fraction = Fraction(0)
    if_not_paid: Fraction = Fraction(0)
    due_on: dt.date | None = None
    minimum_fen: int = 0
    paid_since_fen: int = 0
    missing_fen: int = 0
    oldest_due_on: dt.date | None = None
    interest_billed_ever_fen: int = 0
    fees_ever_fen: int = 0
    used_principal_fen: int = 0
    used_interest_fen: int = 0
    used_fees_fen: int = 0
    written_off: bool = False

    @property
    def billed_fen(self) -> int:
        """What statements have asked for and nobody has paid yet."""
        return self.principal_fen + self.interest_fen + self.fees_fen

    @property
    def interest_ever_fen(self) -> int:
        """All interest that the account has made."""
        exact = self.owed + (self.unbilled_interest if self.revolving else 0)
        return self.interest_billed_ever_fen + fen(exact, rounding=self.terms.rounding)


def earned(terms: Terms, amount_fen: int, *, since: dt.date, until: dt.date) -> Fraction:
    """What an amount earns in the nights between two days, exact; nothing where `until` is not after `since`."""
    return amount_fen * Fraction(terms.rate_ppm, PPM) * nights(since=since, until=until, day_count=terms.day_count)


def at_morning(account: Account, *, day: dt.date) -> Account:
    """The account at the morning of a day: every night before it, the due day first and then the statement."""
    while account.day < day:
        yesterday = account.day
        if account.written_off:
            return replace(account, day=day)
        account = _after_night(account)
        if account.due_on == yesterday:
            account = _due_day_passed(account)
        if yesterday.day == account.terms.statement_day:
            account = _stated(account)
    return account


def _after_night(account: Account) -> Account:
    """One night's interest: on billed principal owed where the account revolves, else only if it is not paid whole."""
    year = night(day=account.day, day_count=account.terms.day_count)
    interest = account.principal_fen * Fraction(account.terms.rate_ppm, PPM) * year
    return replace(
        account,
        day=account.day + ONE_DAY,
        unbilled_interest=account.unbilled_interest
        + account.unbilled_fen * Fraction(account.terms.rate_ppm, PPM) * year,
        owed=account.owed + (interest if account.revolving else 0),
        if_not_paid=account.if_not_paid + (0 if account.revolving else interest),
    )


def _stated(account: Account) -> Account:
    """The statement: purchases are billed, interest that is owed becomes whole fen, credit pays what it can."""
    new, terms = account.unbilled_interest, account.terms
    missing_fen = max(account.missing_fen - account.interest_fen - account.fees_fen, 0)
    exact = account.owed + (new if account.revolving else 0)
    interest_fen = fen(exact, rounding=terms.rounding)
    account = replace(
        account,
        unbilled_fen=0,
        unbilled_interest=Fraction(0),
        anew_on=None,
        stated_on=account.day - ONE_DAY,
        principal_fen=account.principal_fen + account.unbilled_fen,
        interest_fen=account.interest_fen + interest_fen,
        interest_billed_ever_fen=account.interest_billed_ever_fen + interest_fen,
        owed=Fraction(0),
        if_not_paid=Fraction(0) if account.revolving else account.if_not_paid + new,
    )
    account = replace(pay_from_credit(account), paid_since_fen=0)
    if account.billed_fen == 0:
        return _nothing_asked(account)
    return replace(
        account,
        minimum_fen=_minimum_fen(account, missing_fen),
        due_on=account.day - ONE_DAY + dt.timedelta(days=terms.due_days),
    )


def _nothing_asked(account: Account) -> Account:
    """A statement of nothing: no due day, and no condition on which interest could hang."""
    return replace(
        account,
        revolving=False,
        if_not_paid=Fraction(0),
        minimum_fen=0,
        due_on=None,
        missing_fen=0,
        oldest_due_on=None,
    )


def _minimum_fen(account: Account, missing_fen: int) -> int:
    """The least that a statement asks for; `missing_fen` is the principal that is missing of earlier minimums."""
    terms = account.terms
    share_fen = fen(account.principal_fen * Fraction(terms.share_ppm, PPM), rounding=Rounding.up)
    asked_fen = share_fen + account.interest_fen + account.fees_fen + min(missing_fen, account.principal_fen)
    return min(account.billed_fen, max(terms.floor_fen, asked_fen))


def _due_day_passed(account: Account) -> Account:
    """The morning after the due day: in grace where all is paid, else revolving; a late fee under the minimum."""
    due_on = account.due_on
    assert due_on is not None
    account = replace(account, due_on=None, missing_fen=0)
    if account.billed_fen == 0:
        return _in_grace(account)
    account = replace(account, owed=account.owed + account.if_not_paid, if_not_paid=Fraction(0), revolving=True)
    missing_fen = min(account.minimum_fen - account.paid_since_fen, account.billed_fen)
    if missing_fen <= 0:
        return replace(account, oldest_due_on=None)
    fee_fen = _late_fee_fen(account.terms, missing_fen)
    return replace(
        account,
        fees_fen=account.fees_fen + fee_fen,
        fees_ever_fen=account.fees_ever_fen + fee_fen,
        missing_fen=missing_fen + fee_fen,
        oldest_due_on=account.oldest_due_on or due_on,
    )


def _in_grace(account: Account) -> Account:
    """All was paid: interest on condition is dropped; what new purchases earned while it revolved stays owed."""
    account = replace(account, if_not_paid=Fraction(0), oldest_due_on=None)
    if not account.revolving:
        return account
    return replace(
        account,
        revolving=False,
        owed=account.owed + account.unbilled_interest,
        unbilled_interest=Fraction(0),
        anew_on=account.day,
    )


def _late_fee_fen(terms: Terms, missing_fen: int) -> int:
    """The greater of a floor and a share of what is missing, and never more than that."""
    share_fen = fen(missing_fen * Fraction(terms.late_share_ppm, PPM), rounding=Rounding.half_up)
    return min(missing_fen, max(terms.late_floor_fen, share_fen))


def pay_from_credit(account: Account) -> Account:
    """The customer's credit pays what is billed, as far as it goes."""
    after, left_fen = spread(account, account.credit_fen)
    return replace(
        after,
        credit_fen=left_fen,
        used_principal_fen=account.used_principal_fen + account.principal_fen - after.principal_fen,
        used_interest_fen=account.used_interest_fen + account.interest_fen - after.interest_fen,
        used_fees_fen=account.used_fees_fen + account.fees_fen - after.fees_fen,
    )


def spread(account: Account, amount_fen: int) -> tuple[Account, int]:
    """Money over what is billed, part by part in the product's order, and what is left of it."""
    billed = {"fees": account.fees_fen, "interest": account.interest_fen, "principal": account.principal_fen}
    for part in PARTS[account.terms.order]:
        paid_fen = min(billed[part], amount_fen)
        billed[part] -= paid_fen
        amount_fen -= paid_fen
    account = replace(
        account, fees_fen=billed["fees"], interest_fen=billed["interest"], principal_fen=billed["principal"]
    )
    return account, amount_fen
