"""Grounds of article 25 as recorded facts: dated, with a reason and a source; what is brief ends."""

from typing import Any

import pytest

from benyuan.assurance.group.grounds import GroundTold, grounds_told, named_of
from benyuan.assurance.group.reading import owned
from benyuan.holding_company.vocabulary import Ground
from benyuan.rules import load_pack
from benyuan.values.errors import BadInput
from tests.unit.group.ownership import BANK, HOLDING, INSURER, PERSON, SHOP, Houses

COMMAND = "record_consolidation_ground"
BRIEF: dict[str, Any] = {"ground": "held_briefly", "agreed_on": 20260420, "from_date": 20260401, "until": 20270331}


def given(**fields: Any) -> dict[str, Any]:
    return {"top": HOLDING, "body": SHOP, "ground": "risk", "reason": "runs on it", "from_date": 20260101, **fields}


def told(houses: Houses, on: int = 20260501, *, seen: int = 0, top: int = HOLDING) -> list[GroundTold]:
    world = owned(houses.desk.group, on=on, seen=seen)
    controlled = world.control.controlled_by(top)
    return grounds_told(houses.desk.group, top, controlled=controlled, on=on, seen=world.state.seen)


def test_the_words_are_those_of_the_rule() -> None:
    tiers = load_pack().value(id="fhc.consolidation", on=20260101).tiers
    assert [tier.code("ground") for tier in tiers] == [ground.value for ground in Ground]


def test_a_ground_is_told_with_reason_and_source() -> None:
    houses = Houses()
    houses.do(COMMAND, **given())
    (one,) = told(houses)
    assert (one.body, one.ground, one.reason, one.source, one.idle) == (
        SHOP,
        "risk",
        "runs on it",
        "register of companies (20260401)",
        False,
    )
    assert [(each.body, each.ground) for each in named_of([one])] == [(SHOP, "risk")]
    assert told(houses, top=BANK) == []


def test_one_without_a_document_is_told_as_invented() -> None:
    houses = Houses()
    houses.do(COMMAND, **given(source="", source_date=0, invented=True))
    assert [each.source for each in told(houses)] == ["invented"]


@pytest.mark.parametrize(("on", "stands"), [(20251231, 0), (20260101, 1), (20260630, 1), (20260701, 0)])
def test_it_stands_from_its_first_day_to_its_last(on: int, stands: int) -> None:
    houses = Houses()
    houses.do(COMMAND, **given(until=20260630))
    assert len(told(houses, on)) == stands


def test_the_latest_counts_and_what_was_known_before_can_be_asked() -> None:
    houses = Houses()
    houses.do(COMMAND, **given())
    position = houses.desk.group.position
    houses.do(COMMAND, **given(holds=False, from_date=20260301))
    assert (len(told(houses)), len(told(houses, 20260228)), len(told(houses, seen=position))) == (0, 1, 1)


@pytest.mark.parametrize(("part", "ground", "idle"), [(51, "risk", True), (50, "risk", False), (50, "brief", True)])
def test_a_ground_that_control_says_already_is_idle(part: int, ground: str, idle: bool) -> None:
    houses = Houses()
    houses.stake(HOLDING, SHOP, part)
    houses.do(COMMAND, **given(**(BRIEF if ground == "brief" else {})))
    found = told(houses)
    assert [each.idle for each in found] == [idle]
    assert (named_of(found) == []) is idle


def test_a_controlled_body_held_briefly_is_left_out() -> None:
    houses = Houses()
    houses.stake(HOLDING, SHOP, 51)
    houses.do(COMMAND, **given(**BRIEF))
    assert [(each.body, each.ground) for each in named_of(told(houses))] == [(SHOP, "held_briefly")]


@pytest.mark.parametrize("until", [20270331, 20260401])
def test_what_is_held_briefly_ends_within_the_months(until: int) -> None:
    assert Houses().ask(COMMAND, **given(**{**BRIEF, "until": until})).accepted


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({**BRIEF, "until": 20270401}, "until"),
        ({**BRIEF, "until": 0}, "until"),
        ({**BRIEF, "agreed_on": 0}, "agreed_on"),
        ({**BRIEF, "agreed_on": 20260502}, "agreed_on"),
        ({"agreed_on": 20260101}, "agreed_on"),
        ({"until": 20251231}, "until"),
        ({"until": 20260231}, "until"),
        ({"reason": " "}, "reason"),
        ({"body": HOLDING}, "body"),
        ({"body": PERSON}, "body"),
        ({"top": PERSON}, "top"),
        ({"from_date": 20201031}, "from_date"),
        ({"source_date": 0}, "source_date"),
    ],
)
def test_what_is_no_ground(fields: dict[str, Any], field: str) -> None:
    assert Houses().fault(COMMAND, **given(**fields))[0] == field


def test_the_day_on_which_the_order_begins() -> None:
    assert Houses().ask(COMMAND, **given(from_date=20201101, body=INSURER)).accepted
    with pytest.raises(BadInput):
        told(Houses(), 20201031)
