"""Gates on what the borrower was told before: the yearly rate, and from its day the all-in cost sheet.

Sources: PBoC Order [2020] No. 5, art. 16(3); PBoC Announcement [2021] No. 3; 金规〔2026〕2号 (综合融资成本明示表).
"""

from collections.abc import Callable

import numpy as np

from benyuan.consumer_finance.columns import Truths
from benyuan.decisions.usecase import Case, Gate

SHEET, RATE = "cost.sheet", "apr.disclose"


def _told(rule: str, field: str) -> Callable[[Case], Truths]:
    def passes(case: Case) -> Truths:
        if case.rules.in_force(id=rule, on=case.batch.on) is None:
            return np.ones(len(case.batch), np.bool_)
        return case.batch.equals(field, True)  # noqa: FBT003  a value of the column

    return passes


COST_SHEET = Gate(rule=SHEET, passes=_told(SHEET, "cost_sheet_confirmed"))
RATE_SHOWN = Gate(rule=RATE, passes=_told(RATE, "rate_shown"))
