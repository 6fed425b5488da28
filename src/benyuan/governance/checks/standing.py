"""What stands behind a sensitive command: roles on a day, whether an entity requires checks, which proposal covers it.

Source: house rules gov.house.checks and gov.house.checks.valid, on PBoC Order [2020] No. 4, arts. 31 ¶2, 34. Worked:
proposed on 2026-05-01 and good for 7 days, it can be used up to and including 05-08; on 05-09 it is expired.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import text_number
from benyuan.decisions.facts import Table
from benyuan.governance.checks.records import CHECK_PROPOSAL, CHECKS_REQUIRED, STAFF, STAFF_LEFT, STAFF_ROLE
from benyuan.governance.checks.words import ACT_NUMBER, AREA_NUMBER, VERDICT_NUMBER, Act, Area, Standing, Verdict
from benyuan.parties.bodies.same import ones_of
from benyuan.rules import RulePack, UnknownRule
from benyuan.values.dates import add_calendar_days

Column: TypeAlias = Callable[[Table, str], NDArray[np.int64]]
AllWith: TypeAlias = Callable[[Table, str, int], NDArray[np.int64]]

CHECKED, VALID = "gov.house.checks", "gov.house.checks.valid"
PASSED = VERDICT_NUMBER[Verdict.passed]
PACKS = 8  # tidy: number how many packs and days are kept at hand
DIGITS, HEX = 15, 16  # tidy: number as many hex digits as fit into 63 bits


def areas_on(rules: RulePack, on: int) -> Mapping[str, Area]:
    """The sensitive kinds of command on a day, each with its area; none without the rule or outside its dates."""
    return _areas(_Keyed(rules), on)


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A pack that is known again by its digest."""

    pack: RulePack

    def __hash__(self) -> int:
        return int(self.pack.digest[:DIGITS], base=HEX)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and self.pack.digest == other.pack.digest


@lru_cache(maxsize=PACKS * PACKS)
def _areas(keyed: _Keyed, on: int) -> Mapping[str, Area]:
    try:
        value = keyed.pack.in_force(id=CHECKED, on=on)
    except UnknownRule:
        return {}
    return {} if value is None else {row.code("command"): Area(row.code("area")) for row in value.tiers}


@lru_cache(maxsize=PACKS)
def _ever(keyed: _Keyed) -> frozenset[str]:
    try:
        rule = keyed.pack.rule(CHECKED)
    except UnknownRule:
        return frozenset()
    return frozenset(row.code("command") for value in rule.values for row in value.tiers)


def is_ever_listed(rules: RulePack, kind: str) -> bool:
    """Whether a kind of command is sensitive on any day."""
    return kind in _ever(_Keyed(rules))


def last_day(rules: RulePack, *, proposed_on: int) -> int:
    """The last day on which a proposal may be used. Errors: RuleNotInForce."""
    return add_calendar_days(proposed_on, rules.value(id=VALID, on=proposed_on).count)


def has_left(column: Column, *, staff: int, on: int) -> bool:
    """Whether a member of staff is not there any more on a day."""
    return bool(((column(STAFF_LEFT, "staff") == staff) & (column(STAFF_LEFT, "left_on") <= on))[1:].any())


def holds_role(column: Column, *, staff: int, area: Area, act: Act, on: int) -> bool:
    """Whether a member of staff has a role on a day, and is there."""
    held = {name: column(STAFF_ROLE, name) for name in ("staff", "area", "act", "from_date", "ended_on")}
    mine = (held["staff"] == staff) & (held["area"] == AREA_NUMBER[area]) & (held["act"] == ACT_NUMBER[act])
    mine &= (held["from_date"] <= on) & ((held["ended_on"] == 0) | (held["ended_on"] > on))
    return bool(mine[1:].any()) and staff > 0 and not has_left(column, staff=staff, on=on)


def holders(column: Column, *, sort: int, entity: int, area: Area, act: Act, on: int) -> set[int]:
    """The members of an entity's staff who have a role on a day."""
    mine = (column(STAFF, "sort") == sort) & (column(STAFF, "entity") == entity)
    members = [number for number in np.flatnonzero(mine).tolist() if number]
    return {number for number in members if holds_role(column, staff=number, area=area, act=act, on=on)}


