"""Records of one sort whose term began on one day are erased, after the term that the law sets is over.

Sources: those of `payments/retention/sorts.py`; PIPL, art. 19 (no longer than needed), art. 47 (erased when the term is
over). What stays is the log, which names nobody, and this command in it: what was erased, when, under which rule.
Worked number: identity data of a customer who left on 2026-05-31 are refused on 2036-05-31, and erased on 2036-06-01.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import Event, event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.payments.areas import HOME_AREA, HOME_AREA_TAKEN_OFF
from benyuan.payments.records import PERSON
from benyuan.payments.retention.candidates import (
    NONE,
    bank_numbers_of_people,
    erased_before,
    found_on,
    identities_of_merchants,
    identities_of_people,
    registrations_without_code,
)
from benyuan.payments.retention.records import (
    BANK_NUMBER_TAKEN_OFF,
    BUSINESS_TAKEN_OFF,
    DAY_ERASED,
    DAY_ERASED_FURTHER,
    IDENTITIES_FORGOTTEN,
    IDENTITY_TAKEN_OFF,
    LIST_ENTRY_TAKEN_OFF,
    MERCHANT_ERASED,
    PAYER_CODE_TAKEN_OFF,
    PAYLOADS_ERASED,
    PERSON_BLANKED,
    PERSON_ERASED,
    RECORD_FREED,
    RECORD_HELD,
    day_id,
)
from benyuan.payments.retention.sorts import BY_DAY, RULES, RULES_OF, SORT_NUMBER, Sort, last_day, term
from benyuan.rules import RulePack
from benyuan.usecases.common import Yyyymmdd, day_exists, no_such_day


@command("erase_records", never_ahead=True)
class Erase(Command, frozen=True, kw_only=True):
    """Erase the records of a `sort` whose term began on `date`, all but those that something holds back."""

    sort: Sort
    date: Yyyymmdd


def _over(rule: str) -> Gate:
    """The term of a rule is over, where the rule speaks of the sort and is in force on the day of erasure."""

    def bound(case: Case) -> NDArray[np.int64]:
        value = case.rules.in_force(id=rule, on=case.batch.on)
        return np.array([_kept_until(case, place, rule, value) for place in range(len(case.batch))], np.int64)

    def passes(case: Case) -> NDArray[np.bool_]:
        return np.asarray(bound(case) < case.batch.on, np.bool_)

    def figures(case: Case, place: int) -> dict[str, Any]:
        return {"from_on": int(case.batch.integers("date")[place]), "kept_until_on": int(bound(case)[place])}

    return Gate(rule=rule, passes=passes, figures=figures, applies=lambda case: bound(case) != 0)


def _kept_until(case: Case, place: int, rule: str, value: Any) -> int:
    """The last day on which the rule has the records kept; 0 where it does not speak of them."""
    sort, date = case.batch.values("sort")[place], int(case.batch.integers("date")[place])
    if rule not in RULES_OF[sort] or value is None or not day_exists(date):
        return 0
    return last_day(date, value.count)


class EraseRecords(UseCase):
    """Surveys the day; the engine erases what the events name, in the same commit."""

    command = Erase
    gates = tuple(_over(rule) for rule in RULES)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """How many records are free and how many held back, as columns; which, as flows."""
        del facts
        sort, date = batch.values("sort")[0], int(batch.integers("date")[0])
        chosen = term(rules, sort, on=batch.on)
        ready = chosen is not None and day_exists(date) and last_day(date, chosen[1]) < batch.on
        flows = dict.fromkeys(("record", "held", "identity", "bank_number", "home_area", "payload"), NONE)
        if ready:
            found = found_on(books, sort, date)
            flows |= {"record": found.free, "held": found.held, **_beside(books, sort, found.free)}
        again = ready and sort in BY_DAY and erased_before(books, sort, date)
        rule, years = (RULES.index(chosen[0]) + 1, chosen[1]) if chosen else (0, 0)
        columns = {"rule": rule, "years": years, "again": int(again)}
        columns |= {"erased": len(flows["record"]), "held": len(flows["held"])}
        return {name: np.full(len(batch), value, np.int64) for name, value in columns.items()}, flows

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The date exists, and some rule says how long such records are kept."""
        for sort in case.batch.values("sort"):
            if term(case.rules, sort, on=case.batch.on) is None:
                case.rules.value(id=RULES_OF[sort][-1], on=case.batch.on)
        return no_such_day(case.batch, "date")

    def record(self, decided: Decided) -> Recorded:
        """What is erased, what is held back, and under which rule."""
        facts = decided.case.facts
        results = {name: facts[name] for name in ("erased", "held", "rule", "years")}
        if not decided.accepted.all():
            return Recorded(results=results)
        sort = decided.case.batch.values("sort")[0]
        return Recorded(results=results, events=_EVENTS.get(sort, _codes_erased)(decided))


