"""Ownership of a group as it stands, and the names of its bodies.

Names of companies stand in the log, those of individuals in the vault; without its keys an individual is a number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from benyuan.engine.group import Group
from benyuan.engine.vault import VaultLocked
from benyuan.parties.bodies.sources import source_of
from benyuan.parties.bodies.vocabulary import BodyKind
from benyuan.parties.ownership.control import Control, control
from benyuan.parties.ownership.dated import Column
from benyuan.parties.ownership.state import State, state_of
from benyuan.rules.places import value_on
from benyuan.rules.quantities import PPM
from benyuan.values.dates import from_yyyymmdd, local_day
from benyuan.values.errors import BadInput

CONTROL = "fhc.control"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """A state of ownership and who controls whom in it."""

    state: State
    control: Control


def owned(group: Group, *, on: int = 0, seen: int = 0) -> Owned:
    """Ownership on a day (0: that of the last command), as known at a log position (0: all of it).

    Errors: BadInput before the rule on control, and for a day that is none.
    """
    day = on or local_day(group.last_at)
    from_yyyymmdd(day)
    state = state_of(columns_of(group), on=day, seen=seen or group.position)
    return Owned(state=state, control=control(state.grounds, majority=share(group, CONTROL, on=state.on)))


def share(group: Group, rule: str, *, on: int) -> Fraction:
    """A rule's value as an exact share. Errors: BadInput."""
    return Fraction(value_on(group.regime.pack, rule, on=on).ppm, PPM)


def body_of(state: State, number: int, *, field: str = "body") -> int:
    """The number, where there is such a body. Errors: BadInput."""
    if number not in state.bodies:
        there = f"1 to {max(state.bodies)}" if state.bodies else "of which there is none yet: register_body"
        raise BadInput(field, number, f"a body that is registered, {there}")
    return number


def columns_of(group: Group) -> Column:
    """Gives whole columns of the group's tables."""
    tables = group.records.tables
    return lambda table, name: tables[table.name].column(name)


def source_at(group: Group, position: int) -> str:
    """The document and day that the command at a position rests on, or that it is invented."""
    given = given_at(group, position)
    return source_of(source=given["source"], source_date=int(given["source_date"]), invented=given["invented"])


def given_at(group: Group, position: int) -> dict[str, Any]:
    """The fields of the command at a position, but those that are sealed."""
    opened = group.reader.at_position(position)
    columns, place = opened.batch().columns, position - opened.block.first_position
    return {name: column[place] for name, column in columns.items()}


def given_at_each(group: Group, positions: Iterable[int], *, names: Sequence[str]) -> dict[int, dict[str, Any]]:
    """Some fields of the commands at these positions, each block of the log opened once."""
    found: dict[int, dict[str, Any]] = {}
    columns: dict[str, Any] = {}
    begins, ends = 0, 0
    for position in sorted(set(positions)):
        if position >= ends:
            opened = group.reader.at_position(position)
            begins, ends = opened.block.first_position, opened.block.first_position + opened.block.commands
            columns = {name: column for name, column in opened.batch().columns.items() if name in names}
        place = position - begins
        found[position] = {name: column[place] for name, column in columns.items()}
    return found


def names_of(group: Group, state: State, bodies: Iterable[int]) -> dict[int, str]:
    """What each body is called; an individual without the vault's keys, or erased, by its number."""
    return {body: _name(group, state, body) for body in bodies}


def _name(group: Group, state: State, body: int) -> str:
    position = state.bodies[body].position
    if state.bodies[body].kind is BodyKind.individual:
        try:
            held = group.payloads.read(position)
        except VaultLocked:
            held = None
        return str(held["full_name"]) if held else f"individual {body}"
    return str(given_at(group, position)["name"])
