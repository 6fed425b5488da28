"""The books as the close of a past day found them.

The close looks at chains up to its day, so later steps change nothing. Two columns have no chain, the line of an
account and whether it is frozen, which the undrawn part hangs on: what commands have changed of them since the close is
taken back.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import ACCOUNT
from benyuan.decisions.books import DayCommands
from benyuan.decisions.facts import Table
from benyuan.engine.books import EngineBooks
from benyuan.engine.group import Group

LINE_CHANGED, FROZEN, OPENED, CLOSED = (
    "change_credit_line",
    "freeze_account",
    "open_credit_account",
    "close_lender_day",
)
COLUMN_OF = {LINE_CHANGED: "line_fen", OPENED: "line_fen", FROZEN: "frozen"}


class Change(NamedTuple):
    """A column of an account became this by a command."""

    account: int
    column: str
    position: int
    value: int


class PastBooks(EngineBooks):
    """The books of one lender for looking back at one closed day."""

    def __init__(self, group: Group, *, lender: int, date: int) -> None:
        super().__init__(ledger=group.ledger, records=group.records, reader=group.reader, position=group.position + 1)
        self._group = group
        self._commands: dict[int, list[DayCommands]] = {}
        self._then = self._found(lender, date)

    def since(self, date: int) -> Iterator[DayCommands]:
        """What was accepted after a day; kept, for it is asked more than once."""
        if date not in self._commands:
            self._commands[date] = list(super().since(date))
        return iter(self._commands[date])

    def column(self, table: Table, name: str) -> NDArray[np.int64]:
        """A whole column, lines and freezes as at the close."""
        column = super().column(table, name)
        changed = {account: value for (account, of), value in self._then.items() if of == name}
        if table is not ACCOUNT or not changed:
            return column
        then = column.copy()
        then[list(changed)] = list(changed.values())
        return then

    def _found(self, lender: int, date: int) -> dict[tuple[int, str], int]:
        """What lines and freezes were at the close, of the accounts on which they have changed since."""
        closed_at: dict[int, int] = {}
        shards, changes = 1, []
        for commands in self.since(date):
            if commands.kind == CLOSED:
                of = (commands.columns["lender"] == lender) & (commands.columns["date"] == date)
                columns = (commands.columns[name][of].tolist() for name in ("shard", "shards", "position"))
                for shard, whole, position in zip(*columns, strict=True):
                    closed_at[shard], shards = position, whole
            else:
                changes += self._changes(commands)
        borrower = self._group.records.tables[ACCOUNT.name].column("borrower")
        later = [each for each in changes if each.position > closed_at.get(int(borrower[each.account]) % shards, 0)]
        wanted = {(each.account, each.column) for each in later}
        return {**dict.fromkeys(wanted, 0), **self._before(wanted, closed_at, shards)} if wanted else {}

    def _before(
        self, wanted: set[tuple[int, str]], closed_at: dict[int, int], shards: int
    ) -> dict[tuple[int, str], int]:
        """The newest change before the close, of each account and column; what is not found was never set."""
        borrower = self._group.records.tables[ACCOUNT.name].column("borrower")
        found: dict[tuple[int, str], int] = {}
        for commands in super().since(0):
            for each in sorted(self._changes(commands), key=lambda change: -change.position):
                key = (each.account, each.column)
                before = each.position < closed_at.get(int(borrower[each.account]) % shards, 0)
                if key in wanted and key not in found and before:
                    found[key] = each.value
            if len(found) == len(wanted):
                break
        return found

    def _changes(self, commands: DayCommands) -> list[Change]:
        """What commands of one kind have set."""
        column = COLUMN_OF.get(commands.kind)
        if column is None:
            return []
        accounts, positions = (commands.columns[name].tolist() for name in ("account", "position"))
        values = self._freezes(positions) if commands.kind == FROZEN else commands.columns["line_fen"].tolist()
        rows = zip(accounts, positions, values, strict=True)
        return [Change(account=account, column=column, position=at, value=value) for account, at, value in rows]

    def _freezes(self, positions: list[int]) -> list[int]:
        """The position where the account was frozen by it, 0 where it was let go on."""
        opened = self._group.reader.at_position(positions[0])
        frozen = opened.batch().values("frozen")
        return [at if frozen[at - opened.block.first_position] else 0 for at in positions]
