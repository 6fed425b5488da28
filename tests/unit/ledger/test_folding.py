"""Journal rows folded again: from records or from columns, they leave the very balances that posting left."""

import numpy as np
import pytest

from benyuan.ledger import Ledger, LegFlag
from benyuan.ledger.columns import Column
from benyuan.ledger.kernel import FOLDED
from benyuan.ledger.layout import ACCOUNT
from benyuan.ledger.memory import LARGE_PAGE, zeros

ACCOUNTS = 50
MORNING = 1_777_597_200_000_000
HOUR = 3_600_000_000
LEGS = 400
HELD = 100


def with_accounts() -> Ledger:
    """Accounts of which every third is a usage account by day, with the first as its window account."""
    ledger = Ledger()
    every_third = np.arange(ACCOUNTS) % 3 == 2
    window, other = every_third.astype(np.int64), np.where(every_third, 1, 0)
    made = ledger.create_accounts(book=1, unit=1, code=np.ones(ACCOUNTS, int), window=window, window_account=other)
    assert (made.status == 0).all()
    return ledger


def posted() -> tuple[Ledger, list[np.ndarray]]:
    """Movements over three days, holds among them, of which some are posted, some voided and some expire."""
    random = np.random.default_rng(3)
    ledger, journals = with_accounts(), []

    def post(**columns: Column) -> None:
        journals.append(ledger.post(**columns).journal)

    for hour in range(0, 72, 8):
        debit = random.integers(1, ACCOUNTS + 1, LEGS)
        credit = (debit - 1 + random.integers(1, ACCOUNTS, LEGS)) % ACCOUNTS + 1
        flags = np.where(np.arange(LEGS) < HELD, int(LegFlag.pending), 0)
        timeout = np.where(np.arange(LEGS) < HELD // 2, 3600, 0)
        at = MORNING + hour * HOUR
        amount = random.integers(1, 10_000, LEGS)
        post(debit_account=debit, credit_account=credit, amount=amount, code=1, at=at, flags=flags, timeout_s=timeout)
        holds = journals[-1]["flags"] & int(LegFlag.pending) != 0
        ids = (np.flatnonzero(holds) + ledger.leg_count - len(journals[-1]) + 1)[HELD // 2 :]
        flags = np.where(ids % 2 == 0, int(LegFlag.post_pending_transfer), int(LegFlag.void_pending_transfer))
        most = np.iinfo(np.int64).max
        post(debit_account=0, credit_account=0, amount=most, code=0, at=at, flags=flags, pending_id=ids)
    return ledger, journals


def same(one: Ledger, other: Ledger) -> bool:
    """Whether both have the same accounts and open holds."""
    count = one.account_count + 1
    return (
        one.leg_count == other.leg_count
        and np.array_equal(one.state.accounts[:count], other.state.accounts[:count])
        and np.array_equal(one.state.open_holds(), other.state.open_holds())
    )


@pytest.mark.parametrize("apart", [False, True], ids=["fields of records", "columns"])
def test_folding_leaves_what_posting_left(apart: bool) -> None:
    ledger, journals = posted()
    again = with_accounts()
    for rows in journals:
        columns = {name: rows[name].copy() if apart else rows[name] for name in FOLDED}
        assert again.fold_columns(columns) == len(rows)
    assert same(ledger, again)
    flags = np.concatenate([rows["flags"] for rows in journals])
    assert all((flags & bit).any() for bit in (2, 4, 8, 1024, 2048))  # of each kind of row there was one


@pytest.mark.parametrize(
    "name", ["debit_account", "credit_account", "amount", "debit_previous", "credit_previous", "debit_after"]
)
def test_the_first_row_that_does_not_fit_stops_the_fold(name: str) -> None:
    _, journals = posted()
    bad = journals[0].copy()
    place = 317
    bad[name][place] += 1
    again = with_accounts()
    assert again.fold(bad) == place
    assert again.leg_count == place


def test_an_account_that_is_not_there_is_no_row_to_fold() -> None:
    _, journals = posted()
    for account in (0, -1, ACCOUNTS + 1, np.iinfo(np.int64).max):
        bad = journals[0].copy()
        bad["credit_account"][5] = account
        assert with_accounts().fold(bad) == 5


@pytest.mark.parametrize("count", [0, 1, LARGE_PAGE // 64 - 1, LARGE_PAGE // 64, 3 * LARGE_PAGE // 64 + 5])
def test_large_arrays_begin_with_a_page_and_are_zero(count: int) -> None:
    made = zeros(count, ACCOUNT)
    assert made.shape == (count,)
    assert not made.view(np.uint8).any()
    assert made.nbytes < LARGE_PAGE or made.ctypes.data % LARGE_PAGE == 0
    made["debits_posted"] = 7
    assert made["debits_posted"].sum() == 7 * count
