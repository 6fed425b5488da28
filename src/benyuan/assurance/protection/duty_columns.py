"""All rooms' duties as columns of one list, and how each stands on a day: what a scan over the whole group reads.

Sources: those of each room's duties. Worked number: due on 2026-06-16, a duty is open on 06-16 and overdue on 06-17;
done on 06-16 it is done, on 06-17 late. One without a day of law (0) is open until it is done, or until the house's aim
has passed: then it is past the aim, which is no breach. One that runs by the hour, due on 06-16 at 10:00, is overdue a
microsecond later, and late if it was done at 15:00 of that day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.bureau.duties import expected_on
from benyuan.consumer_finance.records import BORROWER, LENDER_DUTY, PARTNER
from benyuan.consumer_finance.vocabulary import DutyKind as LenderDuty
from benyuan.consumer_protection.claims.deadlines import aims
from benyuan.consumer_protection.claims.hours import hours_of, hours_of_mishaps, passed
from benyuan.consumer_protection.claims.records import DATA_INCIDENT
from benyuan.consumer_protection.contact.records import COLLECTOR
from benyuan.consumer_protection.records import FIRM_DUTY, PROTECTION_DUTY
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.credit_bureau.records import BUREAU_DUTY, SUBJECT
from benyuan.credit_bureau.vocabulary import DutyKind as BureauDuty
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.governance.checks.words import SORT_NUMBER
from benyuan.governance.related.records import GOVERNANCE_DUTY
from benyuan.governance.risk.records import RISK_DUTY
from benyuan.holding_company.records import HOLDING_DUTY
from benyuan.payments.records import DUTY, INCIDENT, PERSON
from benyuan.values.dates import add_months, day_ends_at

Ints: TypeAlias = NDArray[np.int64]
REVIEW = "cf.partner.review"
OF_MISHAPS = (int(DutyKind.report_incident), int(DutyKind.tell_of_incident), int(DutyKind.tell_authority))


class Room(IntEnum):
    """Which room's table a duty stands in."""

    payments = 1
    bureau = 2
    protection = 3
    holding = 4
    governance = 5
    lender = 6


class Firm(IntEnum):
    """What sort of firm owes it; 0: nobody's in particular."""

    group = 0
    institution = 1
    lender = 2
    bureau = 3
    body = 4


class State(IntEnum):
    """How a duty stands: done, done after its end, open, or open after it; before the day on which it arose it is none.

    Its end is its last day, or its last moment where hours rule. `past_aim`: open after the day by which the house
    meant to have done what no law sets a day for.
    """

    none = 0
    open = 1
    done = 2
    late = 3
    overdue = 4
    past_aim = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyColumns:
    """Duties, a place each; dates as yyyymmdd, 0 for none. `aim_on`: the house's day where the law names none.

    `due_at` and `done_at`: the moments where hours rule, in microseconds since 1970 UTC; 0 where days do.
    """

    room: Ints
    number: Ints
    firm: Ints
    owner: Ints
    kind: Ints
    about: Ints
    arose_on: Ints
    due_on: Ints
    done_on: Ints
    due_at: Ints
    done_at: Ints
    level: Ints
    aim_on: Ints

    def __len__(self) -> int:
        return len(self.due_on)

    def states(self, on: int, *, at: int | None = None) -> NDArray[np.int8]:
        """How each stands at the end of a day, or at an instant of it."""
        days = {"arose_on": self.arose_on, "due_on": self.due_on, "done_on": self.done_on, "aim_on": self.aim_on}
        found = states(**days, on=on)
        hourly = np.flatnonzero(self.due_at)
        if len(hourly):
            moment = day_ends_at(on) - 1 if at is None else at
            found[hourly] = states_by_hour(self.chosen(hourly), on=on, at=moment)
        return found

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


def states_by_hour(duties: DutyColumns, *, on: int, at: int) -> NDArray[np.int8]:
    """How duties that all run by the hour stand at an instant of a day."""
    done = (duties.done_at != 0) & (duties.done_at <= at)
    late = passed(due_at=duties.due_at, done_at=duties.done_at, at=at)
    found = np.where(done, np.where(late, State.late, State.done), np.where(late, State.overdue, State.open))
    return np.where(duties.arose_on > on, State.none, found).astype(np.int8)


def due_by(columns: DutyColumns, *, on: int, last: int, at: int | None = None) -> NDArray[np.int64]:
    """The places of what is overdue or past its aim on a day, or falls due up to `last`, in order of the day."""
    state = columns.states(on, at=at)
    day = columns.last_on()
    over = (state == State.overdue) | (state == State.past_aim)
    places = np.flatnonzero(over | ((state == State.open) & (day != 0) & (day <= last)))
    return places[np.argsort(day[places], kind="stable")]


def duty_columns(group: Group) -> DutyColumns:
    """Every duty of every room."""
    holding = _of_bodies(group, HOLDING_DUTY, Room.holding, about="individual")
    governance = _with_risk(group, _of_bodies(group, GOVERNANCE_DUTY, Room.governance, about="about"))
    return _joined([_payments(group), _bureau(group), _protection(group), holding, governance, _lender(group)])


def _column(group: Group, table: Table, name: str) -> Ints:
    held = group.records.tables[table.name]
    return held.column(name)[1 : held.count + 1]


def _shared(group: Group, table: Table) -> dict[str, Ints]:
    found = {name: _column(group, table, name) for name in ("kind", "arose_on", "due_on", "done_on")}
    return {**found, "number": np.arange(1, len(found["kind"]) + 1)}


