"""A town in which people complain: person 1 of the payment institution, borrower 1 of the lender, file 1 of the bureau.

Everything stands since 2026-04-01; what is tested happens from June on.
"""

from typing import Any

from benyuan.decisions.outcomes import Answer
from benyuan.engine.why import why
from benyuan.simulate.identities import someone
from benyuan.usecases.protection.claims.answer_customer_complaint import PARTS
from benyuan.values.dates import add_calendar_days
from tests.unit.bureau.bureaus import found_bureau, particulars
from tests.unit.lending.accounts import check_log, lender_in_town
from tests.unit.lending.lenders import Lender

RECEIVED = 20260601
DIGEST = "ab" * 32
FULL: dict[str, Any] = {
    "findings": True,
    "grounds": True,
    "ways_of_redress": True,
    "found": "the sheet shows another rate",
    "why": "the contract has the rate of the sheet",
    "where_next": "ask us for a review, or go to court",
    "no_interest": True,
}
COMPLAINT: dict[str, Any] = {
    "borrower": 1,
    "channel": "app",
    "product": "cash-loan",
    "issue": "price",
    "words": "the rate is not what I was told",
    "received_on": RECEIVED,
}
REFUSED: dict[str, Any] = {
    "outcome": "refused",
    "words": "it stays as it is",
    "found": "the record is the contract's",
    "why": "the contract was signed and paid out",
    "where_next": "ask the bureau, or go to court",
    "answered_by": 7,
}
"""What a borrower is told about a claim that isn't met."""
OF_PERSON: dict[str, Any] = {**COMPLAINT, "borrower": 0, "person": 1, "product": "payment"}
PASSED_ON: dict[str, Any] = {**OF_PERSON, "way": "pbc-branch", "passed_on": RECEIVED}


class Claims(Lender):
    """A desk at which people complain."""

    def complain(self, **fields: Any) -> dict[str, int]:
        """Borrower 1 complains of a price on the first of June, but for what is said otherwise; the results."""
        return self.do("take_customer_complaint", on=fields.pop("on", RECEIVED), **{**COMPLAINT, **fields})

    def answer(self, complaint: int = 1, **fields: Any) -> Answer:
        """A whole answer by number 7, but for what is said otherwise."""
        known = complaint <= self.group.records.tables["customer_complaint"].count
        found = {} if known and self.row("customer_complaint", complaint)["cause"] else {"cause": "terms"}
        told = {"outcome": "upheld", "words": "you are right", "answered_by": 7, **FULL, **found, **fields}
        lacking = {name for part, name in PARTS.items() if not told[part]} - set(fields)
        told = {name: item for name, item in told.items() if name not in lacking}
        return self.ask("answer_customer_complaint", complaint=complaint, **told)

    def paper(self, digest: str = DIGEST, *, customer: str = "borrower", n: int = 1) -> dict[str, Any]:
        """A paper that the customer brings, who is shown by document at their firm."""
        firm = {"person": "institution", "borrower": "lender", "subject": "bureau"}[customer]
        return {"evidence": digest, "pieces": 1, firm: 1, "number": someone(n)["number"]}

    def new_facts(self, digest: str = DIGEST, *, on: int | None = None, **fields: Any) -> Answer:
        """Borrower 1 brings new facts about complaint 1, but for what is said otherwise."""
        told = {"complaint": 1, "party": "customer", "new_facts": True, "words": "I found the leaflet"}
        return self.ask("add_evidence", on=on, **{**told, **self.paper(digest), **fields})

    def row(self, table: str, number: int) -> dict[str, int]:
        """A row."""
        held = self.group.records.tables[table]
        return {name: int(held.column(name)[number]) for name in held.table.columns}

    def duty(self, number: int = 1) -> dict[str, int]:
        """A duty."""
        return self.row("protection_duty", number)

    def check(self) -> None:
        """The log tells and decides everything again."""
        check_log(self)


def claims_in_town() -> Claims:
    """See the top of this file."""
    town = Claims(lender_in_town().desk)
    bureau = found_bureau(town.desk)
    bureau.do("identify_subject", bureau=1, **particulars(1))
    return town


def days_on(days: int, *, since: int = RECEIVED) -> int:
    """So many days after the first of June."""
    return add_calendar_days(since, days)


def check_refused(town: Claims, answer: Answer, rule: str, **figures: Any) -> None:
    """Refused by this rule with these figures, logged, and explained by `why`."""
    assert answer.refusal is not None, answer
    assert answer.refusal.rule_id == rule, answer.refusal.text()
    assert {name: answer.refusal.figures.get(name) for name in figures} == figures, answer.refusal.figures
    assert rule in why(town.group, answer.position).text()


def check_invalid(answer: Answer, field: str) -> None:
    """Bad input in this field."""
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field, answer.invalid.text()
