"""Data handed on, and the cashier: a consent to just that; all options alike, and from a day on no loan among them."""

from typing import Any

import pytest

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

TO: dict[str, Any] = {"receiver_kind": "lender", "receiver": 1, "purpose": "product", "kinds": "identity, contact"}
YES: dict[str, Any] = {"to": "sharing", "place": "app", "text_digest": TEXT}
PLATFORM: dict[str, Any] = {**TO, "receiver_kind": "platform", "receiver": 77}
SHOWN: dict[str, Any] = {"institution": 1, "options": "balance, debit-card", "equal_display": True}


@pytest.fixture
def group() -> Lender:
    return group_of_customers()


@pytest.mark.parametrize(
    ("whose", "to", "rule"),
    [
        ("person", TO, "pay.info.affiliate_share_consent"),
        ("borrower", PLATFORM, "cp.nfra.no_platform_transfer"),
        ("borrower", {**TO, "receiver_kind": "institution"}, "pi.share.separate_consent"),
        ("subject", TO, "pi.share.separate_consent"),
    ],
)
def test_nothing_goes_without_a_consent_to_just_that(group: Lender, whose: str, to: dict[str, Any], rule: str) -> None:
    answer = ask(group, "share_data", **{whose: 1}, **to)
    check_refused(group, answer, rule, not_consented="identity, contact")
    choice = do(group, "give_consent_to", **{whose: 1}, **YES, **to)["choice"]
    shared = do(group, "share_data", **{whose: 1}, **to)["shared"]
    assert row(group, "protection_shared", shared)["choice"] == choice
    check_verified(group)


@pytest.mark.parametrize(
    "other",
    [
        {"purpose": "marketing"},
        {"kinds": "identity, contact, income"},
        {"receiver_kind": "bureau"},
    ],
)
def test_another_purpose_kind_or_receiver_is_not_covered(group: Lender, other: dict[str, Any]) -> None:
    do(group, "give_consent_to", person=1, **YES, **TO)
    do(group, "share_data", person=1, **{**TO, "kinds": "contact"})
    check_refused(group, ask(group, "share_data", person=1, **{**TO, **other}), "pay.info.affiliate_share_consent")
    assert group.group.records.tables["protection_shared"].count == 1
    check_verified(group)


def test_a_consent_taken_back_or_over_carries_nothing_from_that_moment_on(group: Lender) -> None:
    do(group, "give_consent_to", at="2026-05-04T10:00:00", person=1, until=20260510, **YES, **TO)
    do(group, "share_data", at="2026-05-10T23:59:59", person=1, **TO)
    check_refused(
        group, ask(group, "share_data", at="2026-05-11T00:00:00", person=1, **TO), "pay.info.affiliate_share_consent"
    )
    do(group, "give_consent_to", person=1, **YES, **TO)
    do(group, "share_data", person=1, **TO)
    where: dict[str, Any] = {"to": "sharing", "place": "app", "receiver_kind": "lender", "receiver": 1}
    do(group, "withdraw_consent_to", person=1, **where)
    check_refused(group, ask(group, "share_data", person=1, **TO), "pay.info.affiliate_share_consent")


def test_sensitive_kinds_need_a_consent_of_their_own_besides(group: Lender) -> None:
    to = {**TO, "kinds": "identity, location"}
    do(group, "give_consent_to", person=1, **YES, **to)
    check_refused(group, ask(group, "share_data", person=1, **to), "pi.sensitive")
    own = {**to, "to": "sensitive", "place": "app", "text_digest": OTHER_TEXT, "kinds": "biometrics"}
    do(group, "give_consent_to", person=1, **own)
    answer = ask(group, "share_data", person=1, **to)
    check_refused(group, answer, "pi.sensitive", choice=2)
    do(group, "give_consent_to", person=1, **{**own, "text_digest": THIRD_TEXT, "kinds": "location"})
    do(group, "share_data", person=1, **to)
    check_verified(group)


@pytest.mark.parametrize(
    "other",
    [
        {"purpose": "research"},
        {"receiver_kind": "bureau"},
        {"receiver_kind": "none", "receiver": 0},
    ],
)
def test_a_yes_to_sensitive_data_is_to_one_receiver_and_purpose(group: Lender, other: dict[str, Any]) -> None:
    """PIPL arts. 28, 29: for a purpose that is named, by itself."""
    to = {**TO, "kinds": "identity, location"}
    do(group, "give_consent_to", person=1, **YES, **to)
    own = {**TO, "to": "sensitive", "place": "app", "text_digest": OTHER_TEXT, "kinds": "location"}
    do(group, "give_consent_to", person=1, **{**own, **other})
    check_refused(group, ask(group, "share_data", person=1, **to), "pi.sensitive", choice=0)
    do(group, "give_consent_to", person=1, **{**own, "text_digest": THIRD_TEXT})
    do(group, "share_data", person=1, **to)
    no: dict[str, Any] = {"to": "sensitive", "place": "app"}
    do(group, "withdraw_consent_to", person=1, **no, **{name: to[name] for name in ("receiver_kind", "receiver")})
    check_refused(group, ask(group, "share_data", person=1, **to), "pi.sensitive")
    check_verified(group)


