"""Who collects for a lender: on its list, reviewed every year, and told to the debtor before the first contact.

Sources: Order 2024 No. 4 of the National Financial Regulatory Administration, arts. 49, 57; CBIRC Order 2022 No. 9,
arts. 14, 41; GB/T 45251-2025 (yearly review). Its code is sealed, and is the identity by which it stands on a list
once: who is listed again would have a fresh year without a review. Worked number: listed on 2026-05-01, the review is
due on 2027-05-01, and from 2027-05-02 nobody is contacted by that collector until it has been reviewed.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER, LENDER
from benyuan.consumer_protection.contact.records import (
    COLLECTOR,
    COLLECTOR_CHANGED,
    COLLECTOR_IDENTITY,
    COLLECTOR_LISTED,
    COLLECTOR_SHOWN,
    COLLECTOR_TOLD,
    COLLECTOR_WAS_TOLD,
)
from benyuan.consumer_protection.contact.vocabulary import MEANS_NUMBER, ContactMeans
from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_AROSE, PROTECTION_DUTY_CHANGED
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, Identity, command
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import HIDDEN, Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.decisions.words import text_faults
from benyuan.parties.credit_codes import credit_code_fault
from benyuan.parties.documents import normal_number
from benyuan.parties.names import name_fault
from benyuan.parties.people import SEPARATOR
from benyuan.usecases.common import MEMO_CHARACTERS, Id, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.values.dates import add_months

REVIEW = "coll.agency.review"
COLLECTOR_NEED = Need(table=COLLECTOR, by="collector", prefix="collector")


def next_review(case: Case) -> int:
    """The day on which a review is due after one on the batch's day; 0 before the rule holds."""
    value = case.rules.in_force(id=REVIEW, on=case.batch.on)
    return 0 if value is None else add_months(case.batch.on, value.count)


def arisen(where: NDArray[np.bool_], *, kind: DutyKind, on: int, **columns: Any) -> list[Event]:
    """The event of new duties: `id`, `borrower`, `about`, `due_on`."""
    none = dict.fromkeys(("person", "subject", "done_on", "level"), 0)
    return event(PROTECTION_DUTY_AROSE, rows(where, kind=int(kind), arose_on=on, **none, **columns))


CodeText: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=MEMO_CHARACTERS)]


