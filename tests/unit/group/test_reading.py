"""Who may read personal data: the role for it, at that entity, on that day, and by their own hand."""

import json
from typing import Any

import pytest

from benyuan.assurance.bureau.asking import ask
from benyuan.assurance.bureau.report import assemble
from benyuan.credit_bureau.vocabulary import Purpose, Role, Way
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.simulate.identities import someone
from benyuan.usecases import USE_CASES
from benyuan.usecases.bureau.look import LookFields
from benyuan.values.dates import add_calendar_days
from tests.unit.bureau.bureaus import shown
from tests.unit.bureau.furnished import with_account
from tests.unit.bureau.test_debts_elsewhere import MEMBER, Both
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import Desk, in_memory, town
from tests.unit.group.staff import CHECKER, HEAD, MAKER, SECOND_HEAD, Office, login_of
from tests.unit.group.test_checks import FREEZE

LOOK: dict[str, Any] = {"person": 1, "purpose": "complaint 7", "task": "complaint"}
RULE, LAST_OF = "gov.house.reading", 366


def granted(office: Office, staff: int = MAKER, **fields: Any) -> int:
    """A role to read from today on, for thirty days: identities for complaints, but for what is said otherwise."""
    given: dict[str, Any] = {"kept": "identity", "task": "complaint", "granted_by": HEAD}
    given |= {"from_date": office.today, "until": add_calendar_days(office.today, 29), **fields}
    made = office.done("grant_reading", by=given["granted_by"], staff=staff, **given)
    return int(made.results["reading_role"])


def to(office: Office, on: int) -> None:
    """The desk's clock, on another day."""
    office.desk.now = moment(on)


def standing(office: Office, kind: str = "disclose_person", *, by: int = MAKER, **fields: Any) -> tuple[str, str]:
    """The rule that refuses a look, and how its reader stands."""
    refusal = office.refused(kind, by=by, **{**LOOK, "reader": by, **fields})
    assert refusal.figures["field"] == "reader"
    return refusal.rule_id, str(refusal.figures["standing"])


@pytest.fixture
def office() -> Office:
    """The town's institution, with staff."""
    return Office()


def check_log(desk: Desk, *, unkept: int = 0) -> None:
    """What is in the log is rebuilt and decided again without a difference."""
    report = verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], unkept)


def test_who_has_the_role_reads_and_leaves_a_row(office: Office) -> None:
    granted(office)
    told = office.done("disclose_person", by=MAKER, **LOOK, reader=MAKER)
    table = office.desk.group.records.tables["personal_read"]
    row = {name: int(table.column(name)[1]) for name in ("sort", "entity", "staff", "position")}
    assert (table.count, row) == (1, {"sort": 1, "entity": 1, "staff": MAKER, "position": told.position})
    explained = why(office.desk.group, told.position)
    assert [each.outcome for each in explained.checks if each.rule_id == RULE] == ["passed"]
    check_log(office.desk)


@pytest.mark.parametrize(
    ("fields", "by", "found"),
    [
        ({"reader": 0, "operator": "li"}, MAKER, "unnamed"),
        ({"reader": 99}, MAKER, "unknown"),
        ({"reader": MAKER}, CHECKER, "another"),
        ({"reader": MAKER}, 0, "another"),
        ({"task": "service"}, MAKER, "no_role"),
        ({"task": ""}, MAKER, "no_role"),
        ({}, CHECKER, "no_role"),
    ],
)
def test_who_has_no_role_for_it_does_not(office: Office, fields: dict[str, Any], by: int, found: str) -> None:
    granted(office)
    assert standing(office, by=by, **fields) == (RULE, found)
    assert office.desk.group.records.tables["personal_read"].count == 0
    check_log(office.desk)


def test_a_word_is_no_number(office: Office) -> None:
    granted(office)
    columns = {**{name: [item] for name, item in LOOK.items()}, "reader": ["li"]}
    (answer,) = office.desk.group.execute_columns(
        kind="disclose_person", columns=columns, client=login_of(MAKER), keys=["word"], at=office.desk.now
    )
    assert answer.invalid is not None
    assert (answer.invalid.field, answer.invalid.value) == ("reader", "li")
    assert office.fault("disclose_person", by=MAKER, **LOOK, reader=MAKER, operator="li") == "operator"
    (answer,) = town().group.execute_columns(
        kind="disclose_person", columns={name: [item] for name, item in LOOK.items()}, client="li", keys=["nobody"]
    )
    assert answer.invalid is not None
    assert answer.invalid.field == "operator"


