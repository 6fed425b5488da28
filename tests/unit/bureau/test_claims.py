"""Explanations, complaints, what people ask about scores, and yearly duties: done in time, late, or by nobody else."""

from typing import Any

import pytest

from benyuan.credit_bureau.vocabulary import DutyKind
from tests.unit.bureau.bureaus import BEGAN, LENDER, check_refused, shown
from tests.unit.bureau.redressing import DIGEST, Redress, redress_in_memory

ON = 20260512
WHO = {"bureau": 1, **shown(1)}
SCORED = 1
"""The lender's inquiry about person 1, which shows a score."""
COMPLAINT: dict[str, Any] = {"bureau": 1, "subject": 1, "reference": "37-1", "received_on": ON, "due_on": 20260520}


@pytest.fixture
def bureau() -> Redress:
    return redress_in_memory()


def test_the_latest_explanation_counts_until_it_is_taken_back(bureau: Redress) -> None:
    first = bureau.do("state_explanation", on=ON, **WHO, words="I was in hospital")
    assert bureau.of("bureau_subject", 1)["statement"] == first["position"]
    second = bureau.do("state_explanation", **WHO, words="x" * 500)
    assert second["replaced"] == first["position"]
    bureau.do("clear_explanation", **WHO)
    assert bureau.of("bureau_subject", 1)["statement"] == 0
    again = bureau.ask("clear_explanation", **WHO)
    assert again.invalid is not None
    assert "on record" in again.invalid.text()
    long = bureau.ask("state_explanation", **WHO, words="x" * 501)
    assert long.invalid is not None
    assert long.invalid.field == "words"
    bureau.check()


def test_nobody_explains_in_anothers_name(bureau: Redress) -> None:
    answer = bureau.ask("state_explanation", on=ON, **{**WHO, "full_name": "王二麻"}, words="no")
    check_refused(bureau, answer, "cr.accuracy")
    for kind in ("state_explanation", "clear_explanation"):
        words: dict[str, Any] = {"words": "no"} if kind == "state_explanation" else {}
        stranger = bureau.ask(kind, bureau=1, **shown(9), **words)
        assert stranger.invalid is not None
        assert stranger.invalid.field == "number"


@pytest.mark.parametrize(("day", "late"), [(20260519, 0), (20260520, 0), (20260521, 1)])
def test_a_complaint_is_explained_by_the_day_that_the_branch_set(bureau: Redress, day: int, late: int) -> None:
    taken = bureau.do("take_complaint", on=ON, **COMPLAINT)
    assert bureau.of("bureau_duty", taken["duty"])["due_on"] == 20260520
    told = {"complaint": taken["complaint"], "words": "as it was", "evidence": DIGEST, "pieces": 1}
    assert bureau.do("explain_complaint", on=day, **told)["late"] == late
    assert bureau.of("bureau_duty", taken["duty"])["done_on"] == day
    bureau.do("conclude_complaint", complaint=taken["complaint"], outcome="not-upheld")
    assert bureau.of("bureau_complaint", 1)["concluded_on"] == day
    bureau.check()


def test_without_a_day_of_the_branch_nothing_is_late(bureau: Redress) -> None:
    taken = bureau.do("take_complaint", on=ON, **{**COMPLAINT, "due_on": 0, "subject": 0})
    assert bureau.of("bureau_duty", taken["duty"])["due_on"] == 0
    told = {"complaint": 1, "words": "as it was", "evidence": DIGEST, "pieces": 1}
    assert bureau.do("explain_complaint", on=20270512, **told)["late"] == 0


def test_an_explanation_without_papers_is_none(bureau: Redress) -> None:
    bureau.do("take_complaint", on=ON, **COMPLAINT)
    answer = bureau.ask("explain_complaint", complaint=1, words="as it was")
    check_refused(bureau, answer, "cr.complaint.explain", pieces=0)


def test_a_complaint_that_ended_is_owed_no_explanation(bureau: Redress) -> None:
    taken = bureau.do("take_complaint", on=ON, **COMPLAINT)
    bureau.do("conclude_complaint", complaint=1, outcome="withdrawn")
    assert bureau.of("bureau_duty", taken["duty"])["done_on"] == ON
    late = bureau.ask("explain_complaint", complaint=1, words="x", evidence=DIGEST, pieces=1)
    assert late.invalid is not None
    assert "not concluded" in late.invalid.text()


def test_a_score_is_explained_and_looked_at_by_people(bureau: Redress) -> None:
    asked = bureau.do("ask_explanation", on=ON, **WHO, inquiry=SCORED, words="why so low")
    duty = bureau.of("bureau_duty", asked["duty"])
    assert (duty["kind"], duty["due_on"], duty["member"]) == (DutyKind.explain_score, 0, LENDER)
    wanted = bureau.do("ask_human_review", **WHO, inquiry=SCORED, words="look again")
    bureau.do("give_explanation", review=asked["review"], words="two late months")
    bureau.do("decide_review", review=wanted["review"], reviewer="He Qing", outcome="changed", words="one was wrong")
    assert [row["done_on"] for row in bureau.rows("bureau_duty")] == [ON, ON]
    assert [row["outcome"] for row in bureau.rows("bureau_review")] == [1, 2]
    bureau.check()


