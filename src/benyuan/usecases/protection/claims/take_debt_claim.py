"""A borrower objects to how a debt stands on record, or asks for help because it can't be paid: collecting halts.

Sources: State Council Order 631, art. 25 (who furnished data gets objections too, and answers within 20 days); for
hardship a rule of the house (`cp.house.hardship.answer`), whose passing is no breach. An objection that the bureau has
put to the lender stands there and halts by itself. A quarrel about the debt is a complaint (CBIRC Order 2020 No. 3,
art. 2).
Worked number: an objection received on 2026-06-01 is answered by 06-21; help asked for then, by 06-11, as an aim.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.claims.deadlines import HARDSHIP_ANSWER, OBJECTION, days_after
from benyuan.consumer_protection.claims.records import DEBT_CLAIM, DEBT_CLAIM_TAKEN
from benyuan.consumer_protection.claims.words import DEBT_CLAIM_NUMBER, DebtClaim
from benyuan.consumer_protection.records import PROTECTION_DUTY
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.common import Id, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.lending.shared import erased_faults
from benyuan.usecases.protection.claims.shared import Worded, raised

RULE_OF_SORT = {DebtClaim.objection.value: OBJECTION, DebtClaim.hardship.value: HARDSHIP_ANSWER}
DUTY_OF = {
    DebtClaim.objection.value: DutyKind.answer_objection,
    DebtClaim.hardship.value: DutyKind.answer_hardship,
}
"""What each makes the lender owe."""


@command("take_debt_claim", personal=("words",), identified=True)
class DebtClaimed(Worded, frozen=True, kw_only=True):
    """A claim of `borrower` about a debt, in their `words`, received on `received_on`, which may be before today."""

    borrower: Id
    claim: DebtClaim
    words: Words
    received_on: Yyyymmdd


class TakeDebtClaim(UseCase):
    """Keeps the claim, and raises the duty to answer."""

    command = DebtClaimed
    needs = (Need(table=BORROWER, by="borrower", prefix="borrower"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A day that was, on which the rule on the answer was in force."""
        batch, absent = case.batch, no_such_day(case.batch, "received_on", until=case.batch.on)
        early = np.array([place not in absent and _unruled(case, place) for place in range(len(batch))], np.bool_)
        wanted = "a day on which the rule on its answer is in force"
        return {**faults_where(early, batch, "received_on", wanted), **absent, **erased_faults(case)}

    def record(self, decided: Decided) -> Recorded:
        """`due_on` by the law, or `expected_on` by the house."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        number = numbered(accepted, facts.next_ids[DEBT_CLAIM.name])
        duty = numbered(accepted, facts.next_ids[PROTECTION_DUTY.name])
        objects, last = batch.equals("claim", DebtClaim.objection.value), _last_days(case, accepted)
        due, expected = np.where(objects, last, 0), np.where(objects, 0, last)
        borrower, received = batch.integers("borrower"), batch.integers("received_on")
        kept = {
            "borrower": borrower,
            "sort": batch.numbers("claim", DEBT_CLAIM_NUMBER),
            "received_on": received,
            "due_on": due,
            "duty": duty,
            "position": batch.position,
            **dict.fromkeys(("answered_on", "outcome", "answered_by", "hardship", "answer", "withdrawn_on"), 0),
        }
        owed = {"id": duty, "kind": batch.numbers("claim", DUTY_OF), "about": number, "due_on": due}
        whom = {"person": 0, "borrower": borrower, "subject": 0}
        return Recorded(
            results={"debt_claim": number, "duty": duty, "due_on": due, "expected_on": expected},
            events=[
                *event(DEBT_CLAIM_TAKEN, rows(accepted, id=number, **kept)),
                *raised(accepted, arose_on=received, **whom, **owed),
            ],
        )


def _rule(case: Case, place: int) -> str:
    return RULE_OF_SORT[str(case.batch.values("claim")[place])]


def _unruled(case: Case, place: int) -> bool:
    received = int(case.batch.integers("received_on")[place])
    return case.rules.in_force(id=_rule(case, place), on=received) is None


def _last_days(case: Case, accepted: NDArray[np.bool_]) -> NDArray[np.int64]:
    last = np.zeros(len(case.batch), np.int64)
    for place in np.flatnonzero(accepted).tolist():
        received = int(case.batch.integers("received_on")[place])
        last[place] = days_after(case.rules, rule=_rule(case, place), from_on=received)
    return last
