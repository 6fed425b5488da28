"""A month's purchases split into tickets, each with a day, a second, a merchant and a way to pay; all seeded.

A client-month is split into 1 to 12 tickets: one more for each 180 yuan or so, by lognormal weights. Tickets of a
client-month add up to what was bought, to the fen. Worked number: 391.40 yuan at 180 a ticket is three tickets.
"""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.payments.vocabulary import Authentication, Channel
from benyuan.simulate.clients import MONTHS, Clients
from benyuan.simulate.seeds import Stream, generator

MOST_TICKETS = 12
TYPICAL_TICKET_FEN = 18_000
TYPICAL_SPREAD = 0.5
TICKET_SPREAD = 0.9
OPENS_SECOND, SHUTS_SECOND = 9 * 3600, 22 * 3600

CHANNELS = [channel.value for channel in Channel]
AUTHENTICATIONS = [authentication.value for authentication in Authentication]
# By size of ticket, up to so many fen: shares of the channels, and of the ways to authenticate, in their own order.
SIZES_FEN = (5_000, 50_000, 300_000)
CHANNEL_SHARES = ((0.35, 0.15, 0.35, 0.15), (0.20, 0.20, 0.25, 0.35), (0.05, 0.15, 0.10, 0.70), (0.0, 0.05, 0.05, 0.90))
AUTHENTICATION_SHARES = ((0.85, 0.15, 0.0), (0.55, 0.43, 0.02), (0.05, 0.75, 0.20), (0.0, 0.15, 0.85))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tickets:
    """One row a purchase, in order of time. `client` counts from 0, `day` is yyyymmdd, `second` of that day in China.

    `channel` and `authentication` are places in CHANNELS and AUTHENTICATIONS, `merchant` counts from 0; `code` is the
    number of the code that the payer shows, 0 by other channels.
    """

    client: NDArray[np.int64]
    day: NDArray[np.int64]
    second: NDArray[np.int64]
    amount_fen: NDArray[np.int64]
    merchant: NDArray[np.int64]
    channel: NDArray[np.int64]
    authentication: NDArray[np.int64]
    code: NDArray[np.int64]

    def chosen(self, places: slice | NDArray[np.int64]) -> "Tickets":
        """The tickets at these places."""
        return Tickets(**{name: getattr(self, name)[places] for name in self.__dataclass_fields__})


def tickets_of(clients: Clients, *, merchant_shares: NDArray[np.float64]) -> Tickets:
    """All purchases of these clients."""
    draw = generator(Stream.tickets)
    client, month = np.nonzero(clients.bought_fen)
    bought = clients.bought_fen[client, month]
    counts = ticket_counts(bought, draw)
    amounts = split(bought, counts, draw)
    client, month = np.repeat(client, counts), np.repeat(month, counts)
    day = days_of(month, draw)
    second = draw.integers(OPENS_SECOND, SHUTS_SECOND, len(day))
    ways = generator(Stream.ways)
    merchant = np.searchsorted(np.cumsum(merchant_shares), ways.random(len(day)))
    size = np.searchsorted(SIZES_FEN, amounts)
    columns = {
        "client": client,
        "day": day,
        "second": second,
        "amount_fen": amounts,
        "merchant": np.minimum(merchant, len(merchant_shares) - 1),
        "channel": chosen(CHANNEL_SHARES, size, ways),
        "authentication": chosen(AUTHENTICATION_SHARES, size, ways),
    }
    columns["code"] = codes_of(columns["channel"])
    order = np.lexsort((client, second, day))
    return Tickets(**{name: column[order].astype(np.int64) for name, column in columns.items()})


def codes_of(channel: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number of eighteen digits for each payment by a payer's code; no two of this seed are alike."""
    drawn = generator(Stream.codes).integers(10**17, 10**18, len(channel))
    codes: NDArray[np.int64] = np.where(channel == CHANNELS.index(Channel.payer_code.value), drawn, 0)
    return codes


def ticket_counts(bought_fen: NDArray[np.int64], draw: np.random.Generator) -> NDArray[np.int64]:
    """Into how many tickets each sum is split: 1 to 12."""
    typical = TYPICAL_TICKET_FEN * draw.lognormal(0.0, TYPICAL_SPREAD, len(bought_fen))
    return np.clip(np.ceil(bought_fen / typical), 1, MOST_TICKETS).astype(np.int64)


def split(sums_fen: NDArray[np.int64], counts: NDArray[np.int64], draw: np.random.Generator) -> NDArray[np.int64]:
    """Each sum as that many parts of at least 1 fen, by lognormal weights; the last part takes what rounding leaves.

    A sum must be at least its count.
    """
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    weights = draw.lognormal(0.0, TICKET_SPREAD, int(counts.sum()))
    whole = np.repeat(np.add.reduceat(weights, starts), counts) if len(counts) else weights
    parts = 1 + np.floor(np.repeat(sums_fen - counts, counts) * (weights / whole)).astype(np.int64)
    if len(counts):
        parts[starts + counts - 1] += sums_fen - np.add.reduceat(parts, starts)
    return parts


def days_of(month: NDArray[np.int64], draw: np.random.Generator) -> NDArray[np.int64]:
    """A day of each month, as yyyymmdd."""
    lengths = np.array([monthrange(each // 100, each % 100)[1] for each in MONTHS])
    before: NDArray[np.int64] = (draw.random(len(month)) * lengths[month]).astype(np.int64)
    days: NDArray[np.int64] = np.array(MONTHS)[month] * 100 + 1 + before
    return days


def chosen(
    shares: tuple[tuple[float, ...], ...], row: NDArray[np.int64], draw: np.random.Generator
) -> NDArray[np.int64]:
    """For each draw the place of a share in its row."""
    bounds = np.cumsum(np.array(shares), axis=1)
    drawn = draw.random(len(row))
    places: NDArray[np.int64] = np.minimum((drawn[:, None] >= bounds[row]).sum(axis=1), bounds.shape[1] - 1)
    return places


def all_days() -> list[int]:
    """Every day of the months, as yyyymmdd."""
    return [month * 100 + day for month in MONTHS for day in range(1, monthrange(month // 100, month % 100)[1] + 1)]


def at_us(day: int, second: int = 0) -> int:
    """A second of a day in China, in microseconds since 1970 UTC."""
    zone = dt.timezone(dt.timedelta(hours=8))
    midnight = dt.datetime(day // 10_000, day // 100 % 100, day % 100, tzinfo=zone)
    return (int(midnight.timestamp()) + second) * 1_000_000
