"""Points, score and reasons of many files: each value finds its bin, the bins' points are added. Nothing is rounded.

The reasons are the factors that lack the most against their best bin, the most first, at most four; where two lack the
same, the one that stands first in the card. Worked number: base 380, bins of 60, 25 and 0 points make 465; with bests
of 60, 70 and 30 the reasons are the second factor (45) and the third (30).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.score.layout import ABSENT, Whole
from benyuan.credit_bureau.score.scorecard import FactorPoints, Scorecard
from benyuan.values.errors import BadInput

REASONS = 4
CHUNK = 1 << 16  # tidy: number files at a time, so that they stay in the processor's cache
UNSCORED = -1
"""The score of a file with too few months furnished: there's none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What a card says of each file.

    `score`: UNSCORED where there's none. `points` of each factor in the card's order, (files, factors); nought where
    there's no score. `reasons`: places of factors in the card, (files, 4), -1 where there are no more.
    """

    score: Whole
    points: NDArray[np.int16]
    reasons: NDArray[np.int8]


def apply(card: Scorecard, columns: Mapping[str, Whole]) -> Scores:
    """The scores of all files, from the columns of `factors_of`. Raises BadInput where a factor is missing or short."""
    files = len(_column(columns, "months_known", files=None))
    tables = [_table(_column(columns, each.factor, files=files), each) for each in card.factors]
    score = np.full(files, UNSCORED, np.int64)
    points = np.zeros((files, len(tables)), np.int16)
    reasons = np.full((files, REASONS), -1, np.int8)
    best = np.array([[each.best_points] for each in card.factors], np.int16)
    for begin in range(0, files, CHUNK):
        of = slice(begin, begin + CHUNK)
        found = np.stack([table.points_of(of) for table in tables])
        enough = columns["months_known"][of] >= card.least_months
        score[of] = np.where(enough, card.base_points + found.sum(axis=0, dtype=np.int64), UNSCORED)
        points[of] = (found * enough).T
        reasons[of] = np.where(enough[:, None], _reasons(best - found), -1)
    return Scores(score=score, points=points, reasons=reasons)


@dataclass(frozen=True, slots=True)
class _Table:
    values: Whole
    edges: Whole
    points: NDArray[np.int16]

    def points_of(self, of: slice) -> NDArray[np.int16]:
        return self.points[np.searchsorted(self.edges, self.values[of], side="right")]


def _table(values: Whole, each: FactorPoints) -> _Table:
    edges = np.array([one.from_value for one in each.bins], np.int64)
    return _Table(values, edges, np.array([each.missing.points, *(one.points for one in each.bins)], np.int16))


def _column(columns: Mapping[str, Whole], name: str, *, files: int | None) -> Whole:
    if name not in columns:
        raise BadInput(name, "nothing", "a column of this factor")
    column = columns[name]
    if column.dtype != np.int64 or column.ndim != 1 or (files is not None and len(column) != files):
        raise BadInput(
            name, f"{column.dtype}{list(column.shape)}", f"whole numbers of 64 bits, {files or 'one a file'}"
        )
    if len(column) and int(column.min()) < ABSENT:
        raise BadInput(name, int(column.min()), f"a value from 0 on, or {ABSENT} for what can't be told")
    return column


def _reasons(lacking: NDArray[np.int16]) -> NDArray[np.int8]:
    """The places of the most lacking factors, (files, REASONS), from what each lacks, (factors, files)."""
    left = lacking.copy()
    every = np.arange(left.shape[1])
    found = np.full((left.shape[1], REASONS), -1, np.int8)
    for place in range(min(REASONS, len(left))):
        first = left.argmax(axis=0)
        found[:, place] = np.where(left[first, every] > 0, first, -1)
        left[first, every] = 0
    return found
