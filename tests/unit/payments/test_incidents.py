"""How grave an incident is, and why: every figure by itself, at its bound and one below."""

from typing import Any

import pytest

from benyuan.payments.incidents import GRAVE, grave_reasons, lesser_reasons, weighed
from benyuan.payments.vocabulary import INCIDENT_KIND_NUMBER, MATTER_NUMBER, IncidentKind, IncidentReason
from benyuan.rules import RuleNotInForce, load_pack
from benyuan.values.calendar import CalendarUnknown, WorkingCalendar
from tests.unit.ledger.books import china

PACK = load_pack()
CLASS_1 = PACK.value(id="pay.incident.class1", on=20260501)
CLASS_2 = PACK.value(id="pay.incident.class2", on=20260501)
MORNING = china("2026-04-30T09:00")
HOUR = 3_600_000_000


def incident(kind: IncidentKind = IncidentKind.outage, **figures: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("records", "customers", "outage_minutes", "transactions", "involved_fen"), 0)
    truths = dict.fromkeys(("reserve_misused", "publicity", "bar_code"), False)
    return {"kind_of_incident": kind, "occurred_at": MORNING, "net_worth_fen": 0, **nothing, **truths, **figures}


@pytest.mark.parametrize(
    ("field", "bound", "reason"),
    [
        ("records", 5_000, IncidentReason.records),
        ("customers", 500, IncidentReason.customers),
        ("outage_minutes", 120, IncidentReason.outage),
        ("transactions", 100_000, IncidentReason.transactions),
    ],
)
def test_above_includes_the_figure_itself(field: str, bound: int, reason: IncidentReason) -> None:
    assert not grave_reasons(incident() | {field: bound - 1}, CLASS_1)
    assert grave_reasons(incident() | {field: bound}, CLASS_1) == reason
    assert grave_reasons(incident() | {field: bound + 1}, CLASS_1) == reason


def test_every_reason_is_told() -> None:
    both = incident(IncidentKind.crime, records=5_000, reserve_misused=True, publicity=True)
    reasons = IncidentReason.kind | IncidentReason.records | IncidentReason.reserve | IncidentReason.publicity
    assert grave_reasons(both, CLASS_1) == reasons


@pytest.mark.parametrize("kind", list(IncidentKind))
def test_kinds(kind: IncidentKind) -> None:
    assert bool(grave_reasons(incident(kind), CLASS_1)) == (kind in GRAVE)
    assert lesser_reasons(incident(kind), CLASS_2)


@pytest.mark.parametrize(("involved", "reported"), [(999, False), (1_000, True), (1_001, True)])
def test_a_lawsuit_from_a_tenth_of_net_worth(involved: int, reported: bool) -> None:
    suit = incident(IncidentKind.lawsuit, involved_fen=involved, net_worth_fen=10_000)
    assert bool(lesser_reasons(suit, CLASS_2)) is reported


def test_amounts_beyond_64_bits_are_compared_exactly() -> None:
    suit = incident(IncidentKind.lawsuit, involved_fen=(1 << 62) - 1, net_worth_fen=(1 << 62) * 10)
    assert not lesser_reasons(suit, CLASS_2)


def test_deadlines() -> None:
    calendar = WorkingCalendar()
    grave = weighed(incident(records=5_000), rules=PACK, calendar=calendar)
    assert (grave.grade, grave.due_at, grave.written_due_on) == (1, MORNING + 2 * HOUR, 20260507)
    lesser = weighed(incident(), rules=PACK, calendar=calendar)
    assert (lesser.grade, lesser.due_at, lesser.written_due_on) == (2, MORNING + 24 * HOUR, 20260511)
    by_code = weighed(incident(bar_code=True), rules=PACK, calendar=calendar)
    assert (by_code.due_at, by_code.written_due_on) == (lesser.due_at, grave.written_due_on)


def test_outside_the_dates() -> None:
    with pytest.raises(RuleNotInForce):
        weighed(incident(occurred_at=china("2021-08-31T23:59:59")), rules=PACK, calendar=WorkingCalendar())
    with pytest.raises(CalendarUnknown):
        weighed(incident(occurred_at=china("2099-12-31T12:00")), rules=PACK, calendar=WorkingCalendar())


def test_numbers_of_words_never_change() -> None:
    """They stand in logs: a new word comes last."""
    assert [kind.value for kind in INCIDENT_KIND_NUMBER][-3:] == ["other_regulator", "audit_finding", "other"]
    assert INCIDENT_KIND_NUMBER[IncidentKind.other] == 13
    assert [*MATTER_NUMBER][-3:] == ["end_of_service", "service_pause", "individual_sellers"]
