"""The books as the close of a past day found them.

The close looks at chains up to its day, so later steps change nothing. A payment that was put in its earlier place has
folded a loan's steps anew: of each chain those count that the close knew of, by their place in the log. Two columns
have no chain, the line of an account and whether it is frozen, which the undrawn part hangs on: what commands have
changed of them since the close is taken back.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import ACCOUNT, ACCOUNT_STEP, LOAN, LOAN_STEP
from benyuan.decisions.books import DayCommands
from benyuan.decisions.facts import Table
from benyuan.engine.books import EngineBooks
from benyuan.engine.group import Group
from benyuan.parties.people import LAST_DAY
from benyuan.values.dates import add_calendar_days

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
    """The books of one lender for looking back at one closed day.

    `known`: chains as they were known at the close of this later day, the same without it.
    """

    def __init__(self, group: Group, *, lender: int, date: int, known: int | None = None) -> None:
        super().__init__(
            ledger=group.ledger,
            records=group.records,
            reader=group.reader,
            pages=group.pages,
            position=group.position + 1,
        )
        self._group = group
        self._commands: dict[tuple[int, int], list[DayCommands]] = {}
        self._then = self._found(lender, date)
        closed = self.closed_at(lender, known or date)
        self._last = {
            table.name: self._last_steps(table, steps, owner, closed)
            for table, steps, owner in ((LOAN, LOAN_STEP, "loan"), (ACCOUNT, ACCOUNT_STEP, "account"))
        }

    def days(self, first: int, last: int) -> Iterator[DayCommands]:
        """What was accepted from one day to another; kept, for it is asked more than once."""
        if (first, last) not in self._commands:
            self._commands[first, last] = list(super().days(first, last))
        return iter(self._commands[first, last])

    def _since(self, date: int) -> Iterator[DayCommands]:
        """What was accepted after a day."""
        return self.days(add_calendar_days(date, 1), LAST_DAY)

    def column(self, table: Table, name: str) -> NDArray[np.int64]:
        """A whole column; last steps, lines and freezes as at the close."""
        if name == "last_step":
            return self._last[table.name]
        column = super().column(table, name)
        changed = {account: value for (account, of), value in self._then.items() if of == name}
        if table is not ACCOUNT or not changed:
            return column
        then = column.copy()
        then[list(changed)] = list(changed.values())
        return then

    def closed_at(self, lender: int, date: int) -> NDArray[np.int64]:
        """The log position of the close of each shard of a day."""
        found: dict[int, int] = {}
        for commands in self._since(date):
            if commands.kind == CLOSED:
                of = (commands.columns["lender"] == lender) & (commands.columns["date"] == date)
                columns = (commands.columns[name][of].tolist() for name in ("shard", "position"))
                found |= dict(zip(*columns, strict=True))
        return np.array([found.get(shard, 0) for shard in range(max(found, default=0) + 1)], np.int64)

    def _last_steps(self, table: Table, steps: Table, owner: str, closed: NDArray[np.int64]) -> NDArray[np.int64]:
        """The last step of each chain that was written by the close of its borrower's shard."""
        owners, position = super().column(steps, owner), super().column(steps, "position")
        borrower = super().column(table, "borrower")
        known = np.flatnonzero(position <= closed[borrower % len(closed)][owners])
        last = np.zeros(len(borrower), np.int64)
        np.maximum.at(last, owners[known], known)
        last[0] = 0
        return last

    def _found(self, lender: int, date: int) -> dict[tuple[int, str], int]:
        """What lines and freezes were at the close, of the accounts on which they have changed since."""
        closed = self.closed_at(lender, date)
        borrower = super().column(ACCOUNT, "borrower")
        changes = [each for commands in self._since(date) for each in self._changes(commands)]
        later = [each for each in changes if each.position > closed[borrower[each.account] % len(closed)]]
        wanted = {(each.account, each.column) for each in later}
        return {**dict.fromkeys(wanted, 0), **self._before(wanted, closed)} if wanted else {}

    def _before(self, wanted: set[tuple[int, str]], closed: NDArray[np.int64]) -> dict[tuple[int, str], int]:
        """The newest change before the close, of each account and column; what is not found was never set."""
        borrower = super().column(ACCOUNT, "borrower")
        found: dict[tuple[int, str], int] = {}
        for commands in super().days(0, LAST_DAY):
            for each in sorted(self._changes(commands), key=lambda change: -change.position):
                key = (each.account, each.column)
                before = each.position < closed[borrower[each.account] % len(closed)]
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
