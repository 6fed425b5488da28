"""The limits that houses set themselves for a year's related transactions: which speak of one, and what is used.

Source: PBoC Order [2023] No. 1, arts. 11, 22. Worked number: 50,000,000.00 with each party; 49,000,000.00 with P and
2,000,000.00 with Q, who have nothing in common, leave 1,000,000.00 with P and 48,000,000.00 with Q.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from benyuan.governance.related.assessing import Held
from benyuan.governance.related.deal import Deal
from benyuan.governance.related.records import HOUSE_LIMIT, HOUSE_LIMIT_KEY
from benyuan.governance.related.together import counted_with
from benyuan.governance.related.vocabulary import SORT_NUMBER, SPAN_NUMBER, Grade, HouseSpan
from benyuan.governance.related.world import World
from benyuan.parties.ownership.dated import Column, Row, rows_in_force

SPANS = {number: HouseSpan(word) for word, number in SPAN_NUMBER.items()}
A_YEAR = 10_000  # tidy: number the year of yyyymmdd


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseLimit:
    """One limit, and what is used of it, in fen. `beside`: the party of whom it is asked, 0: all that it speaks of."""

    number: int
    body: int
    span: HouseSpan
    sort: int
    beside: int
    whole_group: bool
    most_fen: int
    used_fen: int
    position: int


class House:
    """All limits of houses on a day (yyyymmdd), as known at a log position; transactions of that day's year count."""

    def __init__(self, column: Column, world: World, held: Held, *, on: int, seen: int) -> None:
        rows = rows_in_force(column, HOUSE_LIMIT, key=HOUSE_LIMIT_KEY, on=on, seen=seen)
        self._rows = [row for row in rows if row["holds"]]
        self._world, self._held = world, held

    def met_by(self, deal: Deal) -> Iterator[HouseLimit]:
        """Those that speak of a transaction, with what was used before it in its year."""
        year = deal.signed_on // A_YEAR
        for row in self._rows:
            if row["sort"] in (0, SORT_NUMBER[deal.sort]) and deal.body in self._bodies(row):
                yield from self._met(row, body=deal.body, reaches=deal.reaches, year=year)

    def of_body(self, body: int, *, year: int) -> Iterator[HouseLimit]:
        """Those set for a body, once for each party with which it had anything where each party has its own."""
        held = self._held
        for row in self._rows:
            if row["body"] != body:
                continue
            if SPANS[row["span"]] is not HouseSpan.each_party:
                members = self._members(row, body)
                yield self._limit(row, self._used(row, members, year), beside=0)
                continue
            mine = np.isin(held["body"], list(self._bodies(row))) & (held["grade"] != Grade.unrelated)
            met = [row["party"]] if row["party"] else sorted({*held["reaches"][mine].tolist()})
            for party in met:
                sets = counted_with(self._world, party, body=body)
                yield self._limit(row, max(self._used(row, each, year) for each in sets), beside=party)

    def _met(self, row: Row, *, body: int, reaches: int, year: int) -> Iterator[HouseLimit]:
        if SPANS[row["span"]] is not HouseSpan.each_party:
            members = self._members(row, body)
            if members is None or (reaches in members[0]) == members[1]:
                yield self._limit(row, self._used(row, members, year), beside=0)
            return
        sets = counted_with(self._world, row["party"] or reaches, body=body)
        joined = [each for each in sets if reaches in each]
        if joined:
            used = max(self._used(row, each, year) for each in joined)
            yield self._limit(row, used, beside=row["party"] or reaches)

    def _bodies(self, row: Row) -> set[int]:
        return {row["body"], *(self._world.controlled(row["body"]) if row["whole_group"] else ())}

    def _members(self, row: Row, body: int) -> tuple[set[int], bool] | None:
        """Who is inside the group, and whether those are meant; None for all parties."""
        if SPANS[row["span"]] is HouseSpan.all_parties:
            return None
        top = self._world.holding_above(body) or body
        return {top, *self._world.controlled(top)}, SPANS[row["span"]] is HouseSpan.inside_group

    def _used(self, row: Row, members: Collection[int] | tuple[set[int], bool] | None, year: int) -> int:
        held = self._held
        wanted = np.isin(held["body"], list(self._bodies(row))) & (held["grade"] != Grade.unrelated)
        wanted &= held["signed_on"] // A_YEAR == year
        if row["sort"]:
            wanted &= held["sort"] == row["sort"]
        if isinstance(members, tuple):
            wanted &= np.isin(held["reaches"], list(members[0])) == members[1]
        elif members is not None:
            wanted &= np.isin(held["reaches"], list(members))
        return held.sum_where(wanted)

    @staticmethod
    def _limit(row: Row, used: int, *, beside: int) -> HouseLimit:
        return HouseLimit(
            number=row["id"],
            body=row["body"],
            span=SPANS[row["span"]],
            sort=row["sort"],
            beside=beside,
            whole_group=bool(row["whole_group"]),
            most_fen=row["amount_fen"],
            used_fen=used,
            position=row["position"],
        )
