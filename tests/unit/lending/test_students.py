"""A student stays one until evidence says otherwise, and borrows on a second source's writing alone."""

from typing import Any

import pytest

from benyuan.decisions.outcomes import Answer
from benyuan.engine.why import why
from benyuan.simulate.identities import someone
from tests.unit.lending.accounts import check_log
from tests.unit.lending.lenders import ACCOUNT_LINE_FEN, CASH, OFFER, PAY_LATER, PLAN, Lender, lender_in_memory

RULE, WRITING, STUDENT = "student.bank_conditions", "a" * 64, 3
OPEN: dict[str, Any] = {"product": PAY_LATER, "line_fen": ACCOUNT_LINE_FEN}


@pytest.fixture
def lender() -> Lender:
    """The lender of all tests, and a student with an income."""
    made = lender_in_memory(in_parts=True)
    made.do("register_borrower", lender=1, **someone(STUDENT), student=True)
    made.earns(STUDENT)
    return made


def assessed(lender: Lender, **fields: Any) -> Answer:
    """A line of 5,000.00."""
    return lender.ask("assess_borrower", **{"borrower": STUDENT, "line_fen": ACCOUNT_LINE_FEN, **fields})


def check_refused(lender: Lender, answer: Answer) -> None:
    assert answer.refusal is not None, answer
    assert answer.refusal.rule_id == RULE
    assert RULE in why(lender.group, answer.position).text()


@pytest.mark.parametrize("fields", [{}, {"student": "unchanged"}, {"student": "yes"}])
def test_leaving_it_out_makes_nobody_less_of_a_student(lender: Lender, fields: dict[str, Any]) -> None:
    check_refused(lender, assessed(lender, **fields))
    assert assessed(lender, line_fen=0, **fields).accepted
    assert lender.of("borrower", STUDENT, "student") == 1
    assert assessed(lender, second_source=WRITING, **fields).accepted
    assert lender.of("borrower", STUDENT, "student") == 1
    check_log(lender)


def test_that_it_is_over_takes_evidence(lender: Lender) -> None:
    answer = assessed(lender, student="no")
    assert answer.invalid is not None
    assert answer.invalid.field == "student_evidence"
    assert lender.of("borrower", STUDENT, "student") == 1
    assert assessed(lender, student="no", student_evidence=WRITING).accepted
    assert lender.of("borrower", STUDENT, "student") == 0
    assert assessed(lender).accepted
    check_log(lender)


def test_who_never_was_one_needs_no_evidence(lender: Lender) -> None:
    assert assessed(lender, borrower=1, student="no").accepted


@pytest.mark.parametrize("field", ["second_source", "student_evidence"])
@pytest.mark.parametrize("said", ["a" * 63, "A" * 64, "a parent"])
def test_a_digest_is_a_digest(lender: Lender, field: str, said: str) -> None:
    answer = assessed(lender, **{"second_source": WRITING, field: said})
    assert answer.invalid is not None
    assert answer.invalid.field == field


def test_a_bare_word_is_no_writing(lender: Lender) -> None:
    columns = {"borrower": [STUDENT], "line_fen": [1], "second_source": [True]}
    (answer,) = lender.group.execute_columns(
        kind="assess_borrower", columns=columns, client="desk", keys=["a"], at=lender.group.last_at
    )
    assert answer.invalid is not None
    assert answer.invalid.field == "second_source"


def test_a_later_line_needs_its_own_writing(lender: Lender) -> None:
    assert assessed(lender, second_source=WRITING).accepted
    check_refused(lender, assessed(lender, line_fen=ACCOUNT_LINE_FEN + 1))


def test_two_assessments_in_one_batch(lender: Lender) -> None:
    columns = {"borrower": [1, 1], "line_fen": [0, 5], "student": ["yes", "unchanged"]}
    answers = lender.group.execute_columns(
        kind="assess_borrower", columns=columns, client="desk", keys=["a", "b"], at=lender.group.last_at
    )
    assert [answer.accepted for answer in answers] == [True, False]
    check_log(lender)


def test_nothing_is_lent_once_a_borrower_is_a_student_without_a_source(lender: Lender) -> None:
    lender.do("open_credit_account", borrower=1, **OPEN)
    bought = lender.ask("draw_purchase", account=1, amount_fen=100_000).position
    offers = [lender.do("offer_loan", **OFFER)["offer"] for _ in range(2)]
    loan = lender.do("draw_loan", offer=offers[0], purpose="travel", amount_fen=1_000)["loan"]
    lender.do("assess_borrower", borrower=1, line_fen=0, student="yes")
    asked: tuple[tuple[str, dict[str, Any]], ...] = (
        ("open_credit_account", {"borrower": 1, **OPEN, "line_fen": 1}),
        ("draw_purchase", {"account": 1, "amount_fen": 1}),
        ("make_plan", {"account": 1, "product": PLAN, "amount_fen": 100_000, "term_count": 3, "rate_ppm": 0}),
        ("offer_loan", {**OFFER, "product": CASH}),
        ("draw_loan", {"offer": offers[1], "purpose": "travel"}),
        ("draw_further", {"loan": loan, "amount_fen": 1_000}),
        ("change_credit_line", {"account": 1, "line_fen": ACCOUNT_LINE_FEN + 1}),
    )
    for kind, fields in asked:
        more: dict[str, Any] = {"purchase": bought} if kind == "make_plan" else {}
        answer = lender.ask(kind, **fields, **more)
        if kind in ("open_credit_account", "change_credit_line"):  # the line that is gone refuses first
            assert not answer.accepted
            assert RULE in why(lender.group, answer.position).text()
        else:
            check_refused(lender, answer)
    assert lender.ask("change_credit_line", account=1, line_fen=1).accepted
    assert lender.ask("repay_account", account=1, amount_fen=1).accepted
    check_log(lender)
