"""Monotone bins of a factor: quantiles, then pool adjacent violators, then merged until every step is a real one.

The bad rate may only move one way with the value, because a score must tell the same story as its reason does. Worked
number: bad rates 0.10, 0.30, 0.20, 0.40 of four equal groups rise everywhere but once; the middle two become one of
0.25, and the edges between the three that are left are the bins.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

FINE_BINS = 50
LEAST_SHARE = 0.02
"""No bin holds less than this share of the files that have a value."""
LEAST_Z = 2.6
"""Neighbours whose bad rates differ by less than so many standard errors become one (a chance in a hundred)."""
PRIOR = 0.5
"""Goods and bads added to every group before its logarithm, so that a group without bads has one."""

Column = NDArray[np.int64]
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bins:
    """Where a factor is cut: bin 0 is what is missing, bin i + 1 begins at `edges[i]`; the first edge is nought."""

    edges: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.edges) + 1

    def places(self, values: Column) -> Column:
        """The bin of each value."""
        return np.searchsorted(np.array(self.edges, np.int64), values, side="right").astype(np.int64)


def monotone_bins(values: Column, bad: Column, *, rising: bool | None, step: int) -> Bins:
    """Bins of a factor with values from nought on (below: missing), edges at multiples of `step`.

    `rising`: whether bads become more frequent with the value; None asks for no direction.
    """
    known = values >= 0
    edges = _fine_edges(values[known], step=step)
    places = np.searchsorted(edges, values[known], side="right") - 1
    files = np.bincount(places, minlength=len(edges)).astype(np.float64)
    bads = np.bincount(places, weights=bad[known], minlength=len(edges))
    groups = [_Group(edge, *pair) for edge, pair in zip(edges.tolist(), zip(files, bads, strict=True), strict=True)]
    if rising is not None:
        groups = _pooled(groups, sign=1.0 if rising else -1.0)
    groups = _merged(groups, least=LEAST_SHARE * float(files.sum()))
    return Bins(edges=tuple(group.edge for group in groups))


def category_bins(values: Column) -> Bins:
    """A bin for each value there is, in no order of merit."""
    return Bins(edges=tuple(np.unique(values[values >= 0]).tolist()))


def weights_of_evidence(places: Column, bad: Column, *, bins: int) -> Weights:
    """For each bin the logarithm of its odds of good over those of everybody; nought for a bin that has nobody."""
    files = np.bincount(places, minlength=bins)
    bads = np.bincount(places, weights=bad, minlength=bins)
    odds = np.log((files - bads + PRIOR) / (bads + PRIOR))
    overall = np.log((len(bad) - bad.sum() + PRIOR) / (bad.sum() + PRIOR))
    return np.where(files > 0, odds - overall, 0.0)


@dataclass(frozen=True, slots=True)
class _Group:
    edge: int
    files: float
    bads: float

    @property
    def rate(self) -> float:
        return self.bads / self.files if self.files else 0.0

    def joined(self, other: "_Group") -> "_Group":
        return _Group(min(self.edge, other.edge), self.files + other.files, self.bads + other.bads)


def _fine_edges(values: Column, *, step: int) -> Column:
    """The first is nought; the others stand at multiples of `step` near the quantiles, with something in every bin."""
    if not len(values):
        return np.zeros(1, np.int64)
    quantiles = np.sort(values)[np.arange(1, FINE_BINS) * len(values) // FINE_BINS]
    smallest = np.unique(np.minimum(values, 9))  # whole counts are cut between every two
    edges = np.unique(np.concatenate(([0], -(-quantiles // step) * step, smallest if step == 1 else [])))
    filled = np.bincount(np.searchsorted(edges, values, side="right") - 1, minlength=len(edges)) > 0
    filled[0] = True
    return edges[filled].astype(np.int64)


def _pooled(groups: Sequence[_Group], *, sign: float) -> list[_Group]:
    """Neighbours that go the wrong way joined, until none does (Ayer and others, 1955)."""
    done: list[_Group] = []
    for group in groups:
        done.append(group)
        while len(done) > 1 and sign * (done[-1].rate - done[-2].rate) <= 0:
            last = done.pop()
            done[-1] = done[-1].joined(last)
    return done


def _merged(groups: list[_Group], *, least: float) -> list[_Group]:
    """The most alike neighbours joined while a group is too small or a step too slight."""
    left = list(groups)
    while len(left) > 1:
        scores = [_difference(a, b, least=least) for a, b in pairwise(left)]
        place = min(range(len(scores)), key=scores.__getitem__)
        if scores[place] >= LEAST_Z:
            break
        left[place : place + 2] = [left[place].joined(left[place + 1])]
    return left


def _difference(a: _Group, b: _Group, *, least: float) -> float:
    """In standard errors; below nought where either is too small, the smaller the further."""
    if min(a.files, b.files) < least:
        return min(a.files, b.files) / least - 1.0 - 1e-9
    rate = (a.bads + b.bads) / (a.files + b.files)
    error = math.sqrt(rate * (1 - rate) * (1 / a.files + 1 / b.files))
    return abs(a.rate - b.rate) / error if error else 0.0
