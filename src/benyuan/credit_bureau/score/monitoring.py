"""Whether a score still does what it was made for: how well it separates, how files have drifted, whether it is right.

Order 2021 No. 4 art. 29 asks for testing and evaluation before a score is offered; this is that, and afterwards too.
Counts are whole and shares are parts per million rounded down, so two machines say the same; logarithms are Decimal's,
which are correctly rounded. Worked number: bads score 1 and 2, goods 2 and 3: of four pairs three are in order and one
is even, an AUC of 875,000 ppm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

import numpy as np

from benyuan.credit_bureau.score.layout import Whole
from benyuan.credit_bureau.score.scorecard import Scaling, Scorecard
from benyuan.credit_bureau.score.titles import PPM
from benyuan.values.errors import BadInput

ACCURATE = Context(prec=28)  # tidy: number digits that are carried
BANDS = 10  # tidy: number tenths of the files, as is usual
SLIGHT_PPM, LARGE_PPM = 100_000, 250_000  # tidy: number 0.1 and 0.25, the usual reading of the index
"""Below the first a column is stable; from the second on it has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrimination:
    """How well a score tells bad files from good ones; `auc_ppm` counts ties half."""

    files: int
    bads: int
    auc_ppm: int
    ks_ppm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How far a column has moved from the sample: the population stability index, and the counts behind it by bin."""

    name: str
    psi_ppm: int
    before: tuple[int, ...]
    now: tuple[int, ...]

    @property
    def says(self) -> str:
        """`stable`, `watch` or `changed`."""
        return "stable" if self.psi_ppm < SLIGHT_PPM else "watch" if self.psi_ppm < LARGE_PPM else "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Files with scores from `from_score` to `to_score`, both within; how many bads, how many the card expected."""

    from_score: int
    to_score: int
    files: int
    bads: int
    expected_bads_ppm: int
    """Per million of the band's files, as `observed_bads_ppm`."""

    @property
    def observed_bads_ppm(self) -> int:
        """Bads per million files."""
        return self.bads * PPM // self.files


def discrimination(score: Whole, bad: Whole) -> Discrimination:
    """AUC and KS of whole scores, more being better. Raises BadInput unless there are both goods and bads."""
    goods_at, bads_at = _by_score(score, bad)
    goods, bads = sum(goods_at), sum(bads_at)
    if not goods or not bads:
        raise BadInput("bad", f"{bads} of {goods + bads}", "both good and bad files")
    goods_below = bads_below = pairs = widest = 0
    for good, poor in zip(goods_at, bads_at, strict=True):
        pairs += good * (2 * bads_below + poor)
        goods_below, bads_below = goods_below + good, bads_below + poor
        widest = max(widest, abs(bads_below * goods - goods_below * bads))
    every = goods * bads
    return Discrimination(
        files=goods + bads, bads=bads, auc_ppm=pairs * PPM // (2 * every), ks_ppm=widest * PPM // every
    )


def _by_score(score: Whole, bad: Whole) -> tuple[list[int], list[int]]:
    """Goods and bads at each score, the lowest first."""
    if len(score) != len(bad) or not bool(((bad == 0) | (bad == 1)).all()):
        raise BadInput("bad", f"{len(bad)} values", f"0 or 1 for each of the {len(score)} files")
    _, place = np.unique(score, return_inverse=True)
    files = np.bincount(place, minlength=1)
    bads = np.bincount(place[bad == 1], minlength=len(files))
    return (files - bads).tolist(), bads.tolist()


def drift(name: str, *, before: Sequence[int], now: Sequence[int]) -> Drift:
    """The index of two counts over the same bins; half a file is added to every bin, so that none is empty."""
    if len(before) != len(now) or not before or min(*before, *now) < 0:
        raise BadInput(name, f"{len(before)} and {len(now)} bins", "the same bins before and now, counted from 0 on")
    with localcontext(ACCURATE) as context:
        shares = [[Decimal(2 * count + 1) for count in counts] for counts in (before, now)]
        totals = [sum(each, start=Decimal()) for each in shares]
        index = Decimal()
        for first, then in zip(*shares, strict=True):
            p, q = context.divide(first, totals[0]), context.divide(then, totals[1])
            index += (q - p) * (q.ln() - p.ln())
        whole = int(index * PPM)
    return Drift(name=name, psi_ppm=whole, before=tuple(before), now=tuple(now))


def drift_of_factors(card: Scorecard, columns: Mapping[str, Whole]) -> tuple[Drift, ...]:
    """The drift of each of the card's factors from the sample that the card was made of, over its own bins.

    The first bin is what can't be told. The counts of the sample stand in the card. Raises BadInput.
    """
    found = []
    for each in card.factors:
        if each.factor not in columns:
            raise BadInput(each.factor, "nothing", "a column of this factor")
        edges = np.array([one.from_value for one in each.bins], np.int64)
        before = [each.missing.files, *(one.files for one in each.bins)]
        found.append(drift(each.factor, before=before, now=_counts(columns[each.factor], edges)))
    return tuple(found)


def drift_of_score(*, before: Whole, now: Whole) -> Drift:
    """The drift of the score over bands that hold a tenth of the sample each."""
    edges = band_edges(before)
    return drift("score", before=_counts(before, edges), now=_counts(now, edges))


def band_edges(score: Whole) -> Whole:
    """Where the bands of a sample's scores begin, but for the first, which has no lower end."""
    if not len(score):
        raise BadInput("score", "nothing", "at least one file")
    return np.unique(np.sort(score)[np.arange(1, BANDS) * len(score) // BANDS])


def _counts(values: Whole, edges: Whole) -> list[int]:
    places = np.searchsorted(edges, values, side="right")
    return [int(count) for count in np.bincount(places, minlength=len(edges) + 1)]


def calibration(scaling: Scaling, *, score: Whole, bad: Whole) -> tuple[Band, ...]:
    """For each tenth of the files the bads that the card expects beside those there were, the lowest scores first."""
    place = np.searchsorted(band_edges(score), score, side="right")
    found = []
    for band in np.unique(place).tolist():
        here, lost = score[place == band], bad[place == band]
        at, files = np.unique(here, return_counts=True)
        share = _expected_ppm(scaling, list(zip(at.tolist(), files.tolist(), strict=True)))
        found.append(
            Band(
                from_score=int(at[0]),
                to_score=int(at[-1]),
                files=len(here),
                bads=int(lost.sum()),
                expected_bads_ppm=share,
            )
        )
    return tuple(found)


def _expected_ppm(scaling: Scaling, counts: Sequence[tuple[int, int]]) -> int:
    """Bads per million that a card expects of so many files at each score."""
    with localcontext(ACCURATE) as context:
        expected = sum((chance_of_bad(scaling, score=score) * files for score, files in counts), start=Decimal())
        return int(context.divide(expected * PPM, sum(files for _, files in counts)))


def chance_of_bad(scaling: Scaling, *, score: int) -> Decimal:
    """What a score means: 1 / (1 + odds x 2^((score - at_points) / double))."""
    with localcontext(ACCURATE) as context:
        doublings = context.divide(score - scaling.at_points, scaling.double)
        odds = scaling.odds * (doublings * context.ln(2)).exp()
        return context.divide(1, 1 + odds)
