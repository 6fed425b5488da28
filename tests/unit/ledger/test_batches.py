"""Batches: what is a `ValueError` and changes nothing, columns of every kind, one long chain, and cuts anywhere.

Worked: a batch whose second chain is a microsecond earlier than its first raises, and neither is posted.
"""

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from benyuan.ledger import AMOUNT_MAX, AccountStatus, Ledger, LegFlag, LegStatus
from tests.unit.ledger.books import (
    NOON,
    SECOND,
    Books,
    LedgerMaker,
    answers,
    china,
    columns_of,
    hold,
    leg,
    linked,
    on_both,
    plain,
    post_hold,
)

S = LegStatus
GOOD: dict[str, Any] = {"debit_account": [1, 1], "credit_account": 2, "amount": [3, 4], "code": 1, "at": NOON}


@pytest.fixture
def books(make: LedgerMaker) -> Books:
    """Two accounts and one leg of 10."""
    made = Books(make)
    made.accounts(2)
    made.done(leg(1, 2, 10))
    return made


@on_both
@pytest.mark.parametrize(
    "bad",
    [
        {"at": [NOON, NOON - 1]},
        {"at": NOON - 1},
        {"at": [NOON - 1, NOON]},
        {"at": -1},
        {"at": china("9999-12-31T23:59:59") + SECOND},
        {"at": AMOUNT_MAX},
        {"business_date": 20260302},
        {"business_date": [0, 20260302]},
        {"business_date": -1},
        {"business_date": 5},
        {"business_date": [0, 20260229]},
        {"business_date": [20260101, 20251301]},
        {"amount": [3.0, 4.0]},
        {"amount": [3, 4.5]},
        {"amount": ["3", "4"]},
        {"amount": [3, None]},
        {"amount": [3, 4, 5]},
        {"amount": [[3, 4]]},
        {"reference": [1, 2, 3]},
    ],
    ids=str,
)
def test_a_bad_batch_raises_and_changes_nothing(books: Books, bad: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        books.ledger.post(**GOOD | bad)
    assert (books.ledger.leg_count, books.ledger.last_at, books.figures(1)) == (1, NOON, (0, 10, 0, 0))
    assert plain(books.ledger.post(**GOOD).leg) == [2, 3]


@pytest.mark.parametrize(
    "bad",
    [
        {"amount": 1 << 63},
        {"amount": 1 << 64},
        {"amount": -(1 << 64)},
        {"code": 65_536},
        {"code": -1},
        {"follows": 32_768},
        {"timeout_s": -1},
        {"timeout_s": 1 << 32},
        {"flags": -1},
        {"flags": 65_536},
        {"debit_account": [1, 1 << 63]},
        {"amount": np.array([3.0, 4.0])},
        {"amount": np.array([3, 1 << 63], np.uint64)},
        {"amount": pa.array([3.0, 4.0])},
        {"amount": pa.array([3, None])},
    ],
    ids=lambda bad: re.sub(r"0x[0-9a-f]+", "", str(bad)),
)
def test_what_does_not_fit_its_column_raises(bad: dict[str, Any]) -> None:
    books = Books(Ledger)
    books.accounts(2)
    with pytest.raises(ValueError, match=next(iter(bad))):
        books.ledger.post(**GOOD | bad)
    assert books.ledger.leg_count == 0


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"amount": [1, 1 << 63]}, r"^amount: 9223372036854775808 is outside"),
        ({"amount": [-1, 1 << 63]}, r"^amount: 9223372036854775808 is outside"),
        ({"amount": 1 << 64}, r"^amount: 18446744073709551616 is outside"),
        ({"amount": [1, 2.5]}, r"^amount: 2\.5 is not an integer"),
        ({"amount": [1, "2"]}, r"^amount: '2' is not an integer"),
        ({"amount": pa.array([3, None])}, r"^amount: None is not an integer"),
        ({"amount": [[1], [2]]}, r"^amount: a column has one dimension, not 2"),
        ({"amount": [[1], [2, 3]]}, r"^amount: \[1\] is not an integer"),
        ({"at": 1 << 62}, r"^at: 4611686018427387904 of leg 0 is after the year 9999"),
        ({"business_date": [0, 20260229]}, r"^business_date: 20260229 of leg 1 is no day"),
    ],
    ids=lambda value: re.sub(r"0x[0-9a-f]+", "", str(value)),
)
def test_the_value_that_does_not_fit_is_named(bad: dict[str, Any], words: str) -> None:
    books = Books(Ledger)
    books.accounts(2)
    with pytest.raises(ValueError, match=words):
        books.ledger.post(**GOOD | bad)


