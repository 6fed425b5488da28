"""Redress is traced to the command that paid it, or it is owed; who decides is nobody who is complained of."""

from typing import Any

import pytest

from benyuan.assurance.protection.calendar import calendar
from benyuan.assurance.protection.complaints import complaints, monthly
from benyuan.consumer_protection.claims.records import COMPLAINT_MORE_TOLD
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.events import Event, event
from benyuan.usecases.protection.claims import take_customer_complaint
from tests.unit.engine.dated import moment
from tests.unit.lending.accounts import purchase
from tests.unit.protection.claiming import (
    DIGEST,
    OF_PERSON,
    RECEIVED,
    Claims,
    check_invalid,
    check_refused,
    claims_in_town,
    days_on,
)

PAYMENTS: dict[str, Any] = {**OF_PERSON, "borrower": 0}
OTHER = "cd" * 32


def paying_town() -> Claims:
    """Person 1 complains; the institution has 100.00 of its own."""
    town = claims_in_town()
    town.do("fund", institution=1, amount_fen=10_000)
    town.complain(**PAYMENTS)
    return town


def credited(town: Claims, *, wallet: int = 1, amount_fen: int = 500) -> int:
    """A credit to a wallet; its log position."""
    paid = town.do("credit_wallet", wallet=wallet, amount_fen=amount_fen, reason="compensation")
    return paid["position"]


@pytest.mark.parametrize(("amount", "taken"), [(499, False), (500, True), (501, True)])
def test_the_command_that_paid_is_named_and_paid_enough(amount: int, taken: bool) -> None:
    town = paying_town()
    position = credited(town, amount_fen=amount)
    answer = town.answer(redress_fen=500, redress_command=position)
    if not taken:
        check_invalid(answer, "redress_command")
        return
    assert answer.results["redress_duty"] == 0
    file = complaints(town.group, on=RECEIVED)[0]
    assert (file.redress_fen, file.redress_paid_fen) == (500, 500)
    town.check()


def test_what_is_no_payment_to_this_customer_is_no_redress() -> None:
    town = paying_town()
    early = town.row("customer_complaint", 1)["position"]
    for position in (early, credited(town, wallet=2), 9_999):
        check_invalid(town.answer(redress_fen=500, redress_command=position), "redress_command")
    position = credited(town)
    check_invalid(town.answer(redress_fen=0, redress_command=position), "redress_command")
    assert town.answer(redress_fen=500, redress_command=position).accepted
    town.complain(**PAYMENTS)
    check_invalid(town.answer(2, redress_fen=500, redress_command=position), "redress_command")
    town.check()


def test_what_was_paid_before_the_complaint_is_no_redress() -> None:
    town = paying_town()
    position = credited(town)
    town.complain(**{**PAYMENTS, "on": days_on(1), "received_on": days_on(1)})
    check_invalid(town.answer(2, redress_fen=500, redress_command=position), "redress_command")


@pytest.mark.parametrize(("day", "state"), [(10, "open"), (11, "past_aim")])
def test_what_is_not_paid_is_owed_until_it_is(day: int, state: str) -> None:
    town = paying_town()
    duty = town.answer(redress_fen=500).results["redress_duty"]
    found = {each.duty: each for each in calendar(town.group, on=days_on(day)) if each.room == "protection"}
    owed = found[duty]
    assert (owed.kind, owed.state, owed.expected_on, owed.rule) == (
        "pay_redress",
        state,
        days_on(10),
        "cp.house.redress",
    )
    paid = [credited(town, amount_fen=fen) for fen in (200, 400)]
    check_invalid(town.ask("record_redress", complaint=1), "redress_command")
    part = town.do("record_redress", complaint=1, redress_command=paid[0])
    assert (part["paid_fen"], part["left_fen"], town.duty(duty)["done_on"]) == (200, 300, 0)
    check_invalid(town.ask("record_redress", complaint=1, redress_command=paid[0]), "redress_command")
    rest = town.do("record_redress", complaint=1, redress_command=paid[1], on=days_on(12))
    assert (rest["paid_fen"], rest["left_fen"], town.duty(duty)["done_on"]) == (300, 0, days_on(12))
    check_invalid(town.ask("record_redress", complaint=1, redress_command=credited(town)), "complaint")
    town.check()


