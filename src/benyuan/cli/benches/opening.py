"""`bench open`: start-up on a long journal, in a fresh process, beside reading the saved pages and the tail.

A close saves balances, so the next start folds nothing; after a kill the tail since the last save is folded.
"""

import sqlite3
import time
from dataclasses import dataclass, replace
from pathlib import Path

from benyuan.cli.benches.ledger import LedgerSizes, batches, create_accounts, open_group
from benyuan.cli.benches.measuring import (
    Figures,
    Stopwatch,
    die,
    evict,
    in_child,
    in_killed_child,
    peak_rss_mib,
    share_of,
)
from benyuan.engine.codec import unpacked
from benyuan.engine.group import SAVE_EVERY_LEGS
from benyuan.engine.restoring import read_page
from benyuan.ledger.layout import ROW
from benyuan.ledger.state import PAGE
from benyuan.storage.sqlite import SqliteStore


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSizes:
    """`killed`: the process that wrote the journal is killed `tail` legs after its last save.

    `cold`: files are dropped from the system's memory before. `unsaved`: also without any saved balances.
    """

    legs: int = 10_000_000
    accounts: int = 1_000_000
    batch: int = 8_000
    killed: bool = False
    tail: int = SAVE_EVERY_LEGS
    cold: bool = False
    unsaved: bool = False

    def scaled(self, share: float) -> "OpenSizes":
        """The sizes times `share`; the batch and the tail stay."""
        return replace(self, legs=share_of(self.legs, share), accounts=max(2, share_of(self.accounts, share)))


def build(sizes: OpenSizes, path: Path) -> None:
    """Write the journal, and close or die."""
    group = open_group(path)
    create_accounts(group, sizes.accounts)
    save_until = sizes.legs - min(sizes.tail, sizes.legs) if sizes.killed else sizes.legs
    saved = 0
    for columns in batches(LedgerSizes(legs=sizes.legs, accounts=sizes.accounts, batch=sizes.batch)):
        group.post(**columns)
        if saved < group.ledger.leg_count <= save_until and group.ledger.leg_count - saved >= SAVE_EVERY_LEGS:
            group.save()
            saved = group.ledger.leg_count
        elif sizes.killed and saved < save_until <= group.ledger.leg_count:
            group.save()
            saved = save_until = group.ledger.leg_count
    if sizes.killed:
        die()
    group.close()


def opened(path: Path) -> tuple[Stopwatch, int, int]:
    """(the time to open, legs, peak memory in MiB), in the process that calls."""
    with Stopwatch() as watch:
        group = open_group(path)
    legs = group.ledger.leg_count
    group.store.close()  # without saving: the next run must find what this one found
    return watch, legs, peak_rss_mib()


def read(path: Path) -> tuple[float, int]:
    """(seconds to read saved pages and the blocks since into columns, legs of these blocks)."""
    begun = time.perf_counter()
    store = SqliteStore(path, read_only=True)
    legs = after = 0
    saved = store.saved_balances()
    if saved is not None:
        after, pages, _ = saved
        last = max(pages)
        for page, data in pages.items():
            if page < last:
                read_page(page, data, count=PAGE)
    for block in store.blocks(after=after):
        legs += len(unpacked(block.rows, dtype=ROW, count=block.legs))
    seconds = time.perf_counter() - begun
    store.close()
    return seconds, legs


def forget_saved(path: Path) -> None:
    """Remove the saved balances, so that the next start folds the whole journal."""
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM balance_rest")
        connection.execute("DELETE FROM balance_page")
    connection.close()


def measure_open(sizes: OpenSizes, directory: Path) -> Figures:
    """One run of the open bench."""
    path = directory / "open.db"
    if sizes.killed:
        in_killed_child(build, sizes, path)
    else:
        in_child(build, sizes, path)
    watch, process_s, legs, rss = _opened(path, cold=sizes.cold)
    if sizes.cold:
        evict(path)
    read_s, tail = in_child(read, path)
    figures: Figures = {
        "legs": legs,
        "accounts": sizes.accounts,
        "seconds": round(watch.seconds, 3),
        "cpu_s": round(watch.cpu_seconds, 3),
        "read_s": round(read_s, 3),
        "ratio": round(read_s / watch.seconds, 3),
        "process_s": round(process_s, 3),
        "folded_legs": tail,
        "legs_per_s": watch.rate(legs),
        "peak_rss_mib": rss,
        "store_mib": path.stat().st_size >> 20,
    }
    if sizes.unsaved:
        forget_saved(path)
        whole, _, _, whole_rss = _opened(path, cold=sizes.cold)
        read_all_s, _ = in_child(read, path)
        figures |= {"unsaved_s": round(whole.seconds, 3), "unsaved_read_s": round(read_all_s, 3)}
        figures |= {"unsaved_legs_per_s": whole.rate(legs), "unsaved_peak_rss_mib": whole_rss}
    return figures


def _opened(path: Path, *, cold: bool) -> tuple[Stopwatch, float, int, int]:
    """(the time of the open, seconds of the whole process with its imports, legs, peak memory)."""
    if cold:
        evict(path)
    begun = time.perf_counter()
    watch, legs, rss = in_child(opened, path)
    return watch, time.perf_counter() - begun, legs, rss
