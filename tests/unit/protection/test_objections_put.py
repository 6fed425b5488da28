"""An objection that the bureau puts to a lender of the group holds collecting up until it is decided."""

from typing import Any

import pytest

from benyuan.assurance.protection.calendar import calendar
from benyuan.assurance.protection.contacts import contacts_of
from benyuan.credit_bureau.vocabulary import FaultKind
from benyuan.decisions.outcomes import Answer
from benyuan.rules import load_pack
from benyuan.simulate.identities import someone
from tests.unit.bureau.bureaus import AGREED, BANK, Bureau, found_bureau, shown
from tests.unit.bureau.furnished import furnish_account
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import in_memory
from tests.unit.lending.accounts import purchase
from tests.unit.lending.lenders import ACCOUNT_LINE_FEN, BEGAN, PAY_LATER, Lender, found_lender
from tests.unit.protection.customers import DEBTOR, ask, check_invalid, check_refused, check_verified

OBJECTED, TAKEN_IN = "cp.house.collection.objection", "cp.house.objection.taken_in"
MEMBER, ON, NEXT, THIRD = 4, 20260506, 20260507, 20260508
OTHER: dict[str, Any] = {**DEBTOR, "borrower": 2, "account": 2}
NOT_OF_THE_DEBT = {FaultKind.no_consent, FaultKind.overdue_erasure}


class Both:
    """Lender 1 is member 4 of bureau 1; persons 1 and 2 are borrowers 1 and 2 and late, with a file and an account."""

    def __init__(self) -> None:
        desk = in_memory(now=moment(20260101))
        self.bureau: Bureau = found_bureau(desk)
        self.lender: Lender = found_lender(desk)
        self.bureau.on = BEGAN
        self.bureau.do("admit_member", bureau=1, sort="consumer-finance", lender=1)
        terms = {**AGREED, "from_date": BEGAN, "reported_on": BEGAN, "reviewed_on": BEGAN}
        self.bureau.do("agree_membership", member=MEMBER, **terms)
        for person in (1, 2):
            self.lender.do("open_credit_account", borrower=person, product=PAY_LATER, line_fen=ACCOUNT_LINE_FEN)
            furnish_account(self.bureau, person, member=MEMBER)
            purchase(self.lender, account=person)
        self.bureau.on = self.lender.on = ON

    def asked_about(self, person: int, *, member: int = MEMBER, **fields: Any) -> None:
        """A member asks about a person, by its own number of them."""
        given = {"starts_on": ON, "expires_on": 20271231, "times": 9}
        consent = self.bureau.consent(person, member=member, **given)
        found = self.bureau.inquire(person, member=member, consent=consent, **{"customer": person, **fields})
        assert found.accepted, found

    def object_to(self, person: int = 1, **fields: Any) -> int:
        """A person objects to their account, and it is put to the lender; the objection's number."""
        told = {"bureau": 1, "fault": "wrong-status", "statement": "I paid", "door": "internet", "account": person}
        objection = self.bureau.do("open_objection", **{**shown(person), **told, **fields})["objection"]
        self.bureau.do("ask_furnisher", objection=objection)
        return objection

    def decide(self, objection: int, outcome: str = "no-fault") -> None:
        said = {"says": "right", "words": "we looked", "evidence": "ab" * 32, "pieces": 1}
        self.bureau.do("answer_as_furnisher", objection=objection, **said)
        self.bureau.do("decide_objection", objection=objection, outcome=outcome, words="nothing is wrong")

    def call(self, fields: dict[str, Any] = DEBTOR, **more: Any) -> Answer:
        at = max(moment(self.bureau.on, "12:00"), self.lender.group.last_at)
        return ask(self.lender, "record_contact", at=at, **fields, **more)

    def take_in(self, person: int, objection: int = 1, **fields: Any) -> Answer:
        """The lender shows a borrower's document for an objection."""
        whose = {name: someone(person)[name] for name in ("document", "number")}
        told = {"lender": 1, "bureau": 1, "objection": objection, **whose}
        return self.bureau.ask("take_in_objection", **{**told, **fields})

    def open_duties(self) -> list[tuple[str, str, int]]:
        left = calendar(self.lender.group, on=self.bureau.on)
        return [(each.state, each.owner, each.about) for each in left if each.kind == "take_in_objection"]


@pytest.fixture
def both() -> Both:
    """Both firms."""
    return Both()


def test_it_begins_when_it_is_put_to_the_lender_and_ends_with_the_decision(both: Both) -> None:
    both.asked_about(1)
    told = {"bureau": 1, "fault": "wrong-status", "statement": "I paid", "door": "internet", "account": 1}
    objection = both.bureau.do("open_objection", **{**shown(1), **told})["objection"]
    assert both.call().accepted
    both.bureau.do("ask_furnisher", objection=objection)
    figures = {"objection": objection, "open": 1, "fault": "wrong-status", "opened_on": ON, "due_on": 20260526}
    check_refused(both.lender, both.call(), OBJECTED, **figures)
    assert contacts_of(both.lender.group, borrower=1, at=both.lender.group.last_at).objections == [objection]
    both.bureau.on = 20260527
    check_refused(both.lender, both.call(), OBJECTED)
    both.decide(objection)
    assert both.call().accepted
    assert contacts_of(both.lender.group, borrower=1, at=both.lender.group.last_at).objections == []
    check_verified(both.lender)


