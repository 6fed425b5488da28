"""What was debited to an account by day and code: from a time on, taken on leg by leg, and forgotten going back."""

from typing import Any

import numpy as np

from benyuan.ledger import Ledger
from benyuan.ledger.layout import LEG
from benyuan.values.dates import day_begins_at, local_day
from tests.unit.ledger.books import NOON, leg

DAY_US = 86_400 * 1_000_000
TODAY = local_day(NOON)


def post(ledger: Ledger, *legs: Any) -> None:
    """Legs, each on its day after the first (0), by (debit, credit, amount, code, day)."""
    rows = [
        leg(debit, credit, amount, code=code) | {"at": NOON + day * DAY_US} for debit, credit, amount, code, day in legs
    ]
    ledger.post(**{name: [row[name] for row in rows] for name in rows[0]})


def made() -> Ledger:
    """Three accounts."""
    ledger = Ledger()
    ledger.create_accounts(book=[1] * 3, unit=1, code=1)
    return ledger


def test_debits_by_day_and_code_from_a_time_on() -> None:
    ledger = made()
    assert ledger.debited(1, since_at=0) == {}
    post(ledger, (1, 2, 5, 1, 0), (2, 1, 7, 1, 0), (1, 3, 6, 1, 0), (1, 2, 1, 2, 0), (1, 2, 9, 1, 1))
    both = {(TODAY, 1): (2, 11), (TODAY, 2): (1, 1), (TODAY + 1, 1): (1, 9)}
    assert ledger.debited(1, since_at=0) == both
    assert ledger.debited(1, since_at=day_begins_at(TODAY + 1)) == {(TODAY + 1, 1): (1, 9)}
    post(ledger, (1, 2, 4, 1, 1), (3, 2, 8, 1, 1))
    assert ledger.debited(1, since_at=0) == {**both, (TODAY + 1, 1): (2, 13)}


def test_what_a_ledger_goes_back_on_is_forgotten() -> None:
    ledger = made()
    post(ledger, (1, 2, 5, 1, 0))
    changed = np.zeros(1, LEG)
    changed["debit_account"], changed["credit_account"] = 1, 2
    before = ledger.state.checkpoint(changed)
    post(ledger, (1, 2, 6, 1, 0))
    assert ledger.debited(1, since_at=0) == {(TODAY, 1): (2, 11)}
    ledger.state.go_back(before)
    assert ledger.debited(1, since_at=0) == {(TODAY, 1): (1, 5)}
