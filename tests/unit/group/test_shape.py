"""The shape of a group, and what changed: each planted fault shows the same day, with its article."""

from pathlib import Path

import pytest

from benyuan.assurance.group.changing import changes_between
from benyuan.assurance.group.shape import Shape, behind_of, shape_of
from benyuan.cli.failures import FINE, FOUND
from benyuan.values.errors import BadInput
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import in_memory, on_file
from tests.unit.group.ownership import BANK, HOLDING, INSURER, OWNER, PERSON, SHOP, Houses


def sound(houses: Houses | None = None) -> Houses:
    """A group as the law wants it: an individual over an owner over the holding company, a bank and an insurer."""
    made = houses or Houses()
    made.stake(PERSON, OWNER, 100)
    made.stake(OWNER, HOLDING, 60)
    made.stake(HOLDING, BANK, 80)
    made.stake(HOLDING, INSURER, 51)
    return made


def told(houses: Houses, *, whole_group: bool = False) -> list[tuple[str, tuple[int, ...]]]:
    shape = shape_of(houses.desk.group, HOLDING, whole_group=whole_group)
    return [(each.rule, tuple(each.bodies)) for each in shape.findings]


def test_of_a_body_that_there_is_not() -> None:
    with pytest.raises(BadInput, match="of which there is none yet"):
        shape_of(in_memory().group, 1, on=20260501)
    with pytest.raises(BadInput, match="1 to 6"):
        shape_of(Houses().desk.group, 7)


def test_a_sound_group() -> None:
    shape: Shape = shape_of(sound().desk.group, HOLDING)
    assert not shape.findings
    assert [(each.body, each.layer, each.by, each.interest.text) for each in shape.members] == [
        (HOLDING, 1, [], "1"),
        (BANK, 2, [HOLDING], "4/5"),
        (INSURER, 2, [HOLDING], "51/100"),
    ]
    assert [(each.body, each.how, each.part.text) for each in shape.behind] == [
        (PERSON, "owner", "3/5"),
        (HOLDING, "untold", "2/5"),
    ]


def further(houses: Houses, business: str) -> int:
    """One more body."""
    return houses.do("register_body", name=business, kind_of_body="company", business=business)["body"]


def test_an_institution_on_the_third_layer_and_on_the_fourth() -> None:
    houses = sound()
    third = further(houses, "commercial_bank")
    houses.stake(BANK, third, 60)
    assert not told(houses)
    fourth = further(houses, "financial_leasing")
    houses.stake(third, fourth, 60)
    assert told(houses) == [("fhc.layers", (fourth,))]


def test_holdings_back_and_across_and_of_another_type() -> None:
    houses = sound()
    houses.stake(BANK, HOLDING, 1)
    assert told(houses) == [("fhc.no_reverse_cross", (BANK, HOLDING))]
    houses.stake(BANK, HOLDING, 0, from_date=20260501)
    houses.stake(INSURER, OWNER, 0)
    houses.stake(BANK, INSURER, 4)
    assert not told(houses)
    houses.stake(BANK, INSURER, 5, from_date=20260501)
    assert told(houses) == [("fhc.no_reverse_cross", (BANK, INSURER))]
    houses.stake(INSURER, BANK, 1)
    assert len(told(houses)) == 3


def test_a_holding_in_who_controls_the_holding_company_is_one_back() -> None:
    houses = sound()
    houses.stake(PERSON, OWNER, 90, from_date=20260101)
    houses.stake(BANK, OWNER, 10, from_date=20260101)
    assert told(houses) == [("fhc.no_reverse_cross", (BANK, OWNER))]


def test_who_holds_for_another_shows() -> None:
    houses = sound()
    houses.stake(SHOP, HOLDING, 3, nominee_of=PERSON)
    assert told(houses) == [("fhc.own_funds", (SHOP, PERSON, HOLDING))]


