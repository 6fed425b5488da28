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


class LegTable:
    """Builds the legs of a batch column by column: one line for each leg that a command may have, in chain order.

    `add` gives a line for the whole batch; `where` says which commands have it. `build` puts the lines of each command
    together, links them and keeps the commands in order.
    """

    def __init__(self, *, at: NDArray[np.int64], reference: NDArray[np.int64]) -> None:
        self._at = at
        self._reference = reference
        self._lines: list[tuple[NDArray[np.bool_], NDArray[Any], NDArray[np.int64]]] = []

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
    ) -> int:
        """Add a line; returns its number. `follows_line` is the number of the line whose leg this one follows.

        Every command that has this line must have the followed one. `rule` may differ from command to command.
        """
        line = np.zeros(len(self._at), LEG)
        line["debit_account"], line["credit_account"] = debit, credit
        line["amount"], line["code"], line["flags"] = amount, code, flags
        line["ceiling"] = np.iinfo(np.int64).max if ceiling is None else ceiling
        line["at"], line["reference"] = self._at, self._reference
        line["follows"] = -1 if follows_line is None else follows_line
        rules = np.broadcast_to(np.asarray(rule, np.int64), where.shape)
        self._lines.append((where, line, rules))
        return len(self._lines) - 1

    def build(self) -> Legs:
        """The legs, command by command, linked."""
        if not self._lines:
            return no_legs()
        present = np.stack([where for where, _, _ in self._lines], axis=1)
        table = np.stack([line for _, line, _ in self._lines], axis=1)
        places = np.cumsum(present, axis=1) - 1
        last = places[:, -1:]
        for number in range(len(self._lines)):
            followed = table["follows"][:, number]
            line = int(followed[0]) if len(followed) else -1
            table["follows"][:, number] = 0 if line < 0 else places[:, number] - places[:, line]
        table["flags"] |= np.where(places < last, LINKED, 0).astype(np.uint16)
        rules = np.stack([rule for _, _, rule in self._lines], axis=1)
        commands = np.broadcast_to(np.arange(len(self._at))[:, None], present.shape)
        return Legs(legs=table[present], command=commands[present], rule=rules[present])
