"""Amounts of a wallet that are frozen by law, in the order in which they were (State Council Order 768, art. 27).

A freeze is for an amount, and holds what there is of it: a hold in the ledger, which nothing else reaches and which
never runs out. What is not there yet is short; as long as any freeze of a wallet is short, all of its money is under a
freeze, and nothing leaves it. Worked number: a wallet has 100.00; freezes of 60.00 and then 70.00 hold 60.00 and 40.00,
and the second is short by 30.00. 50.00 come in: the second is secured with 30.00 of them, and 20.00 are free again.
"""

import numpy as np

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Need, Table
from benyuan.payments.records import INSTITUTION, WALLET
from benyuan.payments.suspension import FREEZE, stop_gate

WALLET_FREEZE = Table(
    name="wallet_freeze",
    columns=(
        "wallet",
        "ordered_fen",
        "amount_fen",
        "held_fen",
        "hold",
        "deducted_fen",
        "frozen_on",
        "ended_on",
        "position",
    ),
)
"""`amount_fen`: of what was ordered what still is; `held_fen`: of that what is there; `hold`: the leg, 0: none."""
FREEZE_MADE = folds("wallet_freeze_made", table=WALLET_FREEZE, adds=True)
FREEZE_CHANGED = folds("wallet_freeze_changed", table=WALLET_FREEZE, adds=False)

FREEZE_NEEDS = (
    Need(table=WALLET_FREEZE, by="freeze", prefix="freeze"),
    Need(table=WALLET, by="freeze_wallet", prefix="wallet"),
    Need(table=INSTITUTION, by="wallet_institution", prefix="institution"),
)
"""What is known of the freeze that a command names."""

NOTHING_FROZEN = stop_gate(FREEZE, lambda case: np.asarray(case.facts["wallet_freezes"] != 0, np.bool_))
"""A wallet of which anything is frozen is not closed."""