@command("list_collector", version=2, personal=("code",), identified=True)
class CollectorFields(Command, frozen=True, kw_only=True):
    """Put a collector on the list of `lender` by its `name` and unified social credit `code`, reviewed today.

    `listed_until` 0: no end.
    """

    lender: Id
    name: CodeText
    code: CodeText
    listed_until: Yyyymmdd = 0

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """The code in its normal form."""
        return {name: normal_number(item) for name, item in personal.items()}

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """A code that is none."""
        del fields
        fault = credit_code_fault(personal.get("code", ""))
        return ("code", fault) if fault else None

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The code, on the list of the lender."""
        del on
        text = SEPARATOR.join(("collector", f"lender {fields['lender']}", personal["code"]))
        return Identity(text=text, contact="", derived={})


class ListCollector(UseCase):
    """Opens the yearly duty."""

    command = CollectorFields
    needs = (
        Need(table=LENDER, by="lender", prefix="lender"),
        Need(table=COLLECTOR_IDENTITY, by="identity", prefix="known"),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Who is listed twice is one collector."""
        return (batch.integers("identity"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists, 0 is none; a name; a code that no collector on the list has."""
        batch = case.batch
        unnamed = np.array([name_fault(name) is not None for name in batch.values("name")], np.bool_)
        return {
            **no_such_day(batch, "listed_until", none=True, since=batch.on),
            **text_faults(unnamed, batch, "name", "a name with at least one letter and no control characters"),
            **_listed_already(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The collector and the duty to review it."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids, due_on = numbered(accepted, facts.next_ids[COLLECTOR.name]), next_review(case)
        owed = accepted & (due_on != 0)
        duty = numbered(owed, facts.next_ids[PROTECTION_DUTY.name])
        columns = {
            "lender": batch.integers("lender"),
            "listed_on": batch.on,
            "reviewed_on": batch.on,
            "listed_until": batch.integers("listed_until"),
            "duty": duty,
        }
        return Recorded(
            results={"collector": ids, "duty": duty},
            events=[
                *event(COLLECTOR_LISTED, rows(accepted, id=ids, **columns)),
                *event(COLLECTOR_SHOWN, rows(accepted, id=batch.integers("identity"), collector=ids, since=batch.on)),
                *arisen(owed, kind=DutyKind.review_partner, on=batch.on, id=duty, borrower=0, about=ids, due_on=due_on),
            ],
        )


def _listed_already(case: Case) -> dict[int, Invalid]:
    """A fault for each that has been on the list of the lender before, whether or not it has left it."""
    collector = case.facts["known_collector"]
    return {
        place: Invalid(
            field="code",
            value=HIDDEN,
            constraint=f"one never listed: collector {collector[place]} has it, and review_collector reviews it",
        )
        for place in np.flatnonzero(case.facts.found("known")).tolist()
    }


@command("review_collector")
class CollectorReview(Command, frozen=True, kw_only=True):
    """`collector` has been reviewed today; `listed_until`: its last day on the list, 0 for no end."""

    collector: Id
    listed_until: Yyyymmdd = 0


class ReviewCollector(UseCase):
    """Does the duty, and opens the next one unless the collector leaves the list."""

    command = CollectorReview
    needs = (COLLECTOR_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The duty is done once."""
        return (batch.integers("collector"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists; 0 is none."""
        return no_such_day(case.batch, "listed_until", none=True, since=case.batch.on)

    def record(self, decided: Decided) -> Recorded:
        """Reviewed on this day."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        until, due_on = batch.integers("listed_until"), next_review(case)
        owed = accepted & (due_on != 0) & ((until == 0) | (until >= due_on))
        duty, done = numbered(owed, facts.next_ids[PROTECTION_DUTY.name]), facts["collector_duty"]
        ids = batch.integers("collector")
        changed = {"id": ids, "reviewed_on": batch.on, "listed_until": until, "duty": duty}
        return Recorded(
            results={"duty": duty},
            events=[
                *event(PROTECTION_DUTY_CHANGED, rows(accepted & (done != 0), id=done, done_on=batch.on)),
                *arisen(owed, kind=DutyKind.review_partner, on=batch.on, id=duty, borrower=0, about=ids, due_on=due_on),
                *event(COLLECTOR_CHANGED, rows(accepted, **changed)),
            ],
        )


@command("tell_of_collector")
class CollectorTold(Command, frozen=True, kw_only=True):
    """`borrower` has been told that `collector` will collect: who it is and how to reach it and the lender."""

    borrower: Id
    collector: Id
    means: ContactMeans


class TellOfCollector(UseCase):
    """Keeps the day."""

    command = CollectorTold
    needs = (Need(table=BORROWER, by="borrower", prefix="borrower"), COLLECTOR_NEED)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Both are of one lender."""
        foreign = case.facts["collector_lender"] != case.facts["borrower_lender"]
        wrong = np.asarray(foreign, np.bool_)
        return faults_where(wrong, case.batch, "collector", "a collector of the borrower's own lender")

    def record(self, decided: Decided) -> Recorded:
        """Told on this day."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[COLLECTOR_TOLD.name])
        columns = {name: batch.integers(name) for name in ("borrower", "collector")}
        columns |= {"means": batch.numbers("means", MEANS_NUMBER), "on_date": np.full(len(batch), batch.on)}
        return Recorded(results={"told": ids}, events=event(COLLECTOR_WAS_TOLD, rows(accepted, id=ids, **columns)))
