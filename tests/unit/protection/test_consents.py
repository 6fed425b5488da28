"""Consents: each by itself, none ticked beforehand, taken back at once."""

from typing import Any

import pytest

from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Outcome
from tests.unit.lending.lenders import Lender
from tests.unit.protection.customers import (
    OTHER_TEXT,
    TEXT,
    THIRD_TEXT,
    ask,
    check_invalid,
    check_refused,
    check_verified,
    do,
    group_of_customers,
    row,
)

YES: dict[str, Any] = {"to": "marketing", "place": "app", "text_digest": TEXT}
SHARE: dict[str, Any] = {
    "to": "sharing",
    "place": "app",
    "text_digest": OTHER_TEXT,
    "receiver_kind": "lender",
    "receiver": 1,
    "purpose": "product",
    "kinds": "identity, contact",
}
SENSITIVE: dict[str, Any] = {"to": "sensitive", "purpose": "service", "kinds": "location"}


@pytest.fixture
def group() -> Lender:
    return group_of_customers()


@pytest.mark.parametrize("whose", ["person", "borrower", "subject"])
def test_a_yes_is_a_row_with_its_text(group: Lender, whose: str) -> None:
    made = do(group, "give_consent_to", **{whose: 1}, **YES)
    kept = row(group, "protection_choice", made["choice"])
    assert (kept[whose], kept["given"], kept["topic"]) == (1, 1, 1)
    assert kept["text"] != 0
    check_verified(group)


def test_ticked_beforehand_is_refused_by_the_order_on_lenders_and_for_others_by_that_of_the_central_bank(
    group: Lender,
) -> None:
    check_refused(group, ask(group, "give_consent_to", borrower=1, preticked=True, **YES), "cp.nfra.no_default_consent")
    for whose in ("person", "subject"):
        check_refused(group, ask(group, "give_consent_to", **{whose: 1}, preticked=True, **YES), "cp.pbc.info_consent")
    check_verified(group)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        (YES, "cp.pbc.marketing_consent"),
        ({**YES, "to": "profiling"}, "cp.pbc.marketing_consent"),
        (SHARE, "pi.share.separate_consent"),
        ({**YES, "to": "sensitive", "purpose": "service", "kinds": "location"}, "pi.sensitive"),
    ],
)
def test_bundled_with_anything_is_refused(group: Lender, fields: dict[str, Any], rule: str) -> None:
    answer = ask(group, "give_consent_to", person=1, bundled_with="contract", **fields)
    check_refused(group, answer, rule, bundled_with="contract")
    check_verified(group)


def test_one_text_does_not_carry_two_consents_whatever_is_said_of_the_tick(group: Lender) -> None:
    first = do(group, "give_consent_to", person=1, **YES)["choice"]
    answer = ask(group, "give_consent_to", person=1, **{**YES, "to": "profiling"})
    check_refused(group, answer, "cp.pbc.marketing_consent", same_text_as_choice=first)
    do(group, "give_consent_to", person=1, **{**YES, "to": "profiling", "text_digest": OTHER_TEXT})
    do(group, "give_consent_to", person=1, **YES)  # the same again is no second one
    do(group, "give_consent_to", person=2, **YES)  # nor is another customer's to the same
    answer = ask(group, "give_consent_to", person=2, **{**YES, "to": "profiling"})
    check_refused(group, answer, "cp.pbc.marketing_consent", same_text_as_choice=first)
    check_verified(group)


def test_one_text_does_not_carry_two_receivers(group: Lender) -> None:
    do(group, "give_consent_to", person=1, **SHARE)
    second = {**SHARE, "receiver_kind": "bureau", "receiver": 1}
    check_refused(group, ask(group, "give_consent_to", person=1, **second), "pi.share.separate_consent")
    do(group, "give_consent_to", person=1, **{**second, "text_digest": THIRD_TEXT})


