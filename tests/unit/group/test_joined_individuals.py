"""One individual with two documents: one for maker and checker, stakes, families, posts, votes and ties."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from benyuan.assurance.group.access import access_of
from benyuan.assurance.group.approvals import approvals_of
from benyuan.assurance.group.checks import checks_of
from benyuan.assurance.group.individuals import individuals_of
from benyuan.assurance.group.reading import columns_of
from benyuan.assurance.group.related import register_on, related_of
from benyuan.assurance.group.shape import shape_of
from benyuan.cli.failures import FINE
from benyuan.decisions.commands import REGISTRY
from benyuan.governance.reading.standing import gives_roles
from benyuan.governance.related.records import GOVERNANCE_DUTY
from benyuan.governance.related.vocabulary import Stage
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.ownership.interest import interests
from benyuan.parties.ownership.state import State, state_of
from benyuan.simulate.identities import full_name, identity_number
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import on_file
from tests.unit.group.ownership import HOLDING, OWNER, PERSON, SHOP, Houses
from tests.unit.group.related import CHAIR, DIRECTORS, INDEPENDENT, MILLION, OTHER, Board
from tests.unit.group.staff import CHECKER, MAKER, Office
from tests.unit.group.test_checks import FREEZE, assert_sound

GIVEN: Mapping[str, Any] = {"source": "police certificate", "source_date": 20260401}
PASSPORT, PERMIT = "E12345678", "M12345678"


def papers(card: int, passport: str = PASSPORT, **fields: Any) -> dict[str, Any]:
    """The card of a made-up individual is known, the passport is the further document."""
    known = {"known_document": "resident_id", "known_number": identity_number(card)}
    return {"document": "passport", "number": passport, **known, **GIVEN, **fields}


def stated(houses: Houses, kind: str = "join_individuals", **fields: Any) -> dict[str, int]:
    """A statement that is accepted."""
    answer = houses.desk.one(_command(kind, **fields))
    assert answer.accepted, answer.invalid
    return answer.results


def wrong(houses: Houses, kind: str = "join_individuals", **fields: Any) -> str:
    """The field that is at fault."""
    answer = houses.desk.one(_command(kind, **fields))
    assert answer.invalid is not None, answer
    return answer.invalid.field


def _command(kind: str, **fields: Any) -> Any:
    return REGISTRY[kind](**fields)


def travels(houses: Houses, number: int, passport: str = PASSPORT) -> int:
    """The individual of a number, registered once more by passport."""
    shown = {"document": "passport", "number": passport, "full_name": full_name(number)}
    return houses.do("register_individual", **shown)["body"]


def state(houses: Houses, seen: int = 0) -> State:
    """Ownership today."""
    return state_of(columns_of(houses.desk.group), on=20260502, seen=seen or houses.desk.group.position)


@pytest.fixture
def houses() -> Houses:
    """The group of bodies."""
    return Houses()


def test_two_stakes_of_one_investor_are_added(houses: Houses) -> None:
    other = travels(houses, 1)
    houses.stake(PERSON, HOLDING, 30, sort="shares")
    houses.stake(other, HOLDING, 21)
    before = houses.desk.group.position
    assert shape_of(houses.desk.group, HOLDING).behind[0].part.text == "3/10"
    stated(houses, **papers(1))
    now = state(houses)
    assert interests(now.shares, PERSON)[HOLDING] == Fraction(51, 100)
    assert interests(state(houses, before).shares, PERSON)[HOLDING] == Fraction(3, 10)
    control = next(each for each in shape_of(houses.desk.group, PERSON).members if each.body == HOLDING)
    assert control.by == [PERSON]


def test_a_later_stake_under_the_other_document_does_not_end_the_first(houses: Houses) -> None:
    other = travels(houses, 1)
    stated(houses, **papers(1))
    houses.stake(PERSON, HOLDING, 30)
    houses.stake(other, HOLDING, 20, from_date=20210101)
    houses.stake(other, HOLDING, 5, from_date=20220101)
    assert interests(state(houses).shares, PERSON)[HOLDING] == Fraction(35, 100)


@pytest.mark.parametrize(("part", "owes"), [(1, False), (2, True)], ids=["under five per cent", "at it"])
def test_who_comes_to_a_main_stake_by_two_documents_is_reported(houses: Houses, part: int, owes: bool) -> None:
    other = travels(houses, 1)
    stated(houses, **papers(1))
    houses.stake(PERSON, HOLDING, 3, from_date=20260401)
    houses.stake(other, HOLDING, part, from_date=20260401)
    duties = columns_of(houses.desk.group)
    assert len(duties(GOVERNANCE_DUTY, "body")) - 1 == owes


def test_nobody_is_a_nominee_or_a_relative_of_their_own(houses: Houses) -> None:
    other = travels(houses, 1)
    houses.stake(PERSON, HOLDING, 10, nominee_of=other)
    houses.do("record_family", individual=PERSON, other=other, tie="sibling")
    houses.do("record_concert", members=f"{PERSON},{other}")
    assert state(houses).nominees
    stated(houses, **papers(1))
    now = state(houses)
    assert (now.nominees, now.families, now.grounds.concerts[0].members) == ([], (), (PERSON,))
    assert interests(now.shares, PERSON)[HOLDING] == Fraction(1, 10)


def test_three_documents_a_ring_and_a_correction(houses: Houses) -> None:
    first = travels(houses, 1)
    shown = {"document": "hm_travel_permit", "number": PERMIT}
    second = houses.do("register_individual", **shown, full_name=full_name(1))["body"]
    assert stated(houses, **papers(1))["body"] == first
    by_passport = {"known_document": "passport", "known_number": PASSPORT}
    stated(houses, **shown, **by_passport, **GIVEN)
    stated(houses, **papers(1, **shown))  # closes the ring

    def all_of() -> tuple[int, ...]:
        return ones_of(columns_of(houses.desk.group)).all_of(PERSON)

    assert all_of() == (PERSON, first, second)
    stated(houses, "separate_individuals", **papers(1), reason="another holder")
    assert all_of() == (PERSON, first, second), "by way of the permit"
    stated(houses, "separate_individuals", **papers(1, **shown), reason="another holder")
    assert all_of() == (PERSON,)
    assert ones_of(columns_of(houses.desk.group)).all_of(first) == (first, second)
    assert_sound(houses.desk)


def test_what_makes_no_sense(houses: Houses) -> None:
    travels(houses, 1)
    card = {"document": "resident_id", "number": identity_number(1)}
    assert wrong(houses, **papers(1, **card)) == "number", "with oneself"
    assert wrong(houses, **papers(77)) == "known_number", "whom nobody knows"
    assert wrong(houses, **papers(1, source="")) == "source"
    assert wrong(houses, "separate_individuals", **papers(1), reason="x") == "number", "what nobody has stated"
    stated(houses, **papers(1))
    assert wrong(houses, **papers(1)) == "number", "a second time"
    turned = {"document": "resident_id", "number": identity_number(1)}
    by_passport = {"known_document": "passport", "known_number": PASSPORT}
    assert wrong(houses, **turned, **by_passport, **GIVEN) == "number", "the other way round"
    assert wrong(houses, "separate_individuals", **papers(1), reason=" ") == "reason"


def test_the_register_names_one_party_with_both_numbers(houses: Houses) -> None:
    other = travels(houses, 1)
    houses.stake(OWNER, HOLDING, 60)
    houses.stake(other, OWNER, 100)
    group = houses.desk.group
    assert [each.one for each in related_of(group, HOLDING).alike] == []
    houses.do("record_office", individual=PERSON, body=HOLDING, post="director")
    assert [(each.one, each.other) for each in related_of(group, HOLDING).alike] == [("body 5", "body 7")]
    stated(houses, **papers(1))
    told = related_of(group, HOLDING)
    mine = {each.ground: each.also for each in told.entries if each.party == PERSON}
    assert mine == {ground: [other] for ground in ("controller", "controller_beneficial", "insider")}
    assert not told.alike
    register = register_on(group, HOLDING)
    assert register.of(other) == register.of(PERSON) != []


def test_suggestions_need_a_name_and_no_birth_day_against_it(houses: Houses) -> None:
    travels(houses, 1)
    born = identity_number(1)[6:14]
    same_day = next(number for number in count(2) if identity_number(number)[6:14] == born)
    other_day = next(number for number in count(2) if identity_number(number)[6:14] != born)
    for number in (same_day, other_day):
        houses.do("register_individual", document="resident_id", number=identity_number(number), full_name=full_name(1))
    found = individuals_of(houses.desk.group)
    assert [(each.one, each.other, each.same_birth_day) for each in found.alike] == [
        ("body 5", "body 7", False),
        ("body 5", "body 8", True),
        ("body 7", "body 8", False),
        ("body 7", "body 9", False),
    ]
    stated(houses, **papers(1))
    joined = individuals_of(houses.desk.group).joined[0]
    assert (joined.bodies, joined.documents) == ([5, 7], ["body 5: resident_id", "body 7: passport"])
    assert joined.statements[0].source == "police certificate (20260401)"


# ------------------------------------------------------------------------------------------------------ votes


def test_one_individual_votes_once_and_keeps_out_by_either_document() -> None:
    board = Board()
    other = travels(board, OTHER, passport="X1234567")
    board.do("record_office", individual=other, body=SHOP, post="chair")
    board.do("record_office", individual=other, body=HOLDING, post="director")
    fields = {"body": HOLDING, "party": OWNER, "sort": "finance", "amount_fen": MILLION}
    proposal = board.plain("propose_approval", **fields)["proposal"]
    stated(board, **papers(CHAIR, "Y1234567"))
    board.committee(proposal)
    board.opinions(proposal)
    director = DIRECTORS[0]
    twin = travels(board, director, passport="Z1234567")
    board.do("record_office", individual=twin, body=HOLDING, post="director")
    stated(board, **papers(director, "Z1234567"))
    board.vote(proposal, director)
    answer = board.asked("vote_approval", proposal=proposal, member=twin, vote="favour")
    assert answer.invalid is not None
    assert answer.invalid.field == "member"
    board.do("record_family", individual=twin, other=PERSON, tie="sibling")
    assert director in approvals_of(board.desk.group, HOLDING)[0].recused


def test_a_vote_cast_twice_before_it_was_known_is_shown_and_reckoned_anew() -> None:
    board = Board()
    director = DIRECTORS[2]
    twins = [travels(board, director, passport=f"Z123456{number}") for number in range(3)]
    for twin in twins:
        board.do("record_office", individual=twin, body=HOLDING, post="director")
    made = {"body": HOLDING, "party": OWNER, "sort": "finance", "amount_fen": MILLION}
    proposal = board.plain("propose_approval", **made)["proposal"]
    board.committee(proposal)
    board.opinions(proposal)
    for member in (*DIRECTORS[:2], *INDEPENDENT):
        board.vote(proposal, member, "favour" if member != DIRECTORS[0] else "against")
    for member in (director, *twins):
        board.vote(proposal, member, "favour" if member in twins else "against")
    assert board.plain("decide_approval", proposal=proposal)["stage"] == Stage.approved
    assert approvals_of(board.desk.group, HOLDING)[0].anew == ""
    for number in range(3):
        stated(board, **papers(director, f"Z123456{number}"))
    told = approvals_of(board.desk.group, HOLDING)[0]
    assert (told.cast_twice, told.anew, told.is_flawed) == ([director], "rejected", True)
    assert told.stage == "approved"
    assert_sound(board.desk)


# ---------------------------------------------------------------------------------------------- maker and checker


def twin_of(office: Office, staff: int, login: str) -> int:
    """The same individual once more on the staff, by passport, with the checker's role."""
    shown = {"document": "passport", "number": PASSPORT}
    twin = office.member(staff, individual=staff, login=login, **shown)
    office.role(twin, office.area, "checker")
    return twin


