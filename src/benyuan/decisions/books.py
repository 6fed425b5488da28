"""What a use case that surveys a whole book or day may ask for; the engine answers from ledger, records and log."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import Table
from benyuan.decisions.parcels import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCommands:
    """Accepted commands of one kind: columns of the commands and of their results, integers only.

    `at` and `position` are those of the commands. `words`: columns of texts and choices, where they were asked for.
    """

    kind: str
    columns: Mapping[str, NDArray[np.int64]]
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)


class FurnishedRecords(Protocol):
    """Records from pages; for each the log position of its parcel, its page there, and its row in the page."""

    @property
    def records(self) -> NDArray[Any]:
        """The records, in the layout's columns."""

    @property
    def position(self) -> NDArray[np.int64]:
        """The log position of each one's parcel."""

    @property
    def page(self) -> NDArray[np.int64]:
        """The page of each, within its parcel."""

    @property
    def row(self) -> NDArray[np.int64]:
        """The row of each, within its page."""


class Books(Protocol):
    """The state just before the command that surveys it."""

    def sums(self, *, book: int, unit: int, date: int) -> Mapping[int, int]:
        """For each code of account in a book and unit the posted debits less the posted credits, at a day's end."""

    def column(self, table: Table, name: str) -> NDArray[np.int64]:
        """A whole column of a table; of a dense one the value of row n stands at place n, place 0 is of no row."""

    def kept(self, name: str, tables: Sequence[Table], rules: object, key: Hashable, make: Callable[[], Any]) -> Any:
        """What is made of some tables alone, by these rules, and of `key`: made once, until either changes."""

    def ids(self, table: Table) -> NDArray[np.int64]:
        """The ids of the rows of a keyed table, place by place as in its columns; 0 at place 0."""

    def all_with(self, table: Table, name: str, value: int) -> NDArray[np.int64]:
        """The places of the rows that have a value in an indexed column, in order."""

    def first_with(self, table: Table, name: str, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each value of an indexed column the place of the first row that has it; 0 for none, and for 0."""

    def last_with(self, table: Table, name: str, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each value of an indexed column the place of the last row that has it; 0 for none, and for 0."""

    def furnished(self, layout: Layout, owners: Sequence[int]) -> FurnishedRecords:
        """The records of some owners that are in pages, in the order in which they were furnished."""

    def all_furnished(self, layout: Layout, *, first: int, last: int) -> Iterator[FurnishedRecords]:
        """The records of owners from `first` to `last`, some at a time, so that all of one owner come together."""

    def of_parcel(self, layout: Layout, position: int) -> FurnishedRecords:
        """What is left of the parcel at a log position."""

    def credited_since(self, accounts: NDArray[np.int64], *, date: int) -> NDArray[np.int64]:
        """What has been posted to the credit of each account since the end of a day (yyyymmdd)."""

    def available(self, accounts: NDArray[np.int64]) -> NDArray[np.int64]:
        """What each account's owner could take out now: credits less debits, less what is on hold."""

    def posted(self, accounts: NDArray[np.int64]) -> NDArray[np.int64]:
        """What is posted on each account: credits less debits."""

    def has_moved(self, accounts: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Where anything was ever posted to an account."""

    def day(self, date: int) -> Iterator[DayCommands]:
        """What was accepted on a day (yyyymmdd)."""

    def sealed(self, date: int) -> Iterator[DayCommands]:
        """The commands of a day (yyyymmdd) that came with a payload, erased or not; `accepted` is 1 where they were."""

    def commands(self, kind: str, *, first: int, last: int) -> Iterator[DayCommands]:
        """The accepted commands of a kind between two log positions, both included, block by block, with `words`."""

    def command_at(self, position: int) -> DayCommands | None:
        """The command at a log position, also one that was refused, with `words`; None where there is none before."""

    def account_moves(self, account: int, *, since: int) -> Mapping[str, NDArray[np.int64]]:
        """An account's postings from the beginning of a day (yyyymmdd) on, oldest first.

        Columns: `reference` (the log position of the command), `at`, `code`, and `moved`: debit less credit.
        """

    def debited(self, account: int, *, since: int) -> Mapping[tuple[int, int], tuple[int, int]]:
        """By day (yyyymmdd) and code of leg, how often and how much was debited to an account since a day began."""

    @property
    def last_position(self) -> int:
        """The position in the log up to which all is in it."""

    def days(self, first: int, last: int) -> Iterator[DayCommands]:
        """What was accepted from one day to another (yyyymmdd), both included."""
