"""Objections: marked at once, checked, decided within the days, readers told; each refusal explained by `why`."""

from typing import Any

import pytest

from benyuan.credit_bureau.vocabulary import DutyKind, ObjectionOutcome
from tests.unit.bureau.bureaus import BANK, LENDER, UTILITY, check_refused, shown
from tests.unit.bureau.redressing import DIGEST, OPENED, Redress, month_records, objection, redress_in_memory

NOWHERE = 999
IN = 20260510
LAST = 20260530
"""The twentieth day after that of receipt."""


@pytest.fixture
def bureau() -> Redress:
    return redress_in_memory()


def test_an_objection_is_marked_and_due_in_twenty_days(bureau: Redress) -> None:
    made = bureau.object_to(on=IN)
    assert made["due_on"] == LAST
    assert bureau.of("bureau_subject", 1)["objections"] == 1
    assert bureau.of("bureau_account", 1)["objections"] == 1
    assert bureau.of("bureau_account", 2)["objections"] == 0
    duty = bureau.of("bureau_duty", made["duty"])
    assert (duty["kind"], duty["arose_on"], duty["due_on"], duty["done_on"]) == (1, IN, LAST, 0)
    row = bureau.of("bureau_objection", made["objection"])
    assert (row["member"], row["since_on"], row["outcome"]) == (BANK, 20260301, ObjectionOutcome.open)
    bureau.check()


@pytest.mark.parametrize(("received_on", "due_on"), [(20260510, LAST), (20260509, 20260529), (20260131, 20260220)])
def test_what_a_member_hands_on_counts_from_its_own_door(bureau: Redress, received_on: int, due_on: int) -> None:
    made = bureau.object_to(on=IN, received_on=received_on, received_by=BANK)
    assert made["due_on"] == due_on
    duty = bureau.of("bureau_duty", made["duty"])
    assert (duty["arose_on"], duty["member"]) == (received_on, BANK)


@pytest.mark.parametrize(("day", "late"), [(LAST - 1, 0), (LAST, 0), (20260531, 1)])
def test_the_last_day_counts(bureau: Redress, day: int, late: int) -> None:
    number = bureau.object_to(on=IN)["objection"]
    bureau.say(number, "right", evidence=DIGEST, pieces=1)
    decided = bureau.do("decide_objection", on=day, objection=number, outcome="no-fault", words="it is right")
    assert decided["late"] == late
    assert decided["to_tell"] == 0
    assert bureau.duties(DutyKind.answer_objection)[0]["done_on"] == day
    assert bureau.of("bureau_subject", 1)["objections"] == 0
    assert bureau.of("bureau_account", 1)["objections"] == 0
    assert bureau.of("bureau_objection", number)["outcome"] == ObjectionOutcome.no_fault
    bureau.check()


def test_a_decision_is_answered_later(bureau: Redress) -> None:
    number = bureau.object_to(on=IN)["objection"]
    bureau.say(number, "right", evidence=DIGEST, pieces=1)
    decided = {"objection": number, "outcome": "no-fault", "words": "right", "answered": False}
    bureau.do("decide_objection", on=LAST, **decided)
    assert bureau.duties(DutyKind.answer_objection)[0]["done_on"] == 0
    assert bureau.do("answer_objection", on=20260531, objection=number, words="by letter")["late"] == 1
    assert bureau.duties(DutyKind.answer_objection)[0]["done_on"] == 20260531
    again = bureau.ask("answer_objection", objection=number, words="again")
    assert again.invalid is not None
    assert "not answered yet" in again.invalid.text()
    bureau.check()


def test_whoever_was_shown_the_wrong_month_is_told(bureau: Redress) -> None:
    number = bureau.object_to(on=IN)["objection"]
    bureau.say(number)
    correction = bureau.correct()
    asking = bureau.consent(1, times=5)
    assert bureau.inquire(1, consent=asking).accepted, "the bank sees what is right"
    decided = bureau.do(
        "decide_objection", objection=number, outcome="corrected", correction=correction, words="put right"
    )
    assert decided["to_tell"] == 1
    (duty,) = bureau.duties(DutyKind.tell_shown)
    assert (duty["member"], duty["about"], duty["due_on"], duty["subject"]) == (LENDER, number, 0, 1)
    told = bureau.do("tell_member", duty=2, words="March was paid in time")
    assert (told["member"], told["subject"]) == (LENDER, 1)
    assert bureau.of("bureau_duty", 2)["done_on"] == IN
    bureau.check()


