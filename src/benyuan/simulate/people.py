"""The people and merchants of the simulation, and their habits; all seeded.

Persons ask for the class of wallet that suits what they will spend, and bring so many outside channels of
verification; some bring one too few and are refused, and then ask for the next class down. Most name a card behind
the wallet, so that what the balance doesn't cover is taken from there; a few never gave their bank the mandate.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.simulate.clients import ALL_CLIENTS, Clients
from benyuan.simulate.seeds import Stream, generator

MERCHANTS = 2_000
FEWEST_MERCHANTS = 20
RANK_OFFSET = 1.5  # the largest takes 6% of the tickets, the smallest 0.01%
FIRMS_SHARE = 0.3

CARD_BEHIND_SHARE = 0.92
MANDATE_SHARE = 0.995
AGREEMENT_SHARE = 0.3
AGREED_DAILY_FEN = 2_000_000

DAILY, WEEKLY, FOUR_WEEKLY = 1, 7, 28
CYCLES = (DAILY, WEEKLY, FOUR_WEEKLY)
CYCLE_SHARES = (0.55, 0.35, 0.10)
LARGEST_SETTLED_FOUR_WEEKLY = 2

CLASSES = ("I", "II", "III")
# By what a person will spend in the months, up to so many fen: shares of the classes asked for.
SPENDING_FEN = (100_000, 5_000_000)
CLASS_SHARES = ((0.60, 0.40, 0.00), (0.04, 0.86, 0.10), (0.00, 0.35, 0.65))
# Channels that persons bring: so many for the class asked for, by share.
CHANNELS_BROUGHT = ((1, 2, 2), (2, 3, 4), (4, 5, 6))
CHANNELS_SHARES = (0.06, 0.64, 0.30)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """One row a client. `wallet_class` is the place in CLASSES of the class asked for."""

    wallet_class: NDArray[np.int64]
    channels: NDArray[np.int64]
    has_mandate: NDArray[np.bool_]
    card_behind: NDArray[np.bool_]
    agreed_daily_fen: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.channels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merchants:
    """One row a merchant, the largest first. `cycle` in days; settled on days whose number leaves `phase` over."""

    share: NDArray[np.float64]
    is_firm: NDArray[np.bool_]
    cycle: NDArray[np.int64]
    phase: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.share)

    def settled_on(self, number: int) -> NDArray[np.bool_]:
        """Who is settled on the day with this number."""
        due: NDArray[np.bool_] = number % self.cycle == self.phase
        return due


def people_of(clients: Clients) -> People:
    """A person for each client."""
    draw, count = generator(Stream.people), len(clients)
    spending = np.searchsorted(SPENDING_FEN, clients.bought_fen.sum(axis=1))
    bounds = np.cumsum(np.array(CLASS_SHARES), axis=1)
    wanted = np.minimum((draw.random(count)[:, None] >= bounds[spending]).sum(axis=1), len(CLASSES) - 1)
    brought = np.searchsorted(np.cumsum(CHANNELS_SHARES)[:-1], draw.random(count))
    return People(
        wallet_class=wanted,
        channels=np.array(CHANNELS_BROUGHT)[wanted, brought],
        has_mandate=draw.random(count) < MANDATE_SHARE,
        card_behind=draw.random(count) < CARD_BEHIND_SHARE,
        agreed_daily_fen=np.where(draw.random(count) < AGREEMENT_SHARE, AGREED_DAILY_FEN, 0),
    )


def merchants_of(clients: Clients) -> Merchants:
    """2,000 merchants for all clients, fewer for fewer."""
    draw = generator(Stream.merchants)
    count = max(MERCHANTS * len(clients) // ALL_CLIENTS, FEWEST_MERCHANTS)
    weight = 1 / (np.arange(count) + RANK_OFFSET)
    cycle = np.array(CYCLES)[np.searchsorted(np.cumsum(CYCLE_SHARES)[:-1], draw.random(count))]
    cycle[:LARGEST_SETTLED_FOUR_WEEKLY] = FOUR_WEEKLY
    return Merchants(
        share=weight / weight.sum(),
        is_firm=draw.random(count) < FIRMS_SHARE,
        cycle=cycle,
        phase=draw.integers(0, cycle),
    )
