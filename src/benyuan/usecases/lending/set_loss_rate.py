"""A row of the lender's table of chances of default and loss at default; the rows of one day make one version.

Worked number: rows from 0, 1, 31 and 91 days overdue on; a loan 45 days overdue takes the row of 31.
"""

import numpy as np

from benyuan.consumer_finance.records import LENDER, LOSS_RATE, LOSS_RATE_SET, PRODUCT
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, MaybeId, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.lending.set_lending_policy import Days, SharePpm

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

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists; the product is the lender's; no default ever is less likely than within a year."""
        batch, product = case.batch, case.batch.integers("product")
        others = (product != 0) & (case.facts["product_lender"] != batch.integers("lender"))
        less = batch.integers("default_life_ppm") < batch.integers("default_year_ppm")
        return {
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