def test_a_ring_of_owners_shows() -> None:
    houses = Houses()
    houses.stake(OWNER, HOLDING, 60)
    houses.stake(HOLDING, OWNER, 60)
    houses.stake(HOLDING, BANK, 80)
    assert ("fhc.own_funds", (OWNER, HOLDING)) in told(houses)


@pytest.mark.parametrize(("part", "shows"), [(5, True), (4, False)])
def test_a_main_shareholder_of_three_holding_companies(part: int, shows: bool) -> None:
    houses = sound()
    for place in range(2):
        houses.stake(SHOP, further(houses, "financial_holding"), 5 if place else part)
    houses.stake(SHOP, HOLDING, 5)
    assert [rule for rule, _ in told(houses)] == ["fhc.investor_count"] * shows


def test_stakes_in_concert_count_together() -> None:
    houses = sound()
    others = [further(houses, "financial_holding") for _ in range(2)]
    helper = further(houses, "other")
    for body in (*others, HOLDING):
        houses.stake(SHOP, body, 3)
        houses.stake(helper, body, 2)
    assert not told(houses)
    houses.do("record_concert", members=f"{SHOP},{helper}")
    assert [rule for rule, _ in told(houses)] == ["fhc.investor_count"]


def test_a_family_counts_together() -> None:
    houses = sound()
    others = [further(houses, "financial_holding") for _ in range(2)]
    sister = houses.individual(2)
    for body in (*others, HOLDING):
        houses.stake(PERSON, body, 3)
        houses.stake(sister, body, 2)
    assert not told(houses)
    houses.do("record_family", individual=PERSON, other=sister, tie="sibling", from_date=20260501)
    assert [rule for rule, _ in told(houses)] == ["fhc.investor_count"]


def test_a_ring_of_small_holdings_shows() -> None:
    houses = sound()
    houses.stake(BANK, INSURER, 1)
    third = further(houses, "securities")
    houses.stake(HOLDING, third, 60)
    houses.stake(INSURER, third, 1)
    assert not told(houses)
    houses.stake(third, BANK, 1)
    assert told(houses) == [("fhc.no_reverse_cross", (BANK, INSURER, third))]


@pytest.mark.parametrize(
    ("since", "day", "part", "whole", "shows"),
    [
        (20210502, 20260501, 59, 100, True),
        (20210501, 20260501, 59, 100, False),
        (20210502, 20260501, 60, 120, False),
        (20210502, 20260501, 6, 10, False),
        (20210502, 20260501, 0, 100, True),
        (20210502, 20260502, 0, 100, False),
    ],
)
def test_a_controller_that_lets_go_within_five_years(since: int, day: int, part: int, whole: int, shows: bool) -> None:
    houses = Houses()
    houses.stake(PERSON, OWNER, 100)
    houses.stake(OWNER, HOLDING, 60, from_date=since)
    houses.do("record_stake", owner=OWNER, owned=HOLDING, part=part, whole=whole, from_date=day)
    found = shape_of(houses.desk.group, HOLDING, on=20260502).findings
    assert [(each.rule, each.bodies) for each in found] == [("fhc.sh.lock", [OWNER, HOLDING])] * shows
    if shows:
        assert f"held since {since}" in found[0].found
    assert not shape_of(houses.desk.group, HOLDING, on=20260430).findings


def test_whoever_has_no_control_may_sell_and_five_years_begin_again_after_nothing_was_held() -> None:
    houses = sound()
    houses.stake(SHOP, HOLDING, 20, from_date=20250101)
    houses.stake(SHOP, HOLDING, 10, from_date=20260101)
    assert not told(houses)
    houses.stake(PERSON, HOLDING, 5, from_date=20200201)
    houses.stake(PERSON, HOLDING, 0, from_date=20250301)
    houses.stake(PERSON, HOLDING, 5, from_date=20250401)
    assert not told(houses)
    houses.stake(PERSON, HOLDING, 4, from_date=20260301)
    assert told(houses) == [("fhc.sh.lock", (PERSON, HOLDING))]


