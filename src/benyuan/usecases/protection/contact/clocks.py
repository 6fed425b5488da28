"""By whose clock a contact is looked at: the zone on record, day and night there, hours that were agreed.

Sources: GB/T 45251-2025; a rule of the house (`cp.house.debtor.zone`). Order of checks: no other zone is named than the
one on record; it is day, by every clock that may be meant, or the hour was agreed. Worked: at 13:59:59 UTC a debtor in
China may be called, at 14:00:00 not; one in Tokyo (zone 540) may be up to 12:59:59 UTC.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.contact.local import US_PER_HOUR, US_PER_MINUTE, local, local_text, time_of_day
from benyuan.consumer_protection.contact.records import HOURS
from benyuan.consumer_protection.contact.vocabulary import Addressee
from benyuan.consumer_protection.contact.zones import zones_meant
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.usecase import Case, Gate
from benyuan.decisions.words import truths
from benyuan.rules import RulePack, RuleValue
from benyuan.usecases.protection.contact.shared import where_in_force

ON_RECORD, BY_DAY, AGREED = "cp.house.debtor.zone", "coll.hours", "cp.house.contact.agreed_hours"
MINUTES_AN_HOUR = 60  # tidy: number minutes of an hour


def instants(batch: Batch) -> NDArray[np.int64]:
    """When each contact is: planned, or now."""
    return batch.integers("contact_at") if "contact_at" in batch.columns else batch.at


def zones_of(batch: Batch, books: Books, rules: RulePack) -> list[int]:
    """The zones by whose clocks one contact is looked at, the one on record first."""
    value = rules.in_force(id=ON_RECORD, on=batch.on)
    return zones_meant(
        books,
        int(batch.integers("borrower")[0]),
        guarantor=int(batch.integers("guarantor")[0]),
        at_us=int(instants(batch)[0]),
        both_us=value.count * US_PER_HOUR if value else 0,
    )


def clock_facts(batch: Batch, books: Books, rules: RulePack, *, zones: Sequence[int]) -> dict[str, int]:
    """The zone on record and the day there; the clock that decides, and the hours agreed for it, 0 for none.

    What decides is the first clock by which it is night and nothing was agreed, or else the first by which it is night.
    """
    at, hours = int(instants(batch)[0]), rules.in_force(id=BY_DAY, on=batch.on)
    nights = [zone for zone in zones if hours and _is_night(hours, at, zone)]
    bound = rules.in_force(id=AGREED, on=batch.on)
    most = bound.count * MINUTES_AN_HOUR if bound else None
    agreed_to = [_agreed_hours(batch, books, at=at, zone=zone, most=most) for zone in nights]
    decides = 0 in agreed_to and agreed_to.index(0)
    return {
        "zone_on_record": zones[0],
        "contact_day": _day(at, zones[0]),
        "clock_zone": nights[decides] if nights else zones[0],
        "hours_agreed": agreed_to[decides] if nights else _agreed_hours(batch, books, at=at, zone=zones[0], most=most),
    }


def _is_night(hours: RuleValue, at: int, zone: int) -> bool:
    of_day = _of_day(at, zone)
    opens, closes = (hours.parameters.count(name) * US_PER_HOUR for name in ("opens", "closes"))
    return not opens <= of_day < closes


def _of_day(at: int, zone: int) -> int:
    return int(time_of_day(np.array([at]), np.array([zone]))[0])


def _day(at: int, zone: int) -> int:
    return int(local(np.array([at]), np.array([zone])).date[0])


def _agreed_hours(batch: Batch, books: Books, *, at: int, zone: int, most: int | None) -> int:
    """The hours that the debtor has agreed to last, if they hold on the local day and the minute is within; else 0.

    A stretch of more than `most` minutes, which a log of before the bound may have, holds nowhere.
    """
    if batch.values("addressee")[0] != Addressee.debtor.value:
        return 0
    last = books.all_with(HOURS, "borrower", int(batch.integers("borrower")[0]))[-1:]
    first, end, until = (books.column(HOURS, name)[last] for name in ("from_minute", "to_minute", "until"))
    minute, day = _of_day(at, zone) // US_PER_MINUTE, _day(at, zone)
    short = True if most is None else end - first <= most
    return int(last[short & (first <= minute) & (minute < end) & ((until == 0) | (until >= day))].sum())


def agreed(case: Case) -> NDArray[np.bool_]:
    """Where the contact says that the hour was agreed, and a record of the borrower's says so too."""
    return np.asarray(truths(case.batch, "agreed_hours") & (case.facts["hours_agreed"] != 0), np.bool_)


def _names_other(case: Case) -> NDArray[np.bool_]:
    return np.asarray(_names_zone(case) & (case.batch.integers("zone") != case.facts["zone_on_record"]), np.bool_)


def _names_zone(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.batch.integers("zone") != 0, np.bool_)


def _zones(case: Case, place: int) -> dict[str, int]:
    return {
        "zone": int(case.batch.integers("zone")[place]),
        "zone_on_record": int(case.facts["zone_on_record"][place]),
    }


def _at_night(case: Case) -> NDArray[np.bool_]:
    hours = case.rules.value(id=BY_DAY, on=case.batch.on)
    clocks = zip(instants(case.batch).tolist(), case.facts["clock_zone"].tolist(), strict=True)
    return np.array([_is_night(hours, at, zone) for at, zone in clocks], np.bool_)


def _clock(case: Case, place: int) -> dict[str, int | str]:
    zone = int(case.facts["clock_zone"][place])
    return {"local_time": local_text(int(instants(case.batch)[place]), zone)[-len("00:00:00") :], "zone": zone}


ZONE_GATE = Gate(rule=ON_RECORD, passes=where_in_force(ON_RECORD, _names_other), figures=_zones, applies=_names_zone)
HOURS_GATE = Gate(
    rule=BY_DAY,
    passes=where_in_force(BY_DAY, lambda case: _at_night(case) & ~agreed(case)),
    figures=_clock,
    excepted=agreed,
)
