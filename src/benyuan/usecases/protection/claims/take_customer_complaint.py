"""A customer complains, by whatever channel: the days begin to run, and whose rules set them is decided here.

Sources: CBIRC Order 2020 No. 3, arts. 11 to 14, 17, 18, 29; PBoC Order [2020] No. 5, arts. 39, 43. Order of checks: one
customer, a product of theirs, days that were, a supervisor that has a say; then representatives of a joint complaint
(5 at most).
A major one is reported, too: no hours are named, so on the day on which it is recorded (2022 No. 9, art. 50).
Worked number: received on 2026-03-02 and recorded on 03-10, a lender's complaint is due on 03-17 all the same.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.deadlines import (
    GROUP,
    HOUSE,
    MAJOR,
    RULE_OF_CLOCK,
    clock_of,
    days_after,
    last_day,
)
from benyuan.consumer_protection.claims.records import (
    COMPLAINT_FURTHER,
    COMPLAINT_MORE_TOLD,
    COMPLAINT_TAKEN,
    CUSTOMER_COMPLAINT,
)
from benyuan.consumer_protection.claims.words import (
    CAUSE_NUMBER,
    CHANNEL_NUMBER,
    COMPLAINANT_NUMBER,
    ISSUE_NUMBER,
    PRODUCT_NUMBER,
    PRODUCTS_OF,
    WAY_NUMBER,
    Cause,
    Channel,
    Clock,
    Complainant,
    Issue,
    ProductSort,
    Way,
)
from benyuan.consumer_protection.customers import CUSTOMER, customer_columns, customer_faults
from benyuan.consumer_protection.records import PROTECTION_DUTY
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.decisions.words import truths
from benyuan.parties.names import name_fault
from benyuan.parties.people import MaybeText
from benyuan.rules import RulePack
from benyuan.usecases.bureau.claims import DIGEST_DIGITS, HEX, Words
from benyuan.usecases.common import Count, MaybeId, Yyyymmdd, day_exists, faults_where, no_such_day, numbered, rows
from benyuan.usecases.lending.shared import erased_faults
from benyuan.usecases.protection.claims.recusal import staff_named
from benyuan.usecases.protection.claims.shared import CUSTOMER_NEEDS, Worded, raised

Several: TypeAlias = Annotated[int, msgspec.Meta(ge=1)]
MaybeDigest: TypeAlias = Annotated[str, msgspec.Meta(max_length=DIGEST_DIGITS)]
SHOWS_AUTHORITY = (Complainant.agent, Complainant.heir)


@command("take_customer_complaint", version=3, personal=("words", "speaker", "authority"), identified=True)
class CustomersComplaint(Worded, frozen=True, kw_only=True):
    """A complaint of one customer, in their `words`, received on `received_on`, which may be earlier than today.

    `way`: by which authority it was passed on, to the firm on `passed_on`; `feedback_by`: the day that a branch of the
    central bank set for the firm's report on it, 0 for none. `complainants` and `representatives` are
    those of a joint one. `complainant`: who brings it; where that isn't the customer, `speaker` is their name, and
    `authority` the SHA-256 of what an agent or an heir shows for it. `against_staff`: the number of the member of staff
    who is complained of, 0 for none.
    """

    person: MaybeId = 0
    borrower: MaybeId = 0
    subject: MaybeId = 0
    channel: Channel
    product: ProductSort
    issue: Issue
    cause: Cause = Cause.not_known
    words: Words
    received_on: Yyyymmdd
    way: Way = Way.direct
    passed_on: Yyyymmdd = 0
    feedback_by: Yyyymmdd = 0
    against_partner: bool = False
    complainants: Several = 1
    representatives: Count = 0
    complainant: Complainant = Complainant.customer
    speaker: MaybeText = ""
    authority: MaybeDigest = ""
    against_staff: MaybeId = 0

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """Blank words; who speaks for a customer without a name, or without what shows that they may."""
        return super().personal_fault(personal, fields) or _spokesman_fault(
            Complainant(fields["complainant"]), personal.get("speaker", ""), personal.get("authority", "")
        )


def _spokesman_fault(who: Complainant, name: str, authority: str) -> tuple[str, str] | None:
    if who is Complainant.customer and (name or authority):
        return ("speaker" if name else "authority"), "nothing where the customer complains in person"
    if who is not Complainant.customer and (fault := name_fault(name)):
        return "speaker", fault
    if authority and (len(authority) != DIGEST_DIGITS or not HEX.issuperset(authority)):
        return "authority", "a SHA-256 digest in small hexadecimal digits"
    if who in SHOWS_AUTHORITY and not authority:
        return "authority", "the digest of the signed authority, or of what shows the succession"
    return None


def _in_person(case: Case) -> NDArray[np.bool_]:
    batch = case.batch
    lender = batch.integers("borrower") != 0
    return np.asarray(lender & batch.equals("channel", Channel.visit) & (batch.integers("complainants") > 1), np.bool_)


def _spoken_for(case: Case) -> NDArray[np.bool_]:
    speak, most = case.batch.integers("representatives"), case.rules.in_force(id=GROUP, on=case.batch.on)
    few = (speak >= 1) & (speak <= (most.count if most else 0))
    return np.asarray(few | ~_in_person(case), np.bool_)


def _speakers(case: Case, place: int) -> dict[str, Any]:
    batch = case.batch
    named = {name: int(batch.integers(name)[place]) for name in ("complainants", "representatives")}
    return {**named, "most": case.rules.value(id=GROUP, on=batch.on).count}


SPOKEN_FOR = Gate(rule=GROUP, passes=_spoken_for, figures=_speakers, applies=_in_person)


class TakeCustomers(UseCase):
    """Keeps the complaint, raises the duty to answer, and tells whether it was made before."""

    command = CustomersComplaint
    needs = CUSTOMER_NEEDS
    gates = (SPOKEN_FOR,)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Earlier complaints of the customer about the same product with the same cause, or the same issue."""
        del facts, rules
        name = next((name for name in CUSTOMER if batch.integers(name)[0]), "")
        places = books.all_with(CUSTOMER_COMPLAINT, name, int(batch.integers(name)[0])) if name else np.zeros(0, int)
        like = _alike(batch, books, places)
        found = {"repeat_of": int(like.max(initial=0)), "times": len(like)}
        return {name: np.full(len(batch), value, np.int64) for name, value in found.items()}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One customer, a product of theirs, days in order, under a rule that was in force."""
        batch = case.batch
        passed, received = batch.integers("passed_on"), batch.integers("received_on")
        direct, alone = batch.equals("way", Way.direct), batch.integers("complainants") == 1
        speak = batch.integers("representatives")
        before = (passed != 0) & (passed < received)
        foreign = batch.equals("way", Way.nfra) & (batch.integers("borrower") == 0)
        many = (speak > batch.integers("complainants")) | (alone & (speak != 0))
        return {
            **_unruled(case),
            **faults_where(many, batch, "representatives", "no more than complainants, 0 for one alone"),
            **_other_products(batch),
            **faults_where(foreign, batch, "borrower", "a borrower: that supervisor has no say about other firms here"),
            **faults_where(before, batch, "passed_on", "a day not before that of receipt"),
            **faults_where(direct & (passed != 0), batch, "passed_on", "0 where nobody passed it on"),
            **_feedback_faults(batch),
            **no_such_day(batch, "passed_on", none=True, until=batch.on),
            **faults_where(~direct & (passed == 0), batch, "passed_on", "the day on which the firm got it"),
            **no_such_day(batch, "received_on", until=batch.on),
            **customer_faults(batch),
            **erased_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The complaint and its duty; `expected_on`: by when the house expects it where no text names a day."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        number = numbered(accepted, facts.next_ids[CUSTOMER_COMPLAINT.name])
        branch = batch.equals("way", Way.pbc_branch)
        duty = numbered(accepted, facts.next_ids[PROTECTION_DUTY.name], step=1 + branch.astype(np.int64) + _major(case))
        report = np.where(branch & accepted, duty + 1, 0)
        major = _major(case)
        of_major = np.where((major != 0) & accepted, duty + 1 + branch, 0)
        clock, from_on = _clocks(batch), _from_on(batch)
        days = _days(case, clock, np.where(accepted, from_on, 0))
        result = {"complaint": number, "duty": duty, "feedback_duty": report, **days, "clock": clock}
        result |= {"major": major, "major_duty": of_major}
        told = {name: facts[name] for name in ("repeat_of", "times")}
        whom = customer_columns(batch)
        kind = np.where(batch.equals("way", Way.direct), DutyKind.answer_complaint, DutyKind.answer_passed_on)
        owed = {"id": duty, "kind": kind, "about": number, "arose_on": from_on, "due_on": days["due_on"], **whom}
        kept = {**whom, "clock": clock, "from_on": from_on, "due_on": days["due_on"], "duty": duty}
        kept["feedback_duty"] = report
        kept |= {"major": result["major"], "repeat_of": told["repeat_of"], "position": batch.position, **_said(batch)}
        blank = dict.fromkeys(set(CUSTOMER_COMPLAINT.columns) - set(kept), 0)
        taken = rows(accepted, id=number, **{**blank, **kept})
        reported = {**owed, "id": report, "kind": DutyKind.feed_back, "due_on": batch.integers("feedback_by")}
        events = [
            *event(COMPLAINT_TAKEN, taken),
            *event(COMPLAINT_MORE_TOLD, rows(accepted, id=number, **_further(batch, days["due_on"]))),
            *staff_named(case, accepted, complaint=number),
            *raised(accepted, **owed),
            *raised(report != 0, **reported),
            *raised(of_major != 0, **{**owed, "id": of_major, "kind": DutyKind.report_major, "due_on": batch.on}),
        ]
        return Recorded(results={**result, **told}, events=events)


def _further(batch: Batch, due_on: NDArray[np.int64]) -> dict[str, Any]:
    """What stays as it was at intake: the first last day, the cause as told, and who brought it."""
    first = {"first_due_on": due_on, "cause_at_first": batch.numbers("cause", CAUSE_NUMBER)}
    brought = {"made_by": batch.numbers("complainant", COMPLAINANT_NUMBER)}
    return {**dict.fromkeys(COMPLAINT_FURTHER.columns, 0), **customer_columns(batch), **first, **brought}


def _feedback_faults(batch: Batch) -> dict[int, Invalid]:
    """A day of the branch's, not before it passed the complaint on."""
    by = batch.integers("feedback_by")
    absent = np.array([each != 0 and not day_exists(each) for each in by.tolist()], np.bool_)
    early = (by != 0) & (~batch.equals("way", Way.pbc_branch) | (by < batch.integers("passed_on")))
    return faults_where(absent | early, batch, "feedback_by", "a day that a branch set, not before passed_on, or 0")


