"""The lender's answer to a claim about a debt, in words: collecting may go on, but as a plan that came of it allows.

Sources: State Council Order 631, art. 25 (answered in writing); for hardship a rule of the house. What was found, why
and where the borrower can go next are told as an answer to a complaint tells them (CBIRC Order 2020 No. 3, art. 19),
which is the house's choice here. Help that is given is
a plan on record (`agree_hardship`), so that no empty answer lets collecting go on. Worked number: an objection due on
2026-06-21 is in time on 06-21 and late by 1 on 06-22.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.records import DEBT_CLAIM, DEBT_CLAIM_CHANGED
from benyuan.consumer_protection.claims.substance import WANTED, says_something
from benyuan.consumer_protection.claims.words import (
    CLAIM_OUTCOME_NUMBER,
    DEBT_CLAIM_NUMBER,
    ClaimOutcome,
    DebtClaim,
)
from benyuan.consumer_protection.contact.records import HARDSHIP
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.common import Id, MaybeId, faults_where, rows
from benyuan.usecases.protection.claims.answer_customer_complaint import PARTS, days_late
from benyuan.usecases.protection.claims.shared import (
    CLAIM_NEED,
    Telling,
    by_claim,
    changed,
    lateness,
    open_claim_faults,
)


@command("answer_debt_claim", version=2, personal=("words", *PARTS.values()), identified=True)
class DebtClaimAnswered(Telling, frozen=True, kw_only=True):
    """The decision on `debt_claim`, in `words`; `hardship`: the plan that came of it, 0 for none.

    What was `found`, `why` it was decided so, and `where_next` the borrower can go.
    """

    debt_claim: Id
    outcome: ClaimOutcome
    words: Words
    answered_by: Id
    hardship: MaybeId = 0
    found: Words
    why: Words
    where_next: Words

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """A part of the answer that says nothing."""
        empty = next((name for name in PARTS.values() if not says_something(personal.get(name, ""))), None)
        return (empty, WANTED) if empty else super().personal_fault(personal, fields)


class AnswerDebtClaim(UseCase):
    """Keeps the decision; the duty is done, in time or late."""

    command = DebtClaimAnswered
    needs = (CLAIM_NEED, Need(table=HARDSHIP, by="hardship", prefix="plan"))

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A claim is answered once."""
        return by_claim(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The claim is open; help in hardship is a plan of this borrower that runs, and nothing else has one."""
        batch, facts = case.batch, case.facts
        asks_help = facts["claim_sort"] == DEBT_CLAIM_NUMBER[DebtClaim.hardship.value]
        helped = asks_help & ~batch.equals("outcome", ClaimOutcome.refused.value)
        runs = (facts["plan_borrower"] == facts["claim_borrower"]) & (facts["plan_ended_on"] == 0)
        of_help = "a plan of this borrower that runs: what help was agreed on"
        lacking = helped & ~(runs & (facts["plan_until"] >= batch.on))
        needless = ~helped & (batch.integers("hardship") != 0)
        return {
            **faults_where(lacking, batch, "hardship", of_help),
            **faults_where(needless, batch, "hardship", "0 where no help in hardship is given"),
            **open_claim_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """`late`, and by how many days, where the law names a day."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        due = facts["claim_due_on"]
        late = lateness(batch.on, due)
        kept = {
            "answered_on": batch.on,
            "answer": batch.position,
            "outcome": batch.numbers("outcome", CLAIM_OUTCOME_NUMBER),
            **{name: batch.integers(name) for name in ("answered_by", "hardship")},
        }
        return Recorded(
            results={"late": late, "days_late": days_late(batch.on, due, late)},
            events=[
                *event(DEBT_CLAIM_CHANGED, rows(accepted, id=batch.integers(DEBT_CLAIM.name), **kept)),
                *changed(accepted, duty=facts["claim_duty"], done_on=batch.on),
            ],
        )
