"""A member corrects months that it has furnished: the right ones are taken, the wrong ones leave the file.

Sources: State Council Order 631, art. 25 ¶3 (what is wrong is corrected); PBoC Order [2021] No. 4, art. 18. The
records are sifted as when furnished; each stands in place of all earlier ones of its account and month, which are
erased. Where there was none, it is added.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.records import RECORDS_ERASED
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.usecase import Decided, Recorded, Survey
from benyuan.rules import RulePack
from benyuan.usecases.bureau.furnish_months import MonthsTaken
from benyuan.usecases.bureau.furnishing import CONTENT, ParcelFields

Ints = NDArray[np.int64]
A_MONTH = 1_000_000
"""A number above every month, so that account and month make one number."""


@command("correct_months", version=2, personal=CONTENT, brings=MONTH)
class CorrectionFields(ParcelFields, frozen=True, kw_only=True):
    """`member` furnishes the right months in place of wrong ones at `bureau`."""


class CorrectMonths(MonthsTaken):
    """Looks for what the records stand in place of."""

    command = CorrectionFields
    reads_sealed = True

    def survey(self, batch: Batch, facts: Mapping[str, Ints], books: Books, rules: RulePack) -> Survey:
        """Besides what is known of each account, the records of these accounts that there are."""
        columns, flows = super().survey(batch, facts, books, rules)
        if batch.parcel is None:
            return columns, flows
        found = books.furnished(MONTH, np.unique(batch.parcel["account"]).tolist())
        there = {
            "held_month": month_numbers(found.records["account"], found.records["month"]),
            "held_position": found.position,
            "held_page": found.page,
            "held_row": found.row,
        }
        return columns, {**flows, **there}

    def record(self, decided: Decided) -> Recorded:
        """The parcel; and what it stands in place of is erased."""
        recorded = super().record(decided)
        records, flows = decided.case.batch.parcel, decided.case.facts.flows
        if records is None or not decided.accepted.all():
            return recorded
        wrong = np.isin(flows["held_month"], month_numbers(records["account"], records["month"]))
        gone = {"id": flows["held_position"][wrong], "page": flows["held_page"][wrong], "row": flows["held_row"][wrong]}
        erased = np.array([int(wrong.sum())], np.int64)
        return Recorded(
            results={**recorded.results, "erased": erased},
            events=[*recorded.events, *event(RECORDS_ERASED, gone)],
        )


def month_numbers(account: NDArray[np.int64], month: NDArray[np.int32]) -> Ints:
    """One number for account and month."""
    numbers: Ints = account * A_MONTH + month
    return numbers
