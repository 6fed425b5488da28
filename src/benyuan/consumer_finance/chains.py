"""Steps written onto the chains of loans or accounts: ids, pointers to the step before, and the last of each chain."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from benyuan.consumer_finance.columns import Ints, names_of
from benyuan.consumer_finance.vocabulary import LoanStep
from benyuan.decisions.events import Event, event


class Chains:
    """Collects the steps of one batch, one row a loan or account at each call, in the order of their days."""

    def __init__(self, *, owner: str, owners: Ints, last: Ints, position: Ints, next_id: int) -> None:
        """`owner`: the column that names the loan or account; `last`: the last step of each so far."""
        self._owner, self._owners, self._position, self._next = owner, owners, position, next_id
        self.last = last.copy()
        self._fell_due = np.zeros_like(last)
        self._rows: dict[str, list[Ints]] = {}

    def add(
        self, *, place: Ints, on: Ints, kind: int | Ints, amount_fen: Ints, state: Any, position: Ints | None = None
    ) -> None:
        """A step of each of these places, and the state that it leaves; a `due_step` of -1 is the place's latest.

        `position`: of the command whose step it is, where that is not the batch's own.
        """
        ids = np.arange(self._next, self._next + len(place), dtype=np.int64)
        self._next += len(place)
        columns = {name: getattr(state, name) for name in names_of(type(state))}
        if "due_step" in columns:
            falls = np.broadcast_to(np.asarray(kind) == LoanStep.fell_due, ids.shape)
            self._fell_due[place] = np.where(falls, ids, self._fell_due[place])
            columns["due_step"] = np.where(columns["due_step"] == -1, self._fell_due[place], columns["due_step"])
        row = {
            "id": ids,
            self._owner: self._owners[place],
            "previous": self.last[place],
            "position": self._position[place] if position is None else position,
            "on_date": np.broadcast_to(on, ids.shape),
            "kind": np.broadcast_to(np.asarray(kind, np.int64), ids.shape),
            "amount_fen": np.broadcast_to(amount_fen, ids.shape),
            **columns,
        }
        for name, column in row.items():
            self._rows.setdefault(name, []).append(column)
        self.last[place] = ids

    def rows(self, *, mirrored: tuple[str, ...] = ()) -> tuple[dict[str, Ints], dict[str, Ints]]:
        """The steps, and the new last step of each chain that has one; empty where there are none.

        `mirrored`: columns of the last state that stand in the row of the loan or account too.
        """
        if not self._rows:
            return {}, {}
        steps = {name: np.concatenate(parts) for name, parts in self._rows.items()}
        owners, latest = np.unique(steps[self._owner][::-1], return_index=True)
        latest = len(steps["id"]) - 1 - latest
        told = {name: steps[name][latest] for name in mirrored}
        return steps, {"id": owners, "last_step": steps["id"][latest], **told}

    def events(self, *, stepped: str, moved: str, mirrored: tuple[str, ...] = ()) -> Sequence[Event]:
        """The same as events."""
        steps, moves = self.rows(mirrored=mirrored)
        return (*event(stepped, steps), *event(moved, moves))
