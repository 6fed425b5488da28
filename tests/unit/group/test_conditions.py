"""What only documents show: evidence with its last day, facts that bar and how long, duties, who is asked what."""

from typing import Any

import pytest

from benyuan.assurance.group.conditions import ConditionTold
from benyuan.assurance.group.fitness import Fitness, fitness_of
from benyuan.holding_company.conditions import (
    ASKED,
    BACKGROUNDS,
    HOLDERS,
    Answer,
    Bar,
    Condition,
    Fact,
    Role,
    bar_of,
    bars,
    conditions_of,
    rule_of,
    told,
)
from benyuan.rules import load_pack
from benyuan.values.dates import MONTHS_A_YEAR, add_calendar_days, add_months
from benyuan.values.errors import BadInput
from tests.unit.engine.groups import regime
from tests.unit.group.figures import grown
from tests.unit.group.ownership import BANK, HOLDING, OWNER, PERSON, SHOP, Houses
from tests.unit.group.test_checks import assert_sound
from tests.unit.group.test_joined_individuals import papers, stated, travels

RULES = regime().pack
YEARS = {
    **dict.fromkeys(("record", "failed_firm", "taken_over", "obstructed", "sanctioned", "dismissed"), 3),
    **dict.fromkeys(("crime", "convicted", "rights_lost"), 5),
}
BEGAN, OVER, TODAY = 20190101, 20200501, 20260501


def fact(condition: Condition, *, over_on: int = OVER) -> Fact:
    """One that began in 2019."""
    return Fact(who=1, condition=condition, number=1, from_date=BEGAN, over_on=over_on)


def barred(each: Fact, on: int) -> bool:
    """Whether it bars on a day, by today's rules."""
    return bars(each, RULES.value(id=rule_of(each.condition), on=TODAY), on=on)


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_facts_the_one_without_an_end_is_told(order: int) -> None:
    served = Fact(who=1, condition=Condition.convicted, number=1, from_date=BEGAN, over_on=20230501)
    unserved = Fact(who=1, condition=Condition.convicted, number=2, from_date=20250101, over_on=0)
    (found,) = told(1, [Condition.convicted], evidence=[], facts=[served, unserved][::order], on=TODAY, rules=RULES)
    assert (found.state, found.fact, found.until) == (Answer.barred, 2, 0)


def test_every_condition_is_a_rule_and_is_asked_of_somebody() -> None:
    assert set(ASKED) | set(BACKGROUNDS) == set(Condition)
    for each in Condition:
        began = 20201101 if each in HOLDERS else 20210501
        assert RULES.in_force(id=rule_of(each), on=began) is not None, each
        assert (
            RULES.in_force(id=rule_of(each), on=began - 1 if began % 100 > 1 else add_calendar_days(began, -1)) is None
        )


def test_years_are_those_of_the_articles() -> None:
    assert {each.value for each in Condition if bar_of(each) is Bar.years} == set(YEARS)
    found = {word: RULES.value(id=f"fhc.fit.{word}", on=TODAY).count for word in YEARS}
    assert found == YEARS


@pytest.mark.parametrize("word", YEARS)
def test_a_fact_bars_for_its_years_from_the_day_that_counts(word: str) -> None:
    each = fact(Condition(word))
    last = add_months(OVER, MONTHS_A_YEAR * YEARS[word])
    assert [barred(each, on) for on in (20181231, BEGAN, add_calendar_days(last, -1), last)] == [
        False,
        True,
        True,
        True,
    ]
    assert not barred(each, add_calendar_days(last, 1))
    assert barred(fact(Condition(word), over_on=0), 20991231), "a sentence that nobody told as served"


@pytest.mark.parametrize("condition", [each for each in Condition if bar_of(each) is Bar.open])
def test_an_open_state_bars_until_the_day_before_it_is_over(condition: Condition) -> None:
    each = fact(condition)
    assert [barred(each, on) for on in (20181231, BEGAN, 20200430, OVER)] == [False, True, True, False]
    assert barred(fact(condition, over_on=0), TODAY)


@pytest.mark.parametrize("condition", [each for each in Condition if bar_of(each) is Bar.ever])
def test_what_the_text_never_forgets(condition: Condition) -> None:
    assert [barred(fact(condition), on) for on in (20181231, BEGAN, 20991231)] == [False, True, True]


def test_before_the_orders_nothing_is_told() -> None:
    for condition, first in ((Condition.credit, 20201101), (Condition.capacity, 20210501)):
        asked: dict[str, Any] = {"evidence": [], "facts": [], "rules": load_pack()}
        assert [each.state for each in told(1, [condition], on=first, **asked)] == [Answer.not_shown]
        with pytest.raises(BadInput, match=rule_of(condition)):
            list(told(1, [condition], on=add_calendar_days(first, -1), **asked))


