"""The one calendar of duties: of every room what is owed by whom, since when, until when, how it stands, by which rule.

Sources: those of the rules named. Where no text names a day, `expected_on` is the house's aim: passing it is no breach,
and shows as `past_aim`.
Worked number: on 2026-06-18 a complaint due on 06-16 is overdue by 2 days, at level 1 of the house's steps.
"""

from collections.abc import Mapping

import msgspec
import numpy as np

from benyuan.assurance.protection.duty_columns import (
    REVIEW,
    DutyColumns,
    Firm,
    Room,
    State,
    due_by,
    duty_columns,
)
from benyuan.consumer_finance.vocabulary import DutyKind as LenderDuty
from benyuan.consumer_protection.claims.deadlines import MAJOR, RULE_OF, RULE_OF_CLOCK, level_of
from benyuan.consumer_protection.claims.records import COMPLAINT_FURTHER, CUSTOMER_COMPLAINT
from benyuan.consumer_protection.claims.words import Clock
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.consumer_protection.years import YEARLY
from benyuan.credit_bureau.redress.rules import RULE_OF as BUREAU_RULE_OF
from benyuan.credit_bureau.vocabulary import DutyKind as BureauDuty
from benyuan.engine.group import Group
from benyuan.governance.related.duties import rule_of
from benyuan.governance.related.records import GOVERNANCE_DUTY
from benyuan.governance.related.vocabulary import RelatedDuty
from benyuan.holding_company.vocabulary import RULE_OF as HOLDING_RULE_OF
from benyuan.holding_company.vocabulary import DutyKind as HoldingDuty
from benyuan.payments.vocabulary import DutyKind as PaymentsDuty
from benyuan.rules import RulePack, RuleValue, UnknownRule
from benyuan.values.dates import add_calendar_days, from_yyyymmdd

PAYMENTS_RULE_OF = {
    PaymentsDuty.large_value_report: "aml.large.deadline",
    PaymentsDuty.suspicious_report: "aml.str.deadline",
    PaymentsDuty.merchant_exit: "qr.blacklist.exit_days",
    PaymentsDuty.incident_report: "pay.incident.class1",
    PaymentsDuty.incident_written_report: "pay.incident.class1",
    PaymentsDuty.incident_final_report: "pay.incident.after_days",
    PaymentsDuty.loss_disclosure: "pay.loss.pay_first",
}
LENDER_RULE_OF = {LenderDuty.review_lending_partner: REVIEW}
PROTECTION_RULE_OF = {
    **RULE_OF,
    DutyKind.review_partner: "cp.nfra.partner_list",
    DutyKind.review_hardship: "cp.house.hardship.plan",
    DutyKind.confirm_level: "suit.change_confirm",
    DutyKind.follow_up_sale: "suit.elder",
    DutyKind.tell_of_level: "suit.product_levels.changed",
    DutyKind.pay_redemption: "cp.house.exit.paid",
    DutyKind.report_major: MAJOR,
    **{each.kind: each.rule for each in YEARLY},
}
ANSWERS = (DutyKind.answer_complaint, DutyKind.answer_passed_on)
OF_ANSWERS = tuple(kind.name for kind in ANSWERS)
PASSED = (State.overdue, State.past_aim)
LEFT = (State.open, *PASSED)


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """One duty on a day; dates as yyyymmdd, 0 for none.

    `due_at` and `done_at`: the moments where hours rule, in microseconds since 1970 UTC. `days_left` is below 0 where
    the day is over, the law's or the house's; `level`: how far one that is overdue or past its aim climbs by the
    house's steps, `noted`: how far the log says that it has. Of an answer to a complaint `first_due_on` is the last day
    as it was at first, and `restarts` how often new facts began the days anew.
    """

    room: str
    duty: int
    owner: str
    kind: str
    about: int
    arose_on: int
    first_due_on: int
    restarts: int
    due_on: int
    expected_on: int
    done_on: int
    due_at: int
    done_at: int
    state: str
    days_left: int
    level: int
    noted: int
    rule: str
    document: str
    article: str
    status: str


