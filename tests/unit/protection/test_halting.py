"""An open complaint or claim holds collecting up by itself until the last is answered, and holds nothing else up."""

from pathlib import Path
from random import Random
from typing import Any

import pytest

from benyuan.assurance.protection.contacts import contacts_of
from benyuan.consumer_protection.claims.words import DebtClaim, Issue
from benyuan.decisions.commands import REGISTRY
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.rules import load_pack
from benyuan.simulate.identities import someone
from benyuan.usecases import USE_CASES
from benyuan.values.dates import add_calendar_days
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import found_town, memory_of, on_file
from tests.unit.lending.accounts import purchase
from tests.unit.lending.lenders import BEGAN, PAY_LATER, Lender, found_lender
from tests.unit.protection.claiming import FULL, REFUSED
from tests.unit.protection.customers import (
    DEBTOR,
    ask,
    check_invalid,
    check_refused,
    check_verified,
    china,
    do,
    group_of_customers,
    group_of_debtors,
)

COMPLAINED, CLAIMED = "cp.house.collection.complaint", "cp.house.collection.claim"
AT, ON = "2026-05-04T09:00:00", 20260504
OTHER: dict[str, Any] = {**DEBTOR, "borrower": 2, "account": 2}
PAPER: dict[str, Any] = {"evidence": "ab" * 32, "pieces": 1}
SHOWN: dict[str, Any] = {"lender": 1, "number": someone(1)["number"]}
CHANGED: dict[str, Any] = {"outcome": "changed", "words": "you are right", "reviewed_by": 8, "no_interest": True}
NOT_OF_THE_DEBT = {Issue.opening, Issue.marketing, Issue.consent, Issue.service}


@pytest.fixture
def group() -> Lender:
    return group_of_debtors()


def complain(group: Lender, **fields: Any) -> int:
    """Borrower 1 complains of a price by the app, but for what is said otherwise; the complaint's number."""
    said = {"borrower": 1, "channel": "app", "product": "pay-later", "issue": "price", "words": "no", "received_on": ON}
    return do(group, "take_customer_complaint", **{"at": AT, **said, **fields})["complaint"]


def answered(group: Lender, complaint: int = 1) -> None:
    """In full, by number 7."""
    told = {"outcome": "not-upheld", "words": "nothing is owed", "cause": "terms", "answered_by": 7, **FULL}
    do(group, "answer_customer_complaint", complaint=complaint, **told)


def claim(group: Lender, sort: str = "objection", *, at: int | str = AT) -> int:
    """Borrower 1 claims something about a debt; the claim's number."""
    told = {"borrower": 1, "claim": sort, "words": "please", "received_on": ON}
    return do(group, "take_debt_claim", at=at, **told)["debt_claim"]


@pytest.mark.parametrize("issue", list(Issue))
def test_what_is_in_question_by_issue(group: Lender, issue: Issue) -> None:
    complain(group, issue=issue)
    answer = ask(group, "record_contact", **DEBTOR)
    if issue in NOT_OF_THE_DEBT:
        assert answer.accepted
    else:
        check_refused(group, answer, COMPLAINED, complaint=1, open=1, issue=issue.value, due_on=20260519)


def test_every_issue_and_claim_of_the_rules_is_one_that_there_is() -> None:
    pack = load_pack()
    issues = {tier.code("issue") for tier in pack.value(id=COMPLAINED, on=ON).tiers}
    assert issues == {issue.value for issue in set(Issue) - NOT_OF_THE_DEBT}
    assert {tier.code("claim") for tier in pack.value(id=CLAIMED, on=ON).tiers} == {each.value for each in DebtClaim}


@pytest.mark.parametrize(
    ("channel", "product"),
    [("visit", "cash-loan"), ("telephone", "instalments"), ("letter", "other"), ("chat", "pay-later")],
)
def test_whatever_the_channel_and_the_product(group: Lender, channel: str, product: str) -> None:
    complain(group, channel=channel, product=product)
    check_refused(group, ask(group, "record_contact", **DEBTOR), COMPLAINED, complaint=1)