def test_a_role_for_other_data(office: Office) -> None:
    granted(office, kept="copy")
    assert standing(office) == (RULE, "no_role")


def test_the_first_and_the_last_day(office: Office) -> None:
    first = add_calendar_days(office.today, 1)
    granted(office, from_date=first, until=add_calendar_days(first, 1))
    assert standing(office) == (RULE, "not_begun")
    for day in (first, add_calendar_days(first, 1)):
        to(office, day)
        office.done("disclose_person", by=MAKER, **LOOK, reader=MAKER)
    to(office, add_calendar_days(first, 2))
    assert standing(office) == (RULE, "over")


def test_a_role_that_was_ended(office: Office) -> None:
    role = granted(office)
    office.done("disclose_person", by=MAKER, **LOOK, reader=MAKER)
    office.done("end_reading", reading_role=role)
    assert standing(office) == (RULE, "over")
    assert office.fault("end_reading", reading_role=role) == "reading_role"


def test_who_has_left_reads_nothing_and_checks_nothing(office: Office) -> None:
    granted(office)
    office.require()
    office.agreed("end_staff", by=(HEAD, SECOND_HEAD), staff=MAKER)
    body = json.dumps(FREEZE)
    proposal = {"maker": MAKER, "command": "freeze_amount", "body": body}
    office.done("propose_command", by=MAKER, **proposal)
    office.done("end_staff", staff=MAKER)
    assert standing(office) == (RULE, "left")
    assert office.refused("propose_command", by=MAKER, **proposal).rule_id == "gov.house.checks.role"
    back = office.member(9, individual=MAKER)
    assert back > CHECKER


def test_an_entity_that_requires_checks_keeps_two(office: Office) -> None:
    office.require()
    office.agreed("end_staff", by=(HEAD, SECOND_HEAD), staff=SECOND_HEAD)
    assert office.fault("end_staff", staff=SECOND_HEAD) == "staff"


def test_nobody_gives_themselves_a_role(office: Office) -> None:
    mine: dict[str, Any] = {"kept": "identity", "task": "complaint", "from_date": office.today, "until": office.today}
    refused = office.refused("grant_reading", by=HEAD, staff=HEAD, granted_by=HEAD, **mine)
    assert refused.rule_id == "gov.house.reading.other"
    again = office.member(5, individual=HEAD, sort="body", entity=office_body(office))
    assert office.refused("grant_reading", by=HEAD, staff=again, granted_by=HEAD, **mine).rule_id == (
        "gov.house.checks.role"  # of another entity's staff
    )
    assert office.refused("grant_reading", by=MAKER, staff=CHECKER, granted_by=MAKER, **mine).rule_id == (
        "gov.house.checks.role"
    )
    assert office.fault("grant_reading", by=MAKER, staff=CHECKER, granted_by=HEAD, **mine) == "granted_by"


def office_body(office: Office) -> int:
    """A body on the register."""
    source: dict[str, Any] = {"source": "register", "source_date": office.today, "from_date": office.today}
    return int(office.done("register_body", name="Top", kind_of_body="company", **source).results["body"])


def test_nobody_checks_their_own_role(office: Office) -> None:
    office.require()
    mine: dict[str, Any] = {"kept": "identity", "task": "complaint", "from_date": office.today, "until": office.today}
    asked: dict[str, Any] = {"staff": SECOND_HEAD, "granted_by": HEAD, **mine}
    office.agreed("grant_reading", by=(HEAD, SECOND_HEAD), **asked)
    assert office.refused("grant_reading", by=HEAD, **asked).rule_id == "gov.house.reading.other"
    other = {**asked, "staff": MAKER}
    assert office.refused("grant_reading", by=HEAD, **other).rule_id == "gov.house.checks"
    office.agreed("grant_reading", by=(HEAD, SECOND_HEAD), **other)
    office.done("grant_reading", by=HEAD, **other)
    check_log(office.desk)


