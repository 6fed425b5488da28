"""The provinces that an institution's licence to acquire names (State Council Order 768, art. 16)."""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.places import AREA, AREA_RECORDED, area_bits
from benyuan.usecases.common import INSTITUTION_NEEDS, Id, ProvinceList, Yyyymmdd, no_such_day, numbered, rows

A_LIST = "all, or names of provinces with spaces between them"


@command("record_area")
class Area(Command, frozen=True, kw_only=True):
    """From `from_date` on the licence of `institution` to acquire names these `provinces`, or `all`."""

    institution: Id
    provinces: ProvinceList
    from_date: Yyyymmdd


class RecordArea(UseCase):
    """Records it; the latest of a day counts."""

    command = Area
    needs = INSTITUTION_NEEDS

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists, and so do the provinces."""
        wrong = {
            place: Invalid(field="provinces", value=text, constraint=A_LIST)
            for place, text in enumerate(case.batch.values("provinces"))
            if area_bits(text) is None
        }
        return {**wrong, **no_such_day(case.batch, "from_date")}

    def record(self, decided: Decided) -> Recorded:
        """The area as bits."""
        batch, accepted = decided.case.batch, decided.accepted
        bits: NDArray[np.int64] = np.array([area_bits(text) or 0 for text in batch.values("provinces")], np.int64)
        columns = rows(
            accepted,
            id=numbered(accepted, decided.case.facts.next_ids[AREA.name]),
            owner=batch.integers("institution"),
            from_date=batch.integers("from_date"),
            provinces=bits,
        )
        count = np.array([int(each).bit_count() for each in bits.tolist()], np.int64)
        return Recorded(results={"count": count}, events=event(AREA_RECORDED, columns))
