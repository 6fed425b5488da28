"""Who contacts a borrower of a case about a debt, when and by whose clock, and who stands in for it.

It is `customer` who is contacted, about their account "card" or the `loan` that is named, in a way that names the debt.
Plans, guarantors and collectors are known by their numbers, 1 the first.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from benyuan.decisions.commands import REGISTRY, Command
from tests.cases.reading import day, local, moment
from tests.cases.world import CUSTOMER, World
from tests.unit.protection.customers import agency

Entry = Mapping[str, Any]
Make = Callable[[World, Any, Entry, int], Command]

DIGEST = "ab" * 32
WHOM = ("addressee", "guarantor", "zone", "agreed_hours", "collector")


def _fields(entry: Entry, *names: str) -> dict[str, Any]:
    said = {name: entry[name] for name in names if name in entry}
    return {name: day(item) if isinstance(item, dt.date) else item for name, item in said.items()}


def _debt(world: World, entry: Entry) -> dict[str, int]:
    which = {"loan": world.id("loan", entry["loan"])} if "loan" in entry else {"account": world.id("account", "card")}
    return {"borrower": world.id("borrower", CUSTOMER), **which}


def _about(world: World, means: str, entry: Entry) -> dict[str, Any]:
    return {**_debt(world, entry), "means": means, "debt_named": True, **_fields(entry, *WHOM)}


def _contact(world: World, means: str, entry: Entry, at: int) -> Command:
    fields = {"effective": True, **_fields(entry, "effective"), "plan": entry.get("planned", 0)}
    return REGISTRY["record_contact"](**_about(world, means, entry), **fields)


def _plan(world: World, means: str, entry: Entry, at: int) -> Command:
    return REGISTRY["plan_contact"](contact_at=moment(entry["for"]), **_about(world, means, entry))


def _zone(world: World, zone: int, entry: Entry, at: int) -> Command:
    told = {"moved_on": day(local(at)), "evidence": DIGEST, **_fields(entry, "moved_on", "guarantor")}
    return REGISTRY["record_borrower_zone"](borrower=world.id("borrower", CUSTOMER), zone=zone, **told)


def _guarantee(world: World, contract: str, entry: Entry, at: int) -> Command:
    return REGISTRY["record_guarantor"](contract=contract, **_debt(world, entry))


def _release(world: World, guarantor: int, entry: Entry, at: int) -> Command:
    return REGISTRY["release_guarantor"](guarantor=guarantor)


def _hours(world: World, until: Any, entry: Entry, at: int) -> Command:
    """Between two and three hours before midnight, but for what is said otherwise, up to and with a day."""
    fields = {"from_minute": 1320, "to_minute": 1380, "until": day(until), **_fields(entry, "from_minute", "to_minute")}
    return REGISTRY["agree_contact_hours"](borrower=world.id("borrower", CUSTOMER), **fields)


def _list(world: World, until: Any, entry: Entry, at: int) -> Command:
    return REGISTRY["list_collector"](lender=1, **agency(1), listed_until=day(until))


def _tell(world: World, collector: int, entry: Entry, at: int) -> Command:
    fields = {"collector": collector, "means": "message"}
    return REGISTRY["tell_of_collector"](borrower=world.id("borrower", CUSTOMER), **fields)


CONTACT_VERBS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "contact": (_contact, (*WHOM, "loan", "planned", "effective")),
    "plan_contact": (_plan, (*WHOM, "loan", "for")),
    "record_zone": (_zone, ("moved_on", "guarantor")),
    "guarantee": (_guarantee, ("loan",)),
    "release": (_release, ()),
    "agree_hours": (_hours, ("from_minute", "to_minute")),
    "list_until": (_list, ()),
    "tell_of": (_tell, ()),
}
"""For each verb the command that it makes, and what it may say besides."""
