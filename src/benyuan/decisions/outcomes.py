"""The answer to a command: accepted with its results, refused by a rule, or invalid."""

from enum import IntEnum
from typing import Any

import msgspec

from benyuan.decisions.parcels import TurnedAway
from benyuan.rules import Refusal

HIDDEN = "(personal: not kept)"
"""What stands in a fault in place of a personal value."""


class Outcome(IntEnum):
    """How a command ended. A command that can't be logged at all (no key, a time that goes back) is `unlogged`."""

    accepted = 0
    refused = 1
    invalid = 2
    unlogged = 3


class Invalid(msgspec.Struct, frozen=True, kw_only=True):
    """Bad input: the field, the value, and the constraint that it does not meet."""

    field: str
    value: Any
    constraint: str

    def text(self) -> str:
        """One plain sentence."""
        return f"{self.field}: {self.value!r} does not fit: {self.constraint}"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the client is told. `position` is the command's place in the log, by which `why` explains it (0: unlogged).

    `results` is filled for an accepted command, `refusal` for a refused one, `invalid` for the rest. `repeated` is
    true where an earlier request with the same client and key had this answer already. `turned_away`: records of an
    accepted parcel that were not taken.
    """

    position: int
    kind: str
    outcome: Outcome
    at: int
    results: dict[str, Any] = {}
    refusal: Refusal | None = None
    invalid: Invalid | None = None
    repeated: bool = False
    turned_away: list[TurnedAway] = []

    @property
    def accepted(self) -> bool:
        """Whether the command was carried out."""
        return self.outcome is Outcome.accepted