def test_whole_numbers_are_taken_from_a_column_of_objects() -> None:
    books = Books(Ledger)
    books.accounts(2)
    posted = books.ledger.post(**GOOD | {"amount": np.array([3, AMOUNT_MAX - 3], object)})
    assert posted.moved.tolist() == [3, AMOUNT_MAX - 3]


@pytest.mark.parametrize(("ids", "error"), [([1.5], ValueError), (["x"], ValueError), ([0], KeyError), ([9], KeyError)])
def test_balances_of_what_is_no_account(ids: list[Any], error: type[Exception]) -> None:
    books = Books(Ledger)
    books.accounts(2)
    with pytest.raises(error, match=r"account"):
        books.ledger.balances(ids)


@pytest.mark.parametrize(
    "bad",
    [{"book": 65_536}, {"unit": -1}, {"flags": 256}, {"window": 256}, {"code": 1.5}, {"code": [1, 2, 3]}],
    ids=str,
)
def test_accounts_that_do_not_fit_their_columns_raise(bad: dict[str, Any]) -> None:
    ledger = Ledger()
    with pytest.raises(ValueError, match=r"\w"):
        ledger.create_accounts(**{"book": [1, 1], "unit": 1, "code": 1} | bad)
    assert ledger.account_count == 0


@pytest.mark.parametrize("kind", [list, tuple, np.array, pa.array, lambda column: np.array(column, np.int32)])
def test_columns_may_be_of_any_kind(kind: Any) -> None:
    ledger = Ledger()
    made = ledger.create_accounts(book=kind([1, 1]), unit=1, code=kind([1, 2]))
    assert (plain(made.status), plain(made.account)) == ([AccountStatus.created] * 2, [1, 2])
    posted = ledger.post(**GOOD | {"debit_account": kind([1, 1]), "amount": kind([3, 4]), "flags": kind([1, 0])})
    assert (plain(posted.moved), plain(ledger.balances(kind([1, 2])).debits_posted)) == ([3, 4], [7, 0])


def test_answers_have_their_widths() -> None:
    ledger = Ledger()
    made = ledger.create_accounts(book=1, unit=1, code=[1, 1])
    posted = ledger.post(**GOOD)
    assert [str(column.dtype) for column in (made.status, made.account)] == ["uint8", "int64"]
    assert [str(column.dtype) for column in (posted.status, posted.moved, posted.leg)] == ["uint8", "int64", "int64"]
    assert str(posted.refused.leg_index.dtype) == "int64"


def test_the_callers_columns_are_left_as_they_were() -> None:
    ledger = Ledger()
    ledger.create_accounts(book=1, unit=1, code=[1, 1])
    business_date = np.zeros(2, np.int32)
    ledger.post(**GOOD | {"business_date": business_date})
    assert business_date.tolist() == [0, 0]


def test_unknown_accounts_have_no_balances() -> None:
    books = Books(Ledger)
    books.accounts(2)
    for unknown in (0, 3, -1):
        with pytest.raises(KeyError):
            books.ledger.balances([unknown])


@on_both
def test_single_integers_are_a_batch_of_one(books: Books) -> None:
    posted = books.ledger.post(debit_account=1, credit_account=2, amount=5, code=1, at=NOON)
    assert (plain(posted.status), plain(posted.leg), posted.first_leg) == ([S.created], [2], 2)


@on_both
def test_single_integers_are_repeated(books: Books) -> None:
    posted = answers(books.ledger.post(debit_account=1, credit_account=2, amount=[5, 6, 7], code=[1, 0, 2], at=NOON))
    assert posted.status == [S.created, S.code_must_not_be_zero, S.created]
    assert [(row["amount"], row["code"], row["business_date"]) for row in posted.rows] == [
        (5, 1, 20260301),
        (7, 2, 20260301),
    ]


@on_both
def test_an_empty_batch(books: Books) -> None:
    posted = books.ledger.post(debit_account=[], credit_account=[], amount=[], code=[], at=[])
    assert (plain(posted.status), plain(posted.moved), plain(posted.leg)) == ([], [], [])
    assert (books.ledger.leg_count, books.ledger.last_at) == (1, NOON)


