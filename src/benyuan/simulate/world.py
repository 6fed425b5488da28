"""What a day of the simulation starts from: who there is, what they will do, what the custodian knows."""

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from benyuan.engine.answers import Answers
from benyuan.engine.group import Group
from benyuan.simulate.custodian import Custodian
from benyuan.simulate.people import Merchants, People
from benyuan.simulate.tickets import Tickets


class Giver(Protocol):
    """Gives commands to the group."""

    group: Group

    def give(self, kind: str, at: Any, **columns: Any) -> Answers:
        """Commands of one kind; `at` is one time or a column of times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUps:
    """One row a top-up, in order of time; `client` counts from 0, `day` is yyyymmdd."""

    client: NDArray[np.int64]
    day: NDArray[np.int64]
    amount_fen: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """An accepted payment that will be refunded on a day: log position, merchant from 0, fen."""

    position: int
    merchant: int
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """An open dispute: its number, the sale, and what the custodian's sums say is held, in fen."""

    number: int
    sale: Sale
    held_fen: int


def nobody() -> NDArray[np.int64]:
    """No ids yet."""
    return np.zeros(0, np.int64)


@dataclass(slots=True, kw_only=True)
class World:
    """Ids that the group gave are columns by client or merchant, 0 where there is none.

    `outgrown`: clients whose wallet has become too small for them. `to_refund`: sales by the day of their refund.
    `to_dispute`: sales with the number of the day of their dispute; `to_decide`: disputes by the day of the decision.
    """

    people: People
    merchants: Merchants
    tickets: Tickets
    top_ups: TopUps
    custodian: Custodian
    draw: np.random.Generator
    tills: np.random.Generator
    institution: int = 0
    person: NDArray[np.int64] = field(default_factory=nobody)
    wallet: NDArray[np.int64] = field(default_factory=nobody)
    bank_account: NDArray[np.int64] = field(default_factory=nobody)
    merchant: NDArray[np.int64] = field(default_factory=nobody)
    outgrown: set[int] = field(default_factory=set)
    to_refund: dict[int, list[Sale]] = field(default_factory=dict)
    to_dispute: list[tuple[int, Sale]] = field(default_factory=list)
    to_decide: dict[int, list[Disputed]] = field(default_factory=dict)
