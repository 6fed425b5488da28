"""Maker and checker: what needs two, who they are, what was checked, for how long, and how often it lets through."""

import json
from typing import Any

import pytest

from benyuan.assurance.group.checks import PERSONAL, checks_of, proposed_body
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Answer
from benyuan.engine.intake import content_of
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.governance.checks.standing import CHECKED, areas_on
from benyuan.simulate.identities import identity_number
from benyuan.usecases import USE_CASES
from benyuan.usecases.checks.whose import WHOSE
from tests.unit.bureau.bureaus import BEGAN as BUREAU_BEGAN
from tests.unit.bureau.bureaus import found_bureau
from tests.unit.bureau.furnished import furnish, furnish_account, months
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import HOUR, Desk, in_memory, regime, town
from tests.unit.group.staff import AT, CHECKER, HEAD, MAKER, SECOND_HEAD, Office, login_of

FREEZE: dict[str, Any] = {"wallet": 1, "amount_fen": 500, "reference": "order 1"}
OTHER = "gov.house.checks.other"
ROLE = "gov.house.checks.role"


@pytest.fixture
def office() -> Office:
    """The town's institution, which requires checks."""
    made = Office()
    made.require()
    return made


def standing(office: Office, kind: str = "freeze_amount", **fields: Any) -> str:
    """How the proposal of a command stands that is refused for want of a check."""
    refused = office.refused(kind, **(fields or FREEZE))
    assert refused.rule_id == CHECKED
    return str(refused.figures["standing"])


def assert_sound(desk: Desk) -> None:
    """The log and what follows from it agree, and everything is decided again as it was."""
    report = verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES)
    assert report.ok, (report.faults, report.differences)


def test_without_staff_on_record_nothing_changes() -> None:
    desk = town()
    assert desk.one(REGISTRY["freeze_amount"](**FREEZE)).accepted


def test_staff_alone_changes_nothing() -> None:
    assert Office().ask("freeze_amount", **FREEZE).accepted


def test_nothing_is_done_alone(office: Office) -> None:
    assert standing(office) == "unproposed"
    proposal = office.propose("freeze_amount", **FREEZE)
    assert standing(office) == "unchecked"
    office.check(proposal)
    assert office.done("freeze_amount", **FREEZE).results["freeze"] == 1
    assert standing(office) == "used"
    assert_sound(office.desk)


@pytest.mark.parametrize(
    "other",
    [{"amount_fen": 501}, {"amount_fen": 499}, {"wallet": 2}, {"reference": "order 2"}],
    ids=["a fen more", "a fen less", "another wallet", "another reference"],
)
def test_another_body_is_another_command(office: Office, other: dict[str, Any]) -> None:
    office.agreed("freeze_amount", **FREEZE)
    assert standing(office, **{**FREEZE, **other}) == "unproposed"


def test_a_verdict_against_lets_nothing_through(office: Office) -> None:
    office.check(office.propose("freeze_amount", **FREEZE), verdict="refused")
    assert standing(office) == "refused"


def test_the_last_day_counts_and_the_next_does_not(office: Office) -> None:
    for reference in ("a", "b"):
        office.agreed("freeze_amount", **{**FREEZE, "reference": reference})
    office.desk.now = moment(20260508)
    assert office.ask("freeze_amount", **{**FREEZE, "reference": "a"}).accepted
    office.desk.now = moment(20260509)
    assert standing(office, **{**FREEZE, "reference": "b"}) == "expired"


def test_a_proposal_that_is_over_is_not_checked_any_more(office: Office) -> None:
    proposal = office.propose("freeze_amount", **FREEZE)
    office.desk.now = moment(20260509)
    fields = {"proposal": proposal, "checker": CHECKER, "verdict": "passed"}
    assert office.fault("check_command", by=CHECKER, **fields) == "proposal"


def test_nobody_checks_their_own(office: Office) -> None:
    role: dict[str, Any] = {"staff": MAKER, "area": "payments", "act": "checker", "from_date": office.today}
    office.agreed("assign_role", by=(HEAD, SECOND_HEAD), **role)
    office.done("assign_role", **role)
    proposal = office.propose("freeze_amount", **FREEZE)
    refused = office.refused("check_command", by=MAKER, proposal=proposal, checker=MAKER, verdict="passed")
    assert (refused.rule_id, refused.figures) == (OTHER, {"maker": MAKER, "checker": MAKER})


