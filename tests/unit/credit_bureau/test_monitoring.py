"""Discrimination, drift, calibration and fairness, each against a number that one works out by hand."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest

from benyuan.credit_bureau.score.fairness import approvals
from benyuan.credit_bureau.score.monitoring import (
    Discrimination,
    band_edges,
    calibration,
    chance_of_bad,
    discrimination,
    drift,
    drift_of_factors,
    drift_of_score,
)
from benyuan.credit_bureau.score.scorecard import Scaling
from benyuan.values.errors import BadInput
from tests.unit.credit_bureau.score_files import CARD

SCALING = Scaling(at_points=600, odds=20, double=40)


def test_the_worked_pairs() -> None:
    found = discrimination(np.array([1, 2, 2, 3]), np.array([1, 1, 0, 0]))
    assert found == Discrimination(files=4, bads=2, auc_ppm=875_000, ks_ppm=500_000)


def test_perfect_and_useless_scores() -> None:
    bad = np.array([1, 1, 0, 0])
    perfect, useless = discrimination(np.array([1, 2, 3, 4]), bad), discrimination(np.full(4, 7), bad)
    assert (perfect.auc_ppm, perfect.ks_ppm) == (1_000_000, 1_000_000)
    assert (useless.auc_ppm, useless.ks_ppm) == (500_000, 0)


def test_every_pair_compared_gives_the_same() -> None:
    random = np.random.default_rng(3)
    score, bad = random.integers(0, 20, 300), random.integers(0, 2, 300)
    goods, bads = score[bad == 0], score[bad == 1]
    twice = int(2 * (goods[:, None] > bads).sum() + (goods[:, None] == bads).sum())
    assert discrimination(score, bad).auc_ppm == twice * 1_000_000 // (2 * len(goods) * len(bads))


@pytest.mark.parametrize("bad", [[0, 0], [1, 1], [0, 2], [0]])
def test_ends_that_tell_nothing_are_refused(bad: list[int]) -> None:
    with pytest.raises(BadInput, match="bad"):
        discrimination(np.array([1, 2]), np.array(bad))


def test_drift_is_the_index() -> None:
    found = drift("score", before=(700, 300), now=(500, 500))
    p, q = 1401 / 2002, 1001 / 2002
    expected = (q - p) * math.log(q / p) + (p - q) * math.log((1 - q) / (1 - p))
    assert found.psi_ppm == pytest.approx(expected * 1e6, abs=1)
    assert found.says == "watch"
    assert drift("score", before=(700, 300), now=(7, 3)).says == "stable"
    assert drift("score", before=(900, 100), now=(100, 900)).says == "changed"


def test_what_a_thread_has_set_for_decimals_changes_nothing() -> None:
    with localcontext() as rough:
        rough.prec = 3
        roughly = drift("score", before=(700, 300), now=(500, 500)), chance_of_bad(SCALING, score=613)
    assert roughly == (drift("score", before=(700, 300), now=(500, 500)), chance_of_bad(SCALING, score=613))


@pytest.mark.parametrize(("before", "now"), [((1,), (1, 2)), ((), ()), ((-1, 1), (0, 1))])
def test_counts_that_do_not_fit_are_refused(before: tuple[int, ...], now: tuple[int, ...]) -> None:
    with pytest.raises(BadInput, match="score"):
        drift("score", before=before, now=now)


def test_drift_of_a_column_and_of_the_score() -> None:
    same = np.arange(1000)
    assert drift_of_score(before=same, now=same).psi_ppm == 0
    assert drift_of_score(before=same, now=same + 500).says == "changed"
    assert band_edges(same).tolist() == list(range(100, 1000, 100))
    columns = {
        "worst_6m": np.array([0, 0, 3]),
        "utilisation_1m_ppm": np.array([-1, 0, 900_000]),
        "limit_fen": np.zeros(3, np.int64),
    }
    found = drift_of_factors(CARD, columns)
    assert [each.now for each in found] == [(0, 2, 0, 1), (1, 1, 0, 1), (0, 3, 0, 0)]
    with pytest.raises(BadInput, match="limit_fen"):
        drift_of_factors(CARD, {name: columns[name] for name in ("worst_6m", "utilisation_1m_ppm")})
    with pytest.raises(BadInput, match="at least one file"):
        band_edges(np.zeros(0, np.int64))


def test_a_score_means_its_odds() -> None:
    found = [chance_of_bad(SCALING, score=score) for score in (600, 640, 560)]
    for chance, odds in zip(found, (20, 40, 10), strict=True):
        assert abs(chance - Decimal(1) / (1 + odds)) < Decimal("1e-20")


def test_calibration_counts_what_was_expected() -> None:
    score = np.array([560] * 11 + [600] * 21)
    bad = np.array([1] + [0] * 10 + [1] + [0] * 20)
    low, high = calibration(SCALING, score=score, bad=bad)
    assert (low.from_score, low.to_score, low.files, low.bads) == (560, 560, 11, 1)
    assert (high.files, high.bads) == (21, 1)
    for band in (low, high):
        assert abs(band.expected_bads_ppm - band.observed_bads_ppm) <= 1


def fair(sizes: dict[int, tuple[int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores, ends and groups: of each group so many files, so many of them approved at 500, none bad."""
    score = np.concatenate([np.repeat([500, 499], [approved, files - approved]) for files, approved in sizes.values()])
    group = np.concatenate([np.full(files, value) for value, (files, _) in sizes.items()])
    return score, np.zeros(len(score), np.int64), group


def test_four_fifths() -> None:
    score, bad, group = fair({1: (1_000, 700), 2: (1_000, 560), 3: (99, 99)})
    first, second, few = approvals(score=score, bad=bad, group=group, titles={1: "a", 2: "b", 3: "c"}, cut_off=500)
    assert (first.impact_ratio_ppm, second.impact_ratio_ppm, few.impact_ratio_ppm) == (1_000_000, 800_000, None)
    assert (first.opportunity_ppm, second.opportunity_ppm, few.opportunity_ppm) == (0, -140_000, None)
    assert (second.files, second.approved, second.goods, second.goods_approved) == (1_000, 560, 1_000, 560)
    assert (second.approval_ppm, second.goods_approved_ppm, second.bads_ppm) == (560_000, 560_000, 0)


def test_opportunity_is_of_good_files_alone() -> None:
    score, bad, group = fair({1: (200, 100), 2: (200, 100)})
    bad[100:200] = 1  # the first group's refused files went bad: every good one was approved
    first, second = approvals(score=score, bad=bad, group=group, titles={1: "a", 2: "b"}, cut_off=500)
    assert (first.goods_approved_ppm, second.goods_approved_ppm) == (1_000_000, 500_000)
    assert second.opportunity_ppm == -500_000


def test_nobody_approved_has_no_ratio() -> None:
    score, bad, group = fair({1: (200, 100)})
    (only,) = approvals(score=score, bad=bad, group=group, titles={1: "a", 2: "empty"}, cut_off=900)
    assert (only.impact_ratio_ppm, only.opportunity_ppm) == (None, 0)


def test_groups_that_do_not_fit_are_refused() -> None:
    score, bad, group = fair({1: (10, 5)})
    with pytest.raises(BadInput, match="one of 2"):
        approvals(score=score, bad=bad, group=group, titles={2: "b"}, cut_off=500)
    with pytest.raises(BadInput, match="one for each of the 10 files"):
        approvals(score=score, bad=bad, group=group[1:], titles={1: "a"}, cut_off=500)
