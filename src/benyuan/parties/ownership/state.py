"""Ownership as it stands on a day, as far as was known at a position of the log: what is reckoned from.

Shares vote unless a row of votes says otherwise; what can become votes is taken as exercised by all who can, so that
both the part and the whole grow (PBoC Order [2020] No. 4, art. 3 ¶1). A stake held for another counts as the other's
(arts. 10, 12), and stays told. Worked number: 40 of 100 votes and the right to 50 more of 100 are 90 of 150.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypedDict

import numpy as np
from flint import fmpq
from numpy.typing import NDArray

from benyuan.decisions.facts import Table
from benyuan.parties.bodies.records import BODY, BODY_BUSINESS
from benyuan.parties.bodies.same import NOBODY, Ones, ones_of
from benyuan.parties.bodies.vocabulary import BODY_KIND_NUMBER, BUSINESS_NUMBER, PLACE_NUMBER, BodyKind, Business, Place
from benyuan.parties.ownership.control import Concert, Grounds, Power
from benyuan.parties.ownership.dated import Column, Row, in_force, rows_as_recorded, rows_in_force
from benyuan.parties.ownership.records import (
    CONCERT_MEMBER,
    CONCERT_TERMS,
    FAMILY_TIE,
    KEYS,
    OFFICE,
    PLEDGE,
    STAKE,
    STEERING,
)
from benyuan.parties.ownership.stakes import Stakes
from benyuan.parties.ownership.vocabulary import (
    FAMILY_NUMBER,
    GROUND_OF,
    POST_NUMBER,
    STAKE_NUMBER,
    STEERING_NUMBER,
    Family,
    Post,
    StakeSort,
    Steering,
)

SORTS = {number: StakeSort(word) for word, number in STAKE_NUMBER.items()}
STEERINGS = {number: Steering(word) for word, number in STEERING_NUMBER.items()}
POSTS = {number: Post(word) for word, number in POST_NUMBER.items()}
KINDS = {number: BodyKind(word) for word, number in BODY_KIND_NUMBER.items()}
PLACES = {number: Place(word) for word, number in PLACE_NUMBER.items()}
BUSINESSES = {number: Business(word) for word, number in BUSINESS_NUMBER.items()}
NONE, ALL = fmpq(0), fmpq(1)
NO_TIE = FAMILY_NUMBER[Family.none]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a body is and where, what it does on the day, its book here (0: none), the position of its name."""

    kind: BodyKind
    place: Place
    business: Business
    book: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All of it. `held`: the rows of stakes in force, as recorded; `pledged`, `offices`, `families` likewise.

    Who has shown two documents is named as one individual in all but `held` and `bodies` (`ones`).
    """

    on: int
    seen: int
    bodies: Mapping[int, Body]
    held: tuple[Row, ...]
    pledged: tuple[Row, ...]
    offices: tuple[Row, ...]
    families: tuple[Row, ...]
    shares: Stakes
    grounds: Grounds
    ones: Ones = NOBODY

    @property
    def nominees(self) -> list[Row]:
        """Stakes that are held for another."""
        of = self.ones.of
        return [row for row in self.held if row["nominee_of"] and of(row["nominee_of"]) != of(row["owner"])]


def state_of(column: Column, *, on: int, seen: int, bodies: Mapping[int, Body] | None = None) -> State:
    """The state on a day (yyyymmdd), from tables, as known at a log position; `bodies`: those of another day."""
    ones = ones_of(column, seen=seen)
    as_known: _AsKnown = {"on": on, "seen": seen, "ones": ones}
    held = rows_as_recorded(column, STAKE, key=KEYS[STAKE.name], on=on, seen=seen)
    steered = _rows(column, STEERING, **as_known)
    return State(
        on=on,
        seen=seen,
        ones=ones,
        bodies=_bodies(column, on=on, seen=seen) if bodies is None else bodies,
        held=tuple(row for row in held if row["part"]),
        pledged=tuple(row for row in _rows(column, PLEDGE, **as_known) if row["part"]),
        offices=offices_of(column, **as_known),
        families=families_of(column, **as_known),
        shares=_economic(held, ones),
        grounds=Grounds(
            votes=_voting(held, ones),
            concerts=_concerts(column, on=on, seen=seen, ones=ones),
            powers=tuple(
                Power(
                    holder=row["holder"],
                    body=row["body"],
                    ground=GROUND_OF[STEERINGS[row["steering"]]],
                    part=row["part"],
                    whole=row["whole"],
                )
                for row in steered
                if row["part"]
            ),
        ),
    )


def offices_of(column: Column, *, on: int, seen: int, ones: Ones) -> tuple[Row, ...]:
    """The posts that are held on a day."""
    return _once(_rows(column, OFFICE, on=on, seen=seen, ones=ones), KEYS[OFFICE.name], "holds")


def families_of(column: Column, *, on: int, seen: int, ones: Ones) -> tuple[Row, ...]:
    """The ties of family that there are on a day."""
    return _families(_rows(column, FAMILY_TIE, on=on, seen=seen, ones=ones))


def stakes_in(column: Column, owned: Collection[int], *, on: int, seen: int, ones: Ones) -> tuple[Stakes, Stakes]:
    """Shares and votes in some bodies alone, on a day."""
    kept = np.flatnonzero(np.isin(column(STAKE, "owned"), list(owned)))

    def of(table: Table, name: str) -> NDArray[np.int64]:
        values = column(table, name)
        return np.concatenate([values[:1], values[kept]])

    held = rows_as_recorded(of, STAKE, key=KEYS[STAKE.name], on=on, seen=seen)
    return _economic(held, ones), _voting(held, ones)


class _AsKnown(TypedDict):
    on: int
    seen: int
    ones: Ones


def _rows(column: Column, table: Table, *, on: int, seen: int, ones: Ones) -> list[Row]:
    return rows_in_force(column, table, key=KEYS[table.name], on=on, seen=seen, ones=ones)


def _once(rows: list[Row], key: Sequence[str], holds: str) -> tuple[Row, ...]:
    """The rows that hold, the first of those that speak of one individual's one fact."""
    found: dict[tuple[int, ...], Row] = {}
    for row in rows:
        if row[holds]:
            found.setdefault(tuple(row[name] for name in key), row)
    return tuple(found.values())


