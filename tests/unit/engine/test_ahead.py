"""Blocks made ready ahead: in order, and whatever is wrong with one shows after the blocks before it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from benyuan.engine.ahead import AHEAD, made_ready
from benyuan.engine.blocks import GENESIS, Block
from benyuan.engine.codec import packed
from benyuan.engine.store import StoreDamaged
from benyuan.ledger.kernel import FOLDED
from benyuan.ledger.layout import ROW

COUNT = 3 * AHEAD


def block(seq: int, *, rows: bytes | None = None) -> Block:
    """A block of `seq` legs, each of which moves `seq` fen; every second block holds a command."""
    legs = np.zeros(seq, ROW)
    legs["amount"] = seq
    return Block(
        seq=seq,
        kind="pay",
        version=1,
        first_position=seq,
        commands=seq % 2,
        first_leg=1,
        legs=seq,
        first_account=1,
        accounts=0,
        last_at=0,
        regime="",
        release="",
        body=b"",
        outcome=b"",
        made=b"",
        rows=packed(legs) if rows is None else rows,
    ).sealed(previous=GENESIS)


def blocks() -> list[Block]:
    return [block(seq) for seq in range(1, COUNT + 1)]


def failing_after(count: int) -> Iterator[Block]:
    yield from blocks()[:count]
    raise StoreDamaged("the disk is gone")


def test_blocks_come_in_order_with_their_legs() -> None:
    found = list(made_ready(iter(blocks())))
    assert [ready.block.seq for ready in found] == list(range(1, COUNT + 1))
    for ready in found:
        assert ready.fits
        assert ready.legs is not None
        assert set(ready.legs) == set(FOLDED)
        assert ready.legs["amount"].tolist() == [ready.block.seq] * ready.block.seq


def test_no_blocks_are_nothing() -> None:
    assert list(made_ready(iter([]))) == []


def test_legs_of_commands_are_left_packed_where_nobody_wants_them() -> None:
    found = list(made_ready(iter(blocks()), legs_of_commands=False))
    assert [ready.legs is None for ready in found] == [ready.block.commands > 0 for ready in found]


@pytest.mark.parametrize("place", [0, 1, AHEAD, COUNT - 1])
def test_a_hash_that_does_not_fit_is_told_and_its_legs_are_not_looked_at(place: int) -> None:
    given = blocks()
    given[place] = replace(given[place], rows=b"no columns")
    found = list(made_ready(iter(given)))
    assert [ready.fits for ready in found] == [number != place for number in range(COUNT)]
    assert found[place].legs is None


@pytest.mark.parametrize("place", [0, 1, AHEAD, COUNT - 1])
def test_legs_that_cannot_be_unpacked_fail_after_the_blocks_before(place: int) -> None:
    given = blocks()
    given[place] = block(place + 1, rows=b"no columns")
    found = made_ready(iter(given))
    assert [next(found).block.seq for _ in range(place)] == list(range(1, place + 1))
    with pytest.raises(ValueError, match="packed columns can't be read"):
        next(found)


@pytest.mark.parametrize("count", [0, 1, AHEAD, AHEAD + 1, COUNT])
def test_a_store_that_fails_is_told_of_after_the_blocks_before(count: int) -> None:
    found = made_ready(failing_after(count))
    assert [next(found).block.seq for _ in range(count)] == list(range(1, count + 1))
    with pytest.raises(StoreDamaged, match="the disk is gone"):
        next(found)
