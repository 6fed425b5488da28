"""The board and supervisors of a bank of the group, from recorded posts, on a day and as known then."""

from pathlib import Path

import pytest

from benyuan.assurance.group.organs import Organs, organs_of
from benyuan.cli.failures import FINE, FOUND
from benyuan.values.errors import BadInput
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import on_file
from tests.unit.group.figures import grown, office
from tests.unit.group.ownership import BANK, HOLDING, INSURER, PERSON, SHOP, Houses


def met(told: Organs) -> dict[str, bool | None]:
    return {f"{each.who} {each.place.rule.removeprefix('gov.')}": each.met for each in told.checks}


def test_nothing_is_told_of_a_bank_without_recorded_posts() -> None:
    told = organs_of(grown().desk.group, BANK)
    assert (told.how, told.untold, told.unmet) == ("direct", 3, 0)


def test_posts_of_the_day_are_held_against_the_code_and_the_rest_is_told_how_well_it_is_known() -> None:
    houses = grown()
    office(houses, PERSON, BANK, "independent_director")
    told = organs_of(houses.desk.group, BANK, on=20251231)
    assert met(told)[f"{PERSON} indep.term"] is True
    assert [each.found for each in told.checks if each.place.rule == "gov.indep.term"] == ["2191 days"]
    assert {each.place.status for each in told.checks} == {"secondary", "unverified"}
    assert met(organs_of(houses.desk.group, BANK, on=20260102))[f"{PERSON} indep.term"] is False


def test_a_post_at_the_insurer_counts_as_a_company_and_as_no_bank() -> None:
    houses = grown()
    for body in (BANK, INSURER):
        office(houses, PERSON, body, "independent_director")
    told = organs_of(houses.desk.group, BANK, on=20250101)
    assert [each.found for each in told.checks if each.place.rule == "gov.indep.posts"] == ["2", "1"]


def test_a_post_that_ended_is_none_on_the_day_and_stood_before() -> None:
    houses = grown()
    office(houses, PERSON, BANK, "chair")
    office(houses, PERSON, BANK, "chief_executive")
    office(houses, PERSON, BANK, "chief_executive", holds=False, from_date=20260301)
    assert met(organs_of(houses.desk.group, BANK, on=20260228))[f"{BANK} chair_ceo"] is False
    assert met(organs_of(houses.desk.group, BANK, on=20260301))[f"{BANK} chair_ceo"] is None


@pytest.mark.parametrize(("body", "field"), [(HOLDING, "body"), (SHOP, "body"), (99, "body")])
def test_a_body_of_which_the_code_does_not_speak_is_bad_input(body: int, field: str) -> None:
    with pytest.raises(BadInput) as error:
        organs_of(grown().desk.group, body)
    assert error.value.field == field


def test_before_the_code_there_is_nothing_to_hold_against() -> None:
    with pytest.raises(BadInput, match=r"gov\.code\.scope"):
        organs_of(grown().desk.group, BANK, on=20210601)


def test_the_command_line_ends_by_what_it_found(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    houses = grown(Houses(on_file(path)))
    office(houses, PERSON, BANK, "chair")
    houses.desk.group.close()
    told = answer("group", "organs", INSURER, "--database", path)
    assert (told["business"], told["unmet"]) == ("life_insurance", 0)
    assert benyuan("group", "organs", INSURER, "--database", path).exit_code == FINE
    ran = benyuan("group", "organs", BANK, "--database", path)
    assert ran.exit_code == FOUND
    assert "0 of 1" in ran.stdout