def test_a_member_is_told_once_however_often_it_asked(bureau: Redress) -> None:
    asking = bureau.consent(1, member=LENDER, times=5, on=IN)
    for _ in range(3):
        assert bureau.inquire(1, member=LENDER, consent=asking).accepted
    assert bureau.own(1).accepted
    number = bureau.object_to()["objection"]
    bureau.say(number)
    corrected = {"objection": number, "outcome": "corrected", "correction": bureau.correct(), "words": "put right"}
    assert bureau.do("decide_objection", **corrected)["to_tell"] == 1


def test_an_account_taken_out_is_a_correction(bureau: Redress) -> None:
    number = bureau.object_to(on=IN, month=0, fault="not-mine")["objection"]
    assert bureau.of("bureau_objection", number)["since_on"] == OPENED
    bureau.say(number)
    out = bureau.do("delete_account", member=BANK, account=1, reason="mixed up")["position"]
    corrected = {"objection": number, "outcome": "corrected", "correction": out, "words": "taken out"}
    assert bureau.do("decide_objection", **corrected)["to_tell"] == 1
    assert bureau.of("bureau_account", 1)["objections"] == 0
    assert bureau.of("bureau_subject", 1)["objections"] == 0


@pytest.mark.parametrize("outcome", ["no-fault", "not-confirmed"])
def test_what_the_furnisher_calls_wrong_is_corrected(bureau: Redress, outcome: str) -> None:
    number = bureau.object_to(on=IN)["objection"]
    bureau.say(number)
    answer = bureau.ask("decide_objection", objection=number, outcome=outcome, words="no")
    check_refused(bureau, answer, "cr.dispute.outcome", said="wrong", outcome=outcome)


def test_what_nobody_can_confirm_is_not_called_right_and_is_kept(bureau: Redress) -> None:
    number = bureau.object_to(on=IN)["objection"]
    bureau.say(number, "cannot-confirm")
    answer = bureau.ask("decide_objection", objection=number, outcome="no-fault", words="no")
    check_refused(bureau, answer, "cr.dispute.outcome", said="cannot-confirm")
    bureau.do("decide_objection", objection=number, outcome="not-confirmed", words="nobody knows")
    assert bureau.of("bureau_objection", number)["outcome"] == ObjectionOutcome.not_confirmed
    assert bureau.of("bureau_subject", 1)["objections"] == 0


def test_a_correction_names_what_corrected(bureau: Redress) -> None:
    number = bureau.object_to(on=IN)["objection"]
    answer = bureau.ask("decide_objection", objection=number, outcome="corrected", words="put right")
    check_refused(bureau, answer, "cr.dispute.outcome", outcome="corrected", correction=0)


def test_who_says_right_shows_evidence(bureau: Redress) -> None:
    number = bureau.object_to(on=IN)["objection"]
    check_refused(bureau, bureau.say(number, "right"), "cr.redress.evidence", pieces=0)
    again = {"objection": number, "says": "right", "words": "see there", "evidence": DIGEST, "pieces": 1}
    position = bureau.do("answer_as_furnisher", **again)["position"]
    assert bureau.of("bureau_objection", number)["evidence"] == position


