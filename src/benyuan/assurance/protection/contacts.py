"""Contacts about a borrower's debts, and how many calls are left on the debtor's own day.

Sources: Order 2024 No. 4 of the National Financial Regulatory Administration, art. 58; GB/T 45251-2025. Worked number:
of a limit of 3 two calls have reached the debtor: used 2, left 1; from the next local midnight on all three are there
again, and calling may begin when the hours of `coll.hours` do.
"""

import msgspec
import numpy as np

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.contact.counting import contacts_with, reached_on
from benyuan.consumer_protection.contact.halting import (
    claims_open,
    complaints_open,
    halting_issues,
    halting_sorts,
)
from benyuan.consumer_protection.contact.local import US_PER_DAY, US_PER_HOUR, local
from benyuan.consumer_protection.contact.records import CONTACT, GUARANTOR, HARDSHIP, PLAN, STOP
from benyuan.consumer_protection.contact.vocabulary import (
    ADDRESSEE_NUMBER,
    MEANS_NUMBER,
    STOP_NUMBER,
    Addressee,
)
from benyuan.consumer_protection.contact.zones import zones_meant
from benyuan.engine.group import Group
from benyuan.usecases.protection.contact.objected import objections_open
from benyuan.values.dates import local_day

MEANS = {number: word for word, number in MEANS_NUMBER.items()}
ADDRESSEES = {number: word for word, number in ADDRESSEE_NUMBER.items()}
REASONS = {number: word for word, number in STOP_NUMBER.items()}
CALLS, WINDOW, ON_RECORD = "coll.calls", "cp.house.contact.window", "cp.house.debtor.zone"


class CallsLeft(msgspec.Struct, frozen=True, kw_only=True):
    """Calls that reached the debtor on a local day: used, the limit, what is left, and when it begins anew.

    `limit` and `left` are None before the rule holds. `next_at`: microseconds since 1970 UTC. `zone`: by whose clock.
    """

    borrower: int
    zone: int
    local_date: int
    used: int
    limit: int | None
    left: int | None
    next_at: int


class ContactTold(msgspec.Struct, frozen=True, kw_only=True):
    """A contact; `made_at` in microseconds since 1970 UTC, `zone` minutes east of Greenwich, `local_date` there."""

    contact: int
    loan: int
    account: int
    means: str
    addressee: str
    collector: int
    effective: bool
    agreed_hours: bool
    asked_to_stop: bool
    zone: int
    local_date: int
    made_at: int
    plan: int
    command: int


class BorrowerContacts(msgspec.Struct, frozen=True, kw_only=True):
    """All contacts about a borrower's debts, oldest first; the stops that stand; the last day of a running plan.

    `complaints`, `debt_claims` and `objections`: those that hold collecting up by themselves; `planned`: plans that are
    neither carried out nor over; `guarantors`: those on record who were not released.
    `zones`: that on record, and after a move those of before by which it must be day as well.
    """

    borrower: int
    contacts: list[ContactTold]
    stops: list[str]
    complaints: list[int]
    debt_claims: list[int]
    objections: list[int]
    planned: list[int]
    guarantors: list[int]
    zones: list[int]
    hardship_until: int
    calls: CallsLeft


def contacts_left(
    group: Group, *, borrower: int, at: int, zone: int | None = None, addressee: Addressee = Addressee.debtor
) -> CallsLeft:
    """How many calls may still reach debtor or guarantors on the local day of an instant. Errors: LookupError.

    By the clock of `zone`, and without one of that on record for the borrower.
    """
    check_borrower(group, borrower)
    made, there = contacts_with(group.books(), borrower), _zones(group, borrower, at=at)[0] if zone is None else zone
    used = reached_on(made, addressee=ADDRESSEE_NUMBER[addressee], at_us=at, zone=there)
    value = group.regime.pack.in_force(id=CALLS, on=local_day(at))
    day = local(np.array([at]), np.array([there]))
    return CallsLeft(
        borrower=borrower,
        zone=there,
        local_date=int(day.date[0]),
        used=used,
        limit=None if value is None else value.count,
        left=None if value is None else max(value.count - used, 0),
        next_at=int(day.midnight_at[0]) + US_PER_DAY,
    )


def contacts_of(group: Group, *, borrower: int, at: int, zone: int | None = None) -> BorrowerContacts:
    """Everything on record of contacts with a borrower, and what is left at an instant. Errors: LookupError."""
    check_borrower(group, borrower)
    pack, books, on = group.regime.pack, group.books(), local_day(at)
    held, stops = group.records.tables[CONTACT.name], group.records.tables[STOP.name]
    standing = [place for place in stops.all_with("borrower", borrower).tolist() if not stops.column("ended_on")[place]]
    calls = contacts_left(group, borrower=borrower, at=at, zone=zone)
    return BorrowerContacts(
        borrower=borrower,
        contacts=[_contact(group, place) for place in held.all_with("borrower", borrower).tolist()],
        stops=[REASONS[int(stops.column("reason")[place])] for place in standing],
        complaints=complaints_open(books, borrower, issues=halting_issues(pack, on=on)).tolist(),
        debt_claims=claims_open(books, borrower, sorts=halting_sorts(pack, on=on)).tolist(),
        objections=objections_open(books, borrower, pack, on=on).tolist(),
        planned=_planned(group, borrower, at=at),
        guarantors=_guarantors(group, borrower),
        zones=_zones(group, borrower, at=at),
        hardship_until=_plan_until(group, borrower, on=calls.local_date),
        calls=calls,
    )


def check_borrower(group: Group, borrower: int) -> None:
    """Errors: LookupError for no such borrower."""
    if not 1 <= borrower <= group.records.tables[BORROWER.name].count:
        raise LookupError(f"no borrower {borrower}")


def _planned(group: Group, borrower: int, *, at: int) -> list[int]:
    held, value = group.records.tables[PLAN.name], group.regime.pack.in_force(id=WINDOW, on=local_day(at))
    places = held.all_with("borrower", borrower)
    over = at - value.count * US_PER_HOUR if value else 0
    waits = (held.column("contact")[places] == 0) & (held.column("contact_at")[places] >= over)
    return [int(place) for place in places[waits]]


def _guarantors(group: Group, borrower: int) -> list[int]:
    held = group.records.tables[GUARANTOR.name]
    places = held.all_with("borrower", borrower)
    return [int(place) for place in places[held.column("released_on")[places] == 0]]


def _zones(group: Group, borrower: int, *, at: int) -> list[int]:
    value = group.regime.pack.in_force(id=ON_RECORD, on=local_day(at))
    return zones_meant(group.books(), borrower, at_us=at, both_us=value.count * US_PER_HOUR if value else 0)


def _plan_until(group: Group, borrower: int, *, on: int) -> int:
    held = group.records.tables[HARDSHIP.name]
    places = held.all_with("borrower", borrower)
    until = held.column("until")[places]
    runs = (held.column("ended_on")[places] == 0) & (until >= on)
    return int(until[runs].max(initial=0))


def _contact(group: Group, place: int) -> ContactTold:
    held = group.records.tables[CONTACT.name]
    row = {name: int(held.column(name)[place]) for name in CONTACT.columns}
    plain = ("loan", "account", "collector", "zone", "local_date", "made_at", "plan")
    return ContactTold(
        contact=place,
        means=MEANS[row["means"]],
        addressee=ADDRESSEES[row["addressee"]],
        command=row["position"],
        effective=row["effective"] != 0,
        agreed_hours=row["agreed_hours"] != 0,
        asked_to_stop=row["asked_to_stop"] != 0,
        **{name: row[name] for name in plain},
    )