def has_two(column: Column, *, sort: int, entity: int, area: Area, on: int) -> bool:
    """Whether one individual could make and another check."""
    identity, one = column(STAFF, "identity"), ones_of(column).document
    makers, checkers = (
        {one(int(identity[each])) for each in holders(column, sort=sort, entity=entity, area=area, act=act, on=on)}
        for act in (Act.maker, Act.checker)
    )
    return any(maker != checker for maker in makers for checker in checkers)


def requires_from(column: Column, *, sort: int, entity: int) -> int:
    """The first day on which an entity's sensitive commands need a checker; 0 where they do not."""
    mine = (column(CHECKS_REQUIRED, "sort") == sort) & (column(CHECKS_REQUIRED, "entity") == entity)
    found = column(CHECKS_REQUIRED, "from_date")[mine]
    return int(found.min()) if len(found) and sort else 0


def requiring(column: Column, on: int) -> set[tuple[int, int]]:
    """Sort and number of every entity whose sensitive commands need a checker on a day."""
    begun = column(CHECKS_REQUIRED, "from_date") <= on
    pairs = zip(column(CHECKS_REQUIRED, "sort")[begun].tolist(), column(CHECKS_REQUIRED, "entity")[begun].tolist())  # noqa: B905  two columns of one table
    return {pair for pair in pairs if pair[0]}


def covering(
    column: Column, all_with: AllWith, *, kind: str, body: int, at: set[tuple[int, int]], on: int
) -> tuple[int, Standing]:
    """The proposal that lets a command through, and how that stands; without one the nearest, 0 for none.

    `at`: the entities at which it may have been checked.
    """
    found = [(_standing(column, number, kind=kind, at=at, on=on), number) for number in _about(all_with, body)]
    if not found:
        return 0, Standing.unproposed
    standing, number = min(found, key=lambda each: (each[0] is not Standing.checked, -int(each[0]), each[1]))
    return number, standing


def _about(all_with: AllWith, body: int) -> list[int]:
    found: list[int] = all_with(CHECK_PROPOSAL, "body", body).tolist() if body else []
    return [number for number in found if number]


def _standing(column: Column, number: int, *, kind: str, at: set[tuple[int, int]], on: int) -> Standing:
    row: dict[str, Any] = {name: int(column(CHECK_PROPOSAL, name)[number]) for name in CHECK_PROPOSAL.columns}
    if row["kind"] != text_number(kind):
        return Standing.unproposed
    if (row["sort"], row["entity"]) not in at:
        return Standing.elsewhere
    if row["used_by"]:
        return Standing.used
    if row["verdict"] and row["verdict"] != PASSED:
        return Standing.refused
    if row["until"] < on:
        return Standing.expired
    if not row["verdict"]:
        return Standing.unchecked
    return Standing.checked if _still_two(column, row, on) else Standing.left


def _still_two(column: Column, row: Mapping[str, int], on: int) -> bool:
    """Whether both are there, with their roles, and are two individuals."""
    area = next(area for area, number in AREA_NUMBER.items() if number == row["area"])
    roles = ((row["maker"], Act.maker), (row["checker"], Act.checker))
    there = all(holds_role(column, staff=staff, area=Area(area), act=act, on=on) for staff, act in roles)
    return there and not are_one(column, row["maker"], row["checker"])


def numbers_of(column: Column, staff: int) -> list[int]:
    """All numbers under which an individual is or was on a staff, at whatever entity, by whatever documents."""
    identity, one = column(STAFF, "identity"), ones_of(column).document
    mine = one(int(identity[staff]))
    found = [number for number, each in enumerate(identity.tolist()) if each and one(each) == mine]
    return found or [staff]


def are_one(column: Column, staff: int, other: int) -> bool:
    """Whether two members of staff are one individual, by whatever documents."""
    identity, one = column(STAFF, "identity"), ones_of(column).document
    return one(int(identity[staff])) == one(int(identity[other]))
