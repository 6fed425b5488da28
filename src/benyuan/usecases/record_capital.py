"""An institution's paid-in capital and the areas of its licences from a day on, held against the least of that day.

Sources: State Council Order 768, art. 8; PBoC Order [2024] No. 4, art. 8. Less than it shows, and refuses nothing.
"""

from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.ledger import AMOUNT_MAX
from benyuan.payments.capital import CAPITAL_MIN, Holding, least_capital_fen
from benyuan.payments.records import CAPITAL, CAPITAL_RECORDED
from benyuan.usecases.common import INSTITUTION_NEEDS, Id, Truth, Yyyymmdd, faults_where, no_such_day, numbered, rows

ALL_PROVINCES = 31  # tidy: number the provinces, autonomous regions and municipalities of the mainland
Provinces: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=ALL_PROVINCES)]
AREAS = ("stored_value_2_provinces", "processing_1_provinces")


@command("record_capital")
class Capital(Command, frozen=True, kw_only=True):
    """From `from_date` on `institution` has `paid_in_fen` of capital, and its licences have these areas.

    An area is a number of provinces with that of the seat in it; 31 is nationwide, 0 none. The answer has the least
    capital for the licences that it holds today, `least_fen`, and by how much it falls short of it, `shortfall_fen`.
    """

    institution: Id
    paid_in_fen: Annotated[int, msgspec.Meta(ge=0, le=AMOUNT_MAX)]
    stored_value_2_provinces: Provinces = 0
    processing_1_provinces: Provinces = 0
    from_date: Yyyymmdd
    stored_value_2_limited: Truth = False


class RecordCapital(UseCase):
    """Records it; the latest of a day counts."""

    command = Capital
    needs = INSTITUTION_NEEDS

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The date exists; every licence held that needs an area has one."""
        # A day without a least is found out here, before anything is posted.
        case.rules.value(id=CAPITAL_MIN, on=case.batch.on)
        unknown = [holding.area_unknown for holding in _holdings(case)]
        found: dict[int, Invalid] = {}
        for area in reversed(AREAS):
            wrong = np.array([area in names for names in unknown], np.bool_)
            found |= faults_where(wrong, case.batch, area, "at least 1, for the institution holds this licence")
        return {**found, **no_such_day(case.batch, "from_date")}

    def record(self, decided: Decided) -> Recorded:
        """A row of capital, and the least."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[CAPITAL.name])
        named = {name: batch.integers(name) for name in ("from_date", "paid_in_fen", *AREAS)}
        least = _least(case, accepted)
        named["stored_value_2_limited"] = _limited(case)
        columns = rows(accepted, id=ids, owner=batch.integers("institution"), **named)
        return Recorded(
            results={
                "capital": ids,
                "least_fen": least,
                "shortfall_fen": np.maximum(least - named["paid_in_fen"], 0),
            },
            events=event(CAPITAL_RECORDED, columns),
        )


def _limited(case: Case) -> NDArray[np.int64]:
    return np.array(case.batch.values("stored_value_2_limited"), np.int64)


def _holdings(case: Case) -> list[Holding]:
    areas = (case.batch.integers(name).tolist() for name in AREAS)
    columns = zip(case.facts["standing_licences"].tolist(), *areas, _limited(case).tolist(), strict=True)
    return [
        Holding(
            licences=held,
            stored_value_2_provinces=stored,
            processing_1_provinces=processing,
            stored_value_2_limited=bool(limited),
        )
        for held, stored, processing, limited in columns
    ]


def _least(case: Case, accepted: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The least capital of each command that stands, 0 for the others."""
    least = [
        least_capital_fen(holding, rules=case.rules, on=case.batch.on) if stands else 0
        for holding, stands in zip(_holdings(case), accepted.tolist(), strict=True)
    ]
    return np.array(least, np.int64)
