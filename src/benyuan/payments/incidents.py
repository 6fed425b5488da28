"""Incidents of a payment institution: how grave, why, and when reported (银发〔2021〕198号, arts. 7, 8, 10, 11).

Worked number: a leak of 5,000 records is class one, for "above 5,000" includes the number itself (art. 23); if it
happens on Thursday 30 April 2026 at 09:00, the first report is due at 11:00 and the written one on 7 May, the second
working day after.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benyuan.payments.vocabulary import IncidentKind, IncidentReason
from benyuan.rules import RulePack, RuleValue
from benyuan.values.calendar import WorkingCalendar
from benyuan.values.dates import MINUTES_AN_HOUR, add_hours, local_day

CLASS_1, CLASS_2, BAR_CODE = "pay.incident.class1", "pay.incident.class2", "qr.incident.report_days"
PARTS = 1_000_000
GRAVE = frozenset(
    {IncidentKind.public_order, IncidentKind.beneficial_owner, IncidentKind.crime, IncidentKind.other_grave}
)
"""Kinds that are class one whatever their figures (art. 7, items 1, 2, 5, 7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """An incident's class (1, 2; 0: not to be reported as such), what gave it, and when its reports are due.

    `due_at` in microseconds since 1970 UTC, `written_due_on` as yyyymmdd; 0 where nothing is due.
    """

    grade: int
    reasons: IncidentReason
    due_at: int
    written_due_on: int


def grave_reasons(incident: Mapping[str, Any], value: RuleValue) -> IncidentReason:
    """What makes an incident class one; nothing where nothing does. `value`: that of pay.incident.class1."""
    bounds = value.parameters
    found = {
        IncidentReason.kind: incident["kind_of_incident"] in GRAVE,
        IncidentReason.records: incident["records"] >= bounds.count("records"),
        IncidentReason.customers: incident["customers"] >= bounds.count("customers"),
        IncidentReason.outage: incident["outage_minutes"] >= bounds.count("outage") * MINUTES_AN_HOUR,
        IncidentReason.transactions: incident["transactions"] >= bounds.count("transactions"),
        IncidentReason.reserve: bool(incident["reserve_misused"]),
        IncidentReason.publicity: bool(incident["publicity"]),
    }
    return _together(found)


def lesser_reasons(incident: Mapping[str, Any], value: RuleValue) -> IncidentReason:
    """What makes an incident class two that is not class one. `value`: that of pay.incident.class2."""
    if incident["kind_of_incident"] != IncidentKind.lawsuit:
        return IncidentReason.kind
    share = incident["net_worth_fen"] * value.parameters.ppm("involved")
    return _together({IncidentReason.involved: incident["involved_fen"] * PARTS >= share})


def _together(found: Mapping[IncidentReason, bool]) -> IncidentReason:
    reasons = IncidentReason(0)
    for reason, holds in found.items():
        reasons |= reason if holds else reasons
    return reasons


def weighed(incident: Mapping[str, Any], *, rules: RulePack, calendar: WorkingCalendar) -> Weighed:
    """An incident, by the fields of its command, under the rules of the day on which it happened.

    Errors: RuleNotInForce; CalendarUnknown.
    """
    at = int(incident["occurred_at"])
    on = local_day(at)
    first, second = rules.value(id=CLASS_1, on=on), rules.value(id=CLASS_2, on=on)
    grave, lesser = grave_reasons(incident, first), lesser_reasons(incident, second)
    grade, reasons = (1, grave) if grave else (2, lesser) if lesser else (0, lesser)
    value = (None, first, second)[grade]
    days = [] if value is None else [value.parameters.count("written")]
    if incident["bar_code"]:
        days.append(rules.value(id=BAR_CODE, on=on).count)
    return Weighed(
        grade=grade,
        reasons=reasons,
        due_at=0 if value is None else add_hours(at, value.count),
        written_due_on=calendar.add_working_days(on, min(days)) if days else 0,
    )
