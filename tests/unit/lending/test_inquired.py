"""What a lender grants or offers rests on its own recent inquiry at a licensed bureau, where its policy says so."""

from typing import Any

import pytest

from benyuan.decisions.outcomes import Answer
from benyuan.engine.why import why
from tests.unit.bureau.bureaus import AGREED, BANK, BEGAN, CONSENT, found_bureau, shown
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import in_memory
from tests.unit.lending.accounts import check_log
from tests.unit.lending.lenders import OFFER, Lender, found_lender

ON, MEMBER = 20260410, 4
LICENSED, ASKED = "cr.fi.only_licensed", "cf.house.inquiry_first"


@pytest.fixture
def lender() -> Lender:
    """A lender that wants an inquiry of the last 30 days; it is member 4 of a bureau, and person 1 consents."""
    desk = in_memory(now=moment(BEGAN))
    bureau = found_bureau(desk)
    lender = found_lender(desk)
    bureau.on = lender.on = 20260402
    policy = {"risk_weight_ppm": 1_000_000, "conversion_ppm": 0, "most_draw_fen": 20_000_000, "inquiry_days": 30}
    lender.do("set_lending_policy", lender=1, from_date=lender.on, **policy)
    bureau.do("admit_member", bureau=1, sort="consumer-finance", lender=1)
    for member in (MEMBER, BANK):
        terms = {**AGREED, "from_date": lender.on, "reported_on": lender.on, "reviewed_on": lender.on}
        bureau.do("agree_membership", member=member, **terms)
        for purpose in ("loan", "guarantor"):
            given = {**CONSENT, **shown(1), "starts_on": lender.on, "expires_on": 20261231, "times": 9}
            bureau.do("grant_consent", **{**given, "member": member, "purpose": purpose})
    return lender


def inquiry(lender: Lender, *, member: int = MEMBER, customer: int = 1, purpose: str = "loan", consent: int = 1) -> int:
    """The member asks about person 1; the number of the inquiry."""
    asked = {"bureau": 1, "member": member, "purpose": purpose, "consent": consent, "customer": customer}
    return lender.do("inquire", **asked, **shown(1), staff_name="Lin Ke", seen=lender.group.position)["inquiry"]


def offered(lender: Lender, number: int, *, on: int = ON) -> Answer:
    late = {"first_due_on": 20260630, "until": 20260630}
    return lender.ask("offer_loan", on=on, **{**OFFER, **late, "inquiry": number})


def test_without_an_inquiry_nothing_is_offered_or_granted(lender: Lender) -> None:
    for answer in (offered(lender, 0), lender.ask("assess_borrower", borrower=1, line_fen=5)):
        assert answer.refusal is not None
        assert answer.refusal.rule_id == ASKED
        assert answer.refusal.figures["most_days"] == 30
        assert ASKED in why(lender.group, answer.position).text()
    check_log(lender)


def test_on_an_inquiry_it_is(lender: Lender) -> None:
    number = inquiry(lender)
    assert offered(lender, number).accepted
    assert lender.ask("assess_borrower", borrower=1, line_fen=5, inquiry=number).accepted
    check_log(lender)


def test_to_take_a_line_back_needs_none(lender: Lender) -> None:
    assert lender.ask("assess_borrower", borrower=1, line_fen=0).accepted


@pytest.mark.parametrize(("on", "passes"), [(20260502, True), (20260503, False)])
def test_how_old_it_may_be(lender: Lender, on: int, passes: bool) -> None:
    number = inquiry(lender)  # of 2 April
    answer = offered(lender, number, on=on)
    assert answer.accepted is passes
    if not passes:
        assert answer.refusal is not None
        assert answer.refusal.figures["days"] == 31


@pytest.mark.parametrize(
    "asked",
    [
        {"customer": 2},
        {"customer": 0},
        {"member": BANK, "consent": 3},
        {"purpose": "guarantor", "consent": 2},
    ],
)
def test_anothers_inquiry_or_one_for_something_else(lender: Lender, asked: dict[str, Any]) -> None:
    answer = offered(lender, inquiry(lender, **asked))
    assert answer.refusal is not None
    assert answer.refusal.rule_id == ASKED


def test_an_inquiry_that_there_is_not(lender: Lender) -> None:
    answer = offered(lender, 99)
    assert answer.invalid is not None
    assert answer.invalid.field == "inquiry"


def test_at_a_bureau_that_has_lost_its_licence(lender: Lender) -> None:
    number = inquiry(lender)
    lender.do("record_bureau_standing", bureau=1, from_date=ON, licensed_until=0, capital_fen=5_000_000_000)
    answer = offered(lender, number)
    assert answer.refusal is not None
    assert answer.refusal.rule_id == LICENSED
    check_log(lender)
