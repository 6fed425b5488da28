"""`bench draw`: policy-checked draws on pay-later accounts, beside the ledger's bare legs.

Each draw passes the gates and carries three limit legs: the borrower's line, the account's, the lender's capital or
leverage, whichever is nearer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benyuan.cli.benches.ledger import LedgerSizes, measure_ledger
from benyuan.cli.benches.lending import BenchLender
from benyuan.cli.benches.measuring import SEED, Figures, Stopwatch, share_of

MEAN_FEN = 6_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawSizes:
    """Draws on accounts of so many borrowers, in batches; bare legs beside."""

    draws: int = 200_000
    borrowers: int = 50_000
    batch: int = 2_000
    bare_legs: int = 1_000_000

    def scaled(self, share: float) -> "DrawSizes":
        """The sizes times `share`."""
        return replace(
            self,
            draws=share_of(self.draws, share, step=self.batch),
            borrowers=share_of(self.borrowers, share),
            bare_legs=share_of(self.bare_legs, share, step=2),
        )


def measure_draw(sizes: DrawSizes, directory: Path) -> Figures:
    """One run: borrowers set up, then draws by batches, each batch durable before the next."""
    bench = BenchLender(directory)
    bench.borrowers(sizes.borrowers)
    bench.group.save()
    accepted, drawing = 0, Stopwatch()
    before = bench.group.ledger.leg_count
    for batch in draws(sizes):
        with drawing:
            answers = bench.give("draw_purchase", **batch)
        accepted += int((answers.results("bought_fen") > 0).sum())
    legs = bench.group.ledger.leg_count - before
    bench.group.close()
    bare = measure_ledger(LedgerSizes(legs=sizes.bare_legs), _beside(directory))
    rate = drawing.rate(legs)
    return {
        "draws": sizes.draws,
        "borrowers": sizes.borrowers,
        "accepted": accepted,
        "draws_per_s": drawing.rate(sizes.draws),
        "draws_per_cpu_s": drawing.cpu_rate(sizes.draws),
        "legs": legs,
        "draw_legs_per_s": rate,
        "bare_legs_per_s": bare["legs_per_s"],
        "ratio": round(rate / bare["legs_per_s"], 3),
    }


def draws(sizes: DrawSizes) -> Iterator[dict[str, Any]]:
    """The columns of draws, batch by batch."""
    draw = np.random.default_rng(SEED)
    account = draw.integers(1, sizes.borrowers + 1, sizes.draws)
    amount = draw.exponential(MEAN_FEN, sizes.draws).astype(np.int64) + 1
    for first in range(0, sizes.draws, sizes.batch):
        of = slice(first, first + sizes.batch)
        yield {"account": account[of], "amount_fen": amount[of]}


def _beside(directory: Path) -> Path:
    beside = directory / "bare"
    beside.mkdir()
    return beside
