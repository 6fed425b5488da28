"""Asking that stood out: a case for people, who find misuse or none; and the member that gets no more answers for it.

Source: PBoC Order [2021] No. 4, art. 22 ¶2 (queries are watched; what is unusual is checked promptly; where the law
was broken, service stops).
"""

from collections.abc import Sequence
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import (
    BUREAU,
    BUREAU_CASE,
    BUREAU_CASE_JUDGED,
    BUREAU_CASE_OPENED,
    MEMBER,
    MEMBER_CHANGED,
    SUBJECT,
)
from benyuan.credit_bureau.vocabulary import CASE_SORT_NUMBER, CaseSort
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.decisions.words import truths
from benyuan.usecases.common import Count, Id, MaybeId, Yyyymmdd, faults_where, no_such_day, numbered, rows

Grounds: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]  # tidy: number a length that we chose
OPEN, NONE, MISUSE = 0, 1, 2
"""What a case was found to be."""


@command("open_bureau_case")
class BureauCaseFields(Command, frozen=True, kw_only=True):
    """A case of a `sort` at `bureau`: asking by `member` (0: by its own staff) on a day stood out, `count` times.

    `subject`: the person who was looked at, `staff`: the number that stands for who looked; 0 where it is about more
    than one.
    """

    bureau: Id
    sort: CaseSort
    member: MaybeId = 0
    subject: MaybeId = 0
    staff: MaybeId = 0
    on: Yyyymmdd
    count: Count


class OpenBureauCase(UseCase):
    """Puts the case before people."""

    command = BureauCaseFields
    needs = (
        Need(table=BUREAU, by="bureau", prefix="bureau"),
        Need(table=MEMBER, by="member", prefix="member"),
        Need(table=SUBJECT, by="subject", prefix="subject"),
    )

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A day that has been; member and file are the bureau's."""
        batch, facts = case.batch, case.facts
        home, member, subject = (batch.integers(name) for name in ("bureau", "member", "subject"))
        return {
            **faults_where(batch.integers("on") > batch.on, batch, "on", "no later than today"),
            **no_such_day(batch, "on"),
            **faults_where(
                (subject != 0) & (facts["subject_bureau"] != home), batch, "subject", "a file of this bureau"
            ),
            **faults_where(
                (member != 0) & (facts["member_bureau"] != home), batch, "member", "a member of this bureau"
            ),
        }

    def record(self, decided: Decided) -> Recorded:
        """The case."""
        batch, accepted = decided.case.batch, decided.accepted
        names = ("bureau", "member", "subject", "staff", "on", "count")
        columns = {name: batch.integers(name) for name in names}
        columns |= {"sort": batch.numbers("sort", CASE_SORT_NUMBER), "opened_on": np.full(len(batch), batch.on)}
        ids = numbered(accepted, decided.case.facts.next_ids[BUREAU_CASE.name])
        made = rows(accepted, id=ids, judged_on=0, misuse=OPEN, **columns)
        return Recorded(results={"case": ids}, events=event(BUREAU_CASE_OPENED, made))


@command("judge_bureau_case", personal=("grounds",))
class BureauVerdict(Command, frozen=True, kw_only=True):
    """People find `case` to be `misuse`, or none, on these `grounds`."""

    case: Id
    misuse: bool
    grounds: Grounds


class JudgeBureauCase(UseCase):
    """Records what people found."""

    command = BureauVerdict
    needs = (Need(table=BUREAU_CASE, by="case", prefix="case"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A case is judged once."""
        return (batch.integers("case"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Nobody has judged it yet."""
        judged = np.asarray(case.facts["case_misuse"] != OPEN, np.bool_)
        return faults_where(judged, case.batch, "case", "a case that is open, not judged as this one")

    def record(self, decided: Decided) -> Recorded:
        """The verdict."""
        batch, accepted = decided.case.batch, decided.accepted
        found = np.where(truths(batch, "misuse"), MISUSE, NONE)
        columns = rows(accepted, id=batch.integers("case"), judged_on=batch.on, misuse=found)
        return Recorded(results={}, events=event(BUREAU_CASE_JUDGED, columns))


@command("stop_member")
class MemberStop(Command, frozen=True, kw_only=True):
    """`member` gets no more answers because of the misuse that was found in `case`."""

    member: Id
    case: Id


class StopMember(UseCase):
    """Notes the place in the log from which it gets none."""

    command = MemberStop
    needs = (Need(table=MEMBER, by="member", prefix="member"), Need(table=BUREAU_CASE, by="case", prefix="case"))

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A member is stopped once."""
        return (batch.integers("member"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A member that gets answers; misuse by it that people have found."""
        batch, facts = case.batch, case.facts
        found = (facts["case_member"] == batch.integers("member")) & (facts["case_misuse"] == MISUSE)
        stopped = np.asarray(facts["member_stopped"] != 0, np.bool_)
        return {
            **faults_where(np.asarray(~found, np.bool_), batch, "case", "a case of this member, found to be misuse"),
            **faults_where(stopped, batch, "member", "a member that is not stopped"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The stop."""
        batch, accepted = decided.case.batch, decided.accepted
        columns = rows(accepted, id=batch.integers("member"), stopped=batch.position)
        return Recorded(results={}, events=event(MEMBER_CHANGED, columns))


@command("resume_member", personal=("grounds",))
class MemberResumed(Command, frozen=True, kw_only=True):
    """`member` gets answers again, on these `grounds`."""

    member: Id
    grounds: Grounds


class ResumeMember(UseCase):
    """Takes the stop away."""

    command = MemberResumed
    needs = (Need(table=MEMBER, by="member", prefix="member"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A stop is taken away once."""
        return (batch.integers("member"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is stopped."""
        free = np.asarray(case.facts["member_stopped"] == 0, np.bool_)
        return faults_where(free, case.batch, "member", "a member that is stopped")

    def record(self, decided: Decided) -> Recorded:
        """Answers again."""
        batch, accepted = decided.case.batch, decided.accepted
        columns = rows(accepted, id=batch.integers("member"), stopped=0)
        return Recorded(results={}, events=event(MEMBER_CHANGED, columns))
