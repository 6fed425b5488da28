"""A plan with a borrower who can't pay: until a day nobody collects but by the means that the plan allows.

Source: a rule of the house (`cp.house.hardship.plan`). The plan is due for review on its last day. Worked: a plan up to
2026-12-31 that allows letters stops calls on 2026-12-31 and lets a letter go; on 2027-01-01 it is over, and its review
is late. What becomes of instalments is agreed in the loan itself, not here.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.contact.records import HARDSHIP, HARDSHIP_AGREED, HARDSHIP_CHANGED
from benyuan.consumer_protection.contact.vocabulary import MEANS_BITS
from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_CHANGED
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.decisions.words import sums, word_faults
from benyuan.usecases.common import Id, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.protection.contact.list_collector import arisen
from benyuan.usecases.protection.contact.shared import Words


@command("agree_hardship")
class HardshipFields(Command, frozen=True, kw_only=True):
    """A plan with `borrower` up to and with `until`; `allowed`: means of contact that it allows, none without any."""

    borrower: Id
    until: Yyyymmdd
    allowed: Words = ""


class AgreeHardship(UseCase):
    """Keeps the plan, and opens the duty to review it."""

    command = HardshipFields
    needs = (Need(table=BORROWER, by="borrower", prefix="borrower"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists and isn't past, the means are some."""
        batch = case.batch
        endless = np.asarray(batch.integers("until") == 0, np.bool_)
        return {
            **faults_where(endless, batch, "until", "the last day of the plan"),
            **no_such_day(batch, "until", none=True, since=batch.on),
            **word_faults(batch, "allowed", MEANS_BITS),
        }

    def record(self, decided: Decided) -> Recorded:
        """The plan and the duty."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids = numbered(accepted, facts.next_ids[HARDSHIP.name])
        duty = numbered(accepted, facts.next_ids[PROTECTION_DUTY.name])
        borrower, until = batch.integers("borrower"), batch.integers("until")
        columns = {
            "borrower": borrower,
            "means": sums(batch, "allowed", MEANS_BITS),
            "agreed_on": batch.on,
            "until": until,
            "ended_on": 0,
            "duty": duty,
            "position": batch.position,
        }
        owed = {"id": duty, "borrower": borrower, "about": ids, "due_on": until}
        return Recorded(
            results={"hardship": ids, "duty": duty},
            events=[
                *event(HARDSHIP_AGREED, rows(accepted, id=ids, **columns)),
                *arisen(accepted, kind=DutyKind.review_hardship, on=batch.on, **owed),
            ],
        )


@command("review_hardship")
class HardshipReview(Command, frozen=True, kw_only=True):
    """Plan `hardship` has been reviewed with the borrower: it goes on up to `until`, or with 0 ends today."""

    hardship: Id
    until: Yyyymmdd = 0


class ReviewHardship(UseCase):
    """Does the duty; where the plan goes on, opens the next."""

    command = HardshipReview
    needs = (Need(table=HARDSHIP, by="hardship", prefix="plan"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A plan ends once."""
        return (batch.integers("hardship"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The plan has not been ended, and the day exists."""
        over = np.asarray(case.facts["plan_ended_on"] != 0, np.bool_)
        return {
            **no_such_day(case.batch, "until", none=True, since=case.batch.on),
            **faults_where(over, case.batch, "hardship", "a plan that was not ended"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Reviewed on this day."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids, until = batch.integers("hardship"), batch.integers("until")
        goes_on = accepted & (until != 0)
        duty = numbered(goes_on, facts.next_ids[PROTECTION_DUTY.name])
        owed = {"id": duty, "borrower": facts["plan_borrower"], "about": ids, "due_on": until}
        done = rows(accepted, id=facts["plan_duty"], done_on=batch.on)
        ended = rows(accepted & ~goes_on, id=ids, ended_on=batch.on)
        longer = rows(goes_on, id=ids, until=until, duty=duty)
        return Recorded(
            results={"duty": duty},
            events=[
                *event(PROTECTION_DUTY_CHANGED, done),
                *arisen(goes_on, kind=DutyKind.review_hardship, on=batch.on, **owed),
                *event(HARDSHIP_CHANGED, ended),
                *event(HARDSHIP_CHANGED, longer),
            ],
        )
