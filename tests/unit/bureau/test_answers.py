"""Answers of real inquiries: what a lender, the person and the bureau's staff get of a file, each on record."""

import json
from typing import Any

import pytest

from benyuan.assurance.bureau.asking import Shown, ask
from benyuan.assurance.bureau.report import assemble
from benyuan.usecases.bureau.inquire import InquiryFields
from benyuan.usecases.bureau.read_own_report import OwnReportFields
from tests.unit.bureau.bureaus import BANK, LENDER, Bureau, bureau_in_memory, particulars, shown
from tests.unit.bureau.furnished import checked, furnish, furnish_account, late, months
from tests.unit.engine.dated import moment

MAY = 20260502


@pytest.fixture
def bureau() -> Bureau:
    """Person 1 with a card at the bank, late in February 2026; person 2 with one at the lender."""
    made = bureau_in_memory()
    furnish_account(made, 1)
    furnish_account(made, 2, member=LENDER)
    made.do("identify_subject", bureau=1, **particulars(1))
    rows = [{"month": 202601}, late(month=202602, due_on=20260210), {"month": 202603, "ended_on": 20260310}]
    assert furnish(made, months(*rows, limit_fen=2_000_000, due_fen=5_000, paid_fen=5_000)).accepted
    assert furnish(made, months({"account": 2}), member=LENDER).accepted
    return made


def asked(bureau: Bureau, *, on: int = MAY, **fields: Any) -> Shown:
    """The lender's answer about person 1."""
    command = InquiryFields(
        **{"bureau": 1, "member": LENDER, "purpose": "loan", "staff_name": "Lin Ke", "seen": 0, **shown(1), **fields}
    )
    key = f"ask {bureau.group.position}"
    at = max(moment(on), bureau.group.last_at)
    found: Shown = ask(bureau.group, command=command, assemble=assemble, client="lender", key=key, at=at)
    return found


def test_a_lender_sees_what_the_consent_allows_and_no_number_or_name(bureau: Bureau) -> None:
    consent = bureau.consent(1, member=LENDER, sections="summary,accounts,months")
    got = asked(bureau, consent=consent)
    assert got.content is not None
    assert got.content["sections"] == ["summary", "accounts", "months"]
    assert [month["status"] for month in got.content["accounts"][0]["last_60"]] == ["N", "1", "N"]
    text = json.dumps(got.content, ensure_ascii=False)
    assert shown(1)["full_name"] not in text
    assert shown(1)["number"] not in text
    assert not {"subject", "identity", "score", "public", "inquiries", "notes"} & set(got.content)
    assert len(got.content["accounts"]) == 1
    checked(bureau)


def test_a_score_alone(bureau: Bureau) -> None:
    consent = bureau.consent(1, member=LENDER, sections="all")
    got = asked(bureau, consent=consent, product="score")
    assert got.content is not None
    assert got.content["sections"] == ["score"]
    assert got.content["score"]["value"] > 0
    assert not {"summary", "accounts", "public", "inquiries"} & set(got.content)


def test_without_a_consent_nothing(bureau: Bureau) -> None:
    got = asked(bureau)
    assert got.content is None
    assert got.answer.refusal is not None


@pytest.mark.parametrize(("on", "there"), [(20310310, True), (20310311, False)])
def test_the_day_of_the_answer_counts_whatever_the_last_command_was(bureau: Bureau, on: int, there: bool) -> None:
    command = OwnReportFields(bureau=1, seen=0, **shown(1))
    got = ask(bureau.group, command=command, assemble=assemble, client="web", key="own", at=moment(on))
    assert got.content is not None
    assert (202602 in {month["month"] for month in got.content["accounts"][0]["last_60"]}) is there
    assert got.content["made_on"] == on
    again = ask(bureau.group, command=command, assemble=assemble, client="web", key="own", at=moment(on, "23:59"))
    assert again.content == got.content
    later = ask(bureau.group, command=command, assemble=assemble, client="web", key="own", at=moment(on + 10_000))
    assert (later.answer.position, later.content) == (got.answer.position, None)


def test_the_persons_own_report_has_the_lenders_look(bureau: Bureau) -> None:
    consent = bureau.consent(1, member=LENDER, sections="all")
    asked(bureau, consent=consent)
    command = OwnReportFields(bureau=1, seen=0, **shown(1))
    got = ask(bureau.group, command=command, assemble=assemble, client="web", key="own", at=bureau.group.last_at)
    assert got.content is not None
    assert got.content["identity"]["full_name"] == shown(1)["full_name"]
    assert [(each["purpose"], each["member"]) for each in got.content["inquiries"]] == [("loan", LENDER)]
    assert {each["member"] for each in got.content["consents"]} == {BANK, LENDER}
    checked(bureau)


def test_who_checks_an_objection_gets_its_own_account_and_no_more(bureau: Bureau) -> None:
    furnish_account(bureau, 1, member=LENDER, number="other")
    assert furnish(bureau, months({"account": 3}), member=LENDER).accepted
    bureau.do("state_explanation", bureau=1, words="not mine", **shown(1))
    wrong = {"fault": "wrong-status", "statement": "paid", "door": "internet", "member": LENDER, "account": 3}
    bureau.do("open_objection", bureau=1, month=202603, **wrong, **shown(1))
    got = asked(bureau, purpose="objection", account=3)
    assert got.content is not None
    assert got.content["sections"] == ["accounts", "months", "notes"]
    assert len(got.content["accounts"]) == 1
    assert [month["month"] for month in got.content["accounts"][0]["last_60"]] == [202603]
    assert [mark["month"] for mark in got.content["notes"]["marks"]] == [202603]
    assert shown(1)["number"] not in json.dumps(got.content)
    checked(bureau)
