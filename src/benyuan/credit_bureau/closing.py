"""When an account was closed, as far as the months that its member furnished tell: for who may still look at it.

Source: our choice after PBoC Order [2005] No. 3, art. 12(4), care for credit that was granted; an account that is
closed needs none. Only that it ended is told, never how. Worked number: months with the status N in April and C in May
make May; a later file with N in June makes the account open again; one with N for March leaves May as it is.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.sieves import ENDS

Ints = NDArray[np.int64]


def closed_months(records: NDArray[Any], *, accounts: Ints, closed: Ints) -> tuple[Ints, Ints]:
    """The accounts of which the latest month in the records changes when they were closed, and the month; 0: open.

    `accounts`: those of the records, each once and in order, with the month of closing that is known of each.
    """
    last = np.lexsort((records["month"], records["account"]))
    ordered = records[last]
    latest = ordered[np.append(ordered["account"][1:] != ordered["account"][:-1], True)[: len(ordered)]]
    month = latest["month"].astype(np.int64)
    known = closed[np.searchsorted(accounts, latest["account"])]
    now = np.where(ENDS[latest["status"]] & (month >= known), month, np.where(month >= known, 0, known))
    changed = now != known
    return latest["account"][changed].astype(np.int64), now[changed]