@pytest.mark.parametrize(("days", "stands"), [(LAST_OF - 1, True), (LAST_OF, False)])
def test_how_long_a_role_lasts(office: Office, days: int, *, stands: bool) -> None:
    until = add_calendar_days(office.today, days)
    asked = {"staff": MAKER, "kept": "identity", "task": "control", "granted_by": HEAD, "until": until}
    answer = office.ask("grant_reading", by=HEAD, from_date=office.today, **asked)
    assert answer.accepted == stands
    if not stands:
        assert answer.refusal is not None
        assert (answer.refusal.rule_id, answer.refusal.figures["days"]) == ("gov.house.reading.longest", LAST_OF)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"from_date": 20260430}, "from_date"),
        ({"until": 20260430}, "until"),
        ({"until": 20260231}, "until"),
        ({"task": ""}, "task"),
        ({"staff": 99}, "staff"),
        ({"kept": "weather"}, "kept"),
    ],
)
def test_what_makes_no_sense(office: Office, fields: dict[str, Any], field: str) -> None:
    asked = {"staff": MAKER, "kept": "identity", "task": "control", "from_date": 20260501, "until": 20260501}
    columns = {name: [item] for name, item in {**asked, "granted_by": HEAD, **fields}.items()}
    (answer,) = office.desk.group.execute_columns(
        kind="grant_reading", columns=columns, client=login_of(HEAD), keys=["odd"], at=office.desk.now
    )
    assert answer.invalid is not None
    assert answer.invalid.field == field


def test_nobody_reads_their_own_file(office: Office) -> None:
    person = someone(1)
    mine = {"document": person["document"], "number": person["number"], "full_name": person["full_name"]}
    registered = office.done("register_staff", **office.at, login=login_of(9), **mine)
    customer = int(registered.results["staff"])
    granted(office, customer)
    refusal = office.refused("disclose_person", by=9, **LOOK, reader=customer)
    assert (refusal.rule_id, refusal.figures["standing"]) == ("gov.house.reading.own", "own")
    office.done("disclose_person", by=9, **{**LOOK, "person": 2}, reader=customer)
    office.done("ask_own_data", person=1, wants="export", channel="app")
    granted(office, customer, kept="copy", task="request")
    granted(office, kept="copy", task="request")
    assert office.refused("hand_out_data", by=9, request=1, reader=customer).rule_id == "gov.house.reading.own"
    office.done("hand_out_data", by=MAKER, request=1, reader=MAKER)
    check_log(office.desk)


def test_a_reader_of_another_entity(office: Office) -> None:
    office.done("register_lender", name="a lender")
    away = office.member(5, sort="lender", entity=1)
    office.member(6, sort="lender", entity=1)
    office.role(6, "staff", "maker")
    granted(office, away, granted_by=6)
    assert standing(office, by=away) == (RULE, "elsewhere")


def test_who_works_at_two_reads_nothing_until_it_is_on_record_why(office: Office) -> None:
    office.done("register_lender", name="a lender")
    granted(office)
    office.done("disclose_person", by=MAKER, **LOOK, reader=MAKER)
    again = office.member(5, individual=MAKER, sort="lender", entity=1)
    assert standing(office) == ("gov.house.reading.two", "two")
    days = {"from_date": office.today, "until": add_calendar_days(office.today, 1)}
    why_two = {
        "staff": MAKER,
        "other": again,
        "footing": "secondment",
        "agreement": "paper 7",
        "granted_by": HEAD,
        **days,
    }
    assert office.fault("record_shared_post", by=HEAD, **{**why_two, "other": CHECKER}) == "other"
    post = int(office.done("record_shared_post", by=HEAD, **why_two).results["shared_post"])
    office.done("disclose_person", by=MAKER, **LOOK, reader=MAKER)
    to(office, add_calendar_days(office.today, 2))
    assert standing(office) == ("gov.house.reading.two", "two")
    assert office.fault("end_shared_post", shared_post=post) == "shared_post"
    check_log(office.desk, unkept=1)  # what was said of a paper where it made no sense is not kept


def test_names_of_owners_are_read_by_staff_of_a_body(office: Office) -> None:
    asked = {"on": office.today, "seen": 1, "purpose": "filing", "task": "authority"}
    granted(office, kept="ownership", task="authority")
    refusal = office.refused("disclose_ownership", by=MAKER, **asked, reader=MAKER)
    assert (refusal.figures["standing"], refusal.figures["entity"]) == ("elsewhere", "any body")
    top: dict[str, Any] = {"sort": "body", "entity": office_body(office)}
    secretary, personnel = office.member(5, **top), office.member(6, **top)
    office.role(personnel, "staff", "maker")
    granted(office, secretary, kept="ownership", task="authority", granted_by=personnel)
    office.done("disclose_ownership", by=secretary, **asked, reader=secretary)
    check_log(office.desk)


def bureau_office() -> tuple[Any, Office, int]:
    """A bureau with a file, its staff, and one who may look at files for quality."""
    bureau = with_account()
    bureau.desk.now = moment(bureau.on, "10:00")
    office = Office(bureau.desk, at={"sort": "bureau", "entity": 1}, area="bureau")
    return bureau, office, granted(office, kept="file", task="control")


