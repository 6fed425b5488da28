"""Whose records of suitability are over their term: so many years after the relationship has ended.

Source: Order 2025 No. 7 of the NFRA, art. 17. The relationship ends on the day on which the last wallet was closed, or
later, when the last of what was bought has been paid back; who holds something that was bought, and neither cancelled
nor given back, or a wallet, has a relationship. Worked number: ended on 2026-06-30, kept through 2031-06-30, due from
2031-07-01 on. Other rules may keep the same records longer: this list erases nothing.
"""

from typing import Any

import numpy as np

from benyuan.consumer_protection.suitability.records import INVESTOR, REDEMPTION, SALE, TEST
from benyuan.engine.group import Group
from benyuan.payments.records import WALLET
from benyuan.values.dates import MONTHS_A_YEAR, add_months

RECORDS = "suit.records"


def ended_on(group: Group, *, person: int) -> int:
    """The day (yyyymmdd) on which a person's relationship ended; 0 while there is one."""
    wallets = group.records.tables[WALLET.name]
    own = np.flatnonzero(wallets.column("person") == person)
    closed = wallets.column("closed_on")[own[own > 0]]
    sales = group.records.tables[SALE.name]
    bought = sales.all_with("person", person)
    ends = [_sale_ended_on(group, sale=sale) for sale in bought.tolist()]
    if 0 in ends or not len(closed) or (closed == 0).any():
        return 0
    return max(int(closed.max()), *ends, 0)


def _sale_ended_on(group: Group, *, sale: int) -> int:
    """The day on which a sale was cancelled, or the last of its shares were given back and paid; 0 while it runs."""
    cancelled = int(group.records.tables[SALE.name].column("cancelled_on")[sale])
    held = group.records.tables[REDEMPTION.name]
    places = held.all_with("sale", sale)
    if cancelled or not len(places) or held.column("left_shares")[places[-1]]:
        return cancelled
    paid = held.column("paid_on")[places]
    return int(paid.max()) if (paid != 0).all() else 0


def records_due(group: Group, *, on: int) -> list[dict[str, Any]]:
    """Each investor whose records are over their term on a day, with the last day on which they had to be kept.

    Errors: RuleNotInForce, where no rule on such records is in force on the day.
    """
    years = group.regime.pack.value(id=RECORDS, on=on).count
    held, found = group.records.tables[INVESTOR.name], []
    for person in held.ids().tolist():
        ended = ended_on(group, person=person) if person else 0
        last = add_months(ended, MONTHS_A_YEAR * years) if ended else 0
        if ended and last < on:
            tests, sales = (group.records.tables[table.name].all_with("person", person) for table in (TEST, SALE))
            counts = {"tests": len(tests), "sales": len(sales)}
            found.append({"person": person, "ended_on": ended, "kept_through": last, **counts})
    return found
