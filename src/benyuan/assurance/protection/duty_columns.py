"""All rooms' duties as columns of one list, and how each stands on a day: what a scan over the whole group reads.

Sources: those of each room's duties. Worked number: due on 2026-06-16, a duty is open on 06-16 and overdue on 06-17;
done on 06-16 it is done, on 06-17 late. One without a day of law (0) is open until it is done, or until the house's aim
has passed: then it is past the aim, which is no breach.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.bureau.duties import expected_on
from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.claims.deadlines import aims
from benyuan.consumer_protection.claims.records import DATA_INCIDENT
from benyuan.consumer_protection.records import PROTECTION_DUTY
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.credit_bureau.records import BUREAU_DUTY, SUBJECT
from benyuan.credit_bureau.vocabulary import DutyKind as BureauDuty
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.governance.related.records import GOVERNANCE_DUTY
from benyuan.holding_company.records import HOLDING_DUTY
from benyuan.payments.records import DUTY, PERSON

Ints: TypeAlias = NDArray[np.int64]
OF_MISHAPS = (int(DutyKind.report_incident), int(DutyKind.tell_of_incident), int(DutyKind.tell_authority))


class Room(IntEnum):
    """Which room's table a duty stands in."""

    payments = 1
    bureau = 2
    protection = 3
    holding = 4
    governance = 5


class Firm(IntEnum):
    """What sort of firm owes it; 0: nobody's in particular."""

    group = 0
    institution = 1
    lender = 2
    bureau = 3
    body = 4


class State(IntEnum):
    """How a duty stands on a day: done, done after its last day, open, or open after it; before it arose it is none.

    `past_aim`: open after the day by which the house meant to have done what no law sets a day for.
    """

    none = 0
    open = 1
    done = 2
    late = 3
    overdue = 4
    past_aim = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyColumns:
    """Duties, a place each; dates as yyyymmdd, 0 for none. `aim_on`: the house's day where the law names none."""

    room: Ints
    number: Ints
    firm: Ints
    owner: Ints
    kind: Ints
    about: Ints
    arose_on: Ints
    due_on: Ints
    done_on: Ints
    level: Ints
    aim_on: Ints

    def __len__(self) -> int:
        return len(self.due_on)

    def states(self, on: int) -> NDArray[np.int8]:
        """How each stands at the end of a day."""
        return states(arose_on=self.arose_on, due_on=self.due_on, done_on=self.done_on, on=on, aim_on=self.aim_on)

    def last_on(self) -> Ints:
        """The law's day of each, or else the house's."""
        return np.where(self.due_on == 0, self.aim_on, self.due_on)

    def chosen(self, places: NDArray[np.int64]) -> "DutyColumns":
        """Those at these places."""
        return DutyColumns(**{each.name: getattr(self, each.name)[places] for each in fields(self)})


def states(*, arose_on: Ints, due_on: Ints, done_on: Ints, on: int, aim_on: Ints | int = 0) -> NDArray[np.int8]:
    """How duties stand at the end of a day: values of `State`, shape (n,) to (n,)."""
    done = (done_on != 0) & (done_on <= on)
    passed = (due_on != 0) & (np.where(done, done_on, on) > due_on)
    found = np.full(len(due_on), State.open, np.int8)
    found[(due_on == 0) & (aim_on != 0) & (aim_on < on)] = State.past_aim
    found[passed] = State.overdue
    found[done] = State.done
    found[done & passed] = State.late
    found[arose_on > on] = State.none
    return found


def due_by(columns: DutyColumns, *, on: int, last: int) -> NDArray[np.int64]:
    """The places of what is overdue or past its aim on a day, or falls due up to `last`, in order of the day."""
    state = columns.states(on)
    day = columns.last_on()
    passed = (state == State.overdue) | (state == State.past_aim)
    places = np.flatnonzero(passed | ((state == State.open) & (day != 0) & (day <= last)))
    return places[np.argsort(day[places], kind="stable")]


def duty_columns(group: Group) -> DutyColumns:
    """Every duty of every room."""
    return _joined([_payments(group), _bureau(group), _protection(group), _holding(group), _governance(group)])


def _column(group: Group, table: Table, name: str) -> Ints:
    held = group.records.tables[table.name]
    return held.column(name)[1 : held.count + 1]


def _shared(group: Group, table: Table) -> dict[str, Ints]:
    found = {name: _column(group, table, name) for name in ("kind", "arose_on", "due_on", "done_on")}
    return {**found, "number": np.arange(1, len(found["kind"]) + 1)}


