"""The register of related parties of a body on a day, with the ground and the way of each, and how fresh it is.

Sources: PBoC Order [2023] No. 1, arts. 6 to 10, 19; CBIRC Order 2022 No. 1, arts. 6 to 9. Worked number: brought up to
date on 20260515 and asked for on 20261116, it is overdue by a day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import numpy as np

from benyuan.assurance.group.individuals import Alike, alike_among
from benyuan.assurance.group.reading import body_of, columns_of, names_of
from benyuan.assurance.group.untied import Untied, untied_of
from benyuan.engine.group import Group
from benyuan.engine.vault import VaultLocked
from benyuan.governance.related.assessing import NO_ORDER, binding
from benyuan.governance.related.laws import HOLDING
from benyuan.governance.related.records import GOVERNANCE_DUTY
from benyuan.governance.related.register import Register, register_of
from benyuan.governance.related.vocabulary import RelatedDuty
from benyuan.governance.related.world import world_of
from benyuan.rules import RuleNotInForce
from benyuan.values.dates import local_day
from benyuan.values.errors import BadInput


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One ground of one party: the place in the order, since when it looks (now, past, coming), the way by numbers.

    `kind`: individual, company and so on. `invented`: declared without a document. `also`: further numbers on the
    register of an individual who has shown more than one document.
    """

    party: int
    name: str
    kind: str
    ground: str
    when: str
    place: str
    path: list[int]
    invented: bool
    also: list[int] = []


class Related(msgspec.Struct, frozen=True, kw_only=True):
    """The register: under which order, on what day, as known where; days as yyyymmdd, 0 for none.

    `updated_on`: when it was brought up to date last; `due_on`: by when it is next; `overdue`: that day is over.
    `alike`: individuals of the register who may be one by two documents; none are looked for without the vault's keys.
    `untied`: customers of the body's own firm who are in it, or in that of its holding company, by their document, and
    are not tied; None without the vault's keys.
    """

    body: int
    name: str
    on: int
    seen: int
    rule: str
    document: str
    status: str
    updated_on: int
    due_on: int
    overdue: bool
    entries: list[Entry]
    alike: list[Alike]
    untied: list[Untied] | None


@contextmanager
def in_force_on(on: int) -> Iterator[None]:
    """Errors: BadInput, naming the rule, on a day (yyyymmdd) on which one that is needed is not in force."""
    try:
        yield
    except RuleNotInForce as error:
        raise BadInput("on", on, f"a day of the rule's own: {error}") from None


def register_on(group: Group, body: int, *, on: int = 0, seen: int = 0) -> Register:
    """The register of a body, by the order that binds it.

    Errors: BadInput for no such body, or one that no order binds on the day.
    """
    on, seen = on or local_day(group.last_at), seen or group.position
    column, rules = columns_of(group), group.regime.pack
    with in_force_on(on):
        world = world_of(column, rules, on=on, seen=seen, law_on=on)
        body_of(world.state, body)
        law, _ = binding(world, body)
        if law is None:
            raise BadInput("body", body, NO_ORDER)
        return register_of(column, rules, body=body, law=law, on=on, seen=seen, today=world)


def related_of(group: Group, body: int, *, on: int = 0, seen: int = 0) -> Related:
    """The register as it is shown. Errors: as `register_on`."""
    register = register_on(group, body, on=on, seen=seen)
    state = register.world.state
    value = group.regime.pack.value(id=register.law.rule("parties"), on=state.on)
    names = names_of(group, state, {body, *(entry.party for entry in register.entries)} & set(state.bodies))
    updated, due = _updated(group, register)
    return Related(
        body=body,
        name=names[body],
        on=state.on,
        seen=state.seen,
        rule=register.law.rule("parties"),
        document=value.cite.document,
        status=value.status.value,
        updated_on=updated,
        due_on=due,
        overdue=bool(due) and state.on > due,
        entries=[
            Entry(
                party=entry.party,
                name=names[entry.party],
                kind=state.bodies[entry.party].kind.value,
                path=list(entry.path),
                **{name: str(getattr(entry, name)) for name in ("ground", "when", "place")},
                invented=entry.invented,
                also=list(state.ones.all_of(entry.party)[1:]),
            )
            for entry in register.entries
        ],
        alike=_alike(group, register),
        untied=untied_of(group, state, body=body, parties=_parties(group, register)),
    )


def _alike(group: Group, register: Register) -> list[Alike]:
    world = register.world
    people = {entry.party for entry in register.entries if world.is_individual(entry.party)}
    numbers = {number for each in people for number in world.state.ones.all_of(each)}
    try:
        return alike_among(group, numbers, seen=world.state.seen) if numbers else []
    except VaultLocked:
        return []


def _parties(group: Group, register: Register) -> set[int]:
    """Who is in a register, and in that of the holding company above."""
    found = {entry.party for entry in register.entries}
    state, (_, holding) = register.world.state, binding(register.world, register.body)
    if holding not in (0, register.body) and group.regime.pack.rule(HOLDING.rule("parties")).in_force(on=state.on):
        above = register_on(group, holding, on=state.on, seen=state.seen)
        found |= {entry.party for entry in above.entries}
    return found - {register.body}


def _updated(group: Group, register: Register) -> tuple[int, int]:
    """When it was brought up to date last, up to the day that is asked about, and by when it is next."""
    if register.law is not HOLDING:
        return 0, 0
    held: Any = {name: columns_of(group)(GOVERNANCE_DUTY, name) for name in GOVERNANCE_DUTY.columns}
    mine = (held["body"] == register.body) & (held["kind"] == RelatedDuty.update_register)
    places = np.flatnonzero(mine & (held["arose_on"] <= register.world.state.on))
    if not len(places):
        return 0, 0
    last = places[np.argmax(held["arose_on"][places])]
    return int(held["arose_on"][last]), int(held["due_on"][last])
