"""`bench score`: credit files scored from their months of accounts, beside NumPy passing over the same columns.

Two steps, each beside its own limit: factors from six months of accounts (four accounts to three files), then points,
score and four reasons from the factors. `seconds` is both. The limit adds up every column once and does nothing else.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benyuan.cli.benches.measuring import SEED, Figures, Stopwatch, share_of
from benyuan.credit_bureau.score.factors import factors_of
from benyuan.credit_bureau.score.layout import AccountMonths
from benyuan.credit_bureau.score.scoring import apply
from benyuan.credit_bureau.score.titles import WINDOW
from benyuan.storage.scorecards import load_scorecard

CHUNK = 100_000
MONTH_COLUMNS = ("status", "balance_fen", "limit_fen", "statement_fen", "paid_fen")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSizes:
    """So many credit files."""

    files: int = 1_000_000

    def scaled(self, share: float) -> "ScoreSizes":
        """The files times `share`."""
        return replace(self, files=share_of(self.files, share))


def measure_score(sizes: ScoreSizes, directory: Path) -> Figures:
    """One run: factors chunk by chunk, then all files scored at once; nothing is written."""
    del directory
    random = np.random.default_rng(SEED)
    counting, scoring, adding, passing = Stopwatch(), Stopwatch(), Stopwatch(), Stopwatch()
    parts = []
    for begin in range(0, sizes.files, CHUNK):
        months = account_months(random, files=min(CHUNK, sizes.files - begin))
        with counting:
            parts.append(factors_of(months))
        with adding:
            for name in MONTH_COLUMNS:
                getattr(months, name).sum()
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    card = load_scorecard()
    with scoring:
        scores = apply(card, columns)
    with passing:
        for each in card.factors:
            columns[each.factor].sum()
    seconds = counting.seconds + scoring.seconds
    return {
        "files": sizes.files,
        "factors": len(columns),
        "factors_in_card": len(card.factors),
        "mean_score": int(scores.score.mean()),
        "seconds": round(seconds, 3),
        "limit_s": round(adding.seconds + passing.seconds, 4),
        "ratio": round((adding.seconds + passing.seconds) / seconds, 4),
        "files_per_s": int(sizes.files / seconds),
        "files_per_cpu_s": int(sizes.files / (counting.cpu_seconds + scoring.cpu_seconds)),
        "factors_s": round(counting.seconds, 3),
        "factors_limit_s": round(adding.seconds, 3),
        "scoring_s": round(scoring.seconds, 3),
        "scoring_limit_s": round(passing.seconds, 4),
        "scored_per_s": scoring.rate(sizes.files),
    }


def account_months(random: np.random.Generator, *, files: int) -> AccountMonths:
    """Seeded months: most paid as agreed, some late, a few not furnished; every third file has a second account."""
    file = np.sort(np.concatenate((np.arange(files), np.arange(0, files, 3))))
    shape = (len(file), WINDOW)
    limit = np.repeat(random.integers(1, 500, len(file))[:, None] * 200_000, WINDOW, axis=1)
    balance = (limit * random.random(shape)).astype(np.int64)
    return AccountMonths(
        files=files,
        file=file,
        status=random.choice(np.array([-1, 0, 1, 2, 3], np.int8), shape, p=[0.02, 0.88, 0.05, 0.04, 0.01]),
        balance_fen=balance,
        limit_fen=limit,
        statement_fen=balance,
        paid_fen=(balance * random.random(shape)).astype(np.int64),
    )