@pytest.mark.parametrize(
    ("means", "addressee"),
    [("call", "debtor"), ("message", "guarantor"), ("visit", "other"), ("letter", "debtor")],
)
def test_no_means_and_nobody(group: Lender, means: str, addressee: str) -> None:
    complain(group)
    answer = ask(group, "record_contact", **{**DEBTOR, "means": means, "addressee": addressee})
    check_refused(group, answer, COMPLAINED, complaint=1)


def test_two_at_once_the_last_answer_ends_it(group: Lender) -> None:
    told = {"borrower": 1, "channel": "app", "product": "pay-later", "words": "no", "received_on": ON}
    both = [REGISTRY["take_customer_complaint"](issue=issue, **told) for issue in ("price", "collection")]
    group.desk.now = china(AT)
    assert all(each.accepted for each in group.desk.ask(*both, at=china(AT)))
    check_refused(group, ask(group, "record_contact", **DEBTOR), COMPLAINED, complaint=1, open=2, issue="price")
    answered(group, 2)
    check_refused(group, ask(group, "record_contact", **DEBTOR), COMPLAINED, complaint=1, open=1)
    answered(group, 1)
    do(group, "record_contact", **DEBTOR)
    check_verified(group)


def test_the_order_within_one_call_and_one_second_counts(group: Lender) -> None:
    contact = REGISTRY["record_contact"](**DEBTOR)
    told = {"borrower": 1, "channel": "app", "product": "pay-later", "words": "no", "received_on": ON}
    complaint = REGISTRY["take_customer_complaint"](issue="collection", **told)
    answer = REGISTRY["answer_customer_complaint"](
        complaint=1, outcome="upheld", words="you are right", cause="conduct", answered_by=7, **FULL
    )
    group.desk.now = china(AT)
    answers = group.desk.ask(contact, complaint, contact, contact, answer, contact, at=china(AT))
    assert [each.accepted for each in answers] == [True, True, False, False, True, True]
    check_verified(group)


def test_others_are_not_held_up(group: Lender) -> None:
    complain(group)
    do(group, "record_contact", **OTHER)
    complain(group, borrower=0, person=1, product="payment")
    complain(group, borrower=0, subject=1, product="credit-file", issue="record")
    check_refused(group, ask(group, "record_contact", **DEBTOR), COMPLAINED, complaint=1, open=1)
    answered(group, 1)
    do(group, "record_contact", **DEBTOR)


def test_nobody_lifts_it_by_hand_and_a_stop_by_hand_stands_beside_it(group: Lender) -> None:
    complain(group)
    check_invalid(ask(group, "resume_collection", stop=1), "stop")
    do(group, "stop_collection", borrower=1, reason="court")
    do(group, "resume_collection", stop=1)
    check_refused(group, ask(group, "record_contact", **DEBTOR), COMPLAINED, complaint=1)
    do(group, "stop_collection", borrower=1, reason="court")
    answered(group)
    check_refused(group, ask(group, "record_contact", **DEBTOR), "cp.house.collection.pause", stop=2)
    check_verified(group)


def test_why_shows_the_gates_where_they_stop_and_where_they_do_not(group: Lender) -> None:
    before = ask(group, "record_contact", at=AT, **DEBTOR)
    complain(group)
    claim(group)
    after = why(group.group, ask(group, "record_contact", **DEBTOR).position)
    outcomes = {check.rule_id: check.outcome for check in after.checks}
    assert outcomes[COMPLAINED] == outcomes[CLAIMED] == "refused"
    earlier = {check.rule_id: check.outcome for check in why(group.group, before.position).checks}
    assert earlier[COMPLAINED] == earlier[CLAIMED] == "passed"
    assert "第五十六条" in after.text()


def test_what_is_not_collecting_goes_on() -> None:
    group = group_of_customers()  # with nothing overdue, or there would be no purchase
    complain(group)
    claim(group)
    do(group, "tell_arrears", account=1, means="letter", words="arrears are furnished to the bureau")
    do(group, "approve_template", sort="service", text_zh="您的账单已出")
    do(group, "send_message", borrower=1, template=1, sort="service", channel="sms")
    do(group, "add_evidence", complaint=1, party="customer", **PAPER)
    do(group, "draw_purchase", account=1, amount_fen=100)
    do(group, "repay_account", account=1, amount_fen=100)
    answered(group)
    check_refused(group, ask(group, "record_contact", **DEBTOR), CLAIMED, debt_claim=1)
    check_verified(group)