def test_a_debt_that_is_paid_down_is_redress_for_a_borrower() -> None:
    town = claims_in_town()
    bought = purchase(town, on=20260601, account=1)
    purchase(town, account=2)
    town.complain()
    other = town.do("repay_account", account=2, amount_fen=700)["position"]
    check_invalid(town.answer(redress_fen=700, redress_command=other), "redress_command")
    mine = town.do("repay_account", account=1, amount_fen=700)["position"]
    back = town.do("return_purchase", purchase=bought, amount_fen=100)["position"]
    assert town.answer(redress_fen=700, redress_command=mine).accepted
    town.complain()
    assert town.answer(2, redress_fen=100, redress_command=back).accepted
    town.check()


def test_a_refund_is_redress_and_the_bureau_shows_a_slip() -> None:
    town = paying_town()
    payment = town.do("pay", payer=1, merchant=1, amount_fen=900, channel="online", authentication="two_kinds")
    refund = town.do("refund", payment=payment["position"], amount_fen=900)["position"]
    assert town.answer(redress_fen=900, redress_command=refund).accepted
    town.complain(**{**PAYMENTS, "person": 0, "subject": 1, "product": "credit-file"})
    duty = town.answer(2, redress_fen=300).results["redress_duty"]
    slip: dict[str, Any] = {"complaint": 2, "evidence": DIGEST, "pieces": 1, "amount_fen": 300}
    check_invalid(town.ask("record_redress", **{**slip, "amount_fen": 301}), "amount_fen")
    check_invalid(town.ask("record_redress", **{**slip, "evidence": "", "pieces": 0}), "pieces")
    check_invalid(town.ask("record_redress", **slip, redress_command=refund), "redress_command")
    assert town.do("record_redress", **slip)["left_fen"] == 0
    assert town.duty(duty)["done_on"] == RECEIVED
    town.check()


def reviewed_in_july() -> Claims:
    """1.00 is granted in June, and a review gives 50.00 in all in July."""
    town = claims_in_town()
    town.complain()
    town.answer(on=days_on(9), redress_fen=100)
    town.do("ask_review", on=20260701, complaint=1, words="no")
    told: dict[str, Any] = {"outcome": "changed", "words": "more is due", "reviewed_by": 8, "no_interest": True}
    town.do("decide_complaint_review", on=20260720, complaint=1, redress_fen=5_000, **told)
    return town


def test_what_a_review_gives_stands_in_its_own_month() -> None:
    town = reviewed_in_july()
    june, july = (monthly(town.group, month=month)[0] for month in (202606, 202607))
    assert (june.redress_fen, june.review_redress_fen, june.received) == (100, 0, 1)
    assert (july.redress_fen, july.review_redress_fen, july.reviews) == (0, 4_900, 1)
    assert [each["kind"] for each in (town.duty(2), town.duty(3))] == [53, 3], "one duty is to pay all of it"
    assert town.row("protection_duty", 2)["done_on"] == 0
    town.check()


def test_a_cause_that_is_found_later_changes_no_closed_month() -> None:
    town = claims_in_town()
    town.complain()
    before = monthly(town.group, month=202606)
    town.answer(on=20260701, cause="fraud")
    assert monthly(town.group, month=202606) == before
    assert [(line.cause, line.received) for line in before] == [("not-known", 1)]
    assert [(line.cause, line.answered) for line in monthly(town.group, month=202607)] == [("fraud", 1)]


@pytest.mark.parametrize(
    ("fields", "rule"), [({}, "cp.nfra.complaint.recusal"), (PAYMENTS, "cp.house.complaint.recusal")]
)
def test_who_is_complained_of_decides_nothing(fields: dict[str, Any], rule: str) -> None:
    town = claims_in_town()
    town.complain(**fields, against_staff=7)
    check_refused(town, town.answer(), rule, complained_of=7, no_interest=1)
    check_refused(town, town.answer(answered_by=8, examiner=7), rule, complained_of=7)
    check_refused(town, town.answer(answered_by=8, no_interest=False), rule, complained_of=0, no_interest=0)
    town.do("add_evidence", complaint=1, party="partner", evidence=DIGEST, pieces=1, against_staff=9)
    check_refused(town, town.answer(answered_by=9), rule, complained_of=9)
    assert town.answer(answered_by=8, examiner=10).accepted
    town.check()


