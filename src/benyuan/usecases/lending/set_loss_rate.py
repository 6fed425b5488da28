"""A row of the lender's table of chances of default and loss at default; the rows of one day make one version.

A version may be dated back, but not to a day of which anything is closed: what a closed day was reckoned with stays
what it was, and no shard of a day goes by another table than the next. Of two rows of one version for the same product
and days the later counts. Worked number: rows from 0, 1, 31 and 91 days overdue on; a loan 45 days overdue takes the
row of 31.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import LENDER, LOSS_RATE, LOSS_RATE_SET, PRODUCT
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, MaybeId, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.lending.set_lending_policy import Days, SharePpm
from benyuan.usecases.lending.shared import closed_faults, last_begun

NAMES = ("lender", "from_date", "product", "days_from", "default_year_ppm", "default_life_ppm", "loss_ppm")


@command("set_loss_rate")
class LossRateFields(Command, frozen=True, kw_only=True):
    """From `days_from` days overdue on, for `product` (0: all that have no rows of their own), in millionths.

    `default_year_ppm` and `default_life_ppm` are the chances of default within a year and ever, `loss_ppm` what is lost
    then. The version of `from_date` replaces all earlier rows from that day on.
    """

    lender: Id
    from_date: Yyyymmdd
    days_from: Days
    default_year_ppm: SharePpm
    default_life_ppm: SharePpm
    loss_ppm: SharePpm
    product: MaybeId = 0


class SetLossRate(UseCase):
    """Keeps the row."""

    command = LossRateFields
    needs = (
        Need(table=LENDER, by="lender", prefix="lender"),
        Need(table=PRODUCT, by="product", prefix="product"),
    )
    surveys = True
    alone = False

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The last day of each lender of which anything is closed, 0 for none."""
        del facts, rules
        return {"book_last_begun": last_begun(books, batch.integers("lender"))}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists and nothing of it is closed; the product is the lender's; no default ever is less likely."""
        batch, product = case.batch, case.batch.integers("product")
        others = (product != 0) & (case.facts["product_lender"] != batch.integers("lender"))
        less = batch.integers("default_life_ppm") < batch.integers("default_year_ppm")
        return {
            **closed_faults(case),
            **faults_where(np.asarray(less, np.bool_), batch, "default_life_ppm", "no less than default_year_ppm"),
            **faults_where(np.asarray(others, np.bool_), batch, "product", "a product of the lender, or 0"),
            **no_such_day(batch, "from_date"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The row."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[LOSS_RATE.name])
        columns = {"id": ids} | {name: batch.integers(name) for name in NAMES}
        return Recorded(results={}, events=event(LOSS_RATE_SET, rows(accepted, **columns)))