def test_who_is_asked_what() -> None:
    firm, person = (conditions_of({Role.main}, individual=one) for one in (False, True))
    assert Condition.core_business in firm
    assert Condition.core_business not in person
    assert Condition.knowledge in person
    assert Condition.knowledge not in firm
    assert Condition.evasion not in firm
    assert Condition.evasion in conditions_of({Role.controller}, individual=False)
    assert Condition.credit not in conditions_of({Role.minor}, individual=False)
    assert conditions_of({Role.head_of_risk}, individual=True) == [Condition.risk_head]


# -------------------------------------------------------------------------------------------------- in a group


def show(houses: Houses, condition: str, *, who: int = PERSON, on: int = 20260401, **fields: Any) -> dict[str, int]:
    """A document of a day, which says yes."""
    whose = {"issuer": "the police", "judged_by": "personnel", "source": "certificate 7", "source_date": on}
    made = {"holding": HOLDING, "who": who, "condition": condition, "met": True, "from_date": on, **whose, **fields}
    return houses.do("record_fitness_evidence", **made)


def against(houses: Houses, condition: str, *, who: int = PERSON, **fields: Any) -> dict[str, int]:
    """A fact since the beginning of 2026."""
    return houses.do(
        "record_adverse_fact",
        **{"who": who, "condition": condition, "authority": "a court", "from_date": 20260105, **fields},
    )


def asked(houses: Houses, **fields: int) -> Fitness:
    """Fitness at the holding company."""
    return fitness_of(houses.desk.group, HOLDING, **fields)


def stands(told_: Fitness, condition: str, *, who: int = PERSON) -> ConditionTold:
    """How one condition of one party stands."""
    (found,) = (each for each in told_.conditions() if (each.who, each.condition) == (who, condition) and not each.of)
    return found


@pytest.fixture
def houses() -> Houses:
    """The group, with the individual as a director from 2026-03-01."""
    made = grown()
    made.do("record_office", individual=PERSON, body=HOLDING, post="director", from_date=20260301)
    return made


@pytest.mark.parametrize(
    ("on", "state"),
    [(20260331, "not shown"), (20260401, "met"), (20261231, "met"), (20270101, "expired")],
    ids=["the day before", "its day", "its last day", "the day after"],
)
def test_a_document_counts_from_its_day_to_its_last(houses: Houses, on: int, state: str) -> None:
    assert show(houses, "character", until=20261231)["renew_by"] == 20261231
    found = stands(asked(houses, on=on), "character")
    assert found.state == state
    assert found.after is (state != "not shown"), "dated after the post began"
    assert (found.by == "certificate 7 (20260401); the police, judged by personnel") is (state != "not shown")


def test_a_document_of_before_the_post_is_not_late(houses: Houses) -> None:
    for on, after in ((20260301, False), (20260302, True)):
        show(houses, "character", on=on)
        assert stands(asked(houses), "character").after is after


def test_an_expired_document_is_a_duty_and_the_next_one_does_it(houses: Houses) -> None:
    show(houses, "character", until=20260430)
    (duty,) = asked(houses).duties
    assert (duty.kind, duty.due_on, duty.state) == ("renew_document", 20260430, "overdue")
    assert asked(houses, on=20260430).duties[0].state == "open"
    show(houses, "character", on=20260420)
    told_ = asked(houses)
    assert [each.state for each in told_.duties] == ["late"]
    assert stands(told_, "character").state == "met"
    assert_sound(houses.desk)


def test_a_document_may_say_no(houses: Houses) -> None:
    before = asked(houses).unmet
    show(houses, "character", met=False)
    assert stands(asked(houses), "character").state == "failed"
    assert asked(houses).unmet == before + 1
    show(houses, "character", on=20260402)
    assert asked(houses).unmet == before


def test_a_fact_goes_before_a_document_and_shows_from_its_day_on(houses: Houses) -> None:
    show(houses, "convicted")
    before = houses.desk.group.position
    against(houses, "convicted", from_date=20260405)
    assert stands(asked(houses, on=20260404), "convicted").state == "met"
    now = stands(asked(houses, on=20260405), "convicted")
    assert (now.state, now.until, now.by) == ("barred", 0, "register of companies (20260401); found by a court")
    assert stands(asked(houses, seen=before), "convicted").state == "met", "as known before it was recorded"
    against(houses, "convicted", from_date=20260405, over_on=20260410)
    assert stands(asked(houses), "convicted").until == 20310410
    against(houses, "convicted", from_date=20260405, stands=False)
    assert stands(asked(houses), "convicted").state == "met"