def test_who_has_proposed_by_card_does_not_check_by_passport() -> None:
    office = Office()
    twin = twin_of(office, MAKER, "login 5")
    office.done("join_individuals", **papers(900 + MAKER))
    office.require()
    proposal = office.propose("freeze_amount", **FREEZE)
    fields = {"proposal": proposal, "checker": twin, "verdict": "passed"}
    assert office.refused("check_command", by=5, **fields).rule_id == "gov.house.checks.other"
    office.check(proposal, by=CHECKER)
    assert office.done("freeze_amount", **FREEZE).results["freeze"] == 1


def test_the_statement_itself_needs_two_and_then_shows_what_was_checked_alone() -> None:
    office = Office()
    twin = twin_of(office, MAKER, "login 5")
    office.role(1, "compliance", "maker")
    office.role(2, "compliance", "checker")
    office.require()
    for reference in ("a", "b"):
        proposal = office.propose("freeze_amount", **{**FREEZE, "reference": reference})
        office.done("check_command", by=5, proposal=proposal, checker=twin, verdict="passed")
    office.done("freeze_amount", **{**FREEZE, "reference": "a"})
    assert office.refused("join_individuals", **papers(900 + MAKER)).figures["standing"] == "unproposed"
    office.agreed("join_individuals", by=(1, 2), **papers(900 + MAKER))
    office.done("join_individuals", **papers(900 + MAKER))
    flagged = {each.proposal: each.one_individual for each in checks_of(office.desk.group).proposals}
    assert flagged == {1: True, 2: True, 3: False}
    left = office.refused("freeze_amount", **{**FREEZE, "reference": "b"})
    assert left.figures["standing"] == "left"
    assert_sound(office.desk)


