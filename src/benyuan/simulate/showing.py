"""The codes that clients of the simulation show at the till, and the payments of a day with them, in order of time.

A code belongs to one ticket and holds until a minute after it is to be shown. Phones fetch theirs three times a day,
all at once: every call is a commit, and one for each payment would make a demo of minutes. A few codes are shown too
late; a few are scanned a second time half a second later, by somebody who did not see the first answer.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.payments.vocabulary import Channel
from benyuan.simulate.tickets import CHANNELS, Tickets, at_us

SECOND_US = 1_000_000
HOUR = 3_600
FETCHED_AT = (9 * HOUR, 13 * HOUR, 17 * HOUR)
"""Seconds of the day."""
CODE_LIFE_US = 60 * SECOND_US
LATE_CODE_SHARE = 0.002
SCANNED_TWICE_SHARE = 0.002
SCANNED_AGAIN_AFTER_US = SECOND_US // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """The payments of a part of a day: the place of each one's ticket, and when.

    `issued_at` is before all of them; `issued`: the payments for which a code is issued then, with its `expires_at`.
    """

    place: NDArray[np.int64]
    at: NDArray[np.int64]
    issued_at: int
    issued: NDArray[np.int64]
    expires_at: NDArray[np.int64]


def showings(tickets: Tickets, *, day: int, draw: np.random.Generator) -> list[Showing]:
    """The payments of a day's tickets, part by part."""
    scanned = tickets.channel == CHANNELS.index(Channel.payer_code.value)
    again = np.flatnonzero(scanned & (draw.random(len(scanned)) < SCANNED_TWICE_SHARE))
    late = draw.random(len(scanned)) < LATE_CODE_SHARE
    place = np.concatenate([np.arange(len(scanned)), again])
    at = at_us(day) + tickets.second * SECOND_US
    at = np.concatenate([at, at[again] + SCANNED_AGAIN_AFTER_US])
    order = np.argsort(at, kind="stable")
    place, at, first = place[order], at[order], order < len(scanned)
    made = []
    begins = [at_us(day, second) for second in FETCHED_AT]
    bounds = [*np.searchsorted(at, begins).tolist(), len(at)]
    for issued_at, begin, end in zip(begins, bounds, bounds[1:], strict=False):
        part = slice(begin, end)
        issued = np.flatnonzero(scanned[place[part]] & first[part])
        expires = at[part] + np.where(late[place[part]], -CODE_LIFE_US, CODE_LIFE_US)
        made.append(
            Showing(
                place=place[part],
                at=at[part],
                issued_at=issued_at,
                issued=issued,
                expires_at=np.maximum(expires, issued_at + 1)[issued],
            )
        )
    return made
