"""Commands as they come in, made into batches: of one kind, on one day, with nothing shared but balances."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch, row_of
from benyuan.decisions.checking import checked, plain
from benyuan.decisions.commands import REGISTRY, Command, Request
from benyuan.decisions.facts import Table
from benyuan.decisions.outcomes import HIDDEN, Invalid
from benyuan.decisions.usecase import UseCase
from benyuan.engine.records import Records
from benyuan.values.dates import END_AT_US, china_time, local_days

CONTENT = "content"
"""The personal field in which a digest of a command's parcel is sealed."""
A_TIME = "microseconds since 1970 UTC, before the year 10000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Commands of one kind: `places` are theirs in the call.

    `timed` says which name a time of their own. `faults`: bad fields, by place; `malformed`: a digest of the command
    as it came, for those. `payloads`: personal fields, by place. `unlogged`: what keeps a command out of the log.
    `lines`: where each record of a parcel stood in what was sent.
    """

    batch: Batch
    places: NDArray[np.int64]
    timed: NDArray[np.bool_]
    faults: dict[int, Invalid]
    malformed: dict[int, str]
    payloads: dict[int, dict[str, Any]]
    unlogged: dict[int, Invalid]
    lines: NDArray[np.int64] | None = None

    def with_columns(self, columns: Mapping[str, Any]) -> "Incoming":
        """The same with further columns."""
        return replace(self, batch=replace(self.batch, columns={**self.batch.columns, **columns}))


def of_requests(requests: Sequence[Request]) -> Iterator[Incoming]:
    """Requests in order, as runs of one kind."""
    start = 0
    while start < len(requests):
        kind = requests[start].command.kind
        end = start
        while end < len(requests) and requests[end].command.kind == kind:
            end += 1
        run = requests[start:end]
        names = list(type(run[0].command).__struct_fields__)
        yield of_columns(
            kind=kind,
            clients=[request.client for request in run],
            keys=[request.key for request in run],
            at=[request.at for request in run],
            columns={name: [getattr(request.command, name) for request in run] for name in names},
            first_place=start,
        )
        start = end


def of_columns(
    *, kind: str, clients: Sequence[str], keys: Sequence[str], at: Any, columns: dict[str, Any], first_place: int = 0
) -> Incoming:
    """Commands of one kind given as columns, checked; personal fields taken out.

    `at`: None, one time, or a column of times in which None means the time of intake.
    Errors: KeyError for no such kind; ValueError for columns that are not one for each key.
    """
    command = REGISTRY[kind]
    count = len(keys)
    for name, column in columns.items():
        if not hasattr(column, "__len__") or (isinstance(column, np.ndarray) and column.ndim != 1):
            raise ValueError(f"{name}: a column of one dimension is wanted, not {np.shape(column)}")
        if len(column) != count:
            raise ValueError(f"{name}: {np.shape(column)} values for {count} keys")
    made, faults = checked(command=command, columns=columns, count=count)
    payloads = _payloads(command, made, faults)
    malformed = {place: _digest(command, columns, place) for place in faults}
    faults = {place: _without_personal(fault, command.personal) for place, fault in faults.items()}
    unlogged: dict[int, Invalid] = {}
    times, timed = _times(at, count, unlogged)
    _check_names(clients, keys, unlogged)
    batch = Batch(
        kind=kind,
        clients=clients,
        keys=keys,
        at=times,
        on=0,
        columns=made,
        position=np.zeros(count, np.int64),
    )
    return Incoming(
        batch=batch,
        places=np.arange(first_place, first_place + count, dtype=np.int64),
        timed=timed,
        faults=faults,
        malformed=malformed,
        payloads=payloads,
        unlogged=unlogged,
    )


def of_parcel(
    *, kind: str, client: str, key: str, at: int | None, columns: dict[str, Any], records: NDArray[Any]
) -> Incoming:
    """One command with its parcel, brought into the order of the owners.

    Errors: KeyError for no such kind; ValueError where the records are not of its layout.
    """
    layout = REGISTRY[kind].brings
    if layout is None or records.dtype != layout.dtype or records.ndim != 1:
        wanted = "no records" if layout is None else f"records of the layout {layout.name}"
        raise ValueError(f"{kind}: {wanted} are wanted, not {records.dtype}")
    lines = np.argsort(records[layout.owner], kind="stable")
    records = records[lines]
    given = {name: [value] for name, value in columns.items()} | {CONTENT: [content_of(records)]}
    made = of_columns(kind=kind, clients=[client], keys=[key], at=[at], columns=given)
    return replace(made, batch=replace(made.batch, parcel=records), lines=lines)


def content_of(records: NDArray[Any]) -> str:
    """A digest of records, by which the same parcel is known again."""
    return hashlib.sha256(np.ascontiguousarray(records).tobytes()).hexdigest()


def _payloads(command: type[Command], made: dict[str, Any], faults: dict[int, Invalid]) -> dict[int, dict[str, Any]]:
    """The personal fields, taken out of the columns, in normal form; one that does not fit is a fault."""
    payloads: dict[int, dict[str, Any]] = {}
    for name in command.personal:
        for place, item in enumerate(made.pop(name)):
            if item:
                payloads.setdefault(place, {})[name] = _seen(item)
    if not command.identified:
        return payloads
    count = len(next(iter(made.values()))) if made else len(payloads)
    for place in range(count):
        given = command.normal(payloads.get(place, {}))
        if given:
            payloads[place] = given
        wrong = None if place in faults else command.personal_fault(given, row_of(made, place))
        if wrong is not None:
            faults[place] = Invalid(field=wrong[0], value=None, constraint=wrong[1])
    return payloads


def _without_personal(fault: Invalid, personal: Collection[str]) -> Invalid:
    """The fault as the log may keep it."""
    if fault.field not in personal:
        return fault
    return Invalid(field=fault.field, value=HIDDEN, constraint=fault.constraint)


def _digest(command: type[Command], columns: dict[str, Any], place: int) -> str:
    """What a malformed command looked like, so that it is known again: its values are not kept.

    Personal fields are left out, and a field that was not given counts as its default.
    """
    row = {name: columns[name][place] for name in columns}
    for field in msgspec.structs.fields(command):
        if field.name not in row and field.default is not msgspec.NODEFAULT:
            row[field.name] = field.default
    kept = {name: _seen(row[name]) for name in sorted(row) if name not in command.personal}
    return hashlib.sha256(repr(kept).encode("utf-8", "backslashreplace")).hexdigest()


def _seen(item: Any) -> Any:
    if isinstance(item, np.generic):
        return item.item()
    return item.value if isinstance(item, Enum) else item


def _times(at: Any, count: int, unlogged: dict[int, Invalid]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Times, and which were given; a time that is none, or lies outside the years, is a fault."""
    if at is None:
        return np.zeros(count, np.int64), np.zeros(count, np.bool_)
    if isinstance(at, np.ndarray) and at.dtype.kind in "iu" and at.dtype != np.uint64:
        times = np.broadcast_to(at, (count,)).astype(np.int64)
        outside = np.flatnonzero((times < 0) | (times >= END_AT_US)).tolist()
        timed = np.ones(count, np.bool_)
    else:
        items = [at] * count if isinstance(at, int | str | float) else list(at)
        items = [item.item() if isinstance(item, np.generic) else item for item in items]
        timed = np.array([item is not None for item in items], np.bool_)
        outside = [place for place, item in enumerate(items) if item is not None and not _is_time(item)]
        for place in outside:
            unlogged.setdefault(place, Invalid(field="at", value=plain(items[place]), constraint=A_TIME))
            items[place] = 0
        times = np.array([item or 0 for item in items], np.int64)
    for place in outside:
        unlogged.setdefault(place, Invalid(field="at", value=int(times[place]), constraint=A_TIME))
    return np.where(np.isin(np.arange(count), outside), 0, times), timed


