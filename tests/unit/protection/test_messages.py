"""Messages: texts approved by version, consent standing at the very moment, the switch of the algorithm, levels."""

from typing import Any

import pytest

from benyuan.decisions.commands import REGISTRY
from tests.unit.lending.lenders import Lender
from tests.unit.protection.customers import (
    MARKETING,
    OTHER_TEXT,
    TEXT,
    ask,
    check_invalid,
    check_refused,
    check_verified,
    do,
    group_of_customers,
    row,
)
from tests.unit.protection.houses import LEVEL_2, LEVEL_3, LEVEL_4, House, house
from tests.unit.protection.houses import check_refused as check_of_house
from tests.unit.protection.houses import check_verified as check_house

YES: dict[str, Any] = {"to": "marketing", "place": "app", "text_digest": TEXT}
PROFILE: dict[str, Any] = {"to": "profiling", "place": "app", "text_digest": OTHER_TEXT}
SEND: dict[str, Any] = {"template": 1, "sort": "marketing", "channel": "sms"}
NO: dict[str, Any] = {"to": "marketing", "place": "app"}


@pytest.fixture
def group() -> Lender:
    group = group_of_customers()
    do(group, "approve_template", at="2026-05-04T09:00:00", **MARKETING)
    return group


@pytest.mark.parametrize("whose", ["person", "borrower", "subject"])
def test_no_word_is_no_consent(group: Lender, whose: str) -> None:
    check_refused(group, ask(group, "send_message", **{whose: 1}, **SEND), "cp.pbc.marketing_consent", choice=0)
    do(group, "give_consent_to", **{whose: 1}, **YES)
    assert do(group, "send_message", **{whose: 1}, **SEND) == {"message": 1, "version": 1}
    check_verified(group)


@pytest.mark.parametrize(("whose", "rule"), [("borrower", "cp.nfra.optout"), ("person", "cp.pbc.marketing_optout")])
def test_a_no_stops_a_message_in_the_same_second_on_every_channel(group: Lender, whose: str, rule: str) -> None:
    do(group, "give_consent_to", at="2026-05-04T10:00:00", **{whose: 1}, **YES)
    do(group, "send_message", at="2026-05-04T10:00:00", **{whose: 1}, **SEND)
    no = do(group, "withdraw_consent_to", at="2026-05-04T10:00:00", **{whose: 1}, **NO)["choice"]
    for channel in ("sms", "call", "push"):
        answer = ask(group, "send_message", at="2026-05-04T10:00:00", **{whose: 1}, **{**SEND, "channel": channel})
        check_refused(group, answer, rule, choice=no)
    do(group, "give_consent_to", at="2026-05-04T10:00:00", **{whose: 1}, **YES)
    do(group, "send_message", at="2026-05-04T10:00:00", **{whose: 1}, **SEND)
    check_verified(group)


def test_a_no_and_a_message_in_one_call(group: Lender) -> None:
    do(group, "give_consent_to", person=1, **YES)
    commands = [("send_message", SEND), ("withdraw_consent_to", NO), ("send_message", SEND)]
    answers = group.desk.ask(*(REGISTRY[kind](person=1, **fields) for kind, fields in commands))
    assert [answer.accepted for answer in answers] == [True, True, False]
    check_verified(group)


def test_a_consent_holds_up_to_and_with_its_last_day(group: Lender) -> None:
    do(group, "give_consent_to", person=1, until=20260505, **YES)
    do(group, "send_message", at="2026-05-05T23:59:59", person=1, **SEND)
    answer = ask(group, "send_message", at="2026-05-06T00:00:00", person=1, **SEND)
    check_refused(group, answer, "cp.pbc.marketing_consent", choice=1)


def test_service_needs_no_consent_and_is_never_personal_marketing(group: Lender) -> None:
    made = do(group, "approve_template", sort="service", text_zh="您的账单已出", personalised=True)
    do(group, "send_message", person=1, template=made["template"], sort="service", channel="push")
    check_verified(group)


def test_with_the_algorithm_off_nothing_personal_goes_out(group: Lender) -> None:
    do(group, "approve_template", personalised=True, **MARKETING)
    do(group, "give_consent_to", person=1, **YES)
    personal = {**SEND, "template": 2}
    check_refused(group, ask(group, "send_message", person=1, **personal), "pi.auto.option", choice=0)
    do(group, "give_consent_to", person=1, **PROFILE)
    do(group, "send_message", person=1, **personal)
    off = do(group, "switch_profiling_off", person=1)["choice"]
    check_refused(group, ask(group, "send_message", person=1, **personal), "pi.auto.option", choice=off)
    do(group, "send_message", person=1, **SEND)  # the same for all still goes
    check_verified(group)


@pytest.mark.parametrize("whose", ["person", "borrower", "subject"])
@pytest.mark.parametrize(("level", "fits"), [(0, True), (1, False), (5, False)])
def test_whoever_was_never_tested_is_offered_nothing_that_has_a_level(
    group: Lender, whose: str, level: int, fits: bool
) -> None:
    template = do(group, "approve_template", level=level, **MARKETING)["template"]
    do(group, "give_consent_to", **{whose: 1}, **YES)
    answer = ask(group, "send_message", **{whose: 1}, **{**SEND, "template": template})
    assert answer.accepted is fits
    if not fits:
        check_refused(group, answer, "suit.bans", product_level=level, customer_level=0)


