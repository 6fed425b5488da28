"""Accounts, legs, chains, holds, ceilings and windows: what money and limits are booked in."""

from benyuan.ledger.answers import Balance, Balances, Created, Entry, Posted, Refused, TrialBalanceLine
from benyuan.ledger.flags import AMOUNT_MAX, NO_CEILING, AccountFlag, LegFlag, Window
from benyuan.ledger.journal import Journal, MemoryJournal
from benyuan.ledger.ledger import Ledger
from benyuan.ledger.state import LedgerState
from benyuan.ledger.statuses import AccountStatus, LegStatus

__all__ = [
    "AMOUNT_MAX",
    "NO_CEILING",
    "AccountFlag",
    "AccountStatus",
    "Balance",
    "Balances",
    "Created",
    "Entry",
    "Journal",
    "Ledger",
    "LedgerState",
    "LegFlag",
    "LegStatus",
    "MemoryJournal",
    "Posted",
    "Refused",
    "TrialBalanceLine",
    "Window",
]
