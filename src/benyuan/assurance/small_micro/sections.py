"""The parts of the report: each a table with its definition beside it, small rows put together so that none is told.

Worked number: with a floor of 5, rows of 40, 12, 7 and 3 merchants show the first two; of the 3 nobody could be told
apart by taking the others from the total, so the 7 are put together with them: 10 in one row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from benyuan.assurance.small_micro.receipts import Ints
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.rules.types import RuleValue

Cell: TypeAlias = str | int
Row: TypeAlias = list[Cell]
TOGETHER = "others, too few to be told apart"
RULE = "gov.house.small_micro"
WHOLE, HUNDREDTHS = 10_000, 100


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
    rows: list[Row]
    together: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all sections share: the group, the period (yyyymmdd, both days counted), the least row that is told."""

    group: Group
    institution: int
    first: int
    last: int
    floor: int

    def column(self, table: Table, name: str) -> Ints:
        """A whole column of a table."""
        return self.group.records.tables[table.name].column(name)

    def value(self, rule: str) -> RuleValue:
        """A rule's value on the last day."""
        return self.group.regime.pack.value(id=rule, on=self.last)

    def section(
        self,
        name: str,
        title: str,
        definition: str,
        *,
        columns: Sequence[str],
        rows: Sequence[Row],
        together: int,
        rule: str = RULE,
    ) -> Section:
        """A table of rows that may be told, with where its rule stands."""
        value = self.value(rule)
        return Section(
            name=name,
            title=title,
            definition=definition,
            rule=rule,
            document=value.cite.document,
            article=value.cite.article or "",
            status=value.status.value,
            columns=list(columns),
            rows=list(rows),
            together=together,
        )

    def shut(self, rows: Sequence[Row], *, by: int = 1, also: int = 0) -> tuple[list[Row], int]:
        """The rows with those of too few put together, and how many these were."""
        return put_together(rows, by=by, floor=self.floor, also=also)

    def split(self, rows: Sequence[Row], parts: Mapping[str, Sequence[Row]], *, also: int = 0) -> tuple[list[Row], int]:
        """Told rows of which some are shown in parts, the small parts of each put together within it.

        So nobody is told by taking the parts from the row that they make up, which another table shows.
        """
        made: list[Row] = []
        hidden = 0
        for row in rows:
            within = parts.get(str(row[0]))
            if within is None:
                made.append(row)
                continue
            kept, together = put_together(within, by=1, floor=self.floor, also=also)
            made += [[f"{row[0]}, {TOGETHER}", *each[1:]] if each[0] == TOGETHER else each for each in kept]
            hidden += together
        return made, hidden


def missing(what: str, *, some: int, of: int, told: Sequence[Row], row: str) -> list[str]:
    """What is untold and of how many, with the share; no number where the row of these has others in it."""
    if not some:
        return []
    shown = [each for each in told if each[0] == row]
    return [f"{what}: {f'{some:,} of {of:,} ({share(some, of)})' if shown else 'some, too few to be told apart'}"]


def put_together(rows: Sequence[Row], *, by: int, floor: int, also: int = 0) -> tuple[list[Row], int]:
    """The rows with those of fewer than `floor` in column `by` in one last row, and how many these are.

    Were it one alone, or all of them together still fewer, the next smallest joins them. Rows of nobody are left out.
    `also`: another column in which a row has nobody, or else no fewer than `floor`.
    """

    def small(some: Sequence[Row]) -> bool:
        counted = sum(int(row[by]) for row in some)
        others = sum(int(row[also]) for row in some) if also else 0
        return counted < floor or 0 < others < floor

    ordered = sorted((row for row in rows if row[by]), key=lambda row: row[by])
    hidden: list[Row] = [row for row in ordered if small([row])]
    if not hidden:
        return [row for row in rows if row[by]], 0
    for row in [row for row in ordered if not small([row])]:
        if len(hidden) > 1 and not small(hidden):
            break
        hidden.append(row)
    names = {str(row[0]) for row in hidden}
    kept = [row for row in rows if row[by] and str(row[0]) not in names]
    if small(hidden):
        return kept, len(hidden)
    sums: Row = [TOGETHER, *(sum(int(row[place]) for row in hidden) for place in range(1, len(hidden[0])))]
    return [*kept, sums], len(hidden)


def share(some: int, of: int) -> str:
    """A share in per cent, cut to two decimals; empty where there is nothing."""
    return "" if of == 0 else f"{(cut := some * WHOLE // of) // HUNDREDTHS}.{cut % HUNDREDTHS:02d}%"
