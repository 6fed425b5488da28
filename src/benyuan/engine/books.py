"""The books that a survey looks at, answered from ledger, records and log."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.books import DayCommands, FurnishedRecords
from benyuan.decisions.facts import Table
from benyuan.decisions.outcomes import Outcome
from benyuan.decisions.parcels import Layout
from benyuan.engine.pages import Pages
from benyuan.engine.reading import Opened, Reader
from benyuan.engine.records import Records
from benyuan.ledger import Ledger
from benyuan.ledger.turnover import Debited
from benyuan.ledger.walking import AccountRows
from benyuan.values.dates import day_begins_at


class EngineBooks:
    """The state just before the command at a log position."""

    def __init__(self, *, ledger: Ledger, records: Records, reader: Reader, pages: Pages, position: int) -> None:
        self._ledger = ledger
        self._records = records
        self._reader = reader
        self._pages = pages
        self._position = position

    def sums(self, *, book: int, unit: int, date: int) -> Mapping[int, int]:
        """For each code of account the posted debits less the posted credits, at the end of a day (yyyymmdd).

        What stands now, less what was posted since; at a close soon after midnight that is little.
        """
        lines = self._ledger.trial_balance(book=book, unit=unit)
        sums = {line.code: line.debits_posted - line.credits_posted for line in lines}
        accounts = self._ledger.state.accounts
        for moved in self._ledger.movements_since(date):
            mine = (accounts["book"][moved.debit_account] == book) & (accounts["unit"][moved.debit_account] == unit)
            for side, sign in ((moved.debit_account, -1), (moved.credit_account, 1)):
                codes, posted = accounts["code"][side[mine]], moved.posted[mine]
                for code in np.unique(codes).tolist():
                    sums[code] += sign * sum(posted[codes == code].tolist())
        return sums

    def column(self, table: Table, name: str) -> NDArray[np.int64]:
        """A whole column of a table."""
        return self._records.tables[table.name].column(name)

    def kept(self, name: str, tables: Sequence[Table], rules: object, key: Hashable, make: Callable[[], Any]) -> Any:
        """What is made of some tables alone, by these rules, and of `key`: made once, until either changes."""
        return self._records.kept(name, tables, rules, key, make)

    def ids(self, table: Table) -> NDArray[np.int64]:
        """The ids of the rows of a keyed table, place by place."""
        return self._records.tables[table.name].ids()

    def all_with(self, table: Table, name: str, value: int) -> NDArray[np.int64]:
        """The places of the rows that have a value in an indexed column, in order."""
        return self._records.tables[table.name].all_with(name, value)

    def first_with(self, table: Table, name: str, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each value of an indexed column the place of the first row that has it; 0 for none, and for 0."""
        return self._records.tables[table.name].first_with(name, values)

    def last_with(self, table: Table, name: str, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each value of an indexed column the place of the last row that has it; 0 for none, and for 0."""
        return self._records.tables[table.name].last_with(name, values)

    def furnished(self, layout: Layout, owners: Sequence[int]) -> FurnishedRecords:
        """The records of some owners that are in pages, in the order in which they were furnished."""
        return self._pages.read(layout, owners)

    def all_furnished(self, layout: Layout, *, first: int, last: int) -> Iterator[FurnishedRecords]:
        """The records of owners from `first` to `last`, some at a time, so that all of one owner come together."""
        return self._pages.everything(layout, first=first, last=last)

    def of_parcel(self, layout: Layout, position: int) -> FurnishedRecords:
        """What is left of the parcel at a log position."""
        return self._pages.of_parcel(layout, position)

    def credited_since(self, accounts: NDArray[np.int64], *, date: int) -> NDArray[np.int64]:
        """What has been posted to the credit of each account since the end of a day (yyyymmdd)."""
        credited = np.zeros(self._ledger.account_count + 1, np.int64)
        for moved in self._ledger.movements_since(date):
            np.add.at(credited, moved.credit_account, moved.posted)
        return credited[accounts]

    def available(self, accounts: NDArray[np.int64]) -> NDArray[np.int64]:
        """What each account's owner could take out now: credits less debits, less what is on hold."""
        held = self._ledger.state.accounts[accounts]
        left: NDArray[np.int64] = held["credits_posted"] - held["debits_posted"] - held["debits_pending"]
        return left

    def posted(self, accounts: NDArray[np.int64]) -> NDArray[np.int64]:
        """What is posted on each account: credits less debits."""
        held = self._ledger.state.accounts[accounts]
        balance: NDArray[np.int64] = held["credits_posted"] - held["debits_posted"]
        return balance

    def has_moved(self, accounts: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Where anything was ever posted to an account."""
        held = self._ledger.state.accounts[accounts]
        moved: NDArray[np.bool_] = (held["debits_posted"] != 0) | (held["credits_posted"] != 0)
        return moved

    def day(self, date: int) -> Iterator[DayCommands]:
        """What was accepted on a day, block by block from the newest back."""
        return self.days(date, date)

    def days(self, first: int, last: int) -> Iterator[DayCommands]:
        """What was accepted from one day to another, both included, block by block from the newest back."""
        position = self._position - 1
        while position > 0:
            opened = self._reader.at_position(position)
            on = opened.batch().on
            if on < first:
                return
            if on <= last and (opened.status == Outcome.accepted).any():
                yield _accepted(opened)
            position = opened.block.first_position - 1

    def commands(self, kind: str, *, first: int, last: int) -> Iterator[DayCommands]:
        """The accepted commands of a kind between two log positions, both included, block by block."""
        position = first
        while position <= min(last, self._position - 1):
            opened = self._reader.at_position(position)
            block = opened.block
            if block.kind == kind:
                yield _between(opened, first=first, last=last)
            position = block.first_position + block.commands

    def command_at(self, position: int) -> DayCommands | None:
        """The command at a log position before this one, accepted or not; None where there is none."""
        if not 0 < position < self._position:
            return None
        opened = self._reader.at_position(position)
        place = position - opened.block.first_position
        columns = opened.batch().columns
        told = {name: column for name, column in columns.items() if isinstance(column, np.ndarray)}
        told |= {name: opened.integers("results", name) for name in opened.outcome["results"]}
        told |= {"at": opened.batch().at, "accepted": (opened.status == Outcome.accepted).astype(np.int64)}
        return DayCommands(
            kind=opened.block.kind,
            columns={name: column[place : place + 1] for name, column in told.items()},
            words={name: [column[place]] for name, column in columns.items() if isinstance(column, list)},
        )

    def account_moves(self, account: int, *, since: int) -> Mapping[str, NDArray[np.int64]]:
        """An account's postings from the beginning of a day (yyyymmdd) on, oldest first."""
        begins = day_begins_at(since)
        parts: list[AccountRows] = []
        for rows in self._ledger.rows_back(account, last=int(self._ledger.state.accounts[account]["last_leg"]), stop=0):
            parts.append(rows.chosen(rows.at >= begins))
            if len(parts[-1]) < len(rows):
                break
        names = ("reference", "at", "moved", "code")
        nothing = np.zeros(0, np.int64)
        return {name: np.concatenate([nothing, *(getattr(part, name) for part in reversed(parts))]) for name in names}

    def debited(self, account: int, *, since: int) -> Debited:
        """By day and code, how often and how much was debited to an account from the beginning of a day on."""
        return self._ledger.debited(account, since_at=day_begins_at(since))

    @property
    def last_position(self) -> int:
        """The position in the log up to which all is in it."""
        return self._position - 1

    def sealed(self, date: int) -> Iterator[DayCommands]:
        """The commands of a day that came with a payload, block by block in order."""
        position = self._reader.positions_before(at=day_begins_at(date)) + 1
        while position < self._position:
            opened = self._reader.at_position(position)
            on = opened.batch().on
            if on > date:
                return
            if on == date and opened.body["commitments"]:
                yield _sealed(opened)
            position = opened.block.first_position + opened.block.commands


def _between(opened: Opened, *, first: int, last: int) -> DayCommands:
    """The accepted commands of a block between two log positions, with their texts and choices."""
    made = _accepted(opened)
    kept = (made.columns["position"] >= first) & (made.columns["position"] <= last)
    taken = np.flatnonzero(opened.status == Outcome.accepted)[kept].tolist()
    lists = {name: column for name, column in opened.batch().columns.items() if isinstance(column, list)}
    return DayCommands(
        kind=made.kind,
        columns={name: column[kept] for name, column in made.columns.items()},
        words={name: [column[place] for place in taken] for name, column in lists.items()},
    )


def _sealed(opened: Opened) -> DayCommands:
    places = np.array(sorted(int(place) for place in opened.body["commitments"]), np.int64)
    columns = {name: column for name, column in opened.batch().columns.items() if isinstance(column, np.ndarray)}
    columns |= {name: opened.integers("results", name) for name in opened.outcome["results"]}
    columns |= {"accepted": (opened.status == Outcome.accepted).astype(np.int64), "position": opened.batch().position}
    return DayCommands(kind=opened.block.kind, columns={name: column[places] for name, column in columns.items()})


def _accepted(opened: Opened) -> DayCommands:
    kept = opened.status == Outcome.accepted
    columns = {name: column for name, column in opened.batch().columns.items() if isinstance(column, np.ndarray)}
    columns |= {name: opened.integers("results", name) for name in opened.outcome["results"]}
    columns |= {"at": opened.batch().at, "position": opened.batch().position}
    return DayCommands(kind=opened.block.kind, columns={name: column[kept] for name, column in columns.items()})
