"""Large-value reports: who reached a threshold in a day, one side at a time (银发〔2018〕163号, items 二, 三, 七).

Worked number: a person who tops up 300,000 and later 200,000 yuan in one day has taken in 500,000, which is at the
threshold, so a report on the inflow falls due.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.usecase import Case
from benyuan.payments.flows import OF_MERCHANT, OF_PERSON

THRESHOLDS = {OF_PERSON: "aml.large.natural_domestic", OF_MERCHANT: "aml.large.nonnatural"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeValues:
    """Flows at or above their threshold, a value each: kind and id of the customer, direction, sort, fen."""

    subject_kind: NDArray[np.int64]
    subject: NDArray[np.int64]
    direction: NDArray[np.int64]
    sort: NDArray[np.int64]
    amount_fen: NDArray[np.int64]


def large_values(case: Case, *, on: int) -> LargeValues:
    """The day's flows that must be reported."""
    case.rules.value(id="aml.large.aggregate", on=on)
    case.rules.value(id="aml.large.psp_bank_to_bank", on=on)
    flows = case.facts.flows
    thresholds = np.zeros(max(THRESHOLDS) + 1, np.int64)
    for kind, rule in THRESHOLDS.items():
        thresholds[kind] = case.rules.value(id=rule, on=on).fen
    large = flows["amount_fen"] >= thresholds[flows["subject_kind"]]
    return LargeValues(
        subject_kind=flows["subject_kind"][large],
        subject=flows["subject"][large],
        direction=flows["direction"][large],
        sort=flows["sort"][large],
        amount_fen=flows["amount_fen"][large],
    )


def due_on(case: Case, *, completed_on: int) -> int:
    """The last day for the report of a transfer completed on a day."""
    days = case.rules.value(id="aml.large.deadline", on=completed_on).count
    return case.calendar.add_working_days(completed_on, days)
