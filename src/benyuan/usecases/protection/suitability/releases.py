"""What waits of sales whose days are over, and the gate of the close of day that asks whether it has gone on.

Source: a rule of the house (`cp.house.exit.released`). The close asks and does not move the money itself: it is one
command and one chain, in which a single sale that can't be moved would undo the whole day; released sale by sale, each
has its own line in the log. Worked: a sale that could be cancelled until 03-15 goes on during 03-16; while it waits,
03-15 can be closed and 03-16 can't.
"""

import numpy as np

from benyuan.consumer_protection.suitability.facts import Ints
from benyuan.consumer_protection.suitability.records import HOLDING, SALE
from benyuan.decisions.books import Books
from benyuan.decisions.usecase import Case, Gate
from benyuan.payments.records import MERCHANT
from benyuan.rules import RulePack
from benyuan.usecases.common import day_exists
from benyuan.values.dates import add_calendar_days

RELEASED = "cp.house.exit.released"


def waiting_sales(books: Books, *, institution: int, cancel_by: int) -> Ints:
    """The sales of an institution's makers that could be cancelled until a day or less, and whose money waits."""
    waits = books.ids(HOLDING)[books.column(HOLDING, "released_on") == 0]
    sales = np.sort(waits[waits > 0])
    over = (books.column(SALE, "cancelled_on")[sales] == 0) & (books.column(SALE, "cancel_by")[sales] <= cancel_by)
    maker = books.column(SALE, "merchant")[sales]
    return np.asarray(sales[over & (books.column(MERCHANT, "institution")[maker] == institution)], np.int64)


def release_facts(books: Books, rules: RulePack, *, institution: int, date: int) -> dict[str, int]:
    """The facts of the gate for the close of a day: the oldest sale that should have gone on, 0 for none; how many."""
    value = rules.in_force(id=RELEASED, on=date) if day_exists(date) else None
    if value is None:
        return {"release_due": 0, "releases_due": 0}
    due = waiting_sales(books, institution=institution, cancel_by=add_calendar_days(date, -value.count))
    return {"release_due": int(due[:1].sum()), "releases_due": len(due)}


def _figures(case: Case, place: int) -> dict[str, int]:
    return {"sale": int(case.facts["release_due"][place]), "due": int(case.facts["releases_due"][place])}


ALL_RELEASED = Gate(
    rule=RELEASED,
    passes=lambda case: np.asarray(case.facts["release_due"] == 0, np.bool_),
    figures=_figures,
    applies=lambda case: np.asarray(case.facts["release_due"] != 0, np.bool_),
)