def _is_time(item: Any) -> bool:
    return type(item) is int and 0 <= item < END_AT_US


def _check_names(clients: Sequence[str], keys: Sequence[str], unlogged: dict[int, Invalid]) -> None:
    for field, names in (("client", clients), ("key", keys)):
        if _are_plain(names):
            continue
        for place, name in enumerate(names):
            if not _is_name(name):
                unlogged.setdefault(
                    place, Invalid(field=field, value=plain(name), constraint="a text that is not empty")
                )


def _are_plain(names: Sequence[Any]) -> bool:
    """Whether all are texts that need no closer look."""
    try:
        return all(names) and "".join(names).isascii()
    except TypeError:
        return False


def _is_name(name: Any) -> bool:
    if not isinstance(name, str) or not name:
        return False
    try:
        return name.isascii() or bool(name.encode())
    except UnicodeEncodeError:
        return False


def part_of(incoming: Incoming, kept: NDArray[np.int64]) -> Incoming:
    """The commands at these places of the batch."""
    if len(kept) == len(incoming.places):
        return incoming
    numbers = {int(old): new for new, old in enumerate(kept)}

    def renumbered(items: Mapping[int, Any]) -> dict[int, Any]:
        return {numbers[place]: item for place, item in items.items() if place in numbers}

    return Incoming(
        batch=incoming.batch.chosen(kept),
        places=incoming.places[kept],
        timed=incoming.timed[kept],
        faults=renumbered(incoming.faults),
        malformed=renumbered(incoming.malformed),
        payloads=renumbered(incoming.payloads),
        unlogged=renumbered(incoming.unlogged),
    )


