"""What is done on a pay-later account by hand: purchases, payments, returns, credit given back.

Each comes to the morning of its day first. Worked number: 150.00 paid where 100.00 is billed leaves a credit of 50.00.
"""

import datetime as dt
from dataclasses import replace

from benyuan.consumer_finance.by_hand.accounts import Account, Purchase, Terms, at_morning, earned, spread


def open_account(*, terms: Terms, on: dt.date) -> Account:
    """A new account."""
    return Account(terms=terms, day=on)


def buy(account: Account, *, on: dt.date, amount_fen: int) -> Account:
    """A purchase; it bears interest from its day of posting on, if any."""
    account = at_morning(account, day=on)
    one = Purchase(bought_on=on, amount_fen=amount_fen, settled_on=on)
    return replace(account, unbilled=(*account.unbilled, one))


def pay(account: Account, *, on: dt.date, amount_fen: int) -> Account:
    """A payment: what is billed in the product's order, and the rest is credit."""
    account, over_fen = spread(at_morning(account, day=on), amount_fen)
    return _counted(replace(account, credit_fen=account.credit_fen + over_fen), amount_fen)


def give_back(account: Account, *, on: dt.date, amount_fen: int, bought_on: dt.date) -> Account:
    """A return of a purchase, whole or in part: undone where it is unbilled, else paid on billed principal first."""
    account = at_morning(account, day=on)
    if any(one.bought_on == bought_on for one in account.unbilled):
        return _undone(account, amount_fen, bought_on=bought_on)
    paid_fen = min(account.principal_fen, amount_fen)
    account = replace(
        account,
        principal_fen=account.principal_fen - paid_fen,
        credit_fen=account.credit_fen + amount_fen - paid_fen,
    )
    return _counted(account, amount_fen)


def pay_out_credit(account: Account, *, on: dt.date, amount_fen: int) -> Account:
    """Credit given back to the customer; at most what there is."""
    account = at_morning(account, day=on)
    assert amount_fen <= account.credit_fen
    return replace(account, credit_fen=account.credit_fen - amount_fen)


def _undone(account: Account, amount_fen: int, *, bought_on: dt.date) -> Account:
    """As if it had never been bought: what it earned before it was settled goes out of what is owed, too."""
    kept, owed = [], account.owed
    for one in account.unbilled:
        out_fen = min(amount_fen, one.amount_fen) if one.bought_on == bought_on else 0
        before = replace(one, amount_fen=out_fen, settled_on=one.bought_on)
        owed -= earned(account.terms, before, until=one.settled_on)
        kept.append(replace(one, amount_fen=one.amount_fen - out_fen))
        amount_fen -= out_fen
    assert amount_fen == 0, "no more is returned than was bought on the day"
    return replace(account, unbilled=tuple(one for one in kept if one.amount_fen), owed=owed)


def _counted(account: Account, amount_fen: int) -> Account:
    """What came in counts for the minimum, and for what is missing of earlier ones."""
    missing_fen = max(0, account.missing_fen - amount_fen)
    return replace(
        account,
        paid_since_fen=account.paid_since_fen + amount_fen,
        missing_fen=missing_fen,
        oldest_due_on=account.oldest_due_on if missing_fen else None,
    )