def test_a_review_is_decided_by_nobody_who_is_complained_of_or_had_a_part() -> None:
    town = claims_in_town()
    town.complain(against_staff=9)
    town.answer(answered_by=7, examiner=6)
    town.do("ask_review", complaint=1, words="no")
    told: dict[str, Any] = {"complaint": 1, "outcome": "stands", "words": "it stays as it was", "no_interest": True}
    check_refused(town, town.ask("decide_complaint_review", reviewed_by=9, **told), "cp.nfra.complaint.recusal")
    for taken in (6, 7):
        check_invalid(town.ask("decide_complaint_review", reviewed_by=taken, **told), "reviewed_by")
    assert town.ask("decide_complaint_review", reviewed_by=8, **told).accepted
    town.check()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"found": ""}, "found"),
        ({"why": "....."}, "why"),
        ({"where_next": "法院"}, "where_next"),
        ({"grounds": False, "why": "the contract has it"}, "why"),
        ({"words": "."}, "words"),
    ],
)
def test_each_part_of_an_answer_is_told_in_words(fields: dict[str, Any], field: str) -> None:
    town = claims_in_town()
    town.complain()
    check_invalid(town.answer(**fields), field)
    assert town.duty()["done_on"] == 0


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"complainant": "agent", "speaker": "李雷"}, "authority"),
        ({"complainant": "heir", "speaker": "李雷"}, "authority"),
        ({"complainant": "agent", "authority": OTHER}, "speaker"),
        ({"complainant": "guardian"}, "speaker"),
        ({"complainant": "heir", "speaker": "李雷", "authority": "x"}, "authority"),
        ({"speaker": "李雷"}, "speaker"),
        ({"authority": OTHER}, "authority"),
        ({"complainant": "agent", "speaker": "李雷", "authority": OTHER}, ""),
        ({"complainant": "heir", "speaker": "李雷", "authority": OTHER}, ""),
        ({"complainant": "guardian", "speaker": "李雷"}, ""),
    ],
)
def test_who_complains_for_a_customer_shows_what_for(fields: dict[str, Any], field: str) -> None:
    town = claims_in_town()
    answer = town.ask(
        "take_customer_complaint",
        on=RECEIVED,
        borrower=1,
        channel="app",
        product="cash-loan",
        issue="price",
        words="too dear",
        received_on=RECEIVED,
        **fields,
    )
    if field:
        check_invalid(answer, field)
        return
    assert complaints(town.group, on=RECEIVED)[0].made_by == fields["complainant"]
    assert (town.group.payloads.read(answer.position) or {})["speaker"] == "李雷"
    town.check()


def test_a_complaint_of_a_log_before_is_answered_and_reviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a row of what came later: its cause is the one that stands, and its last day the first that is known."""
    town = claims_in_town()
    with monkeypatch.context() as before:
        before.setattr(take_customer_complaint, "event", _event_before)
        town.complain(cause="terms")
    assert town.group.records.tables["complaint_further"].count == 0
    assert [line.cause for line in monthly(town.group, month=202606)] == ["terms"]
    assert town.new_facts(on=days_on(10)).results["restarts"] == 1
    assert town.answer(redress_fen=100).accepted
    town.do("ask_review", complaint=1, words="no")
    told: dict[str, Any] = {"outcome": "stands", "words": "it stays as it was", "reviewed_by": 8, "no_interest": True}
    town.do("decide_complaint_review", complaint=1, redress_fen=100, **told)
    file = complaints(town.group, on=days_on(10))[0]
    assert (file.first_due_on, file.restarts, file.made_by, file.redress_fen) == (days_on(15), 1, "", 100)


def _event_before(kind: str, columns: Any) -> list[Event]:
    return [] if kind == COMPLAINT_MORE_TOLD else event(kind, columns)


def test_what_is_paid_and_named_in_one_call() -> None:
    town = paying_town()
    kinds = {name: REGISTRY[name] for name in ("credit_wallet", "record_redress")}
    town.answer(redress_fen=500)
    paid = kinds["credit_wallet"](wallet=1, amount_fen=500, reason="compensation")
    named = kinds["record_redress"](complaint=1, redress_command=town.group.position + 1)
    first, second = town.desk.ask(paid, named, at=moment(RECEIVED))
    assert first.accepted
    assert second.accepted, second
    town.check()


@pytest.mark.parametrize(
    ("customer", "fields"),
    [("person", PAYMENTS), ("subject", {**PAYMENTS, "person": 0, "subject": 1, "product": "credit-file"})],
)
def test_customers_of_every_firm_are_shown_by_their_document(customer: str, fields: dict[str, Any]) -> None:
    town = claims_in_town()
    town.complain(**fields)
    check_invalid(town.ask("withdraw_customer_complaint", complaint=1, **town.paper()), "complaint")
    assert town.ask("withdraw_customer_complaint", complaint=1, **town.paper(customer=customer)).accepted
    town.check()
