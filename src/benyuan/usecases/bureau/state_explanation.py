"""A person's own explanation beside what stands in their file, and its end.

Source: State Council Order 631, art. 16 ¶2: while negative data are kept the person may explain them, and the bureau
puts it on record. The text names no length (the hundred characters of Order 2005 No. 3, art. 24 bind the national
database); ours is one that fits a report. The words are sealed; the file holds where they are.
"""

from collections.abc import Sequence
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import SUBJECT_CHANGED
from benyuan.credit_bureau.redress.rules import STATEMENT
from benyuan.credit_bureau.shown import SAME_NAME, ShownPerson, without_file
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.usecases.bureau.claims import SHOWN, owners_faults
from benyuan.usecases.bureau.subjects import SUBJECT_NEEDS
from benyuan.usecases.common import faults_where, rows

STATEMENT_CHARACTERS = 500  # tidy: number a length that we chose
Statement: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=STATEMENT_CHARACTERS)]


@command("state_explanation", personal=(*SHOWN, "words"), identified=True)
class StateExplanation(ShownPerson, frozen=True, kw_only=True):
    """The person with this document explains what stands in their file, in these `words`."""

    words: Statement


@command("clear_explanation", personal=SHOWN, identified=True)
class ClearExplanation(ShownPerson, frozen=True, kw_only=True):
    """The person with this document takes their explanation back."""


def _has_right(case: Case) -> NDArray[np.bool_]:
    case.rules.value(id=STATEMENT, on=case.batch.on)
    return np.ones(len(case.batch), np.bool_)


HAS_RIGHT = Gate(rule=STATEMENT, passes=_has_right)


class PutOnRecord(UseCase):
    """The latest explanation counts."""

    command = StateExplanation
    needs = SUBJECT_NEEDS
    gates = (SAME_NAME, HAS_RIGHT)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A person has one explanation."""
        return (batch.integers("identity"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The person has a file."""
        return without_file(case)

    def record(self, decided: Decided) -> Recorded:
        """Where the words are; which explanation they stand in place of, 0 for none."""
        batch, facts = decided.case.batch, decided.case.facts
        stated = rows(decided.accepted, id=facts["identity_subject"], statement=batch.position)
        return Recorded(results={"replaced": facts["subject_statement"]}, events=event(SUBJECT_CHANGED, stated))


class TakeExplanationBack(UseCase):
    """None counts any more."""

    command = ClearExplanation
    needs = SUBJECT_NEEDS
    gates = (SAME_NAME,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A person has one explanation."""
        return (batch.integers("identity"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The person has a file, with an explanation in it."""
        none = case.facts["subject_statement"] == 0
        wanted = "one where this person has an explanation on record"
        return owners_faults(case, faults_where(none, case.batch, "bureau", wanted))

    def record(self, decided: Decided) -> Recorded:
        """It is shown no more."""
        cleared = rows(decided.accepted, id=decided.case.facts["identity_subject"], statement=0)
        return Recorded(results={}, events=event(SUBJECT_CHANGED, cleared))
