"""What stands before a contact about a debt: what halts it, plans, the debt, who collects, whom, when, how often.

Sources: Order 2024 No. 4 of the National Financial Regulatory Administration, arts. 56, 57; CBIRC Order 2022 No. 9,
arts. 14, 41; GB/T 45251-2025. The instant is looked at by the clock of the debtor's place (`clocks`), and what holds
up to a day by the day there. Worked: a hardship plan up to 06-01 refuses a call that is planned for 06-01 and not one
planned for 06-02.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.contact.counting import (
    contacts_with,
    days_out_of_reach,
    others_refused,
    planned_on,
    reached_on,
)
from benyuan.consumer_protection.contact.local import US_PER_HOUR
from benyuan.consumer_protection.contact.records import COLLECTOR_TOLD, GUARANTOR, HARDSHIP, STOP
from benyuan.consumer_protection.contact.vocabulary import (
    ADDRESSEE_NUMBER,
    MEANS_BITS,
    MEANS_NUMBER,
    Addressee,
    ContactMeans,
)
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Gate, Survey
from benyuan.decisions.words import truths
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, MaybeId, faults_where
from benyuan.usecases.protection.contact.clocks import HOURS_GATE, ZONE_GATE, clock_facts, instants, zones_of
from benyuan.usecases.protection.contact.halted import HALTS, halting
from benyuan.usecases.protection.contact.list_collector import COLLECTOR_NEED
from benyuan.usecases.protection.contact.objected import OBJECTS, objecting
from benyuan.usecases.protection.contact.overdue import DEBT_NEEDS, OVERDUE
from benyuan.usecases.protection.contact.shared import Zone, debt_faults, facts_at, where_in_force
from benyuan.values.dates import add_months

PAUSED, HARDSHIP_PLAN = "cp.house.collection.pause", "cp.house.hardship.plan"
LISTED, REVIEWED, TOLD = "cp.nfra.partner_list", "coll.agency.review", "cp.nfra.collection.told"
NOT_THE_DEBTOR, OTHERS, UNREACHABLE = "cf.collection.third_party", "coll.third_party", "cp.house.unreachable"
CALLS, WINDOW = "coll.calls", "cp.house.contact.window"

NEEDS = (
    Need(table=BORROWER, by="borrower", prefix="borrower"),
    *DEBT_NEEDS,
    COLLECTOR_NEED,
    Need(table=GUARANTOR, by="guarantor", prefix="guarantor"),
)


class ContactFields(Command, frozen=True, kw_only=True):
    """A contact about one `loan` or pay-later `account` of `borrower`; the other is 0.

    `guarantor`: which one of those on record for this debt is contacted, 0 for the firm that guarantees the loan, and
    where no guarantor is. `zone`: minutes east of Greenwich where who is contacted is; it must be what is on record,
    and 0 takes that. `agreed_hours`: it rests on hours that the borrower has agreed to, which `agree_contact_hours` has
    on record. `collector`: who collects for the lender, 0 for itself. `debt_named`: the debt is named, or payment asked
    for. `named_by_debtor`: the debtor named this other person as a contact.
    """

    borrower: Id
    loan: MaybeId = 0
    account: MaybeId = 0
    means: ContactMeans
    addressee: Addressee = Addressee.debtor
    guarantor: MaybeId = 0
    zone: Zone = 0
    agreed_hours: bool = False
    collector: MaybeId = 0
    debt_named: bool
    named_by_debtor: bool = False


def surveyed(batch: Batch, books: Books, rules: RulePack) -> Survey:
    """What stands in the way, and what has been made or planned so far, for one contact; on its own day."""
    borrower, collector = int(batch.integers("borrower")[0]), int(batch.integers("collector")[0])
    at, contacts, zones = int(instants(batch)[0]), contacts_with(books, borrower), zones_of(batch, books, rules)
    clock = clock_facts(batch, books, rules, zones=zones)
    plan = _running_plan(books, borrower, on=clock["contact_day"])
    found = {
        "stop_standing": _standing_stop(books, borrower),
        **halting(books, borrower, rules, on=batch.on),
        **objecting(books, borrower, rules, on=batch.on),
        "plan_running": plan,
        "plan_means": int(books.column(HARDSHIP, "means")[plan]),
        **clock,
        "told_of_collector": _told_of(books, borrower, collector),
        "others_refused": others_refused(contacts),
        "out_of_reach_days": days_out_of_reach(contacts, at_us=at, zone=zones[0]),
        **_calls(batch, books, rules, zones=zones),
    }
    return {name: np.array([number], np.int64) for name, number in found.items()}, {}


def window_us(rules: RulePack, *, on: int) -> int | None:
    """How far from its planned instant a contact may be, in microseconds; None before the rule holds."""
    value = rules.in_force(id=WINDOW, on=on)
    return value.count * US_PER_HOUR if value else None


def _calls(batch: Batch, books: Books, rules: RulePack, *, zones: Sequence[int]) -> dict[str, int]:
    """Calls made on the day, and planned for it where one more is being planned; by the clock that counts most."""
    borrower, addressee = int(batch.integers("borrower")[0]), int(batch.numbers("addressee", ADDRESSEE_NUMBER)[0])
    contacts, at = contacts_with(books, borrower), int(instants(batch)[0])
    window = window_us(rules, on=batch.on) if "contact_at" in batch.columns else None
    made = [reached_on(contacts, addressee=addressee, at_us=at, zone=zone) for zone in zones]
    planned = [0] * len(zones)
    if window is not None:
        now = int(batch.at[0])
        over = now - window
        planned = [planned_on(books, borrower, addressee=addressee, at_us=at, zone=zone, over=over) for zone in zones]
    most = max(range(len(zones)), key=lambda place: made[place] + planned[place])
    return {"calls_used": made[most] + planned[most], "calls_planned": planned[most]}


def _standing_stop(books: Books, borrower: int) -> int:
    places = books.all_with(STOP, "borrower", borrower)
    stands = places[books.column(STOP, "ended_on")[places] == 0]
    return int(stands[0]) if len(stands) else 0


def _running_plan(books: Books, borrower: int, *, on: int) -> int:
    places = books.all_with(HARDSHIP, "borrower", borrower)
    runs = (books.column(HARDSHIP, "ended_on")[places] == 0) & (books.column(HARDSHIP, "until")[places] >= on)
    return int(places[runs][-1]) if runs.any() else 0


def _told_of(books: Books, borrower: int, collector: int) -> int:
    places = books.all_with(COLLECTOR_TOLD, "borrower", borrower)
    told = places[books.column(COLLECTOR_TOLD, "collector")[places] == collector]
    return int(told[0]) if len(told) else 0


def _collected_by_other(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.batch.integers("collector") != 0, np.bool_)


def _to_other(case: Case) -> NDArray[np.bool_]:
    return case.batch.equals("addressee", Addressee.other.value)


def _to_guarantor(case: Case) -> NDArray[np.bool_]:
    return case.batch.equals("addressee", Addressee.guarantor.value)


def _stands_in(case: Case) -> NDArray[np.bool_]:
    """Where the guarantor who is named stands in for this very debt, or without one a firm guarantees the loan."""
    batch, facts = case.batch, case.facts
    named = batch.integers("guarantor") != 0
    this = np.all([batch.integers(name) == facts[f"guarantor_{name}"] for name in ("borrower", "loan", "account")], 0)
    return np.asarray(np.where(named, this & (facts["guarantor_released_on"] == 0), facts["loan_guarantor"] != 0))


def _third_party(case: Case) -> NDArray[np.bool_]:
    pressed = _to_other(case) & truths(case.batch, "debt_named")
    return np.asarray(pressed | (_to_guarantor(case) & ~_stands_in(case)), np.bool_)


def _whom(case: Case, place: int) -> dict[str, int]:
    return facts_of_guarantor(case, place) if _to_guarantor(case)[place] else {}


def facts_of_guarantor(case: Case, place: int) -> dict[str, int]:
    """Who was named as a guarantor, and when they were released."""
    released = int(case.facts["guarantor_released_on"][place])
    return {"guarantor": int(case.batch.integers("guarantor")[place])} | ({"released_on": released} if released else {})


def _is_call(case: Case) -> NDArray[np.bool_]:
    return case.batch.equals("means", ContactMeans.call.value)


def _outside_plan(case: Case) -> NDArray[np.bool_]:
    asked = case.batch.numbers("means", MEANS_BITS)
    return np.asarray((case.facts["plan_running"] != 0) & (asked & ~case.facts["plan_means"] != 0), np.bool_)


def _off_list(case: Case) -> NDArray[np.bool_]:
    until = case.facts["collector_listed_until"]
    return np.asarray(_collected_by_other(case) & (until != 0) & (until < case.facts["contact_day"]), np.bool_)


def _review_due(case: Case, place: int) -> int:
    """The day on which the collector's review is due; 0 where nobody else collects, or no rule asks for one yet."""
    value = case.rules.in_force(id=REVIEWED, on=case.batch.on)
    reviewed_on = int(case.facts["collector_reviewed_on"][place])
    return add_months(reviewed_on, value.count) if value and reviewed_on else 0


