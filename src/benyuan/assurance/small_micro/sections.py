"""The parts of the report: each a table with its definition beside it, small rows put together so that none is told.

Worked number: with a floor of 5, rows of 40, 12, 7 and 3 merchants show the first two; of the 3 nobody could be told
apart by taking the others from the total, so the 7 are put together with them: 10 in one row.
"""

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

Cell: TypeAlias = str | int
TOGETHER = "others, too few to be told apart"


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One table. The first column names the row; columns that end in `_fen` are in fen.

    `definition` says what is counted; `rule`, `document`, `article` and `status` where its figures stand, if any do;
    `together`: how many rows were put together.
    """

    name: str
    title: str
    definition: str
    rule: str
    document: str
    article: str
    status: str
    columns: list[str]
    rows: list[list[Cell]]
    together: int = 0


def put_together(rows: Sequence[list[Cell]], *, by: int, floor: int) -> tuple[list[list[Cell]], int]:
    """The rows with those of fewer than `floor` in column `by` in one last row, and how many these are.

    Were it one alone, or all of them together still fewer, the next smallest joins them. Rows of nobody are left out.
    """
    ordered = sorted((row for row in rows if row[by]), key=lambda row: row[by])
    hidden: list[list[Cell]] = [row for row in ordered if int(row[by]) < floor]
    if not hidden:
        return [row for row in rows if row[by]], 0
    for row in ordered[len(hidden) :]:
        if len(hidden) > 1 and sum(int(each[by]) for each in hidden) >= floor:
            break
        hidden.append(row)
    names = {str(row[0]) for row in hidden}
    kept = [row for row in rows if row[by] and str(row[0]) not in names]
    if sum(int(each[by]) for each in hidden) < floor:
        return kept, len(hidden)
    sums: list[Cell] = [TOGETHER, *(sum(int(row[place]) for row in hidden) for place in range(1, len(hidden[0])))]
    return [*kept, sums], len(hidden)
