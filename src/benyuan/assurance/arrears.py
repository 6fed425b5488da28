"""How late accounts are at the end of a day, by the months since the oldest due day that was missed."""

import numpy as np

from benyuan.closing.asof import last_steps
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.records import ACCOUNT, ACCOUNT_STEP
from benyuan.engine.group import Group
from benyuan.values.days import day_numbers

MONTH_DAYS = 30


def account_standing(group: Group, accounts: Ints, *, day: int) -> dict[str, Ints]:
    """At the end of a day: what the last statement asked, what came in since, whether it was paid whole, months late.

    Columns `stated_fen`, `paid_fen`, `whole` (0 or 1), `months_late` (0: nothing is late).
    """
    rows, steps = group.records.tables[ACCOUNT.name], group.records.tables[ACCOUNT_STEP.name]
    last = last_steps(
        last=rows.column("last_step")[accounts],
        on_date=steps.column("on_date"),
        previous=steps.column("previous"),
        day=day,
    )
    held = {name: steps.column(name)[last] for name in steps.table.columns}
    oldest = held["oldest_due_on"]
    late = oldest != 0
    days = day_numbers(np.full(len(late), day)) - day_numbers(np.where(late, oldest, day))
    asked = held["billed_fen"] + held["interest_fen"] + held["fees_fen"]
    return {
        "stated_fen": held["stated_fen"],
        "paid_fen": held["paid_since_fen"],
        "whole": (asked == 0).astype(np.int64),
        "months_late": np.where(late, days // MONTH_DAYS + 1, 0),
    }
