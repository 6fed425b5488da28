"""An amount with the rows that it is made of, and with what is missing from it: nothing untold counts as nought.

Worked number: 100.00 of one body's accounts and 20.00 of another's, the second invented, with a third body untold:
known are 120.00, the amount itself is none, and it rests on something invented.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from benyuan.parties.bodies.sources import INVENTED


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """A row of an amount, fen, below nought where it is taken off: whose, what, in which record or file, its source."""

    body: int
    what: str
    amount_fen: int
    where: str
    source: str


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """What nobody has told of a body."""

    body: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """An amount: its rows, and what is missing."""

    origins: tuple[Origin, ...] = ()
    untold: tuple[Missing, ...] = ()

    @property
    def known_fen(self) -> int:
        """The sum of what is told."""
        return sum(each.amount_fen for each in self.origins)

    @property
    def fen(self) -> int | None:
        """The amount; None while anything is missing."""
        return None if self.untold else self.known_fen

    @property
    def invented(self) -> bool:
        """Whether a row has no document."""
        return any(each.source == INVENTED for each in self.origins)

    def less(self) -> "Tally":
        """The same taken off."""
        return Tally(
            origins=tuple(msgspec.structs.replace(each, amount_fen=-each.amount_fen) for each in self.origins),
            untold=self.untold,
        )


def tally(parts: Iterable[Tally]) -> Tally:
    """Several amounts in one, in their order."""
    held = list(parts)
    return Tally(
        origins=tuple(each for part in held for each in part.origins),
        untold=tuple(dict.fromkeys(each for part in held for each in part.untold)),
    )


def missing(body: int, what: str) -> Tally:
    """An amount that nobody has told."""
    return Tally(untold=(Missing(body=body, what=what),))