def test_a_second_login_does_not_make_a_second_individual(office: Office) -> None:
    """Somebody is staff of two entities, and comes by the other login."""
    office.done("register_lender", name="a lender")
    again = office.member(5, individual=MAKER, sort="lender", entity=1)
    proposal = office.propose("freeze_amount", **FREEZE)
    assert office.refused("check_command", by=5, proposal=proposal, checker=again, verdict="passed").rule_id == OTHER


def test_one_individual_is_one_member_of_an_entity_and_a_login_one_members(office: Office) -> None:
    shown: dict[str, Any] = {**AT, "document": "resident_id", "full_name": "王小明"}
    same = {**shown, "number": identity_number(900 + MAKER), "login": "another"}
    assert office.fault("register_staff", **same) == "sort"
    assert (
        office.fault("register_staff", **{**shown, "number": identity_number(990), "login": login_of(MAKER)}) == "login"
    )


def test_nobody_speaks_for_another(office: Office) -> None:
    body = {"maker": MAKER, "command": "freeze_amount", "body": json.dumps(FREEZE)}
    assert office.fault("propose_command", by=CHECKER, **body) == "maker"
    proposal = office.propose("freeze_amount", **FREEZE)
    assert office.fault("check_command", by=MAKER, proposal=proposal, checker=CHECKER, verdict="passed") == "checker"


def test_roles_are_of_an_area_and_an_act(office: Office) -> None:
    body = {"command": "freeze_amount", "body": json.dumps(FREEZE)}
    for staff in (HEAD, CHECKER):
        refused = office.refused("propose_command", by=staff, maker=staff, **body)
        assert (refused.rule_id, refused.figures["act"]) == (ROLE, "maker")
    proposal = office.propose("freeze_amount", **FREEZE)
    refused = office.refused("check_command", by=SECOND_HEAD, proposal=proposal, checker=SECOND_HEAD, verdict="passed")
    assert (refused.rule_id, refused.figures["area"]) == (ROLE, "payments")


def test_who_has_left_lets_nothing_through_any_more(office: Office) -> None:
    office.agreed("freeze_amount", **FREEZE)
    office.agreed("end_role", by=(HEAD, SECOND_HEAD), role=4)
    office.done("end_role", role=4)
    assert standing(office) == "left"


def test_the_staff_of_another_entity_decides_nothing_here(office: Office) -> None:
    office.done("register_institution", name="another")
    for number, act in ((5, "maker"), (6, "checker")):
        office.member(number, sort="institution", entity=2)
        office.role(number, "payments", act)
    office.agreed("freeze_amount", by=(5, 6), **FREEZE)
    assert standing(office) == "elsewhere"


def test_roles_need_two_themselves_once_checks_are_required(office: Office) -> None:
    office.member(5)
    role: dict[str, Any] = {"staff": 5, "area": "payments", "act": "maker", "from_date": office.today}
    assert standing(office, "assign_role", **role) == "unproposed"
    office.agreed("assign_role", by=(HEAD, SECOND_HEAD), **role)
    office.done("assign_role", **role)
    assert standing(office, "end_role", role=5) == "unproposed"


def test_checks_are_required_once_for_ever_by_an_entity_that_has_two() -> None:
    office = Office()
    office.done("register_institution", name="another")
    later: dict[str, Any] = {"from_date": office.today}
    assert office.fault("require_checks", sort="institution", entity=2, **later) == "entity"
    assert office.fault("require_checks", sort="institution", entity=3, **later) == "entity"
    assert office.fault("require_checks", **AT, from_date=office.today - 1) == "from_date"
    office.done("require_checks", **AT, from_date=20260503)
    assert office.fault("require_checks", **AT, **later) == "entity"
    office.desk.now = moment(20260502)
    assert office.ask("freeze_amount", **FREEZE).accepted
    office.desk.now = moment(20260503)
    assert standing(office) == "unproposed"
    office.agreed("end_role", by=(HEAD, SECOND_HEAD), role=1)
    assert office.fault("end_role", role=1) == "role"


