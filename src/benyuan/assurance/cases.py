"""The movements behind a case that a pattern opened, found again in the log: every figure down to its commands."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from benyuan.engine.books import EngineBooks
from benyuan.engine.group import Group
from benyuan.engine.reading import Opened
from benyuan.engine.store import StoreDamaged
from benyuan.payments.flows import OF_PERSON
from benyuan.payments.large_values import THRESHOLDS
from benyuan.payments.monitoring.cases import figures_of, split_over_days
from benyuan.payments.monitoring.movements import Move, Movements, movements_of, principals_of
from benyuan.payments.monitoring.patterns import Marked, marked_in
from benyuan.payments.monitoring.records import Pattern


def movements_of_case(group: Group, case: dict[str, int]) -> list[dict[str, Any]]:
    """The marked movements of a case's subject, in order of the log; none where people opened the case.

    `case` is its row. Amounts in fen, `at` in microseconds since 1970 UTC.
    """
    if not case["standard"]:
        return []
    date = case["happened_on"]
    position = end_of_day(group, date)
    books = group.books(before=position)
    moves, found = _marked(group, books, case)
    rows = []
    for place in found.place[found.subject == case["subject"]].tolist():
        names = ("position", "at", "person", "amount_fen", "other", "merchant", "credit_fen")
        row = {name: int(getattr(moves, name)[place]) for name in names}
        rows.append({**row, "move": Move(int(moves.move[place])).name})
    return rows


def _marked(group: Group, books: EngineBooks, case: dict[str, int]) -> tuple[Movements, Marked]:
    """What the case's pattern marks on its day, among which movements."""
    date, home, figures = case["happened_on"], case["institution"], figures_of(books, case["standard"])
    threshold = group.regime.pack.value(id=THRESHOLDS[OF_PERSON], on=date).fen
    if case["pattern"] == Pattern.structuring_over_days:
        split = split_over_days(books, figures, institution=home, date=date, report_from_fen=threshold)
        if split is None:
            raise StoreDamaged(f"a case of {date} by standard {case['standard']}, which looks for no such thing")
        return split
    moves = movements_of(books.day(date), books=books, institution=home)
    marked = marked_in(moves, figures, date=date, report_from_fen=threshold, principals=principals_of(books))
    (found,) = [each for each in marked if each.pattern == case["pattern"]]
    return moves, found


def blocks_of_day(group: Group, date: int) -> Iterator[Opened]:
    """The blocks of a day, the newest first."""
    position = end_of_day(group, date) - 1
    while position > 0:
        opened = group.reader.at_position(position)
        if opened.batch().on < date:
            return
        yield opened
        position = opened.block.first_position - 1


def end_of_day(group: Group, date: int) -> int:
    """The first log position after a day, found by halving."""
    positions = range(1, group.position + 1)
    low, high = 0, len(positions)
    while low < high:
        middle = (low + high) // 2
        if group.reader.at_position(positions[middle]).batch().on <= date:
            low = middle + 1
        else:
            high = middle
    return low + 1


def case_row(group: Group, number: int) -> dict[str, int]:
    """A case by its number. Errors: KeyError."""
    held = group.records.tables["suspicious_case"]
    if not 0 < number <= held.count:
        raise KeyError(number)
    return {name: int(np.asarray(held.column(name))[number]) for name in held.table.columns}
