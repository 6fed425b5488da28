"""`bench ledger`: bare legs from NumPy columns through the group, every batch durable, beside a bare table.

The ledger and its limits take turns, so that a noisy machine burdens them alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan import app
from benyuan.cli.benches.bare import NINE, WIDE, BareTable
from benyuan.cli.benches.measuring import BEGIN_US, SEED, Figures, Stopwatch, share_of
from benyuan.engine.group import Group
from benyuan.ledger import LegFlag
from benyuan.ledger.layout import ROW

TURNS = 10
AMOUNT_END = 10_000
HOLD_TIMEOUT_S = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSizes:
    """`pending`: half of the legs are holds, half post them. `chains`: legs a chain; 0: none are linked.

    `hot`: half of all legs go to one of so many accounts.
    """

    legs: int = 1_000_000
    accounts: int = 100_000
    batch: int = 8_000
    pending: bool = False
    chains: int = 0
    hot: int = 0

    def scaled(self, share: float) -> "LedgerSizes":
        """The sizes times `share`; batches stay."""
        accounts = max(self.hot + 2, share_of(self.accounts, share))
        return replace(self, legs=share_of(self.legs, share), accounts=accounts)


def batches(sizes: LedgerSizes) -> Iterator[dict[str, Any]]:
    """The columns of each batch; ids of holds are known beforehand, since every leg posts and ids are dense."""
    random = np.random.default_rng(SEED)
    links = max(sizes.chains, 1)
    step = sizes.batch // links * links
    for number, start in enumerate(range(0, sizes.legs, step)):
        count = min(step, sizes.legs - start)
        index = np.arange(start, start + count)
        columns: dict[str, Any] = {"code": 1, "reference": index + 1, "at": BEGIN_US + index // links}
        if sizes.pending and number % 2:
            holds = np.arange(start - step + 1, start - step + 1 + count)
            columns |= {"debit_account": 0, "credit_account": 0, "amount": np.iinfo(np.int64).max, "code": 0}
            yield columns | {"pending_id": holds, "flags": int(LegFlag.post_pending_transfer)}
            continue
        columns |= _movements(random, count, sizes)
        if sizes.pending:
            columns |= {"flags": int(LegFlag.pending), "timeout_s": HOLD_TIMEOUT_S}
        elif sizes.chains > 1:
            columns["flags"] = _linked(count, sizes.chains)
        yield columns


def _movements(random: np.random.Generator, count: int, sizes: LedgerSizes) -> dict[str, NDArray[np.int64]]:
    debit = random.integers(1, sizes.accounts + 1, count)
    credit = (debit - 1 + random.integers(1, sizes.accounts, count)) % sizes.accounts + 1
    if sizes.hot:
        hot = random.random(count) < 0.5
        credit = np.where(hot, random.integers(1, sizes.hot + 1, count), credit)
        debit = np.where(hot & (debit <= sizes.hot), sizes.hot + 1, debit)
    return {"debit_account": debit, "credit_account": credit, "amount": random.integers(1, AMOUNT_END, count)}


def _linked(count: int, links: int) -> NDArray[np.int64]:
    index = np.arange(count)
    ends = (index % links == links - 1) | (index == count - 1)
    return np.where(ends, 0, int(LegFlag.linked))


def open_group(path: Path) -> Group:
    """A group whose clock stands at the bench's begin."""
    return app.open(f"{app.PREFIX}{path}", create=True, clock=lambda: BEGIN_US)


def create_accounts(group: Group, count: int) -> None:
    """Plain accounts, in batches."""
    for start in range(0, count, 100_000):
        group.create_accounts(book=1, unit=1, code=np.ones(min(100_000, count - start), np.int64))


def post_all(group: Group, columns: list[dict[str, Any]], watch: Stopwatch) -> list[NDArray[Any]]:
    """Post batches; what each wrote to the journal."""
    with watch:
        return [group.post(**batch).journal for batch in columns]


def measure_ledger(sizes: LedgerSizes, directory: Path) -> Figures:
    """One run of the ledger bench."""
    ours, wide, nine, saving = Stopwatch(), Stopwatch(), Stopwatch(), Stopwatch()
    work = list(batches(sizes))
    per_turn = -(-len(work) // TURNS)
    store = directory / "ledger.db"
    with (
        open_group(store) as group,
        BareTable(directory / "wide.db", WIDE) as wide_table,
        BareTable(directory / "nine.db", NINE) as nine_table,
    ):
        create_accounts(group, sizes.accounts)
        group.save()
        for start in range(0, len(work), per_turn):
            journals = post_all(group, work[start : start + per_turn], ours)
            for watch, table in ((wide, wide_table), (nine, nine_table)):
                with watch:
                    for rows in journals:
                        table.insert(rows)
        with saving:
            group.save()
        rows_in_all = wide_table.count()
        assert group.ledger.leg_count == rows_in_all == nine_table.count() == sizes.legs
    return {
        "legs": sizes.legs,
        "accounts": sizes.accounts,
        "legs_per_s": ours.rate(sizes.legs),
        "limit_rows_per_s": wide.rate(sizes.legs),
        "ratio": round(wide.seconds / ours.seconds, 3),
        "limit9_rows_per_s": nine.rate(sizes.legs),
        "legs_per_cpu_s": ours.cpu_rate(sizes.legs),
        "limit_rows_per_cpu_s": wide.cpu_rate(sizes.legs),
        "save_s": round(saving.seconds, 3),
        "store_bytes_per_leg": round(store.stat().st_size / sizes.legs, 1),
        "row_bytes": ROW.itemsize,
    }


def post_alone(sizes: LedgerSizes, path: Path, watch: Stopwatch) -> None:
    """The ledger without the bare tables beside it."""
    with open_group(path) as group:
        create_accounts(group, sizes.accounts)
        post_all(group, list(batches(sizes)), watch)