def test_a_plan_waits(group: Lender) -> None:
    planned = {name: item for name, item in DEBTOR.items() if name != "effective"}
    at = china("2026-05-04T10:00:00")
    do(group, "plan_contact", at=AT, contact_at=at, **planned)
    complain(group)
    check_refused(group, ask(group, "record_contact", at=at, plan=1, **DEBTOR), COMPLAINED)
    assert contacts_of(group.group, borrower=1, at=at).planned == [1]
    answered(group)
    do(group, "record_contact", plan=1, **DEBTOR)
    assert contacts_of(group.group, borrower=1, at=at).planned == []


def test_what_holds_collecting_up_can_be_looked_up(group: Lender) -> None:
    complain(group, issue="marketing")
    complain(group)
    claim(group, "hardship")
    told = contacts_of(group.group, borrower=1, at=china(AT))
    assert (told.complaints, told.debt_claims, told.stops) == ([2], [1], [])
    before = contacts_of(group.group, borrower=1, at=china("2024-04-17T12:00:00"))
    assert (before.complaints, before.debt_claims) == ([], [])
    answered(group, 2)
    do(group, "withdraw_debt_claim", debt_claim=1, **PAPER, **SHOWN)
    told = contacts_of(group.group, borrower=1, at=china(AT))
    assert (told.complaints, told.debt_claims) == ([], [])


@pytest.mark.parametrize("seed", range(3))
def test_contacts_are_allowed_exactly_while_nothing_is_open(group: Lender, seed: int) -> None:
    dice, waiting, answers, reviews, claims = Random(seed), set[int](), set[int](), set[int](), set[int]()
    for day in range(60):
        at = add_calendar_days(ON, day)
        group.desk.now = moment(at, "12:00")
        step = dice.choice(("complain", "answer", "answer", "withdraw", "ask", "decide", "decide", "claim", "reply"))
        if step == "complain":
            waiting.add(complain(group, at=group.desk.now, issue=dice.choice(("price", "other"))))
        elif step == "answer" and waiting:
            answers.add(number := waiting.pop())
            answered(group, number)
        elif step == "withdraw" and waiting:
            do(group, "withdraw_customer_complaint", complaint=waiting.pop(), **PAPER, **SHOWN)
        elif step == "ask" and answers:
            number = answers.pop()
            if ask(group, "ask_review", complaint=number, words="again").accepted:
                reviews.add(number)
        elif step == "decide" and reviews:
            do(group, "decide_complaint_review", complaint=reviews.pop(), **CHANGED)
        elif step == "claim":
            claims.add(claim(group, dice.choice(("objection", "hardship")), at=group.desk.now))
        elif claims:
            do(group, "answer_debt_claim", debt_claim=claims.pop(), **REFUSED)
        contact = ask(group, "record_contact", at=group.desk.now, **{**DEBTOR, "means": "letter"})
        assert contact.accepted is not bool(waiting | reviews | claims), (seed, day, step)
        told_of = contacts_of(group.group, borrower=1, at=group.desk.now)
        assert (told_of.complaints, told_of.debt_claims) == (sorted(waiting | reviews), sorted(claims))
    check_verified(group)


def test_it_stands_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    group = found_lender(found_town(on_file(path, now=moment(BEGAN))))
    do(group, "open_credit_account", borrower=1, product=PAY_LATER, line_fen=100_000)
    purchase(group)
    complain(group)
    complain(group, issue="refund")
    claim(group)
    for open_ones in (2, 1):
        group = _restarted(group, path)
        check_refused(group, ask(group, "record_contact", **DEBTOR), COMPLAINED, open=open_ones)
        answered(group, open_ones)
    group = _restarted(group, path)
    check_refused(group, ask(group, "record_contact", **DEBTOR), CLAIMED, debt_claim=1)
    do(group, "answer_debt_claim", debt_claim=1, **{**REFUSED, "outcome": "met"})
    group = _restarted(group, path)
    do(group, "record_contact", **DEBTOR)
    report = verify(group.group.store, vault=group.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)
    group.group.close()


def _restarted(group: Lender, path: Path) -> Lender:
    last, held = group.group.last_at, memory_of(group.group)
    group.group.close()
    again = Lender(on_file(path, now=last))
    assert memory_of(again.group) == held
    return again
