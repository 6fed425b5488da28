"""Whether a member of staff may read a kind of personal data at an entity on a day, for a task.

Source: house rules gov.house.reading.*, on PBoC Order [2020] No. 5, art. 33 and PIPL, art. 51 item 4. Worked: a role
from 2026-05-01 until 05-31 lets read on both days; on 04-30 it has not begun, on 06-01 it is over.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import Table
from benyuan.governance.checks.records import STAFF
from benyuan.governance.checks.standing import Column, has_left, holds_role, numbers_of
from benyuan.governance.checks.words import SORT_NUMBER, Act, Area, EntitySort
from benyuan.governance.reading.records import READING_ROLE, SHARED_POST
from benyuan.governance.reading.words import KEPT_NUMBER, Kept, Reading

AllWith: TypeAlias = Callable[[Table, str, int], NDArray[np.int64]]
OF_CREDIT = (KEPT_NUMBER[Kept.credit], KEPT_NUMBER[Kept.file])
BODY = SORT_NUMBER[EntitySort.body]


def has_staff(column: Column, *, sort: int, entity: int) -> bool:
    """Whether an entity has had any member of staff on record; without `entity`, whether any at all has."""
    if not entity:
        return len(column(STAFF, "sort")) > 1
    return bool(((column(STAFF, "sort") == sort) & (column(STAFF, "entity") == entity)).any())


def reading(
    column: Column, all_with: AllWith, *, staff: int, sender: int, at: tuple[int, int], asked: tuple[int, int], on: int
) -> Reading:
    """How a member stands who would read. `at`: sort and entity, 0 for any of the sort; `asked`: data and task."""
    if not staff:
        return Reading.unnamed
    if staff >= len(column(STAFF, "sort")):
        return Reading.unknown
    if int(column(STAFF, "login")[staff]) != sender:
        return Reading.another
    sort, entity = at
    if int(column(STAFF, "sort")[staff]) != sort or (entity and int(column(STAFF, "entity")[staff]) != entity):
        return Reading.elsewhere
    if has_left(column, staff=staff, on=on):
        return Reading.left
    role = _role(column, all_with, staff=staff, asked=asked, on=on)
    return role if role is not Reading.allowed else _fit(column, all_with, staff=staff, kept=asked[0], on=on)


def _role(column: Column, all_with: AllWith, *, staff: int, asked: tuple[int, int], on: int) -> Reading:
    rows = all_with(READING_ROLE, "staff", staff)
    held = {name: column(READING_ROLE, name)[rows] for name in READING_ROLE.columns}
    mine = (held["kept"] == asked[0]) & (held["task"] == asked[1])
    if not mine.any():
        return Reading.no_role
    begun = mine & (held["from_date"] <= on)
    if not begun.any():
        return Reading.not_begun
    stands = begun & (held["until"] >= on) & ((held["ended_on"] == 0) | (held["ended_on"] > on))
    return Reading.allowed if stands.any() else Reading.over


def _fit(column: Column, all_with: AllWith, *, staff: int, kept: int, on: int) -> Reading:
    """Whether who has the role may use it, beside what else they are."""
    if kept in OF_CREDIT and gives_roles(column, staff=staff, on=on):
        return Reading.administers
    others = elsewhere_too(column, staff=staff, on=on)
    if any(not has_footing(column, all_with, staff=staff, other=other, on=on) for other in others):
        return Reading.two
    return Reading.allowed


def gives_roles(column: Column, *, staff: int, on: int) -> bool:
    """Whether the individual makes or checks roles, under whatever number."""
    numbers = numbers_of(column, staff)
    return any(holds_role(column, staff=each, area=Area.staff, act=act, on=on) for each in numbers for act in Act)


def elsewhere_too(column: Column, *, staff: int, on: int) -> list[int]:
    """The numbers under which the same individual is staff of other entities on a day."""
    sort, entity = column(STAFF, "sort"), column(STAFF, "entity")
    others = (each for each in numbers_of(column, staff) if (sort[each], entity[each]) != (sort[staff], entity[staff]))
    return [number for number in others if not has_left(column, staff=number, on=on)]


def has_footing(column: Column, all_with: AllWith, *, staff: int, other: int, on: int) -> bool:
    """Whether it is on record, for a day, why one individual is staff of both."""
    rows = all_with(SHARED_POST, "staff", min(staff, other))
    held = {name: column(SHARED_POST, name)[rows] for name in SHARED_POST.columns}
    stands = (held["other"] == max(staff, other)) & (held["from_date"] <= on) & (held["until"] >= on)
    return bool((stands & ((held["ended_on"] == 0) | (held["ended_on"] > on))).any())
