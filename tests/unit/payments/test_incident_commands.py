"""Incidents and prior reports through the engine: several in one call, sealed words, explanations."""

from typing import Any

import pytest

from benyuan.engine.why import why
from benyuan.payments.vocabulary import IncidentKind, Matter
from benyuan.usecases.file_duty import File
from benyuan.usecases.record_incident import Incident
from benyuan.usecases.report_incident import Report
from benyuan.usecases.report_plan import Plan
from tests.unit.engine.groups import HOUR, MORNING, Desk, town
from tests.unit.ledger.books import china


def incident(kind: IncidentKind = IncidentKind.outage, at: int = MORNING, **figures: Any) -> Incident:
    return Incident(institution=1, kind_of_incident=kind, occurred_at=at, **figures)


def suit(**figures: Any) -> Incident:
    return incident(IncidentKind.lawsuit, involved_fen=9, net_worth_fen=100, **figures)


def column(desk: Desk, table: str, name: str) -> list[int]:
    held = desk.group.records.tables[table]
    return [int(item) for item in held.column(name)[1 : held.count + 1]]


def test_duties_of_a_whole_call_are_numbered_in_order() -> None:
    desk = town()
    answers = desk.ask(
        incident(),
        suit(),
        incident(at=MORNING + 1),  # has not happened yet
        suit(bar_code=True),
        incident(IncidentKind.crime, bar_code=True),
    )
    assert [answer.outcome.name for answer in answers] == ["accepted", "accepted", "invalid", "accepted", "accepted"]
    numbers = [
        tuple(answer.results[name] for name in ("incident", "class", "duty", "written_duty"))
        for answer in answers
        if answer.accepted
    ]
    assert numbers == [(1, 2, 1, 2), (2, 0, 0, 0), (3, 0, 0, 3), (4, 1, 4, 5)]
    assert column(desk, "duty", "subject") == [1, 1, 3, 4, 4]
    assert column(desk, "duty", "kind") == [20, 21, 21, 20, 21]
    assert column(desk, "incident", "written_duty") == [2, 0, 3, 5]


def test_one_call_over_the_first_day_of_the_rule() -> None:
    """A batch in which one command meets a rule that was not in force yet: the others stand."""
    desk = town()
    before = incident(at=china("2021-08-31T23:59:59"))
    answers = desk.ask(incident(), before, incident(at=china("2021-09-01T00:00:00")))
    assert [answer.accepted for answer in answers] == [True, False, True]
    assert answers[1].invalid is not None
    assert answers[1].invalid.field == "occurred_at"


def test_a_report_is_made_once_in_one_call_too() -> None:
    desk = town()
    desk.done(incident(at=MORNING - 3 * HOUR, outage_minutes=120))
    answers = desk.ask(Report(incident=1), Report(incident=1))
    assert [answer.accepted for answer in answers] == [True, False]
    assert answers[0].results["late"] == 1
    assert column(desk, "duty", "done_on") == [20260501, 0]
    assert column(desk, "incident", "reported_at") == [MORNING]
    assert desk.one(File(duty=2)).results["late"] == 0


def test_working_days_that_nobody_knows_are_not_guessed() -> None:
    desk = town()
    late = china("2099-12-31T12:00")
    desk.now = late
    answer = desk.one(incident(at=late))
    assert answer.invalid is not None
    assert "2099" in answer.invalid.text() or "2100" in answer.invalid.text()


def test_what_it_was_is_sealed() -> None:
    desk = town()
    answer = desk.one(incident(what="laptop of Mr Li"))
    assert "Li" not in str(desk.group.reader.at_position(answer.position).body)


def plan(matter: Matter, day: int, **figures: Any) -> Plan:
    return Plan(institution=1, matter=matter, takes_effect_on=day, **figures)


@pytest.mark.parametrize(
    ("command", "outcomes"),
    [
        (plan(Matter.innovation, 20260531), ["passed", "passed", "not_applicable"]),
        (plan(Matter.end_of_service, 20260531), ["not_applicable", "passed", "not_applicable"]),
        (plan(Matter.service_pause, 20260511), ["not_applicable", "not_applicable", "passed"]),
        (plan(Matter.innovation, 20260530), ["refused", "refused", "not_applicable"]),
    ],
)
def test_why_a_plan_was_accepted_or_refused(command: Plan, outcomes: list[str]) -> None:
    desk = town()
    explained = why(desk.group, desk.one(command).position)
    assert [check.outcome for check in explained.checks] == outcomes
    assert [check.rule_id for check in explained.checks] == [
        "pay.report.prior",
        "pay.report.innovation",
        "pay.notice.suspend",
    ]


def test_plans_of_one_call() -> None:
    desk = town()
    small = plan(Matter.investment, 20260502, amount_fen=4, net_worth_fen=100)
    answers = desk.ask(plan(Matter.share_issue, 20260530), small, plan(Matter.system_change, 20260511))
    assert [answer.accepted for answer in answers] == [False, True, True]
    assert column(desk, "prior_report", "required") == [0, 1]
    assert answers[0].refusal is not None
    assert answers[0].refusal.figures == {"takes_effect_on": 20260530, "earliest_on": 20260531}
