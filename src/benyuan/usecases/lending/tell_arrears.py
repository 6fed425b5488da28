"""The lender tells a borrower that arrears of a loan or an account will be furnished to a credit bureau.

Source: State Council Order 631, art. 15 (whoever furnishes negative data tells the person before). What was said, and
how, is sealed; the log position of this command is the evidence that the bureau asks for.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import (
    ACCOUNT,
    ACCOUNT_TOLD,
    ACCOUNT_TOLD_AGAIN,
    ACCOUNT_TOLD_FIRST,
    LOAN,
    LOAN_TOLD,
    LOAN_TOLD_AGAIN,
    LOAN_TOLD_FIRST,
)
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import MEMO_CHARACTERS, MaybeId, faults_where, rows


class Means(StrEnum):
    """How the borrower was told."""

    message = "message"
    letter = "letter"
    telephone = "telephone"


@command("tell_arrears", personal=("words",))
class TellingFields(Command, frozen=True, kw_only=True):
    """The borrower of `loan`, or of the pay-later `account`, was told of arrears in these `words`; the other is 0."""

    loan: MaybeId = 0
    account: MaybeId = 0
    means: Means
    words: Annotated[str, msgspec.Meta(min_length=1, max_length=MEMO_CHARACTERS)]


class TellArrears(UseCase):
    """Keeps the day, and where the words stand."""

    command = TellingFields
    needs = (
        Need(table=LOAN, by="loan", prefix="loan"),
        Need(table=ACCOUNT, by="account", prefix="account"),
        Need(table=LOAN_TOLD, by="loan", prefix="loan_told"),
        Need(table=ACCOUNT_TOLD, by="account", prefix="account_told"),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether somebody was told before is shared by those who tell of the same."""
        return (batch.integers("loan"), batch.integers("account"))

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One of the two is named."""
        batch = case.batch
        both = (batch.integers("loan") != 0) == (batch.integers("account") != 0)
        return faults_where(both, batch, "loan", "a loan or an account, and the other one 0")

    def record(self, decided: Decided) -> Recorded:
        """The day, for loans and for accounts."""
        batch, facts = decided.case.batch, decided.case.facts
        events = []
        for name, first, again in KINDS:
            ids, known = batch.integers(name), facts.found(f"{name}_told")
            of = decided.accepted & (ids != 0)
            told = {"id": ids, "told_on": batch.on, "position": batch.position}
            events += [*event(first, rows(of & ~known, **told)), *event(again, rows(of & known, **told))]
        return Recorded(results={"told": batch.position}, events=events)


KINDS = (("loan", LOAN_TOLD_FIRST, LOAN_TOLD_AGAIN), ("account", ACCOUNT_TOLD_FIRST, ACCOUNT_TOLD_AGAIN))
"""What is told of, and the events that say so."""