def test_nobody_states_the_level_of_whom_a_message_goes_to(group: Lender) -> None:
    columns = {"person": [1], "template": [1], "sort": ["marketing"], "channel": ["sms"], "customer_level": [5]}
    at = group.group.last_at
    [answer] = group.group.execute_columns(kind="send_message", columns=columns, client="c", keys=["k"], at=at)
    check_invalid(answer, "customer_level")


@pytest.fixture
def home() -> House:
    """Person 1 has level 3, a yes to marketing stands, template 1 to 3 are about products of level 2 to 4."""
    made = house(products=0)
    made.tested(1, LEVEL_3)
    made.do("give_consent_to", person=1, **YES)
    for level in (2, 3, 4):
        made.do("approve_template", level=level, **MARKETING)
    return made


@pytest.mark.parametrize(("template", "fits"), [(1, True), (2, True), (3, False)])
def test_the_level_is_that_of_the_test_that_counts(home: House, template: int, fits: bool) -> None:
    answer = home.ask("send_message", person=1, **{**SEND, "template": template})
    assert answer.accepted is fits
    if not fits:
        check_of_house(home, answer, "suit.bans", product_level=4, customer_level=3)


def test_a_higher_level_that_waits_does_not_count_and_a_lower_one_does(home: House) -> None:
    home.test(1, LEVEL_4)
    check_of_house(home, home.ask("send_message", person=1, **{**SEND, "template": 3}), "suit.bans", customer_level=3)
    home.test(1, LEVEL_2, on=20260311)
    check_of_house(home, home.ask("send_message", person=1, **{**SEND, "template": 2}), "suit.bans", customer_level=2)
    check_house(home)


@pytest.mark.parametrize(("on", "fits"), [(20270310, True), (20270311, False)])
def test_a_result_that_is_over_is_no_level(home: House, on: int, fits: bool) -> None:
    answer = home.ask("send_message", person=1, **{**SEND, "template": 1}, on=on)
    assert answer.accepted is fits
    if not fits:
        check_of_house(home, answer, "suit.bans", product_level=2, customer_level=0)


def test_who_told_of_a_change_has_no_level_until_the_next_test(home: House) -> None:
    home.do("tell_circumstances", person=1, what="lost my job")
    check_of_house(home, home.ask("send_message", person=1, **{**SEND, "template": 1}), "suit.bans", customer_level=0)
    home.tested(1, LEVEL_3)
    assert home.ask("send_message", person=1, **{**SEND, "template": 1}).accepted


def test_nothing_personal_is_aimed_at_a_student(group: Lender) -> None:
    do(group, "approve_template", personalised=True, **MARKETING)
    for fields in (YES, PROFILE):
        do(group, "give_consent_to", borrower=1, **fields)
    do(group, "send_message", borrower=1, **{**SEND, "template": 2})
    do(group, "assess_borrower", borrower=1, line_fen=0, student="yes")
    answer = ask(group, "send_message", borrower=1, **{**SEND, "template": 2})
    check_refused(group, answer, "student.targeting_ban")
    check_verified(group)


def test_versions_are_kept_and_the_latest_is_sent(group: Lender) -> None:
    do(group, "give_consent_to", person=1, **YES)
    first = do(group, "send_message", person=1, **SEND)["message"]
    again = do(group, "approve_template", template=1, **{**MARKETING, "text_zh": "新文本，回复退订可拒收"})
    assert again == {"template": 1, "version": 2}
    second = do(group, "send_message", person=1, **SEND)
    assert second["version"] == 2
    versions = [row(group, "protection_message", number)["version"] for number in (first, second["message"])]
    assert versions == [1, 2]
    check_verified(group)


def test_two_versions_in_one_batch(group: Lender) -> None:
    command = REGISTRY["approve_template"](template=1, **MARKETING)
    assert [answer.results["version"] for answer in group.desk.ask(command, command)] == [2, 3]
    check_verified(group)


def test_a_retired_template_is_sent_no_more(group: Lender) -> None:
    do(group, "give_consent_to", person=1, **YES)
    do(group, "retire_template", template=1)
    check_invalid(ask(group, "send_message", person=1, **SEND), "template")
    check_invalid(ask(group, "retire_template", template=1), "template")
    check_invalid(ask(group, "approve_template", template=1, **MARKETING), "template")
    check_verified(group)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"template": 9}, "template"),
        ({"sort": "service"}, "template"),
        ({"sort": "collection"}, "sort"),
        ({"person": 0}, "person"),
        ({"borrower": 1}, "person"),
    ],
)
def test_bad_input(group: Lender, fields: dict[str, Any], field: str) -> None:
    check_invalid(ask(group, "send_message", **{"person": 1, **SEND, **fields}), field)


def test_a_template_of_another_sort_or_without_text_is_no_version(group: Lender) -> None:
    check_invalid(ask(group, "approve_template", template=1, sort="service", text_zh="x"), "template")
    check_invalid(ask(group, "approve_template", sort="service", text_zh=""), "text_zh")
