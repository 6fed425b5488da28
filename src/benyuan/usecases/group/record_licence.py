"""A licence: which financial business a body may do, from when until when, by which number.

Sources: PBoC Order [2020] No. 4, art. 13 ¶7 (that of a financial holding company); those of each business. Worked
number: from 20260101 until 20301231 it stands on 20301231 and not on 20310101; revoked with `holds` false from
20280701, it stands on 20280630 and no longer.
"""

from typing import Any

import numpy as np

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.decisions.words import text_faults, truths
from benyuan.parties.bodies.records import LICENCE, LICENCE_RECORDED
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.bodies.vocabulary import BUSINESS_NUMBER, NO_FINANCE, Business
from benyuan.usecases.common import Id, Memo, Yyyymmdd, faults_where, no_such_day
from benyuan.usecases.group.dated_fact import DatedFact, an_individual, body_need


@command("record_licence")
class LicenceFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` to `until`, 0 for no end, `body` has licence `number` for `business`, or `holds` it no more."""

    body: Id
    business: Business
    number: Memo = ""
    holds: bool = True
    from_date: Yyyymmdd
    until: Yyyymmdd = 0


class RecordLicence(DatedFact):
    """Records it; the latest that has begun counts."""

    command = LicenceFields
    needs = (body_need("body"),)
    table, kind, result = LICENCE, LICENCE_RECORDED, "licence"
    names = ("body", "until")
    words = {"business": ("business", BUSINESS_NUMBER)}  # noqa: RUF012  read only
    pair = None

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A business that needs one, a number, a last day that is not before the first."""
        batch = case.batch
        businesses, numbers = batch.values("business"), batch.values("number")
        free = np.array([business in NO_FINANCE for business in businesses], np.bool_)
        unnumbered = truths(batch, "holds") & np.array([not number.strip() for number in numbers], np.bool_)
        ends = (batch.integers("until") != 0) & (batch.integers("until") < batch.integers("from_date"))
        return {
            **super().faults(case),
            **text_faults(unnumbered, batch, "number", "the number of the licence that is held"),
            **text_faults(free, batch, "business", "a business of finance"),
            **faults_where(np.asarray(ends, np.bool_), batch, "until", "no day before from_date; 0 for no end"),
            **no_such_day(batch, "until", none=True),
            **an_individual(case, "body"),
        }

    def columns(self, case: Case) -> dict[str, Any]:
        """Whether it is held, besides."""
        return {**super().columns(case), "holds": truths(case.batch, "holds").astype(np.int64)}
