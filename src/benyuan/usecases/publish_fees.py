"""What a plan takes from a day on, published before: a change is shown for thirty days before it takes effect.

Sources: PBoC Order [2024] No. 4, art. 62; State Council Order 768, art. 34.
"""

from collections.abc import Sequence
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.payments.fees import FEE_TERMS, FEE_TERMS_PUBLISHED, WHOLE_PPM
from benyuan.payments.records import FEE_PLAN, FEE_RATE, FEES_PUBLISHED
from benyuan.usecases.common import Id, Truth, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.values.dates import add_calendar_days

NOTICE = "pay.fee.change_notice_days"
Rate: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=WHOLE_PPM)]


@command("publish_fees", version=2)
class Publish(Command, frozen=True, kw_only=True):
    """From `from_date` on `plan` takes `rate_ppm` of each payment; without a concession it would be `standard_ppm`.

    `returned`: the fee goes back to the merchant, in proportion, with what is refunded.
    """

    plan: Id
    from_date: Yyyymmdd
    rate_ppm: Rate
    standard_ppm: Rate
    returned: Truth = False


def changes(case: Case) -> NDArray[np.bool_]:
    """Where the plan has taken something before, so that this changes it."""
    return case.facts.found("rate")


def noticed(case: Case) -> NDArray[np.bool_]:
    """A change takes effect so many days after it was published."""
    changed = changes(case)
    if not changed.any():
        return ~changed
    days = case.rules.value(id=NOTICE, on=case.batch.on).count
    earliest = add_calendar_days(case.batch.on, days)
    return np.asarray(~changed | (case.batch.integers("from_date") >= earliest), np.bool_)


class PublishFees(UseCase):
    """Records a rate with its first day; a rate that is in force is never changed in place."""

    command = Publish
    needs = (Need(table=FEE_PLAN, by="plan", prefix="plan"), Need(table=FEE_RATE, by="plan", prefix="rate"))
    gates = (
        Gate(
            rule=NOTICE,
            passes=noticed,
            figures=lambda case, place: {"from_on": int(case.batch.integers("from_date")[place])},
            applies=changes,
        ),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether a plan has a rate is shared."""
        return (batch.integers("plan"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists and has not passed; a concession lowers the rate."""
        batch = case.batch
        past = batch.integers("from_date") < batch.on
        above = batch.integers("rate_ppm") > batch.integers("standard_ppm")
        return {
            **faults_where(above, batch, "rate_ppm", "no more than the standard rate"),
            **faults_where(past, batch, "from_date", "today or a later day"),
            **no_such_day(batch, "from_date"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The rate and its first day."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[FEE_RATE.name])
        named = {name: batch.integers(name) for name in ("from_date", "rate_ppm", "standard_ppm")}
        published = rows(accepted, id=ids, owner=batch.integers("plan"), **named)
        terms = rows(
            accepted,
            id=numbered(accepted, decided.case.facts.next_ids[FEE_TERMS.name]),
            owner=batch.integers("plan"),
            from_date=batch.integers("from_date"),
            returned=np.array(batch.values("returned"), np.int64),
        )
        return Recorded(
            results={"rate": ids},
            events=[*event(FEES_PUBLISHED, published), *event(FEE_TERMS_PUBLISHED, terms)],
        )
