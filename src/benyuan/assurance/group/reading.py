"""Ownership of a group as it stands, and the names of its bodies.

Names of companies stand in the log, those of individuals in the vault; without its keys an individual is a number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from benyuan.engine.group import Group
from benyuan.engine.vault import VaultLocked
from benyuan.parties.bodies.vocabulary import BodyKind
from benyuan.parties.ownership.control import Control, control
from benyuan.parties.ownership.state import State, state_of
from benyuan.rules.quantities import PPM
from benyuan.values.dates import local_day
from benyuan.values.errors import BadInput

CONTROL = "fhc.control"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """A state of ownership and who controls whom in it."""

    state: State
    control: Control


def owned(group: Group, *, on: int = 0, seen: int = 0) -> Owned:
    """Ownership on a day (0: that of the last command), as known at a log position (0: all of it).

    Errors: RuleNotInForce before the rule on control.
    """
    tables = group.records.tables
    state = state_of(
        lambda table, name: tables[table.name].column(name),
        on=on or local_day(group.last_at),
        seen=seen or group.position,
    )
    return Owned(state=state, control=control(state.grounds, majority=share(group, CONTROL, on=state.on)))


def share(group: Group, rule: str, *, on: int) -> Fraction:
    """A rule's value as an exact share. Errors: RuleNotInForce."""
    return Fraction(group.regime.pack.value(id=rule, on=on).ppm, PPM)


def body_of(state: State, number: int, *, field: str = "body") -> int:
    """The number, where there is such a body. Errors: BadInput."""
    if number not in state.bodies:
        raise BadInput(field, number, f"a body that is registered, 1 to {max(state.bodies, default=0)}")
    return number


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
    opened = group.reader.at_position(position)
    return str(opened.batch().values("name")[position - opened.block.first_position])
