"""A step of a case that stands for one on each of several days."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tests.cases.reading import known

VERBS = {"closes": "close", "lender_closes": "close_lender"}


def spread(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """`closes: <day>, through: <day>` is the close of each of these days on the next; so is `lender_closes`."""
    (verb,) = [name for name in VERBS if name in entry] or [""]
    if not verb:
        return [entry]
    known(dict(entry), {verb, "through"}, where=verb)
    days = range((entry["through"] - entry[verb]).days + 1)
    closed = [entry[verb] + dt.timedelta(days=number) for number in days]
    return [{VERBS[verb]: date, "on": date + dt.timedelta(days=1)} for date in closed]
