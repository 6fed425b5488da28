"""A person says that something in their file is wrong: it is marked at once, and to be answered within the law's days.

Sources: State Council Order 631, art. 25 ¶¶1, 2; Order [2021] No. 4, art. 26. The person comes with a document, so here
nobody objects in another's name. What came in at a furnisher's own door counts from the day on which it came in there.
Worked number: received on 2026-03-01, it is to be answered by 2026-03-21, whoever hands it on and whenever.
"""

from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import (
    BUREAU,
    BUREAU_DUTY,
    CREDIT_LINE,
    CREDIT_LINE_COUNTED,
    MEMBER,
    OBJECTION,
    OBJECTION_OPENED,
    SUBJECT_COUNTED,
)
from benyuan.credit_bureau.redress.rules import DISPUTE_DAYS, due_on
from benyuan.credit_bureau.redress.words import Door
from benyuan.credit_bureau.shown import SAME_NAME
from benyuan.credit_bureau.vocabulary import FAULT_KIND_NUMBER, DutyKind, FaultKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.bureau.claims import SHOWN, ShownWithEvidence, Words, others_faults, owners_faults
from benyuan.usecases.bureau.duties import raised
from benyuan.usecases.bureau.subjects import SUBJECT_NEEDS
from benyuan.usecases.common import MaybeId, Yyyymmdd, day_exists, faults_where, numbered, rows

Yyyymm: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=999_912)]  # tidy: number the last month there is
FIRST = 1


@command("open_objection", personal=(*SHOWN, "statement", "evidence"), identified=True)
class OpenObjection(ShownWithEvidence, frozen=True, kw_only=True):
    """Object to what `member` furnished: to a month (yyyymm) of `account`, to the account (`month` 0), or to else (0).

    `received_on`: the day on which it came in, 0 for today; `received_by`: the member at whose door, 0 the bureau's.
    """

    fault: FaultKind
    statement: Words
    door: Door
    member: MaybeId = 0
    account: MaybeId = 0
    month: Yyyymm = 0
    received_on: Yyyymmdd = 0
    received_by: MaybeId = 0


def received(batch: Batch) -> NDArray[np.int64]:
    """The day on which each came in."""
    said = batch.integers("received_on")
    return np.where(said == 0, batch.on, said)


def about_member(case: Case) -> NDArray[np.int64]:
    """Whose data each is about: the account's member where an account is named."""
    return np.where(case.batch.integers("account") != 0, case.facts["account_member"], case.batch.integers("member"))


def _since(case: Case) -> NDArray[np.int64]:
    """The first day on which anybody can have been shown it: that of the month, or of the account's opening; 0 else."""
    month = case.batch.integers("month")
    return np.where(month != 0, month * 100 + FIRST, case.facts["account_opened_on"])


class ObjectToRecord(UseCase):
    """Marks the person's file and the account, and raises the duty to answer."""

    command = OpenObjection
    needs = (
        *SUBJECT_NEEDS,
        Need(table=BUREAU, by="bureau", prefix="bureau"),
        Need(table=CREDIT_LINE, by="account", prefix="account"),
        Need(table=MEMBER, by="member", prefix="member"),
        Need(table=MEMBER, by="received_by", prefix="receiver"),
    )
    gates = (SAME_NAME,)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The person is known; account, member, month and day fit; and the rule on the days is in force."""
        batch, facts = case.batch, case.facts
        bureau, named = batch.integers("bureau"), batch.integers("member")
        other = (named != 0) & (batch.integers("account") != 0) & (named != facts["account_member"])
        foreign = (named != 0) & (facts["member_bureau"] != bureau)
        outside = (batch.integers("received_by") != 0) & (facts["receiver_bureau"] != bureau)
        wrong = {
            **self._days(case),
            **faults_where(outside, batch, "received_by", "a member of this bureau, or 0 for the bureau itself"),
            **faults_where(foreign, batch, "member", "a member of this bureau, or 0"),
            **faults_where(other, batch, "member", "the member that furnished the account, or 0"),
            **self._months(case),
            **others_faults(case, field="account", subject="account_subject"),
        }
        return owners_faults(case, wrong)

    def _months(self, case: Case) -> dict[int, Invalid]:
        month, account = case.batch.integers("month"), case.batch.integers("account")
        none = np.array([not day_exists(each * 100 + FIRST) for each in month.tolist()], np.bool_)
        ahead = month > case.batch.on // 100
        return {
            **faults_where((month != 0) & (account == 0), case.batch, "month", "0 where no account is named"),
            **faults_where((month != 0) & (none | ahead), case.batch, "month", "a month up to this one, as yyyymm"),
        }

    def _days(self, case: Case) -> dict[int, Invalid]:
        said = received(case.batch)
        wrong = np.array([not day_exists(each) for each in said.tolist()], np.bool_)
        late = ~wrong & (said > case.batch.on)
        for each in np.unique(said[~wrong & ~late]).tolist():
            case.rules.value(id=DISPUTE_DAYS, on=each)
        return {
            **faults_where(wrong, case.batch, "received_on", "a day that exists, as yyyymmdd, or 0 for today"),
            **faults_where(late, case.batch, "received_on", f"a day not after {case.batch.on}"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The objection with its mark, and the duty with its last day."""
        case, accepted = decided.case, decided.accepted
        batch, facts, on = case.batch, case.facts, received(case.batch)
        days = {each: due_on(case.rules, rule=DISPUTE_DAYS, from_on=each) for each in np.unique(on[accepted]).tolist()}
        due = np.array([days.get(each, 0) for each in on.tolist()], np.int64)
        number = numbered(accepted, facts.next_ids[OBJECTION.name])
        duty = numbered(accepted, facts.next_ids[BUREAU_DUTY.name])
        shared = {"bureau": batch.integers("bureau"), "subject": facts["identity_subject"], "due_on": due}
        opened = {
            **shared,
            **{name: batch.integers(name) for name in ("account", "month", "received_by")},
            **dict.fromkeys(("asked_on", "said_on", "said", "evidence", "outcome", "ended_on", "answered_on"), 0),
            **dict.fromkeys(("answer", "decided"), 0),
            "id": number,
            "member": about_member(case),
            "kind": batch.numbers("fault", FAULT_KIND_NUMBER),
            "opened_on": batch.on,
            "position": batch.position,
            "received_on": on,
            "duty": duty,
            "correction": 0,
            "since_on": _since(case),
        }
        line = batch.integers("account")
        return Recorded(
            results={"objection": number, "duty": duty, "due_on": due},
            events=[
                *event(OBJECTION_OPENED, rows(accepted, **opened)),
                *event(SUBJECT_COUNTED, rows(accepted, id=facts["identity_subject"], objections=1)),
                *event(CREDIT_LINE_COUNTED, rows(accepted & (line != 0), id=line, objections=1)),
                *raised(
                    accepted,
                    kind=DutyKind.answer_objection,
                    arose_on=on,
                    id=duty,
                    about=number,
                    member=batch.integers("received_by"),
                    **shared,
                ),
            ],
        )
