"""What stands on every account at the end of a business date: a row that arrives late counts on its own date.

Worked number: 34.56 posted at ten past midnight of June 2nd and dated June 1st are in the balances of June 1st.
"""

from dataclasses import dataclass

import numpy as np

from benyuan.consumer_finance.columns import Ints
from benyuan.engine.group import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """All that was posted to every account up to a business date; the value of account n stands at place n."""

    debits: Ints
    credits: Ints

    def balance(self, account: int) -> int:
        """Debits less credits."""
        return int(self.debits[account] - self.credits[account])


def posted_by(group: Group, *, date: int) -> Posted:
    """What is dated up to `date` (yyyymmdd): what stands now less what is dated later."""
    held = group.ledger.state.accounts[: group.ledger.account_count + 1]
    debited, credited = (held[name].astype(np.int64) for name in ("debits_posted", "credits_posted"))
    for later in group.ledger.movements_dated_after(date):
        np.subtract.at(debited, later.debit_account, later.posted)
        np.subtract.at(credited, later.credit_account, later.posted)
    return Posted(debits=debited, credits=credited)
