"""Complaints walked at random for a year of days: every answer, last day and level is that of the plain model."""

import datetime as dt
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benyuan.consumer_protection.claims.words import PRODUCTS_OF
from benyuan.consumer_protection.vocabulary import DutyKind
from tests.properties.complaints_by_hand import BRANCH, INVALID, LENDER, Complaint, Desk, Intake, later
from tests.properties.walking import Walk, number_of
from tests.unit.protection.claiming import FULL, Claims

FIRST = dt.date(2026, 6, 1)
KINDS: tuple[str, ...] = ("take", "take", "answer", "answer", "answer", "extend", "extend", "bring", "bring")
KINDS += ("withdraw", "feed_back", "review", "decide", "pay", "climb", "climb")
STAFF = (7, 8, 9)
CUSTOMERS = ("borrower", "person", "subject")
ITEMS = (
    "the_complaint",
    "points_at_issue",
    "findings_and_evidence",
    "grounds",
    "contacts_with_customer",
    "satisfaction",
)


class Played(Walk):
    """The town and the model side by side, from day to day."""

    def __init__(self, dice: Random) -> None:
        super().__init__(dice, first=FIRST, invalid=INVALID)
        self.desk = Desk()
        self._against = 0

    def any_one(self) -> Complaint | None:
        """One of the complaints, an open one more often than not."""
        waiting = [each for each in self.desk.complaints if each.is_open]
        choice = waiting if waiting and self.some(0.6) else self.desk.complaints
        return self.dice.choice(choice) if choice else None

    # -------------------------------------------------------------------------------------------------------- intake

    def take(self) -> None:
        of = self.dice.choice(("borrower", "borrower", "person", "subject"))
        way = self.dice.choice(("direct", "direct", "pbc-branch", "nfra"))
        received = later(self.on, -self.dice.choice((0, 0, 1, 5, 20)))
        passed = None if way == "direct" else self.dice.choice((received, self.on))
        many = self.dice.choice((1, 1, 1, 2, 6, 19, 20, 21))
        speak = self.dice.choice((0, 0, 1, 5, 6)) if many > 1 or self.some(0.1) else 0
        by = later(self.on, self.dice.choice((3, 10))) if way == "pbc-branch" and self.some(0.5) else None
        how = Intake(
            of=of,
            way=way,
            received=received,
            passed=passed,
            in_person=self.some(0.4),
            many=many,
            speak=speak,
            feedback_by=by,
        )
        caused = self.some(0.5)
        answer = self.ask("take_customer_complaint", self.desk.take(how), **self._intake(how, caused=caused))
        if answer.accepted:
            one = self.desk.taken(how, on=self.on, caused=caused)
            one.staff |= {self._against} - {0}
            assert answer.results["due_on"] == number_of(one.due)
            assert (answer.results["expected_on"] != 0) == (one.due is None)

    def _intake(self, how: Intake, *, caused: bool) -> dict[str, Any]:
        self._against = self.dice.choice((0, 0, 0, 7))
        return {
            how.of: 1,
            "channel": "visit" if how.in_person else "app",
            "product": self.dice.choice(sorted(PRODUCTS_OF[how.of])),
            "issue": self.dice.choice(("price", "service", "other")),
            "cause": "terms" if caused else "not-known",
            "words": "it is not what I was told",
            "received_on": number_of(how.received),
            "way": how.way,
            "passed_on": number_of(how.passed),
            "feedback_by": number_of(how.feedback_by),
            "complainants": how.many,
            "representatives": how.speak,
            "against_staff": self._against,
        }

    # ----------------------------------------------------------------------------------------------------- more time

    def extend(self) -> None:
        one = self.any_one()
        if one is None:
            return
        latest = self.desk.latest(one)
        asked = [None, None, later(latest, 1), latest] if latest else [None, later(self.on, 20)]
        until = self.dice.choice([*asked, one.due])
        how = {"approved": self.some(0.8), "told": self.some(0.8)}
        reason = self.dice.choice(("complex", "especially-complex", "special"))
        broken = self.desk.extend(one, until, on=self.on, reason=reason, **how)
        words = "the other bank has not sent its records yet"
        told = {"reason": reason, "until": number_of(until), "words": words, **how}
        answer = self.ask("extend_complaint", broken, complaint=one.number, **told)
        if answer.accepted:
            assert latest is not None
            one.extended += 1
            self.desk.move(one, until or latest)
            assert answer.results["due_on"] == number_of(one.due)

    def _paper(self, one: Complaint) -> tuple[str, bool, dict[str, Any]]:
        """A digest, whether the document is the customer's own, and both as fields."""
        digest = f"{self.dice.randrange(6):x}" * 64
        own = self.some(0.9)
        whose = one.of if own else self.dice.choice([each for each in CUSTOMERS if each != one.of])
        return digest, own, self.town.paper(digest, customer=whose)

    def bring(self) -> None:
        one = self.any_one()
        if one is None:
            return
        paper, own, shown = self._paper(one)
        new, against = self.some(0.6), self.dice.choice((0, 0, 8))
        told = {"new_facts": new, "words": "I found the leaflet that I was given", "party": "customer"}
        broken = self.desk.bring(one, paper, new=new, own=own) | (set() if own else {INVALID})
        answer = self.ask("add_evidence", broken, complaint=one.number, against_staff=against, **told, **shown)
        if answer.accepted:
            self.desk.brought(one, paper, new=new, on=self.on)
            one.staff |= {against} - {0}
            assert (answer.results["due_on"], answer.results["restarts"]) == (number_of(one.due), one.anew)

    # ------------------------------------------------------------------------------------------------------- the end

    def answer(self) -> None:
        one = self.any_one()
        if one is None:
            return
        by = {self.dice.choice(STAFF), self.dice.choice(STAFF)}
        deciding = sorted(by)
        whole, caused, interest = self.some(0.85), self.some(0.8), self.some(0.1)
        granted = self.dice.choice((0, 0, 500, 1_000))
        parts = FULL if whole else {name: item for name, item in FULL.items() if name not in ("grounds", "why")}
        told = {**parts, "no_interest": not interest, "outcome": "partly", "words": "the charge was not agreed"}
        told |= {"cause": "terms"} if caused else {}
        broken = self.desk.answer(one, by, whole=whole, caused=caused, interest=interest)
        staff = {"answered_by": deciding[0], "examiner": deciding[-1]}
        answer = self.ask(
            "answer_customer_complaint", broken, complaint=one.number, redress_fen=granted, **staff, **told
        )
        if answer.accepted:
            late = (self.on - one.due).days if one.due and self.on > one.due else 0
            self.desk.answered(one, by, on=self.on, granted=granted)
            assert (answer.results["late"], answer.results["days_late"]) == (late > 0, late)

    def withdraw(self) -> None:
        one = self.any_one()
        if one is None:
            return
        paper, own, shown = self._paper(one)
        broken = self.desk.withdraw(one, paper, own=own)
        if self.ask("withdraw_customer_complaint", broken, complaint=one.number, **shown).accepted:
            one.withdrawn, one.answer_duty.done = True, self.on
            one.papers.add(paper)

    def feed_back(self) -> None:
        branch = [each for each in self.desk.complaints if each.clock == BRANCH and not each.is_open]
        one = self.dice.choice(branch) if branch and self.some(0.8) else self.any_one()
        if one is None:
            return
        whole, extension = self.some(0.8), self.some(0.6)
        items = dict.fromkeys(ITEMS if whole else ITEMS[1:], True) | {"extension": extension}
        broken = self.desk.feed_back(one, whole=whole, extension=extension)
        if self.ask("feed_back_complaint", broken, complaint=one.number, **items).accepted:
            assert one.feedback is not None
            one.feedback.done = self.on

    def review(self) -> None:
        answered = [each for each in self.desk.complaints if each.answered and each.of == "borrower"]
        one = self.dice.choice(answered) if answered and self.some(0.8) else self.any_one()
        if one is None:
            return
        words = "look at it once more"
        if self.ask("ask_review", self.desk.ask_review(one, on=self.on), complaint=one.number, words=words).accepted:
            one.review = self.desk.owe("review_complaint", one.number, self.on, later(self.on, 30))

    def decide(self) -> None:
        asked = [each for each in self.desk.complaints if each.review and not each.review.done]
        one = self.dice.choice(asked) if asked and self.some(0.9) else self.any_one()
        if one is None:
            return
        by, interest = self.dice.choice(STAFF), self.some(0.1)
        granted = self.dice.choice((one.granted, one.granted, one.granted + 100, max(one.granted - 1, 0)))
        told = {"outcome": "changed", "words": "the charge goes back", "no_interest": not interest}
        broken = self.desk.decide(one, by, granted=granted, interest=interest)
        answer = self.ask(
            "decide_complaint_review", broken, complaint=one.number, reviewed_by=by, redress_fen=granted, **told
        )
        if answer.accepted:
            assert one.review is not None
            one.review.done = self.on
            if granted > one.granted and (one.redress is None or one.granted == one.paid):
                one.redress = self.desk.owe("pay_redress", one.number, self.on, None, aim=10)
            one.granted = granted

    def pay(self) -> None:
        owed = [each for each in self.desk.complaints if each.of == "subject" and each.granted > each.paid]
        one = self.dice.choice(owed) if owed and self.some(0.9) else self.any_one()
        if one is None:
            return
        left = one.granted - one.paid
        amount = max(self.dice.choice((left, left // 2, left + 1)), 1)
        slip = {"evidence": "a" * 64, "pieces": 1, "amount_fen": amount}
        if self.ask("record_redress", self.desk.pay(one, amount), complaint=one.number, **slip).accepted:
            one.paid += amount
            if one.paid == one.granted and one.redress:
                one.redress.done = self.on

    def climb(self) -> None:
        answer = self.ask("climb_duties", set(), date=number_of(self.on))
        for duty in self.desk.duties:
            duty.climb(self.on)
        over = [each for each in self.desk.duties if not each.done and each.due and self.on > each.due]
        assert answer.results["overdue"] == len(over)

    def check(self) -> None:
        """Every duty is as the model has it."""
        table = self.town.group.records.tables["protection_duty"]
        names = ("kind", "about", "arose_on", "due_on", "done_on", "level")
        columns = (table.column(name)[1 : table.count + 1].tolist() for name in names)
        held = [(DutyKind(kind).name, *rest) for kind, *rest in zip(*columns, strict=True)]
        wanted = [
            (each.kind, each.about, number_of(each.arose), number_of(each.due), number_of(each.done), each.level)
            for each in self.desk.duties
        ]
        assert held == wanted
        for one in self.desk.complaints:
            if one.clock == BRANCH and one.due:
                assert (one.due - one.begins).days <= 60
            if one.clock == LENDER and one.due:
                assert (one.due - one.begins).days <= 60


def play(seed: int, *, days: int, a_day: int) -> Played:
    """So many days, so many things on each; at the end the log is decided again."""
    dice = Random(seed)
    played = Played(dice)
    for _ in range(days):
        for _ in range(a_day):
            getattr(played, dice.choice(KINDS))()
        played.check()
        played.on = later(played.on, 1)
    town: Claims = played.town
    town.check()
    return played


@pytest.mark.parametrize("seed", [3])
def test_random_weeks_of_complaints(seed: int) -> None:
    seen = play(seed, days=50, a_day=3).seen
    assert seen["answer_customer_complaint accepted"]
    assert seen["extend_complaint accepted"]


@pytest.mark.soak
@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_soak_years_of_complaints(seed: int) -> None:
    assert play(seed, days=365, a_day=3).seen["take_customer_complaint accepted"]
