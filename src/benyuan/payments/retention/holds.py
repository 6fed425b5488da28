"""What holds records back though their term is over.

Sources: AML Law (2024), art. 40; Order [2025] No. 11, art. 44 and Order [2024] No. 4, art. 61 (an investigation under
way); State Council Order 768, art. 31 (freezes); Order [2016] No. 3, arts. 14, 15, 22. That an open dispute, an open
case and a duty not done hold back is a choice: what is still to be decided or reported needs its records.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.books import Books
from benyuan.decisions.facts import Table
from benyuan.payments.flows import OF_MERCHANT, OF_PERSON
from benyuan.payments.monitoring.records import SUSPICIOUS_CASE
from benyuan.payments.records import DISPUTE, DUTY, MERCHANT, PAYMENT_DISPUTED, PERSON, WALLET
from benyuan.payments.retention.records import INVESTIGATION

Column = NDArray[np.int64]


class Reason(IntEnum):
    """Why a record is kept; where there are several, the first in this order is told."""

    none = 0
    investigation = 1
    dispute = 2
    case = 3
    duty = 4
    stop = 5


class Holds:
    """The reason for each person and each merchant, 0 where nothing holds them back.

    A micro-merchant and the person that stands for it are held back together. What stopped a merchant holds nothing
    back: it can't be lifted any more from one that has left; a suspicion has its case.
    """

    def __init__(self, books: Books) -> None:
        self._books = books
        self.people = np.zeros(len(books.column(PERSON, "stops")), np.int64)
        self.merchants = np.zeros(len(books.column(MERCHANT, "stops")), np.int64)
        self._stops()
        self._subjects(SUSPICIOUS_CASE, books.column(SUSPICIOUS_CASE, "verdict") == 0, Reason.case)
        self._subjects(INVESTIGATION, books.column(INVESTIGATION, "closed_on") == 0, Reason.investigation)
        self._together()

    def with_disputes(self) -> "Holds":
        """Besides, whoever has a dispute open; this is for who they are, a payment is held by its own dispute."""
        books = self._books
        wanted = books.column(DISPUTE, "outcome") == 0
        wallets, merchants = books.column(DISPUTE, "wallet")[wanted], books.column(DISPUTE, "merchant")[wanted]
        self._add(self.people, books.column(WALLET, "person")[wallets], Reason.dispute)
        self._add(self.merchants, merchants, Reason.dispute)
        self._together()
        return self

    def with_duties(self, *, arose_on: int = 0) -> "Holds":
        """Besides, whoever has a duty not done; with a day, only such as arose of that day."""
        books = self._books
        wanted = books.column(DUTY, "done_on") == 0
        if arose_on:
            wanted = wanted & (books.column(DUTY, "arose_on") == arose_on)
        self._subjects(DUTY, wanted, Reason.duty)
        self._together()
        return self

    def _stops(self) -> None:
        books = self._books
        self._add(self.people, np.flatnonzero(books.column(PERSON, "stops")), Reason.stop)
        stopped = np.flatnonzero((books.column(WALLET, "stops") != 0) | (books.column(WALLET, "freezes") > 0))
        self._add(self.people, books.column(WALLET, "person")[stopped], Reason.stop)

    def _subjects(self, table: Table, wanted: NDArray[np.bool_], reason: Reason) -> None:
        kinds, subjects = (self._books.column(table, name)[wanted] for name in ("subject_kind", "subject"))
        self._add(self.people, subjects[kinds == OF_PERSON], reason)
        self._add(self.merchants, subjects[kinds == OF_MERCHANT], reason)

    def _together(self) -> None:
        principals = self._books.column(MERCHANT, "principal")
        micro = np.flatnonzero(principals)
        for place in micro[self.merchants[micro] != 0].tolist():
            self._add(self.people, principals[[place]], Reason(int(self.merchants[place])))
        self.merchants[micro] = _first(self.merchants[micro], self.people[principals[micro]])

    @staticmethod
    def _add(reasons: Column, ids: Column, reason: Reason) -> None:
        known = ids[(ids > 0) & (ids < len(reasons))]
        reasons[known] = _first(reasons[known], np.full(len(known), int(reason)))


def _first(one: Column, other: Column) -> Column:
    """The first reason of two, where there is any."""
    return np.asarray(np.where((one != 0) & ((other == 0) | (one < other)), one, other), np.int64)


def at(reasons: Column, ids: Column) -> Column:
    """The reasons of these ids; none for an id that nobody has."""
    found: Column = reasons[np.where((ids > 0) & (ids < len(reasons)), ids, 0)]
    return found


def first_of(*reasons: Column) -> Column:
    """Of several reasons for each record the first."""
    found = np.zeros_like(reasons[0])
    for each in reasons:
        found = _first(found, each)
    return found


def disputed_payments(books: Books) -> Column:
    """The log positions of payments with an open dispute."""
    positions: Column = books.ids(PAYMENT_DISPUTED)[books.column(PAYMENT_DISPUTED, "dispute") != 0]
    return positions


def held_as(held: NDArray[np.bool_], reason: Reason) -> Column:
    """A reason wherever `held`."""
    return np.where(held, int(reason), 0)