def test_another_purpose_leaves_the_first_as_it_was(group: Lender) -> None:
    do(group, "give_consent_to", person=1, **YES, **TO)
    other = {**TO, "purpose": "research", "kinds": "transactions"}
    do(group, "give_consent_to", person=1, **{**YES, "text_digest": OTHER_TEXT}, **other)
    do(group, "share_data", person=1, **TO)
    do(group, "share_data", person=1, **other)
    rule = "pay.info.affiliate_share_consent"
    check_refused(group, ask(group, "share_data", person=1, **{**TO, "kinds": "transactions"}), rule)
    where: dict[str, Any] = {"to": "sharing", "place": "app", "receiver_kind": "lender", "receiver": 1}
    do(group, "withdraw_consent_to", person=1, **where, purpose="product")
    check_refused(group, ask(group, "share_data", person=1, **TO), rule)
    do(group, "share_data", person=1, **other)
    do(group, "withdraw_consent_to", person=1, **where)
    check_refused(group, ask(group, "share_data", person=1, **other), rule)
    check_verified(group)


def test_other_kinds_for_the_same_purpose_take_the_place_of_those_before(group: Lender) -> None:
    do(group, "give_consent_to", person=1, **YES, **TO)
    income = {**TO, "kinds": "income"}
    do(group, "give_consent_to", person=1, **{**YES, "text_digest": OTHER_TEXT}, **income)
    do(group, "share_data", person=1, **income)
    check_refused(group, ask(group, "share_data", person=1, **TO), "pay.info.affiliate_share_consent")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"person": 0}, "person"),
        ({"kinds": ""}, "kinds"),
        ({"kinds": "blood"}, "kinds"),
        ({"purpose": "none"}, "purpose"),
        ({"receiver": 0}, "receiver"),
        ({"receiver_kind": "institution"}, "receiver"),
        ({"receiver_kind": "none"}, "receiver"),
    ],
)
def test_bad_sharing(group: Lender, fields: dict[str, Any], field: str) -> None:
    check_invalid(ask(group, "share_data", **{"person": 1, **TO, **fields}), field)


def test_a_list_is_kept(group: Lender) -> None:
    shown = do(group, "show_cashier", **SHOWN, preselected="balance")["cashier"]
    kept = row(group, "protection_cashier", shown)
    assert (kept["options"], kept["preselected"]) == (5, 1)
    check_verified(group)


@pytest.mark.parametrize("option", ["pay-later", "instalment", "cash-loan", "fund", "wealth", "insurance"])
def test_no_loan_and_no_investment_from_the_day_on(group: Lender, option: str) -> None:
    with_it = {**SHOWN, "options": f"balance, {option}"}
    do(group, "show_cashier", at="2026-09-29T23:59:59", **with_it)
    answer = ask(group, "show_cashier", at="2026-09-30T00:00:00", **with_it)
    check_refused(group, answer, "mkt.psp_no_loan_option", options=option)
    do(group, "show_cashier", **SHOWN)
    check_verified(group)


@pytest.mark.parametrize("option", ["pay-later", "instalment", "cash-loan"])
def test_no_credit_stands_chosen(group: Lender, option: str) -> None:
    with_it = {**SHOWN, "options": f"balance, {option}", "preselected": option}
    check_refused(group, ask(group, "show_cashier", **with_it), "pay.choice.fair_display", preselected=option)


def test_none_is_shown_more_largely(group: Lender) -> None:
    answer = ask(group, "show_cashier", **{**SHOWN, "equal_display": False})
    check_refused(group, answer, "pay.choice.fair_display", equal_display=0)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"institution": 9}, "institution"),
        ({"options": ""}, "options"),
        ({"options": "cheque"}, "options"),
        ({"preselected": "pay-later"}, "preselected"),
        ({"preselected": "balance, debit-card"}, "preselected"),
        ({"preselected": "cheque"}, "preselected"),
    ],
)
def test_bad_lists(group: Lender, fields: dict[str, Any], field: str) -> None:
    check_invalid(ask(group, "show_cashier", **{**SHOWN, **fields}), field)
