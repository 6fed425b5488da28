"""What the engine asks besides of a store that lasts: durable once committed, one poster, many readers, one format."""

from collections.abc import Callable

import pytest

from benyuan.engine.store import StoreBusy, StoreDamaged, StoreNewer, StoreUnavailable
from tests.storage.contract import (
    Home,
    StoreContract,
    batch_of_one,
    block,
    chain,
    everything,
    in_batch,
    write_of_everything,
)


class LastingContract(StoreContract):
    """What holds besides for a store that lasts."""

    def test_what_is_committed_is_there_after_a_reopening(self, home: Home) -> None:
        store = home.open()
        with in_batch(store):
            write_of_everything(store, chain((1, 1), (2, 3)))
        store.begin()
        store.append(block(3))
        store.rollback()
        before = everything(store)
        store.close()
        again = home.open()
        assert everything(again) == before
        again.close()

    def test_what_is_not_committed_is_not(self, home: Home) -> None:
        store = home.open()
        with in_batch(store):
            write_of_everything(store, chain((1, 1)))
        before = everything(store)
        store.begin()
        store.append(block(2))
        store.add_keys([(99, 9)])
        store.close()
        again = home.open()
        assert everything(again) == before
        again.close()

    def test_opening_again_changes_nothing(self, home: Home) -> None:
        home.open().close()
        before = home.tables()
        for _ in range(2):
            store = home.open()
            assert everything(store)["head"] is None
            store.close()
        assert home.tables() == before

    # ---- formats

    @pytest.mark.parametrize("value", ["0", "1", "4", "2.0", "", "two"])
    @pytest.mark.parametrize("read_only", [False, True])
    def test_another_format_is_not_opened(self, home: Home, value: str, read_only: bool) -> None:
        home.open().close()
        home.write_setting("format", value)
        with pytest.raises(StoreNewer if value == "4" else StoreDamaged, match="form"):
            home.open(read_only=read_only)
        for known in ("3", "2"):
            home.write_setting("format", known)
            home.open(read_only=read_only).close()

    def test_a_store_of_another_format_is_left_as_it_is(self, home: Home, remove: Callable[[str], None]) -> None:
        home.open().close()
        home.write_setting("format", "4")
        remove("duty")
        before = home.tables()
        with pytest.raises(StoreNewer):
            home.open()
        assert home.tables() == before

    # ---- reading only

    def test_a_reader_reads_and_does_not_write(self, home: Home) -> None:
        store = home.open()
        with in_batch(store):
            write_of_everything(store, chain((1, 1)))
        before = everything(store)
        store.close()
        reader = home.open(read_only=True)
        assert everything(reader) == before
        with pytest.raises(StoreUnavailable):
            batch_of_one(reader, block(2))
        reader.rollback()
        with pytest.raises(StoreUnavailable):
            reader.erase_payload(1)
        assert everything(reader) == before
        reader.close()

    def test_a_reader_of_what_is_not_there(self, home: Home) -> None:
        with pytest.raises(StoreUnavailable):
            home.open(read_only=True)
        home.open().close()

    def test_readers_beside_the_poster(self, home: Home) -> None:
        store = home.open()
        readers = [home.open(read_only=True) for _ in range(2)]
        blocks = chain((1, 1), (1, 1))
        store.begin()
        store.append(blocks[0])
        assert [reader.last_block() for reader in readers] == [None, None]
        store.commit()
        assert [reader.last_block() for reader in readers] == [blocks[0]] * 2
        reading = readers[0].blocks()
        assert next(reading) == blocks[0]
        with in_batch(store):
            store.append(blocks[1])
        assert list(readers[1].blocks()) == blocks
        for one in (*readers, store):
            one.close()

    def test_a_moment_stands_still(self, home: Home) -> None:
        store, reader = home.open(), home.open(read_only=True)
        assert reader.is_read_only()
        blocks = chain((1, 1), (1, 1))
        with in_batch(store):
            write_of_everything(store, blocks[:1])
        with reader.moment():
            before = everything(reader)
            with in_batch(store):
                store.append(blocks[1])
                store.add_keys([(99, 9)])
                store.save_balances(seq=2, pages={0: b"new"}, rest=b"new")
            assert everything(reader) == before
        assert everything(reader) == everything(store) != before

    # ---- one poster

    def test_a_second_poster_is_told_at_once(self, home: Home) -> None:
        store = home.open()
        with pytest.raises(StoreBusy, match=r"process \d+"):
            home.open()
        with in_batch(store):
            store.append(block(1))
        store.close()
        again = home.open()
        assert again.last_block() is not None
        again.close()