def test_who_controls_two_holding_companies() -> None:
    houses = sound()
    second = further(houses, "financial_holding")
    houses.stake(OWNER, second, 51)
    assert told(houses) == [("fhc.investor_count", (PERSON, HOLDING, second))]


def test_products_of_one_manager_together() -> None:
    houses = sound()
    products = [houses.do("register_body", name=f"fund {n}", kind_of_body="product")["body"] for n in range(2)]
    for product in products:
        houses.do("record_steering", holder=SHOP, body=product, steering="by_agreement", part=1, whole=1)
    houses.stake(products[0], HOLDING, 3)
    houses.stake(products[1], HOLDING, 2)
    assert not told(houses)
    houses.stake(products[1], HOLDING, 3, from_date=20260501)
    assert told(houses) == [("fhc.sh.products_cap", (SHOP, *products))]


def test_across_to_others_only_where_the_whole_group_counts() -> None:
    houses = sound()
    houses.stake(HOLDING, SHOP, 60)
    houses.stake(SHOP, BANK, 2)
    houses.stake(BANK, SHOP, 3)
    assert not told(houses)
    assert {rule for rule, _ in told(houses, whole_group=True)} == {"fhc.no_reverse_cross"}


def test_what_changed_between_two_days() -> None:
    houses = sound()
    houses.stake(HOLDING, INSURER, 49, from_date=20260401)
    houses.do("record_office", individual=PERSON, body=BANK, post="director", from_date=20260401)
    found = changes_between(houses.desk.group, 20260331, 20260401)
    assert [(each.what, each.of, each.before, each.after) for each in found] == [
        ("control", str(INSURER), f"{HOLDING}: votes", ""),
        ("director", f"{PERSON} at {BANK}", "", "holds"),
        ("shares", f"{HOLDING} in {INSURER}", "51 of 100", "49 of 100"),
    ]
    assert not changes_between(houses.desk.group, 20260401, 20260501)
    with pytest.raises(BadInput, match="second"):
        changes_between(houses.desk.group, 20260401, 20260331)


def test_from_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    houses = sound(Houses(on_file(path)))
    houses.stake(HOLDING, INSURER, 52, from_date=20260401)
    houses.desk.group.close()
    shape = answer("group", "shape", HOLDING, "--database", path)
    assert [each["body"] for each in shape["members"]] == [HOLDING, BANK, INSURER]
    assert benyuan("group", "shape", HOLDING, "--database", path).exit_code == FINE
    behind = answer("group", "owners", BANK, "--database", path)
    assert sum(each["part"]["ppm"] for each in behind) == 1_000_000
    assert "52 of 100" in benyuan("group", "changes", 20260331, 20260401, "--database", path).stdout
    assert "body: got 99" in benyuan("group", "owners", 99, "--database", path).stderr
    again = Houses(on_file(path), anew=False)
    again.stake(BANK, HOLDING, 1)
    again.desk.group.close()
    found = benyuan("group", "shape", HOLDING, "--database", path)
    assert found.exit_code == FOUND
    assert "fhc.no_reverse_cross" in found.stdout


@pytest.mark.parametrize("on", [20201101, 20230228])
def test_a_shape_of_the_first_years_of_the_order_looks_no_further_back_than_it(on: int) -> None:
    """Shares had changed hands within five years, on days on which nobody controlled by the order yet."""
    houses = sound()
    houses.stake(OWNER, HOLDING, 55, from_date=20201031)
    assert shape_of(houses.desk.group, HOLDING, on=on).members


@pytest.mark.parametrize("day", [20260230, 99999999, -1])
def test_who_stands_behind_is_asked_for_a_day_that_is(day: int) -> None:
    with pytest.raises(BadInput, match="a day that exists"):
        behind_of(Houses().desk.group, HOLDING, on=day)
