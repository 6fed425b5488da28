"""What the engine asks of every store about erasing."""

from benyuan.engine.store import Store
from benyuan.payments.records import PAYER_CODE, PAYMENT_REFUNDED
from tests.storage.contract import block, in_batch

TAGS = [bytes([number]) * 16 for number in range(1, 5)]


class ErasingContract:
    """Run by a class for each kind of store."""

    def test_rows_are_taken_out(self, store: Store) -> None:
        with in_batch(store):
            store.add_rows(PAYER_CODE, {"id": [9, 5, 7], **{name: [1, 2, 3] for name in PAYER_CODE.columns}})
            store.add_rows(PAYMENT_REFUNDED, {"id": [5], "balance_fen": [1], "card_fen": [2]})
            store.remove_rows(PAYER_CODE, [5, 9, 1])
            store.remove_rows(PAYER_CODE, [])
        assert list(store.rows(PAYER_CODE)) == [(7, 3, 3, 3)]
        assert list(store.rows(PAYMENT_REFUNDED)) == [(5, 1, 2)]

    def test_payloads_by_position_and_by_key(self, store: Store) -> None:
        keys = ["month/202605", "identity/1", "identity/12", "identity/1", "month/202604"]
        with in_batch(store):
            store.add_payloads((position, key, b"x") for position, key in enumerate(keys, 1))
        assert store.payloads_left([9, 5, 1]) == [1, 5]
        assert store.payloads_left([]) == []
        assert store.sealed_under(["identity/1", "identity/9"]) == [2, 4]
        assert store.months_sealed() == ["month/202604", "month/202605"]
        with in_batch(store):
            store.erase_payloads([1, 99])
            store.erase_sealed_under(["identity/1"])
        assert store.payloads_left(range(1, 6)) == [3, 5]
        assert store.months_sealed() == ["month/202604"]

    def test_identities_that_have_nothing_left_or_are_forgotten(self, store: Store) -> None:
        with in_batch(store):
            store.identities(TAGS)
            store.add_payloads([(1, "identity/2", b"x"), (2, "month/202605", b"x"), (3, "identity/40", b"x")])
            store.add_marks([(TAGS[1], 1, 2, 4), (TAGS[1], 0, 2, 4), (TAGS[0], 0, 1, 3)])
            store.forget_identity(3)
        assert store.empty_identities() == [1, 4]
        assert list(store.forgotten_identities()) == [3]
        assert list(store.marks()) == [(TAGS[1], 0, 2, 4), (TAGS[1], 1, 2, 4)]

    def test_the_note_that_files_are_not_clean_goes_with_its_batch_and_with_the_cleaning(self, store: Store) -> None:
        assert not store.is_erasing()
        store.begin()
        store.begin_erasing()
        store.rollback()
        assert not store.is_erasing()
        with in_batch(store):
            store.begin_erasing()
            store.begin_erasing()
            store.add_payloads([(1, "identity/2", b"x")])
        assert store.is_erasing()
        store.finish_erasing()
        store.finish_erasing()
        assert not store.is_erasing()
        assert store.payload(1) == ("identity/2", b"x")

    def test_where_a_day_begins_in_the_log(self, store: Store) -> None:
        assert store.first_at() is None
        assert store.positions_before(at=100) == 0
        first = block(1, commands=2, last_at=10)
        second = block(2, commands=0, before=first, last_at=10)
        third = block(3, commands=5, before=second, last_at=20)
        with in_batch(store):
            for each in (first, second, third):
                store.append(each)
        assert store.first_at() == 10
        assert [store.positions_before(at=at) for at in (10, 11, 20, 21)] == [0, 2, 2, 7]
