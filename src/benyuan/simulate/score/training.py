"""A scorecard from a sample: bins, weights of evidence, logistic regression, points. The same sample, the same card.

The chance of bad is fitted on each bin's weight of evidence, ln(odds of the bin / odds of all). A factor stays while
it speaks clearly (three standard errors) and for the side that credit sense says. Points are the bin's part of the
log-odds, times double / ln 2, rounded once. Worked number: 40 points double the odds, so a weight of 0.5 with a
coefficient of 0.8 is 40 / 0.6931 x 0.4 = 23.08, 23 points.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.score.layout import Whole
from benyuan.credit_bureau.score.scorecard import Bin, FactorPoints, Scaling, Scorecard, checked
from benyuan.credit_bureau.score.titles import BY_NAME
from benyuan.simulate.score.binning import Bins, Weights, category_bins, monotone_bins, weights_of_evidence
from benyuan.simulate.score.regression import fit_logit
from benyuan.simulate.score.wording import REASONS

LEAST_Z = 3.0
LEAST_MISSING = 100
"""Fewer files than this say nothing about what it means that a factor can't be told: it then counts as the average."""
SCALING = Scaling(at_points=600, odds=20, double=40)
LEAST_MONTHS = 3
STEPS = {"ppm": 10_000, "fen": 10_000}
"""Edges stand at whole per cents and whole hundreds of yuan: a table that is read aloud."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A column that may enter. `rising`: bads grow more frequent with it; None: no direction, or categories."""

    name: str
    rising: bool | None
    step: int = 1
    categories: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A factor of a model: its bins, the weight of each, how many files and bads each had, and its coefficient."""

    candidate: Candidate
    bins: Bins
    weights: Weights
    files: tuple[int, ...]
    bads: tuple[int, ...]
    coefficient: float
    z: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What was fitted, before anything is rounded."""

    constant: float
    parts: tuple[Part, ...]

    def good_log_odds(self, columns: Mapping[str, Whole]) -> NDArray[np.float64]:
        """The logarithm of each file's odds of staying good."""
        found = np.full(len(next(iter(columns.values()))), -self.constant)
        for part in self.parts:
            found += part.coefficient * part.weights[part.bins.places(columns[part.candidate.name])]
        return found


CANDIDATES = tuple(
    Candidate(name=factor.name, rising=not factor.more_is_better, step=STEPS.get(factor.unit, 1))
    for factor in BY_NAME.values()
    if factor.more_is_better is not None
)
"""Every factor with a good direction. The number of accounts has none, and is one for all clients."""


def fit(columns: Mapping[str, Whole], bad: Whole, *, candidates: Sequence[Candidate] = CANDIDATES) -> Model:
    """The model of a sample: all candidates first, then without the weakest until every one speaks clearly."""
    parts = [_weighed(each, columns[each.name], bad) for each in candidates]
    # Bads grow rarer with the weight of evidence: the sign is turned, so that a coefficient that agrees is above 0.
    design = np.column_stack([-part.weights[part.bins.places(columns[part.candidate.name])] for part in parts])
    found = fit_logit(design, bad)
    while found.z.min() < LEAST_Z and len(parts) > 1:
        weakest = int(np.argmin(found.z))
        del parts[weakest]
        design = np.delete(design, weakest, axis=1)
        found = fit_logit(design, bad, start=np.r_[found.constant, np.delete(found.coefficients, weakest)])
    fitted = zip(parts, found.coefficients.tolist(), found.z.tolist(), strict=True)
    return Model(constant=found.constant, parts=tuple(replace(part, coefficient=b, z=z) for part, b, z in fitted))


def _weighed(candidate: Candidate, values: Whole, bad: Whole) -> Part:
    """A candidate cut into bins, each with its weight."""
    if candidate.categories:
        bins = category_bins(values)
    else:
        bins = monotone_bins(values, bad, rising=candidate.rising, step=candidate.step)
    places = bins.places(values)
    files = np.bincount(places, minlength=len(bins))
    bads = np.bincount(places[bad == 1], minlength=len(bins))
    weights = weights_of_evidence(places, bad, bins=len(bins))
    if files[0] < LEAST_MISSING:
        weights[0] = 0.0
    counted = {"files": tuple(files.tolist()), "bads": tuple(bads.tolist())}
    return Part(candidate=candidate, bins=bins, weights=weights, coefficient=0.0, z=0.0, **counted)


def card_of(
    model: Model, *, name: str, version: int, made_on: int, sample: str, target: str, scaling: Scaling = SCALING
) -> Scorecard:
    """The card of a model, in whole points. Raises BadInput where the model makes no card."""
    raw = [_raw_points(part, scaling) for part in model.parts]
    base = scaling.at_points + _per_log_odds(scaling) * (-model.constant - math.log(scaling.odds))
    return checked(
        Scorecard(
            name=name,
            version=version,
            made_on=made_on,
            sample=sample,
            target=target,
            least_months=LEAST_MONTHS,
            scaling=scaling,
            base_points=_whole(base + sum(float(each.min()) for each in raw)),
            factors=tuple(_points(part, each - each.min()) for part, each in zip(model.parts, raw, strict=True)),
        )
    )


def rounding_margin(model: Model, *, scaling: Scaling = SCALING) -> float:
    """How near any points come to where rounding would turn: 0.5 is as far as can be, 0 is on the edge.

    Another machine's arithmetic differs by some 1e-12; a card whose margin is well above that is the same everywhere.
    """
    raw = [each - each.min() for each in (_raw_points(part, scaling) for part in model.parts)]
    least = sum(float(_raw_points(part, scaling).min()) for part in model.parts)
    base = scaling.at_points + _per_log_odds(scaling) * (-model.constant - math.log(scaling.odds)) + least
    every = np.concatenate([*raw, [base]])
    return float(np.abs(every - np.floor(every) - 0.5).min())


def _per_log_odds(scaling: Scaling) -> float:
    return scaling.double / math.log(2)


def _raw_points(part: Part, scaling: Scaling) -> Weights:
    return _per_log_odds(scaling) * part.coefficient * part.weights


def _whole(points: float) -> int:
    return math.floor(points + 0.5)


def _points(part: Part, raw: Weights) -> FactorPoints:
    zh, en = REASONS[part.candidate.name]
    pairs = zip(raw.tolist(), part.files, part.bads, strict=True)
    missing, *others = (Bin(from_value=0, points=_whole(each), files=n, bads=b) for each, n, b in pairs)
    bins = tuple(replace(one, from_value=edge) for one, edge in zip(others, part.bins.edges, strict=True))
    return FactorPoints(
        factor=part.candidate.name,
        monotonic=part.candidate.rising is not None,
        missing=missing,
        bins=bins,
        reason_zh=zh,
        reason_en=en,
    )
