"""The gates that hold a contact up while a complaint or a claim of the borrower is open, and what they look at.

Sources: rules of the house (`cp.house.collection.complaint`, `cp.house.collection.claim`). A refusal shows the oldest
complaint or claim, and how many are open. Worked: complaints 3 and 5 are open; a call is refused with complaint 3 and
open 2, after the answer to 3 with complaint 5 and open 1, after that to 5 it goes out.
"""

import numpy as np

from benyuan.consumer_protection.claims.records import CUSTOMER_COMPLAINT, DEBT_CLAIM
from benyuan.consumer_protection.claims.words import DEBT_CLAIM_NUMBER, ISSUE_NUMBER
from benyuan.consumer_protection.contact.halting import (
    CLAIMED,
    COMPLAINED,
    claims_open,
    complaints_open,
    halting_issues,
    halting_sorts,
)
from benyuan.decisions.books import Books
from benyuan.decisions.usecase import Case, Gate
from benyuan.rules import RulePack
from benyuan.usecases.protection.contact.shared import facts_at, where_in_force

ISSUES = {number: word for word, number in ISSUE_NUMBER.items()}
SORTS = {number: word for word, number in DEBT_CLAIM_NUMBER.items()}
OF_COMPLAINT = ("issue", "received_on", "due_on", "review_asked_on", "review_due_on")
OF_CLAIM = ("sort", "received_on", "due_on")


def halting(books: Books, borrower: int, rules: RulePack, *, on: int) -> dict[str, int]:
    """The facts of both gates: the oldest that is open, 0 for none, how many are, and what the row says."""
    complaints = complaints_open(books, borrower, issues=halting_issues(rules, on=on))
    claims = claims_open(books, borrower, sorts=halting_sorts(rules, on=on))
    complaint, claim = int(complaints[:1].sum()), int(claims[:1].sum())
    return {
        "complaint_halting": complaint,
        "complaints_open": len(complaints),
        "claim_halting": claim,
        "claims_open": len(claims),
        **{f"complaint_{name}": int(books.column(CUSTOMER_COMPLAINT, name)[complaint]) for name in OF_COMPLAINT},
        **{f"claim_{name}": int(books.column(DEBT_CLAIM, name)[claim]) for name in OF_CLAIM},
    }


def _of_complaint(case: Case, place: int) -> dict[str, int | str]:
    facts = case.facts
    if facts["complaint_halting"][place] == 0:
        return {"open": 0}
    asked = int(facts["complaint_review_asked_on"][place])
    review = {"review_asked_on": asked} if asked else {}
    return {
        **facts_at(case, {"complaint": "complaint_halting", "open": "complaints_open"}, place),
        "issue": ISSUES[int(facts["complaint_issue"][place])],
        "received_on": int(facts["complaint_received_on"][place]),
        **review,
        "due_on": int(facts["complaint_review_due_on" if asked else "complaint_due_on"][place]),
    }


def _of_claim(case: Case, place: int) -> dict[str, int | str]:
    if case.facts["claim_halting"][place] == 0:
        return {"open": 0}
    due = int(case.facts["claim_due_on"][place])
    return {
        **facts_at(case, {"debt_claim": "claim_halting", "open": "claims_open"}, place),
        "claim": SORTS[int(case.facts["claim_sort"][place])],
        "received_on": int(case.facts["claim_received_on"][place]),
        **({"due_on": due} if due else {}),
    }


HALTS = (
    Gate(
        rule=COMPLAINED,
        passes=where_in_force(COMPLAINED, lambda case: np.asarray(case.facts["complaint_halting"] != 0, np.bool_)),
        figures=_of_complaint,
    ),
    Gate(
        rule=CLAIMED,
        passes=where_in_force(CLAIMED, lambda case: np.asarray(case.facts["claim_halting"] != 0, np.bool_)),
        figures=_of_claim,
    ),
)
