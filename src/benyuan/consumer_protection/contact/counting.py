"""How often a debtor was reached on a day of their own, and for how many days they could not be, over all who collect.

A call counts in a day where it fell into it, or bore the same local date by the zone that it was made by: a move frees
nothing. Worked: three calls by 08:14 in China; one at 16:30, where the debtor has moved to and it is 08:15 of the same
date, finds three and is the fourth. A debtor who was tried and not reached on each of the 7 days before is out
of reach for 7 days; one day without a try ends the row.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.contact.local import US_PER_DAY, local
from benyuan.consumer_protection.contact.records import CONTACT, PLAN
from benyuan.consumer_protection.contact.vocabulary import ADDRESSEE_NUMBER, MEANS_NUMBER, Addressee, ContactMeans
from benyuan.decisions.books import Books
from benyuan.values.days import dates_of, day_numbers

Ints = NDArray[np.int64]
COLUMNS = ("addressee", "means", "effective", "asked_to_stop", "made_at", "local_date")


def contacts_with(books: Books, borrower: int) -> dict[str, Ints]:
    """All contacts about a borrower's debts, in order."""
    places = books.all_with(CONTACT, "borrower", borrower)
    return {name: books.column(CONTACT, name)[places] for name in COLUMNS}


def reached_on(contacts: dict[str, Ints], *, addressee: int, at_us: int, zone: int) -> int:
    """The calls that reached debtor or guarantor on the local day of an instant, those after it on the day too."""
    day = local(np.array([at_us]), np.array([zone]))
    made_at, begins = contacts["made_at"], int(day.midnight_at[0])
    within = (made_at >= begins) & (made_at < begins + US_PER_DAY)
    calls = (contacts["means"] == MEANS_NUMBER[ContactMeans.call]) & (contacts["effective"] != 0)
    on_day = within | (contacts["local_date"] == day.date[0])
    return int((calls & on_day & (contacts["addressee"] == addressee)).sum())


def planned_on(books: Books, borrower: int, *, addressee: int, at_us: int, zone: int, over: int) -> int:
    """The calls planned for the local day of an instant that were not made; those planned before `over` are over."""
    day = local(np.array([at_us]), np.array([zone]))
    places = books.all_with(PLAN, "borrower", borrower)
    held = {name: books.column(PLAN, name)[places] for name in ("means", "addressee", "contact", "contact_at", "zone")}
    begins, planned_at = int(day.midnight_at[0]), held["contact_at"]
    within = (planned_at >= begins) & (planned_at < begins + US_PER_DAY)
    on_day = within | (local(planned_at, held["zone"]).date == day.date[0])
    open_calls = (held["means"] == MEANS_NUMBER[ContactMeans.call]) & (held["contact"] == 0) & (planned_at >= over)
    return int((open_calls & on_day & (held["addressee"] == addressee)).sum())


def days_out_of_reach(contacts: dict[str, Ints], *, at_us: int, zone: int) -> int:
    """For how many days in a row up to the day before the debtor was tried and not reached; 0 if reached today."""
    today = int(day_numbers(local(np.array([at_us]), np.array([zone])).date)[0])
    debtor = contacts["addressee"] == ADDRESSEE_NUMBER[Addressee.debtor]
    tried = set(contacts["local_date"][debtor].tolist())
    reached = set(contacts["local_date"][debtor & (contacts["effective"] != 0)].tolist())
    if int(dates_of(np.array([today]))[0]) in reached:
        return 0
    for back in range(1, len(tried) + 1):
        date = int(dates_of(np.array([today - back]))[0])
        if date not in tried or date in reached:
            return back - 1
    return len(tried)


def others_refused(contacts: dict[str, Ints]) -> int:
    """How many who are neither debtor nor guarantor have asked not to be contacted."""
    other = contacts["addressee"] == ADDRESSEE_NUMBER[Addressee.other]
    return int((other & (contacts["asked_to_stop"] != 0)).sum())
