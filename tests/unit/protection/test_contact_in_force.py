"""The rules on contacts begin on their day: what is refused on it was accepted the day before, and `why` tells both."""

import datetime as dt
import hashlib
from typing import Any

import msgspec
import pytest

from benyuan.consumer_protection.key_facts.loader import templates
from benyuan.consumer_protection.key_facts.template import Line
from benyuan.engine.why import why
from tests.cases.runner import regime
from tests.unit.lending.lenders import PAY_LATER
from tests.unit.lending.reading import LENDER_NAME
from tests.unit.protection.customers import (
    DEBTOR,
    MARKETING,
    OTHER_TEXT,
    TEXT,
    agency,
    ask,
    check_refused,
    check_verified,
    do,
    group_of_debtors,
)

EVE, DAY = "2026-05-04", "2026-05-05"
FIRST = dt.date(2026, 5, 5)
YES: dict[str, Any] = {"to": "marketing", "place": "app", "text_digest": TEXT}
TO: dict[str, Any] = {"receiver_kind": "lender", "receiver": 1, "purpose": "product", "kinds": "contact"}
QUIET = b"- The rate is in the contract\n- Line 1000\n"
FACTS: dict[str, Any] = {
    "borrower": 1,
    "product": PAY_LATER,
    "line_fen": 1_000,
    "language": "en",
    "lender_name": LENDER_NAME,
    "text_digest": hashlib.sha256(QUIET).hexdigest(),
}
CASHIER: dict[str, Any] = {"institution": 1, "options": "balance, pay-later", "equal_display": True}
SEND: dict[str, Any] = {"sort": "marketing", "channel": "sms", "template": 1}
OF_CONSENT = {"cp.nfra.no_default_consent", "cp.pbc.info_consent"}
OF_MARKETING = {"cp.nfra.optout", "cp.pbc.marketing_optout", "cp.pbc.marketing_consent"}
OF_SHARING = {"pay.info.affiliate_share_consent", "cp.nfra.no_platform_transfer", "pi.share.separate_consent"}
OF_OTHERS = {"coll.third_party", "cp.house.unreachable", "cf.collection.third_party"}

WHOLE_DAY = {"borrower": 1, "from_minute": 0, "to_minute": 1440}
BEGINNINGS: list[tuple[str, str, dict[str, Any], set[str]]] = [
    ("cp.nfra.no_default_consent", "give_consent_to", {"borrower": 1, "preticked": True, **YES}, OF_CONSENT),
    ("cp.pbc.info_consent", "give_consent_to", {"person": 1, "preticked": True, **YES}, OF_CONSENT),
    ("cp.pbc.marketing_consent", "give_consent_to", {"person": 1, "bundled_with": "contract", **YES}, set()),
    (
        "pi.share.separate_consent",
        "give_consent_to",
        {"person": 1, "bundled_with": "contract", **YES, "to": "sharing", **TO},
        set(),
    ),
    ("pay.info.affiliate_share_consent", "share_data", {"person": 1, **TO}, OF_SHARING),
    ("cp.nfra.no_platform_transfer", "share_data", {"borrower": 1, **TO, "receiver_kind": "platform"}, OF_SHARING),
    ("pi.share.separate_consent", "share_data", {"subject": 1, **TO}, OF_SHARING),
    ("cp.pbc.marketing_consent", "send_message", {"person": 1, **SEND}, OF_MARKETING),
    ("cp.house.marketing_words", "approve_template", {"sort": "service", "text_zh": "保本"}, set()),
    ("mkt.psp_no_loan_option", "show_cashier", CASHIER, set()),
    ("pay.choice.fair_display", "show_cashier", {**CASHIER, "preselected": "pay-later"}, set()),
    ("cp.nfra.collection.told", "record_contact", {**DEBTOR, "collector": 1}, set()),
    ("cf.collection.third_party", "record_contact", {**DEBTOR, "addressee": "other"}, OF_OTHERS),
    ("coll.third_party", "record_contact", {**DEBTOR, "addressee": "other"}, OF_OTHERS),
    ("cp.house.unreachable", "record_contact", {**DEBTOR, "addressee": "other"}, OF_OTHERS),
    ("coll.calls", "record_contact", DEBTOR, set()),
    ("cp.house.contact.agreed_hours", "agree_contact_hours", WHOLE_DAY, set()),
]


