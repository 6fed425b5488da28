"""A person's own answers about what they can bear, scored; what they may buy follows from them.

Source: Order 2025 No. 7, arts. 13(1), 29. Order of checks: the answers are the customer's own, not hinted at, of today;
the questionnaire tells enough levels apart; no more tests in twelve months than eight; then the ledger: no more in a
day than two. A result that differs from the last one is told and is to be confirmed (`confirm_level`); a lower one
counts at once, a higher one only then. So it is with the assets that are stated: more than counted before waits for
`confirm_assets`. Where the level falls, there is a duty to tell of each thing held above it. Worked number: level 2,
then level 4: until it is confirmed, products of level 2 and no higher are sold.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_AROSE, PROTECTION_DUTY_CHANGED
from benyuan.consumer_protection.suitability.chart import InvestorLeg, InvestorOwn
from benyuan.consumer_protection.suitability.facts import Ints, Truths, count_of, held, means_fen, means_rise
from benyuan.consumer_protection.suitability.gates import CONFIRM, TEST_GATES, TESTS, TESTS_DAY
from benyuan.consumer_protection.suitability.loader import version_on
from benyuan.consumer_protection.suitability.records import (
    INVESTOR_CHANGED,
    MEANS,
    MEANS_COUNT,
    SHELF,
    TEST,
    TEST_TAKEN,
)
from benyuan.consumer_protection.suitability.shown import AnsweringCustomer
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.payments.chart import Own
from benyuan.rules import RulePack
from benyuan.usecases.common import Count, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.protection.suitability.customers import CUSTOMER_NEEDS, customer_faults
from benyuan.usecases.protection.suitability.holding import held_by
from benyuan.values.dates import add_months

TOO_HIGH = "held_above"


@command("test_suitability", version=2, personal=("number", "born", "answers"), identified=True)
class TestFields(AnsweringCustomer, frozen=True, kw_only=True):
    """The person answers on `answered_on`, which is today, and states `assets_fen` of financial assets.

    `taken_for_customer`: somebody else answered; `prompted`: somebody said what to answer. Both are refused.
    """

    answered_on: Yyyymmdd
    assets_fen: Count
    taken_for_customer: bool = False
    prompted: bool = False


def tests_since(books: Books, *, person: int, after: int) -> int:
    """How many tests a person has taken after a day (yyyymmdd)."""
    places = books.all_with(TEST, "person", person)
    return int((books.column(TEST, "on_date")[places] > after).sum())


class TestSuitability(UseCase):
    """Books the test in the day's usage, and records its level."""

    command = TestFields
    needs = (
        *CUSTOMER_NEEDS,
        Need(table=PROTECTION_DUTY, by="test_duty", prefix="owed"),
        Need(table=MEANS, by="person", prefix="means"),
    )
    gates = TEST_GATES
    rules = (TESTS_DAY,)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """How many tests the person has taken in the months that count together; what they hold above a lower level."""
        value = rules.in_force(id=TESTS, on=batch.on)
        after = add_months(batch.on, -value.parameters.count("within")) if value else 0
        people: Sequence[int] = batch.integers("person").tolist()
        counted = np.array([tests_since(books, person=one, after=after) for one in people])
        level = int(batch.columns["level"][0]) if "level" in batch.columns else 0  # of bad answers there is none
        falls = 0 < level < int(facts["counted_level"][0])
        holds = held_by(books, people[0]) if falls else np.zeros(0, np.int64)
        above = holds[books.column(SHELF, "level")[holds] > level]
        return {"tests_counted": counted, "to_tell": np.array([len(above)])}, {TOO_HIGH: above}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Who it is, and the version that is used today."""
        current = version_on(case.batch.on)
        other = case.batch.integers("questionnaire") != current
        wanted = f"version {current}, which is used today" if current else "a version; none is used yet"
        return {
            **faults_where(other, case.batch, "questionnaire", wanted),
            **customer_faults(case),
            **no_such_day(case.batch, "answered_on"),
        }

    def legs(self, case: Case, goes_on: Truths) -> Legs:
        """One test of the day."""
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        table.add(
            where=goes_on,
            debit=case.facts["investor_first_usage"] + InvestorOwn.tests_day,
            credit=case.facts["institution_first_account"] + Own.usage_control,
            amount=1,
            code=InvestorLeg.test,
            ceiling=count_of(case, TESTS_DAY),
            rule=self.rules.index(TESTS_DAY),
        )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The test; where it differs from the last one, the duty to have it confirmed."""
        case, accepted = decided.case, decided.accepted
        ids = numbered(accepted, case.facts.next_ids[TEST.name])
        duties = numbered(accepted & differs(case), case.facts.next_ids[PROTECTION_DUTY.name])
        counts = np.where(rises(case), 0, case.batch.on)
        return Recorded(
            results={
                "level": case.batch.integers("level"),
                "points": case.batch.integers("points"),
                "test": ids,
                "to_confirm": differs(case).astype(np.int64),
                "previous_level": case.facts["test_level"],
                "assets_to_confirm": means_rise(case, case.batch.integers("assets_fen")).astype(np.int64),
                "to_tell": case.facts["to_tell"],
            },
            events=[
                *_taken(decided, ids, duties, counts),
                *_means(decided, ids),
                *_duties(decided, ids, duties),
                *_to_tell(decided, duties),
            ],
        )


