"""Parcels: records that come with a command in bulk, as columns of integers.

They lie beside the log in pages that can be erased record by record; the log holds how many there were and a salted
commitment to each page. A layout says which columns there are; its first column is the owner, by which records are
found again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Columns of one kind of record, known in stored pages by its number."""

    number: int
    name: str
    dtype: np.dtype[Any]

    @property
    def owner(self) -> str:
        """The column by which records are found."""
        names: tuple[str, ...] = self.dtype.names or ()
        return names[0]


LAYOUTS: dict[int, Layout] = {}
"""Every layout by its number."""


def layout(number: int, name: str, columns: Sequence[tuple[str, type[np.integer[Any]]]]) -> Layout:
    """Declare a layout, and make it known. Errors: AssertionError where the number is another's."""
    made = Layout(number=number, name=name, dtype=np.dtype(list(columns)))
    if LAYOUTS.setdefault(number, made).name != name:
        raise AssertionError(f"layout {number} is {LAYOUTS[number].name} already")
    return made


class TurnedAway(msgspec.Struct, frozen=True, kw_only=True):
    """Records of a parcel that were not taken, by a rule or for a field; `places` are theirs in what was sent, from 0.

    What was in them is not kept; nor are their places, once something of the parcel has been erased.
    """

    places: list[int] = []
    rule: str = ""
    field: str = ""
    constraint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """Which records of a parcel are taken, and for those that are not the first thing that speaks against them."""

    kept: NDArray[np.bool_]
    turned_away: Sequence[TurnedAway] = ()


class Sieve:
    """Asks one thing of the records after another; a record is turned away by the first that it fails."""

    def __init__(self, count: int) -> None:
        self._kept = np.ones(count, np.bool_)
        self._turned_away: list[TurnedAway] = []

    def fault(self, wrong: Any, *, field: str, constraint: str) -> None:
        """Turn away where a field is wrong."""
        self._turn(wrong, field=field, constraint=constraint)

    def refuse(self, wrong: Any, *, rule: str) -> None:
        """Turn away where a rule forbids the record."""
        self._turn(wrong, rule=rule)

    def sifted(self) -> Sifted:
        """What is left."""
        return Sifted(kept=self._kept, turned_away=self._turned_away)

    def _turn(self, wrong: Any, **why: str) -> None:
        places = np.flatnonzero(np.broadcast_to(wrong, self._kept.shape) & self._kept)
        if len(places):
            self._turned_away.append(TurnedAway(places=places.tolist(), **why))
            self._kept[places] = False
