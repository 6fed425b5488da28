"""Every account status, alone, inside a chain, and before every later one that applies to the same account.

Worked: an account of book 0 and code 0 answers `book_must_not_be_zero`.
"""

from itertools import combinations
from typing import Any

import pytest

from benyuan.ledger import AccountFlag, AccountStatus, Ledger, Window
from tests.reference.ledger_model import Model
from tests.unit.ledger.books import Books, LedgerMaker, leg, on_both, plain

S = AccountStatus
F = AccountFlag
Account = dict[str, int]
LIFETIME, OTHER_BOOK, OTHER_UNIT, TURNING, DEBITS_BOUND, CREDITS_BOUND = range(1, 7)

HEALTHY: Account = {"book": 1, "unit": 1, "code": 1, "flags": 0, "window": Window.day, "window_account": LIFETIME}
FAULTS: list[tuple[AccountStatus, Account]] = [
    (S.reserved_flag, {"flags": F.closed}),
    (S.reserved_flag, {"flags": 16}),
    (S.reserved_flag, {"flags": 128 | F.debits_must_not_exceed_credits | F.credits_must_not_exceed_debits}),
    (S.flags_are_mutually_exclusive, {"flags": F.debits_must_not_exceed_credits | F.credits_must_not_exceed_debits}),
    (S.book_must_not_be_zero, {"book": 0}),
    (S.unit_must_not_be_zero, {"unit": 0}),
    (S.code_must_not_be_zero, {"code": 0}),
    (S.window_must_be_known, {"window": 4}),
    (S.window_must_be_known, {"window": 255}),
    (S.window_must_be_known, {"window": Window.lifetime, "window_account": LIFETIME}),
    (S.window_account_not_found, {"window_account": 0}),
    (S.window_account_not_found, {"window_account": -1}),
    (S.window_account_not_found, {"window_account": 99}),
    (S.window_account_not_found, {"window_account": 1 << 62}),
    (S.accounts_must_have_the_same_ledger, {"window_account": OTHER_BOOK}),
    (S.accounts_must_have_the_same_ledger, {"window_account": OTHER_UNIT}),
    (S.window_account_must_not_turn, {"window_account": TURNING}),
    (S.window_account_must_not_turn, {"window_account": DEBITS_BOUND}),
    (S.window_account_must_not_turn, {"window_account": CREDITS_BOUND}),
    # The other ledger's and bound at once.
    (S.accounts_must_have_the_same_ledger, {"book": 2, "window_account": TURNING}),
]
PAIRS = [
    pytest.param(status, HEALTHY | first | second, id=f"{status.name}-{later.name}-{number}")
    for number, ((status, first), (later, second)) in enumerate(combinations(FAULTS, 2))
    if status < later and all(first[name] == second[name] for name in first.keys() & second.keys())
]

pytestmark = on_both


@pytest.fixture
def ledger(make: LedgerMaker) -> Any:
    """Six accounts: plain, of another book, of another unit, turning, and with either bound."""
    made = make()
    made.create_accounts(
        book=[1, 2, 1, 1, 1, 1],
        unit=[1, 1, 2, 1, 1, 1],
        code=1,
        flags=[0, 0, 0, 0, F.debits_must_not_exceed_credits, F.credits_must_not_exceed_debits],
        window=[0, 0, 0, Window.month, 0, 0],
        window_account=[0, 0, 0, LIFETIME, 0, 0],
    )
    assert made.account_count == 6
    return made


def create(ledger: Any, *accounts: Account) -> tuple[list[AccountStatus], list[int]]:
    """The statuses and ids of a batch of accounts."""
    made = ledger.create_accounts(**{name: [account[name] for account in accounts] for name in HEALTHY})
    return [AccountStatus(int(status)) for status in made.status], plain(made.account)


def with_flag(account: Account, flag: AccountFlag) -> Account:
    return account | {"flags": account["flags"] | flag}


@pytest.mark.parametrize(("status", "faulty"), FAULTS)
def test_alone(ledger: Ledger | Model, status: AccountStatus, faulty: Account) -> None:
    assert create(ledger, HEALTHY | faulty) == ([status], [0])
    assert ledger.account_count == 6


