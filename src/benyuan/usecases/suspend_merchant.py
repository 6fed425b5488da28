"""A merchant takes no more payments: under suspicion, not verified, or on the black list.

Sources: PBoC Announcement [2013] No. 9, art. 34; 银发〔2021〕259号, item 二（一）; 银发〔2017〕296号, art. 23.
Worked number: listed on 1 May, it must have left by 11 May.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.flows import OF_MERCHANT
from benyuan.payments.merchant_stops import RULES, left_faults, stop_bits
from benyuan.payments.records import DUTY, DUTY_AROSE, MERCHANT_STOPS_CHANGED
from benyuan.payments.vocabulary import MERCHANT_STOP_BIT, DutyKind, MerchantStop
from benyuan.usecases.common import MERCHANT_NEED, Id, Reference, Yyyymmdd, day_exists, faults_where, numbered, rows
from benyuan.values.dates import add_calendar_days

EXIT_DAYS = RULES[MerchantStop.black_list]


@command("suspend_merchant")
class SuspendShop(Command, frozen=True, kw_only=True):
    """Stop `merchant` for a `stop`; `since`: the day of the listing or finding, 0: today."""

    merchant: Id
    stop: MerchantStop
    since: Yyyymmdd = 0
    reference: Reference


def since_on(case: Case) -> NDArray[np.int64]:
    """The day of the listing or finding."""
    since = case.batch.integers("since")
    return np.where(since == 0, case.batch.on, since)


class SuspendMerchant(UseCase):
    """Adds a reason; one that is black-listed has a day by which it must have left."""

    command = SuspendShop
    needs = (MERCHANT_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The reasons of a merchant are shared."""
        return (batch.integers("merchant"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The merchant is served; the day exists and is not to come; the rule is in force."""
        for reason in set(case.batch.values("stop")):
            case.rules.value(id=RULES[MerchantStop(reason)], on=case.batch.on)
        since = since_on(case)
        absent = np.array([not day_exists(int(date)) for date in since], np.bool_)
        return {
            **faults_where(since > case.batch.on, case.batch, "since", "no later than today"),
            **faults_where(absent, case.batch, "since", "a day that exists, as yyyymmdd"),
            **left_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The reasons; for a black-listed merchant the duty to clear it out."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        changed = {"id": batch.integers("merchant"), "stops": facts["merchant_stops"] | stop_bits(batch)}
        known = (facts["merchant_stops"] & MERCHANT_STOP_BIT[MerchantStop.black_list]) != 0
        listed = accepted & batch.equals("stop", MerchantStop.black_list.value) & ~known
        duty, due = numbered(listed, facts.next_ids[DUTY.name]), np.zeros(len(batch), np.int64)
        if listed.any():
            days = case.rules.value(id=EXIT_DAYS, on=batch.on).count
            due[listed] = [add_calendar_days(since, days) for since in since_on(case)[listed].tolist()]
        owed = {
            "kind": int(DutyKind.merchant_exit),
            "institution": facts["merchant_institution"],
            "subject_kind": OF_MERCHANT,
            "subject": batch.integers("merchant"),
            "arose_on": batch.on,
            "due_on": due,
            **dict.fromkeys(("direction", "sort", "amount_fen", "done_on"), 0),
        }
        return Recorded(
            results={"duty": duty, "due_on": due},
            events=[
                *event(MERCHANT_STOPS_CHANGED, rows(accepted, **changed)),
                *event(DUTY_AROSE, rows(listed, id=duty, **owed)),
            ],
        )
