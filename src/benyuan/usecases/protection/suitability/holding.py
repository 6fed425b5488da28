"""Who holds what: sold, not cancelled, and not given back whole."""

import numpy as np

from benyuan.consumer_protection.suitability.facts import Ints, Truths
from benyuan.consumer_protection.suitability.records import REDEMPTION, SALE
from benyuan.decisions.books import Books


def _stand(books: Books) -> Truths:
    """For each sale whether anything of it is held."""
    stand = np.asarray(books.column(SALE, "cancelled_on") == 0, np.bool_)
    stand[books.column(REDEMPTION, "sale")[books.column(REDEMPTION, "left_shares") == 0]] = False
    return stand


def holders_of(books: Books, product: int) -> Ints:
    """Who holds a product, each once."""
    bought = (books.column(SALE, "product") == product) & _stand(books)
    return np.unique(books.column(SALE, "person")[bought])


def held_by(books: Books, person: int) -> Ints:
    """Which products a person holds, each once."""
    places = books.all_with(SALE, "person", person)
    return np.unique(books.column(SALE, "product")[places[_stand(books)[places]]])
