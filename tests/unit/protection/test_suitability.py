"""Tests of what a person can bear: counted, valid for a while, confirmed where they differ, and nobody else's."""

from typing import Any

import pytest

from benyuan.consumer_protection.suitability.loader import questionnaires
from benyuan.consumer_protection.suitability.scoring import scored_one
from benyuan.decisions.commands import REGISTRY
from tests.unit.protection.houses import (
    LEVEL_1,
    LEVEL_2,
    LEVEL_3,
    LEVEL_4,
    LEVEL_5,
    House,
    check_refused,
    check_verified,
    house,
    number_of,
)

BANS, DAY, YEAR = "suit.bans", "suit.tests.day", "suit.tests.12m"


@pytest.fixture
def home() -> House:
    """The house on 2026-03-10."""
    return house()


@pytest.mark.parametrize(("answers", "level"), [(LEVEL_1, 1), (LEVEL_2, 2), (LEVEL_3, 3), (LEVEL_4, 4), (LEVEL_5, 5)])
def test_answers_give_a_level_and_are_not_in_the_log(home: House, answers: str, level: int) -> None:
    answer = home.test(1, answers)
    points, by_hand = scored_one(questionnaires()[1], answers)
    assert (answer.results["level"], answer.results["points"]) == (level, points)
    assert by_hand == level
    sealed = home.group.payloads.read(answer.position)
    assert sealed is not None
    assert sealed["answers"] == answers
    assert "answers" not in home.group.reader.at_position(answer.position).batch().columns
    check_verified(home)


def test_a_first_result_counts_at_once(home: House) -> None:
    answer = home.test()
    assert (answer.results["to_confirm"], answer.results["previous_level"]) == (0, 0)
    assert home.of("suitability_test", 1)["counts_from"] == home.on
    assert home.count("protection_duty") == 0


def test_another_result_waits_until_it_is_confirmed(home: House) -> None:
    home.tested(1, LEVEL_2)
    answer = home.test(1, LEVEL_4)
    assert (answer.results["to_confirm"], answer.results["previous_level"]) == (1, 2)
    assert home.of("protection_duty", 1) == {
        "kind": 30,
        "person": 1,
        "borrower": 0,
        "subject": 0,
        "about": 2,
        "arose_on": home.on,
        "due_on": 0,
        "done_on": 0,
        "level": 0,
    }
    check_refused(home, home.sell(product=4), "suit.change_confirm", test=2, new_level=4, level=2)
    assert home.sell(product=2).accepted  # by the level that counts until then
    assert home.confirmed(1, 2)["level"] == 4
    assert home.of("protection_duty", 1)["done_on"] == home.on
    assert home.sell(product=4).accepted
    again = home.ask("confirm_level", test=2, **home.shown(1))
    assert again.invalid is not None
    check_verified(home)


def test_taking_it_twice_does_not_get_round_the_confirmation(home: House) -> None:
    home.tested(1, LEVEL_2)
    home.on = 20260311
    assert home.test(1, LEVEL_4).results["to_confirm"] == 1
    answer = home.test(1, LEVEL_4)
    assert answer.results["to_confirm"] == 1
    assert [home.of("protection_duty", number)["done_on"] for number in (1, 2)] == [home.on, 0]
    older = home.ask("confirm_level", test=2, **home.shown(1))
    assert older.invalid is not None
    assert "latest" in older.invalid.constraint
    check_refused(home, home.sell(product=4), "suit.change_confirm")
    home.confirmed(1, 3)
    assert home.sell(product=4).accepted


def test_a_lower_level_counts_at_once_and_is_confirmed_too(home: House) -> None:
    home.tested(1, LEVEL_4)
    answer = home.test(1, LEVEL_2)
    assert (answer.results["to_confirm"], home.of("suitability_test", 2)["counts_from"]) == (1, home.on)
    check_refused(home, home.sell(product=4), "suit.no_mismatch", level=2, product_level=4)
    home.confirmed(1, 2)
    assert home.of("protection_duty", 1)["done_on"] == home.on


def test_back_to_the_level_that_counted_needs_a_confirmation_too(home: House) -> None:
    home.tested(1, LEVEL_2)
    home.test(1, LEVEL_4)
    home.on = 20260311
    assert home.test(1, LEVEL_2).results["to_confirm"] == 1


def test_the_third_test_of_a_day_is_refused_and_the_next_morning_it_is_not(home: House) -> None:
    for answers in (LEVEL_1, LEVEL_2):
        assert home.test(1, answers).accepted
    answer = home.test(1, LEVEL_5)
    check_refused(home, answer, DAY)
    assert answer.refusal is not None
    assert (answer.refusal.limit, answer.refusal.used, answer.refusal.asked) == (2, 2, 1)
    assert home.test(5).accepted  # another person's day is another
    assert home.test(1, LEVEL_5, on=20260311, time="00:00").accepted
    check_verified(home)


def test_the_ninth_test_in_twelve_months_is_refused_until_the_first_is_a_year_ago(home: House) -> None:
    for number in range(8):
        assert home.test(1, LEVEL_1, on=20260310 + number).accepted, number
    ninth = home.test(1, LEVEL_5, on=20260401)
    check_refused(home, ninth, YEAR, most=8, tests=8, months=12)
    check_refused(home, home.test(1, LEVEL_5, on=20270309), YEAR)
    assert home.test(1, LEVEL_5, on=20270310).accepted
    check_verified(home)


@pytest.mark.parametrize("fields", [{"taken_for_customer": True}, {"prompted": True}, {"answered_on": 20260309}])
def test_a_test_by_somebody_else_or_dated_back_is_refused(home: House, fields: dict[str, Any]) -> None:
    check_refused(home, home.test(1, **fields), BANS)
    assert home.count("suitability_test") == 0


def test_a_time_that_has_passed_is_not_even_logged(home: House) -> None:
    position = home.group.position
    asked = {"questionnaire": 1, "answers": LEVEL_3, "answered_on": home.on, "assets_fen": 1, **home.shown(1)}
    answer = home.desk.one(REGISTRY["test_suitability"](**asked), at=home.group.last_at - 1)
    assert answer.position == 0
    assert home.group.position == position


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("questionnaire", {"questionnaire": 9}),
        ("answers", {"answers": "a,b"}),
        ("answers", {"answers": "c,a,a,a,a,a,a,z"}),
        ("person", {"number": number_of(2)}),
        ("institution", {"institution": 2}),
        ("number", {"number": "110101198601010000"}),
        ("born", {"born": 19860102}),
    ],
)
def test_bad_input_is_told(home: House, field: str, fields: dict[str, Any]) -> None:
    answer = home.test(1, **fields)
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field


@pytest.mark.parametrize(("on", "accepted"), [(20260131, False), (20260201, True)])
def test_it_begins_with_the_order(on: int, accepted: bool) -> None:
    assert house(on=on, products=0).test().accepted is accepted


def test_the_same_key_gets_the_same_answer_and_two_in_a_batch_are_two(home: House) -> None:
    first = home.test(key="once")
    again = home.test(key="once")
    assert again.repeated
    assert again.results == first.results
    asked = {"questionnaire": 1, "answers": LEVEL_3, "answered_on": home.on, "assets_fen": 1}
    both = [{**asked, **home.shown(person)} for person in (1, 1, 1)]
    columns = {name: [each[name] for each in both] for name in both[0]}
    answers = home.group.execute_columns(
        kind="test_suitability", columns=columns, client="desk", keys=["b1", "b2", "b3"], at=home.group.last_at
    )
    assert [answer.accepted for answer in answers] == [True, False, False]
    check_verified(home)
