"""A person reads their own report: twice a calendar year free, and as often as they like.

Sources: State Council Order 631, art. 17; PBoC Order [2021] No. 4, art. 25. Order of checks: the name is the one on
file; then the ledger: no more than two free ones a year. Worked number: the third of 2026 is refused with limit 2, used
2, asked 1; asked for with `paid` it is given, and is charged for. Nobody pays while a free one is left.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.chart import BureauLeg
from benyuan.credit_bureau.records import INQUIRY
from benyuan.credit_bureau.shown import SAME_NAME, ShownPerson
from benyuan.credit_bureau.vocabulary import PRODUCT_NUMBER, PURPOSE_NUMBER, SECTIONS_OF, Product, Purpose
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.decisions.words import truths
from benyuan.rules import RulePack
from benyuan.usecases.bureau.claims import owners_faults
from benyuan.usecases.bureau.inquiring import Digest, Seen, inquiry_events, inquiry_ids, seen_faults
from benyuan.usecases.bureau.subjects import FILE_NEEDS
from benyuan.values.dates import local_days

FREE = "cr.report.free_per_year"
A_YEAR = 10_000  # tidy: number of a date's digits


@command("read_own_report", personal=("number", "full_name", "shown"), identified=True)
class OwnReportFields(ShownPerson, frozen=True, kw_only=True):
    """The person has `bureau` show them their own report; `paid`: against a fee, which is the bureau's to set.

    `seen` and `shown` as of `inquire`.
    """

    paid: bool = False
    seen: Seen
    shown: Digest = ""


def free_reports(books: Books, *, subject: int, year: int) -> int:
    """How many of a year's free reports a person has had."""
    if not subject:
        return 0
    rows = books.all_with(INQUIRY, "subject", subject)
    in_year = local_days(books.column(INQUIRY, "at")[rows]) // A_YEAR == year
    return int((in_year & (books.column(INQUIRY, "free")[rows] != 0)).sum())


class ReadOwnReport(UseCase):
    """Books one of the year's free reports, and records what was shown to whom."""

    command = OwnReportFields
    needs = FILE_NEEDS
    gates = (SAME_NAME,)
    rules = (FREE,)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """How many free reports the person has had this year."""
        del rules
        had = free_reports(books, subject=int(facts["identity_subject"][0]), year=batch.on // A_YEAR)
        return {"free_had": np.array([had])}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The person has a file here, and pays only where no free report is left."""
        limit = case.rules.value(id=FREE, on=case.batch.on).count
        needless = truths(case.batch, "paid") & (case.facts["free_had"] < limit)
        wanted = "false: a free report of this year is left"
        pays = {
            place: Invalid(field="paid", value=True, constraint=wanted) for place in np.flatnonzero(needless).tolist()
        }
        return owners_faults(case, {**pays, **seen_faults(case.batch)})

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """One free report, unless it is paid for."""
        free = goes_on & ~truths(case.batch, "paid") & case.facts.found("subject")
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        if free.any():
            table.add(
                where=free,
                debit=case.facts["subject_usage"],
                credit=case.facts["bureau_control"],
                amount=1,
                code=BureauLeg.free_report,
                ceiling=case.rules.value(id=FREE, on=case.batch.on).count,
                rule=self.rules.index(FREE),
            )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The look, by the person."""
        case, sections = decided.case, int(SECTIONS_OF[Purpose.own])
        free = (~truths(case.batch, "paid")).astype(np.int64)
        events = inquiry_events(
            decided,
            subject=case.facts["identity_subject"],
            purpose=PURPOSE_NUMBER[Purpose.own],
            sections=sections,
            product=PRODUCT_NUMBER[Product.report],
            free=free,
        )
        ids = inquiry_ids(case, decided.accepted)
        shown = np.full(len(case.batch), sections)
        return Recorded(results={"inquiry": ids, "sections": shown, "free": free}, events=events)