def test_two_of_one_file_need_two_proposals(office: Office) -> None:
    """However the file is cut: the first is let through, the second is not."""
    office.agreed("freeze_amount", **FREEZE)
    columns = {name: [value, value] for name, value in FREEZE.items()}
    answers = office.desk.group.execute_columns(
        kind="freeze_amount", columns=columns, client="file", keys=["line 1", "line 2"]
    )
    assert [answer.accepted for answer in answers] == [True, False]
    assert answers[1].refusal.figures["standing"] == "used"
    for _ in range(2):
        office.agreed("freeze_amount", **{**FREEZE, "reference": "order 2"})
    columns["reference"] = ["order 2"] * 2
    answers = office.desk.group.execute_columns(
        kind="freeze_amount", columns=columns, client="file", keys=["line 3", "line 4"]
    )
    assert [answer.accepted for answer in answers] == [True, True]
    assert_sound(office.desk)


def test_of_a_file_only_what_was_checked_is_done(office: Office) -> None:
    office.agreed("freeze_amount", **FREEZE)
    columns = {"wallet": [2, 1, 99], "amount_fen": [500, 500, 500], "reference": ["order 1"] * 3}
    answers = office.desk.group.execute_columns(
        kind="freeze_amount", columns=columns, client="file", keys=["1", "2", "3"]
    )
    assert [answer.outcome.name for answer in answers] == ["refused", "accepted", "invalid"]
    assert answers[0].refusal.rule_id == CHECKED
    assert_sound(office.desk)


def test_the_same_key_gets_the_first_answer_and_uses_nothing(office: Office) -> None:
    office.agreed("freeze_amount", **FREEZE)
    made = REGISTRY["freeze_amount"](**FREEZE)
    first = office.desk.one(made, key="k")
    again = office.desk.one(made, key="k")
    assert again.repeated
    assert again.results == first.results


def test_a_command_that_another_rule_refuses_leaves_the_proposal(office: Office) -> None:
    much: dict[str, Any] = {"institution": 1, "amount_fen": 10**12, "source": "fees", "proof": "p", "reviewed": True}
    office.agreed("withdraw_own_money", **much)
    answers = [office.ask("withdraw_own_money", **much) for _ in range(2)]
    assert CHECKED not in {answer.refusal.rule_id for answer in answers if answer.refusal}
    assert not any(answer.accepted for answer in answers)


def test_personal_fields_are_part_of_what_was_checked(office: Office) -> None:
    credit: dict[str, Any] = {"wallet": 1, "amount_fen": 100, "reason": "compensation", "memo": "for a friend"}
    office.agreed("credit_wallet", **credit)
    assert standing(office, "credit_wallet", **{**credit, "memo": "for another"}) == "unproposed"
    answer = office.ask("credit_wallet", **credit)
    assert answer.refusal is None or answer.refusal.rule_id != CHECKED


def test_what_speaks_of_the_whole_installation_is_checked_where_checks_are_required(office: Office) -> None:
    assert standing(office, "unlist_name", entry=1, reference="r") == "unproposed"
    for staff, act in ((MAKER, "maker"), (CHECKER, "checker")):
        role: dict[str, Any] = {"staff": staff, "area": "compliance", "act": act, "from_date": office.today}
        office.agreed("assign_role", by=(HEAD, SECOND_HEAD), **role)
        office.done("assign_role", **role)
    office.agreed("unlist_name", entry=1, reference="r")
    assert office.fault("unlist_name", entry=1, reference="r") == "entry"