def calendar(group: Group, *, on: int, days: int | None = None, at: int | None = None) -> list[Duty]:
    """All duties at the end of a day in order of the day that they are due on, those without one last.

    With `days` only what is overdue or past its aim, or falls due within so many days by the law or by the aim. With
    `at` what runs by the hour stands as at that instant of the day.
    """
    columns = duty_columns(group)
    if days is None:
        places = np.flatnonzero(columns.states(on, at=at) != State.none)
        places = places[np.argsort(np.where(columns.due_on == 0, np.iinfo(np.int64).max, columns.due_on)[places])]
    else:
        places = due_by(columns, on=on, last=add_calendar_days(on, days), at=at)
    chosen = columns.chosen(places)
    found = chosen.states(on, at=at).tolist()
    return [_duty(group, chosen, place, state=State(state), on=on) for place, state in enumerate(found)]


def counts(group: Group, *, on: int) -> Mapping[str, int]:
    """How many duties stand how."""
    found, count = np.unique(duty_columns(group).states(on), return_counts=True)
    held = dict(zip(found.tolist(), count.tolist(), strict=True))
    return {state.name: held.get(int(state), 0) for state in State if state is not State.none}


def _duty(group: Group, columns: DutyColumns, place: int, *, state: State, on: int) -> Duty:
    row = {name: int(getattr(columns, name)[place]) for name in ("kind", "about", "arose_on", "due_on", "number")}
    room, done = Room(int(columns.room[place])), int(columns.done_on[place])
    name, rule = _named(group, room, row)
    pack, arose = group.regime.pack, row["arose_on"]
    expected = int(columns.aim_on[place])
    last, value = row["due_on"] or expected, _value(pack, rule, arose)
    left = (from_yyyymmdd(last) - from_yyyymmdd(on)).days if last and state in LEFT else 0
    first, restarts = _first(group, row["about"]) if name in OF_ANSWERS and room is Room.protection else (0, 0)
    return Duty(
        room=room.name,
        duty=row["number"],
        owner=_owner(int(columns.firm[place]), int(columns.owner[place])),
        kind=name,
        about=row["about"],
        arose_on=arose,
        first_due_on=first,
        restarts=restarts,
        due_on=row["due_on"],
        expected_on=expected,
        done_on=done if 0 < done <= on else 0,
        due_at=int(columns.due_at[place]),
        done_at=int(columns.done_at[place]) if state in (State.done, State.late) else 0,
        state=state.name,
        days_left=left,
        level=level_of(pack, on=on, days_overdue=max(-left, 1)) if state in PASSED else 0,
        noted=int(columns.level[place]),
        rule=rule if value else "",
        document=value.cite.document if value else "",
        article=f"{value.cite.article or ''}{value.cite.item or ''}" if value else "",
        status=str(value.status) if value else "",
    )


def _owner(firm: int, owner: int) -> str:
    return f"{Firm(firm).name} {owner}" if firm else Firm.group.name


def _named(group: Group, room: Room, row: Mapping[str, int]) -> tuple[str, str]:
    """What it is, and by which rule."""
    if room is Room.payments:
        payments = PaymentsDuty(row["kind"])
        return payments.name, PAYMENTS_RULE_OF.get(payments, "")
    if room is Room.bureau:
        bureau = BureauDuty(row["kind"])
        return bureau.name, BUREAU_RULE_OF[bureau]
    if room is Room.governance:
        related = RelatedDuty(row["kind"])
        return related.name, rule_of(related, _law(group, row["number"]))
    if room is Room.holding:
        holding = HoldingDuty(row["kind"])
        return holding.name, HOLDING_RULE_OF[holding]
    if room is Room.lender:
        lender = LenderDuty(row["kind"])
        return lender.name, LENDER_RULE_OF[lender]
    kind = DutyKind(row["kind"])
    if kind in ANSWERS:
        return kind.name, RULE_OF_CLOCK[_clock(group, row["about"])]
    return kind.name, PROTECTION_RULE_OF.get(kind, "")


def _law(group: Group, duty: int) -> int:
    return int(group.records.tables[GOVERNANCE_DUTY.name].column("law")[duty])


def _clock(group: Group, complaint: int) -> Clock:
    return Clock(int(group.records.tables[CUSTOMER_COMPLAINT.name].column("clock")[complaint]))


def _first(group: Group, complaint: int) -> tuple[int, int]:
    """The last day of a complaint's answer as it was at first, and how often its days began anew."""
    held = group.records.tables[COMPLAINT_FURTHER.name]
    place = int(held.places(np.array([complaint]), on=0)[0])
    return int(held.column("first_due_on")[place]), int(held.column("restarts")[place])


def _value(pack: RulePack, rule: str, on: int) -> RuleValue | None:
    try:
        return pack.in_force(id=rule, on=max(on, 1)) if rule else None
    except UnknownRule:
        return None
