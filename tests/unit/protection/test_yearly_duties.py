"""What firms owe year by year to consumers: raised once a year, done with a paper of its own, in the calendar."""

from typing import Any

import pytest

from benyuan.assurance.protection.calendar import Duty, calendar
from benyuan.consumer_protection.years import YEARLY, cycle_of, owed_in
from benyuan.rules import load_pack
from tests.unit.protection.claiming import Claims, check_invalid, claims_in_town

REACHED = {"managers": True, "front_line": True, "new_staff": True}
OF_ALL = {"self_review": 20270131, "train": 20271231, "plan_teaching": 20271231}
LENDERS = {**OF_ALL, "disclose_complaints": 20271231, "audit": 20271231, "audit_cycle": 20311231}
OTHERS = {**OF_ALL, "publish_complaints": 20271231}
OF_2026 = ("self_review", "publish_complaints", "disclose_complaints")


@pytest.fixture
def town() -> Claims:
    return claims_in_town()


def digest(n: int) -> str:
    """The n-th paper."""
    return f"{n:064x}"


def raised(town: Claims, *, on: int = 20270101, date: int | None = None, **firm: int) -> int:
    """How many duties of a firm are raised for the year of a day."""
    return town.do("raise_protection_duties", on=on, date=on if date is None else date, **firm)["raised"]


def standing(town: Claims, *, on: int) -> dict[str, Duty]:
    """The duties of years by kind."""
    names = {each.kind.name for each in YEARLY}
    return {each.kind: each for each in calendar(town.group, on=on) if each.kind in names}


@pytest.mark.parametrize(("firm", "due"), [("institution", OTHERS), ("lender", LENDERS), ("bureau", OTHERS)])
def test_each_firm_owes_its_own_with_a_day_and_an_article(town: Claims, firm: str, due: dict[str, int]) -> None:
    assert raised(town, **{firm: 1}) == len(due)
    found = standing(town, on=20270101)
    assert {kind: duty.due_on for kind, duty in found.items()} == due
    for kind, duty in found.items():
        assert (duty.owner, duty.room, duty.state, duty.arose_on) == (f"{firm} 1", "protection", "open", 20270101)
        assert duty.about == {**dict.fromkeys(OF_2026, 2026), "audit_cycle": 2031}.get(kind, 2027)
        assert duty.status == "verified"
        assert duty.article
    town.check()


def test_run_again_it_raises_nothing_and_the_year_after_all_anew(town: Claims) -> None:
    assert [raised(town, lender=1, on=on) for on in (20270101, 20270101, 20271231, 20280101)] == [6, 0, 0, 5]
    assert [raised(town, institution=1, on=20280101, date=date) for date in (20270601, 20280101)] == [4, 4]
    owners = [each.owner for each in calendar(town.group, on=20280101) if each.room == "protection"]
    assert (owners.count("lender 1"), owners.count("institution 1")) == (11, 8)
    town.check()


def test_nothing_is_owed_in_the_first_year_of_a_firm(town: Claims) -> None:
    assert raised(town, on=20261231, lender=1) == 0
    assert raised(town, on=20270101, lender=1) == 6


def test_the_self_assessment_is_overdue_the_day_after_the_last_of_january(town: Claims) -> None:
    raised(town, institution=1)
    assert standing(town, on=20270131)["self_review"].state == "open"
    late = standing(town, on=20270201)["self_review"]
    assert (late.state, late.days_left, late.level) == ("overdue", -1, 1)


@pytest.mark.parametrize(("on", "late"), [(20270130, 0), (20270131, 0), (20270201, 1)])
def test_a_paper_does_it_in_time_or_late(town: Claims, on: int, late: int) -> None:
    raised(town, institution=1)
    duty = standing(town, on=20270101)["self_review"].duty
    assert town.do("file_protection_duty", on=on, duty=duty, paper=digest(1))["late"] == late
    done = standing(town, on=on)["self_review"]
    assert (done.state, done.done_on) == ("late" if late else "done", on)
    check_invalid(town.ask("file_protection_duty", duty=duty, paper=digest(2)), "duty")
    town.check()


def test_a_paper_does_one_duty(town: Claims) -> None:
    raised(town, lender=1)
    raised(town, bureau=1)
    duties = [each.duty for each in calendar(town.group, on=20270101) if each.kind == "self_review"]
    town.do("file_protection_duty", duty=duties[0], paper=digest(1))
    check_invalid(town.ask("file_protection_duty", duty=duties[1], paper=digest(1)), "paper")
    check_invalid(town.ask("file_protection_duty", duty=duties[1], paper="x" * 64), "paper")
    town.do("file_protection_duty", duty=duties[1], paper=digest(2))
    town.check()


@pytest.mark.parametrize("left_out", REACHED)
def test_a_training_reaches_all_and_nothing_else_names_whom(town: Claims, left_out: str) -> None:
    raised(town, lender=1)
    found = standing(town, on=20270101)
    training: dict[str, Any] = {"duty": found["train"].duty, "paper": digest(1), **REACHED}
    check_invalid(town.ask("file_protection_duty", **{**training, left_out: False}), left_out)
    plan: dict[str, Any] = {"duty": found["plan_teaching"].duty, "paper": digest(1), left_out: True}
    check_invalid(town.ask("file_protection_duty", **plan), left_out)
    town.do("file_protection_duty", **training)
    assert standing(town, on=20270101)["train"].state == "done"