def test_a_body_made_for_the_purpose_checks_nothing(office: Office) -> None:
    """Who founds an entity, employs two there and has it require checks would pass what speaks of all."""
    made: dict[str, Any] = {"name": "shell", "kind_of_body": "company", "business": "none", "from_date": office.today}
    office.done("register_body", **made, source="register", source_date=office.today)
    office.at = {"sort": "body", "entity": 1}
    for number, act in ((5, "maker"), (6, "checker")):
        office.member(number)
        for area in ("staff", "compliance"):
            office.role(number, area, act)
    further: dict[str, Any] = {**office.at, "from_date": office.today}
    assert standing(office, "require_checks", **further) == "unproposed"
    office.agreed("unlist_name", by=(5, 6), entry=1, reference="r")
    assert standing(office, "unlist_name", entry=1, reference="r") == "elsewhere"
    office.agreed("require_checks", by=(HEAD, SECOND_HEAD), **further)
    office.done("require_checks", **further)
    assert_sound(office.desk)


def test_a_proposal_says_a_command_that_makes_sense(office: Office) -> None:
    def fault(kind: str, body: str) -> str:
        return office.fault("propose_command", by=MAKER, maker=MAKER, command=kind, body=body)

    assert fault("pay", "{}") == "command"
    assert fault("no such thing", "{}") == "command"
    deep = "[" * 19_000
    for body in ("{", "[]", "{}", deep, json.dumps({**FREEZE, "more": 1}), json.dumps({**FREEZE, "amount_fen": 0})):
        assert fault("freeze_amount", body) == "body"


def test_why_shows_the_gate(office: Office) -> None:
    position = office.ask("freeze_amount", **FREEZE).position
    told = next(check for check in why(office.desk.group, position).checks if check.rule_id == CHECKED)
    assert (told.outcome, told.figures["entity"], told.figures["standing"]) == (
        "refused",
        "institution 1",
        "unproposed",
    )
    office.agreed("freeze_amount", **FREEZE)
    position = office.done("freeze_amount", **FREEZE).position
    told = next(check for check in why(office.desk.group, position).checks if check.rule_id == CHECKED)
    assert told.outcome == "passed"


def test_the_day_before_the_rule_nothing_is_sensitive() -> None:
    pack = regime().pack
    assert "freeze_amount" in areas_on(pack, 20201101)
    assert not areas_on(pack, 20201031)


def test_every_sensitive_kind_exists_and_says_whose_it_is() -> None:
    """What names nobody speaks of the whole installation; these and no others do."""
    listed = areas_on(regime().pack, 20261128)
    assert set(listed) <= set(USE_CASES)
    assert set(WHOSE) <= set(listed)
    whole = {"list_name", "unlist_name", "erase_records", "close_investigation", "require_checks"}
    whole |= {"join_individuals", "separate_individuals", "record_adverse_fact"}
    assert set(listed) - set(WHOSE) == whole
    for kind, ways in WHOSE.items():
        assert {way.field for way in ways} <= set(REGISTRY[kind].__struct_fields__), kind


def test_the_log_keeps_no_word_of_what_is_proposed(office: Office) -> None:
    secret = "文件编号八千"
    office.propose("freeze_amount", **{**FREEZE, "reference": secret})
    assert not any(secret.encode() in block.body for block in office.desk.group.store.blocks())


def test_a_new_group_is_asked_for_no_key() -> None:
    desk = in_memory()
    desk.now += HOUR
    assert desk.one(REGISTRY["register_institution"](name="an institution")).accepted


def test_the_report_tells_who_tried_alone(office: Office) -> None:
    proposal = office.propose("freeze_amount", **FREEZE)
    office.ask("freeze_amount", **FREEZE)
    office.ask("check_command", by=MAKER, proposal=proposal, checker=MAKER, verdict="passed")
    office.check(proposal)
    office.done("freeze_amount", **FREEZE)
    told = checks_of(office.desk.group)
    assert told.required == {"institution 1": office.today}
    assert [each.login for each in told.members] == [login_of(number) for number in (HEAD, SECOND_HEAD, MAKER, CHECKER)]
    (used,) = told.proposals
    assert (used.state, used.command, used.maker, used.checker) == ("used", "freeze_amount", MAKER, CHECKER)
    assert [(each.command, each.rule, each.client) for each in told.attempts] == [
        ("freeze_amount", CHECKED, "desk"),
        ("check_command", OTHER, login_of(MAKER)),
    ]
    assert {each.entity for each in told.attempts} == {"institution 1"}


