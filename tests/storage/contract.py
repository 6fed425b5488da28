"""What the engine asks of every store, as tests: a class for each kind of store runs them on its own `Home`.

Worked: `TestSqliteInMemory(StoreContract)` with a fixture `home` is all that a new kind of store has to add.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import pytest

from benyuan.decisions.events import TABLES
from benyuan.engine.blocks import GENESIS, Block
from benyuan.engine.store import Store, StoreUnavailable
from benyuan.payments.records import MERCHANT, PAYMENT_REFUNDED, STANDING

INT64_MIN, INT64_MAX = -(1 << 63), (1 << 63) - 1
BLOBS = (b"", b"\0", bytes(range(256)), b"\xff" * 100_000)


class Home(Protocol):
    """Where a store lives: it can be opened more than once, and its settings changed from outside."""

    def open(self, *, read_only: bool = False) -> Store:
        """Open the store."""

    def write_setting(self, name: str, value: str) -> None:
        """Change a setting behind the store's back."""

    def tables(self) -> list[str]:
        """The names of all tables and indexes."""


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    """The store, opened for posting."""
    opened = home.open()
    yield opened
    opened.close()


@contextmanager
def in_batch(store: Store) -> Iterator[None]:
    """One batch, committed."""
    store.begin()
    yield
    store.commit()


def block(seq: int, *, commands: int = 2, legs: int = 3, before: Block | None = None, **changed: Any) -> Block:
    """A block that follows the one before."""
    made = Block(
        **{
            "seq": seq,
            "kind": "pay",
            "version": 1,
            "first_position": before.first_position + before.commands if before else 1,
            "commands": commands,
            "first_leg": before.first_leg + before.legs if before else 1,
            "legs": legs,
            "first_account": 1,
            "accounts": 0,
            "last_at": 1_777_597_200_000_000 + seq,
            "regime": "a regime",
            "release": "0.1",
            "body": f"body {seq}".encode(),
            "outcome": b"\0\xff",
            "made": b"",
            "rows": bytes(range(seq % 256)),
            **changed,
        }
    )
    return made.sealed(previous=before.hash if before else GENESIS)


def chain(*sizes: tuple[int, int]) -> list[Block]:
    """Blocks with so many (commands, legs)."""
    blocks: list[Block] = []
    for seq, (commands, legs) in enumerate(sizes, 1):
        blocks.append(block(seq, commands=commands, legs=legs, before=blocks[-1] if blocks else None))
    return blocks


def everything(store: Store) -> dict[str, Any]:
    """All that a store holds, but payloads and rules, which are found by name only."""
    return {
        "blocks": list(store.blocks()),
        "head": store.last_block(),
        "keys": list(store.keys()),
        "records": {name: list(store.rows(table)) for name, table in TABLES.items()},
        "balances": store.saved_balances(),
        "payloads": [store.payload(position) for position in range(10)],
        "regime": store.regime("d1"),
    }


def standing_rows(*ids: int, licences: int = 15) -> dict[str, list[int]]:
    columns = {name: [licences] * len(ids) for name in STANDING.columns}
    return {"id": list(ids), **columns}


def batch_of_one(store: Store, one: Block) -> None:
    """A batch of one block."""
    store.begin()
    store.append(one)
    store.commit()


def write_of_everything(store: Store, blocks: list[Block]) -> None:
    """Something of each kind."""
    for one in blocks:
        store.append(one)
    store.add_keys([(7, 1), (-7, 2)])
    store.add_payloads([(1, "month/202605", b"body")])
    store.add_rows(STANDING, standing_rows(1, 2))
    store.put_regime("d1", b"rules")
    store.save_balances(seq=blocks[-1].seq, pages={0: b"page"}, rest=b"rest")


