"""Flags of accounts, legs and journal rows, and the bounds of the ledger's integers."""

from enum import IntEnum, IntFlag

AMOUNT_MAX = (1 << 63) - 1
"""The largest amount and balance, in minor units; as a leg's amount it means "all there is", as a ceiling "none"."""

NO_CEILING = AMOUNT_MAX


class AccountFlag(IntFlag):
    """How an account is bound. `closed` is the ledger's own: a closing leg sets it."""

    linked = 1
    debits_must_not_exceed_credits = 2
    credits_must_not_exceed_debits = 4
    closed = 8


ACCOUNT_FLAGS_OF_USERS = (
    AccountFlag.linked | AccountFlag.debits_must_not_exceed_credits | AccountFlag.credits_must_not_exceed_debits
)


class LegFlag(IntFlag):
    """What a leg does. The last two are the journal's own: no caller may set them."""

    linked = 1
    pending = 2
    post_pending_transfer = 4
    void_pending_transfer = 8
    balancing_debit = 16
    balancing_credit = 32
    closing_debit = 64
    closing_credit = 128
    following_moved = 256
    following_left = 512
    expiry = 1024
    window_reset = 2048
    window_turned = 4096


LEG_FLAGS_OF_USERS = LegFlag(1023)


class Window(IntEnum):
    """How long a usage account counts before it starts again at zero. Days are those of China Standard Time."""

    lifetime = 0
    day = 1
    month = 2
    calendar_year = 3


WINDOW_DIVISOR = (0, 1, 100, 10000)
"""A day as `yyyymmdd` divided by this gives the period it falls into; 0: there is one period for ever."""