@pytest.mark.parametrize(("rule", "kind", "fields", "besides"), BEGINNINGS)
def test_the_eve_and_the_day(
    monkeypatch: pytest.MonkeyPatch, rule: str, kind: str, fields: dict[str, Any], besides: set[str]
) -> None:
    later = {(other, dt.date(2027, 1, 1)) for other in besides - {rule}}
    moved = regime(moved=frozenset({(rule, FIRST), *later}))
    monkeypatch.setattr("tests.unit.engine.groups.regime", lambda: moved)
    group = group_of_debtors()
    do(group, "approve_template", at=f"{EVE}T08:00:00", **MARKETING)
    do(group, "list_collector", lender=1, **agency(1))
    for day in (EVE, DAY):  # so that the fourth call is the one that is asked about
        for _ in range(3 if rule == "coll.calls" else 0):
            do(group, "record_contact", at=f"{day}T09:00:00", **DEBTOR)
        answer = ask(group, kind, at=f"{day}T21:00:00", **fields)
        if day == EVE:
            assert answer.accepted, answer
            assert rule in why(group.group, answer.position).text()
        else:
            check_refused(group, answer, rule)
    check_verified(group)


@pytest.mark.parametrize(("rule", "at"), [("coll.hours", "22:00:00"), ("cp.house.collection.pause", "21:00:00")])
def test_hours_and_stops_begin_on_their_day(monkeypatch: pytest.MonkeyPatch, rule: str, at: str) -> None:
    moved = regime(moved=frozenset({(rule, FIRST)}))
    monkeypatch.setattr("tests.unit.engine.groups.regime", lambda: moved)
    group = group_of_debtors()
    if rule != "coll.hours":
        do(group, "stop_collection", at=f"{EVE}T08:00:00", borrower=1, reason="complaint")
    do(group, "record_contact", at=f"{EVE}T{at}", **DEBTOR)
    check_refused(group, ask(group, "record_contact", at=f"{DAY}T{at}", **DEBTOR), rule)


def test_a_whole_day_that_was_agreed_before_the_bound_holds_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = regime(moved=frozenset({("cp.house.contact.agreed_hours", FIRST)}))
    monkeypatch.setattr("tests.unit.engine.groups.regime", lambda: moved)
    group = group_of_debtors()
    do(group, "agree_contact_hours", at=f"{EVE}T08:00:00", **WHOLE_DAY)
    do(group, "record_contact", at=f"{EVE}T23:00:00", agreed_hours=True, **DEBTOR)
    late = ask(group, "record_contact", at=f"{DAY}T23:00:00", agreed_hours=True, **DEBTOR)
    check_refused(group, late, "coll.hours")
    check_verified(group)


def test_a_personal_message_before_the_law_on_personal_information(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = regime(moved=frozenset({("pi.auto.option", FIRST), ("suit.bans", FIRST)}))
    monkeypatch.setattr("tests.unit.engine.groups.regime", lambda: moved)
    group = group_of_debtors()
    do(group, "approve_template", at=f"{EVE}T08:00:00", personalised=True, level=5, **MARKETING)
    do(group, "give_consent_to", person=1, **YES)
    do(group, "send_message", at=f"{EVE}T23:59:59", person=1, **SEND)
    check_refused(group, ask(group, "send_message", at=f"{DAY}T00:00:00", person=1, **SEND), "pi.auto.option")
    do(group, "give_consent_to", person=1, **{**YES, "to": "profiling", "text_digest": OTHER_TEXT})
    check_refused(group, ask(group, "send_message", person=1, **SEND), "suit.bans")


def test_the_order_on_lenders_asks_for_the_rate_beside_that_of_the_central_bank(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moved = regime(moved=frozenset({("cp.nfra.apr", FIRST)}))
    monkeypatch.setattr("tests.unit.engine.groups.regime", lambda: moved)
    group = group_of_debtors()
    lines = (Line(zh="利率见合同", en="The rate is in the contract"), Line(zh="额度 {line_fen}", en="Line {line_fen}"))
    quiet = msgspec.structs.replace(templates()[1], parts={"rate": lines}, documents={"pay-later": ("rate",)})
    monkeypatch.setattr("benyuan.usecases.protection.contact.key_facts_shared.templates", lambda: {1: quiet})
    check_refused(group, ask(group, "show_account_key_facts", at=f"{EVE}T23:59:59", **FACTS), "apr.disclose")
    check_refused(group, ask(group, "show_account_key_facts", at=f"{DAY}T00:00:00", **FACTS), "cp.nfra.apr")
