"""What an individual worked at from a day until another: the years that a post at a holding company asks for.

Source: PBoC Order [2021] No. 2, arts. 6 item 5, 7. Worked number: finance from 20180501 until 20230501 is five years on
20230501; two spans at the same time count once.
"""

import numpy as np

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.holding_company.records import CAREER, CAREER_RECORDED
from benyuan.holding_company.vocabulary import WORK_NUMBER, Work
from benyuan.parties.bodies.sources import Sourced
from benyuan.usecases.common import Id, Yyyymmdd, faults_where, no_such_day
from benyuan.usecases.group.dated_fact import DatedFact, body_need, not_an_individual


@command("record_career")
class CareerFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` until the day before `until`, 0 for still, `individual` did this `work`."""

    individual: Id
    work: Work
    from_date: Yyyymmdd
    until: Yyyymmdd = 0


class RecordCareer(DatedFact):
    """Records it; of spans that begin on one day the latest counts, and one that ends where it begins takes it back."""

    command = CareerFields
    needs = (body_need("individual"),)
    table, kind, result = CAREER, CAREER_RECORDED, "career"
    names = ("individual", "until")
    words = {"work": ("work", WORK_NUMBER)}  # noqa: RUF012  read only
    pair = None

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An individual; an end that is not before the beginning."""
        batch = case.batch
        ends = (batch.integers("until") != 0) & (batch.integers("until") < batch.integers("from_date"))
        return {
            **super().faults(case),
            **faults_where(np.asarray(ends, np.bool_), batch, "until", "no day before from_date; 0 for still"),
            **no_such_day(batch, "until", none=True),
            **not_an_individual(case, "individual"),
        }
