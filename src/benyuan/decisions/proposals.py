"""What deciding proposes: refusals, accounts to open and legs to post; nothing has happened yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.outcomes import Invalid
from benyuan.ledger.layout import ACCOUNT, LEG
from benyuan.rules import Refusal

NO_RULE = -1
LINKED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Legs:
    """Legs of a batch, command by command.

    `command` is the place of the command in the batch, `rule` the place in the use case's `rules` of the rule that
    refuses where the leg fails.
    """

    legs: NDArray[Any]
    command: NDArray[np.int64]
    rule: NDArray[np.int64]

    def rules(self) -> list[int]:
        """The places of the rules that may have to refuse, each once."""
        named: list[int] = np.flatnonzero(np.bincount(self.rule - NO_RULE)[1:]).tolist()
        return named


def no_legs() -> Legs:
    """Legs of a batch that moves nothing."""
    return Legs(legs=np.zeros(0, LEG), command=np.zeros(0, np.int64), rule=np.zeros(0, np.int64))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """Per command at most one refusal or fault; the rest go to the ledger. `accounts` are records of `ACCOUNT`."""

    refused: Mapping[int, Refusal | Invalid]
    legs: Legs = field(default_factory=no_legs)
    accounts: NDArray[Any] = field(default_factory=lambda: np.zeros(0, ACCOUNT))
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a leg table: which commands have it, its fields, the line it follows, the rule that limits it."""

    where: NDArray[np.bool_]
    fields: Mapping[str, Any]
    follows: int | None
    rule: Any


class LegTable:
    """Builds the legs of a batch column by column: one line for each leg that a command may have, in chain order.

    `add` gives a line for the whole batch; `where` says which commands have it. `build` puts the lines of each command
    together, links them and keeps the commands in order.
    """

    def __init__(self, *, at: NDArray[np.int64], reference: NDArray[np.int64], business_date: Any = None) -> None:
        """`business_date`: the accounting date of each command (yyyymmdd), where it is not the day of `at`."""
        self._at = at
        self._reference = reference
        self._business_date = business_date
        self._lines: list[Line] = []

    def add(
        self,
        *,
        where: NDArray[np.bool_],
        debit: Any,
        credit: Any,
        amount: Any,
        code: int,
        flags: Any = 0,
        ceiling: Any = None,
        follows_line: int | None = None,
        rule: Any = NO_RULE,
        hold: Any = 0,
    ) -> int:
        """Add a line; returns its number. `follows_line` is the number of the line whose leg this one follows.

        Every command that has this line must have the followed one. `rule` may differ from command to command. `hold`:
        the pending leg that this one posts or voids.
        """
        fields = {"debit_account": debit, "credit_account": credit, "amount": amount, "code": code, "flags": flags}
        fields["ceiling"] = np.iinfo(np.int64).max if ceiling is None else ceiling
        fields["pending_id"] = hold
        self._lines.append(Line(where, fields, follows_line, rule))
        return len(self._lines) - 1

    def build(self) -> Legs:
        """The legs, command by command, linked.

        They are laid out as a table, a row a command and a column a line, and those that nobody has are left out of it
        at the end: a column is so written in one go, and need not be scattered.
        """
        if not self._lines:
            return no_legs()
        there = np.stack([line.where for line in self._lines], axis=1)
        places = np.cumsum(there, axis=1, dtype=np.int16) - 1
        made = np.zeros(there.shape, LEG)
        rules = np.empty(there.shape, np.int64)
        for number, line in enumerate(self._lines):
            for name, value in line.fields.items():
                made[name][:, number] = value
            if line.follows is not None:
                made["follows"][:, number] = places[:, number] - places[:, line.follows]
            rules[:, number] = line.rule
        made["flags"] |= np.where(places < places[:, -1:], LINKED, 0).astype(np.uint16)
        made["at"], made["reference"] = self._at[:, np.newaxis], self._reference[:, np.newaxis]
        if self._business_date is not None:
            made["business_date"] = self._business_date[:, np.newaxis]
        chosen = np.flatnonzero(there)
        legs = made.reshape(-1).take(chosen, mode="clip")
        return Legs(legs=legs, command=chosen // there.shape[1], rule=rules.reshape(-1)[chosen])
