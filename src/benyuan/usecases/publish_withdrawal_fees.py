"""What an institution takes of withdrawals from a day on, published before; small ones are free.

Sources: PBoC Order [2024] No. 4, art. 62; State Council Order 768, art. 34. Nothing is taken until a fee was published,
so the first one is a change for every customer, and is shown for thirty days as any other.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.payments.fees import WITHDRAWAL_FEE, WITHDRAWAL_FEES_PUBLISHED
from benyuan.usecases.common import INSTITUTION_NEEDS, Count, Id, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.publish_fees import NOTICE, Rate
from benyuan.values.dates import add_calendar_days

FIGURES = ("from_date", "rate_ppm", "free_each_fen")


@command("publish_withdrawal_fees")
class PublishWithdrawals(Command, frozen=True, kw_only=True):
    """From `from_date` on `institution` takes `rate_ppm` of a withdrawal of more than `free_each_fen`."""

    institution: Id
    from_date: Yyyymmdd
    rate_ppm: Rate
    free_each_fen: Count


def noticed(case: Case) -> NDArray[np.bool_]:
    """It takes effect so many days after it was published."""
    days = case.rules.value(id=NOTICE, on=case.batch.on).count
    earliest = add_calendar_days(case.batch.on, days)
    return np.asarray(case.batch.integers("from_date") >= earliest, np.bool_)


class PublishWithdrawalFees(UseCase):
    """Records it with its first day; what is in force is never changed in place."""

    command = PublishWithdrawals
    needs = INSTITUTION_NEEDS
    gates = (
        Gate(
            rule=NOTICE,
            passes=noticed,
            figures=lambda case, place: {"from_on": int(case.batch.integers("from_date")[place])},
        ),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What was published last of a day counts."""
        return (batch.integers("institution"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists and has not passed."""
        past = case.batch.integers("from_date") < case.batch.on
        wrong = faults_where(past, case.batch, "from_date", "today or a later day")
        return {**wrong, **no_such_day(case.batch, "from_date")}

    def record(self, decided: Decided) -> Recorded:
        """The fee and its first day."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[WITHDRAWAL_FEE.name])
        named = {name: batch.integers(name) for name in FIGURES}
        published = rows(accepted, id=ids, owner=batch.integers("institution"), **named)
        return Recorded(results={}, events=event(WITHDRAWAL_FEES_PUBLISHED, published))
