"""Blocks read back: commands, outcomes and journal rows, decoded once and kept for a while."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch, NoSuchColumn
from benyuan.decisions.checking import fields_of, with_defaults
from benyuan.decisions.commands import REGISTRY
from benyuan.engine.blocks import Block
from benyuan.engine.codec import array, decoded, thick, unpacked, unpacked_columns
from benyuan.engine.store import Store, StoreDamaged
from benyuan.ledger.layout import ROW
from benyuan.rules import UnknownRule
from benyuan.values.dates import local_day

KEPT = 64
OF_BEFORE = (UnknownRule, NoSuchColumn)
"""What this release asks of an earlier one that did not know it: a rule not in its pack, a column not in its log."""


class Opened:
    """A block with its JSON read; columns are made when they are first asked for."""

    def __init__(self, block: Block) -> None:
        """Read the block. Errors: ValueError."""
        self.block = block
        self.body: dict[str, Any] = decoded(block.body)
        self.outcome: dict[str, Any] = decoded(block.outcome)

    @cached_property
    def status(self) -> NDArray[np.int64]:
        """The `Outcome` of each command."""
        return array(self.outcome["status"], self.block.commands)

    @cached_property
    def clients(self) -> list[str]:
        """The client of each command."""
        return thick(self.body["clients"], self.block.commands)

    @cached_property
    def keys(self) -> list[str]:
        """The key of each command."""
        return thick(self.body["keys"], self.block.commands)

    def batch(self) -> Batch:
        """The commands as they were decided."""
        return self._batch

    @cached_property
    def _batch(self) -> Batch:
        count = self.block.commands
        at = array(self.body["at"], count)
        return Batch(
            kind=self.block.kind,
            clients=self.clients,
            keys=self.keys,
            at=at,
            on=local_day(int(at[0])) if count else 0,
            columns=self._columns(count),
            position=np.arange(self.block.first_position, self.block.first_position + count, dtype=np.int64),
        )

    def _columns(self, count: int) -> dict[str, Any]:
        columns = {name: self._column(column, count) for name, column in self.body["columns"].items()}
        command = REGISTRY.get(self.block.kind)
        if command is None or self.is_of_today:
            return columns
        return with_defaults(command=command, columns=columns, count=count)

    @cached_property
    def is_of_today(self) -> bool:
        """Whether the commands have the version and the fields that their kind has in this release."""
        command = REGISTRY.get(self.block.kind)
        if command is None or command.version != self.block.version:
            return False
        return self.block.commands == 0 or fields_of(command) <= self.body["columns"].keys()

    def integers(self, part: str, name: str) -> NDArray[np.int64]:
        """A column of the results or facts."""
        return array(self.outcome[part][name], self.block.commands)

    @staticmethod
    def _column(column: Any, count: int) -> Any:
        items = thick(column, count)
        return np.array(items, np.int64) if items and type(items[0]) is int else items


class Reader:
    """Blocks of a store by position, and journal rows by leg; it is the ledger's journal too.

    Rows of the batch under way stand in `staged` until their block is written.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._opened: OrderedDict[int, Opened] = OrderedDict()
        self._rows: OrderedDict[int, tuple[int, NDArray[Any]]] = OrderedDict()
        self.staged: list[tuple[int, NDArray[Any]]] = []

    def open(self, block: Block) -> Opened:
        """A block with its JSON read."""
        if block.seq not in self._opened:
            _keep(self._opened, block.seq, Opened(block))
        return self._opened[block.seq]

    def at_position(self, position: int) -> Opened:
        """The block of a command. Errors: KeyError."""
        for opened in reversed(self._opened.values()):
            if opened.block.first_position <= position < opened.block.first_position + opened.block.commands:
                return opened
        block = self._store.block_of_position(position)
        if block is None:
            raise KeyError(position)
        return self.open(block)

    def append(self, *, first_leg: int, rows: NDArray[Any]) -> None:
        """Stage the rows of a batch until its block is written."""
        if len(rows):
            self.staged.append((first_leg, rows))

    def block(self, *, leg: int) -> tuple[int, NDArray[Any]]:
        """The first id and the rows of the block that holds a leg. Errors: KeyError."""
        for first, rows in (*self.staged, *reversed(self._rows.values())):
            if first <= leg < first + len(rows):
                return first, rows
        block = self._store.block_of_leg(leg)
        if block is None:
            raise KeyError(leg)
        rows = unpacked(block.rows, dtype=ROW, count=block.legs)
        _keep(self._rows, block.first_leg, (block.first_leg, rows))
        return block.first_leg, rows

    def columns(self, *, leg: int, names: Sequence[str]) -> tuple[int, dict[str, NDArray[Any]]]:
        """Columns of the block that holds a leg: only these are decoded, and nothing is kept.

        Errors: KeyError; StoreDamaged.
        """
        for first, rows in (*self.staged, *reversed(self._rows.values())):
            if first <= leg < first + len(rows):
                return first, {name: rows[name] for name in names}
        found = self._store.rows_of_leg(leg)
        if found is None:
            raise KeyError(leg)
        first, count, data = found
        try:
            return first, unpacked_columns(data, dtype=ROW, count=count, names=names)
        except ValueError as error:
            raise StoreDamaged(f"the block of leg {leg}: {error}") from error

    def legs_before(self, *, at: int) -> int:
        """How many legs stand in blocks that ended before an instant; staged ones are never counted."""
        return self._store.legs_before(at=at)

    def positions_before(self, *, at: int) -> int:
        """The last log position of the blocks whose `last_at` is before an instant; 0 where there is none."""
        return self._store.positions_before(at=at)

    def forget(self) -> None:
        """Drop what is kept, as after a batch that was rolled back."""
        self._opened.clear()
        self._rows.clear()
        self.staged.clear()


def _keep(kept: OrderedDict[int, Any], key: int, value: Any) -> None:
    kept[key] = value
    if len(kept) > KEPT:
        kept.popitem(last=False)