def test_one_individual_is_once_on_a_staff() -> None:
    office = Office()
    office.done("join_individuals", **papers(900 + MAKER))
    shown: dict[str, Any] = {
        "document": "passport",
        "number": PASSPORT,
        "full_name": full_name(MAKER),
        "login": "login 9",
    }
    assert office.fault("register_staff", **office.at, **shown) == "sort"


def test_at_the_command_line(tmp_path: Path) -> None:
    """Names are compared where the keys are."""
    path = tmp_path / "group.db"
    houses = Houses(on_file(path))
    travels(houses, 1)
    houses.desk.group.close()
    url = f"sqlite:///{path}"
    told = answer("group", "individuals", "--database", url)
    assert [(each["one"], each["other"]) for each in told["alike"]] == [("body 5", "body 7")]
    shown = benyuan("group", "individuals", "--database", url)
    assert (shown.exit_code, "body 7" in shown.output) == (FINE, True)
    nowhere = answer("group", "individuals", "--database", url, "--keys", str(tmp_path / "none"))
    assert (nowhere["looked"], nowhere["alike"]) == (0, [])


def _reads(office: Office, **fields: Any) -> dict[str, Any]:
    return {"from_date": office.today, "until": office.today, "kept": "identity", "task": "complaint", **fields}


def test_nobody_gives_a_role_to_read_to_their_other_document() -> None:
    office = Office()
    twin = twin_of(office, 1, "login 5")
    asked = _reads(office, staff=twin, granted_by=1)
    office.done("join_individuals", **papers(901))
    assert office.refused("grant_reading", by=1, **asked).rule_id == "gov.house.reading.other"
    office.done("separate_individuals", **papers(901), reason="a namesake")
    office.done("grant_reading", by=1, **asked)
    assert_sound(office.desk)