def test_only_the_person_objects_and_withdraws(bureau: Redress) -> None:
    other = bureau.ask("open_objection", on=IN, **objection(2))
    assert other.invalid is not None
    assert (other.invalid.field, "own file" in other.invalid.text()) == ("account", True)
    stranger = bureau.ask("open_objection", **objection(9))
    assert stranger.invalid is not None
    assert stranger.invalid.field == "number"
    named = bureau.ask("open_objection", **{**objection(1), "full_name": "王二麻"})
    check_refused(bureau, named, "cr.accuracy")
    number = bureau.object_to()["objection"]
    foreign = bureau.ask("withdraw_objection", objection=number, **_who(2))
    assert foreign.invalid is not None
    assert foreign.invalid.field == "objection"
    bureau.do("withdraw_objection", objection=number, **_who(1))
    assert bureau.of("bureau_objection", number)["outcome"] == ObjectionOutcome.withdrawn
    assert bureau.of("bureau_subject", 1)["objections"] == 0
    assert bureau.duties(DutyKind.answer_objection)[0]["done_on"] == IN
    bureau.check()


def _who(person: int) -> dict[str, Any]:
    return {
        name: item for name, item in objection(person).items() if name in ("bureau", "document", "number", "full_name")
    }


BAD: list[tuple[str, dict[str, Any], str, str]] = [
    ("open_objection", objection(account=NOWHERE), "account", "exists"),
    ("open_objection", objection(account=2, member=BANK), "member", "furnished the account"),
    ("open_objection", objection(account=0), "month", "no account"),
    ("open_objection", objection(month=202613), "month", "yyyymm"),
    ("open_objection", objection(month=202606), "month", "up to this one"),
    ("open_objection", objection(received_on=20260511), "received_on", "not after"),
    ("open_objection", objection(received_on=20260431), "received_on", "exists"),
    ("open_objection", objection(received_on=20130314), "at", "cr.dispute.days"),
    ("open_objection", objection(received_by=NOWHERE), "received_by", "exists"),
    ("open_objection", objection(pieces=2), "evidence", "as many"),
    ("open_objection", objection(evidence="AB" * 32), "evidence", "SHA-256"),
    ("open_objection", objection(statement=""), "statement", "1 to"),
    ("open_objection", objection(number="110101195601010011"), "number", ""),
    ("ask_furnisher", {"objection": NOWHERE}, "objection", "exists"),
    ("ask_furnisher", {"objection": 1}, "objection", "before"),
    ("ask_furnisher", {"objection": 2}, "objection", "a member"),
    ("answer_as_furnisher", {"objection": 1, "says": "wrong", "words": "x"}, "objection", "without an answer"),
    ("answer_as_furnisher", {"objection": 3, "says": "wrong", "words": "x"}, "objection", "put to"),
    ("answer_as_furnisher", {"objection": 1, "says": "maybe", "words": "x"}, "says", "one of"),
    ("decide_objection", {"objection": 3, "outcome": "no-fault", "words": "x"}, "objection", "answered"),
    ("decide_objection", {"objection": 3, "outcome": "not-confirmed", "words": "x"}, "objection", "put to"),
    ("decide_objection", {"objection": 1, "outcome": "corrected", "correction": 1, "words": "x"}, "correction", "log"),
    ("decide_objection", {"objection": 1, "outcome": "corrected", "correction": 10**6, "words": "x"}, "correction", ""),
    ("decide_objection", {"objection": 2, "outcome": "no-fault", "correction": 1, "words": "x"}, "correction", "0"),
    ("decide_objection", {"objection": 4, "outcome": "no-fault", "words": "x"}, "objection", "open"),
    ("answer_objection", {"objection": 1, "words": "x"}, "objection", "decided"),
    ("withdraw_objection", {**_who(1), "objection": 4}, "objection", "open"),
    ("tell_member", {"duty": 1, "words": "x"}, "duty", "to tell"),
    ("tell_member", {"duty": NOWHERE, "words": "x"}, "duty", "exists"),
]  # fmt: skip


@pytest.fixture(scope="module")
def busy() -> Redress:
    """Objection 1 was answered as wrong, 2 is about nobody's data, 3 is open, 4 withdrawn."""
    made = redress_in_memory()
    made.object_to(on=IN)
    made.say(1)
    made.object_to(account=0, month=0)
    made.object_to(account=2)
    made.object_to(account=2)
    made.do("withdraw_objection", objection=4, **_who(1))
    return made


@pytest.mark.parametrize(("kind", "fields", "field", "says"), BAD)
def test_bad_input(busy: Redress, kind: str, fields: dict[str, Any], field: str, says: str) -> None:
    answer = busy.ask(kind, **fields)
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field, answer.invalid.text()
    assert says in answer.invalid.text()


