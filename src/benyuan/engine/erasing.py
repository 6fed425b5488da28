"""Erasing: what an event names goes from the store in the commit that logs it; keys and old bytes go after it.

The order makes a kill harmless. The commit erases rows and notes that the files are not clean; then keys are
destroyed, the file is written anew, and the note goes last. Whoever finds the note does the last two again.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from benyuan.decisions.events import ERASES, Erased, Event
from benyuan.engine.pages import PREFIX as PAGES
from benyuan.engine.pages import Pages, page_key
from benyuan.engine.payloads import MONTH, identity_key, month_key
from benyuan.engine.store import Store
from benyuan.engine.vault import Vault

AT_ONCE = 10_000


def erase(event: Event, store: Store, pages: Pages) -> list[list[Any]] | None:
    """Erase in the store what an event names; None where it names nothing, else the pages that were written anew."""
    what = ERASES.get((event.kind, event.version))
    if what is None:
        return None
    ids = event.columns["id"]
    store.begin_erasing()
    if what is Erased.records:
        return pages.erase(event.columns)
    if what is Erased.payloads:
        store.erase_payloads(ids)
    else:
        _forget(store, ids)
    return []


def _forget(store: Store, identities: Sequence[int]) -> None:
    store.erase_sealed_under([identity_key(each) for each in identities])
    for each in identities:
        store.forget_identity(each)


def left_of(event: Event, store: Store) -> str | None:
    """What an event has erased and is still there: the first such thing, in words."""
    what = ERASES.get((event.kind, event.version))
    if what is None:
        return None
    ids = event.columns["id"]
    if what is Erased.records:  # told by the commitments to the pages
        return None
    if what is Erased.payloads:
        left = store.payloads_left(ids)
        return f"table payload: that of command {left[0]} was erased and is there" if left else None
    for each in ids:
        if store.tag_of(each) is not None or store.marks_of(each):
            return f"table identity_tag: identity {each} was forgotten and is there"
    left = store.sealed_under([identity_key(each) for each in ids])
    return f"table payload: that of command {left[0]} was erased and is there" if left else None


def finish(store: Store, vault: Vault, *, on: int) -> int:
    """Forget who has no payload left, destroy the keys that nothing needs, clean the files; returns how many keys.

    `on`: today; the key of its month stays. Errors: VaultLocked, StoreUnavailable; then it is to be begun again.
    """
    if not store.is_erasing():
        return 0
    empty = store.empty_identities()
    store.begin()
    try:
        for each in empty:
            store.forget_identity(each)
        store.commit()
    except BaseException:
        store.rollback()
        raise
    destroyed = sum(vault.destroy(names) for names in _chunks(map(identity_key, store.forgotten_identities())))
    needed = {*store.months_sealed(), month_key(on), page_key(on)}
    months = (*vault.names(MONTH), *vault.names(PAGES))
    destroyed += vault.destroy([name for name in months if name not in needed])
    store.finish_erasing()
    return destroyed


def _chunks(names: Iterator[str]) -> Iterator[list[str]]:
    while chunk := list(islice(names, AT_ONCE)):
        yield chunk