def test_bad_input(town: Claims) -> None:
    check_invalid(town.ask("raise_protection_duties", on=20270101, date=20270101), "institution")
    check_invalid(town.ask("raise_protection_duties", date=20270101, lender=1, bureau=1), "institution")
    check_invalid(town.ask("raise_protection_duties", date=20270102, lender=1), "date")
    check_invalid(town.ask("raise_protection_duties", date=20260230, lender=1), "date")
    check_invalid(town.ask("raise_protection_duties", date=20270101, lender=9), "lender")
    check_invalid(town.ask("file_protection_duty", duty=99, paper=digest(1)), "duty")
    complained = town.complain(on=20270101, received_on=20270101)["duty"]
    check_invalid(town.ask("file_protection_duty", duty=complained, paper=digest(1)), "duty")
    town.check()


@pytest.mark.parametrize(("complainants", "owed"), [(19, False), (20, True), (21, True)])
def test_a_major_complaint_is_reported_on_its_day(town: Claims, complainants: int, owed: bool) -> None:
    made = town.complain(channel="visit", complainants=complainants, representatives=5)
    assert (made["major"] == 1) is (made["major_duty"] != 0) is owed
    found = [each for each in calendar(town.group, on=20260602) if each.kind == "report_major"]
    assert [(each.owner, each.about, each.state, each.article) for each in found] == [
        ("lender 1", made["complaint"], "overdue", "第二十九条")
    ] * owed
    if owed:
        assert town.do("file_protection_duty", duty=made["major_duty"], paper=digest(1))["late"] == 0
        [done] = [each for each in calendar(town.group, on=20260602) if each.kind == "report_major"]
        assert (done.state, done.duty) == ("done", made["major_duty"])
    town.check()


@pytest.mark.parametrize(
    ("firm", "year", "kinds"),
    [
        ("institution", 2020, set()),
        ("institution", 2021, {"self_review", "publish_complaints", "train", "plan_teaching"}),
        ("lender", 2020, set()),
        ("lender", 2021, {"self_review", "disclose_complaints", "train", "plan_teaching"}),
        ("lender", 2023, {"self_review", "disclose_complaints", "train", "plan_teaching"}),
        ("lender", 2024, {*OF_ALL, "disclose_complaints", "audit", "audit_cycle"}),
    ],
)
def test_the_first_year_of_each_rule(firm: str, year: int, kinds: set[str]) -> None:
    assert {each.kind.name for each in owed_in(load_pack(), firm=firm, year=year, since=2010)} == kinds


@pytest.mark.parametrize(
    ("since", "year", "cycle"),
    [
        (2026, 2027, (2027, 2031)),
        (2026, 2031, (2027, 2031)),
        (2026, 2032, (2032, 2036)),
        (2010, 2024, (2024, 2028)),
        (2010, 2029, (2029, 2033)),
    ],
)
def test_cycles_of_audits_begin_with_the_first_that_is_owed(since: int, year: int, cycle: tuple[int, int]) -> None:
    assert cycle_of(load_pack(), year=year, since=since) == cycle


def test_audits_are_overdue_the_day_after_their_last(town: Claims) -> None:
    raised(town, lender=1)
    audit = standing(town, on=20271231)["audit"]
    assert (audit.state, audit.owner, audit.rule) == ("open", "lender 1", "cp.nfra.audit_cycle")
    assert standing(town, on=20280101)["audit"].state == "overdue"
    assert standing(town, on=20311231)["audit_cycle"].state == "open"
    late = standing(town, on=20320101)["audit_cycle"]
    assert (late.state, late.days_left, late.article) == ("overdue", -1, "第十九条")


def test_a_cycle_is_raised_once_in_whichever_of_its_years(town: Claims) -> None:
    assert raised(town, lender=1, on=20290601) == 6
    [cycle] = [each for each in calendar(town.group, on=20290601) if each.kind == "audit_cycle"]
    assert (cycle.arose_on, cycle.due_on, cycle.about) == (20270101, 20311231, 2031)
    assert raised(town, lender=1, on=20310601) == 5
    assert raised(town, lender=1, on=20320101) == 6


def test_everything_was_audited_only_when_every_year_of_the_cycle_was(town: Claims) -> None:
    for year in range(2027, 2031):
        raised(town, lender=1, on=year * 10_000 + 101)
        town.do("file_protection_duty", duty=_audit(town, year), paper=digest(year))
    cycle = standing(town, on=20300101)["audit_cycle"].duty
    check_invalid(town.ask("file_protection_duty", duty=cycle, paper=digest(1)), "duty")
    raised(town, lender=1, on=20310101)
    check_invalid(town.ask("file_protection_duty", duty=cycle, paper=digest(1)), "duty")
    town.do("file_protection_duty", duty=_audit(town, 2031), paper=digest(2031))
    check_invalid(town.ask("file_protection_duty", duty=cycle, paper=digest(2031)), "paper")
    assert town.do("file_protection_duty", on=20311231, duty=cycle, paper=digest(1))["late"] == 0
    town.check()


def _audit(town: Claims, year: int) -> int:
    on = year * 10_000 + 101
    return next(each.duty for each in calendar(town.group, on=on) if each.kind == "audit" and each.about == year)
