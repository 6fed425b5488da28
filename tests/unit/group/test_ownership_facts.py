"""Dated facts of ownership: what is recorded, what can't be, and how it stands on a day."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from benyuan.decisions.commands import REGISTRY
from benyuan.parties.ownership.interest import behind
from tests.unit.engine.groups import Desk, on_file
from tests.unit.group.ownership import BANK, FROM, HOLDING, INSURER, OWNER, PERSON, SHOP, SOURCE, Houses, controlled


def test_a_stake_counts_from_its_day_and_until_another_takes_its_place() -> None:
    houses = Houses()
    houses.stake(OWNER, BANK, 60, from_date=20260101)
    seen = houses.stake(OWNER, BANK, 40, from_date=20260701)["position"]
    houses.stake(OWNER, BANK, 0, from_date=20270101)
    parts = {
        on: [row["part"] for row in houses.state(on).held] for on in (20251231, 20260101, 20260630, 20260701, 20270101)
    }
    assert parts == {20251231: [], 20260101: [60], 20260630: [60], 20260701: [40], 20270101: []}
    assert [row["part"] for row in houses.state(20270101, seen=seen).held] == [40], "as it was known then"


def test_never_more_than_the_whole_on_any_day() -> None:
    houses = Houses()
    houses.stake(OWNER, BANK, 60, from_date=20260101)
    houses.stake(HOLDING, BANK, 30, from_date=20260701)
    assert houses.fault("record_stake", owner=SHOP, owned=BANK, part=11, whole=100, from_date=20260301) == (
        "part",
        "no more than is left of the whole on 20260701",
    )
    houses.stake(SHOP, BANK, 10, from_date=20260301)
    assert houses.fault("record_stake", owner=OWNER, owned=BANK, part=71, whole=100, from_date=20260101)[0] == "part"
    houses.stake(OWNER, BANK, 100, from_date=20250101)
    houses.stake(OWNER, BANK, 5, whole=10, sort="votes")


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("record_stake", {"owner": OWNER, "owned": OWNER, "part": 1, "whole": 2}, "owned"),
        ("record_stake", {"owner": OWNER, "owned": PERSON, "part": 1, "whole": 2}, "owned"),
        ("record_stake", {"owner": OWNER, "owned": 99, "part": 1, "whole": 2}, "owned"),
        ("record_stake", {"owner": OWNER, "owned": BANK, "part": 3, "whole": 2}, "part"),
        ("record_stake", {"owner": OWNER, "owned": BANK, "part": 1, "whole": 2, "from_date": 20260230}, "from_date"),
        ("record_stake", {"owner": OWNER, "owned": BANK, "part": 1, "whole": 2, "nominee_of": 99}, "nominee_of"),
        ("record_stake", {"owner": OWNER, "owned": BANK, "part": 1, "whole": 2, "invented": True}, "source"),
        ("record_steering", {"holder": OWNER, "body": PERSON, "steering": "by_law", "part": 1, "whole": 1}, "body"),
        ("record_steering", {"holder": BANK, "body": BANK, "steering": "by_law", "part": 1, "whole": 1}, "body"),
        ("record_pledge", {"owner": OWNER, "owned": BANK, "pledgee": OWNER, "part": 1, "whole": 2}, "pledgee"),
        ("record_office", {"individual": OWNER, "body": BANK, "post": "director"}, "individual"),
        ("record_office", {"individual": PERSON, "body": PERSON, "post": "director"}, "body"),
        ("record_family", {"individual": PERSON, "other": OWNER, "tie": "spouse"}, "other"),
        ("record_concert", {"members": "1"}, "members"),
        ("record_concert", {"members": "1, 1"}, "members"),
        ("record_concert", {"members": "1, x"}, "members"),
        ("record_concert", {"members": "1, 99"}, "members"),
        ("record_concert", {"members": "1, 99999999999999999999999"}, "members"),
        ("record_concert", {"members": ""}, "members"),
        ("record_concert", {"members": "1, 2", "lead": 3}, "lead"),
        ("record_concert", {"concert": 9, "members": "1, 2"}, "concert"),
    ],
)
def test_what_makes_no_sense_is_named(kind: str, given: dict[str, Any], field: str) -> None:
    houses = Houses()
    before = houses.state().held
    assert houses.fault(kind, **given)[0] == field
    assert houses.state().held == before


def test_who_holds_for_another_is_told_and_the_other_counts() -> None:
    houses = Houses()
    houses.stake(SHOP, BANK, 60, nominee_of=PERSON)
    state = houses.state()
    assert [(row["owner"], row["nominee_of"]) for row in state.nominees] == [(SHOP, PERSON)]
    assert controlled(state).by_body[BANK].by == (PERSON,)
    assert behind(state.shares, BANK).owners == {PERSON: Fraction(3, 5)}


def test_a_stake_that_is_held_for_somebody_takes_no_others_place_without_a_word() -> None:
    houses = Houses()
    houses.stake(SHOP, BANK, 40)
    asked = ((20, PERSON, "nominee_of"), (30, 0, ""), (0, 0, ""), (20, PERSON, ""), (25, 0, "nominee_of"))
    for part, nominee, field in asked:
        answer = houses.ask("record_stake", owner=SHOP, owned=BANK, part=part, whole=100, nominee_of=nominee)
        assert (answer.invalid.field if answer.invalid else "") == field, (part, nominee)
    assert [(row["part"], row["nominee_of"]) for row in houses.state().held] == [(20, PERSON)]


@pytest.mark.parametrize(
    ("ends", "field"), [(None, "nominee_of"), (20190701, ""), (20200101, ""), (20200102, "nominee_of")]
)
def test_nor_does_one_that_was_recorded_for_a_later_day(ends: int | None, field: str) -> None:
    """From 2019 on for itself, while from 2020 on it is held for another; where that `ends` in time nothing is lost."""
    houses = Houses()
    houses.stake(SHOP, BANK, 20, nominee_of=PERSON)
    if ends:
        houses.stake(SHOP, BANK, 0, nominee_of=PERSON, from_date=ends)
    answer = houses.ask("record_stake", owner=SHOP, owned=BANK, part=40, whole=100, from_date=20190101)
    assert (answer.invalid.field if answer.invalid else "") == field


def test_votes_apart_from_shares() -> None:
    houses = Houses()
    houses.stake(OWNER, BANK, 30)
    houses.stake(SHOP, BANK, 70)
    houses.stake(OWNER, BANK, 60, sort="votes")
    houses.stake(SHOP, BANK, 40, sort="votes")
    state = houses.state()
    assert controlled(state).by_body[BANK].by == (OWNER,)
    assert behind(state.shares, BANK).owners == {OWNER: Fraction(3, 10), SHOP: Fraction(7, 10)}


@pytest.mark.parametrize(("right", "controls"), [(20, False), (21, True)])
def test_what_can_become_votes_counts(right: int, controls: bool) -> None:
    """40 of 100 and the right to 20 more are 60 of 120, half; with 21 more it is over half."""
    houses = Houses()
    houses.stake(OWNER, BANK, 40)
    houses.stake(OWNER, BANK, right, sort="potential_votes")
    assert (BANK in controlled(houses.state()).by_body) is controls


def test_an_agreement_to_vote_alike_its_change_and_its_end() -> None:
    houses = Houses()
    houses.stake(OWNER, BANK, 30)
    houses.stake(SHOP, BANK, 15)
    houses.stake(PERSON, BANK, 10)
    made = houses.do("record_concert", members=f"{OWNER},{SHOP}, {PERSON}", lead=PERSON, from_date=20260101)["concert"]
    houses.do("record_concert", concert=made, members=f"{OWNER},{SHOP}", from_date=20260301)
    houses.do("record_concert", concert=made, from_date=20260401)
    by = {
        on: [each.by for each in controlled(houses.state(on)).by_body.values()]
        for on in (20251231, 20260101, 20260301, 20260401)
    }
    assert by == {20251231: [], 20260101: [(PERSON,)], 20260301: [], 20260401: []}


def test_control_by_contracts_in_place_of_shares() -> None:
    houses = Houses()
    houses.do("record_steering", holder=HOLDING, body=SHOP, steering="by_protocol", part=1, whole=1)
    assert controlled(houses.state()).by_body[SHOP].by == (HOLDING,)
    houses.do("record_steering", holder=HOLDING, body=SHOP, steering="by_protocol", part=0, whole=1, from_date=20260401)
    assert not controlled(houses.state()).by_body


def test_offices_and_pledges_hold_until_they_are_given_up() -> None:
    houses = Houses()
    houses.do("record_office", individual=PERSON, body=HOLDING, post="director")
    houses.do("record_office", individual=PERSON, body=HOLDING, post="director", holds=False, from_date=20260401)
    houses.do("record_pledge", owner=OWNER, owned=HOLDING, pledgee=BANK, part=6, whole=100)
    houses.do("record_pledge", owner=OWNER, owned=HOLDING, pledgee=BANK, part=0, whole=100, from_date=20260401)
    assert (len(houses.state(20260331).offices), len(houses.state(20260331).pledged)) == (1, 1)
    assert (len(houses.state(20260401).offices), len(houses.state(20260401).pledged)) == (0, 0)


def test_a_restart_finds_the_same(tmp_path: Path) -> None:
    desk = on_file(tmp_path / "group.db")
    houses = Houses(desk)
    houses.stake(OWNER, HOLDING, 60)
    houses.stake(HOLDING, INSURER, 80)
    houses.do("record_concert", members=f"{OWNER},{SHOP}")
    before = houses.state()
    desk.group.close()
    again: Desk = on_file(tmp_path / "group.db")
    houses.desk = again
    after = houses.state()
    assert (after.held, after.bodies, after.grounds.concerts) == (before.held, before.bodies, before.grounds.concerts)
    again.group.close()


def test_stakes_of_one_call_are_counted_one_after_another() -> None:
    houses = Houses()
    stake = {"owned": BANK, "whole": 100, "from_date": FROM, **SOURCE}
    given = [(HOLDING, 60), (OWNER, 30), (INSURER, 11), (INSURER, 10)]
    answers = houses.desk.ask(*(REGISTRY["record_stake"](owner=owner, part=part, **stake) for owner, part in given))
    assert [answer.accepted for answer in answers] == [True, True, False, True]
    assert answers[2].invalid is not None
    assert answers[2].invalid.constraint == f"no more than is left of the whole on {FROM}"


def test_stakes_of_many_bodies_in_one_call_each_with_its_own_day() -> None:
    houses = Houses()
    houses.stake(SHOP, BANK, 60, from_date=20300101)
    houses.stake(SHOP, INSURER, 60, from_date=20310101)
    given = [(HOLDING, BANK, 50, 100), (HOLDING, INSURER, 50, 100), (HOLDING, OWNER, 1, 0), (99, HOLDING, 1, 2)]
    columns = {
        "owner": [each[0] for each in given],
        "owned": [each[1] for each in given],
        "part": [each[2] for each in given],
        "whole": [each[3] for each in given],
        "from_date": [FROM] * 4,
        "source": ["register"] * 4,
        "source_date": [20260401] * 4,
    }
    keys = [f"k{each}" for each in range(4)]
    answers = houses.desk.group.execute_columns(kind="record_stake", columns=columns, client="c", keys=keys)
    faults = [(answer.invalid.field, answer.invalid.constraint[-8:]) for answer in answers if answer.invalid]
    assert faults[:2] == [("part", "20300101"), ("part", "20310101")]
    assert [field for field, _ in faults[2:]] == ["whole", "owner"]
