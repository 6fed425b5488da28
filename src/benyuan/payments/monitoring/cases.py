"""Which cases a closed day opens: one for each subject of a pattern that has no open case of that pattern yet."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.books import Books
from benyuan.payments.monitoring.movements import Movements, movements_of
from benyuan.payments.monitoring.patterns import Marked, structuring_over_days
from benyuan.payments.monitoring.records import FIGURES, MONITORING, SUSPICIOUS_CASE, Pattern
from benyuan.payments.records import PERSON
from benyuan.values.dates import add_calendar_days

NAMES = ("pattern", "subject_kind", "subject", "chain", "movements", "amount_fen", "standard")


def standard_of(books: Books, *, institution: int, on: int) -> int:
    """The number of the standard that holds on a day; 0 where there is none."""
    from_date = books.column(MONITORING, "from_date")
    held = np.flatnonzero((books.column(MONITORING, "owner") == institution) & (from_date <= on))
    return int(max(held.tolist(), key=lambda number: (int(from_date[number]), number), default=0))


def figures_of(books: Books, standard: int) -> dict[str, int]:
    """The figures of a standard."""
    return {name: int(books.column(MONITORING, name)[standard]) for name in FIGURES}


def covered_through(books: Books, *, before: int) -> NDArray[np.int64]:
    """By person the last day, before another, on which a case of what is split over days was opened; 0: none."""
    covered = np.zeros(len(books.column(PERSON, "institution")), np.int64)
    on, pattern = books.column(SUSPICIOUS_CASE, "happened_on"), books.column(SUSPICIOUS_CASE, "pattern")
    wanted = (pattern == Pattern.structuring_over_days) & (on < before)
    np.maximum.at(covered, books.column(SUSPICIOUS_CASE, "subject")[wanted], on[wanted])
    return covered


def split_over_days(
    books: Books, standard: Mapping[str, int], *, institution: int, date: int, report_from_fen: int
) -> tuple[Movements, Marked] | None:
    """The movements of the last days up to one, and what of them is split over days; None where nobody looks for it."""
    if not standard["split_days"]:
        return None
    first = add_calendar_days(date, 1 - standard["split_days"])
    moves = movements_of(books.days(first, date), books=books, institution=institution)
    covered = covered_through(books, before=date)
    marked = structuring_over_days(moves, standard, date=date, report_from_fen=report_from_fen, covered=covered)
    return moves, marked


def no_cases() -> dict[str, NDArray[np.int64]]:
    """The columns without a row."""
    return {f"case_{name}": np.zeros(0, np.int64) for name in NAMES}


def new_cases(
    books: Books, moves: Movements, marked: list[Marked], *, institution: int, standard: int
) -> dict[str, NDArray[np.int64]]:
    """New cases as columns `case_…`, in order of pattern and subject."""
    known = open_cases(books, institution=institution)
    rows: list[tuple[int, ...]] = []
    for each in marked:
        subjects, first, group = np.unique(each.subject, return_index=True, return_inverse=True)
        count, total = np.bincount(group, minlength=len(subjects)), np.zeros(len(subjects), np.int64)
        np.add.at(total, group, moves.amount_fen[each.place])
        for place, subject in enumerate(subjects.tolist()):
            if (int(each.pattern), each.subject_kind, subject) not in known:
                found = (int(each.chain[first[place]]), int(count[place]), int(total[place]), standard)
                rows.append((int(each.pattern), each.subject_kind, subject, *found))
    table = np.array(rows, np.int64).reshape(len(rows), len(NAMES))
    return {f"case_{name}": table[:, place] for place, name in enumerate(NAMES)}


def open_cases(books: Books, *, institution: int) -> set[tuple[int, int, int]]:
    """(pattern, kind of subject, subject) of the cases of an institution that nobody has judged."""
    names = ("pattern", "subject_kind", "subject")
    columns = {name: books.column(SUSPICIOUS_CASE, name) for name in (*names, "institution", "verdict")}
    waiting = np.flatnonzero((columns["institution"] == institution) & (columns["verdict"] == 0))
    return set(zip(*(columns[name][waiting].tolist() for name in names), strict=True))
