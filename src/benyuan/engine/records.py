"""The records in memory: a fold of events, in columns, so that the facts of a batch are one look-up a column.

Rows of the dense tables are found by their id, of the keyed ones by a dictionary, of the dated ones by owner and day.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import islice
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import ERASES, FOLDS, TABLES, Event
from benyuan.decisions.facts import Table
from benyuan.engine.store import Store, StoreDamaged
from benyuan.parties.lists import LIST_ENTRY

KEPT = 32
"""How many things of one name are kept that were made of tables: worlds and registers of a few days and bodies."""
SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
LOADED_AT_ONCE = 65_536
SORTED_PER_REST, LEAST_REST = 8, 4_096
"""How much of a column an index may leave unsorted: an eighth, or so many rows."""
OWNERS_PER_ROW, LEAST_OWNERS = 4, 4_096
"""Owners up to so many for each row have their latest row in an array; those above are looked up one by one."""


class ColumnIndex:
    """Rows of a table by the value of one column: sorted as far as it was covered, the rest looked through."""

    def __init__(self) -> None:
        self._values = np.zeros(0, np.int64)
        self._places = np.zeros(0, np.int64)
        self._rest: dict[int, list[int]] = {}
        self._covered = 1

    def cover(self, column: NDArray[np.int64]) -> None:
        """Take in the rows up to the end of the column."""
        if len(column) - len(self._values) - 1 > len(self._values) // SORTED_PER_REST + LEAST_REST:
            order = np.argsort(column[1:], kind="stable")
            self._values, self._places = column[1:][order], order + 1
            self._rest, self._covered = {}, len(column)
        for place in range(self._covered, len(column)):
            self._rest.setdefault(int(column[place]), []).append(place)
        self._covered = len(column)

    def first(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each value the first row that has it; 0 where there is none, and for the value 0."""
        found = np.zeros(len(values), np.int64)
        if len(self._values):
            at = np.minimum(np.searchsorted(self._values, values), len(self._values) - 1)
            found = np.where(self._values[at] == values, self._places[at], 0)
        if self._rest:
            for place in np.flatnonzero(found == 0).tolist():
                found[place] = self._rest.get(int(values[place]), (0,))[0]
        return np.where(values == 0, 0, found)

    def last(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each value the last row that has it; 0 where there is none, and for the value 0."""
        found = np.zeros(len(values), np.int64)
        if len(self._values):
            at = np.maximum(np.searchsorted(self._values, values, side="right") - 1, 0)
            found = np.where(self._values[at] == values, self._places[at], 0)
        if self._rest:  # the rest stand after all that are sorted
            for place, value in enumerate(values.tolist()):
                found[place] = self._rest.get(value, (found[place],))[-1]
        return np.where(values == 0, 0, found)

    def every(self, value: int) -> list[int]:
        """All rows that have a value, in order."""
        low, high = (int(np.searchsorted(self._values, np.int64(value), side=side)) for side in SIDES)
        return [*self._places[low:high].tolist(), *self._rest.get(value, [])]


class TableColumns:
    """One table: `data[place]` is a row; place 0 is the row of noughts that stands for "there is none"."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.count = 0
        self.changes = 0
        self._data = {name: np.zeros(64, np.int64) for name in table.columns}
        self._ids = np.zeros(64, np.int64)
        self._places: dict[int, int] = {}
        self._dated: dict[int, list[tuple[int, int]]] = {}
        self._latest = np.zeros(0, np.int64)
        self._indexes: dict[str, ColumnIndex] = {}

    @property
    def next_id(self) -> int:
        """The id that the next new row of a dense table gets."""
        return self.count + 1

    def add(self, columns: Mapping[str, Any]) -> None:
        """Add rows."""
        self.changes += 1
        ids = np.asarray(columns["id"], np.int64)
        start, end = self.count + 1, self.count + 1 + len(ids)
        self._make_room(end)
        for name, held in self._data.items():
            held[start:end] = np.asarray(columns[name], np.int64)
        self.count += len(ids)
        if self.table.keyed:
            self._ids[start:end] = ids
            self._places.update(zip(ids.tolist(), range(start, end), strict=True))
        elif len(ids) and (int(ids[0]) != start or int(ids[-1]) != end - 1):
            raise AssertionError(f"{self.table.name}: rows {ids[0]} to {ids[-1]} do not follow row {start - 1}")
        if self.table.dated:
            owners = self.column("owner")[start:end].tolist()
            dates = self.column(self.table.dated)[start:end].tolist()
            for owner, date, place in zip(owners, dates, range(start, end), strict=True):
                entries = self._dated.setdefault(owner, [])
                entries.insert(bisect_right(entries, (date, place)), (date, place))
            self._note_latest(owners)

    def change(self, columns: Mapping[str, Sequence[int]]) -> None:
        """Give rows new values."""
        self.changes += 1
        places = self.places(np.asarray(columns["id"], np.int64), on=0)
        for name, values in columns.items():
            if name != "id":
                self._data[name][places] = np.asarray(values, np.int64)
            self._indexes.pop(name, None)

    def sum(self, columns: Mapping[str, Sequence[int]]) -> None:
        """Add to the values of rows; one may come several times."""
        self.changes += 1
        places = self.places(np.asarray(columns["id"], np.int64), on=0)
        for name, values in columns.items():
            if name != "id":
                np.add.at(self._data[name], places, np.asarray(values, np.int64))

    def remove(self, ids: Sequence[int]) -> None:
        """Take rows out of a keyed table; the others move up."""
        self.changes += 1
        stays = ~np.isin(self._ids[: self.count + 1], np.asarray(ids, np.int64))
        stays[0] = True
        left = int(stays.sum()) - 1
        for held in self._data.values():
            held[: left + 1] = held[: self.count + 1][stays]
        self._ids[: left + 1] = self._ids[: self.count + 1][stays]
        self.count = left
        self._places = dict(zip(self._ids[1 : left + 1].tolist(), range(1, left + 1), strict=True))
        self._indexes.clear()

    def first_with(self, name: str, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each value of an indexed column the place of the first row that has it; 0 where there is none."""
        return self._index(name).first(values)

    def last_with(self, name: str, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each value of an indexed column the place of the last row that has it; 0 where there is none."""
        return self._index(name).last(values)

    def all_with(self, name: str, value: int) -> NDArray[np.int64]:
        """The places of all rows that have a value in an indexed column, in order."""
        return np.array(self._index(name).every(value), np.int64)

    def _index(self, name: str) -> ColumnIndex:
        if name not in self.table.indexed:
            raise AssertionError(f"{self.table.name}: {name} is not indexed")
        index = self._indexes.setdefault(name, ColumnIndex())
        index.cover(self.column(name))
        return index

    def ids(self) -> NDArray[np.int64]:
        """The ids, place by place; 0 at place 0."""
        return self._ids[: self.count + 1] if self.table.keyed else np.arange(self.count + 1)

    def places(self, ids: NDArray[np.int64], *, on: int) -> NDArray[np.int64]:
        """Where the rows are; 0 where there is none. For a dated table the ids are owners."""
        if self.table.dated:
            return self._places_on(ids, on)
        if self.table.keyed:
            places = np.zeros(len(ids), np.int64)
            if not self._places:
                return places
            named = np.flatnonzero(ids)  # who names none pays for no look-up
            places[named] = np.fromiter((self._places.get(item, 0) for item in ids[named].tolist()), np.int64)
            return places
        return np.where((ids > 0) & (ids <= self.count), ids, 0)

    def rows(self) -> NDArray[np.int64]:
        """All rows as (id, columns in order), in order of id."""
        ids = self.ids()[1:]
        whole = np.column_stack([ids, *(held[1 : self.count + 1] for held in self._data.values())]).astype(np.int64)
        return whole[np.argsort(ids, kind="stable")]

    def column(self, name: str) -> NDArray[np.int64]:
        """A whole column, place by place."""
        return self._data[name][: self.count + 1]

    def at(self, places: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        """The columns of the rows at these places as they stand now; where all are of one row, not to be written to."""
        if len(places) and (places == places[0]).all():
            one = places[0]  # a value taken out of a column is a copy: deciding changes the row and logs what it was
            return {name: np.broadcast_to(held[one], len(places)) for name, held in self._data.items()}
        return {name: held.take(places, mode="clip") for name, held in self._data.items()}  # other modes check first

    def _note_latest(self, owners: Sequence[int]) -> None:
        """Keep the latest row of each of these owners at hand; all anew when the array grows."""
        known = [owner for owner in owners if 0 <= owner < len(self._latest)]
        most = max((owner for owner in owners if owner <= OWNERS_PER_ROW * self.count + LEAST_OWNERS), default=-1)
        if most >= len(self._latest):
            self._latest = np.zeros(most + most // 2 + LEAST_OWNERS, np.int64)
            known = [owner for owner in self._dated if 0 <= owner < len(self._latest)]
        self._latest[known] = [self._dated[owner][-1][1] for owner in known]

    def _places_on(self, owners: NDArray[np.int64], on: int) -> NDArray[np.int64]:
        """The rows that count on a day: the latest one at once, and one by one where that begins later."""
        near = (owners >= 0) & (owners < len(self._latest))
        found = self._latest[np.where(near, owners, 0)] if len(self._latest) else np.zeros(len(owners), np.int64)
        found[~near] = 0
        others = np.flatnonzero(~near | (self.column(self.table.dated)[found] > on))
        if len(others):
            unique, inverse = np.unique(owners[others], return_inverse=True)
            found[others] = np.array([self._place_on(int(owner), on) for owner in unique], np.int64)[inverse]
        return found

    def _place_on(self, owner: int, on: int) -> int:
        entries = self._dated.get(owner, [])
        place = bisect_right(entries, (on, np.iinfo(np.int64).max))
        return entries[place - 1][1] if place else 0

    def _make_room(self, needed: int) -> None:
        """Column by column, so that no more than one of them stands there twice while a table grows."""
        for name, held in self._data.items():
            if needed > len(held):
                larger = np.zeros(needed + needed // 2, np.int64)
                larger[: len(held)] = held
                self._data[name] = larger
        if self.table.keyed and needed > len(self._ids):
            self._ids = np.concatenate([self._ids, np.zeros(needed + needed // 2 - len(self._ids), np.int64)])


class Records:
    """All tables."""

    def __init__(self) -> None:
        self.tables = {name: TableColumns(table) for name, table in TABLES.items()}
        self._kept: dict[str, dict[Hashable, Any]] = {}
        self._kept_of: dict[str, tuple[object, tuple[int, ...]]] = {}

    def kept(self, name: str, tables: Sequence[Table], rules: object, key: Hashable, make: Callable[[], Any]) -> Any:
        """What is made of some tables alone, by these rules, and of `key`: once, until either changes."""
        state = tuple(self.tables[table.name].changes for table in tables)
        by, of = self._kept_of.get(name, (None, ()))
        if by is not rules or of != state:
            self._kept[name], self._kept_of[name] = {}, (rules, state)
        held = self._kept[name]
        if key not in held:
            while len(held) >= KEPT:
                held.pop(next(iter(held)))
            held[key] = make()
        return held[key]

    def load(self, store: Store) -> None:
        """Read every table from the store. Errors: StoreDamaged."""
        for held in self.tables.values():
            names = ("id", *held.table.columns)
            left = store.rows(held.table)
            while rows := list(islice(left, LOADED_AT_ONCE)):
                columns = _sound(rows, held)
                held.add({name: columns[:, number] for number, name in enumerate(names)})

    def fold(self, event: Event) -> None:
        """Fold an event; one that erases something beside the log leaves no row."""
        if (event.kind, event.version) in ERASES:
            return
        fold = FOLDS[event.kind, event.version]
        held = self.tables[fold.table.name]
        if fold.adds:
            held.add(event.columns)
        elif fold.sums:
            held.sum(event.columns)
        elif fold.removes:
            held.remove(event.columns["id"])
        else:
            held.change(event.columns)

    def next_ids(self) -> dict[str, int]:
        """For each table the id that its next new row gets."""
        return {name: held.next_id for name, held in self.tables.items()}

    def standing_entries(self, identities: Sequence[int]) -> set[int]:
        """Which of these identities are entries of name lists that have not been taken off."""
        asked = np.array(identities, np.int64)
        found = self.look_up(LIST_ENTRY, asked, on=0)
        return set(asked[(found["found"] != 0) & (found["unlisted_on"] == 0)].tolist())

    def look_up(self, table: Table, ids: NDArray[np.int64], *, on: int, via: str = "") -> dict[str, Any]:
        """The columns of these rows, and `found`; `via` an indexed column these are values of, and `id` comes too."""
        held = self.tables[table.name]
        places = held.first_with(via, ids) if via else held.places(ids, on=on)
        columns: dict[str, Any] = held.at(places)
        if via:
            columns["id"] = held.ids()[places]
        stands = places != 0 if not table.blank else columns[table.blank] != 0
        columns["found"] = np.asarray(stands, np.int64)
        return columns


def _sound(rows: list[tuple[Any, ...]], held: TableColumns) -> NDArray[np.int64]:
    """Rows as they are read, all of them integers and, in a dense table, numbered on. Errors: StoreDamaged."""
    columns = np.array(rows)
    if columns.dtype != np.int64:  # asked for as int64, a text of digits would pass and a fraction lose what it has
        raise StoreDamaged(f"table {held.table.name}: not all of its values are integers")
    if not held.table.keyed:
        wrong = np.flatnonzero(columns[:, 0] != np.arange(held.next_id, held.next_id + len(rows)))
        if len(wrong):
            place = int(wrong[0])
            raise StoreDamaged(f"table {held.table.name}: row {held.next_id + place} is missing")
    return columns


def keep(event: Event, store: Store) -> None:
    """Fold an event into the store's tables."""
    fold = FOLDS[event.kind, event.version]
    if fold.adds:
        store.add_rows(fold.table, event.columns)
    elif fold.sums:
        store.sum_rows(fold.table, event.columns)
    elif fold.removes:
        store.remove_rows(fold.table, event.columns["id"])
    else:
        store.change_rows(fold.table, event.columns)
