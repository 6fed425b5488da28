"""What the engine asks of every store about pages of furnished records."""

from benyuan.engine.store import PageRow, Store
from tests.storage.contract import in_batch

MONTHS, PUBLIC = 1, 2


def page(shelf: int, position: int, number: int = 0, *, layout: int = MONTHS, key: str = "pages/202605") -> PageRow:
    sealed = f"{layout} {shelf} {position} {number}".encode()
    return PageRow(layout=layout, shelf=shelf, position=position, page=number, key=key, sealed=sealed)


class PagesContract:
    """Run by a class for each kind of store."""

    def test_pages_are_found_by_their_shelves_in_order_of_their_parcels(self, store: Store) -> None:
        pages = [page(-1, 9), page(7, 5), page(-1, 3, 1), page(-1, 3), page(8, 3, 2), page(-1, 4, layout=PUBLIC)]
        with in_batch(store):
            store.add_pages(pages)
        assert store.pages_on(MONTHS, [-1, 7]) == [pages[3], pages[2], pages[1], pages[0]]
        assert store.pages_on(MONTHS, [7, 7_000]) == [pages[1]]
        assert store.pages_on(PUBLIC, [-1]) == [pages[5]]
        assert store.pages_on(MONTHS, []) == []
        assert sorted(store.shelves(MONTHS)) == [-1, 7, 8]

    def test_pages_are_found_by_their_parcels(self, store: Store) -> None:
        pages = [page(-1, 3), page(-2, 3, 1), page(5, 4)]
        with in_batch(store):
            store.add_pages(reversed(pages))
        assert sorted(store.pages_of([4, 3])) == sorted(pages)
        assert store.pages_of([5]) == []
        assert [row for rows in store.all_pages() for row in rows] == pages

    def test_a_page_is_taken_out_and_may_be_put_in_anew(self, store: Store) -> None:
        with in_batch(store):
            store.add_pages([page(-1, 3), page(-1, 3, 1)])
        with in_batch(store):
            store.remove_pages([(3, 1), (9, 9)])
            store.remove_pages([])
        assert store.pages_of([3]) == [page(-1, 3)]
        with in_batch(store):
            store.add_pages([page(-1, 3, 1, key="pages/202606")])
        assert [row.key for row in store.pages_of([3])] == ["pages/202605", "pages/202606"]
        assert store.months_sealed() == ["pages/202605", "pages/202606"]

    def test_pages_are_something_sealed(self, store: Store) -> None:
        assert not store.has_sealed()
        with in_batch(store):
            store.add_pages([page(-1, 3)])
        assert store.has_sealed()

    def test_what_was_not_committed_is_not_there(self, store: Store) -> None:
        store.begin()
        store.add_pages([page(-1, 3)])
        store.rollback()
        assert list(store.all_pages()) == []