def test_a_look_at_the_bureau() -> None:
    bureau, office, _role = bureau_office()
    look: dict[str, Any] = {
        "bureau": 1,
        "subject": 1,
        "role": "quality",
        "purpose": "quality",
        "way": "screen",
        "staff_name": "Mei",
    }
    look |= {"reason": "a sample", "seen": 1}
    assert office.refused("look", **look).figures["standing"] == "unnamed"
    office.done("look", by=MAKER, **look, reader=MAKER)
    audit = {**look, "role": "audit", "purpose": "audit"}
    office.done("look", by=MAKER, **audit, reader=MAKER)
    for_complaint = {**look, "role": "service", "purpose": "own"}
    assert office.refused("look", by=MAKER, **for_complaint, reader=MAKER).figures["task"] == "service"
    office.role(MAKER, "staff", "checker")
    assert office.refused("look", by=MAKER, **look, reader=MAKER).rule_id == "gov.house.reading.admin"
    check_log(bureau.desk)


def test_what_was_shown_is_not_shown_again_once_the_role_is_over() -> None:
    bureau, office, role = bureau_office()
    command = LookFields(
        bureau=1,
        subject=1,
        role=Role.quality,
        purpose=Purpose.quality,
        way=Way.screen,
        staff_name="Mei",
        reason="a sample",
        seen=0,
        reader=MAKER,
    )

    def shown_again() -> bool:
        got = ask(
            bureau.group, command=command, assemble=assemble, client=login_of(MAKER), key="one", at=office.desk.now
        )
        assert got.answer.outcome is Outcome.accepted
        return got.content is not None

    assert shown_again()
    assert shown_again()
    office.done("end_reading", reading_role=role)
    assert not shown_again()


def test_a_lenders_staff_ask_the_bureau() -> None:
    both = Both()
    both.inquiry()
    both.lender.desk.now = both.lender.group.last_at
    office = Office(both.lender.desk, at={"sort": "lender", "entity": 1}, area="lending")
    asked = {"bureau": 1, "member": MEMBER, "purpose": "loan", "consent": both.consent, "customer": 1, **shown(1)}
    asked |= {"staff_name": "Lin", "seen": 1}
    assert office.refused("inquire", **asked).figures["entity"] == "lender 1"
    granted(office, kept="credit", task="lending")
    office.done("inquire", by=MAKER, **asked, reader=MAKER)
    own = int(office.done("register_staff", **office.at, **shown(1), login=login_of(9)).results["staff"])
    granted(office, own, kept="credit", task="lending")
    assert office.refused("inquire", by=9, **asked, reader=own).rule_id == "gov.house.reading.own"
    outside = {**asked, "member": 1, "consent": both.bureau.consent(1, starts_on=office.today), "customer": 0}
    office.done("inquire", **outside)
    check_log(both.lender.desk)


def test_the_day_before_the_rule_and_the_day_itself() -> None:
    desk = in_memory(now=moment(20211031))
    source = {"source": "register", "source_date": 20211031, "from_date": 20211031, "kind_of_body": "company"}
    desk.done(REGISTRY["register_body"](name="Top", **source))
    office = Office(desk, at={"sort": "body", "entity": 1}, area="figures")
    asked: dict[str, Any] = {"on": 20211031, "seen": 1, "purpose": "filing", "task": "authority"}
    office.done("disclose_ownership", **asked, operator="li")
    to(office, 20211101)
    assert office.refused("disclose_ownership", **asked, operator="li").figures["standing"] == "unnamed"
    granted(office, kept="ownership", task="authority")
    office.done("disclose_ownership", by=MAKER, **asked, reader=MAKER)
    check_log(desk)


@pytest.mark.parametrize(("on", "field"), [(20201031, "at"), (20201101, "")])
def test_roles_are_given_from_the_day_of_the_house_rules_on(on: int, field: str) -> None:
    desk = in_memory(now=moment(on))
    source = {"source": "register", "source_date": on, "from_date": on, "kind_of_body": "company"}
    desk.done(REGISTRY["register_body"](name="Top", **source))
    office = Office(desk, at={"sort": "body", "entity": 1}, area="figures")
    asked = {"staff": MAKER, "kept": "ownership", "task": "authority", "from_date": on, "until": on}
    answer = office.ask("grant_reading", by=HEAD, granted_by=HEAD, **asked)
    assert (answer.invalid.field if answer.invalid else "") == field
    assert answer.accepted == (not field)
