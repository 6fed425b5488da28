"""Points, scores, reasons and explanations of the small card, and what is refused."""

from typing import Any

import numpy as np
import pytest

from benyuan.credit_bureau.score.explaining import bin_text, explain, shown
from benyuan.credit_bureau.score.scoring import UNSCORED, apply
from benyuan.credit_bureau.score.titles import FACTORS
from benyuan.simulate.score.wording import REASONS
from benyuan.storage.scorecards import load_scorecard
from benyuan.values.errors import BadInput
from tests.unit.credit_bureau.score_files import CARD, part, with_factors

MIDDLE = {"worst_6m": 0, "utilisation_1m_ppm": 300_000, "limit_fen": 0, "months_known": 6}


def columns(*files: dict[str, int]) -> dict[str, Any]:
    return {name: np.array([{**MIDDLE, **file}[name] for file in files], np.int64) for name in MIDDLE}


def test_the_worked_number_of_scoring() -> None:
    found = apply(CARD, columns({}))
    assert found.score.tolist() == [465]
    assert found.points.tolist() == [[60, 25, 0]]
    assert found.reasons.tolist() == [[1, 2, -1, -1]]  # 45 and 30 points lacking


@pytest.mark.parametrize(
    ("value", "points"), [(0, 70), (299_999, 70), (300_000, 25), (799_999, 25), (800_000, 0), (10**7, 0), (-1, 30)]
)
def test_bins_begin_at_their_edge(value: int, points: int) -> None:
    assert apply(CARD, columns({"utilisation_1m_ppm": value})).points[0, 1] == points


def test_too_few_months_make_no_score() -> None:
    found = apply(CARD, columns({"months_known": 2}, {"months_known": 3}))
    assert found.score.tolist() == [UNSCORED, 465]
    assert found.points.tolist() == [[0, 0, 0], [60, 25, 0]]
    assert found.reasons[0].tolist() == [-1] * 4


def test_of_factors_that_lack_the_same_the_first_is_named_first() -> None:
    card = with_factors(part("limit_fen", (0, 0), (1, 30)), part("worst_6m", (0, 30), (1, 0)))
    assert apply(card, columns({"worst_6m": 1})).reasons[0].tolist() == [0, 1, -1, -1]
    assert [line.factor for line in explain(card, {**MIDDLE, "worst_6m": 1}).reasons] == ["limit_fen", "worst_6m"]


def test_no_files_no_scores() -> None:
    assert apply(CARD, columns()).score.tolist() == []


@pytest.mark.parametrize(
    ("name", "column", "said"),
    [
        ("worst_6m", None, "a column of this factor"),
        ("months_known", None, "a column of this factor"),
        ("limit_fen", np.zeros(2, np.int64), "whole numbers of 64 bits, 1"),
        ("limit_fen", np.zeros(1, np.int32), "whole numbers of 64 bits"),
        ("limit_fen", np.zeros(1), "whole numbers of 64 bits"),
        ("limit_fen", np.array([-2]), "or -1 for what can't be told"),
    ],
)
def test_columns_that_cannot_be_scored(name: str, column: Any, said: str) -> None:
    given = columns({})
    if column is None:
        del given[name]
    else:
        given[name] = column
    with pytest.raises(BadInput) as refused:
        apply(CARD, given)
    assert refused.value.field == name
    assert said in str(refused.value)


def test_an_explanation_tells_points_best_and_what_is_lacking() -> None:
    told = explain(CARD, MIDDLE)
    assert (told.score, told.base_points, told.least_score, told.most_score) == (465, 380, 380, 540)
    assert [(line.points, line.best_points, line.lacking_points) for line in told.lines] == [
        (60, 60, 0),
        (25, 70, 45),
        (0, 30, 30),
    ]
    assert [line.factor for line in told.reasons] == ["utilisation_1m_ppm", "limit_fen"]
    assert told.lines[1].bin_en == "30% to under 80%"
    assert told.lines[1].bin_zh == "30%至不足80%"
    assert any("承诺" in note for note in told.notes_zh)
    assert any("refuse a decision" in note for note in told.notes_en)


def test_an_explanation_without_a_score_says_why() -> None:
    told = explain(CARD, {**MIDDLE, "months_known": 2})
    assert (told.score, told.lines, told.reasons) == (UNSCORED, (), ())
    assert told.notes_en[0] == (
        "No score: 2 of the last 6 months are on file and 3 are needed. Having none is no bad record."
    )
    assert "不足3个月" in told.notes_zh[0]


@pytest.mark.parametrize("file", [{}, {**MIDDLE, "limit_fen": -2}])
def test_an_explanation_of_no_file_is_refused(file: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        explain(CARD, file)


def test_values_in_words() -> None:
    assert [shown("utilisation_1m_ppm", value) for value in (0, 250_000, 333_333)] == ["0%", "25%", "33.33%"]
    assert shown("limit_fen", 1_234_500) == "12,345.00"
    worst = part("worst_6m", (0, 9), (1, 5), (3, 0))
    assert [bin_text(worst, one, zh=False) for one in worst.bins] == ["0", "1 to 2", "3 to 7"]
    since = part("months_since_arrears", (0, 0), (2, 5), (6, 9))
    assert [bin_text(since, one, zh=False) for one in since.bins] == ["0 to 1", "2 to 5", "none in 6 months"]
    assert [bin_text(since, one, zh=True) for one in (since.missing, since.bins[2])] == ["无法计算", "6个月内没有"]
    limit = CARD.factors[2]
    assert bin_text(limit, limit.bins[2], zh=False) == "50,000.00 and more"
    assert bin_text(limit, limit.bins[2], zh=True) == "50,000.00以上"


def test_every_factor_that_may_be_trained_has_its_reasons() -> None:
    assert set(REASONS) == {factor.name for factor in FACTORS if factor.more_is_better is not None}
    assert all(each.reason_zh and each.reason_en for each in load_scorecard().factors)
