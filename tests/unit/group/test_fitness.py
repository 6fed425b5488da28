"""Shareholders and people of a holding company, from recorded facts; duties after decisions on posts, by the day."""

from pathlib import Path

import pytest

from benyuan.assurance.group.fitness import Fitness, fitness_of
from benyuan.assurance.protection.calendar import calendar
from benyuan.cli.failures import FINE, FOUND
from benyuan.decisions.commands import REGISTRY, Command
from benyuan.usecases.group.file_holding_duty import FileHoldingDuty
from benyuan.values.errors import BadInput
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import on_file
from tests.unit.group.figures import decide, figure, grown, office
from tests.unit.group.ownership import BANK, HOLDING, INSURER, OWNER, PERSON, SHOP, Houses
from tests.unit.ledger.books import china


def asked(houses: Houses, **fields: int) -> Fitness:
    return fitness_of(houses.desk.group, HOLDING, **fields)


def person(told: Fitness, who: int) -> dict[str, bool | None]:
    (found,) = (each for each in told.people if each.individual == who)
    return {f"{check.place.rule.removeprefix('fhc.dir.')} {check.what}": check.met for check in found.checks}


@pytest.mark.parametrize(("part", "main"), [(49_999, False), (50_000, True), (50_001, True)])
def test_a_main_shareholder_from_five_per_cent_on(part: int, *, main: bool) -> None:
    houses = grown()
    houses.stake(SHOP, HOLDING, part, whole=1_000_000)
    assert ([each.body for each in asked(houses).shareholders] == [OWNER, PERSON, SHOP]) is main


def test_votes_without_shares_make_a_main_shareholder() -> None:
    houses = grown()
    houses.stake(SHOP, HOLDING, 5, sort="votes")
    assert SHOP in [each.body for each in asked(houses).shareholders]


def test_a_controller_is_asked_for_more_than_a_main_shareholder() -> None:
    houses = grown()
    houses.stake(SHOP, HOLDING, 5)
    for body in (OWNER, SHOP):
        for year in (2024, 2025):
            figure(houses, body, "profit", 1, as_of=year * 10_000 + 1231)
    told = {each.body: each for each in asked(houses).shareholders}
    assert [check.met for check in told[SHOP].checks] == [True]
    assert [check.met for check in told[OWNER].checks] == [None]
    assert not told[SHOP].lines
    assert [line.met for line in told[OWNER].lines] == [None, None]
    assert not told[PERSON].checks, "an individual has no accounts"
    figure(houses, OWNER, "profit", 0, as_of=20231231)
    assert [check.met for check in {each.body: each for each in asked(houses).shareholders}[OWNER].checks] == [False]


def test_the_ratios_of_a_controller_are_of_one_day_and_its_own_basis() -> None:
    houses = grown()
    for what, amount, basis in (
        ("net_assets", 40, "own"),
        ("total_assets", 100, "own"),
        ("equity_investments", 40, "consolidated"),
        ("net_assets", 100, "consolidated"),
    ):
        figure(houses, OWNER, what, amount, basis=basis)
    figure(houses, OWNER, "total_assets", 1000, as_of=20260331)
    lines = {each.body: each for each in asked(houses).shareholders}[OWNER].lines
    assert [(line.met, line.distance_fen) for line in lines] == [(True, 0), (True, 0)]


def test_who_holds_a_half_is_a_controller_without_a_majority() -> None:
    houses = Houses()
    houses.stake(SHOP, HOLDING, 50)
    (told,) = asked(houses).shareholders
    assert (told.body, told.controls) == (SHOP, True)


def test_years_of_work_from_recorded_spans() -> None:
    houses = grown()
    office(houses, PERSON, HOLDING, "director")
    assert person(asked(houses), PERSON) == {"degree university": None, "years work": None}
    houses.do("record_career", individual=PERSON, work="finance", from_date=20210501)
    houses.do("record_education", individual=PERSON, degree="bachelor")
    assert person(asked(houses, on=20260430), PERSON) == {"degree university": True, "years work": False}
    assert person(asked(houses, on=20260501), PERSON) == {"degree university": True, "years work": True}
    houses.do("record_career", individual=PERSON, work="finance", from_date=20210501, until=20210501)
    assert person(asked(houses, on=20260501), PERSON)["years work"] is False, "taken back"
    houses.do("record_education", individual=PERSON, degree="none", from_date=20260401)
    assert person(asked(houses), PERSON)["degree university"] is False