@pytest.mark.parametrize(
    ("began", "date", "raised"),
    [(BEGAN, 20260512, []), (BEGAN, 20270101, [(6, 2027, 20271231), (7, 2026, 20270331)])],
)
def test_yearly_duties(bureau: Redress, began: int, date: int, raised: list[tuple[int, int, int]]) -> None:
    assert bureau.of("bureau", 1)["registered_on"] == began
    assert bureau.do("raise_bureau_duties", on=date, bureau=1, date=date)["raised"] == len(raised)
    found = [(row["kind"], row["about"], row["due_on"]) for row in bureau.rows("bureau_duty")]
    assert found == raised
    assert bureau.do("raise_bureau_duties", bureau=1, date=date)["raised"] == 0
    bureau.check()


@pytest.mark.parametrize(("day", "late"), [(20270331, 0), (20270401, 1)])
def test_the_yearly_report_is_filed_by_the_end_of_march(bureau: Redress, day: int, late: int) -> None:
    bureau.do("raise_bureau_duties", on=20270101, bureau=1, date=20270101)
    assert bureau.do("file_bureau_duty", on=day, duty=2, words="sent")["late"] == late
    assert bureau.do("file_bureau_duty", duty=1, words="sent")["late"] == 0
    bureau.check()


BAD: list[tuple[str, dict[str, Any], str, str]] = [
    ("take_complaint", {**COMPLAINT, "bureau": 9}, "bureau", "exists"),
    ("take_complaint", {**COMPLAINT, "subject": 9}, "subject", "exists"),
    ("take_complaint", {**COMPLAINT, "received_on": 0}, "received_on", "exists"),
    ("take_complaint", {**COMPLAINT, "received_on": ON + 1}, "received_on", "not after"),
    ("take_complaint", {**COMPLAINT, "due_on": ON - 1}, "due_on", "not before"),
    ("take_complaint", {**COMPLAINT, "due_on": 20260532}, "due_on", "exists"),
    ("take_complaint", {**COMPLAINT, "handed_in_on": ON + 1}, "handed_in_on", "not after"),
    ("take_complaint", {**COMPLAINT, "accepted_on": 20260532}, "accepted_on", "exists"),
    ("take_complaint", {**COMPLAINT, "reference": ""}, "reference", "1 to"),
    ("explain_complaint", {"complaint": 9, "words": "x"}, "complaint", "exists"),
    ("explain_complaint", {"complaint": 1, "words": "x", "pieces": 1}, "evidence", "as many"),
    ("conclude_complaint", {"complaint": 1, "outcome": "lost"}, "outcome", "one of"),
    ("conclude_complaint", {"complaint": 2, "outcome": "upheld"}, "complaint", "not concluded"),
    ("ask_explanation", {**WHO, "inquiry": 9, "words": "x"}, "inquiry", "exists"),
    ("ask_explanation", {"bureau": 1, **shown(2), "inquiry": SCORED, "words": "x"}, "inquiry", "own file"),
    ("ask_human_review", {**WHO, "inquiry": 2, "words": "x"}, "inquiry", "showed a score"),
    ("give_explanation", {"review": 2, "words": "x"}, "review", "for an explanation"),
    ("give_explanation", {"review": 9, "words": "x"}, "review", "exists"),
    ("decide_review", {"review": 1, "reviewer": "A", "outcome": "stands", "words": "x"}, "review", "people look"),
    ("decide_review", {"review": 2, "reviewer": "", "outcome": "stands", "words": "x"}, "reviewer", "1 to"),
    ("decide_review", {"review": 3, "reviewer": "A", "outcome": "stands", "words": "x"}, "review", "open"),
    ("raise_bureau_duties", {"bureau": 1, "date": ON + 1}, "date", "not after"),
    ("raise_bureau_duties", {"bureau": 1, "date": 20260532}, "date", "exists"),
    ("file_bureau_duty", {"duty": 1, "words": "x"}, "duty", "yearly report"),
]


@pytest.fixture(scope="module")
def busy() -> Redress:
    """Complaint 1 is open and 2 over; request 1 asks for words, 2 for people, 3 is done; inquiry 2 has no score."""
    made = redress_in_memory()
    made.on = ON
    for _ in range(2):
        made.do("take_complaint", **COMPLAINT)
    made.do("conclude_complaint", complaint=2, outcome="stopped")
    made.do("ask_explanation", **WHO, inquiry=SCORED, words="x")
    for _ in range(2):
        made.do("ask_human_review", **WHO, inquiry=SCORED, words="x")
    made.do("decide_review", review=3, reviewer="A", outcome="stands", words="x")
    assert made.look(1).accepted
    return made


@pytest.mark.parametrize(("kind", "fields", "field", "says"), BAD)
def test_bad_input(busy: Redress, kind: str, fields: dict[str, Any], field: str, says: str) -> None:
    answer = busy.ask(kind, **fields)
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field, answer.invalid.text()
    assert says in answer.invalid.text()


def test_two_complaints_in_one_call_end_each_once(bureau: Redress) -> None:
    bureau.on = ON
    for _ in range(2):
        bureau.do("take_complaint", **COMPLAINT)
    ended = {"complaint": [1, 2, 1], "outcome": ["upheld", "withdrawn", "stopped"]}
    answers = bureau.group.execute_columns(
        kind="conclude_complaint", columns=ended, client="desk", keys=["a", "b", "c"]
    )
    assert [answer.accepted for answer in answers] == [True, True, False]
    assert [row["done_on"] for row in bureau.rows("bureau_duty")] == [
        bureau.rows("bureau_complaint")[0]["concluded_on"]
    ] * 2
    bureau.check()