@pytest.mark.parametrize(
    "other",
    [
        {"purpose": "marketing"},
        {"kinds": "identity, contact, income"},
        {"kinds": "identity"},
        {"purpose": "marketing", "kinds": "identity, contact, transactions, income"},
    ],
)
def test_one_text_does_not_carry_another_purpose_or_other_kinds(group: Lender, other: dict[str, Any]) -> None:
    """PIPL art. 14 para. 2: another purpose or other kinds of data are consented to anew, by a text that says so."""
    first = do(group, "give_consent_to", person=1, **SHARE)["choice"]
    answer = ask(group, "give_consent_to", person=1, **{**SHARE, **other})
    check_refused(group, answer, "pi.share.separate_consent", same_text_as_choice=first)
    do(group, "give_consent_to", person=1, **{**SHARE, **other, "text_digest": THIRD_TEXT})
    check_verified(group)


def test_the_order_of_the_kinds_is_no_other_text(group: Lender) -> None:
    do(group, "give_consent_to", person=1, **SHARE)
    assert ask(group, "give_consent_to", person=1, **{**SHARE, "kinds": "contact identity"}).accepted


@pytest.mark.parametrize("second", [1, 2])
def test_a_text_refused_is_bound_to_nothing(group: Lender, second: int) -> None:
    """In one batch and in two: the first command under a text is ticked beforehand, so the next one is the first."""
    commands = [
        REGISTRY["give_consent_to"](person=1, preticked=True, **YES),
        REGISTRY["give_consent_to"](person=second, **{**YES, "to": "profiling"}),
        REGISTRY["give_consent_to"](person=second, **YES),
    ]
    answers = group.desk.ask(*commands)
    assert [answer.outcome for answer in answers] == [Outcome.refused, Outcome.accepted, Outcome.refused]
    check_verified(group)


def test_two_under_one_text_in_one_batch(group: Lender) -> None:
    consents = [REGISTRY["give_consent_to"](person=1, **{**YES, "to": to}) for to in ("marketing", "profiling")]
    answers = group.desk.ask(*consents)
    assert [answer.outcome for answer in answers] == [Outcome.accepted, Outcome.refused]
    check_verified(group)


def test_many_who_mean_the_same_by_a_text_are_one_batch(group: Lender) -> None:
    answers = group.desk.ask(*(REGISTRY["give_consent_to"](**{whose: 1}, **YES) for whose in ("person", "borrower")))
    assert [answer.outcome for answer in answers] == [Outcome.accepted] * 2
    opened = group.group.reader.at_position(answers[0].position)
    assert opened.block.commands == 2


def test_the_same_key_gets_the_same_answer(group: Lender) -> None:
    command = REGISTRY["give_consent_to"](person=1, **YES)
    first = group.desk.one(command, key="one")
    again = group.desk.one(command, key="one")
    assert (again.results, again.repeated) == (first.results, True)
    assert group.group.records.tables["protection_choice"].count == 1


def test_a_no_ends_what_stood_and_is_taken_without_a_yes_too(group: Lender) -> None:
    yes = do(group, "give_consent_to", person=1, **YES)["choice"]
    no = do(group, "withdraw_consent_to", person=1, to="marketing", place="telephone")
    assert no["withdrawn"] == yes
    assert do(group, "withdraw_consent_to", person=1, to="marketing", place="app")["withdrawn"] == 0
    assert do(group, "withdraw_consent_to", subject=1, to="marketing", place="web")["withdrawn"] == 0
    off = do(group, "switch_profiling_off", borrower=1)["choice"]
    assert row(group, "protection_choice", off)["topic"] == 2
    check_verified(group)


def test_a_no_to_one_receiver_leaves_the_other(group: Lender) -> None:
    do(group, "give_consent_to", person=1, **SHARE)
    other: dict[str, Any] = {"to": "sharing", "place": "app", "receiver_kind": "bureau", "receiver": 1}
    assert do(group, "withdraw_consent_to", person=1, **other)["withdrawn"] == 0
    same: dict[str, Any] = {"to": "sharing", "place": "app", "receiver_kind": "lender", "receiver": 1}
    assert do(group, "withdraw_consent_to", person=1, **same)["withdrawn"] == 1


