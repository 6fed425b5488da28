"""Gates on who may borrow, and how much may be granted.

Sources: Order 2024 No. 4 of the National Financial Regulatory Administration, art. 18; CBIRC Order 2020 No. 9, art. 6;
银保监办发〔2021〕28号 (students); Order 2024 No. 3 (capacity).
"""

from typing import Any

import numpy as np

from benyuan.consumer_finance.columns import Truths
from benyuan.consumer_finance.vocabulary import StudentNow
from benyuan.decisions.usecase import Case, Gate

REAL_NAME = "pay.account.real_name"
LINE_RULES = ("cf.loan.per_customer_cap", "il.consumer.per_user")
STUDENTS = "student.bank_conditions"
ADULT = "pl.borrower.capacity"


def _not_yet_borrower(case: Case) -> Truths:
    case.rules.value(id=REAL_NAME, on=case.batch.on)
    return ~case.facts.found("identity")


def _of_age(case: Case) -> Truths:
    least = case.rules.value(id=ADULT, on=case.batch.on).count
    ages = case.batch.integers("age_years")
    return np.asarray((ages >= least) | (ages < 0), np.bool_)


def _within(rule: str) -> Gate:
    def passes(case: Case) -> Truths:
        cap = case.rules.value(id=rule, on=case.batch.on).fen
        return np.asarray(case.batch.integers("line_fen") <= cap, np.bool_)

    def figures(case: Case, place: int) -> dict[str, Any]:
        cap = case.rules.value(id=rule, on=case.batch.on).fen
        return {"limit": cap, "asked": int(case.batch.integers("line_fen")[place])}

    return Gate(rule=rule, passes=passes, figures=figures)


def is_known_student(case: Case) -> Truths:
    """Where the borrower is a student by the record."""
    return np.asarray(case.facts["borrower_student"] != 0, np.bool_)


def is_student(case: Case) -> Truths:
    """Where the borrower is a student by what was found out now; where nothing new was, by the record."""
    said = case.batch.equals("student", StudentNow.yes.value)
    return np.asarray(said | (is_known_student(case) & ~case.batch.equals("student", StudentNow.no.value)), np.bool_)


def is_confirmed(case: Case) -> Truths:
    """Where the digest of a second source's own writing came with the assessment."""
    return ~case.batch.equals("second_source", "")


def _needed_of(students: Truths, case: Case) -> Truths:
    """Where the rule asks for a second source."""
    if not students.any() or case.rules.in_force(id=STUDENTS, on=case.batch.on) is None:
        return np.zeros(len(case.batch), np.bool_)
    return students


def _second_source(case: Case) -> Truths:
    granted = np.asarray(case.batch.integers("line_fen") != 0, np.bool_)
    return ~_needed_of(is_student(case) & granted, case) | is_confirmed(case)


def _second_source_stands(case: Case) -> Truths:
    stands = np.asarray(case.facts["borrower_second_source"] != 0, np.bool_)
    return ~_needed_of(is_known_student(case), case) | stands


ONE_BORROWER = Gate(
    rule=REAL_NAME,
    passes=_not_yet_borrower,
    figures=lambda case, place: {"registered_as_borrower": int(case.facts["identity_borrower"][place])},
)
OF_AGE = Gate(
    rule=ADULT,
    passes=_of_age,
    figures=lambda case, place: {"age_years": int(case.batch.integers("age_years")[place])},
)
WITHIN_LINES = tuple(_within(rule) for rule in LINE_RULES)
SECOND_SOURCE = Gate(rule=STUDENTS, passes=_second_source, applies=is_student)
"""Of an assessment: a student, by the record or as found out now, brings a second source's writing to any line."""
SECOND_SOURCE_STANDS = Gate(rule=STUDENTS, passes=_second_source_stands, applies=is_known_student)
"""Of all that is lent afterwards: the writing that came with the latest assessment stands."""
