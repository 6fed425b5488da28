"""Where a customer lives: the county and the statistics bureau's class of the place, no more of the address than that.

Sources: none obliges; `gov.house.small_micro.areas`, a choice of the house; PIPL, arts. 6 and 19 (no more than the
purpose needs, no longer): one row a person, gone with the person. No gate reads it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.parties.bodies.sources import Sourced, is_invented
from benyuan.payments.areas import HOME_AREA, HOME_AREA_CHANGED, HOME_AREA_RECORDED, County, PlaceClass, class_faults
from benyuan.payments.records import PERSON
from benyuan.usecases.common import Id, Yyyymmdd, no_such_day, rows
from benyuan.usecases.group.shared import source_faults


@command("record_home_area")
class HomeAreaFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on `person` lives in `county` at a place of `place_class`."""

    person: Id
    county: County
    place_class: PlaceClass
    from_date: Yyyymmdd


class RecordHomeArea(UseCase):
    """Records it; what was recorded before goes."""

    command = HomeAreaFields
    needs = (
        Need(table=PERSON, by="person", prefix="person"),
        Need(table=HOME_AREA, by="person", prefix="home"),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A person has one home."""
        return (batch.integers("person"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A source, a day that has come, a class that there is."""
        return {
            **source_faults(case),
            **no_such_day(case.batch, "from_date", until=case.batch.on),
            **class_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The row."""
        case, accepted = decided.case, decided.accepted
        batch, known = case.batch, case.facts.found("home")
        entry = {
            "id": batch.integers("person"),
            **{name: batch.integers(name) for name in ("county", "place_class", "from_date")},
            "invented": is_invented(batch),
            "position": batch.position,
        }
        return Recorded(
            results={},
            events=[
                *event(HOME_AREA_RECORDED, rows(accepted & ~known, **entry)),
                *event(HOME_AREA_CHANGED, rows(accepted & known, **entry)),
            ],
        )
