"""Cards read and written, and what is refused: field, value and what must hold, in the order in which it is checked."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benyuan.credit_bureau.score.reading import scorecard_of, text_of
from benyuan.credit_bureau.score.scorecard import Bin, FactorPoints, Scaling, checked
from benyuan.storage.scorecards import BUILT_IN, load_scorecard
from benyuan.values.errors import BadInput
from tests.unit.credit_bureau.score_files import CARD, part, with_factors


def test_a_card_is_its_text() -> None:
    assert scorecard_of(text_of(CARD)) == CARD == checked(CARD)
    assert text_of(load_scorecard()) == BUILT_IN.read_text(encoding="utf-8")


def test_the_range_of_a_card() -> None:
    assert (CARD.least_score, CARD.most_score) == (380, 540)
    assert [each.best_points for each in CARD.factors] == [60, 70, 30]


@pytest.mark.parametrize(
    ("card", "field", "said"),
    [
        ({"version": 0}, "version", "from 1 on"),
        ({"scaling": Scaling(at_points=600, odds=0, double=40)}, "scaling.odds", "from 1 on"),
        ({"scaling": Scaling(at_points=600, odds=20, double=0)}, "scaling.double", "from 1 on"),
        ({"least_months": 0}, "least_months", "1 to 6"),
        ({"least_months": 7}, "least_months", "1 to 6"),
        ({"factors": ()}, "factors", "at least one factor"),
    ],
)
def test_heads_that_make_no_card(card: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked(replace(CARD, **card))
    assert refused.value.field == field
    assert said in refused.value.constraint


UP = ((0, 60), (1, 20))


@pytest.mark.parametrize(
    ("each", "field", "value", "said"),
    [
        (part("sex", *UP), "factors[0].factor", "sex", "a factor of credit: worst_1m"),
        (part("worst_6m"), "factors[0].bins[0].from", "nothing", "every value from nought on"),
        (part("worst_6m", (1, 0)), "factors[0].bins[0].from", 1, "every value from nought on"),
        (part("accounts", *UP), "factors[0].monotonic", "true", "accounts has no good direction"),
        (part("worst_6m", (0, 60), (3, 20), (2, 0)), "factors[0].bins[2].from", 2, "more than 3: bins rise"),
        (part("worst_6m", (0, 60), (1, 20), (1, 0)), "factors[0].bins[2].from", 1, "more than 1: bins rise"),
        (part("worst_6m", (0, 20), (1, 60)), "factors[0].bins[1].points", 60, "at most 20: worst_6m is said to be"),
        (part("limit_fen", *UP), "factors[0].bins[1].points", 20, "at least 60: limit_fen is said to be monotonic"),
        (part("worst_6m", (0, 10_001)), "factors[0].bins[0].points", 10_001, "0 to 10000"),
        (part("worst_6m", (0, 1), missing=-1), "factors[0].missing.points", -1, "0 to 10000"),
    ],
)
def test_factors_that_make_no_card(each: FactorPoints, field: str, value: object, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked(with_factors(each))
    assert (refused.value.field, refused.value.value) == (field, value)
    assert refused.value.constraint.startswith(said) or said in refused.value.constraint


def test_a_factor_stands_once_and_counts_fit() -> None:
    twice = part("worst_6m", *UP)
    with pytest.raises(BadInput, match=r"factors\[1\]\.factor: got 'worst_6m', expected a factor that is named once"):
        checked(with_factors(twice, twice))
    more = replace(twice, missing=Bin(from_value=0, points=0, files=1, bads=2))
    with pytest.raises(BadInput, match=r"factors\[0\]\.missing\.bads: got 2, expected 0 to the 1 files"):
        checked(with_factors(more))


def test_what_says_not_monotonic_may_be_so() -> None:
    card = with_factors(part("worst_6m", (0, 20), (1, 60), monotonic=False))
    assert checked(card) is card


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("points: 60", "points: 60.5", "a whole number"),
        ("points: 60", "points: sixty", "a whole number"),
        ("monotonic: true", "monotonic: yes", "true or false"),
        ("base_points: 380", "base_points: 380\nbase_points: 400", "once"),
        ("version: 1", "", "version"),
        ("version: 1", "version: 1\nsex: 2", "no such field"),
        ("made_on: 2026-11-28", "made_on: 2026-11-31", "a day that exists"),
        ("factors:", "factors: [", "YAML"),
    ],
)
def test_texts_that_hold_no_card(written: str, instead: str, said: str) -> None:
    text = text_of(CARD)
    assert written in text
    with pytest.raises(BadInput) as refused:
        scorecard_of(text.replace(written, instead, 1), file="own.yaml")
    assert refused.value.field.startswith("own.yaml:")
    assert said in str(refused.value)


def test_words_that_a_card_cannot_hold() -> None:
    with pytest.raises(BadInput, match="neither quotes"):
        text_of(replace(CARD, name='a "card"'))


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match="UTF-8"):
        load_scorecard(file)
    file.write_text(text_of(CARD), encoding="utf-8")
    assert load_scorecard(file) == CARD
