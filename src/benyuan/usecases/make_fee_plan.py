"""A plan of fees, empty at first: what it takes is published with publish_fees."""

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.usecase import Decided, Recorded, UseCase
from benyuan.payments.records import FEE_PLAN, FEE_PLAN_MADE
from benyuan.usecases.common import INSTITUTION_NEEDS, Id, numbered, rows


@command("make_fee_plan")
class MakePlan(Command, frozen=True, kw_only=True):
    """Make a plan of fees of `institution`."""

    institution: Id


class MakeFeePlan(UseCase):
    """Gives the plan its number."""

    command = MakePlan
    needs = INSTITUTION_NEEDS

    def record(self, decided: Decided) -> Recorded:
        """The plan."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[FEE_PLAN.name])
        made = rows(accepted, id=ids, institution=batch.integers("institution"), made_on=batch.on)
        return Recorded(results={"plan": ids}, events=event(FEE_PLAN_MADE, made))
