"""The highest degree or course that an individual has: a post at a holding company asks for a university's.

Source: PBoC Order [2021] No. 2, art. 6 item 4.
"""

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.holding_company.records import EDUCATION, EDUCATION_RECORDED
from benyuan.holding_company.vocabulary import DEGREE_NUMBER, Degree
from benyuan.parties.bodies.sources import Sourced
from benyuan.usecases.common import Id, Yyyymmdd
from benyuan.usecases.group.dated_fact import DatedFact, body_need, not_an_individual


@command("record_education")
class EducationFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on `individual` has this `degree`."""

    individual: Id
    degree: Degree
    from_date: Yyyymmdd


class RecordEducation(DatedFact):
    """Records it."""

    command = EducationFields
    needs = (body_need("individual"),)
    table, kind, result = EDUCATION, EDUCATION_RECORDED, "education"
    names = ("individual",)
    words = {"degree": ("degree", DEGREE_NUMBER)}  # noqa: RUF012  read only
    pair = None

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An individual."""
        return {**super().faults(case), **not_an_individual(case, "individual")}