def _families(rows: list[Row]) -> tuple[Row, ...]:
    """The ties there are; nobody is of their own family by another document."""
    ties = [row | {"holds": int(row["tie"] != NO_TIE)} for row in rows if row["individual"] != row["other"]]
    return _once(ties, ("individual", "other", "tie"), "holds")


def _bodies(column: Column, *, on: int, seen: int) -> dict[int, Body]:
    does = {name: column(BODY_BUSINESS, name)[1:] for name in BODY_BUSINESS.columns}
    places = in_force(does, key=("owner",), on=on, seen=seen)
    found = {
        int(does["owner"][place]): (BUSINESSES[int(does["business"][place])], int(does["book"][place]))
        for place in places.tolist()
    }
    kinds, places_of, positions = (column(BODY, name).tolist() for name in ("kind", "place", "position"))
    return {
        body: Body(
            kind=KINDS[kinds[body]],
            place=PLACES[places_of[body]],
            business=found.get(body, (Business.none, 0))[0],
            book=found.get(body, (Business.none, 0))[1],
            position=positions[body],
        )
        for body in range(1, len(kinds))
        if positions[body] <= seen
    }


def _economic(held: list[Row], ones: Ones) -> Stakes:
    shares = STAKE_NUMBER[StakeSort.shares]
    return _stakes(
        [(_holder(row, ones), row["owned"], fmpq(row["part"], row["whole"])) for row in held if row["sort"] == shares]
    )


def _voting(held: list[Row], ones: Ones) -> Stakes:
    votes: dict[tuple[int, int], tuple[int, fmpq]] = {}
    may_add: dict[tuple[int, int], fmpq] = {}
    for sort in (STAKE_NUMBER[StakeSort.shares], STAKE_NUMBER[StakeSort.votes]):
        for row in held:
            if row["sort"] == sort:
                votes[row["owner"], row["owned"]] = _holder(row, ones), fmpq(row["part"], row["whole"])
    for row in held:
        if row["sort"] == STAKE_NUMBER[StakeSort.potential_votes] and row["part"]:
            key = _holder(row, ones), row["owned"]
            may_add[key] = may_add.get(key, NONE) + fmpq(row["part"], row["whole"])
    wholes: dict[int, fmpq] = {}
    for (_, owned), part in may_add.items():
        wholes[owned] = wholes.get(owned, ALL) + part
    parts = dict(may_add)
    for (_, owned), (holder, part) in votes.items():
        key = holder, owned
        parts[key] = parts[key] + part if key in parts else part
    rows = [
        (holder, owned, part / wholes[owned] if owned in wholes else part)  # tidy: exact
        for (holder, owned), part in parts.items()
    ]
    return _stakes(rows)


def _holder(row: Row, ones: Ones) -> int:
    return ones.of(row["nominee_of"] or row["owner"])


def _stakes(rows: list[tuple[int, int, fmpq]]) -> Stakes:
    """Stakes in order; a holder's own shares of itself, through a nominee, count as nobody's."""
    kept = [
        (holder, owned, int(part.p), int(part.q)) for holder, owned, part in rows if part != NONE and holder != owned
    ]
    kept.sort(key=_WHO)
    columns = np.array(kept, np.int64).reshape(-1, 4)
    return Stakes(owner=columns[:, 0], owned=columns[:, 1], part=columns[:, 2], whole=columns[:, 3])


_WHO = itemgetter(0, 1)
"""Of which two bodies a stake is; several of one pair stay in the order of their rows."""


def _concerts(column: Column, *, on: int, seen: int, ones: Ones) -> tuple[Concert, ...]:
    of, member = column(CONCERT_MEMBER, "terms"), ones.column(column(CONCERT_MEMBER, "member"))
    found = []
    for row in _rows(column, CONCERT_TERMS, on=on, seen=seen, ones=ones):
        members = tuple(dict.fromkeys(member[of == row["id"]].tolist()))
        if members:
            found.append(Concert(members=members, lead=row["lead"]))
    return tuple(found)
