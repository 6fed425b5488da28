"""What a proposed command says of a person is shown to who is to check it, and the log says so first.

Source: house rule gov.house.checks.shown, on 个人信息保护法, art. 51 item 4. Nobody can check what they cannot
read. Worked: the freeze of somebody's wallet is shown whole to a checker of payments at that institution, while it
waits; to a checker of lending, or after the verdict, it is not.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.governance.checks.records import PROPOSAL_SHOWED, PROPOSAL_SHOWN
from benyuan.governance.checks.standing import holds_role
from benyuan.governance.checks.words import AREA_NUMBER, Act, Area
from benyuan.governance.reading.standing import elsewhere_too, has_footing
from benyuan.rules import RulePack
from benyuan.usecases.checks.propose_command import has_role
from benyuan.usecases.checks.shared import PROPOSAL_NEED, sender_faults, staff_need, staff_of, waiting_faults
from benyuan.usecases.common import Id, numbered, rows
from benyuan.usecases.reading.shared import Why
from benyuan.usecases.related.shared import one

SHOWN, TWO = "gov.house.checks.shown", "gov.house.reading.two"
AREAS = {number: Area(word) for word, number in AREA_NUMBER.items()}


@command("disclose_proposal")
class DisclosedFields(Command, frozen=True, kw_only=True):
    """Have `proposal` shown whole, personal fields too, to `staff`, who may check it; `purpose`: why."""

    proposal: Id
    staff: Id
    purpose: Why


def _who(case: Case, place: int) -> dict[str, Any]:
    area = AREAS[int(case.facts["proposal_area"][place])].value
    return {**staff_of(case, "staff", place), "area": area, "act": Act.checker.value}


def _is_at_one(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.facts["at_one"] != 0, np.bool_)


class DiscloseProposal(UseCase):
    """Leaves its row; what is shown comes out of the vault."""

    command = DisclosedFields
    needs = (PROPOSAL_NEED, staff_need("staff"))
    gates = (Gate(rule=SHOWN, passes=has_role, figures=_who), Gate(rule=TWO, passes=_is_at_one, figures=_who))
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the member may check it, with the role at the entity where it was proposed, and is staff of it alone.

        Who is staff of two entities reads nothing personal until it is on record why, a proposal neither.
        """
        area = AREAS[int(facts["proposal_area"][0])]
        here = all(facts[f"staff_{name}"][0] == facts[f"proposal_{name}"][0] for name in ("sort", "entity"))
        staff = int(batch.integers("staff")[0])
        role = here and holds_role(books.column, staff=staff, area=area, act=Act.checker, on=batch.on)
        others = elsewhere_too(books.column, staff=staff, on=batch.on)
        why = (has_footing(books.column, books.all_with, staff=staff, other=each, on=batch.on) for each in others)
        return one(role=role, at_one=rules.in_force(id=TWO, on=batch.on) is None or all(why)), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A proposal that waits for its check; sent by the member."""
        return {
            **waiting_faults(case),
            **sender_faults(case, "staff"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Who has seen it, and when."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[PROPOSAL_SHOWN.name])
        columns = {
            **{name: batch.integers(name) for name in ("proposal", "staff")},
            "shown_on": batch.on,
            "position": batch.position,
        }
        return Recorded(
            results={"proposed_at": case.facts["proposal_position"]},
            events=event(PROPOSAL_SHOWED, rows(accepted, id=ids, **columns)),
        )