def test_time_in_a_post_is_what_was_held() -> None:
    houses = grown()
    office(houses, PERSON, HOLDING, "independent_director", from_date=20160501)
    office(houses, PERSON, HOLDING, "independent_director", holds=False, from_date=20200501)
    office(houses, PERSON, HOLDING, "independent_director", from_date=20240501)
    what = "independent time as independent_director"
    assert person(asked(houses, on=20260501), PERSON)[what] is True
    office(houses, PERSON, HOLDING, "independent_director", holds=False, from_date=20200502)
    houses.do("record_office", individual=PERSON, body=HOLDING, post="independent_director", from_date=20160430)
    assert person(asked(houses, on=20260501), PERSON)[what] is False


def test_an_independent_director_of_three_holding_companies() -> None:
    houses = grown()
    others = [
        houses.do("register_body", name=f"holding {place}", kind_of_body="company", business="financial_holding")[
            "body"
        ]
        for place in range(2)
    ]
    what = "independent holding companies as independent_director"
    for body in (HOLDING, others[0]):
        office(houses, PERSON, body, "independent_director")
    assert person(asked(houses), PERSON)[what] is True
    office(houses, PERSON, others[1], "independent_director")
    assert person(asked(houses), PERSON)[what] is False


@pytest.mark.parametrize(("part", "met"), [(5_999, True), (6_000, False), (6_001, False)])
def test_a_share_of_the_group_with_relatives_through_a_firm(part: int, *, met: bool) -> None:
    """0.4% of the bank, and a spouse who has a firm that has so many of a million of it."""
    houses = Houses()
    director, spouse = houses.individual(7), houses.individual(8)
    houses.stake(HOLDING, BANK, 60)
    houses.stake(director, BANK, 4_000, whole=1_000_000)
    houses.stake(spouse, SHOP, 100)
    houses.stake(SHOP, BANK, part, whole=1_000_000)
    houses.do("record_family", individual=spouse, other=director, tie="spouse")
    office(houses, director, HOLDING, "independent_director")
    what = "independent_holding share of the group with near relatives"
    assert person(asked(houses), director)[what] is met


def test_a_tie_that_has_ended_counts_no_more() -> None:
    houses = Houses()
    director, spouse = houses.individual(7), houses.individual(8)
    houses.stake(spouse, HOLDING, 2)
    office(houses, director, HOLDING, "independent_director")
    houses.do("record_family", individual=director, other=spouse, tie="spouse")
    houses.do("record_family", individual=director, other=spouse, tie="none", from_date=20260401)
    what = "independent_holding share of the group with near relatives"
    assert person(asked(houses, on=20260331), director)[what] is False
    assert person(asked(houses, on=20260401), director)[what] is True


def test_posts_that_do_not_go_together() -> None:
    houses = grown()
    other = houses.individual(7)
    office(houses, PERSON, HOLDING, "chair")
    office(houses, PERSON, HOLDING, "chief_executive", from_date=20260401)
    office(houses, other, BANK, "executive")
    office(houses, other, INSURER, "head_of_risk", from_date=20260401)
    assert not asked(houses, on=20260331).posts
    found = asked(houses, on=20260401).posts
    assert [(each.who, each.place.rule) for each in found] == [
        (other, "fhc.exec_interlock"),
        (PERSON, "fhc.dir.separate"),
    ]
    office(houses, PERSON, SHOP, "director", from_date=20260501)
    assert [each.place.rule for each in asked(houses).posts][-1] == "fhc.dir.outside_posts"


def test_before_the_order_on_people_only_interlocks_show() -> None:
    houses = grown()
    office(houses, PERSON, HOLDING, "chair")
    office(houses, PERSON, HOLDING, "chief_executive")
    office(houses, PERSON, BANK, "executive")
    told = asked(houses, on=20210430)
    assert ([each.place.rule for each in told.posts], told.people) == (["fhc.exec_interlock"], [])
    assert len(asked(houses, on=20210501).people) == 1


def test_a_decision_is_filed_and_announced_by_its_days() -> None:
    houses = grown()
    made = decide(houses, PERSON)
    assert (made["file_by"], made["announce_by"]) == (20260511, 20260601)
    assert [(each.kind, each.due_on, each.state) for each in asked(houses).duties] == [
        ("file_appointment", 20260511, "open"),
        ("announce", 20260601, "open"),
    ]
    states = {
        on: [each.state for each in asked(houses, on=on).duties] for on in (20260429, 20260511, 20260512, 20260602)
    }
    assert states == {
        20260429: [],
        20260511: ["open", "open"],
        20260512: ["overdue", "open"],
        20260602: ["overdue", "overdue"],
    }