def _beside(books: Books, sort: str, ids: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """The identities and payloads that go with records."""
    match sort:
        case Sort.person:
            return {
                "identity": identities_of_people(books, ids),
                "bank_number": bank_numbers_of_people(books, ids),
                "home_area": np.intersect1d(ids, books.ids(HOME_AREA)),
            }
        case Sort.merchant:
            return {"identity": identities_of_merchants(books, ids), "payload": registrations_without_code(books, ids)}
        case Sort.list_entry:
            return {"identity": ids}
    return {"payload": ids} if sort in BY_DAY else {}


def _ids(decided: Decided, flow: str, **columns: int) -> dict[str, list[int]]:
    """Rows of an event: the ids of a flow, and columns that are the same throughout."""
    ids = decided.case.facts.flows[flow].tolist()
    return {"id": ids, **{name: [value] * len(ids) for name, value in columns.items()}}


def _how(decided: Decided) -> dict[str, int]:
    batch, facts = decided.case.batch, decided.case.facts
    how = {"ended_on": int(batch.integers("date")[0]), "erased_on": batch.on, "position": int(batch.position[0])}
    return {**how, "rule": int(facts["rule"][0]), "years": int(facts["years"][0])}


def _people_erased(decided: Decided) -> list[Event]:
    return [
        *event(PERSON_BLANKED, _ids(decided, "record", **dict.fromkeys(PERSON.columns, 0))),
        *event(PERSON_ERASED, _ids(decided, "record", **_how(decided))),
        *event(IDENTITY_TAKEN_OFF, _ids(decided, "identity")),
        *event(BANK_NUMBER_TAKEN_OFF, _ids(decided, "bank_number")),
        *event(HOME_AREA_TAKEN_OFF, _ids(decided, "home_area")),
        *event(
            IDENTITIES_FORGOTTEN, {"id": sorted(_ids(decided, "identity")["id"] + _ids(decided, "bank_number")["id"])}
        ),
    ]


def _merchants_erased(decided: Decided) -> list[Event]:
    return [
        *event(MERCHANT_ERASED, _ids(decided, "record", **_how(decided))),
        *event(BUSINESS_TAKEN_OFF, _ids(decided, "identity")),
        *event(IDENTITIES_FORGOTTEN, _ids(decided, "identity")),
        *event(PAYLOADS_ERASED, _ids(decided, "payload")),
    ]


def _entries_erased(decided: Decided) -> list[Event]:
    return [
        *event(LIST_ENTRY_TAKEN_OFF, _ids(decided, "record")),
        *event(IDENTITIES_FORGOTTEN, _ids(decided, "identity")),
    ]


def _codes_erased(decided: Decided) -> list[Event]:
    return event(PAYER_CODE_TAKEN_OFF, _ids(decided, "record"))


def _day_erased(decided: Decided) -> list[Event]:
    """The first time all that is held back is noted; later ones take from that what they erase."""
    batch, facts = decided.case.batch, decided.case.facts
    erased, held = int(facts["erased"][0]), int(facts["held"][0])
    number, date = SORT_NUMBER[batch.values("sort")[0]], int(batch.integers("date")[0])
    day: dict[str, Any] = {"id": [day_id(number, date)], "held": [held]}
    if facts["again"][0]:
        record = _ids(decided, "record")
        changed = event(DAY_ERASED_FURTHER, day) if erased else []
        return [*changed, *event(RECORD_FREED, record), *event(PAYLOADS_ERASED, record)]
    how = {name: [value] for name, value in _how(decided).items() if name != "ended_on"}
    whole = {**day, **how, "sort": [number], "date": [date]}
    return [
        *(event(DAY_ERASED, whole) if erased or held else []),
        *event(RECORD_HELD, _ids(decided, "held", sort=number, date=date)),
        *event(PAYLOADS_ERASED, _ids(decided, "payload")),
    ]


_EVENTS: dict[str, Callable[[Decided], list[Event]]] = {
    Sort.person.value: _people_erased,
    Sort.merchant.value: _merchants_erased,
    Sort.list_entry.value: _entries_erased,
    **dict.fromkeys(BY_DAY, _day_erased),
}
