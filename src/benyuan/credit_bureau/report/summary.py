"""What sums a file up: accounts by type, what is owed and granted, arrears, public records.

Order 2021 No. 4 art. 28: objectively, so only what is shown is counted. Worked number: a card of 20,000.00 yuan with
5,000.00 owed and a line of 10,000.00 with 2,500.00 owed: 7,500.00 of 30,000.00 used, 250,000 ppm.
"""

from collections import Counter
from collections.abc import Sequence

from msgspec import UNSET

from benyuan.credit_bureau.report.accounts import BAD_DEBT, CLOSED, LETTERS, OPEN, Unit, worst_of
from benyuan.credit_bureau.report.sheet import Inquired, PublicRecord, Summary, TypeSum
from benyuan.credit_bureau.vocabulary import NEGATIVE_STATUSES, AccountType

WITH_A_LINE = (
    AccountType.revolving,
    AccountType.credit_card,
    AccountType.semi_credit_card,
    AccountType.under_a_line,
)
PPM = 1_000_000
NEGATIVE = {status.value for status in NEGATIVE_STATUSES}


def summary_of(units: Sequence[Unit], public: Sequence[PublicRecord], inquired: Inquired | None) -> Summary:
    """The figures of some units and public records."""
    running = [unit for unit in units if unit.running]
    arrears = [spell for unit in units for spell in unit.arrears]
    overdue = [latest_of(unit, "overdue_fen") for unit in running]
    bad = [unit for unit in units if unit.state == BAD_DEBT]
    return Summary(
        accounts=len(units),
        open=_count(units, OPEN),
        closed=_count(units, CLOSED),
        first_opened_on=min((unit.line.opened_on for unit in units), default=0),
        types=[_type_sum(kind, units) for kind in AccountType if any(unit.line.type is kind for unit in units)],
        balance_fen=sum(latest_of(unit, "balance_fen") for unit in running),
        limit_fen=sum(limit_of(unit) for unit in running),
        used_ppm=used_ppm(running),
        overdue_accounts=sum(is_late(unit) for unit in running),
        overdue_fen=sum(overdue),
        bad_debts=len(bad),
        bad_debts_fen=sum(latest_of(unit, "balance_fen") for unit in bad),
        late_accounts=sum(bool(unit.arrears) for unit in units),
        months_late=sum(spell.months for spell in arrears),
        longest_months=max((spell.months for spell in arrears), default=0),
        worst=worst_of([spell.worst for spell in arrears]),
        public=dict(Counter(record.kind for record in public)),
        inquiries=UNSET if inquired is None else inquired,
    )


def _count(units: Sequence[Unit], state: str) -> int:
    return sum(unit.state == state for unit in units)


def _type_sum(kind: AccountType, units: Sequence[Unit]) -> TypeSum:
    of = [unit for unit in units if unit.line.type is kind]
    running = [unit for unit in of if unit.running]
    return TypeSum(
        type=kind.value,
        accounts=len(of),
        open=_count(of, OPEN),
        balance_fen=sum(latest_of(unit, "balance_fen") for unit in running),
        limit_fen=sum(limit_of(unit) for unit in running),
    )


def latest_of(unit: Unit, name: str) -> int:
    """A figure of the latest month shown; 0 where none is."""
    return unit.rows[-1][name] if unit.rows else 0


def limit_of(unit: Unit) -> int:
    """The line as the latest month has it, else as it was opened."""
    return latest_of(unit, "limit_fen") or unit.line.limit_fen


def is_late(unit: Unit) -> bool:
    """Whether the latest month shown is negative."""
    return bool(unit.rows) and LETTERS[unit.rows[-1]["status"]] in NEGATIVE


def used_ppm(running: Sequence[Unit]) -> int | None:
    """Of the lines that are open so much is used, rounded down; None where there's no line."""
    lines = [unit for unit in running if unit.line.type in WITH_A_LINE and limit_of(unit) > 0]
    granted = sum(limit_of(unit) for unit in lines)
    return sum(latest_of(unit, "balance_fen") for unit in lines) * PPM // granted if granted else None
