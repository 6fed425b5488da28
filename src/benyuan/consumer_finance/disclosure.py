"""The gate on the yearly rate: it was shown before (PBoC Order [2020] No. 5, art. 16(3); Announcement [2021] No. 3)."""

import numpy as np

from benyuan.consumer_finance.columns import Truths
from benyuan.decisions.usecase import Case, Gate

RATE = "apr.disclose"


def _shown(case: Case) -> Truths:
    if case.rules.in_force(id=RATE, on=case.batch.on) is None:
        return np.ones(len(case.batch), np.bool_)
    return case.batch.equals("rate_shown", True)  # noqa: FBT003  a value of the column


RATE_SHOWN = Gate(rule=RATE, passes=_shown)