def test_purposes_stand_side_by_side_and_are_ended_one_by_one_or_all_at_once(group: Lender) -> None:
    research = {**SHARE, "purpose": "research", "text_digest": THIRD_TEXT}
    to = {name: SHARE[name] for name in ("to", "place", "receiver_kind", "receiver")}
    first, second = (do(group, "give_consent_to", person=1, **yes)["choice"] for yes in (SHARE, research))
    ended = do(group, "withdraw_consent_to", person=1, **to, purpose="research")
    assert (ended["withdrawn"], ended["ended"]) == (second, 1)
    ended = do(group, "withdraw_consent_to", person=1, **to, purpose="research")
    assert (ended["withdrawn"], ended["ended"]) == (0, 0)
    third = do(group, "give_consent_to", person=1, **research)["choice"]
    ended = do(group, "withdraw_consent_to", person=1, **to)
    assert (ended["withdrawn"], ended["ended"]) == (third, 2)
    assert first < second < third
    check_verified(group)


def test_a_no_to_sensitive_data_is_one_to_every_receiver_and_purpose_it_does_not_leave_out(group: Lender) -> None:
    own: dict[str, Any] = {"to": "sensitive", "place": "app", "purpose": "service", "kinds": "location"}
    handed = {**own, "receiver_kind": "lender", "receiver": 1}
    do(group, "give_consent_to", person=1, **own, text_digest=TEXT)
    do(group, "give_consent_to", person=1, **handed, text_digest=OTHER_TEXT)
    no: dict[str, Any] = {"to": "sensitive", "place": "app"}
    assert do(group, "withdraw_consent_to", person=1, **no, purpose="research")["ended"] == 0
    assert do(group, "withdraw_consent_to", person=1, **no, receiver_kind="lender", receiver=1)["ended"] == 1
    assert do(group, "withdraw_consent_to", person=1, **no)["ended"] == 1
    check_verified(group)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "person"),
        ({"person": 1, "borrower": 1}, "person"),
        ({"person": 99}, "person"),
        ({"person": 1, "text_digest": "A" * 64}, "text_digest"),
        ({"person": 1, "text_digest": "a"}, "text_digest"),
        ({"person": 1, "until": 20260230}, "until"),
        ({"person": 1, "until": 20260101}, "until"),
        ({"person": 1, "purpose": "product"}, "purpose"),
        ({"person": 1, "kinds": "contact"}, "kinds"),
        ({"person": 1, "to": "sensitive", "kinds": "location"}, "purpose"),
        ({"person": 1, "to": "sensitive", "purpose": "service"}, "kinds"),
        ({"person": 1, **SENSITIVE, "receiver_kind": "lender"}, "receiver"),
        ({"person": 1, **SENSITIVE, "receiver_kind": "institution", "receiver": 1}, "receiver"),
        ({"person": 1, **SENSITIVE, "receiver_kind": "lender", "receiver": 7}, "receiver"),
        ({"person": 1, "receiver_kind": "lender", "receiver": 1}, "receiver_kind"),
        ({"person": 1, **SHARE, "kinds": "blood"}, "kinds"),
        ({"person": 1, **SHARE, "kinds": ""}, "kinds"),
        ({"person": 1, **SHARE, "receiver": 0}, "receiver"),
        ({"person": 1, **SHARE, "receiver": 7}, "receiver"),
        ({"person": 1, **SHARE, "receiver_kind": "institution"}, "receiver"),
        ({"person": 1, **SHARE, "purpose": "none"}, "purpose"),
        ({"person": 1, **SHARE, "receiver_kind": "none", "receiver": 0}, "receiver_kind"),
    ],
)
def test_bad_input(group: Lender, fields: dict[str, Any], field: str) -> None:
    check_invalid(ask(group, "give_consent_to", **{**YES, **fields}), field)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "person"),
        ({"person": 1, "to": "sharing"}, "receiver_kind"),
        ({"person": 1, "receiver_kind": "lender", "receiver": 1}, "receiver_kind"),
        ({"person": 1, "purpose": "service"}, "purpose"),
        ({"person": 1, "to": "sensitive", "receiver_kind": "lender"}, "receiver"),
    ],
)
def test_a_no_that_makes_no_sense(group: Lender, fields: dict[str, Any], field: str) -> None:
    check_invalid(ask(group, "withdraw_consent_to", **{"to": "marketing", "place": "app", **fields}), field)
    check_invalid(ask(group, "switch_profiling_off"), "person")
