"""What stands before every contact about a debt: stops, complaints, plans, who collects, with whom, when, how often.

Sources: Order 2024 No. 4 of the National Financial Regulatory Administration, arts. 56, 57; CBIRC Order 2022 No. 9,
arts. 14, 41; GB/T 45251-2025. The instant is looked at by the clock of the debtor's place. Worked: at 13:59:59 UTC a
debtor in China may be called, at 14:00:00 not; one in Tokyo (zone 540) may be up to 12:59:59 UTC.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import ACCOUNT, BORROWER, LOAN
from benyuan.consumer_protection.contact.counting import (
    contacts_with,
    days_out_of_reach,
    others_refused,
    reached_on,
)
from benyuan.consumer_protection.contact.local import CHINA, EAST, US_PER_HOUR, US_PER_MINUTE, WEST, time_of_day
from benyuan.consumer_protection.contact.records import COLLECTOR_TOLD, HARDSHIP, HOURS, STOP
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
from benyuan.usecases.protection.contact.halted import HALTS, halting
from benyuan.usecases.protection.contact.list_collector import COLLECTOR_NEED
from benyuan.usecases.protection.contact.shared import facts_at, where_in_force
from benyuan.values.dates import add_months

PAUSED, HARDSHIP_PLAN = "cp.house.collection.pause", "cp.house.hardship.plan"
LISTED, REVIEWED, TOLD = "cp.nfra.partner_list", "coll.agency.review", "cp.nfra.collection.told"
NOT_THE_DEBTOR, OTHERS, UNREACHABLE = "cf.collection.third_party", "coll.third_party", "cp.house.unreachable"
BY_DAY, CALLS = "coll.hours", "coll.calls"
Zone: TypeAlias = Annotated[int, msgspec.Meta(ge=WEST, le=EAST)]

NEEDS = (
    Need(table=BORROWER, by="borrower", prefix="borrower"),
    Need(table=LOAN, by="loan", prefix="loan"),
    Need(table=ACCOUNT, by="account", prefix="account"),
    COLLECTOR_NEED,
)


class ContactFields(Command, frozen=True, kw_only=True):
    """A contact about one `loan` or pay-later `account` of `borrower`; the other is 0.

    `zone`: minutes east of Greenwich of the place where the debtor is. `agreed_hours`: it rests on hours that the
    borrower has agreed to, which `agree_contact_hours` has on record. `collector`: who collects for the lender, 0 for
    itself. `debt_named`: the debt is named, or payment asked for. `named_by_debtor`: the debtor named this other
    person as a contact.
    """

    borrower: Id
    loan: MaybeId = 0
    account: MaybeId = 0
    means: ContactMeans
    addressee: Addressee = Addressee.debtor
    zone: Zone = CHINA
    agreed_hours: bool = False
    collector: MaybeId = 0
    debt_named: bool
    named_by_debtor: bool = False


def instants(batch: Batch) -> NDArray[np.int64]:
    """When each contact is: planned, or now."""
    return batch.integers("contact_at") if "contact_at" in batch.columns else batch.at


def surveyed(batch: Batch, books: Books, rules: RulePack) -> Survey:
    """What stands in the way, and what has been made so far, for one contact."""
    borrower, collector = int(batch.integers("borrower")[0]), int(batch.integers("collector")[0])
    zone, at = int(batch.integers("zone")[0]), int(instants(batch)[0])
    addressee = int(batch.numbers("addressee", ADDRESSEE_NUMBER)[0])
    contacts = contacts_with(books, borrower)
    plan = _running_plan(books, borrower, on=batch.on)
    found = {
        "stop_standing": _standing_stop(books, borrower),
        **halting(books, borrower, rules, on=batch.on),
        "plan_running": plan,
        "plan_means": int(books.column(HARDSHIP, "means")[plan]),
        "hours_agreed": _agreed_hours(books, borrower, on=batch.on, minute=_minute(at, zone)),
        "told_of_collector": _told_of(books, borrower, collector),
        "others_refused": others_refused(contacts),
        "out_of_reach_days": days_out_of_reach(contacts, at_us=at, zone=zone),
        "calls_made": reached_on(contacts, addressee=addressee, at_us=at, zone=zone),
    }
    return {name: np.array([number], np.int64) for name, number in found.items()}, {}


def _standing_stop(books: Books, borrower: int) -> int:
    places = books.all_with(STOP, "borrower", borrower)
    stands = places[books.column(STOP, "ended_on")[places] == 0]
    return int(stands[0]) if len(stands) else 0


def _running_plan(books: Books, borrower: int, *, on: int) -> int:
    places = books.all_with(HARDSHIP, "borrower", borrower)
    runs = (books.column(HARDSHIP, "ended_on")[places] == 0) & (books.column(HARDSHIP, "until")[places] >= on)
    return int(places[runs][-1]) if runs.any() else 0


def _minute(at: int, zone: int) -> int:
    return int(time_of_day(np.array([at]), np.array([zone]))[0]) // US_PER_MINUTE


def _agreed_hours(books: Books, borrower: int, *, on: int, minute: int) -> int:
    """The hours that the borrower has agreed to last, where a minute of their day is within; 0 for none."""
    last = books.all_with(HOURS, "borrower", borrower)[-1:]
    first, end, until = (books.column(HOURS, name)[last] for name in ("from_minute", "to_minute", "until"))
    return int(last[(first <= minute) & (minute < end) & ((until == 0) | (until >= on))].sum())


def _told_of(books: Books, borrower: int, collector: int) -> int:
    places = books.all_with(COLLECTOR_TOLD, "borrower", borrower)
    told = places[books.column(COLLECTOR_TOLD, "collector")[places] == collector]
    return int(told[0]) if len(told) else 0


def _collected_by_other(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.batch.integers("collector") != 0, np.bool_)


def _to_other(case: Case) -> NDArray[np.bool_]:
    return case.batch.equals("addressee", Addressee.other.value)


def _is_call(case: Case) -> NDArray[np.bool_]:
    return case.batch.equals("means", ContactMeans.call.value)


def _outside_plan(case: Case) -> NDArray[np.bool_]:
    asked = case.batch.numbers("means", MEANS_BITS)
    return np.asarray((case.facts["plan_running"] != 0) & (asked & ~case.facts["plan_means"] != 0), np.bool_)


def _off_list(case: Case) -> NDArray[np.bool_]:
    until = case.facts["collector_listed_until"]
    return np.asarray(_collected_by_other(case) & (until != 0) & (until < case.batch.on), np.bool_)


def _review_due(case: Case, place: int) -> int:
    """The day on which the collector's review is due; 0 where nobody else collects, or no rule asks for one yet."""
    value = case.rules.in_force(id=REVIEWED, on=case.batch.on)
    reviewed_on = int(case.facts["collector_reviewed_on"][place])
    return add_months(reviewed_on, value.count) if value and reviewed_on else 0