@pytest.mark.parametrize(
    ("from_date", "arose"),
    [(20260105, 20260301), (20260301, 20260301), (20260302, 20260302)],
    ids=["before the post", "its first day", "after"],
)
def test_a_fact_about_a_director_is_reported_within_five_working_days(
    houses: Houses, from_date: int, arose: int
) -> None:
    against(houses, "sanctioned", from_date=from_date)
    (duty,) = asked(houses).duties
    assert (duty.kind, duty.arose_on, duty.place.rule) == ("report_unfit", arose, "fhc.dir.unfit")
    assert duty.due_on == {20260301: 20260306, 20260302: 20260309}[arose]
    against(houses, "sanctioned", from_date=from_date, over_on=from_date)
    assert len(asked(houses).duties) == 1, "told again"
    assert_sound(houses.desk)


def test_of_who_has_no_post_nothing_is_reported(houses: Houses) -> None:
    against(houses, "sanctioned", who=houses.individual(3))
    against(houses, "nominee")  # a bar to holding, not to leading
    assert asked(houses).duties == []


def test_a_spouses_debt_counts_and_a_siblings_does_not(houses: Houses) -> None:
    for number, tie in ((21, "sibling"), (22, "spouse")):
        other = houses.individual(number)
        houses.do("record_family", individual=other, other=PERSON, tie=tie)
        against(houses, "debts", who=other)
        assert stands(asked(houses), "debts").state == ("barred" if tie == "spouse" else "not shown")


def test_a_document_under_the_other_document_counts_for_the_individual(houses: Houses) -> None:
    other = travels(houses, 1)
    show(houses, "ability", who=other)
    against(houses, "dismissed", who=other)
    assert stands(asked(houses), "ability").state == "not shown"
    stated(houses, **papers(1))
    told_ = asked(houses)
    assert (stands(told_, "ability").state, stands(told_, "dismissed").state) == ("met", "barred")


def test_holders_are_asked_by_what_they_hold(houses: Houses) -> None:
    houses.stake(SHOP, HOLDING, 49_999, whole=1_000_000)
    houses.stake(BANK, HOLDING, 5)
    told_ = asked(houses)
    assert [each.body for each in told_.minor] == [SHOP]
    assert {each.condition for each in told_.minor[0].conditions} >= {"founded", "crime", "own_money"}
    of = {each.body: {one.condition for one in each.conditions} for each in told_.shareholders}
    assert "credit" in of[OWNER]
    assert "evasion" in of[OWNER]
    assert of[BANK] == {"dispute", "nominee", "false_capital", "caused_failure", "uncooperative", "own_money"}
    against(houses, "nominee", who=SHOP)
    houses.stake(SHOP, HOLDING, 50_000, whole=1_000_000, from_date=20260402)
    assert stands(asked(houses), "nominee", who=SHOP).state == "barred"


def test_somebody_of_each_organ_has_led_in_each_sector(houses: Houses) -> None:
    def found() -> dict[tuple[str, str], str]:
        return {(each.condition, each.of): each.state for each in asked(houses).company}

    pairs = [
        (sector, of) for sector in ("bank_background", "insurance_background") for of in ("directors", "executives")
    ]
    assert found() == dict.fromkeys(pairs, "not shown")
    show(houses, "bank_background")
    assert found()["bank_background", "directors"] == "met"
    assert found()["bank_background", "executives"] == "not shown"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("issuer", " "),
        ("judged_by", ""),
        ("until", 20260331),
        ("from_date", 20260402),
        ("holding", BANK),
        ("source", ""),
    ],
)
def test_a_document_that_makes_no_sense(houses: Houses, field: str, value: Any) -> None:
    whose = {"issuer": "x", "judged_by": "y", "source": "z", "source_date": 20260401, "from_date": 20260401}
    made = {"holding": HOLDING, "who": PERSON, "condition": "character", "met": True, "until": 20260401, **whose}
    assert houses.ask("record_fitness_evidence", **made).accepted
    assert houses.fault("record_fitness_evidence", **{**made, field: value})[0] == field


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("condition", "character"),
        ("authority", ""),
        ("over_on", 20260104),
        ("over_on", 20260601),
        ("from_date", 20260601),
    ],
)
def test_a_fact_that_makes_no_sense(houses: Houses, field: str, value: Any) -> None:
    made = {"who": PERSON, "condition": "convicted", "authority": "a court", "from_date": 20260105, field: value}
    assert houses.fault("record_adverse_fact", **made)[0] == field
