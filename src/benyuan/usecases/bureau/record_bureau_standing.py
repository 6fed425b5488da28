"""The bureau's licence and capital from a day on.

Sources: State Council Order 631, art. 6(2) (capital: shown, less refuses nothing), art. 7; PBoC Order [2013] No. 1,
art. 18. Worked number: a licence that counts from 2026-02-01 ends on 2029-01-31 at the latest.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import BUREAU, BUREAU_STANDING, BUREAU_STANDING_RECORDED
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.usecases.common import Count, Id, Yyyymmdd, day_exists, no_such_day, numbered, rows
from benyuan.values.dates import add_calendar_days, add_months

VALIDITY, CAPITAL = "cr.license.validity", "cr.license.capital"
MONTHS_A_YEAR = 12  # tidy: number months in a year


@command("record_bureau_standing")
class BureauStandingFields(Command, frozen=True, kw_only=True):
    """From `from_date` on `bureau` has a licence up to and with `licensed_until` (0: none), and this capital."""

    bureau: Id
    from_date: Yyyymmdd
    licensed_until: Yyyymmdd
    capital_fen: Count


def longest(case: Case) -> NDArray[np.int64]:
    """For each command the last day that a licence of its first day can have; 0 where there is none to hold."""
    rule = case.rules.in_force(id=VALIDITY, on=case.batch.on)
    if rule is None:
        return np.full(len(case.batch), 99_991_231)  # tidy: number the last day that there is
    months = rule.count * MONTHS_A_YEAR
    return np.array(
        [
            add_calendar_days(add_months(first, months), -1) if day_exists(first) else 0
            for first in case.batch.integers("from_date").tolist()
        ],
        np.int64,
    )


IN_TERM = Gate(
    rule=VALIDITY,
    passes=lambda case: np.asarray(case.batch.integers("licensed_until") <= longest(case), np.bool_),
    figures=lambda case, place: {
        "licensed_until_on": int(case.batch.integers("licensed_until")[place]),
        "longest_on": int(longest(case)[place]),
    },
)


class RecordBureauStanding(UseCase):
    """Records it; the latest of a day counts."""

    command = BureauStandingFields
    needs = (Need(table=BUREAU, by="bureau", prefix="bureau"),)
    gates = (IN_TERM,)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The days exist."""
        return {
            **no_such_day(case.batch, "licensed_until", none=True),
            **no_such_day(case.batch, "from_date"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The standing, and by how much the capital falls short of the least that founding a bureau takes."""
        case, accepted = decided.case, decided.accepted
        names = ("from_date", "licensed_until", "capital_fen")
        columns = {name: case.batch.integers(name) for name in names}
        least = case.rules.in_force(id=CAPITAL, on=case.batch.on)
        short = np.maximum((least.fen if least else 0) - columns["capital_fen"], 0)
        ids = numbered(accepted, case.facts.next_ids[BUREAU_STANDING.name])
        made = rows(accepted, id=ids, owner=case.batch.integers("bureau"), **columns)
        return Recorded(results={"short_fen": short}, events=event(BUREAU_STANDING_RECORDED, made))