@pytest.mark.parametrize(("day", "late", "state"), [("2026-05-11", 0, "done"), ("2026-05-12", 1, "late")])
def test_a_filing_on_its_last_day_and_on_the_next(day: str, late: int, state: str) -> None:
    houses = grown()
    decide(houses, PERSON)
    houses.desk.now = china(f"{day}T10:00")
    done = houses.desk.one(_file(1))
    assert done.results["late"] == late
    assert asked(houses).duties[0].state == state
    again = houses.desk.one(_file(1))
    assert again.invalid is not None
    assert again.invalid.field == "duty"


def _file(duty: int) -> Command:
    return FileHoldingDuty(duty=duty)


def test_an_end_is_reported_and_announced() -> None:
    houses = grown()
    made = decide(houses, PERSON, appoints=False)
    assert [each.kind for each in asked(houses).duties] == ["report_end", "announce"]
    assert made["file_by"] == 20260511
    assert asked(houses).duties[0].place.article == "第二十三条"


@pytest.mark.parametrize(("day", "duties"), [(20210430, 0), (20210501, 2)])
def test_decisions_before_the_order_make_nothing_due(day: int, duties: int) -> None:
    houses = grown()
    decide(houses, PERSON, decided_on=day)
    assert len(asked(houses).duties) == duties


def test_several_decisions_at_once_have_their_own_duties() -> None:
    houses = grown()
    for day in (20210430, 20260430, 20260429):
        decide(houses, PERSON, decided_on=day)
    assert [(each.duty, each.arose_on) for each in asked(houses).duties] == [
        (1, 20260430),
        (2, 20260430),
        (3, 20260429),
        (4, 20260429),
    ]


def test_what_was_not_known_then_is_not_told() -> None:
    houses = grown()
    before = houses.desk.group.position
    decide(houses, PERSON)
    assert not asked(houses, seen=before).duties


def test_duties_stand_in_the_one_calendar() -> None:
    houses = grown()
    decide(houses, PERSON)
    found = calendar(houses.desk.group, on=20260512)
    assert [(each.room, each.owner, each.kind, each.state, each.article) for each in found] == [
        ("holding", f"body {HOLDING}", "file_appointment", "overdue", "第十五条"),
        ("holding", f"body {HOLDING}", "announce", "open", "第十九条"),
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"body": BANK}, "body"),
        ({"individual": OWNER}, "individual"),
        ({"post": "decides_investments"}, "post"),
        ({"decided_on": 20260502}, "decided_on"),
        ({"invented": True}, "source"),
    ],
)
def test_a_decision_that_makes_no_sense(given: dict[str, object], field: str) -> None:
    fields = {"body": HOLDING, "individual": PERSON, "post": "director", "decided_on": 20260430}
    source = {"source": "minutes", "source_date": 20260430}
    told = Houses().desk.one(REGISTRY["record_appointment"](**{**fields, **source, **given}))
    assert told.invalid is not None
    assert told.invalid.field == field


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("record_career", {"individual": OWNER, "work": "finance"}, "individual"),
        ("record_career", {"individual": PERSON, "work": "finance", "until": 20191231}, "until"),
        ("record_career", {"individual": PERSON, "work": "finance", "until": 20210230}, "until"),
        ("record_education", {"individual": OWNER, "degree": "master"}, "individual"),
    ],
)
def test_what_makes_no_sense_of_people(kind: str, given: dict[str, object], field: str) -> None:
    assert Houses().fault(kind, **given)[0] == field


def test_no_such_body_and_no_such_day() -> None:
    houses = grown()
    with pytest.raises(BadInput, match="holding"):
        fitness_of(houses.desk.group, 99)
    with pytest.raises(BadInput, match="on"):
        asked(houses, on=20201031)


def test_from_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    houses = grown(Houses(on_file(path)))
    office(houses, PERSON, HOLDING, "director")
    decide(houses, PERSON)
    houses.desk.group.close()
    assert benyuan("group", "fitness", HOLDING, "--database", path).exit_code == FINE
    assert answer("group", "fitness", HOLDING, "--database", path)["untold"] == 5
    shown = benyuan("group", "fitness", HOLDING, "--on", 20260512, "--database", path)
    assert shown.exit_code == FOUND
    assert "overdue" in shown.stdout
