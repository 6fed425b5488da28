"""The thirty people: seeded birthdays, but for one who is old and one who studies; valid numbers, invented names."""

import datetime as dt
from typing import Any

from benyuan.parties.check_digits import mod_11_2
from benyuan.simulate.identities import REGIONS, someone
from benyuan.simulate.seeds import Stream, generator
from benyuan.values.dates import to_yyyymmdd

PEOPLE = 30
INVESTORS = 12
"""The first so many take the test of what they can bear; those after them borrow."""
ELDER, STUDENT = 4, 30
BORN = {ELDER: 19580512, STUDENT: 20060309}
EARLIEST, LATEST = dt.date(1966, 1, 1), dt.date(2000, 12, 31)


def everybody() -> list[dict[str, Any]]:
    """The fields of `register_person` and `register_borrower` of each, but for the firm; the first is number 1."""
    days = (LATEST - EARLIEST).days
    drawn = generator(Stream.protected).integers(0, days, PEOPLE).tolist()
    born = [BORN.get(n, to_yyyymmdd(EARLIEST + dt.timedelta(days=day))) for n, day in enumerate(drawn, 1)]
    return [{**someone(n), "number": _number(n, on)} for n, on in enumerate(born, 1)]


def _number(n: int, born: int) -> str:
    body = f"{REGIONS[n % len(REGIONS)]}{born}{n * 2 + 1:03d}"
    return body + mod_11_2(body)
