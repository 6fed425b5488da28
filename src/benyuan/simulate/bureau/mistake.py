"""The lender's mistake as it goes through the law's days: shown to a bank, found by the client, put right, told.

State Council Order 631, art. 25. Worked number: received on 2026-09-08 it is to be answered by 2026-09-28; it is on
the 18th, ten days later.
"""

import numpy as np

from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.records import BUREAU_DUTY
from benyuan.credit_bureau.vocabulary import STATUS_NUMBER, DutyKind
from benyuan.simulate.bureau.opening import evidence
from benyuan.simulate.bureau.people import MORNING, bank_asks, bank_consent, one, reads_own, shown_by
from benyuan.simulate.bureau.staff import OBJECTIONS
from benyuan.simulate.bureau.world import BureauWorld, Mistake
from benyuan.simulate.run import Session
from benyuan.simulate.tickets import at_us

SHOWN_ON, READ_ON, OBJECTED_ON, ASKED_ON = 20260903, 20260907, 20260908, 20260909
LOOKED_ON, SAID_ON, CORRECTED_ON, DECIDED_ON, TOLD_ON = 20260910, 20260916, 20260917, 20260918, 20260921
READ_AGAIN_ON = 20260922
STATUS = {number: word for word, number in STATUS_NUMBER.items()}


def mistake_goes_on(session: Session, bureau: BureauWorld, *, day: int) -> None:
    """What of the story falls on this day."""
    step = STEPS.get(day)
    if step is not None and bureau.mistake.account:
        step(session, bureau, bureau.mistake, day)


def _bank_is_shown(session: Session, bureau: BureauWorld, told: Mistake, day: int) -> None:
    consent = bank_consent(session, bureau, client=told.client, day=day)
    shown = bank_asks(session, bureau, client=told.client, consent=consent, day=day)
    assert shown.answer.accepted
    told.bank_shown_on = day


def _reads(session: Session, bureau: BureauWorld, told: Mistake, day: int) -> None:
    shown = reads_own(session, bureau, client=told.client, day=day)
    assert shown.answer.accepted
    status = status_held(session, told)
    if told.read_on:
        told.status_after = status
    else:
        told.read_on, told.status_before = day, status


def status_held(session: Session, told: Mistake) -> str:
    """The status of the month as it stands in the file."""
    held = session.group.pages.read(MONTH, [told.account])
    of_month = held.records[held.records["month"] == told.month]
    return STATUS[int(of_month["status"][-1])]


def _objects(session: Session, bureau: BureauWorld, told: Mistake, day: int) -> None:
    opened = one(
        session,
        "open_objection",
        day=day,
        bureau=bureau.bureau,
        fault="wrong-status",
        statement="我已在到期日前还清八月账单，不应记为逾期。",
        door="internet",
        account=told.account,
        month=told.month,
        evidence=evidence("receipt of the payment"),
        pieces=1,
        **shown_by(told.client),
    )
    told.objected_on, told.objection, told.due_on = day, opened["objection"], opened["due_on"]


def _furnisher_is_asked(session: Session, bureau: BureauWorld, told: Mistake, day: int) -> None:
    del bureau
    one(session, "ask_furnisher", day=day, objection=told.objection)
    told.asked_on = day


def _desk_looks(session: Session, bureau: BureauWorld, told: Mistake, day: int) -> None:
    one(
        session,
        "look",
        day=day,
        client=OBJECTIONS,
        reader=bureau.staff[OBJECTIONS],
        bureau=bureau.bureau,
        subject=told.subject,
        role="objections",
        purpose="objection",
        way="screen",
        objection=told.objection,
        staff_name="赵异议",
        reason="核查异议",
        seen=session.group.position,
    )


def _furnisher_says(session: Session, bureau: BureauWorld, told: Mistake, day: int) -> None:
    del bureau
    one(
        session,
        "answer_as_furnisher",
        day=day,
        objection=told.objection,
        says="wrong",
        words="录入有误：该客户八月账单已按期全额还清。",
        evidence=evidence("the lender's own ledger"),
        pieces=1,
    )
    told.said_on = day


def _is_corrected(session: Session, bureau: BureauWorld, told: Mistake, day: int) -> None:
    answer = session.group.execute_parcel(
        kind="correct_months",
        columns={"bureau": bureau.bureau, "member": bureau.member},
        records=told.right,
        client="lender",
        key=f"objection {told.objection}",
        at=at_us(day, MORNING),
    )
    assert answer.accepted
    told.corrected_on, told.correction = day, answer.position


def _is_decided(session: Session, bureau: BureauWorld, told: Mistake, day: int) -> None:
    del bureau
    one(
        session,
        "decide_objection",
        day=day,
        objection=told.objection,
        outcome="corrected",
        words="经核查，报送有误，现已更正。",
        correction=told.correction,
        answered=True,
    )
    told.answered_on = day


def _bank_is_told(session: Session, bureau: BureauWorld, told: Mistake, day: int) -> None:
    del bureau
    held = session.group.records.tables[BUREAU_DUTY.name]
    mine = (held.column("kind") == DutyKind.tell_shown) & (held.column("about") == told.objection)
    for duty in np.flatnonzero(mine & (held.column("done_on") == 0)).tolist():
        one(session, "tell_member", day=day, duty=duty, words="此前提供的八月逾期记录有误，现已更正为按期还款。")
        told.told_on = day


STEPS = {
    SHOWN_ON: _bank_is_shown,
    READ_ON: _reads,
    OBJECTED_ON: _objects,
    ASKED_ON: _furnisher_is_asked,
    LOOKED_ON: _desk_looks,
    SAID_ON: _furnisher_says,
    CORRECTED_ON: _is_corrected,
    DECIDED_ON: _is_decided,
    TOLD_ON: _bank_is_told,
    READ_AGAIN_ON: _reads,
}
"""By the day what happens on it."""