def _alike(batch: Batch, books: Books, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The earlier complaints that say the same."""
    mine = {name: int(batch.numbers(name, numbers)[0]) for name, numbers in _CODES.items()}
    held = {name: books.column(CUSTOMER_COMPLAINT, name)[places] for name in mine}
    cause = (held["cause"] == mine["cause"]) & (mine["cause"] != CAUSE_NUMBER[Cause.not_known])
    same = (held["product"] == mine["product"]) & (cause | (held["issue"] == mine["issue"]))
    return np.asarray(places[same], np.int64)


_CODES = {"product": PRODUCT_NUMBER, "issue": ISSUE_NUMBER, "cause": CAUSE_NUMBER}


def _said(batch: Batch) -> dict[str, NDArray[np.int64]]:
    """What was told, as a row holds it."""
    words = {**_CODES, "channel": CHANNEL_NUMBER, "way": WAY_NUMBER}
    numbers = ("received_on", "passed_on", "complainants", "representatives")
    return {
        **{name: batch.numbers(name, of) for name, of in words.items()},
        **{name: batch.integers(name) for name in numbers},
        "against_partner": truths(batch, "against_partner").astype(np.int64),
    }


def _clocks(batch: Batch) -> NDArray[np.int64]:
    lender, branch = batch.integers("borrower") != 0, batch.equals("way", Way.pbc_branch)
    pairs = zip(lender.tolist(), branch.tolist(), strict=True)
    return np.array([clock_of(lender=one, by_branch=other) for one, other in pairs], np.int64)


def _from_on(batch: Batch) -> NDArray[np.int64]:
    passed = batch.integers("passed_on")
    return np.where(passed != 0, passed, batch.integers("received_on"))


def _days(case: Case, clock: NDArray[np.int64], from_on: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """The last day by the law, and by the house where the law names none."""
    pairs = [(Clock(one), other) for one, other in zip(clock.tolist(), from_on.tolist(), strict=True)]
    due = [last_day(case.rules, clock=one, from_on=other) if other else 0 for one, other in pairs]
    aims = [other if one is Clock.house else 0 for one, other in pairs]
    house = [days_after(case.rules, rule=HOUSE, from_on=other) if other else 0 for other in aims]
    return {"due_on": np.array(due, np.int64), "expected_on": np.array(house, np.int64)}


def _major(case: Case) -> NDArray[np.int64]:
    value = case.rules.in_force(id=MAJOR, on=case.batch.on)
    many = case.batch.integers("complainants") >= (value.count if value else np.iinfo(np.int64).max)
    return np.asarray(_in_person(case) & many, np.int64)


def _other_products(batch: Batch) -> dict[int, Invalid]:
    """A customer complains of what their firm sells."""
    found = {}
    for place, product in enumerate(batch.values("product")):
        name = next((name for name in CUSTOMER if batch.integers(name)[place]), CUSTOMER[0])
        if product not in PRODUCTS_OF[name]:
            wanted = f"what a {name} has: {', '.join(sorted(PRODUCTS_OF[name]))}"
            found[place] = Invalid(field="product", value=str(product), constraint=wanted)
    return found


def _unruled(case: Case) -> dict[int, Invalid]:
    """The days would run from one on which no rule was in force."""
    batch, found = case.batch, {}
    for place, (clock, on) in enumerate(zip(_clocks(batch).tolist(), _from_on(batch).tolist(), strict=True)):
        if case.rules.in_force(id=RULE_OF_CLOCK[Clock(clock)], on=on) is None:
            wanted = f"a day on which rule {RULE_OF_CLOCK[Clock(clock)]} is in force"
            found[place] = Invalid(field="received_on", value=on, constraint=wanted)
    return found
