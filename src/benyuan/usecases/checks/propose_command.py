"""A member of staff proposes a sensitive command, whole and exactly as it will be sent; nobody but another checks it.

Source: house rules gov.house.checks and gov.house.checks.valid, on PBoC Order [2020] No. 4, arts. 31 ¶2, 34. The
proposal is of its time in the log. Its body is sealed; the log has a keyed number of it, which the command must have
that is sent later. Worked number: proposed on 2026-05-01, it may be used until 05-08.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import HIDDEN, Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.decisions.words import text_faults
from benyuan.governance.checks.records import CHECK_PROPOSAL, CHECK_PROPOSED
from benyuan.governance.checks.standing import areas_on, holds_role, last_day
from benyuan.governance.checks.words import AREA_NUMBER, Act
from benyuan.rules import RulePack
from benyuan.usecases.checks.shared import sender_faults, staff_need, staff_of
from benyuan.usecases.common import Id, numbered, rows
from benyuan.usecases.related.shared import one

ROLE = "gov.house.checks.role"
BODY_CHARACTERS = 20_000  # tidy: number a length that we chose
Body: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=BODY_CHARACTERS)]
KIND_CHARACTERS = 64  # tidy: number a length that we chose
KindOfCommand: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=KIND_CHARACTERS)]


@command("propose_command", personal=("body",))
class ProposedFields(Command, frozen=True, kw_only=True):
    """`maker` proposes a command of the kind `command`; `body`: its fields, as JSON."""

    maker: Id
    command: KindOfCommand
    body: Body


def has_role(case: Case) -> NDArray[np.bool_]:
    """Who gives the command has the role, today."""
    return np.asarray(case.facts["role"] != 0, np.bool_)


def _who(case: Case, place: int) -> dict[str, Any]:
    kind = case.batch.values("command")[place]
    area = areas_on(case.rules, case.batch.on).get(kind)
    return {**staff_of(case, "maker", place), "area": area.value if area else "", "act": Act.maker.value}


class ProposeCommand(UseCase):
    """Keeps the proposal."""

    command = ProposedFields
    needs = (staff_need("maker"),)
    gates = (Gate(rule=ROLE, passes=has_role, figures=_who),)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The area of the command, whether the maker has the role in it, and until when it is good."""
        del facts
        area = areas_on(rules, batch.on).get(batch.values("command")[0])
        if area is None:
            return one(area=0, role=1, until=0), {}
        maker = int(batch.integers("maker")[0])
        role = holds_role(books.column, staff=maker, area=area, act=Act.maker, on=batch.on)
        return one(area=AREA_NUMBER[area], role=role, until=last_day(rules, proposed_on=batch.on)), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A sensitive kind, a command that makes sense, sent by the maker."""
        batch, facts = case.batch, case.facts
        wrong = np.flatnonzero(batch.integers("body_number") == 0).tolist()
        body = Invalid(field="body", value=HIDDEN, constraint="the fields of a command of that kind, as JSON")
        listed = "a kind of command that is sensitive on this day (gov.house.checks)"
        return {
            **dict.fromkeys(wrong, body),
            **text_faults(np.asarray(facts["area"] == 0, np.bool_), batch, "command", listed),
            **sender_faults(case, "maker"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The proposal, at the entity whose staff the maker is."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids = numbered(accepted, facts.next_ids[CHECK_PROPOSAL.name])
        columns = {
            **{name: facts[f"maker_{name}"] for name in ("sort", "entity")},
            "kind": batch.text_numbers("command"),
            "area": facts["area"],
            "body": batch.integers("body_number"),
            "maker": batch.integers("maker"),
            "proposed_on": batch.on,
            "until": facts["until"],
            **dict.fromkeys(("checker", "verdict", "checked_on", "used_by", "used_on", "checked_by"), 0),
            "position": batch.position,
        }
        return Recorded(
            results={"proposal": ids, "until": facts["until"]},
            events=event(CHECK_PROPOSED, rows(accepted, id=ids, **columns)),
        )
