"""An investor's usage accounts: tests of a day, and what is held of all that was bought; and the two of each sale.

A sale's shares are booked: they go onto its own account, which gives no more than it has, so that a redemption above
what is held can't be booked. What was paid waits on the sale's other account as long as the sale may be cancelled.

Worked number: with stated assets of 100,000.00 and a share of 50%, sales of 30,000.00 and 20,000.00 pass and one fen
more does not, however many sales it is split into; cancelling one makes room again.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import MONEY, USAGE
from benyuan.ledger import AccountFlag, Window
from benyuan.ledger.layout import ACCOUNT


class InvestorOwn(IntEnum):
    """An investor's usage accounts, as offsets from the first."""

    tests_day = 0
    bought = 1


class SaleOwn(IntEnum):
    """A sale's accounts, as offsets from the first: the money while it waits, and the shares that are held."""

    waiting = 0
    held = 1


class InvestorAccount(IntEnum):
    """Kinds of account of an investor, in the book of the institution."""

    tests_day = 301
    bought = 302
    held = 303


class InvestorLeg(IntEnum):
    """Kinds of leg. 1 is the ledger's own, for window resets."""

    test = 301
    bought = 302
    given_back = 303
    shares_bought = 304
    shares_given_back = 305


def investor_accounts(*, books: NDArray[np.int64], controls: NDArray[np.int64]) -> NDArray[np.void]:
    """The usage accounts of new investors, each in the order of `InvestorOwn`."""
    template = np.zeros(len(InvestorOwn), ACCOUNT)
    template["unit"] = USAGE
    template["code"] = [InvestorAccount.tests_day, InvestorAccount.bought]
    template["window"] = [Window.day, Window.lifetime]
    made = np.tile(template, len(books))
    made["book"] = np.repeat(books, len(template))
    made["window_account"] = np.where(made["window"] == Window.lifetime, 0, np.repeat(controls, len(template)))
    return made


def sale_accounts(*, books: NDArray[np.int64], waiting: int) -> NDArray[np.void]:
    """The accounts of new sales, each in the order of `SaleOwn`; `waiting`: the code of the first."""
    template = np.zeros(len(SaleOwn), ACCOUNT)
    template["unit"] = [MONEY, USAGE]
    template["code"] = [waiting, InvestorAccount.held]
    template["flags"] = [AccountFlag.debits_must_not_exceed_credits, AccountFlag.credits_must_not_exceed_debits]
    made = np.tile(template, len(books))
    made["book"] = np.repeat(books, len(template))
    return made