def _review_late(case: Case) -> NDArray[np.bool_]:
    late = np.zeros(len(case.batch), np.bool_)
    for place in np.flatnonzero(_collected_by_other(case)).tolist():
        late[place] = 0 < _review_due(case, place) < case.facts["contact_day"][place]
    return late


def _not_told(case: Case) -> NDArray[np.bool_]:
    return np.asarray(_collected_by_other(case) & (case.facts["told_of_collector"] == 0), np.bool_)


def _unwelcome(case: Case) -> NDArray[np.bool_]:
    named = truths(case.batch, "named_by_debtor")
    return np.asarray(_to_other(case) & (~named | (case.facts["others_refused"] != 0)), np.bool_)


def _in_reach(case: Case) -> NDArray[np.bool_]:
    days = case.rules.value(id=UNREACHABLE, on=case.batch.on).count
    return np.asarray(_to_other(case) & (case.facts["out_of_reach_days"] < days), np.bool_)


def _used_up(case: Case) -> NDArray[np.bool_]:
    most = case.rules.value(id=CALLS, on=case.batch.on).count
    return np.asarray(_is_call(case) & (case.facts["calls_used"] >= most), np.bool_)


def _used(rule: str, fact: str) -> Any:
    def figures(case: Case, place: int) -> dict[str, int]:
        value = case.rules.in_force(id=rule, on=case.batch.on)
        used = {"used": int(case.facts[fact][place])}
        return used if value is None else {"limit": value.count, **used}

    return figures


