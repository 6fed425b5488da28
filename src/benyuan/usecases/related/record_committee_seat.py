"""An individual sits in a body's committee on related transactions from a day on, and may chair it, or no longer.

Sources: PBoC Order [2023] No. 1, art. 18 item 2; CBIRC Order 2022 No. 1, art. 39. Whether the members are a committee
as the order wants it is asked for when they decide. Worked number: three directors, one of them independent, in the
chair.
"""

from typing import Any

import numpy as np

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.decisions.words import truths
from benyuan.governance.related.records import COMMITTEE_SEAT, COMMITTEE_SEATED
from benyuan.parties.bodies.sources import Sourced
from benyuan.usecases.common import Id, Yyyymmdd
from benyuan.usecases.group.dated_fact import DatedFact, an_individual, body_need, not_an_individual


@command("record_committee_seat")
class SeatFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on `individual` sits in the committee of `body` and `chairs` it, or `holds` the seat no more."""

    body: Id
    individual: Id
    chairs: bool = False
    holds: bool = True
    from_date: Yyyymmdd


class RecordCommitteeSeat(DatedFact):
    """Records it."""

    command = SeatFields
    needs = (body_need("body"), body_need("individual"))
    table, kind, result = COMMITTEE_SEAT, COMMITTEE_SEATED, "seat"
    names = ("body", "individual")
    words = {}  # noqa: RUF012  read only
    pair = ("body", "individual")

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An individual at a body."""
        return {**super().faults(case), **not_an_individual(case, "individual"), **an_individual(case, "body")}

    def columns(self, case: Case) -> dict[str, Any]:
        """Whether it is held and chairs, besides."""
        named = {name: truths(case.batch, name).astype(np.int64) for name in ("chairs", "holds")}
        return {**super().columns(case), **named}
