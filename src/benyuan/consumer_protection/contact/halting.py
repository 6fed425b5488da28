"""What of a borrower's own holds collecting up by itself: complaints and claims that nobody has answered yet.

No text that was read has such a pause: rules of the house. Nothing is noted when it begins or ends. It is read from
the complaints and claims themselves, so nobody can forget it or lift it by hand. Worked: a complaint of 08-06 that is
answered on 08-22 holds collecting up until its answer is on record, and again from 08-30, when a review is asked for,
until that is decided.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.records import CUSTOMER_COMPLAINT, DEBT_CLAIM
from benyuan.consumer_protection.claims.words import DEBT_CLAIM_NUMBER, ISSUE_NUMBER
from benyuan.decisions.books import Books
from benyuan.rules import RulePack

Ints = NDArray[np.int64]
COMPLAINED, CLAIMED = "cp.house.collection.complaint", "cp.house.collection.claim"
OBJECTED = "cp.house.collection.objection"


def halting_issues(rules: RulePack, *, on: int) -> list[int]:
    """The issues of complaints that hold collecting up; none before the rule is in force."""
    return numbers_in(rules, rule=COMPLAINED, column="issue", numbers=ISSUE_NUMBER, on=on)


def halting_sorts(rules: RulePack, *, on: int) -> list[int]:
    """The sorts of claims that do."""
    return numbers_in(rules, rule=CLAIMED, column="claim", numbers=DEBT_CLAIM_NUMBER, on=on)


def numbers_in(rules: RulePack, *, rule: str, column: str, numbers: Mapping[str, int], on: int) -> list[int]:
    """The numbers of the words that a rule's tiers have in a column; none before it is in force."""
    value = rules.in_force(id=rule, on=on)
    return [numbers[tier.code(column)] for tier in value.tiers] if value else []


def complaints_open(books: Books, borrower: int, *, issues: Iterable[int]) -> Ints:
    """The places of a borrower's complaints of these issues that await an answer, or that of a review; in order."""
    places = books.all_with(CUSTOMER_COMPLAINT, "borrower", borrower)
    names = ("issue", "answered_on", "withdrawn_on", "review_asked_on", "reviewed_on")
    held = {name: books.column(CUSTOMER_COMPLAINT, name)[places] for name in names}
    waits = (held["answered_on"] == 0) & (held["withdrawn_on"] == 0)
    under_review = (held["review_asked_on"] != 0) & (held["reviewed_on"] == 0)
    return np.asarray(places[(waits | under_review) & np.isin(held["issue"], list(issues))], np.int64)


def claims_open(books: Books, borrower: int, *, sorts: Iterable[int]) -> Ints:
    """The places of a borrower's claims of these sorts that are neither answered nor taken back; in order."""
    places = books.all_with(DEBT_CLAIM, "borrower", borrower)
    held = {name: books.column(DEBT_CLAIM, name)[places] for name in ("sort", "answered_on", "withdrawn_on")}
    waits = (held["answered_on"] == 0) & (held["withdrawn_on"] == 0)
    return np.asarray(places[waits & np.isin(held["sort"], list(sorts))], np.int64)
