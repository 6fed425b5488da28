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


@pytest.mark.parametrize(
    ("level", "customer_level", "fits"), [(3, 3, True), (3, 2, False), (1, 0, False), (0, 0, True)]
)
def test_nothing_above_the_customers_level_is_pushed(
    group: Lender, level: int, customer_level: int, fits: bool
) -> None:
    template = do(group, "approve_template", level=level, **MARKETING)["template"]
    do(group, "give_consent_to", borrower=1, **YES)
    answer = ask(group, "send_message", borrower=1, **{**SEND, "template": template}, customer_level=customer_level)
    assert answer.accepted is fits
    if not fits:
        check_refused(group, answer, "suit.bans", product_level=level, customer_level=customer_level)


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
        ({"customer_level": 10}, "customer_level"),
    ],
)
def test_bad_input(group: Lender, fields: dict[str, Any], field: str) -> None:
    check_invalid(ask(group, "send_message", **{"person": 1, **SEND, **fields}), field)


def test_a_template_of_another_sort_or_without_text_is_no_version(group: Lender) -> None:
    check_invalid(ask(group, "approve_template", template=1, sort="service", text_zh="x"), "template")
    check_invalid(ask(group, "approve_template", sort="service", text_zh=""), "text_zh")
