"""What an individual is at a body from a day on, or no longer.

Sources: PBoC Order [2020] No. 4, art. 21; PBoC Order [2023] No. 1, art. 8. Worked number: a director from 20260101 who
leaves on 20261231 has a second row from 20270101 that says so.
"""

from typing import Any

import numpy as np

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded
from benyuan.decisions.words import truths
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.ownership.records import OFFICE, OFFICE_RECORDED
from benyuan.parties.ownership.vocabulary import POST_NUMBER, Post
from benyuan.usecases.common import Id, Yyyymmdd
from benyuan.usecases.group.dated_fact import DatedFact, an_individual, body_need, not_an_individual
from benyuan.usecases.group.reports import does, insider_owes


@command("record_office")
class OfficeFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on `individual` is this at `body`, or `holds` the post no more."""

    individual: Id
    body: Id
    post: Post
    holds: bool = True
    from_date: Yyyymmdd


class RecordOffice(DatedFact):
    """Records it; of who decides on core business of a holding company the related parties are reported."""

    command = OfficeFields
    needs = (body_need("individual"), body_need("body"), does("body"))
    table, kind, result = OFFICE, OFFICE_RECORDED, "office"
    names = ("individual", "body")
    words = {"post": ("post", POST_NUMBER)}  # noqa: RUF012  read only
    pair = ("individual", "body")

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An individual at a body."""
        return {**super().faults(case), **not_an_individual(case, "individual"), **an_individual(case, "body")}

    def record(self, decided: Decided) -> Recorded:
        """The row, and what is owed of it."""
        made = super().record(decided)
        return Recorded(results=made.results, events=[*made.events, *insider_owes(decided)])

    def columns(self, case: Case) -> dict[str, Any]:
        """Whether it is held, besides."""
        return {**super().columns(case), "holds": truths(case.batch, "holds").astype(np.int64)}