@pytest.mark.parametrize(("status", "faulty"), FAULTS)
def test_inside_a_chain(ledger: Ledger | Model, status: AccountStatus, faulty: Account) -> None:
    healthy = with_flag(HEALTHY, F.linked)
    chain = healthy, with_flag(HEALTHY | faulty, F.linked), healthy, HEALTHY
    failed = S.linked_event_failed
    assert create(ledger, HEALTHY, *chain, HEALTHY) == (
        [S.created, failed, status, failed, failed, S.created],
        [7, 0, 0, 0, 0, 8],
    )
    assert ledger.account_count == 8


@pytest.mark.parametrize(("status", "faulty"), PAIRS)
def test_the_earlier_of_two_is_answered(ledger: Ledger | Model, status: AccountStatus, faulty: Account) -> None:
    assert create(ledger, faulty) == ([status], [0])


def test_an_open_chain_is_not_looked_at(ledger: Ledger | Model) -> None:
    worst = with_flag(HEALTHY | {"book": 0}, F.linked | F.closed)
    assert create(ledger, worst) == ([S.linked_event_chain_open], [0])
    assert create(ledger, worst, worst)[0] == [S.linked_event_failed, S.linked_event_chain_open]
    assert ledger.account_count == 6


def test_ids_are_dense_and_skip_nothing_for_the_refused(ledger: Ledger | Model) -> None:
    statuses, ids = create(ledger, HEALTHY, HEALTHY | {"code": 0}, with_flag(HEALTHY, F.linked), HEALTHY)
    assert statuses == [S.created, S.code_must_not_be_zero, S.created, S.created]
    assert ids == [7, 0, 8, 9]


def test_linked_is_of_the_batch_and_not_of_the_account(ledger: Ledger | Model) -> None:
    create(ledger, with_flag(HEALTHY, F.linked), with_flag(HEALTHY, F.debits_must_not_exceed_credits))
    assert plain(ledger.balances([7, 8]).flags) == [0, F.debits_must_not_exceed_credits]


def test_a_window_account_may_be_created_earlier_in_the_batch(ledger: Ledger | Model) -> None:
    other = HEALTHY | {"window": Window.lifetime, "window_account": 0}
    assert create(ledger, other, HEALTHY | {"window_account": 7})[0] == [S.created, S.created]
    chain = with_flag(other, F.linked), HEALTHY | {"window_account": 9}
    assert create(ledger, *chain) == ([S.created, S.created], [9, 10])


def test_a_window_account_of_a_failed_chain_does_not_exist(ledger: Ledger | Model) -> None:
    other = HEALTHY | {"window": Window.lifetime, "window_account": 0}
    failing = with_flag(other, F.linked), HEALTHY | {"code": 0}
    statuses, ids = create(ledger, *failing, HEALTHY | {"window_account": 7})
    assert statuses == [S.linked_event_failed, S.code_must_not_be_zero, S.window_account_not_found]
    assert ids == [0, 0, 0]


def test_an_account_cannot_be_its_own_window_account(ledger: Ledger | Model) -> None:
    assert create(ledger, HEALTHY | {"window_account": 7})[0] == [S.window_account_not_found]


def test_the_table_reaches_every_status(ledger: Ledger | Model) -> None:
    reached = {create(ledger, HEALTHY | faulty)[0][0] for _, faulty in FAULTS}
    reached |= set(create(ledger, with_flag(HEALTHY, F.linked), HEALTHY | {"code": 0})[0])
    reached |= set(create(ledger, with_flag(HEALTHY, F.linked))[0])
    reached |= set(create(ledger, HEALTHY)[0])
    assert reached == set(AccountStatus)


def test_accounts_created_between_batches_of_legs_are_fresh(make: LedgerMaker) -> None:
    books = Books(make)
    first, second = books.accounts(2)
    books.done(leg(first, second, 10))
    many = books.ledger.create_accounts(book=1, unit=1, code=list(range(1, 2001)))
    assert plain(many.account) == list(range(3, 2003))
    assert [books.figures(account) for account in (first, second, 3, 2002)] == [
        (0, 10, 0, 0),
        (0, 0, 0, 10),
        (0, 0, 0, 0),
        (0, 0, 0, 0),
    ]
    books.done(leg(2002, first, 3))
    assert books.figures(2002) == (0, 3, 0, 0)
