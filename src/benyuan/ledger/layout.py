"""The ledger's records as NumPy dtypes: accounts in memory, legs asked for, rows journaled, holds open.

An account is one record of 64 bytes, so that a leg touches one cache line an account: 10 million accounts take
640 MB. Ids are positions: record 0 of the accounts is never used.
"""

import numpy as np

ACCOUNT = np.dtype(
    [
        ("debits_pending", np.int64),
        ("debits_posted", np.int64),
        ("credits_pending", np.int64),
        ("credits_posted", np.int64),
        ("last_leg", np.int64),
        ("window_account", np.int64),
        ("period", np.int32),
        ("book", np.uint16),
        ("unit", np.uint16),
        ("code", np.uint16),
        ("flags", np.uint8),
        ("window", np.uint8),
        ("spare", np.int32),
    ]
)
"""An account with its balances. `period` is the window's period that its usage counts in (a day as yyyymmdd, …)."""

LEG = np.dtype(
    [
        ("debit_account", np.int64),
        ("credit_account", np.int64),
        ("amount", np.int64),
        ("ceiling", np.int64),
        ("pending_id", np.int64),
        ("at", np.int64),
        ("reference", np.int64),
        ("timeout_s", np.uint32),
        ("business_date", np.int32),
        ("flags", np.uint16),
        ("code", np.uint16),
        ("follows", np.int16),
    ],
    align=True,
)
"""A leg as it is asked for."""

ANSWER = np.dtype(
    [("moved", np.int64), ("leg", np.int64), ("asked", np.int64), ("status", np.uint8)],
    align=True,
)
"""The answer for one leg."""

ROW = np.dtype(
    [
        ("debit_account", np.int64),
        ("credit_account", np.int64),
        ("amount", np.int64),
        ("ceiling", np.int64),
        ("pending_id", np.int64),
        ("at", np.int64),
        ("reference", np.int64),
        ("debit_previous", np.int64),
        ("credit_previous", np.int64),
        ("debit_after", np.int64),
        ("credit_after", np.int64),
        ("timeout_s", np.uint32),
        ("business_date", np.int32),
        ("flags", np.uint16),
        ("code", np.uint16),
    ],
    align=True,
)
"""A row of the journal; its id is its dense position. `…_after`: posted debits less posted credits of that account."""

REFUSED = np.dtype(
    [
        ("leg_index", np.int64),
        ("account", np.int64),
        ("amount", np.int64),
        ("debits_pending", np.int64),
        ("debits_posted", np.int64),
        ("credits_pending", np.int64),
        ("credits_posted", np.int64),
    ]
)
"""What a leg would have moved, and the balances of the account that refused a chain, at that moment."""

HOLD = np.dtype(
    [
        ("leg", np.int64),
        ("debit_account", np.int64),
        ("credit_account", np.int64),
        ("amount", np.int64),
        ("expires_at", np.int64),
        ("reference", np.int64),
        ("day", np.int32),
        ("flags", np.uint16),
        ("code", np.uint16),
        ("state", np.uint8),
    ],
    align=True,
)
"""A hold. `expires_at` 0: never. `state`: one of the HOLD_ numbers below."""

HOLD_OPEN, HOLD_POSTED, HOLD_VOIDED, HOLD_EXPIRED, NOT_A_HOLD = 0, 1, 2, 3, 4

EXPIRY = np.dtype([("at", np.int64), ("leg", np.int64)])
"""An entry of the heap of expiries: earliest time first, ties by leg id."""