def _overdue(case: Case) -> NDArray[np.bool_]:
    late = np.zeros(len(case.batch), np.bool_)
    for place in np.flatnonzero(_collected_by_other(case)).tolist():
        late[place] = 0 < _review_due(case, place) < case.batch.on
    return late


def _not_told(case: Case) -> NDArray[np.bool_]:
    return np.asarray(_collected_by_other(case) & (case.facts["told_of_collector"] == 0), np.bool_)


def _unwelcome(case: Case) -> NDArray[np.bool_]:
    named = truths(case.batch, "named_by_debtor")
    return np.asarray(_to_other(case) & (~named | (case.facts["others_refused"] != 0)), np.bool_)


def _in_reach(case: Case) -> NDArray[np.bool_]:
    days = case.rules.value(id=UNREACHABLE, on=case.batch.on).count
    return np.asarray(_to_other(case) & (case.facts["out_of_reach_days"] < days), np.bool_)


def agreed(case: Case) -> NDArray[np.bool_]:
    """Where the contact says that the hour was agreed, and a record of the borrower's says so too."""
    return np.asarray(truths(case.batch, "agreed_hours") & (case.facts["hours_agreed"] != 0), np.bool_)


def _at_night(case: Case) -> NDArray[np.bool_]:
    hours = case.rules.value(id=BY_DAY, on=case.batch.on).parameters
    of_day = time_of_day(instants(case.batch), case.batch.integers("zone"))
    opens, closes = hours.count("opens") * US_PER_HOUR, hours.count("closes") * US_PER_HOUR
    return np.asarray((of_day < opens) | (of_day >= closes), np.bool_)


