"""What the log left, compared with what the store holds; each finding names the first bad row of its part."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

import numpy as np

from benyuan.engine.codec import packed
from benyuan.engine.keys import KeyIndex
from benyuan.engine.reading import Opened
from benyuan.engine.records import Records, TableColumns
from benyuan.engine.restoring import Rest, read_page
from benyuan.engine.store import Store
from benyuan.ledger import LedgerState
from benyuan.ledger.state import PAGE


def compare_records(records: Records, store: Store) -> list[str]:
    """The first row of each table that is not what the events left."""
    return [fault for held in records.tables.values() for fault in _compare_table(held, store)]


def _compare_table(held: TableColumns, store: Store) -> Iterator[str]:
    names = ("id", *held.table.columns)
    for expected, found in zip_longest(held.rows().tolist(), store.rows(held.table)):
        if expected is None or found is None:
            row = (expected or found)[0]
            what = "is missing" if found is None else "is in no event of the log"
            yield f"table {held.table.name}: row {row} {what}"
            return
        if tuple(expected) != tuple(found):
            name, was, now = next(item for item in zip(names, expected, found, strict=True) if item[1] != item[2])
            yield f"table {held.table.name}: row {found[0]} has {name} {now}, the log says {was}"
            return


def compare_keys(keys: KeyIndex, store: Store, *, up_to: int) -> list[str]:
    """The first saved key of a request, of commands up to a log position, that is not what the log says."""
    expected = [item for item in keys.items() if item[1] <= up_to]
    for one, other in zip_longest(expected, store.keys()):
        if one != (tuple(other) if other else None):
            return [f"table request_key: found {other}, the log says {one} (number, position)"]
    return []


def compare_regimes(digests: Iterable[str], store: Store) -> list[str]:
    """Rules that decided a block and are not kept, or are not those of their digest."""
    for digest in sorted(digests):
        canonical = store.regime(digest)
        if canonical is None:
            return [f"table regime: the rules {digest} that decided a block are missing"]
        if hashlib.sha256(canonical).hexdigest() != digest:
            return [f"table regime: the rules {digest} are not those of their digest"]
    return []


def compare_payloads(opened: Opened, store: Store) -> tuple[list[str], int]:
    """Payloads that do not fit their commitment, and how many have been erased."""
    faults, erased = [], 0
    for place, committed in opened.body["commitments"].items():
        position = opened.block.first_position + int(place)
        kept = store.payload(position)
        if kept is None:
            erased += 1
        elif hashlib.sha256(kept[0] + kept[1]).hexdigest() != committed:
            faults.append(f"table payload: that of command {position} is not what was committed to")
    return faults[:1], erased


def compare_balances(state: LedgerState, saved: tuple[int, Mapping[int, bytes], bytes]) -> list[str]:
    """The first account whose saved balances are not those of the log at that point."""
    seq, pages, rest_bytes = saved
    try:
        rest = Rest.read(rest_bytes, seq=seq)
        if (rest.accounts, rest.legs, rest.last_at) != (state.account_count, state.leg_count, state.last_at):
            return [f"table balance_rest: it does not stand where block {seq} ends"]
        if rest.hold_columns != packed(state.open_holds()):
            return [f"table balance_rest: the open holds are not those of the log after block {seq}"]
        return next(
            ([fault] for page in range(state.account_count // PAGE + 1) if (fault := _page(state, pages, page))), []
        )
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
