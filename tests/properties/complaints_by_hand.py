"""Complaints in plain Python, from intake to the end: what the engine is held equal to.

Written from CBIRC Order 2020 No. 3 (arts. 13 to 20, 22, 29) and PBoC Order [2020] No. 5 (arts. 39, 40, 43, 44), and
where these are silent from the house's own choices: an aim of 15 days for other firms, new facts twice, steps of
climbing, 10 days for redress. Worked number: a lender's complaint of 2026-06-01 is due on 06-16, complex on 07-01,
special on 07-31.
"""

import datetime as dt
from dataclasses import dataclass, field

INVALID = "invalid"
Broken = set[str]
LENDER, BRANCH, HOUSE = "lender", "branch", "house"


def later(day: dt.date, days: int) -> dt.date:
    """So many calendar days on."""
    return day + dt.timedelta(days=days)


@dataclass(slots=True, kw_only=True)
class Duty:
    """One that is owed; `due` none where the text has no day."""

    kind: str
    about: int
    arose: dt.date
    due: dt.date | None
    aim: dt.date | None = None
    done: dt.date | None = None
    level: int = 0

    def climb(self, on: dt.date) -> None:
        """Up, by the days that are over."""
        last = self.due or self.aim
        if self.done or last is None or on <= last:
            return
        over = (on - last).days
        self.level = max(self.level, 3 if over >= 31 else 2 if over >= 8 else 1)


@dataclass(slots=True, kw_only=True)
class Complaint:
    """One complaint and all that has been done about it."""

    number: int
    of: str
    clock: str
    begins: dt.date
    due: dt.date | None
    answer_duty: Duty
    caused: bool
    feedback: Duty | None = None
    extended: int = 0
    anew: int = 0
    staff: set[int] = field(default_factory=set)
    papers: set[str] = field(default_factory=set)
    answered: dt.date | None = None
    withdrawn: bool = False
    decided_by: set[int] = field(default_factory=set)
    review: Duty | None = None
    granted: int = 0
    paid: int = 0
    redress: Duty | None = None

    @property
    def is_open(self) -> bool:
        """Neither answered nor taken back."""
        return self.answered is None and not self.withdrawn

    @property
    def recusal(self) -> str:
        """The rule by which nobody judges their own case."""
        return "cp.nfra.complaint.recusal" if self.of == "borrower" else "cp.house.complaint.recusal"


@dataclass(slots=True, kw_only=True)
class Intake:
    """How a complaint comes in."""

    of: str
    way: str
    received: dt.date
    passed: dt.date | None
    in_person: bool
    many: int
    speak: int
    feedback_by: dt.date | None


