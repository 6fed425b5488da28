"""Merchants not settled in time (PBoC Announcement [2013] No. 9, art. 30), and those that have begun to trade.

What a dispute holds is excepted as a suspected risk trade, as long as the dispute is open.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.books import Books
from benyuan.payments.disputes import advanced_since, held_since, released_after
from benyuan.payments.flows import OF_MERCHANT
from benyuan.payments.records import DUTY, MERCHANT, PERSON
from benyuan.payments.vocabulary import MERCHANT_STOP_BIT, NAME_LIST_BIT, DutyKind, MerchantStop
from benyuan.values.dates import add_calendar_days


def _waits(books: Books) -> NDArray[np.bool_]:
    """Merchants whose settlement waits: for a suspicion, or because they, or who is behind them, are on a name list."""
    stops, business = books.column(MERCHANT, "stops"), books.column(MERCHANT, "business")
    people = books.column(PERSON, "stops")[books.column(MERCHANT, "principal")]
    listed = ((stops | stops[business]) & MERCHANT_STOP_BIT[MerchantStop.listed]) | (people & NAME_LIST_BIT)
    return np.asarray((stops & MERCHANT_STOP_BIT[MerchantStop.risk_event] | listed) != 0, np.bool_)


def open_duties(
    books: Books, merchants: NDArray[np.int64], *, kind: DutyKind = DutyKind.settlement_overdue
) -> NDArray[np.int64]:
    """The number of each merchant's open duty of a kind; 0 where there is none."""
    kinds, done = books.column(DUTY, "kind"), books.column(DUTY, "done_on")
    wanted = (kinds == kind) & (done == 0) & (books.column(DUTY, "subject_kind") == OF_MERCHANT)
    found = np.zeros(len(books.column(MERCHANT, "account")), np.int64)
    numbers = np.flatnonzero(wanted)
    found[books.column(DUTY, "subject")[numbers]] = numbers
    return found[np.where(merchants < len(found), merchants, 0)]


def began_trading(books: Books, *, institution: int) -> NDArray[np.int64]:
    """The merchants of an institution whose accounts have moved for the first time since the last close."""
    fresh = (books.column(MERCHANT, "institution") == institution) & (books.column(MERCHANT, "normal_since") == 0)
    places = np.flatnonzero(fresh)
    return places[books.has_moved(books.column(MERCHANT, "account")[places])]


def came_since(
    books: Books, merchants: NDArray[np.int64], *, accounts: NDArray[np.int64], date: int
) -> NDArray[np.int64]:
    """What merchants took in after the end of a day (yyyymmdd), less what disputes hold of it, and without advances."""
    came = books.credited_since(accounts, date=date) - advanced_since(books, merchants, date=date)
    return np.asarray(np.maximum(came - held_since(books, merchants, date=date), 0), np.int64)


def overdue(books: Books, *, institution: int, date: int, days: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(merchant, fen) of what was received more than `days` before the end of a day and is not paid out yet.

    Only merchants without an open duty, and none whose settlement waits for a suspicion (art. 30). Looks back through
    the journal only for those that can be overdue at all: not settled up to then, or given back since what a dispute
    had held.
    """
    bound = add_calendar_days(date, -days)
    account, through = books.column(MERCHANT, "account"), books.column(MERCHANT, "settled_through")
    began = books.column(MERCHANT, "normal_since")
    late = (books.column(MERCHANT, "institution") == institution) & (began != 0) & (began <= bound)
    late &= ~_waits(books)
    places = np.flatnonzero(late & ((through < bound) | released_after(books, through)))
    places = places[(books.available(account[places]) > 0) & (open_duties(books, places) == 0)]
    if len(places) == 0:
        return places, places
    unpaid = books.available(account[places]) - came_since(books, places, accounts=account[places], date=bound)
    return places[unpaid > 0], unpaid[unpaid > 0]