@on_both
def test_times_may_stand_still_and_the_last_is_kept_even_of_a_refused_chain(books: Books) -> None:
    books.post(leg(1, 2, 1), leg(1, 2, 1))
    assert books.status(leg(1, 2, -1), at=NOON + 5) is S.amount_must_not_be_negative
    assert books.ledger.last_at == NOON + 5
    with pytest.raises(ValueError, match="at"):
        books.post(leg(1, 2, 1), at=NOON + 4)


@on_both
def test_the_first_and_the_last_time(make: LedgerMaker) -> None:
    books = Books(make, now=0)
    books.accounts(2)
    rows = books.post(leg(1, 2, 1)).rows + books.post(leg(1, 2, 1), at=china("9999-12-31T23:59:59")).rows
    assert [row["business_date"] for row in rows] == [19700101, 99991231]


@on_both
def test_the_business_date_is_the_local_day_unless_given(books: Books) -> None:
    before, after = china("2026-03-02T00:00") - 1, china("2026-03-02T00:00")
    given = leg(1, 2, 1, business_date=20260228)
    rows = books.post(leg(1, 2, 1), given, at=before).rows + books.post(leg(1, 2, 1), given, at=after).rows
    assert [row["business_date"] for row in rows] == [20260301, 20260228, 20260302, 20260228]


@on_both
def test_rows_hold_what_was_asked(books: Books) -> None:
    asked = hold(1, 2, 9, code=65_535, timeout_s=77, ceiling=1_000, business_date=20260131, reference=-(1 << 63))
    (row,) = books.post(asked).rows
    assert row == asked | {
        "pending_id": 0,
        "at": NOON,
        "debit_after": 10,
        "credit_after": -10,
        "debit_previous": 1,
        "credit_previous": 1,
    }


@on_both
def test_previous_rows_are_linked_by_account(books: Books) -> None:
    books.accounts(2)
    rows = books.post(leg(3, 1, 1), leg(2, 3, 2), *linked(leg(4, 3, 3), leg(3, 4, -1)), leg(1, 2, 4)).rows
    assert [(row["debit_previous"], row["credit_previous"]) for row in rows] == [(0, 1), (1, 2), (2, 3)]
    assert [(row["debit_after"], row["credit_after"]) for row in rows] == [(1, 9), (-8, -1), (13, -12)]


LONG = 10_000


@on_both
@pytest.mark.parametrize("last", [1, -1])
def test_one_chain_of_ten_thousand_legs(make: LedgerMaker, last: int) -> None:
    books = Books(make)
    books.accounts(3)
    legs = [
        leg(1, 2, 1),
        *(leg(2, 3, AMOUNT_MAX, flags=LegFlag.following_moved, follows=n) for n in range(1, LONG - 1)),
    ]
    posted = books.chain(*legs, leg(1, 2, last))
    if last == 1:
        assert posted.status == [S.created] * LONG
        assert posted.leg == list(range(1, LONG + 1))
        assert books.figures(2) == (0, LONG - 2, 0, 2)
    else:
        assert posted.status == [S.linked_event_failed] * (LONG - 1) + [S.amount_must_not_be_negative]
        assert (posted.rows, books.figures(2), books.ledger.leg_count) == ([], (0, 0, 0, 0), 0)


def test_a_long_batch_is_the_same_as_many_short_ones() -> None:
    """Holds, posts, failing chains and plain legs cut into batches of 1, 7 and 100 chains, and in one."""
    chains = []
    for n in range(200):
        chains.append([hold(1 + n % 5, 6, n, timeout_s=n % 3)])
        chains.append(linked(leg(1 + n % 4, 5, n), leg(5, 6, 1 if n % 7 else -1)))
        chains.append([post_hold(1 + n)])
    ledgers = {size: Books(Ledger) for size in (1, 7, 100, len(chains))}
    seen = {size: _post_in_batches(books, chains, size) for size, books in ledgers.items()}
    assert seen[1] == seen[7] == seen[100] == seen[len(chains)]


def _post_in_batches(books: Books, chains: list[list[dict[str, int]]], size: int) -> list[Any]:
    books.accounts(6)
    seen: list[Any] = []
    for start in range(0, len(chains), size):
        batch = chains[start : start + size]
        legs = [one | {"at": NOON + n * SECOND // 2} for n, chain in enumerate(batch, start=start) for one in chain]
        posted = answers(books.ledger.post(**columns_of(legs)))
        seen += zip(posted.status, posted.moved, posted.leg, strict=True)
    return [*seen, *(books.figures(account) for account in range(1, 7)), books.history(6, limit=10_000)]