def differs(case: Case) -> Truths:
    """Where the level is another than that of the last test, or of the last that counted."""
    held(case, CONFIRM)
    level, facts = case.batch.integers("level"), case.facts
    last = facts.found("test") & (facts["test_level"] != level)
    counted = facts.found("counted") & (facts["counted_level"] != level)
    return np.asarray(last | counted, np.bool_)


def rises(case: Case) -> Truths:
    """Where the level is above the one that counts, so that it waits."""
    facts = case.facts
    return np.asarray(facts.found("counted") & (case.batch.integers("level") > facts["counted_level"]), np.bool_)


def _taken(decided: Decided, ids: Ints, duties: Ints, counts: Ints) -> Sequence[Event]:
    case, accepted = decided.case, decided.accepted
    batch, facts = case.batch, case.facts
    names = ("person", "questionnaire", "points", "level", "assets_fen")
    columns = {name: batch.integers(name) for name in names} | {
        "id": ids,
        "previous_level": facts["test_level"],
        "on_date": batch.on,
        "counts_from": counts,
        "duty": duties,
        "position": batch.position,
    }
    investor = {
        "id": batch.integers("person"),
        "test": ids,
        "counted": np.where(counts != 0, ids, facts["investor_counted"]),
        "tests": facts["investor_tests"] + 1,
    }
    return [
        *event(TEST_TAKEN, rows(accepted, **columns)),
        *event(INVESTOR_CHANGED, rows(accepted, **investor)),
    ]


def _means(decided: Decided, ids: Ints) -> Sequence[Event]:
    """What counts from now on: what was stated, but no more than counted before."""
    case, accepted = decided.case, decided.accepted
    batch, stated = case.batch, case.batch.integers("assets_fen")
    columns = {
        "id": numbered(accepted, case.facts.next_ids[MEANS.name]),
        "owner": batch.integers("person"),
        "person": batch.integers("person"),
        "from_date": batch.on,
        "counted_fen": np.where(means_rise(case, stated), means_fen(case), stated),
        "test": ids,
        "position": batch.position,
    }
    return event(MEANS_COUNT, rows(accepted, **columns))


def _to_tell(decided: Decided, duties: Ints) -> Sequence[Event]:
    """A duty for each product that the person holds above the level to which they have fallen (art. 22)."""
    case = decided.case
    products = case.facts.flows[TOO_HIGH] if decided.accepted.all() else np.zeros(0, np.int64)
    first = case.facts.next_ids[PROTECTION_DUTY.name] + int((duties != 0).sum())
    columns = {
        "id": first + np.arange(len(products)),
        "kind": int(DutyKind.tell_of_level),
        "person": int(case.batch.integers("person")[0]),
        "about": products,
        "arose_on": case.batch.on,
        "due_on": case.batch.on,
        **dict.fromkeys(("borrower", "subject", "done_on", "level"), 0),
    }
    return event(PROTECTION_DUTY_AROSE, rows(np.ones(len(products), np.bool_), **columns))


def _duties(decided: Decided, ids: Ints, duties: Ints) -> Sequence[Event]:
    """The new duty; one that waited for the result before is done with, for that result no longer matters."""
    case, accepted = decided.case, decided.accepted
    batch, facts = case.batch, case.facts
    waited = accepted & facts.found("owed") & (facts["owed_done_on"] == 0)
    columns = {
        "id": duties,
        "kind": int(DutyKind.confirm_level),
        "person": batch.integers("person"),
        "about": ids,
        "arose_on": batch.on,
        **dict.fromkeys(("borrower", "subject", "due_on", "done_on", "level"), 0),
    }
    return [
        *event(PROTECTION_DUTY_CHANGED, rows(waited, id=facts["test_duty"], done_on=batch.on)),
        *event(PROTECTION_DUTY_AROSE, rows(accepted & (duties != 0), **columns)),
    ]