def _calls_figures(case: Case, place: int) -> dict[str, int]:
    planned = int(case.facts["calls_planned"][place])
    return {**_used(CALLS, "calls_used")(case, place), "asked": 1, **({"planned": planned} if planned else {})}


GATES = (
    Gate(
        rule=PAUSED,
        passes=where_in_force(PAUSED, lambda case: np.asarray(case.facts["stop_standing"] != 0, np.bool_)),
        figures=lambda case, place: facts_at(case, {"stop": "stop_standing"}, place),
    ),
    *HALTS,
    OBJECTS,
    Gate(
        rule=HARDSHIP_PLAN,
        passes=where_in_force(HARDSHIP_PLAN, _outside_plan),
        figures=lambda case, place: facts_at(case, {"hardship": "plan_running"}, place),
    ),
    OVERDUE,
    Gate(
        rule=LISTED,
        passes=where_in_force(LISTED, _off_list),
        figures=lambda case, place: facts_at(case, {"listed_until": "collector_listed_until"}, place),
        applies=_collected_by_other,
    ),
    Gate(
        rule=REVIEWED,
        passes=where_in_force(REVIEWED, _review_late),
        figures=lambda case, place: {"review_due_on": _review_due(case, place)},
        applies=_collected_by_other,
    ),
    Gate(rule=TOLD, passes=where_in_force(TOLD, _not_told), applies=_collected_by_other),
    Gate(
        rule=NOT_THE_DEBTOR,
        passes=where_in_force(NOT_THE_DEBTOR, _third_party),
        figures=_whom,
        applies=lambda case: _to_other(case) | _to_guarantor(case),
    ),
    Gate(
        rule=OTHERS,
        passes=where_in_force(OTHERS, _unwelcome),
        figures=lambda case, place: {
            "named_by_debtor": int(truths(case.batch, "named_by_debtor")[place]),
            "others_refused": int(case.facts["others_refused"][place]),
        },
        applies=_to_other,
    ),
    Gate(
        rule=UNREACHABLE,
        passes=where_in_force(UNREACHABLE, _in_reach),
        figures=_used(UNREACHABLE, "out_of_reach_days"),
        applies=_to_other,
    ),
    ZONE_GATE,
    HOURS_GATE,
    Gate(
        rule=CALLS,
        passes=where_in_force(CALLS, _used_up),
        figures=_calls_figures,
        applies=_is_call,
    ),
)


def contact_faults(case: Case) -> dict[int, Invalid]:
    """One debt, of this borrower; a collector of this borrower's lender; a guarantor only where one is contacted."""
    batch, facts = case.batch, case.facts
    elsewhere = _collected_by_other(case) & (facts["collector_lender"] != facts["borrower_lender"])
    needless = np.asarray((batch.integers("guarantor") != 0) & ~_to_guarantor(case), np.bool_)
    return {
        **debt_faults(case),
        **faults_where(needless, batch, "guarantor", "0, for no guarantor is contacted"),
        **faults_where(elsewhere, batch, "collector", "a collector of the borrower's own lender, or 0"),
    }


def contact_columns(case: Case) -> Mapping[str, NDArray[np.int64]]:
    """What plans and contacts have in common; the zone is that on record."""
    batch = case.batch
    return {
        **{name: batch.integers(name) for name in ("borrower", "loan", "account", "collector")},
        "zone": case.facts["zone_on_record"],
        "means": batch.numbers("means", MEANS_NUMBER),
        "addressee": batch.numbers("addressee", ADDRESSEE_NUMBER),
        "position": batch.position,
    }
