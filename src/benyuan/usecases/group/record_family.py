"""What an individual is to another from a day on: the ties of family by which parties are related.

Source: PBoC Order [2023] No. 1, arts. 7 item 3, 8 item 2, 11 ¶2, 45. A tie is told once, from either side. Worked
number: `individual` 3 has `other` 4 as spouse; 4 has 3 by the same row.
"""

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.ownership.records import FAMILY_RECORDED, FAMILY_TIE
from benyuan.parties.ownership.vocabulary import FAMILY_NUMBER, Family
from benyuan.usecases.common import Id, Yyyymmdd
from benyuan.usecases.group.dated_fact import DatedFact, body_need, not_an_individual


@command("record_family")
class FamilyFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on `other` is this to `individual`; none ends it."""

    individual: Id
    other: Id
    tie: Family
    from_date: Yyyymmdd


class RecordFamily(DatedFact):
    """Records it."""

    command = FamilyFields
    needs = (body_need("individual"), body_need("other"))
    table, kind, result = FAMILY_TIE, FAMILY_RECORDED, "tie"
    names = ("individual", "other")
    words = {"tie": ("tie", FAMILY_NUMBER)}  # noqa: RUF012  read only
    pair = ("individual", "other")

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Two individuals."""
        return {**super().faults(case), **not_an_individual(case, "individual"), **not_an_individual(case, "other")}