def _clock(case: Case, place: int) -> dict[str, int | str]:
    of_day = int(time_of_day(instants(case.batch), case.batch.integers("zone"))[place])
    hours, rest = divmod(of_day // 1_000_000, 3_600)  # tidy: number seconds in an hour
    time = f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"  # tidy: number seconds in a minute
    return {"local_time": time, "zone": int(case.batch.integers("zone")[place])}


def _used_up(case: Case) -> NDArray[np.bool_]:
    most = case.rules.value(id=CALLS, on=case.batch.on).count
    return np.asarray(_is_call(case) & (case.facts["calls_made"] >= most), np.bool_)


def _used(rule: str, fact: str) -> Any:
    def figures(case: Case, place: int) -> dict[str, int]:
        value = case.rules.in_force(id=rule, on=case.batch.on)
        used = {"used": int(case.facts[fact][place])}
        return used if value is None else {"limit": value.count, **used}

    return figures


GATES = (
    Gate(
        rule=PAUSED,
        passes=where_in_force(PAUSED, lambda case: np.asarray(case.facts["stop_standing"] != 0, np.bool_)),
        figures=lambda case, place: facts_at(case, {"stop": "stop_standing"}, place),
    ),
    *HALTS,
    Gate(
        rule=HARDSHIP_PLAN,
        passes=where_in_force(HARDSHIP_PLAN, _outside_plan),
        figures=lambda case, place: facts_at(case, {"hardship": "plan_running"}, place),
    ),
    Gate(
        rule=LISTED,
        passes=where_in_force(LISTED, _off_list),
        figures=lambda case, place: facts_at(case, {"listed_until": "collector_listed_until"}, place),
        applies=_collected_by_other,
    ),
    Gate(
        rule=REVIEWED,
        passes=where_in_force(REVIEWED, _overdue),
        figures=lambda case, place: {"review_due_on": _review_due(case, place)},
        applies=_collected_by_other,
    ),
    Gate(rule=TOLD, passes=where_in_force(TOLD, _not_told), applies=_collected_by_other),
    Gate(
        rule=NOT_THE_DEBTOR,
        passes=where_in_force(NOT_THE_DEBTOR, lambda case: _to_other(case) & truths(case.batch, "debt_named")),
        applies=_to_other,
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
    Gate(
        rule=BY_DAY,
        passes=where_in_force(BY_DAY, lambda case: _at_night(case) & ~agreed(case)),
        figures=_clock,
        excepted=agreed,
    ),
    Gate(
        rule=CALLS,
        passes=where_in_force(CALLS, _used_up),
        figures=lambda case, place: {**_used(CALLS, "calls_made")(case, place), "asked": 1},
        applies=_is_call,
    ),
)


def contact_faults(case: Case) -> dict[int, Invalid]:
    """One debt, of this borrower; a collector of this borrower's lender."""
    batch, facts = case.batch, case.facts
    wrong: dict[int, Invalid] = {}
    for name in ("account", "loan"):
        foreign = (batch.integers(name) != 0) & (facts[f"{name}_borrower"] != batch.integers("borrower"))
        wrong |= faults_where(np.asarray(foreign, np.bool_), batch, name, f"one of this borrower's, or 0 for no {name}")
    both = (batch.integers("loan") != 0) == (batch.integers("account") != 0)
    elsewhere = _collected_by_other(case) & (facts["collector_lender"] != facts["borrower_lender"])
    return {
        **wrong,
        **faults_where(np.asarray(both, np.bool_), batch, "loan", "a loan or an account, and the other one 0"),
        **faults_where(elsewhere, batch, "collector", "a collector of the borrower's own lender, or 0"),
    }


def contact_columns(batch: Batch) -> Mapping[str, NDArray[np.int64]]:
    """What plans and contacts have in common."""
    return {
        **{name: batch.integers(name) for name in ("borrower", "loan", "account", "collector", "zone")},
        "means": batch.numbers("means", MEANS_NUMBER),
        "addressee": batch.numbers("addressee", ADDRESSEE_NUMBER),
        "position": batch.position,
    }
