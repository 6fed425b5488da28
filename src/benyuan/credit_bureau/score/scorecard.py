"""A scorecard: for each factor bins with points, and what must hold of them. Nothing else makes a score.

A score is `base_points` and the points of one bin of each factor, all whole numbers. Points begin at nought: the worst
bin of a factor gives none, so what a file lacks is the best bin less its own. Order 2021 No. 4 art. 29: an evaluation
that can be explained. Worked number: `at_points` 600 and `odds` 20 and `double` 40 say that 600 means 20 good files to
a bad one, 640 means 40, 560 means 10.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from benyuan.credit_bureau.score.titles import BY_NAME, WINDOW
from benyuan.values.errors import BadInput

MOST_POINTS = 10_000  # tidy: number all sums stay small


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Values from `from_value` on, up to where the next bin begins; `files` and `bads` of the sample it is from."""

    from_value: int
    points: int
    files: int
    bads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorPoints:
    """The bins of a factor, rising from nought, and the points where it can't be told.

    `monotonic`: points never go against the factor's good direction. The reasons say why points are lacking.
    """

    factor: str
    monotonic: bool
    missing: Bin
    bins: tuple[Bin, ...]
    reason_zh: str
    reason_en: str

    @property
    def best_points(self) -> int:
        """The most that any value gives."""
        return max(each.points for each in self.bins)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaling:
    """A score of `at_points` means `odds` good files to a bad one; `double` points more mean twice that."""

    at_points: int
    odds: int
    double: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """A card with its name, version and date. `least_months`: with fewer furnished in the window there's no score."""

    name: str
    version: int
    made_on: int
    sample: str
    target: str
    least_months: int
    scaling: Scaling
    base_points: int
    factors: tuple[FactorPoints, ...]

    @property
    def least_score(self) -> int:
        """The score of a file that has the worst of everything."""
        return self.base_points + sum(min(_points_of(each)) for each in self.factors)

    @property
    def most_score(self) -> int:
        """The score of a file that has the best of everything."""
        return self.base_points + sum(max(_points_of(each)) for each in self.factors)


def _points_of(each: FactorPoints) -> Iterator[int]:
    yield each.missing.points
    yield from (one.points for one in each.bins)


def checked(card: Scorecard) -> Scorecard:
    """The card itself, if it is one. Raises BadInput, which names the field, its value and what must hold."""
    for name, value in (
        ("version", card.version),
        ("scaling.odds", card.scaling.odds),
        ("scaling.double", card.scaling.double),
    ):
        if value < 1:
            raise BadInput(name, value, "a whole number from 1 on")
    if not 1 <= card.least_months <= WINDOW:
        raise BadInput("least_months", card.least_months, f"1 to {WINDOW}")
    if not card.factors:
        raise BadInput("factors", "nothing", "at least one factor")
    seen: set[str] = set()
    for place, each in enumerate(card.factors):
        field = f"factors[{place}]"
        if each.factor not in BY_NAME:
            raise BadInput(f"{field}.factor", each.factor, f"a factor of credit: {', '.join(BY_NAME)}")
        if each.factor in seen:
            raise BadInput(f"{field}.factor", each.factor, "a factor that is named once")
        seen.add(each.factor)
        _check_bins(each, field=field)
    return card


def _check_bins(each: FactorPoints, *, field: str) -> None:
    if not each.bins or each.bins[0].from_value != 0:
        found = each.bins[0].from_value if each.bins else "nothing"
        raise BadInput(f"{field}.bins[0].from", found, "0: every value from nought on has a bin")
    better = BY_NAME[each.factor].more_is_better
    if each.monotonic and better is None:
        raise BadInput(f"{field}.monotonic", "true", f"false: {each.factor} has no good direction")
    for place, (low, high) in enumerate(pairwise(each.bins), start=1):
        here = f"{field}.bins[{place}]"
        if high.from_value <= low.from_value:
            raise BadInput(f"{here}.from", high.from_value, f"more than {low.from_value}: bins rise and don't overlap")
        if each.monotonic and (high.points < low.points if better else high.points > low.points):
            least = f"at {'least' if better else 'most'} {low.points}: {each.factor} is said to be monotonic"
            raise BadInput(f"{here}.points", high.points, least)
    for where, one in (("missing", each.missing), *((f"bins[{place}]", one) for place, one in enumerate(each.bins))):
        if not 0 <= one.points <= MOST_POINTS:
            raise BadInput(f"{field}.{where}.points", one.points, f"0 to {MOST_POINTS}")
        if not 0 <= one.bads <= one.files:
            raise BadInput(f"{field}.{where}.bads", one.bads, f"0 to the {one.files} files of the bin")
