"""Stakes: who holds what part of whom, each an exact fraction, as they stand on a day.

Worked number: 333 of 1,000 and 1 of 3 are different parts; nothing is rounded to per cent on the way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

import numpy as np
from flint import fmpq
from numpy.typing import NDArray

from benyuan.values.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """`part` of the `whole` of each `owned` body, held by its `owner`: four columns of whole numbers of one length."""

    owner: NDArray[np.int64]
    owned: NDArray[np.int64]
    part: NDArray[np.int64]
    whole: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.owner)

    def rows(self) -> Iterator[tuple[int, int, Fraction]]:
        """Owner, owned and the fraction of each."""
        return ((owner, owned, Fraction(part, whole)) for owner, owned, part, whole in _raw(self))

    def exact(self) -> Iterator[tuple[int, int, fmpq]]:
        """The same in FLINT's rationals, which add ten times as fast."""
        return ((owner, owned, fmpq(part, whole)) for owner, owned, part, whole in _raw(self))


def stakes_of(rows: Sequence[tuple[int, int, int, int]]) -> Stakes:
    """Stakes from rows of owner, owned, part and whole. Errors: BadInput, as `checked`."""
    columns = np.array(rows, np.int64).reshape(-1, 4)
    return checked(Stakes(owner=columns[:, 0], owned=columns[:, 1], part=columns[:, 2], whole=columns[:, 3]))


def rational(fraction: Fraction) -> fmpq:
    """A fraction as one of FLINT's."""
    return fmpq(fraction.numerator, fraction.denominator)


def fraction(number: fmpq) -> Fraction:
    """One of FLINT's rationals as a fraction."""
    return Fraction(int(number.p), int(number.q))


def checked(stakes: Stakes) -> Stakes:
    """The stakes, where they can be.

    Errors: BadInput names the first that is no part of a whole, or that a body holds of itself, or a body of which more
    is held than there is.
    """
    for owner, owned, part, whole in _raw(stakes):
        if whole < 1 or not 0 < part <= whole:
            raise BadInput("part", f"{part} of {whole}", "a part of the whole, more than nothing")
        if owner == owned:
            raise BadInput(
                "owner", owner, "another body: shares that a body holds of itself have no vote and no interest"
            )
    ordered = sorted(stakes.rows(), key=lambda row: row[1])
    for owned, held in groupby(ordered, key=lambda row: row[1]):
        total = sum((fraction for _, _, fraction in held), Fraction(0))
        if total > 1:
            raise BadInput("owned", owned, f"a body of which no more than the whole is held; {total} is")
    return stakes


def _raw(stakes: Stakes) -> Iterator[tuple[int, int, int, int]]:
    columns = (stakes.owner, stakes.owned, stakes.part, stakes.whole)
    return zip(*(column.tolist() for column in columns), strict=True)