class StoreContract:
    """What holds for every store."""

    # ---- the log

    def test_a_new_store_is_empty(self, store: Store) -> None:
        assert list(store.blocks()) == []
        assert store.last_block() is None
        assert store.block_of_leg(1) is None
        assert store.block_of_position(1) is None
        assert list(store.keys()) == []
        assert not store.has_keys()
        assert store.saved_balances() is None
        assert store.payload(1) is None
        assert store.regime("") is None
        assert all(list(store.rows(table)) == [] for table in TABLES.values())

    def test_blocks_come_back_whole_and_in_order(self, store: Store) -> None:
        blocks = chain((2, 3), (1, 1), (5, 8), (1, 0))
        with in_batch(store):
            for one in blocks:
                store.append(one)
        assert list(store.blocks()) == blocks
        assert list(store.blocks(after=2)) == blocks[2:]
        assert list(store.blocks(after=4)) == []
        assert store.last_block() == blocks[-1]
        assert store.block_of_position(1) == blocks[0]

    @pytest.mark.parametrize("blob", BLOBS, ids=len)
    @pytest.mark.parametrize("part", ["body", "outcome", "made", "rows"])
    def test_every_byte_of_a_block_comes_back(self, store: Store, part: str, blob: bytes) -> None:
        changed: Any = {part: blob}
        one = block(1, **changed)
        with in_batch(store):
            store.append(one)
        assert store.last_block() == one
        assert [type(getattr(found, part)) for found in store.blocks()] == [bytes]

    def test_every_number_and_text_of_a_block_comes_back(self, store: Store) -> None:
        one = block(
            INT64_MAX,
            first_position=INT64_MAX,
            first_leg=INT64_MIN,
            first_account=INT64_MAX,
            accounts=-1,
            last_at=INT64_MIN,
            version=INT64_MAX,
            kind="付款 \u2028 'quoted\"; --",
            regime="",
            release="\U0001f3e6",
        )
        with in_batch(store):
            store.append(one)
        assert store.last_block() == one

    def test_blocks_are_chained_by_their_hashes(self, store: Store) -> None:
        with in_batch(store):
            for one in chain((2, 3), (1, 1), (5, 8)):
                store.append(one)
        head = GENESIS
        for found in store.blocks():
            assert found.previous == head
            assert found.hash == found.digest()
            head = found.hash

    def test_blocks_are_read_while_others_are_appended(self, store: Store) -> None:
        blocks = chain((1, 1), (1, 1), (1, 1))
        with in_batch(store):
            for one in blocks[:2]:
                store.append(one)
        reading = store.blocks()
        assert next(reading) == blocks[0]
        with in_batch(store):
            store.append(blocks[2])
        assert next(reading) == blocks[1]
        assert list(store.blocks()) == blocks

    def test_a_seq_is_taken_once(self, store: Store) -> None:
        first, second = chain((1, 1), (1, 1))
        with in_batch(store):
            store.append(first)
        store.begin()
        with pytest.raises(Exception):  # noqa: B017, PT011  which one is the store's affair: it is a defect
            store.append(block(1, body=b"another"))
        store.rollback()
        with in_batch(store):
            store.append(second)
        assert list(store.blocks()) == [first, second]

    @pytest.mark.parametrize(
        ("sizes", "legs", "positions"),
        [
            (((2, 3), (3, 2)), {0: 0, 1: 1, 3: 1, 4: 2, 5: 2, 6: 0, -1: 0}, {0: 0, 1: 1, 2: 1, 3: 2, 5: 2, 6: 0}),
            (((1, 0), (0, 2), (0, 0), (1, 1)), {1: 2, 2: 2, 3: 4, 4: 0}, {1: 1, 2: 4, 3: 0}),
            (((0, 0), (0, 0)), {0: 0, 1: 0}, {0: 0, 1: 0}),
            (((0, 4), (4, 0), (0, 4)), {4: 1, 5: 3, 8: 3, 9: 0}, {1: 2, 4: 2, 5: 0}),
        ],
    )
    def test_blocks_are_found_by_leg_and_by_position(
        self, store: Store, sizes: tuple[tuple[int, int], ...], legs: dict[int, int], positions: dict[int, int]
    ) -> None:
        with in_batch(store):
            for one in chain(*sizes):
                store.append(one)
        by_leg = {leg: store.block_of_leg(leg) for leg in legs}
        by_position = {position: store.block_of_position(position) for position in positions}
        assert {leg: found.seq if found else 0 for leg, found in by_leg.items()} == legs
        assert {position: found.seq if found else 0 for position, found in by_position.items()} == positions

    def test_many_blocks_are_found(self, store: Store) -> None:
        blocks = chain(*((seq % 3, (seq * 7) % 5) for seq in range(1, 300)))
        with in_batch(store):
            for one in blocks:
                store.append(one)
        for one in blocks[::17]:
            for place in range(one.commands):
                assert store.block_of_position(one.first_position + place) == one
            for place in range(one.legs):
                assert store.block_of_leg(one.first_leg + place) == one

    def test_rows_of_a_leg_are_those_of_its_block(self, store: Store) -> None:
        blocks = chain((2, 3), (1, 0), (5, 8))
        with in_batch(store):
            for one in blocks:
                store.append(one)
        assert store.rows_of_leg(3) == (1, 3, blocks[0].rows)
        assert store.rows_of_leg(4) == store.rows_of_leg(11) == (4, 8, blocks[2].rows)
        assert store.rows_of_leg(0) is store.rows_of_leg(12) is None

    def test_legs_before_an_instant(self, store: Store) -> None:
        assert store.legs_before(at=0) == 0
        times = (10, 10, 10, 25, 30)
        blocks: list[Block] = []
        for seq, (legs, at) in enumerate(zip((0, 3, 0, 4, 0), times, strict=True), 1):
            blocks.append(block(seq, legs=legs, last_at=at, before=blocks[-1] if blocks else None))
        with in_batch(store):
            for one in blocks:
                store.append(one)
        found = {at: store.legs_before(at=at) for at in (0, 10, 11, 25, 26, 30, 31, INT64_MAX)}
        assert found == {0: 0, 10: 0, 11: 3, 25: 3, 26: 7, 30: 7, 31: 7, INT64_MAX: 7}

    def test_the_block_that_created_an_account(self, store: Store) -> None:
        assert store.block_of_account(1) is None
        blocks = [
            block(1, first_account=1, accounts=2),
            block(2, first_account=3, accounts=0),
            block(3, first_account=3, accounts=1),
            block(4, first_account=4, accounts=5),
        ]
        with in_batch(store):
            for one in blocks:
                store.append(one)
        found = {account: store.block_of_account(account) for account in range(10)}
        created = {account: one.seq if one else 0 for account, one in found.items()}
        assert created == {0: 0, 1: 1, 2: 1, 3: 3, 4: 4, 5: 4, 6: 4, 7: 4, 8: 4, 9: 0}

    # ---- batches

    def test_what_is_rolled_back_leaves_nothing(self, store: Store) -> None:
        with in_batch(store):
            write_of_everything(store, chain((1, 1)))
        before = everything(store)
        store.begin()
        store.append(block(2))
        store.add_keys([(8, 3)])
        store.add_payloads([(2, "s", b"b")])
        store.erase_payload(1)
        store.add_rows(STANDING, standing_rows(3))
        store.change_rows(STANDING, {"id": [1], "licences": [0]})
        store.put_regime("d2", b"other rules")
        store.save_balances(seq=2, pages={0: b"other", 1: b"more"}, rest=b"other")
        store.rollback()
        assert everything(store) == before
        assert store.regime("d2") is None

    def test_a_batch_reads_what_it_has_written(self, store: Store) -> None:
        store.begin()
        write_of_everything(store, chain((1, 1)))
        seen = everything(store)
        store.commit()
        assert seen == everything(store)
        assert seen["head"] is not None

    def test_rolling_back_when_nothing_has_begun(self, store: Store) -> None:
        store.rollback()
        with in_batch(store):
            store.append(block(1))
        store.rollback()
        assert store.last_block() is not None

    def test_an_empty_batch(self, store: Store) -> None:
        before = everything(store)
        with in_batch(store):
            pass
        assert everything(store) == before

    def test_a_moment_is_over_when_it_ends_or_fails(self, store: Store) -> None:
        with store.moment():
            assert everything(store)["head"] is None
        with pytest.raises(ZeroDivisionError), store.moment():
            raise ZeroDivisionError
        with in_batch(store):
            store.append(block(1))
        with store.moment():
            assert store.last_block() == block(1)

    def test_a_store_for_posting_says_so(self, store: Store) -> None:
        assert not store.is_read_only()

    # ---- keys

    def test_keys_are_found_by_their_numbers(self, store: Store) -> None:
        keys = [(INT64_MIN, 5), (-1, 4), (0, 3), (1, 2), (INT64_MAX, 1)]
        with in_batch(store):
            store.add_keys(keys[::-1])
        assert list(store.keys()) == keys
        assert store.has_keys()
        assert store.positions_of_keys([number for number, _ in keys]) == dict(keys)
        assert store.positions_of_keys([2, -1, -1, 3]) == {-1: 4}
        assert store.positions_of_keys([2, 3]) == {}
        assert store.positions_of_keys([]) == {}

    def test_many_keys_are_asked_for_at_once(self, store: Store) -> None:
        keys = [(number * 92_233_720_368_547 - (1 << 62), number) for number in range(1, 20_001)]
        with in_batch(store):
            store.add_keys(keys)
        asked = [number for number, _ in keys[::2]] + list(range(5_000))
        assert store.positions_of_keys(asked) == dict(keys[::2])

    def test_a_key_is_unique_and_what_came_with_it_is_rolled_back_whole(self, store: Store) -> None:
        with in_batch(store):
            store.add_keys([(7, 1)])
        store.begin()
        store.append(block(1))
        with pytest.raises(Exception):  # noqa: B017, PT011  the index of keys makes sure that it never happens
            store.add_keys([(8, 2), (7, 3), (9, 4)])
        store.rollback()
        assert list(store.keys()) == [(7, 1)]
        assert store.last_block() is None

    # ---- payloads

    def test_payloads_are_added_read_and_erased(self, store: Store) -> None:
        with in_batch(store):
            store.add_payloads((position, f"key/{position}", BLOBS[position - 1]) for position in range(1, 5))
            store.add_payloads([])
        for position in range(1, 5):
            assert store.payload(position) == (f"key/{position}", BLOBS[position - 1])
        assert store.payload(5) is None
        store.erase_payload(2)
        store.erase_payload(2)
        store.erase_payload(99)
        assert [store.payload(position) is None for position in range(1, 6)] == [False, True, False, False, True]
        assert list(store.payload_positions()) == [1, 3, 4]

    # ---- records

    @pytest.mark.parametrize("name", TABLES)
    def test_rows_of_every_table(self, store: Store, name: str) -> None:
        table = TABLES[name]
        columns = {column: [place, INT64_MIN, INT64_MAX] for place, column in enumerate(table.columns)}
        with in_batch(store):
            store.add_rows(table, {"id": [3, 1, 2], **columns})
        first = (3, *range(len(table.columns)))
        low, high = ((number, *[bound] * len(table.columns)) for number, bound in ((1, INT64_MIN), (2, INT64_MAX)))
        assert list(store.rows(table)) == [low, high, first]

    def test_rows_are_changed_in_the_columns_named(self, store: Store) -> None:
        with in_batch(store):
            store.add_rows(MERCHANT, {"id": [1, 2, 3], **{name: [10, 20, 30] for name in MERCHANT.columns}})
            store.change_rows(MERCHANT, {"kind": [7, 8], "id": [3, 1], "account": [70, 80]})
        rows = {number: dict(zip(MERCHANT.columns, rest, strict=True)) for number, *rest in store.rows(MERCHANT)}
        assert [rows[number]["kind"] for number in (1, 2, 3)] == [8, 20, 7]
        assert [rows[number]["account"] for number in (1, 2, 3)] == [80, 20, 70]
        assert [rows[number]["institution"] for number in (1, 2, 3)] == [10, 20, 30]

    def test_the_last_of_two_changes_counts(self, store: Store) -> None:
        with in_batch(store):
            store.add_rows(STANDING, standing_rows(1))
            store.change_rows(STANDING, {"id": [1, 1], "licences": [3, 4]})
            store.change_rows(STANDING, {"id": [1], "rating": [2]})
        found = dict(zip(("id", *STANDING.columns), next(iter(store.rows(STANDING))), strict=True))
        assert (found["licences"], found["rating"]) == (4, 2)

    def test_rows_whose_ids_have_gaps(self, store: Store) -> None:
        with in_batch(store):
            store.add_rows(PAYMENT_REFUNDED, {"id": [900, 12], "balance_fen": [1, 2], "card_fen": [3, 4]})
            store.change_rows(PAYMENT_REFUNDED, {"id": [12], "balance_fen": [9], "card_fen": [8]})
        assert list(store.rows(PAYMENT_REFUNDED)) == [(12, 9, 8), (900, 1, 3)]

    def test_an_id_is_taken_once(self, store: Store) -> None:
        with in_batch(store):
            store.add_rows(STANDING, standing_rows(1))
        store.begin()
        with pytest.raises(Exception):  # noqa: B017, PT011  a defect: the records in memory give the ids out
            store.add_rows(STANDING, standing_rows(2, 1))
        store.rollback()
        assert [row[0] for row in store.rows(STANDING)] == [1]

    # ---- rules and balances

    def test_rules_are_kept_by_their_digest(self, store: Store) -> None:
        with in_batch(store):
            store.put_regime("d1", b"rules")
            store.put_regime("d2", BLOBS[-1])
            store.put_regime("d1", b"rules")
        assert (store.regime("d1"), store.regime("d2"), store.regime("d3")) == (b"rules", BLOBS[-1], None)

    def test_saved_balances_are_those_saved_last_page_by_page(self, store: Store) -> None:
        with in_batch(store):
            store.save_balances(seq=1, pages={0: b"a", 2: b"c"}, rest=b"one")
        with in_batch(store):
            store.save_balances(seq=5, pages={2: b"C", 1: BLOBS[-1]}, rest=b"two")
        found = store.saved_balances()
        assert found is not None
        assert (found[0], dict(found[1]), found[2]) == (5, {0: b"a", 1: BLOBS[-1], 2: b"C"}, b"two")
        with in_batch(store):
            store.save_balances(seq=6, pages={}, rest=b"three")
        found = store.saved_balances()
        assert found is not None
        assert (found[0], list(found[1]), found[2]) == (6, [0, 1, 2], b"three")

    def test_closing_twice(self, store: Store) -> None:
        store.close()
        store.close()
        with pytest.raises(StoreUnavailable):
            store.begin()
