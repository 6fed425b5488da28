"""Who may read which personal data at which entity, who has read what, who was refused, and what is amiss with roles.

Sources: house rules gov.house.reading.*, on PBoC Order [2020] No. 5, art. 33, and cp.nfra.info_access (what stands out
is watched). Readings are rows of the ledger; refusals stand in the log alone, which is read through from the first
member of staff on. Worked: a role from 2026-01-01 that nobody has read under is told as unused on 2026-04-01, 90 days
later, and not on 03-31.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np

from benyuan.assurance.group.checks import SORTS, entities_of
from benyuan.assurance.group.reading import columns_of
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.governance.checks.records import STAFF
from benyuan.governance.checks.standing import has_left
from benyuan.governance.reading.records import PERSONAL_READ, READING_ROLE
from benyuan.governance.reading.standing import OF_CREDIT, elsewhere_too, gives_roles, has_footing, has_staff
from benyuan.governance.reading.words import KEPT_NUMBER, TASK_NUMBER
from benyuan.rules.places import place_of
from benyuan.values.dates import from_yyyymmdd, local_day

RULES = ("cp.pbc.info_access", "cp.nfra.info_access", "pi.staff.authority", "gov.house.reading")
UNUSED, RULE = "gov.house.reading.unused", "gov.house.reading"
KEPT, TASKS = ({number: word for word, number in numbers.items()} for numbers in (KEPT_NUMBER, TASK_NUMBER))


class MayRead(msgspec.Struct, frozen=True, kw_only=True):
    """A role that stands on the day. `read_on`: the last day of a reading under it, 0 for none."""

    reading_role: int
    staff: int
    entity: str
    data: str
    task: str
    from_date: int
    until: int
    read_on: int


class ReadSum(msgspec.Struct, frozen=True, kw_only=True):
    """How often a member has read a kind of data for a task; `staff` 0: nobody of the staff was named."""

    entity: str
    staff: int
    data: str
    task: str
    readings: int
    first_on: int
    last_on: int


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """A reading that was refused, by its log position, and how its reader stood."""

    position: int
    on: int
    command: str
    client: str
    entity: str
    reader: int
    rule: str
    standing: str


class Amiss(msgspec.Struct, frozen=True, kw_only=True):
    """What is amiss: `what` is unnamed, unused, left, administers or two; `staff` 0 for an entity as a whole."""

    what: str
    rule: str
    entity: str
    staff: int
    told: str


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, up to a day. `at_two`: individuals who may read at two entities, with it on record why."""

    on: int
    places: list[str]
    roles: list[MayRead]
    readings: list[ReadSum]
    refused: list[Refused]
    amiss: list[Amiss]
    at_two: list[str]


def access_of(group: Group, body: int = 0, *, on: int = 0) -> Access:
    """Access at a body and at what keeps its books here; 0: everywhere. Errors: BadInput."""
    day = on or local_day(group.last_at)
    from_yyyymmdd(day)
    wanted = entities_of(group, body, on=day) if body else None
    sums = [each for each in _sums(group, day) if _is_in(each.entity, wanted)]
    standing = [each for each in _standing(group, day) if _is_in(each.entity, wanted)]
    pack = group.regime.pack
    places = [(rule, pack.in_force(id=rule, on=day)) for rule in RULES]
    pairs = list(_at_two(group, standing, day))
    amiss = [
        *_unnamed(group, sums),
        *_unused(group, standing, day),
        *_left(group, standing, day),
        *_administers(group, standing, day),
        *(each for each in pairs if isinstance(each, Amiss)),
    ]
    return Access(
        on=day,
        places=[place_of(rule, value).text() for rule, value in places if value],
        roles=standing,
        readings=sums,
        refused=[each for each in _refused(group) if each.on <= day and _is_in(each.entity, wanted)],
        amiss=amiss,
        at_two=[each for each in pairs if isinstance(each, str)],
    )


def _is_in(entity: str, wanted: set[str] | None) -> bool:
    return wanted is None or entity in wanted


def _held(group: Group, table: Table) -> dict[str, Any]:
    held = group.records.tables[table.name]
    return {name: held.column(name) for name in table.columns}


def _entity(group: Group, staff: int) -> str:
    held = _held(group, STAFF)
    return f"{SORTS[int(held['sort'][staff])]} {int(held['entity'][staff])}"


def _sums(group: Group, day: int) -> list[ReadSum]:
    held = _held(group, PERSONAL_READ)
    rows = np.flatnonzero((held["on_date"] <= day) & (held["on_date"] > 0))
    names = ("sort", "entity", "staff", "kept", "task")
    keys = np.column_stack([held[name][rows] for name in names]) if len(rows) else np.zeros((0, len(names)), np.int64)
    found, inverse = np.unique(keys, axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)
    sums = []
    for place, (sort, entity, staff, kept, task) in enumerate(found.tolist()):
        days = held["on_date"][rows[inverse == place]]
        sums.append(
            ReadSum(
                entity=f"{SORTS[sort]} {entity}" if entity else _entity(group, staff) if staff else "all bodies",
                staff=staff,
                data=KEPT[kept],
                task=TASKS[task],
                readings=len(days),
                first_on=int(days.min()),
                last_on=int(days.max()),
            )
        )
    return sums


