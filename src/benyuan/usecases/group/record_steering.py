"""A power over a body from a day on: by law, by agreement, by contracts in place of shares, over its board.

Source: PBoC Order [2020] No. 4, art. 3 ¶2 items 1 to 5. Worked number: who appoints 4 of 7 directors controls, who
appoints 3 of 6 does not.
"""

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.ownership.records import STEERING, STEERING_RECORDED
from benyuan.parties.ownership.vocabulary import STEERING_NUMBER, Steering
from benyuan.usecases.common import Id, Yyyymmdd
from benyuan.usecases.group.dated_fact import DatedFact, an_authority, an_individual, body_need
from benyuan.usecases.group.record_stake import Part, Whole


@command("record_steering")
class SteeringFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on `holder` has this power over `body`: `part` of `whole` seats or votes of its board.

    For the other powers 1 of 1; `part` 0 ends it.
    """

    holder: Id
    body: Id
    steering: Steering
    part: Part
    whole: Whole
    from_date: Yyyymmdd


class RecordSteering(DatedFact):
    """Records it."""

    command = SteeringFields
    needs = (body_need("holder"), body_need("body"))
    table, kind, result = STEERING, STEERING_RECORDED, "steering"
    names = ("holder", "body", "part", "whole")
    words = {"steering": ("steering", STEERING_NUMBER)}  # noqa: RUF012  read only
    pair = ("holder", "body")

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Nobody has a power over an individual or an authority that counts here."""
        authority = an_authority(case, "body", of="holder")
        return {**super().faults(case), **authority, **an_individual(case, "body")}