def test_who_is_staff_of_two_entities_by_two_documents_reads_nothing_until_it_is_on_record_why() -> None:
    office = Office()
    office.done("register_lender", name="a lender")
    away = office.member(5, sort="lender", entity=1, document="passport", number=PASSPORT)
    office.done("grant_reading", by=1, **_reads(office, staff=MAKER, granted_by=1))
    look: dict[str, Any] = {"person": 1, "purpose": "complaint 7", "task": "complaint", "reader": MAKER}
    post: dict[str, Any] = {"staff": MAKER, "other": away, "footing": "secondment", "agreement": "paper 7"}
    post |= {"granted_by": 1, "from_date": office.today, "until": office.today}
    assert office.fault("record_shared_post", by=1, **post) == "other"
    office.done("disclose_person", by=MAKER, **look)
    office.done("join_individuals", **papers(900 + MAKER))
    assert office.refused("disclose_person", by=MAKER, **look).rule_id == "gov.house.reading.two"
    assert [each.what for each in access_of(office.desk.group).amiss] == ["two"]
    office.done("record_shared_post", by=1, **post)
    office.done("disclose_person", by=MAKER, **look)


def test_who_gives_roles_by_card_reads_no_credit_data_by_passport() -> None:
    office = Office()
    twin = twin_of(office, 1, "login 5")
    office.done("grant_reading", by=1, **_reads(office, staff=MAKER, granted_by=1, kept="file", task="control"))
    columns = columns_of(office.desk.group)
    assert [gives_roles(columns, staff=each, on=office.today) for each in (1, twin, MAKER)] == [True, False, False]
    office.done("join_individuals", **papers(901))
    assert [gives_roles(columns, staff=each, on=office.today) for each in (1, twin, MAKER)] == [True, True, False]


@pytest.mark.parametrize("known", [True, False], ids=["passport on file", "card on file"])
def test_nobody_reads_their_own_file_by_either_document(*, known: bool) -> None:
    """Person 1 showed the institution a card; who is staff there by passport is that person."""
    office = Office()
    office.member(5, document="passport", number=PASSPORT)
    office.done("grant_reading", by=1, **_reads(office, staff=5, granted_by=1))
    look: dict[str, Any] = {"person": 1, "purpose": "complaint 7", "task": "complaint", "reader": 5}
    office.done("disclose_person", by=5, **look)
    mine = papers(1)
    if known:
        mine |= {"document": "resident_id", "number": identity_number(1)}
        mine |= {"known_document": "passport", "known_number": PASSPORT}
    else:
        office.done(
            "register_individual",
            document="resident_id",
            number=identity_number(1),
            full_name="x",
            from_date=office.today,
            **GIVEN,
        )
    office.done("join_individuals", **mine)
    assert office.refused("disclose_person", by=5, **look).rule_id == "gov.house.reading.own"
    office.done("disclose_person", by=5, **{**look, "person": 2})
    office.done("separate_individuals", **mine, reason="a namesake")
    office.done("disclose_person", by=5, **look)
    assert_sound(office.desk)
