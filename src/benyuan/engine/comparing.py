"""What the log left, compared with what the store holds; each finding names the first bad row of its part."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.engine.codec import packed
from benyuan.engine.keys import KeyIndex
from benyuan.engine.marks import among
from benyuan.engine.payloads import Payloads
from benyuan.engine.reading import Opened
from benyuan.engine.records import Records, TableColumns
from benyuan.engine.restoring import Rest, pages_of, read_page
from benyuan.engine.store import Store, StoreDamaged
from benyuan.engine.vault import VaultLocked
from benyuan.ledger import LedgerState
from benyuan.ledger.state import PAGE

COMPARED_AT_ONCE = 65_536


def compare_records(records: Records, store: Store) -> list[str]:
    """The first row of each table that is not what the events left."""
    return [fault for held in records.tables.values() for fault in _compare_table(held, store)]


def first_difference(expected: NDArray[np.int64], rows: Iterable[tuple[Any, ...]]) -> tuple[Any, Any] | None:
    """The first row that is not the expected one, as (expected, found), None for none; None where all are equal.

    Whole blocks of rows are compared at once; only one that differs is looked at row by row.
    """
    left, start = iter(rows), 0
    while True:
        found = list(islice(left, COMPARED_AT_ONCE))
        part = expected[start : start + COMPARED_AT_ONCE]
        if len(found) != len(part) or (found and not _equal(part, found)):
            pairs = zip_longest(map(tuple, part.tolist()), map(tuple, found))
            different = next((pair for pair in pairs if pair[0] != pair[1]), None)
            if different is not None:
                return different
        if len(found) < COMPARED_AT_ONCE:
            return None
        start += COMPARED_AT_ONCE


def _equal(part: NDArray[np.int64], found: list[tuple[Any, ...]]) -> bool:
    held = np.array(found)
    return held.dtype == np.int64 and np.array_equal(held, part)


def _compare_table(held: TableColumns, store: Store) -> Iterator[str]:
    different = first_difference(held.rows(), store.rows(held.table))
    if different is None:
        return
    expected, found = different
    if expected is None or found is None:
        what = "is missing" if found is None else "is in no event of the log"
        yield f"table {held.table.name}: row {(expected or found)[0]} {what}"
        return
    names = ("id", *held.table.columns)
    name, was, now = next(item for item in zip(names, expected, found, strict=True) if item[1] != item[2])
    yield f"table {held.table.name}: row {found[0]} has {name} {now!r}, the log says {was}"


def compare_keys(keys: KeyIndex, store: Store, *, up_to: int) -> list[str]:
    """The first saved key of a request, of commands up to a log position, that is not what the log says."""
    items = keys.items()
    place = first_difference(items[items[:, 1] <= up_to], store.keys())
    if place is None:
        return []
    one, other = place
    return [f"table request_key: found {other}, the log says {one} (number, position)"]


def compare_regimes(digests: Iterable[str], store: Store) -> list[str]:
    """Rules that decided a block and are not kept, or are not those of their digest."""
    for digest in sorted(digests):
        canonical = store.regime(digest)
        if canonical is None:
            return [f"table regime: the rules {digest} that decided a block are missing"]
        if hashlib.sha256(canonical).hexdigest() != digest:
            return [f"table regime: the rules {digest} are not those of their digest"]
    return []


@dataclass(frozen=True, slots=True)
class PayloadCheck:
    """What became of the payloads of a block; `marks` and `unread` as in `Told`."""

    faults: list[str]
    erased: int = 0
    unopened: int = 0
    marks: Sequence[tuple[bytes, int, int, int]] = ()
    unread: Sequence[int] = ()


def compare_payloads(opened: Opened, payloads: Payloads) -> PayloadCheck:
    """Payloads that do not fit their commitment; how many have been erased, how many there are no keys for."""
    commitments = opened.body["commitments"]
    positions = [opened.block.first_position + int(place) for place in commitments]
    try:
        fits = payloads.fits(opened.batch(), {int(place): committed for place, committed in commitments.items()})
    except VaultLocked:
        left = payloads.left(positions)
        return PayloadCheck([], erased=len(positions) - left, unopened=left)
    except StoreDamaged:
        bad = next(position for position in positions if not _is_sealed(payloads, position))
        return PayloadCheck([f"table payload: that of command {bad} is not what was sealed"])
    faults = [
        f"table payload: that of command {position} is not what was committed to"
        for position, fit in zip(positions, fits, strict=True)
        if fit is False
    ]
    told = payloads.told_by(opened.batch())
    faults += [
        f"table identity_tag: identity {number} is not the one of command {position}"
        for number, position in told.strangers
    ]
    return PayloadCheck(faults[:1], erased=fits.count(None), marks=told.marks, unread=told.unread)


def _is_sealed(payloads: Payloads, position: int) -> bool:
    try:
        payloads.opened([position])
    except StoreDamaged:
        return False
    return True


def compare_payload_positions(committed: Sequence[int], store: Store) -> list[str]:
    """The first payload that no command has; `committed`: the log positions of those that have one, in order."""
    expected, left = np.array(committed, np.int64), store.payload_positions()
    while chunk := list(islice(left, COMPARED_AT_ONCE)):
        found = np.array(chunk, np.int64)
        strange = found[~among(found, expected)]
        if len(strange):
            return [f"table payload: that of command {strange[0]} is in no command of the log"]
    return []


def compare_balances(state: LedgerState, saved: tuple[int, Mapping[int, bytes], bytes]) -> list[str]:
    """The first account whose saved balances are not those of the log at that point."""
    seq, pages, rest_bytes = saved
    try:
        rest = Rest.read(rest_bytes, seq=seq)
        if (rest.accounts, rest.legs, rest.last_at) != (state.account_count, state.leg_count, state.last_at):
            return [f"table balance_rest: it does not stand where block {seq} ends"]
        if rest.hold_columns != packed(state.open_holds()):
            return [f"table balance_rest: the open holds are not those of the log after block {seq}"]
        kept = pages_of(state.account_count)
        return next(([fault] for page in kept if (fault := _page(state, pages, page))), [])
    except ValueError as error:
        return [f"table balance_rest: {error}"]


def _page(state: LedgerState, pages: Mapping[int, bytes], page: int) -> str | None:
    start = page * PAGE
    expected = state.accounts[start : min(start + PAGE, state.account_count + 1)]
    if page not in pages:
        return f"table balance_page: page {page} is missing"
    try:
        found: Any = read_page(page, pages[page], count=len(expected))
    except ValueError as error:
        return f"table balance_page: page {page}: {error}"
    different = np.flatnonzero(found != expected)
    if len(different):
        return f"table balance_page: account {start + int(different[0])} is not what the log left"
    return None