def without(incoming: Incoming, places: Collection[int]) -> Incoming:
    """All commands but those at these places."""
    if not places:
        return incoming
    return part_of(incoming, np.setdiff1d(np.arange(len(incoming.places)), np.array(list(places), np.int64)))


def _not_before(at: int) -> str:
    return f"a time not before {at}, which is {china_time(at)} in China: that of the last command"


def in_time(incoming: Incoming, *, now: int, last_at: int) -> tuple[Incoming, dict[int, Invalid]]:
    """Times given to commands that name none; and those whose time goes back, which can't be logged."""
    given = np.where(incoming.timed, incoming.batch.at, now)
    latest = np.maximum.accumulate(np.concatenate([np.array([last_at], np.int64), given]))
    late = np.flatnonzero(incoming.timed & (given < latest[:-1])).tolist()
    faults = {
        place: Invalid(field="at", value=int(given[place]), constraint=_not_before(int(latest[place])))
        for place in late
    }
    times = np.where(incoming.timed, given, latest[1:])
    return replace(incoming, batch=replace(incoming.batch, at=times)), faults


def ahead_of(incoming: Incoming, *, now: int) -> dict[int, Invalid]:
    """Commands that may name no time still to come, and do."""
    if not REGISTRY[incoming.batch.kind].never_ahead:
        return {}
    wanted = f"a time not after {now}, which is {china_time(now)} in China: it has not come yet"
    places = np.flatnonzero(incoming.batch.at > now).tolist()
    return {place: Invalid(field="at", value=int(incoming.batch.at[place]), constraint=wanted) for place in places}


def cut(incoming: Incoming, *, use_case: UseCase, records: Records) -> Iterator[Incoming]:
    """The batch in parts that can each be decided as one."""
    batch = incoming.batch
    days = local_days(batch.at)
    start = 0
    for end in (*_cuts(batch, days, use_case, records), len(batch)):
        if end > start:
            part = part_of(incoming, np.arange(start, end))
            yield replace(part, batch=replace(part.batch, on=int(days[start])))
        start = end


def _cuts(batch: Batch, days: NDArray[np.int32], use_case: UseCase, records: Records) -> list[int]:
    """Where the batch must be cut: the day changes, a shared fact comes again, or each command stands alone."""
    if use_case.surveys and use_case.alone:
        return list(range(1, len(batch)))
    places = set((np.flatnonzero(np.diff(days)) + 1).tolist())
    led_to = [_values_of(batch.integers(field), records, table, name) for field, table, name in use_case.shared]
    for column in (*use_case.conflicts(batch), *led_to):
        places |= set(_repeats(column, places))
    return sorted(places)


def _values_of(ids: NDArray[np.int64], records: Records, table: Table, name: str) -> NDArray[np.int64]:
    """A column of the rows with these numbers; 0 for those that there are none of."""
    held = records.tables[table.name]
    there = (ids > 0) & (ids <= held.count)
    return held.column(name)[np.where(there, ids, 0)]


def _repeats(column: NDArray[np.int64], already: set[int]) -> list[int]:
    """Where a value that the current part has had comes again; 0 is no value."""
    named = column[column != 0]
    if len(np.unique(named)) == len(named):
        return []
    cuts: list[int] = []
    seen: set[int] = set()
    for place, item in enumerate(column.tolist()):
        if place in already:
            seen = set()
        if item and item in seen:
            cuts.append(place)
            seen = set()
        seen.add(item)
    return cuts
