"""Redress that was granted is paid: by a command of these books, or at the bureau, which has no money here, by a slip.

Source: rule cp.house.redress. Parts are added up; the duty is done when all of it is paid. Worked number: of 50.00
granted 20.00 and 30.00 are paid by two commands: after the second nothing is left and the duty is done.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.records import REDRESS_PAID
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Facts
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.bureau.claims import WithEvidence
from benyuan.usecases.common import Count, Id, MaybeId, faults_where, rows
from benyuan.usecases.protection.claims.redress import REDRESS_NEED, WANTED, redress_facts
from benyuan.usecases.protection.claims.shared import (
    COMPLAINT_NEED,
    FURTHER_NEED,
    by_complaint,
    changed,
    furthered,
)


@command("record_redress", personal=("evidence",), identified=True)
class RedressPaid(WithEvidence, frozen=True, kw_only=True):
    """What was granted on `complaint` was paid by `redress_command`, a log position.

    At the bureau instead `amount_fen` by the slip whose digest is in `evidence`.
    """

    complaint: Id
    redress_command: MaybeId = 0
    amount_fen: Count = 0


def left_fen(facts: Facts) -> NDArray[np.int64]:
    """What was granted, by the answer and by a review, and is not paid yet."""
    granted = facts["complaint_redress_fen"] + facts["further_review_redress_fen"]
    return np.asarray(granted - facts["further_redress_paid_fen"], np.int64)


class RecordRedress(UseCase):
    """Adds what was paid; never more than was granted."""

    command = RedressPaid
    needs = (COMPLAINT_NEED, FURTHER_NEED, REDRESS_NEED)
    surveys = True

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Parts of one complaint's redress are added one after another."""
        return by_complaint(batch)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What the named command paid."""
        del rules
        found = redress_facts(books, facts, int(batch.integers("redress_command")[0]))
        return {name: np.array([value], np.int64) for name, value in found.items()}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Something is left to pay, and was paid as the firm can."""
        facts, batch = case.facts, case.batch
        bureaus, named = facts["complaint_subject"] != 0, batch.integers("redress_command")
        by_slip = batch.integers("pieces") != 0
        amount, left = batch.integers("amount_fen"), left_fen(facts)
        nothing = np.asarray(left <= 0, np.bool_)
        wrong = np.where(bureaus, (amount == 0) | (amount > left), amount != 0)
        return {
            **faults_where(wrong, batch, "amount_fen", "at the bureau what was paid of what is left, elsewhere 0"),
            **faults_where(bureaus != by_slip, batch, "pieces", "at the bureau the slip, elsewhere none"),
            **faults_where(~bureaus & (facts["redress_paid"] == 0), batch, "redress_command", WANTED),
            **faults_where(
                bureaus & (named != 0), batch, "redress_command", "0 at the bureau, which has no money here"
            ),
            **faults_where(
                facts.found("named"), batch, "redress_command", "a command that is no complaint's redress yet"
            ),
            **faults_where(nothing, batch, "complaint", "one on which redress was granted and is not all paid"),
        }

    def record(self, decided: Decided) -> Recorded:
        """What is paid and what is left; the duty is done when nothing is."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        bureaus = facts["complaint_subject"] != 0
        amount = np.where(bureaus, batch.integers("amount_fen"), np.minimum(facts["redress_paid"], left_fen(facts)))
        left = left_fen(facts) - amount
        by = np.where(bureaus, batch.position, batch.integers("redress_command"))
        paid = {"complaint": batch.integers("complaint"), "amount_fen": amount, "on_date": batch.on}
        return Recorded(
            results={"paid_fen": amount, "left_fen": left},
            events=[
                *event(REDRESS_PAID, rows(accepted, id=by, **paid)),
                *furthered(case, accepted, redress_paid_fen=facts["further_redress_paid_fen"] + amount),
                *changed(accepted & (left == 0), duty=facts["further_redress_duty"], done_on=batch.on),
            ],
        )
