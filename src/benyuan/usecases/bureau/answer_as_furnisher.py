"""A furnisher says what it found about an objection: wrong, right, or that it can't tell.

Source: State Council Order 631, art. 25 ¶¶2, 3. Order of checks: the objection is open and was put to it; who says that
its data are right shows on what grounds (a rule of the house: furnishers elsewhere are known to repeat themselves).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import OBJECTION_CHANGED
from benyuan.credit_bureau.redress.rules import EVIDENCE
from benyuan.credit_bureau.redress.words import SAYS_NUMBER, FurnisherSays
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.usecases.bureau.ask_furnisher import OBJECTION_NEED, OPEN
from benyuan.usecases.bureau.claims import WithEvidence, Words
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.claims.put_objection import PUT_NEEDS, found_out


@command("answer_as_furnisher", personal=("words", "evidence"), identified=True)
class AnswerAsFurnisher(WithEvidence, frozen=True, kw_only=True):
    """What the furnisher `says` about `objection`, in `words`; with the digests of its evidence."""

    objection: Id
    says: FurnisherSays
    words: Words


def _says_right(case: Case) -> NDArray[np.bool_]:
    return case.batch.equals("says", FurnisherSays.right.value)


def _shown(case: Case) -> NDArray[np.bool_]:
    """Who says right has evidence; whether the rule is in force is asked only then."""
    right = _says_right(case)
    if right.any():
        case.rules.value(id=EVIDENCE, on=case.batch.on)
    return np.asarray(~right | (case.batch.integers("pieces") != 0), np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    return {"pieces": int(case.batch.integers("pieces")[place])}


WITH_EVIDENCE = Gate(rule=EVIDENCE, passes=_shown, figures=_figures, applies=_says_right)


class TakeFurnishersAnswer(UseCase):
    """Keeps what was said, once."""

    command = AnswerAsFurnisher
    needs = (OBJECTION_NEED, *PUT_NEEDS)
    gates = (WITH_EVIDENCE,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A furnisher answers once."""
        return (batch.integers("objection"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It was asked, has not answered, and the objection is open."""
        facts, batch = case.facts, case.batch
        return {
            **faults_where(facts["objection_said_on"] != 0, batch, "objection", "one without an answer of its own"),
            **faults_where(facts["objection_asked_on"] == 0, batch, "objection", "one that was put to the furnisher"),
            **faults_where(facts["objection_outcome"] != 0, batch, "objection", OPEN),
        }

    def record(self, decided: Decided) -> Recorded:
        """What was said, when, and where its evidence is sealed."""
        batch = decided.case.batch
        evidence = np.where(batch.integers("pieces") != 0, batch.position, 0)
        numbers = batch.numbers("says", SAYS_NUMBER)
        said = {"said_on": batch.on, "said": numbers, "evidence": evidence, "answer": batch.position}
        columns = rows(decided.accepted, id=batch.integers("objection"), **said)
        said_so = found_out(decided.case, decided.accepted)
        return Recorded(results={}, events=[*event(OBJECTION_CHANGED, columns), *said_so])
