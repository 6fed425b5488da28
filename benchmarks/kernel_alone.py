"""How fast the parts of the ledger are without a store: `python benchmarks/kernel_alone.py [LEGS]`.

Three rates a second over the legs of the ledger bench, medians of three: the compiled loop alone, the ledger in
memory from columns, and folding the rows again.
"""

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benyuan.cli.benches.ledger import LedgerSizes, batches
from benyuan.cli.benches.measuring import Stopwatch
from benyuan.ledger import Ledger, MemoryJournal
from benyuan.ledger import ledger as module

ROUNDS = 3
VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "pending": {"pending": True},
    "chains of five": {"chains": 5},
    "four hot": {"hot": 4},
}


class NoJournal(MemoryJournal):
    """Keeps nothing."""

    def append(self, *, first_leg: int, rows: Any) -> None:
        del first_leg, rows


def timed(work: Callable[[int], None], watch: Stopwatch) -> Callable[[int], None]:
    def call(address: int) -> None:
        with watch:
            work(address)

    return call


def run(sizes: LedgerSizes) -> tuple[float, float, float]:
    """Seconds of (the loop, the ledger from columns, folding the rows again)."""
    ledger = Ledger(journal=NoJournal())
    ledger.create_accounts(book=1, unit=1, code=np.ones(sizes.accounts, np.int64))
    work = list(batches(sizes))
    loop = Stopwatch()
    post_legs = vars(module)["post_legs"]
    vars(module)["post_legs"] = timed(post_legs, loop)
    begun = time.perf_counter()
    journals = [ledger.post(**columns).journal for columns in work]
    whole = time.perf_counter() - begun
    vars(module)["post_legs"] = post_legs
    again = Ledger(journal=NoJournal())
    again.create_accounts(book=1, unit=1, code=np.ones(sizes.accounts, np.int64))
    begun = time.perf_counter()
    for rows in journals:
        again.fold(rows)
    folded = time.perf_counter() - begun
    return loop.seconds, whole, folded


def main() -> None:
    legs = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print("| legs | the loop alone | ledger from columns | fold |\n|---|---|---|---|")
    for name, options in VARIANTS.items():
        sizes = LedgerSizes(legs=legs, **options)
        runs = [run(sizes) for _ in range(ROUNDS)]
        rates = [statistics.median(legs / seconds for seconds in part) for part in zip(*runs, strict=True)]
        print(f"| {name} | {' | '.join(f'{rate:,.0f}' for rate in rates)} |")


if __name__ == "__main__":
    main()