def test_what_the_lender_says_of_its_own_data_ends_nothing(both: Both) -> None:
    both.asked_about(1)
    objection = both.object_to()
    both.bureau.do("answer_as_furnisher", objection=objection, says="right", words="so", evidence="ab" * 32, pieces=1)
    check_refused(both.lender, both.call(), OBJECTED)


def test_taken_back_by_the_person_it_ends(both: Both) -> None:
    both.asked_about(1)
    objection = both.object_to()
    check_refused(both.lender, both.call(), OBJECTED)
    both.bureau.do("withdraw_objection", bureau=1, objection=objection, **shown(1))
    assert both.call().accepted
    check_verified(both.lender)


@pytest.mark.parametrize("fault", list(FaultKind))
def test_what_is_in_question_by_fault(both: Both, fault: FaultKind) -> None:
    both.asked_about(1)
    both.object_to(fault=fault.value)
    answer = both.call()
    if fault in NOT_OF_THE_DEBT:
        assert answer.accepted
    else:
        check_refused(both.lender, answer, OBJECTED, fault=fault.value)


def test_every_fault_of_the_rule_is_one_that_there_is() -> None:
    named = {tier.code("fault") for tier in load_pack().value(id=OBJECTED, on=ON).tiers}
    assert named == {fault.value for fault in set(FaultKind) - NOT_OF_THE_DEBT}


def test_of_two_the_last_decision_ends_it_and_the_other_borrower_is_not_held_up(both: Both) -> None:
    both.asked_about(1)
    both.asked_about(2)
    first, second = both.object_to(), both.object_to(fault="missing")
    check_refused(both.lender, both.call(), OBJECTED, objection=first, open=2)
    assert both.call(OTHER).accepted
    both.decide(first)
    check_refused(both.lender, both.call(), OBJECTED, objection=second, open=1, fault="missing")
    both.decide(second)
    assert both.call().accepted
    check_verified(both.lender)


def test_one_about_another_members_data_is_none_of_the_lenders(both: Both) -> None:
    both.asked_about(1)
    account = furnish_account(both.bureau, 1, member=BANK, number="B1")
    both.object_to(account=account)
    assert both.call().accepted
    assert both.lender.group.records.tables["lender_objection"].count == 0


@pytest.mark.parametrize(
    "asked", [{"member": BANK, "customer": 1}, {"customer": 0}, {"customer": 9}], ids=["bank", "no-number", "nobody"]
)
def test_where_no_inquiry_of_the_lenders_says_whose_it_is_a_duty_stands(both: Both, asked: dict[str, Any]) -> None:
    both.asked_about(1, **asked)
    objection = both.object_to()
    assert both.call().accepted
    assert both.open_duties() == [("open", "lender 1", objection)]
    both.bureau.on = NEXT
    assert both.open_duties() == [("open", "lender 1", objection)]
    both.bureau.on = THIRD
    assert both.open_duties() == [("past_aim", "lender 1", objection)]
    assert both.take_in(1).accepted
    assert [state for state, _, _ in both.open_duties()] == ["done"]
    check_refused(both.lender, both.call(), OBJECTED, objection=objection, open=1)
    check_verified(both.lender)


def test_the_document_decides_and_not_what_the_lender_would_like(both: Both) -> None:
    objection = both.object_to()
    check_invalid(both.take_in(2), "number")
    check_invalid(both.take_in(3), "number")
    check_invalid(both.take_in(1, lender=2), "objection")
    check_invalid(both.take_in(1, objection=objection + 1), "objection")
    check_invalid(both.take_in(1, bureau=2), "objection")
    assert both.call().accepted
    assert both.take_in(1).accepted
    check_refused(both.lender, both.call(), OBJECTED)
    check_invalid(both.take_in(1), "objection")
    check_verified(both.lender)


def test_a_wrong_number_in_an_inquiry_is_put_right_by_the_document(both: Both) -> None:
    both.asked_about(1, customer=2)
    both.object_to()
    check_refused(both.lender, both.call(OTHER), OBJECTED)
    assert both.call().accepted
    assert both.take_in(1).accepted
    check_refused(both.lender, both.call(), OBJECTED)
    assert both.call(OTHER).accepted


def test_what_is_decided_is_not_taken_in_any_more(both: Both) -> None:
    objection = both.object_to()
    both.decide(objection)
    assert [state for state, _, _ in both.open_duties()] == ["done"]
    check_invalid(both.take_in(1), "objection")
    assert both.call().accepted
    check_verified(both.lender)


def test_who_answers_first_and_takes_in_afterwards_has_done_the_duty_once(both: Both) -> None:
    objection = both.object_to()
    both.bureau.do("answer_as_furnisher", objection=objection, says="wrong", words="a slip")
    both.bureau.on = THIRD
    assert both.take_in(1).accepted
    [duty] = [each for each in calendar(both.lender.group, on=THIRD) if each.kind == "take_in_objection"]
    assert (duty.state, duty.done_on, duty.rule) == ("done", ON, TAKEN_IN)
    check_refused(both.lender, both.call(), OBJECTED)