def _payments(group: Group) -> DutyColumns:
    found = _shared(group, DUTY)
    ones = np.ones(len(found["kind"]), np.int64)
    hours = hours_of(
        group.records.tables[INCIDENT.name].column,
        duty="duty",
        begins="occurred_at",
        done="reported_at",
        count=len(ones),
    )
    return DutyColumns(
        room=ones * Room.payments,
        firm=ones * Firm.institution,
        owner=_column(group, DUTY, "institution"),
        about=_column(group, DUTY, "subject"),
        due_at=hours.due_at,
        done_at=hours.done_at,
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
        due_at=ones * 0,
        done_at=ones * 0,
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
    hours = hours_of_mishaps(group.records.tables[DATA_INCIDENT.name].column, count=len(firm))
    return DutyColumns(
        room=np.full(len(firm), Room.protection, np.int64),
        firm=firm,
        owner=owner,
        about=_column(group, PROTECTION_DUTY, "about"),
        due_at=hours.due_at,
        done_at=hours.done_at,
        level=_column(group, PROTECTION_DUTY, "level"),
        aim_on=_aims_of_protection(group, found),
        **found,
    )


def _of_bodies(group: Group, table: Table, room: Room, *, about: str) -> DutyColumns:
    """The duties of a room in which bodies owe them, all with a day of the law."""
    found = _shared(group, table)
    ones = np.ones(len(found["kind"]), np.int64)
    return DutyColumns(
        room=ones * room,
        firm=ones * Firm.body,
        owner=_column(group, table, "body"),
        about=_column(group, table, about),
        due_at=ones * 0,
        done_at=ones * 0,
        level=ones * 0,
        aim_on=ones * 0,
        **found,
    )


def _lender(group: Group) -> DutyColumns:
    """The lenders' duties; a partner of before there were any has its review due all the same, as number 0."""
    found = _shared(group, LENDER_DUTY)
    found |= {"owner": _column(group, LENDER_DUTY, "lender"), "about": _column(group, LENDER_DUTY, "about")}
    older = _older_partners(group, found["about"])
    joined = {name: np.concatenate([column, older[name]]) for name, column in found.items()}
    nothing = np.zeros(len(joined["kind"]), np.int64)
    return DutyColumns(
        room=nothing + Room.lender,
        firm=nothing + Firm.lender,
        due_at=nothing,
        done_at=nothing,
        level=nothing,
        aim_on=nothing,
        **joined,
    )


def _older_partners(group: Group, known: Ints) -> dict[str, Ints]:
    """The reviews of partners about whom there is no duty, by the day of the last one."""
    reviewed, until = (_column(group, PARTNER, name) for name in ("reviewed_on", "listed_until"))
    places = np.flatnonzero(~np.isin(np.arange(1, len(reviewed) + 1), known))
    due = np.array([_review_due(group, day) for day in reviewed[places].tolist()], np.int64)
    owed = (due != 0) & ((until[places] == 0) | (until[places] >= due))
    places, due = places[owed], due[owed]
    nothing = np.zeros(len(places), np.int64)
    whose = {"owner": _column(group, PARTNER, "lender")[places], "about": places + 1, "arose_on": reviewed[places]}
    kind = nothing + LenderDuty.review_lending_partner
    return {"kind": kind, "due_on": due, "done_on": nothing, "number": nothing, **whose}


def _review_due(group: Group, reviewed_on: int) -> int:
    value = group.regime.pack.in_force(id=REVIEW, on=reviewed_on)
    return add_months(reviewed_on, value.count) if value else 0


def _with_risk(group: Group, duties: DutyColumns) -> DutyColumns:
    """Duties of governance, and of those that follow from a reading or a loss whose they are, their aim and level."""
    held = group.records.tables[RISK_DUTY.name]
    places = held.ids()[1:] - 1
    if not len(places):
        return duties
    columns = {name: getattr(duties, name).copy() for name in ("firm", "owner", "level", "aim_on")}
    sorts = np.array([0, *(Firm[word] for word in SORT_NUMBER)], np.int64)
    columns["firm"][places] = sorts[held.column("sort")[1:]]
    for name, column in (("owner", "entity"), ("level", "level"), ("aim_on", "aim_on")):
        columns[name][places] = held.column(column)[1:]
    return replace(duties, **columns)


def _aims_of_protection(group: Group, found: dict[str, Ints]) -> Ints:
    aim_on, places = np.zeros(len(found["kind"]), np.int64), np.flatnonzero(found["due_on"] == 0)
    kind, arose_on = found["kind"][places], found["arose_on"][places]
    aim_on[places] = aims(group.regime.pack, kind=kind, arose_on=arose_on)
    return aim_on


def _owners(group: Group, kind: Ints) -> tuple[Ints, Ints]:
    """The firm whose customer it is, at which the data incident was, for which a collector collects, or of the year."""
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
    reviewed = np.where(kind == DutyKind.review_partner, _column(group, PROTECTION_DUTY, "about"), 0)
    lender = group.records.tables[COLLECTOR.name].column("lender")[reviewed]
    firm, owner = np.where(lender != 0, Firm.lender, firm), np.where(lender != 0, lender, owner)
    raised = _column(group, FIRM_DUTY, "duty") - 1
    for sort in (Firm.institution, Firm.lender, Firm.bureau):
        whose = _column(group, FIRM_DUTY, sort.name)
        named = whose != 0
        firm[raised[named]], owner[raised[named]] = sort, whose[named]
    return firm.astype(np.int64), owner.astype(np.int64)


def _joined(parts: Sequence[DutyColumns]) -> DutyColumns:
    return DutyColumns(
        **{each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(DutyColumns)}
    )