def test_another_members_correction_is_none(bureau: Redress) -> None:
    records = month_records(2, {202604: "N"})
    foreign = bureau.parcel("furnish_months", records, on=IN, bureau=1, member=LENDER)["position"]
    number = bureau.object_to()["objection"]
    answer = bureau.ask("decide_objection", objection=number, outcome="corrected", correction=foreign, words="x")
    assert answer.invalid is not None
    assert answer.invalid.field == "correction"


def test_the_same_key_gets_the_same_answer(bureau: Redress) -> None:
    first = bureau.ask("open_objection", on=IN, key="once", **objection())
    again = bureau.ask("open_objection", key="once", **objection())
    assert (again.repeated, again.position) == (True, first.position)
    assert bureau.count("bureau_objection") == 1


def test_two_objections_in_one_call_are_both_marked(bureau: Redress) -> None:
    bureau.on = IN
    fields = [objection(), objection(account=2), objection(2, account=3)]
    answers = bureau.group.execute_columns(
        kind="open_objection",
        columns={name: [row[name] for row in fields] for name in fields[0]},
        client="desk",
        keys=["a", "b", "c"],
        at=bureau.group.last_at,
    )
    assert [answer.results["objection"] for answer in answers] == [1, 2, 3]
    assert [bureau.of("bureau_subject", number)["objections"] for number in (1, 2)] == [2, 1]
    asked = {"objection": [1, 3, 2]}
    bureau.group.execute_columns(kind="ask_furnisher", columns=asked, client="desk", keys=["d", "e", "f"])
    assert [row["asked_on"] != 0 for row in bureau.rows("bureau_objection")] == [True, True, True]
    bureau.check()


def test_a_member_without_data_is_named(bureau: Redress) -> None:
    number = bureau.object_to(on=IN, account=0, month=0, member=UTILITY)["objection"]
    assert bureau.of("bureau_objection", number)["member"] == UTILITY


def test_another_name_is_told_nothing_of_the_file(bureau: Redress) -> None:
    number = bureau.object_to(on=IN)["objection"]
    named = {"full_name": "王二麻"}
    for kind, fields in (
        ("open_objection", objection(account=3)),
        ("open_objection", objection(month=202613)),
        ("withdraw_objection", {**_who(1), "objection": number}),
        ("clear_explanation", _who(1)),
        ("ask_explanation", {**_who(1), "inquiry": 1, "words": "x"}),
    ):
        check_refused(bureau, bureau.ask(kind, **{**fields, **named}), "cr.accuracy")


def test_answers_of_furnishers_in_one_call(bureau: Redress) -> None:
    for account in (1, 2):
        number = bureau.object_to(on=IN, account=account)["objection"]
        bureau.do("ask_furnisher", objection=number)
    fields = {
        "objection": [1, 2, 1],
        "says": ["right", "right", "wrong"],
        "words": ["x", "y", "z"],
        "evidence": [DIGEST, "", ""],
        "pieces": [1, 0, 0],
    }
    answers = bureau.group.execute_columns(
        kind="answer_as_furnisher", columns=fields, client="desk", keys=["a", "b", "c"], at=bureau.group.last_at
    )
    assert [answer.outcome.name for answer in answers] == ["accepted", "refused", "invalid"]
    assert [row["said"] for row in bureau.rows("bureau_objection")] == [2, 0]
    bureau.check()


def test_the_tables_and_the_log_hold_no_words(bureau: Redress) -> None:
    number = bureau.object_to(on=IN)["objection"]
    bureau.do("ask_furnisher", objection=number)
    bureau.do("answer_as_furnisher", objection=number, says="wrong", words="the clerk typed 3 for 2")
    bureau.do("state_explanation", **_who(1), words="I was in hospital")
    log = b"".join(block.body + block.outcome for block in bureau.group.store.blocks())
    for said in (objection()["statement"], "the clerk typed", "in hospital", shown(1)["number"], DIGEST):
        assert said.encode() not in log
