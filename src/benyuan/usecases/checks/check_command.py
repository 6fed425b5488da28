"""Another member of staff has looked at a proposed command, and lets it pass or not.

Source: house rules gov.house.checks.role and gov.house.checks.other, on PBoC Order [2020] No. 4, arts. 31 ¶2, 34. It
counts at its time in the log. Worked: whoever proposed it is refused, under whatever login or number they come: the
individual is compared.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.governance.checks.records import CHECK_DECIDED, STAFF
from benyuan.governance.checks.standing import are_one, holds_role
from benyuan.governance.checks.words import AREA_NUMBER, VERDICT_NUMBER, Act, Area, Verdict
from benyuan.rules import RulePack
from benyuan.usecases.checks.propose_command import ROLE, has_role
from benyuan.usecases.checks.shared import PROPOSAL_NEED, sender_faults, staff_need, staff_of, waiting_faults
from benyuan.usecases.common import Id, Memo, rows
from benyuan.usecases.related.shared import one

OTHER = "gov.house.checks.other"
AREAS = {number: Area(word) for word, number in AREA_NUMBER.items()}


@command("check_command", personal=("words",))
class CheckedFields(Command, frozen=True, kw_only=True):
    """`checker` has checked `proposal`, and says `verdict`; `words`: why."""

    proposal: Id
    checker: Id
    verdict: Verdict
    words: Memo = ""


def _another(case: Case) -> NDArray[np.bool_]:
    other = np.asarray(case.facts["checker_identity"] != case.facts["maker_identity"], np.bool_)
    return np.asarray(other & (case.facts["one_individual"] == 0), np.bool_)


def _both(case: Case, place: int) -> dict[str, Any]:
    return {"maker": int(case.facts["proposal_maker"][place]), **staff_of(case, "checker", place)}


def _who(case: Case, place: int) -> dict[str, Any]:
    area = AREAS[int(case.facts["proposal_area"][place])].value
    return {**staff_of(case, "checker", place), "area": area, "act": Act.checker.value}


class CheckCommand(UseCase):
    """Keeps the verdict."""

    command = CheckedFields
    needs = (
        PROPOSAL_NEED,
        staff_need("checker"),
        Need(table=STAFF, by="proposal_maker", prefix="maker"),
    )
    gates = (Gate(rule=OTHER, passes=_another, figures=_both), Gate(rule=ROLE, passes=has_role, figures=_who))
    surveys = True

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A proposal is checked once."""
        return (batch.integers("proposal"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the checker has the role, at the entity where it was proposed, and is another individual."""
        del rules
        area = AREAS[int(facts["proposal_area"][0])]
        here = all(facts[f"checker_{name}"][0] == facts[f"proposal_{name}"][0] for name in ("sort", "entity"))
        checker = int(batch.integers("checker")[0])
        role = here and holds_role(books.column, staff=checker, area=area, act=Act.checker, on=batch.on)
        return one(role=role, one_individual=are_one(books.column, checker, int(facts["proposal_maker"][0]))), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A proposal that nobody has checked and whose time is not over; sent by the checker."""
        return {
            **waiting_faults(case),
            **sender_faults(case, "checker"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The verdict and its day."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        columns = {
            "checker": batch.integers("checker"),
            "verdict": batch.numbers("verdict", VERDICT_NUMBER),
            "checked_on": batch.on,
            "checked_by": batch.position,
        }
        done = rows(accepted, id=batch.integers("proposal"), **columns)
        return Recorded(results={"until": case.facts["proposal_until"]}, events=event(CHECK_DECIDED, done))