def _payments(group: Group) -> DutyColumns:
    found = _shared(group, DUTY)
    ones = np.ones(len(found["kind"]), np.int64)
    return DutyColumns(
        room=ones * Room.payments,
        firm=ones * Firm.institution,
        owner=_column(group, DUTY, "institution"),
        about=_column(group, DUTY, "subject"),
        level=ones * 0,
        aim_on=ones * 0,
        **found,
    )


def _bureau(group: Group) -> DutyColumns:
    found = _shared(group, BUREAU_DUTY)
    ones = np.ones(len(found["kind"]), np.int64)
    return DutyColumns(
        room=ones * Room.bureau,
        firm=ones * Firm.bureau,
        owner=_column(group, BUREAU_DUTY, "bureau"),
        about=_column(group, BUREAU_DUTY, "about"),
        level=ones * 0,
        aim_on=_aims_of_bureau(group, found),
        **found,
    )


def _aims_of_bureau(group: Group, found: dict[str, Ints]) -> Ints:
    """The aims of duties without a day of law, worked out once for each kind and day."""
    aim_on = np.zeros(len(found["kind"]), np.int64)
    for kind in BureauDuty:
        places = np.flatnonzero((found["due_on"] == 0) & (found["kind"] == kind))
        days, place = np.unique(found["arose_on"][places], return_inverse=True)
        each = [expected_on(group.regime.pack, kind, day) for day in days.tolist()]
        aim_on[places] = np.array(each, np.int64)[place.reshape(-1)]
    return aim_on


def _protection(group: Group) -> DutyColumns:
    found = _shared(group, PROTECTION_DUTY)
    firm, owner = _owners(group, found["kind"])
    return DutyColumns(
        room=np.full(len(firm), Room.protection, np.int64),
        firm=firm,
        owner=owner,
        about=_column(group, PROTECTION_DUTY, "about"),
        level=_column(group, PROTECTION_DUTY, "level"),
        aim_on=_aims_of_protection(group, found),
        **found,
    )


def _governance(group: Group) -> DutyColumns:
    found = _shared(group, GOVERNANCE_DUTY)
    ones = np.ones(len(found["kind"]), np.int64)
    return DutyColumns(
        room=ones * Room.governance,
        firm=ones * Firm.body,
        owner=_column(group, GOVERNANCE_DUTY, "body"),
        about=_column(group, GOVERNANCE_DUTY, "about"),
        level=ones * 0,
        aim_on=ones * 0,
        **found,
    )


def _holding(group: Group) -> DutyColumns:
    found = _shared(group, HOLDING_DUTY)
    ones = np.ones(len(found["kind"]), np.int64)
    return DutyColumns(
        room=ones * Room.holding,
        firm=ones * Firm.body,
        owner=_column(group, HOLDING_DUTY, "body"),
        about=_column(group, HOLDING_DUTY, "individual"),
        level=ones * 0,
        aim_on=ones * 0,
        **found,
    )


def _aims_of_protection(group: Group, found: dict[str, Ints]) -> Ints:
    aim_on, places = np.zeros(len(found["kind"]), np.int64), np.flatnonzero(found["due_on"] == 0)
    kind, arose_on = found["kind"][places], found["arose_on"][places]
    aim_on[places] = aims(group.regime.pack, kind=kind, arose_on=arose_on)
    return aim_on


def _owners(group: Group, kind: Ints) -> tuple[Ints, Ints]:
    """The firm whose customer it is, or at which the data incident was."""
    firm, owner = np.zeros(len(kind), np.int64), np.zeros(len(kind), np.int64)
    customers = (
        (Firm.institution, PERSON, "person", "institution"),
        (Firm.lender, BORROWER, "borrower", "lender"),
        (Firm.bureau, SUBJECT, "subject", "bureau"),
    )
    for sort, table, name, column in customers:
        whose = _column(group, PROTECTION_DUTY, name)
        of = group.records.tables[table.name].column(column)
        firm, owner = np.where(whose != 0, sort, firm), np.where(whose != 0, of[whose], owner)
    about = np.where(np.isin(kind, OF_MISHAPS), _column(group, PROTECTION_DUTY, "about"), 0)
    for sort in (Firm.institution, Firm.lender, Firm.bureau):
        at = group.records.tables[DATA_INCIDENT.name].column(sort.name)[about]
        firm, owner = np.where(at != 0, sort, firm), np.where(at != 0, at, owner)
    return firm.astype(np.int64), owner.astype(np.int64)


def _joined(parts: Sequence[DutyColumns]) -> DutyColumns:
    return DutyColumns(
        **{each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(DutyColumns)}
    )
