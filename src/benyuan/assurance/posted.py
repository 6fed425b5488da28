"""What stands on every account at the end of a business date: a row that arrives late counts on its own date.

Worked number: 34.56 posted at ten past midnight of June 2nd and dated June 1st are in the balances of June 1st; asked
as known at a log position before that row they are not.
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

    def net(self, accounts: Ints) -> Ints:
        """The same of several accounts."""
        made: Ints = self.debits[accounts] - self.credits[accounts]
        return made


def posted_by(group: Group, *, date: int, seen: int = 0) -> Posted:
    """What is dated up to `date` (yyyymmdd): what stands now less what is dated later.

    `seen`: as known at a log position, without what was posted after it; 0: at the log's end.
    """
    held = group.ledger.state.accounts[: group.ledger.account_count + 1]
    debited, credited = (held[name].astype(np.int64) for name in ("debits_posted", "credits_posted"))
    unknown = [group.ledger.movements_known_later(leg=legs_at(group, seen), date=date)] if seen else []
    for movements in (group.ledger.movements_dated_after(date), *unknown):
        for later in movements:
            np.subtract.at(debited, later.debit_account, later.posted)
            np.subtract.at(credited, later.credit_account, later.posted)
    return Posted(debits=debited, credits=credited)


def legs_at(group: Group, seen: int) -> int:
    """The last leg that was posted when the block of a log position had been written."""
    if seen >= group.position:
        return int(group.ledger.leg_count)
    block = group.reader.at_position(seen).block
    return block.first_leg + block.legs - 1
