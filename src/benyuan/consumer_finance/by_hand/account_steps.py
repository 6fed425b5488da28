"""What is done on a pay-later account by hand: purchases, payments, returns, plans, credit given back, write-off.

Each comes to the morning of its day first. Worked number: 150.00 paid where 100.00 is billed and 30.00 is not yet
leaves a credit of 20.00.
"""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from benyuan.consumer_finance.by_hand.accounts import Account, Terms, at_morning, earned, pay_from_credit, spread
from benyuan.consumer_finance.by_hand.days import fen


def open_account(*, terms: Terms, on: dt.date) -> Account:
    """A new account."""
    return Account(terms=terms, day=on)


def buy(account: Account, *, on: dt.date, amount_fen: int) -> Account:
    """A purchase: the customer's credit pays it at once as far as it goes, the rest is unbilled."""
    account = at_morning(account, day=on)
    used_fen = min(account.credit_fen, amount_fen)
    return replace(
        account,
        unbilled_fen=account.unbilled_fen + amount_fen - used_fen,
        credit_fen=account.credit_fen - used_fen,
        used_principal_fen=account.used_principal_fen + used_fen,
    )


def pay(account: Account, *, on: dt.date, amount_fen: int) -> Account:
    """A payment: what is billed in the product's order, then what is unbilled, and the rest is credit."""
    account, over_fen = spread(at_morning(account, day=on), amount_fen)
    return _counted(_beyond_billed(account, over_fen), amount_fen)


def give_back(account: Account, *, on: dt.date, amount_fen: int, bought_on: dt.date) -> Account:
    """A return of a purchase: undone where it is unbilled; money that came in for principal where it is billed."""
    account = at_morning(account, day=on)
    billed = account.stated_on is not None and bought_on <= account.stated_on
    undone_fen = 0 if billed else min(account.unbilled_fen, amount_fen)
    if not billed:
        account = _undone(account, amount_fen, bought_on=bought_on)
        account = replace(account, unbilled_fen=account.unbilled_fen - undone_fen)
    rest_fen = amount_fen - undone_fen
    paid_fen = min(account.principal_fen, rest_fen)
    account = _beyond_billed(replace(account, principal_fen=account.principal_fen - paid_fen), rest_fen - paid_fen)
    return _counted(account, amount_fen) if billed else account


def make_plan(account: Account, *, on: dt.date, amount_fen: int, bought_on: dt.date | None) -> Account:
    """What a plan takes over leaves as a return does: of a purchase, or with None of billed principal."""
    account = at_morning(account, day=on)
    return give_back(account, on=on, amount_fen=amount_fen, bought_on=bought_on or account.stated_on or on)


def pay_out_credit(account: Account, *, on: dt.date, amount_fen: int) -> Account:
    """Credit given back to the customer; at most what there is."""
    account = at_morning(account, day=on)
    assert amount_fen <= account.credit_fen
    return replace(account, credit_fen=account.credit_fen - amount_fen)


def write_off(account: Account, *, on: dt.date) -> Account:
    """All that is owed is billed, and stands still from now on; interest in grace is not owed, and is dropped."""
    account = at_morning(account, day=on)
    exact = account.owed + (account.unbilled_interest if account.revolving else 0)
    interest_fen = fen(exact, rounding=account.terms.rounding)
    account = replace(
        account,
        principal_fen=account.principal_fen + account.unbilled_fen,
        unbilled_fen=0,
        unbilled_interest=Fraction(0),
        anew_on=None,
        interest_fen=account.interest_fen + interest_fen,
        interest_billed_ever_fen=account.interest_billed_ever_fen + interest_fen,
        owed=Fraction(0),
        if_not_paid=Fraction(0),
        due_on=None,
        written_off=True,
    )
    return pay_from_credit(account)


def recover(account: Account, *, on: dt.date, amount_fen: int) -> Account:
    """Money that comes in after the write-off, in the product's order; at most what is still owed."""
    assert account.written_off
    assert amount_fen <= account.billed_fen
    account, _ = spread(at_morning(account, day=on), amount_fen)
    return _counted(account, amount_fen)


def _beyond_billed(account: Account, amount_fen: int) -> Account:
    """Money beyond what is billed: so much less of what is unbilled bears interest from now on; the rest is credit."""
    paid_fen = min(account.unbilled_fen, amount_fen)
    return replace(
        account,
        unbilled_fen=account.unbilled_fen - paid_fen,
        credit_fen=account.credit_fen + amount_fen - paid_fen,
    )


def _undone(account: Account, amount_fen: int, *, bought_on: dt.date) -> Account:
    """The interest that a purchase has borne goes out again, from where it was put, and never below nothing."""
    anew_on = account.anew_on if account.anew_on and account.anew_on > bought_on else bought_on
    since = earned(account.terms, amount_fen, since=anew_on, until=account.day)
    before = earned(account.terms, amount_fen, since=bought_on, until=anew_on)
    return replace(
        account,
        unbilled_interest=max(Fraction(0), account.unbilled_interest - since),
        owed=max(Fraction(0), account.owed - before),
    )


def _counted(account: Account, amount_fen: int) -> Account:
    """What came in counts for the minimum, and for what is missing of earlier ones."""
    missing_fen = max(0, account.missing_fen - amount_fen)
    return replace(
        account,
        paid_since_fen=account.paid_since_fen + amount_fen,
        missing_fen=missing_fen,
        oldest_due_on=account.oldest_due_on if missing_fen else None,
    )