def test_the_report_tells_who_spoke_for_another(office: Office) -> None:
    proposal = office.propose("freeze_amount", **FREEZE)
    office.ask("check_command", by=MAKER, proposal=proposal, checker=CHECKER, verdict="passed")
    (told,) = checks_of(office.desk.group).attempts
    assert (told.rule, told.client, told.entity) == ("", login_of(MAKER), "institution 1")


@pytest.mark.parametrize(
    ("day", "state"), [(20260501, "open"), (20260508, "open"), (20260509, "expired")], ids=["first", "last", "after"]
)
def test_how_a_proposal_stands_on_a_day(office: Office, day: int, state: str) -> None:
    office.propose("freeze_amount", **FREEZE)
    (told,) = checks_of(office.desk.group, on=day).proposals
    assert told.state == state


def test_the_report_of_a_body_is_of_what_keeps_its_book(office: Office) -> None:
    book = int(office.desk.group.records.tables["institution"].column("book")[1])
    source: dict[str, Any] = {
        "source": "register",
        "source_date": 20260401,
        "from_date": 20200101,
        "kind_of_body": "company",
    }
    ours = office.done("register_body", name="ours", business="payment", book=book, **source).results["body"]
    other = office.done("register_body", name="other", business="payment", **source).results["body"]
    office.propose("freeze_amount", **FREEZE)
    assert len(checks_of(office.desk.group, ours).proposals) == 1
    assert not checks_of(office.desk.group, other).proposals
    assert not checks_of(office.desk.group, other).members


def test_records_that_come_with_a_command_are_part_of_what_was_checked() -> None:
    bureau = found_bureau(in_memory(now=moment(BUREAU_BEGAN)))
    bureau.on = 20260401
    furnish_account(bureau, 1)
    assert furnish(bureau, months({"account": 1})).accepted
    bureau.desk.now = bureau.group.last_at
    at = {"sort": "bureau", "entity": 1}
    office = Office(bureau.desk, at=at, area="bureau")
    office.require()
    records = months({"account": 1, "due_fen": 7})

    def sent() -> Answer:
        fields = {"bureau": 1, "member": 1}
        key = f"correction {office.desk.group.position}"
        return office.desk.group.execute_parcel(
            kind="correct_months", columns=fields, records=records, client="bank", key=key
        )

    refused = sent().refusal
    assert refused is not None
    assert refused.figures["standing"] == "unproposed"
    office.agreed("correct_months", bureau=1, member=1, content=content_of(months({"account": 1, "due_fen": 8})))
    assert sent().refusal is not None
    office.agreed("correct_months", bureau=1, member=1, content=content_of(records))
    assert sent().accepted


def test_what_is_proposed_can_be_read_but_for_what_is_personal(office: Office) -> None:
    credit: dict[str, Any] = {"wallet": 1, "amount_fen": 100, "reason": "compensation", "memo": "for a friend"}
    number = office.propose("credit_wallet", **credit)
    told = proposed_body(office.desk.group, number)
    assert told.fields == {**credit, "memo": PERSONAL}


def test_nobody_alone_frees_a_customer_of_the_gate_at_postings(office: Office) -> None:
    """A tie that ends is asked nothing more, so it is checked at the firm whose customer it is."""
    given: dict[str, Any] = {"source": "register", "source_date": office.today, "from_date": office.today}
    paper: dict[str, Any] = {"document": "resident_id", "number": identity_number(1)}
    body = int(office.done("register_individual", **paper, full_name="who is tied", **given).results["body"])
    tie: dict[str, Any] = {"body": body, "institution": 1, "lender": 0, **paper, **given}
    assert standing(office, "tie_customer", **tie, holds=False) == "unproposed"
    for staff, act in ((MAKER, "maker"), (CHECKER, "checker")):
        role: dict[str, Any] = {"staff": staff, "area": "compliance", "act": act, "from_date": office.today}
        office.agreed("assign_role", by=(HEAD, SECOND_HEAD), **role)
        office.done("assign_role", **role)
    office.agreed("tie_customer", **tie)
    assert standing(office, "tie_customer", **tie, holds=False) == "unproposed"
    office.done("tie_customer", **tie)
    assert_sound(office.desk)