def _standing(group: Group, day: int) -> list[MayRead]:
    held, reads = _held(group, READING_ROLE), _held(group, PERSONAL_READ)
    stands = (held["staff"] > 0) & (held["from_date"] <= day) & (held["until"] >= day)
    stands &= (held["ended_on"] == 0) | (held["ended_on"] > day)
    found = []
    for number in np.flatnonzero(stands).tolist():
        staff, kept, task = (int(held[name][number]) for name in ("staff", "kept", "task"))
        mine = (reads["staff"] == staff) & (reads["kept"] == kept) & (reads["task"] == task) & (reads["on_date"] <= day)
        found.append(
            MayRead(
                reading_role=number,
                staff=staff,
                entity=_entity(group, staff),
                data=KEPT[kept],
                task=TASKS[task],
                from_date=int(held["from_date"][number]),
                until=int(held["until"][number]),
                read_on=int(reads["on_date"][mine].max(initial=0)),
            )
        )
    return found


def _unnamed(group: Group, sums: list[ReadSum]) -> Iterator[Amiss]:
    """Entities that have no staff on record and read personal data all the same."""
    column, sorts = columns_of(group), {word: number for number, word in SORTS.items()}
    for each in sums:
        sort, _, number = each.entity.partition(" ")
        whole = each.entity == "all bodies"
        held = has_staff(column, sort=0 if whole else sorts[sort], entity=0 if whole else int(number))
        in_force = group.regime.pack.in_force(id=RULE, on=each.last_on) is not None
        if each.staff == 0 and not held and in_force:
            told = f"{each.readings} readings of {each.data} until {each.last_on}, and no staff on record"
            yield Amiss(what="unnamed", rule=RULE, entity=each.entity, staff=0, told=told)


def _unused(group: Group, roles: list[MayRead], day: int) -> Iterator[Amiss]:
    value = group.regime.pack.in_force(id=UNUSED, on=day)
    for role in roles if value is not None else ():
        since = max(role.read_on, role.from_date)
        days = (from_yyyymmdd(day) - from_yyyymmdd(since)).days
        if value is not None and days >= value.count:
            told = f"role {role.reading_role}, {role.data} for {role.task}: nothing read for {days} days"
            yield Amiss(what="unused", rule=UNUSED, entity=role.entity, staff=role.staff, told=told)


def _left(group: Group, roles: list[MayRead], day: int) -> Iterator[Amiss]:
    for role in roles:
        if has_left(columns_of(group), staff=role.staff, on=day):
            told = f"role {role.reading_role} has not been ended, and the member has left"
            yield Amiss(what="left", rule=RULE, entity=role.entity, staff=role.staff, told=told)


def _administers(group: Group, roles: list[MayRead], day: int) -> Iterator[Amiss]:
    column = columns_of(group)
    for role in roles:
        if gives_roles(column, staff=role.staff, on=day) and KEPT_NUMBER[role.data] in OF_CREDIT:
            told = f"role {role.reading_role}: who gives or checks roles reads no {role.data}"
            yield Amiss(what="administers", rule=f"{RULE}.admin", entity=role.entity, staff=role.staff, told=told)


def _at_two(group: Group, roles: list[MayRead], day: int) -> Iterator[Amiss | str]:
    """Individuals who may read and are staff of another entity too: with a footing on record, or amiss."""
    column = columns_of(group)
    for staff in sorted({role.staff for role in roles}):
        for other in elsewhere_too(column, staff=staff, on=day):
            told = f"staff {staff} of {_entity(group, staff)} is staff {other} of {_entity(group, other)}"
            if has_footing(column, _all_with(group), staff=staff, other=other, on=day):
                yield told
            else:
                yield Amiss(what="two", rule=f"{RULE}.two", entity=_entity(group, staff), staff=staff, told=told)


def _all_with(group: Group) -> Any:
    return lambda table, name, value: group.records.tables[table.name].all_with(name, value)


def _refused(group: Group) -> Iterator[Refused]:
    """Readings that these rules refused, from the first member of staff on."""
    positions = _held(group, STAFF)["position"][1:]
    first = group.store.block_of_position(int(positions[0])) if len(positions) else None
    for block in group.store.blocks(after=first.seq - 1) if first is not None else ():
        if RULE.encode() not in block.outcome:
            continue
        opened = group.reader.open(block)
        for place, refusal in sorted((int(place), each) for place, each in opened.outcome["refusals"].items()):
            figures = refusal["figures"]
            if refusal["rule_id"].startswith(RULE) and "standing" in figures:
                yield Refused(
                    position=block.first_position + place,
                    on=local_day(int(opened.batch().at[place])),
                    command=block.kind,
                    client=opened.clients[place],
                    entity=figures["entity"],
                    reader=figures["reader"],
                    rule=refusal["rule_id"],
                    standing=figures["standing"],
                )