class Desk:
    """All complaints and duties, in order."""

    def __init__(self) -> None:
        self.complaints: list[Complaint] = []
        self.duties: list[Duty] = []

    def owe(self, kind: str, about: int, arose: dt.date, due: dt.date | None, *, aim: int = 0) -> Duty:
        """A new duty."""
        made = Duty(kind=kind, about=about, arose=arose, due=due, aim=later(arose, aim) if aim else None)
        self.duties.append(made)
        return made

    # --------------------------------------------------------------------------------------------------------- intake

    def take(self, how: Intake) -> Broken:
        """What taking it in would break."""
        if how.way == "nfra" and how.of != "borrower":
            return {INVALID}
        if how.speak > how.many or (how.many == 1 and how.speak):
            return {INVALID}
        together = how.of == "borrower" and how.in_person and how.many > 1
        return {"cp.nfra.complaint.group"} if together and not 1 <= how.speak <= 5 else set()

    def taken(self, how: Intake, *, on: dt.date, caused: bool) -> Complaint:
        """It is in: whose clock, and by when."""
        number, begins = len(self.complaints) + 1, how.passed or how.received
        clock = BRANCH if how.way == "pbc-branch" else LENDER if how.of == "borrower" else HOUSE
        due = None if clock == HOUSE else later(begins, 15)
        kind = "answer_complaint" if how.way == "direct" else "answer_passed_on"
        answer = self.owe(kind, number, begins, due, aim=0 if due else 15)
        made = Complaint(
            number=number, of=how.of, clock=clock, begins=begins, due=due, answer_duty=answer, caused=caused
        )
        if clock == BRANCH:
            made.feedback = self.owe("feed_back", number, begins, how.feedback_by)
        if how.of == "borrower" and how.in_person and how.many >= 20:
            self.owe("report_major", number, begins, on)
        self.complaints.append(made)
        return made

    # ------------------------------------------------------------------------------------------------------ more time

    def latest(self, one: Complaint) -> dt.date | None:
        """How far the last day can be moved now."""
        steps = {LENDER: (30, 60), BRANCH: (60,), HOUSE: ()}[one.clock]
        return later(one.begins, steps[one.extended]) if one.extended < len(steps) else None

    def extend(
        self, one: Complaint, until: dt.date | None, *, on: dt.date, reason: str, approved: bool, told: bool
    ) -> Broken:
        """What taking more time would break."""
        if not one.is_open or one.due is None:
            return {INVALID}
        latest = self.latest(one)
        first = one.clock == LENDER and not one.extended
        fine = latest is not None and on <= one.due and one.due < (until or latest) <= latest
        fine &= first or (approved and told)
        fine &= one.clock != LENDER or first or reason != "complex"
        special = "cp.nfra.complaint.complex" if first else "cp.nfra.complaint.special"
        return set() if fine else {"cp.pbc.complaint.extended" if one.clock == BRANCH else special}

    def move(self, one: Complaint, due: dt.date) -> None:
        """Another last day."""
        one.due = one.answer_duty.due = due

    def bring(self, one: Complaint, paper: str, *, new: bool, own: bool) -> Broken:
        """What bringing a paper would break."""
        return {INVALID} if not one.is_open or (new and (not own or paper in one.papers)) else set()

    def brought(self, one: Complaint, paper: str, *, new: bool, on: dt.date) -> None:
        """A lender's days begin anew where they still run, twice at most."""
        one.papers.add(paper)
        fresh = later(on, 15)
        if new and one.clock == LENDER and one.due and on <= one.due < fresh and one.anew < 2:
            one.anew, one.begins = one.anew + 1, on
            self.move(one, fresh)

    # -------------------------------------------------------------------------------------------------------- the end

    def answer(self, one: Complaint, by: set[int], *, whole: bool, caused: bool, interest: bool) -> Broken:
        """What answering would break."""
        if not one.is_open:
            return {INVALID}
        broken = set() if one.caused or caused else {"cp.pbc.complaint.data"}
        broken |= {one.recusal} if interest or by & one.staff else set()
        content = "cp.nfra.complaint.answer" if one.of == "borrower" else "cp.house.complaint.answer"
        return broken | (set() if whole else {content})

    def answered(self, one: Complaint, by: set[int], *, on: dt.date, granted: int) -> None:
        """It is decided."""
        one.answered, one.decided_by, one.granted = on, by, granted
        one.answer_duty.done = on
        if granted:
            one.redress = self.owe("pay_redress", one.number, on, None, aim=10)

    def withdraw(self, one: Complaint, paper: str, *, own: bool) -> Broken:
        """What taking it back would break."""
        return set() if one.is_open and own and paper not in one.papers else {INVALID}

    def feed_back(self, one: Complaint, *, whole: bool, extension: bool) -> Broken:
        """What reporting to the branch would break."""
        if one.feedback is None or one.is_open or one.feedback.done:
            return {INVALID}
        return set() if whole and (extension or not one.extended) else {"cp.pbc.complaint.feedback"}

    def ask_review(self, one: Complaint, *, on: dt.date) -> Broken:
        """What asking for a review would break."""
        if one.of != "borrower" or one.answered is None or one.review:
            return {INVALID}
        return {"cp.nfra.review"} if on > later(one.answered, 30) else set()

    def decide(self, one: Complaint, by: int, *, granted: int, interest: bool) -> Broken:
        """What deciding on a review would break."""
        if one.review is None or one.review.done or by in one.decided_by or granted < one.granted:
            return {INVALID}
        return {one.recusal} if interest or by in one.staff else set()

    def pay(self, one: Complaint, amount: int) -> Broken:
        """What a slip of the bureau's would break."""
        left = one.granted - one.paid
        return set() if one.of == "subject" and 0 < amount <= left else {INVALID}
