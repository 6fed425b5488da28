"""Settlement: a merchant is paid out what it received up to yesterday, or an earlier day, or with T+0 up to now.

Sources: PBoC Announcement [2013] No. 9, art. 30 (thirty days at the latest); 银发〔2016〕261号, item 二（十二）
(who may have T+0). Worked number: of 700.00 received yesterday, 300.00 today and 100.00 refunded today, 600.00 go out.
What a dispute holds stays: with 50.00 of today's on hold it is still 600.00, with 50.00 of yesterday's 550.00.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.licences import licence_gate
from benyuan.payments.merchant_stops import BEHIND_MERCHANT, IS_SETTLED
from benyuan.payments.records import DUTY_DONE, INSTITUTION, MERCHANT_SETTLED, STANDING
from benyuan.payments.settlement import came_since, open_duties
from benyuan.rules import RulePack
from benyuan.usecases.common import MERCHANT_NEED, Id, Truth, Yyyymmdd, day_exists, faults_where, no_such_day, rows
from benyuan.usecases.pay import moved_by
from benyuan.values.dates import add_calendar_days

LATEST = "acq.settle.latest_days"
T0_ON_BOARD, T0_NORMAL = "acq.t0.min_days_since_onboard", "acq.t0.min_normal_days"


@command("settle", version=2)
class Settle(Command, frozen=True, kw_only=True):
    """Pay `merchant` out what it received up to yesterday, or `through` an earlier day; `same_day`: today's as well."""

    merchant: Id
    same_day: Truth = False
    through: Yyyymmdd = 0


def wants_today(case: Case) -> NDArray[np.bool_]:
    """Where T+0 is asked for."""
    return np.array(case.batch.values("same_day"), np.bool_)


def through_day(batch: Batch) -> NDArray[np.int64]:
    """The last day whose receipts are asked for."""
    asked, yesterday = batch.integers("through"), add_calendar_days(batch.on, -1)
    today = np.array(batch.values("same_day"), np.bool_)
    return np.asarray(np.where(today, batch.on, np.where(asked == 0, yesterday, asked)), np.int64)


def days_enough(rule: str, since: str) -> Gate:
    """T+0 only after so many whole days since a date on the merchant."""

    def passes(case: Case) -> NDArray[np.bool_]:
        asked = wants_today(case)
        if not asked.any():
            return ~asked
        needed = case.rules.value(id=rule, on=case.batch.on).count
        began = case.facts[since]
        latest = add_calendar_days(case.batch.on, -needed)
        return np.asarray(~asked | ((began != 0) & (began <= latest)), np.bool_)

    def figures(case: Case, place: int) -> dict[str, int]:
        needed = case.rules.value(id=rule, on=case.batch.on).count
        began = int(case.facts[since][place])
        return {"days_needed": needed, **({"since_on": began} if began else {})}

    return Gate(rule=rule, passes=passes, figures=figures, applies=wants_today)


class SettleMerchant(UseCase):
    """Decides settlements in columns, over what each merchant received today."""

    command = Settle
    needs = (
        MERCHANT_NEED,
        *BEHIND_MERCHANT,
        Need(table=INSTITUTION, by="merchant_institution", prefix="institution"),
        Need(table=STANDING, by="merchant_institution", prefix="standing"),
    )
    gates = (
        licence_gate(business="card_acquiring"),
        *IS_SETTLED,
        days_enough(T0_ON_BOARD, "merchant_registered_on"),
        days_enough(T0_NORMAL, "merchant_normal_since"),
    )
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What a merchant has coming is shared by its settlements."""
        return (batch.integers("merchant"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What each merchant has that is not on hold, what of it came later, and its open duty of settlement."""
        del rules
        merchant, account, through = batch.integers("merchant"), facts["merchant_account"], through_day(batch)
        later = np.zeros(len(batch), np.int64)
        for day in np.unique(through[through < batch.on]).tolist():
            if day_exists(day):
                of_day = through == day
                later[of_day] = came_since(books, merchant[of_day], accounts=account[of_day], date=day)
        columns = {
            "available_fen": books.available(account),
            "later_fen": later,
            "overdue_duty": open_duties(books, merchant),
        }
        return columns, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists and is over; without one where today's is paid out as well."""
        batch, asked = case.batch, case.batch.integers("through")
        to_come = (asked >= batch.on) | (wants_today(case) & (asked != 0))
        return {
            **faults_where(to_come, batch, "through", "a day that is over, or 0"),
            **no_such_day(batch, "through", none=True),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """One leg, where there is something."""
        due = case.facts["available_fen"] - case.facts["later_fen"]
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        table.add(
            where=goes_on & (due > 0),
            debit=case.facts["merchant_account"],
            credit=case.facts["institution_first_account"] + Own.clearing_out,
            amount=np.maximum(due, 0),
            code=LegCode.settlement,
        )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """What was paid out, in fen; the day up to which the merchant is settled."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        through, duty = through_day(batch), case.facts["overdue_duty"]
        latest = case.rules.in_force(id=LATEST, on=batch.on)
        caught_up = through >= add_calendar_days(batch.on, -latest.count) if latest else True
        until = np.maximum(through, case.facts["merchant_settled_through"])
        settled = rows(accepted, id=batch.integers("merchant"), settled_through=until)
        done = rows(accepted & (duty != 0) & caught_up, id=duty, done_on=batch.on)
        return Recorded(
            results={"settled_fen": moved_by(decided, LegCode.settlement)},
            events=[*event(MERCHANT_SETTLED, settled), *event(DUTY_DONE, done)],
        )
