"""What is read of suitability: terms years later, scores worked out again, records over their term."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.assurance.protection.retention import records_due
from benyuan.assurance.protection.suitability import ill_scored, terms_shown, terms_version
from benyuan.consumer_protection.suitability.loader import questionnaires, read_questionnaire, version_on
from benyuan.consumer_protection.suitability.questionnaire import answers_fault
from benyuan.consumer_protection.suitability.scoring import scored, scored_one
from benyuan.values.errors import BadInput
from tests.tidy.sources import ROOT
from tests.unit.protection.houses import IN_WALLET_FEN, LEVEL_3, digest_of, house, text_of

FIRST = questionnaires()[1]
ANSWERS = st.tuples(*(st.sampled_from([option.pick for option in each.options]) for each in FIRST.questions))
SMALL = """
version: 2
from_date: 20260301
title: {en: t, zh: t}
note: {en: n, zh: n}
questions:
  - about: means
    text: {en: q, zh: q}
    options: [{pick: a, points: 0, text: {en: a, zh: a}}, {pick: b, points: 5, text: {en: b, zh: b}}]
bands: [{level: 1, points: 0, name: {en: one, zh: one}}, {level: 2, points: 5, name: {en: two, zh: two}}]
"""


@given(st.lists(ANSWERS.map(",".join), min_size=1, max_size=9))
def test_columns_score_as_one_would_by_hand(answers: list[str]) -> None:
    points, levels = scored(FIRST, answers)
    assert list(zip(points.tolist(), levels.tolist(), strict=True)) == [scored_one(FIRST, each) for each in answers]
    assert all(answers_fault(FIRST, each) is None for each in answers)
    assert ((levels >= 1) & (levels <= FIRST.levels)).all()


def test_the_worked_table_of_the_measure() -> None:
    page = (ROOT / "docs" / "measures" / "5-consumer-protection.md").read_text("utf-8")
    rows = re.findall(r"^\| ([a-d](?:,[a-d])+) \| (\d+) \| (\d) \|$", page, re.MULTILINE)
    assert [int(level) for _, _, level in rows] == [1, 2, 3, 4, 5]
    assert [scored_one(FIRST, answers) for answers, _, _ in rows] == [(int(each[1]), int(each[2])) for each in rows]


def test_at_the_edge_of_a_band() -> None:
    small = read_questionnaire(SMALL, source="small")
    assert [array.tolist() for array in scored(small, ["a", "b"])] == [[0, 5], [1, 2]]
    assert scored(small, [])[0].dtype == np.int64


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("version: 2", "version: two", "version"),
        ("points: 5, text", "points: -5, text", "question 1"),
        ("pick: b", "pick: c", "question 1"),
        ("level: 2", "level: 3", "bands"),
        ("points: 5, name", "points: 0, name", "bands"),
        ("points: 5, name", "points: 6, name", "bands"),
        ("note:", "notes:", "notes"),
        ("version: 2", "[", "YAML"),
    ],
)
def test_a_file_at_fault_is_told_with_its_name(was: str, becomes: str, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_questionnaire(SMALL.replace(was, becomes), source="mine.yaml")
    assert "mine.yaml" in str(caught.value)
    assert says in str(caught.value)


def test_a_file_that_is_no_mapping() -> None:
    with pytest.raises(BadInput):
        read_questionnaire("just words", source="mine.yaml")


@pytest.mark.parametrize(("on", "version"), [(20260131, 0), (20260201, 1), (20991231, 1)])
def test_the_version_of_a_day(on: int, version: int) -> None:
    assert version_on(on) == version


def test_the_exact_terms_are_shown_years_later() -> None:
    home = house(products=3)
    home.tested(1, LEVEL_3)
    sale = home.sold(product=3)["sale"]
    text = "Other terms, 其他条款."
    home.on = 20260320
    home.published(3, text, from_date=20260401)
    later = terms_shown(home.group, product=3, on=20310101)
    seen = terms_version(home.group, version=home.of("investment_sale", sale)["terms"])
    assert later is not None
    assert (later["text"], later["digest"]) == (text, digest_of(text))
    assert (seen["text"], seen["digest"]) == (text_of(3), digest_of(text_of(3)))
    assert terms_shown(home.group, product=3, on=20260309) is None


def test_two_versions_of_one_day_the_later_counts() -> None:
    home = house(products=1)
    for text in ("one", "two"):
        home.published(1, text, from_date=20260401)
    found = terms_shown(home.group, product=1, on=20260401)
    assert found is not None
    assert found["text"] == "two"


def test_scores_in_the_log_are_those_of_the_sealed_answers() -> None:
    home = house(products=0)
    home.tested(1, LEVEL_3)
    assert ill_scored(home.group) == []
    home.group.records.tables["suitability_test"].column("level")[1] = 5
    assert ill_scored(home.group) == [1]


@pytest.mark.parametrize(("on", "due"), [(20310310, False), (20310311, True)])
def test_records_are_due_five_years_after_the_last_wallet_was_closed(on: int, due: bool) -> None:
    home = house(products=0)
    home.tested(1, LEVEL_3)
    assert records_due(home.group, on=20400101) == []
    home.do("withdraw", wallet=1, bank_account=2, amount_fen=IN_WALLET_FEN, authentication="two_kinds_with_certificate")
    home.do("close_wallet", wallet=1, bank_account=2)
    found = records_due(home.group, on=on)
    wanted = {"person": 1, "ended_on": 20260310, "kept_through": 20310310, "tests": 1, "sales": 0}
    assert found == ([wanted] if due else [])


def test_who_holds_something_has_a_relationship() -> None:
    home = house(products=1)
    home.tested(1, LEVEL_3)
    home.sold(product=1, amount_fen=100)
    rest = IN_WALLET_FEN - 100
    home.do("withdraw", wallet=1, bank_account=2, amount_fen=rest, authentication="two_kinds_with_certificate")
    home.do("close_wallet", wallet=1, bank_account=2)
    assert records_due(home.group, on=20400101) == []
