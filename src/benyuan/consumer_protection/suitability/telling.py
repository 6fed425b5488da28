"""What an investor was told of a product, looked up: the last of each kind, with the log's own time of it.

Source: Order 2025 No. 7, arts. 17 (traceable), 18, 28, 31, 38. Nothing of it is taken from what the seller says of
times past: each was a command of its own. Worked number: an opinion given at 10:00:00 after the test that counts
stands; after another test, or a change of the product's level, it does not.
"""

from collections.abc import Sequence

import numpy as np

from benyuan.consumer_protection.suitability.facts import Ints
from benyuan.consumer_protection.suitability.records import TOLD
from benyuan.consumer_protection.suitability.vocabulary import Told
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books

OF_PRODUCT = (Told.terms, Told.opinion, Told.high_risk, Told.stop, Told.risks, Told.guardian)
LOOKED_UP = ("test", "terms", "at", "position")


def told_of_product(batch: Batch, books: Books) -> dict[str, Ints]:
    """For each kind the last one of the command's person and product: `told_<kind>`, its number, and what it says."""
    numbers = np.zeros((len(OF_PRODUCT), len(batch)), np.int64)
    asked = zip(batch.integers("person").tolist(), batch.integers("product").tolist(), strict=True)
    for place, (person, product) in enumerate(asked):
        rows = books.all_with(TOLD, "person", person)
        rows = rows[books.column(TOLD, "product")[rows] == product]
        numbers[:, place] = [_last(rows, books, what) for what in OF_PRODUCT]
    return {
        name: column
        for what, places in zip(OF_PRODUCT, numbers, strict=True)
        for name, column in _columns(what, places, books).items()
    }


def told_of_tests(people: Sequence[int], tests: Sequence[int], books: Books) -> dict[str, Ints]:
    """When people were last told of the result of a test; the number 0 where they were not."""
    numbers = np.zeros(len(people), np.int64)
    for place, (person, test) in enumerate(zip(people, tests, strict=True)):
        rows = books.all_with(TOLD, "person", person)
        numbers[place] = _last(rows[books.column(TOLD, "test")[rows] == test], books, Told.level)
    return _columns(Told.level, numbers, books)


def _last(rows: Ints, books: Books, what: Told) -> int:
    found = rows[books.column(TOLD, "what")[rows] == what]
    return int(found[-1]) if len(found) else 0


def _columns(what: Told, places: Ints, books: Books) -> dict[str, Ints]:
    said = {f"told_{what.name}_{name}": books.column(TOLD, name)[places] for name in LOOKED_UP}
    return {f"told_{what.name}": places, **said}
