"""The steps of loans or accounts within a month, walked back chain by chain, all chains at once.

A step that was done anew, because money had arrived earlier, is in no chain any more and so isn't counted. Worked
number: 100.00 on the 3rd and 50.00 on the 9th are 150.00 paid, last on the 9th.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benyuan.consumer_finance.columns import Ints
from benyuan.engine.records import TableColumns


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What happened in a month, one row a chain.

    `paid_on`: the last day on which something was paid. `cured_on`: the first day of the month on which there were no
    arrears, by the steps; 0 for none. `earlier`: the last step before the month, 0 where the chain began in it.
    """

    paid_fen: Ints
    paid_on: Ints
    cured_on: Ints
    earlier: Ints


def walked(steps: TableColumns, last: Ints, *, since: int, paid: Sequence[int]) -> Walked:
    """From the last steps of a month back to those up to and with the day `since`, the last one of the month before."""
    on_date, previous, oldest = (steps.column(name) for name in ("on_date", "previous", "oldest_due_on"))
    kind, amount = steps.column("kind"), steps.column("amount_fen")
    rows = last.copy()
    fen, paid_on, cured_on = (np.zeros(len(last), np.int64) for _ in range(3))
    within = (rows != 0) & (on_date[rows] > since)
    while within.any():
        here = rows[within]
        pays = np.isin(kind[here], paid)
        fen[within] += np.where(pays, amount[here], 0)
        paid_on[within] = np.where(pays & (paid_on[within] == 0), on_date[here], paid_on[within])
        cured_on[within] = np.where(oldest[here] == 0, on_date[here], cured_on[within])
        rows[within] = previous[here]
        within = (rows != 0) & (on_date[rows] > since)
    return Walked(paid_fen=fen, paid_on=paid_on, cured_on=cured_on, earlier=rows)
