"""What lies far back (holds resolved again, old pages of a history): right, and found without reading all since."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from benyuan.ledger import AMOUNT_MAX, Ledger, LegFlag, LegStatus
from benyuan.ledger.journal import MemoryJournal
from tests.unit.ledger.books import NOON, SECOND

BATCH = 100
HOLD, POST, VOID = int(LegFlag.pending), int(LegFlag.post_pending_transfer), int(LegFlag.void_pending_transfer)
ENDED = {
    POST: LegStatus.pending_transfer_already_posted,
    VOID: LegStatus.pending_transfer_already_voided,
    0: LegStatus.pending_transfer_expired,
}


class CountingJournal(MemoryJournal):
    """Counts the blocks that are looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = 0

    def block(self, *, leg: int) -> tuple[int, NDArray[Any]]:
        self.looks += 1
        return super().block(leg=leg)

    def columns(self, *, leg: int, names: Sequence[str]) -> tuple[int, dict[str, NDArray[Any]]]:
        first, rows = super().block(leg=leg)
        self.looks += 1
        return first, {name: rows[name] for name in names}


class Shop:
    """Two accounts that all holds go between, and two more that have no other rows."""

    def __init__(self) -> None:
        self.journal = CountingJournal()
        self.ledger = Ledger(journal=self.journal)
        self.ledger.create_accounts(book=1, unit=1, code=[1, 1, 1, 1])
        self.at = NOON

    def hold(self, *, timeout_s: int = 0, accounts: tuple[int, int] = (1, 2), count: int = BATCH) -> NDArray[np.int64]:
        posted = self.ledger.post(
            debit_account=[accounts[0]] * count,
            credit_account=accounts[1],
            amount=5,
            code=1,
            flags=HOLD,
            timeout_s=timeout_s,
            at=self.at,
        )
        assert set(posted.status.tolist()) == {LegStatus.created}
        return posted.leg

    def end(self, legs: Sequence[int] | NDArray[np.int64], flags: int) -> list[LegStatus]:
        amount = AMOUNT_MAX if flags == POST else 0
        posted = self.ledger.post(
            debit_account=0, credit_account=0, amount=amount, code=0, flags=flags, pending_id=legs, at=self.at
        )
        return [LegStatus(status) for status in posted.status.tolist()]

    def end_again(self, legs: Sequence[int] | NDArray[np.int64], flags: int = POST) -> tuple[list[LegStatus], int]:
        """The statuses, and how many blocks were looked at."""
        before = self.journal.looks
        return self.end(legs, flags), self.journal.looks - before


def busy(*, how: int = POST, batches: int = 40) -> tuple[Shop, list[NDArray[np.int64]]]:
    """A shop in which each batch of holds has ended before the next."""
    shop, made = Shop(), []
    for _ in range(batches):
        made.append(shop.hold(timeout_s=0 if how else 1))
        shop.at += 2 * SECOND
        if how:
            assert set(shop.end(made[-1], how)) == {LegStatus.created}
    shop.end([1], POST)  # so that the last have expired, too
    return shop, made


@pytest.mark.parametrize("how", [POST, VOID, 0])
@pytest.mark.parametrize("place", [0, 20, -1])
def test_one_hold_again_on_an_account_with_many(how: int, place: int) -> None:
    shop, made = busy(how=how)
    statuses, looks = shop.end_again(made[place][:1])
    assert statuses == [ENDED[how]]
    assert looks <= 8


def test_every_hold_again_in_one_batch() -> None:
    shop, made = busy()
    statuses, looks = shop.end_again(np.concatenate(made))
    assert set(statuses) == {LegStatus.pending_transfer_already_posted}
    assert looks <= 5 * len(made)


def test_a_hold_that_ended_late_is_found_along_the_accounts_that_rest() -> None:
    shop = Shop()
    (late,) = shop.hold(accounts=(3, 4), count=1).tolist()
    for _ in range(40):
        shop.end(shop.hold(), VOID)
    shop.end([late], VOID)
    for _ in range(40):
        shop.end(shop.hold(), VOID)
    statuses, looks = shop.end_again([late])
    assert statuses == [LegStatus.pending_transfer_already_voided]
    assert looks <= 8


def test_some_old_some_late_some_open_some_none() -> None:
    shop, made = busy(batches=30)
    late = shop.hold(accounts=(3, 1), count=2)
    plain = shop.ledger.post(debit_account=1, credit_account=2, amount=1, code=1, at=shop.at).leg
    still_open = shop.hold(count=2)
    for _ in range(12):
        shop.end(shop.hold(), VOID)
    shop.end(late, VOID)
    far = shop.ledger.leg_count + 500
    asked = [*made[3][:2].tolist(), *late.tolist(), *plain.tolist(), *still_open.tolist(), far, int(made[3][0]), -4]
    statuses, _ = shop.end_again(asked)
    assert [status.name.removeprefix("pending_transfer_") for status in statuses] == [
        *("already_posted",) * 2,
        *("already_voided",) * 2,
        "not_pending",
        *("created",) * 2,
        "not_found",
        "already_posted",
        "not_found",
    ]


def test_an_old_page_of_a_long_history() -> None:
    shop, made = busy(batches=40)
    before = shop.journal.looks
    entries = shop.ledger.history(1, before=int(made[0][5]), limit=3)
    assert [entry.leg for entry in entries] == made[0][[4, 3, 2]].tolist()
    assert shop.journal.looks - before <= 8


@pytest.mark.parametrize("before", [-1, 0, 1])
def test_nothing_stands_before_the_first_leg(before: int) -> None:
    shop, _ = busy(batches=1)
    assert shop.ledger.history(1, before=before) == []
