"""Commands as they come in, made into batches: of one kind, on one day, with nothing shared but balances."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.checking import checked
from benyuan.decisions.commands import REGISTRY, Request
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import UseCase
from benyuan.engine.codec import encoded
from benyuan.values.dates import local_days

SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Commands of one kind: `places` are theirs in the call. `payloads` are their personal fields, by place."""

    batch: Batch
    places: NDArray[np.int64]
    faults: dict[int, Invalid]
    payloads: dict[int, dict[str, Any]]


def of_requests(requests: Sequence[Request], *, now: int) -> Iterator[Incoming]:
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
            at=[now if request.at is None else request.at for request in run],
            columns={name: [getattr(request.command, name) for request in run] for name in names},
            first_place=start,
        )
        start = end


def of_columns(
    *, kind: str, clients: Sequence[str], keys: Sequence[str], at: Any, columns: dict[str, Any], first_place: int = 0
) -> Incoming:
    """Commands of one kind given as columns, checked; personal fields taken out. Errors: KeyError for no such kind."""
    command = REGISTRY[kind]
    count = len(keys)
    made, faults = checked(command=command, columns=columns, count=count)
    payloads: dict[int, dict[str, Any]] = {}
    for name in command.personal:
        for place, item in enumerate(made.pop(name)):
            if item:
                payloads.setdefault(place, {})[name] = item
    times = np.asarray(at, np.int64)
    batch = Batch(
        kind=kind,
        clients=clients,
        keys=keys,
        at=times,
        on=0,
        columns=made,
        position=np.zeros(count, np.int64),
    )
    places = np.arange(first_place, first_place + count, dtype=np.int64)
    return Incoming(batch=batch, places=places, faults=faults, payloads=payloads)


def part_of(incoming: Incoming, kept: NDArray[np.int64]) -> Incoming:
    """The commands at these places of the batch."""
    if len(kept) == len(incoming.places):
        return incoming
    numbers = {int(old): new for new, old in enumerate(kept)}
    return Incoming(
        batch=incoming.batch.chosen(kept),
        places=incoming.places[kept],
        faults={numbers[place]: item for place, item in incoming.faults.items() if place in numbers},
        payloads={numbers[place]: item for place, item in incoming.payloads.items() if place in numbers},
    )


def cut(incoming: Incoming, *, use_case: UseCase) -> Iterator[Incoming]:
    """The batch in parts that can each be decided as one."""
    batch = incoming.batch
    days = local_days(batch.at)
    start = 0
    for end in (*_cuts(batch, days, use_case), len(batch)):
        if end > start:
            part = part_of(incoming, np.arange(start, end))
            yield replace(part, batch=replace(part.batch, on=int(days[start])))
        start = end


def _cuts(batch: Batch, days: NDArray[np.int32], use_case: UseCase) -> list[int]:
    """Where the batch must be cut: the day changes, a shared fact comes again, or each command stands alone."""
    if use_case.surveys:
        return list(range(1, len(batch)))
    places = set((np.flatnonzero(np.diff(days)) + 1).tolist())
    for column in use_case.conflicts(batch):
        places |= set(_repeats(column, places))
    return sorted(places)


def _repeats(column: NDArray[np.int64], already: set[int]) -> list[int]:
    """Where a value that the current part has had comes again."""
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


def commitment(salt: bytes, payload: dict[str, Any]) -> tuple[bytes, str]:
    """A payload's bytes, and the salted hash of them that the log keeps."""
    body = encoded(payload)
    return body, hashlib.sha256(salt + body).hexdigest()
