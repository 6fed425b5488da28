"""The factors of one file, written to be read: what factors.py does in columns is held equal to this.

Worked number: an account with the statuses 0, 1, 2, 0, 0, 0 was late in two months of six, once more than 30 days, and
its last late month is three months ago.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from benyuan.credit_bureau.score.layout import ABSENT
from benyuan.credit_bureau.score.titles import HALF, MOST_PPM, PPM, WINDOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of one account, as layout.py describes its columns; whatever isn't given was not furnished."""

    status: int = ABSENT
    balance_fen: int = ABSENT
    limit_fen: int = ABSENT
    statement_fen: int = ABSENT
    paid_fen: int = ABSENT


Account = Sequence[Month]
"""An account's months, the latest last."""


def factors_by_hand(accounts: Sequence[Account]) -> dict[str, int]:
    """Every factor of a file; ABSENT where it can't be told."""
    months = [[_of(account, ago) for account in accounts] for ago in reversed(range(WINDOW))]
    return {
        **_arrears([max((month.status for month in each), default=ABSENT) for each in months]),
        **_utilisation(months),
        **_payments(months),
        "accounts": len(accounts),
        "months_known": sum(any(month.status >= 0 for month in each) for each in months),
    }


def _of(account: Account, ago: int) -> Month:
    return account[-1 - ago] if ago < len(account) else Month()


def _share(part: int, whole: int) -> int:
    return min(part * PPM // whole, MOST_PPM) if part >= 0 and whole > 0 else ABSENT


def _sum(amounts: Sequence[int]) -> int:
    known = [amount for amount in amounts if amount >= 0]
    return sum(known) if known else ABSENT


def _mean(shares: Sequence[int]) -> int:
    known = [share for share in shares if share >= 0]
    return sum(known) // len(known) if known else ABSENT


def _arrears(status: Sequence[int]) -> dict[str, int]:
    known = max(status) >= 0
    late = [ago for ago, each in enumerate(reversed(status)) if each > 0]
    very_late = [ago for ago, each in enumerate(reversed(status)) if each > 1]
    return {
        "worst_1m": status[-1],
        "worst_3m": max(status[-HALF:]),
        "worst_6m": max(status),
        "arrears_months_6m": len(late) if known else ABSENT,
        "severe_months_6m": len(very_late) if known else ABSENT,
        "months_since_arrears": min(late, default=WINDOW) if known else ABSENT,
        "months_since_severe": min(very_late, default=WINDOW) if known else ABSENT,
    }


def _utilisation(months: Sequence[Sequence[Month]]) -> dict[str, int]:
    lines = [[month for month in each if month.balance_fen >= 0 and month.limit_fen > 0] for each in months]
    shares = [
        _share(_sum([month.balance_fen for month in each]), _sum([month.limit_fen for month in each])) for each in lines
    ]
    mean = _mean(shares)
    return {
        "utilisation_1m_ppm": shares[-1],
        "utilisation_3m_ppm": _mean(shares[-HALF:]),
        "utilisation_6m_ppm": mean,
        "utilisation_trend_ppm": _share(shares[-1], mean),
    }


def _payments(months: Sequence[Sequence[Month]]) -> dict[str, int]:
    dues = [[month for month in each if month.statement_fen >= 0 and month.paid_fen >= 0] for each in months]
    asked = [_sum([month.statement_fen for month in each]) for each in dues]
    met = [_sum([min(month.paid_fen, month.statement_fen) for month in each]) for each in dues]
    paid = [_sum([month.paid_fen for month in each]) for each in months]
    limit = _sum([month.limit_fen for month in months[-1]])
    known = max(asked) >= 0
    pairs = [(a, m) for a, m in zip(asked, met, strict=True) if a > 0]
    return {
        "paid_share_1m_ppm": _share(met[-1], asked[-1]),
        "paid_share_6m_ppm": _share(_sum(met), _sum(asked)),
        "unpaid_months_6m": sum(m == 0 for _, m in pairs) if known else ABSENT,
        "full_months_6m": sum(m == a for a, m in pairs) if known else ABSENT,
        "paid_to_limit_3m_ppm": _share(_sum(paid[-HALF:]), limit),
        "paid_to_limit_6m_ppm": _share(_sum(paid), limit),
        "paid_3m_fen": _sum(paid[-HALF:]),
        "limit_fen": limit,
    }
