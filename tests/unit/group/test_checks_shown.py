"""What nobody can check there is not, and who is to check reads what is personal, which the log says first."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benyuan.assurance.group.checks import checks_of, proposed_body
from benyuan.cli.failures import BAD_INPUT, FINE, FOUND
from benyuan.engine.checks import NobodyChecked
from benyuan.engine.group import system_clock
from benyuan.ledger.layout import LEG
from benyuan.values.errors import BadInput
from tests.unit.cli.running import benyuan
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import found_town, on_file
from tests.unit.group.staff import CHECKER, HEAD, MAKER, Office, login_of
from tests.unit.group.test_checks import FREEZE, assert_sound


@pytest.fixture
def office() -> Office:
    """The town's institution, which requires checks."""
    made = Office()
    made.require()
    return made


# ------------------------------------------------------------------------------------- what cannot be checked


def test_no_legs_or_accounts_without_a_command_from_the_day_on_which_checks_are_required(office: Office) -> None:
    """The fixture requires them today; a day before there would have been no refusal."""
    group = office.desk.group
    before = group.head
    for bare in (
        lambda: group.post(debit_account=[1], credit_account=[2], amount=[1], code=9),
        lambda: group.post_records(np.zeros(0, LEG)),
        lambda: group.create_accounts(book=[1], unit=1, code=1),
    ):
        with pytest.raises(NobodyChecked, match="institution 1"):
            bare()
    assert group.head == before
    assert_sound(office.desk)


def test_legs_without_a_command_are_the_ledgers_own_until_then() -> None:
    office = Office()
    office.done("require_checks", **office.at, from_date=20260502)
    group = office.desk.group
    group.create_accounts(book=[7, 7], unit=1, code=1)
    office.desk.now = moment(20260502)
    with pytest.raises(NobodyChecked):
        group.create_accounts(book=[7], unit=1, code=1)


# --------------------------------------------------------------------------------------- what the checker reads


@pytest.fixture
def listing() -> Office:
    """An office in which two may list a name, which is personal."""
    made = Office(area="compliance")
    made.require()
    return made


def test_who_may_check_reads_what_is_personal_and_the_log_says_so(listing: Office) -> None:
    proposal = listing.propose("list_name", name_list="house", name="Li Si")
    group = listing.desk.group
    assert "Li Si" not in proposed_body(group, proposal).fields.values()
    asked: dict[str, Any] = {"proposal": proposal, "purpose": "to check it"}
    for other in (MAKER, HEAD):
        assert listing.refused("disclose_proposal", by=other, staff=other, **asked).rule_id == "gov.house.checks.shown"
    assert listing.fault("disclose_proposal", by=MAKER, staff=CHECKER, **asked) == "staff"
    answer = listing.done("disclose_proposal", by=CHECKER, staff=CHECKER, **asked)
    assert proposed_body(group, proposal, shown_at=answer.position).fields["name"] == "Li Si"
    with pytest.raises(BadInput, match="shown_at"):
        proposed_body(group, proposal, shown_at=answer.position - 1)
    assert [each.shown_to for each in checks_of(group).proposals] == [[CHECKER]]
    listing.check(proposal)
    assert listing.fault("disclose_proposal", by=CHECKER, staff=CHECKER, **asked) == "proposal", "it waits no more"
    assert_sound(listing.desk)


@pytest.mark.parametrize(("on", "field"), [(20260508, None), (20260509, "proposal")], ids=["the last day", "after"])
def test_what_is_over_is_not_shown(listing: Office, on: int, field: str | None) -> None:
    proposal = listing.propose("list_name", name_list="house", name="Li Si")
    listing.desk.now = moment(on)
    asked: dict[str, Any] = {"proposal": proposal, "staff": CHECKER, "purpose": "to check it"}
    answer = listing.ask("disclose_proposal", by=CHECKER, **asked)
    assert (answer.invalid and answer.invalid.field) == field


def test_the_checker_reads_it_at_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    office = Office(found_town(on_file(path)), area="compliance")
    office.desk.now = max(office.desk.now, system_clock())  # at the command line it is today
    proposal = office.propose("list_name", name_list="house", name="Li Si")
    office.desk.group.close()
    asked = ("group", "checks", "--proposal", str(proposal), "--database", f"sqlite:///{path}")
    plain = benyuan(*asked)
    assert (plain.exit_code, "Li Si" in plain.output) == (FINE, False)
    for login, code, told in (
        (login_of(CHECKER), FINE, True),
        (login_of(MAKER), FOUND, False),
        ("x", BAD_INPUT, False),
    ):
        shown = benyuan(*asked, "--login", login)
        assert (shown.exit_code, "Li Si" in shown.output) == (code, told), shown.output


def test_who_is_staff_of_two_entities_is_shown_no_proposal_until_it_is_on_record_why() -> None:
    office = Office()
    office.done("register_lender", name="a lender")
    proposal = office.propose("freeze_amount", **FREEZE)
    shown: dict[str, Any] = {"proposal": proposal, "staff": CHECKER, "purpose": "to check it"}
    office.done("disclose_proposal", by=CHECKER, **shown)
    again = office.member(5, individual=CHECKER, sort="lender", entity=1)
    assert office.refused("disclose_proposal", by=CHECKER, **shown).rule_id == "gov.house.reading.two"
    post: dict[str, Any] = {"staff": CHECKER, "other": again, "footing": "secondment", "agreement": "paper 7"}
    days = {"from_date": office.today, "until": office.today}
    office.done("record_shared_post", by=HEAD, **post, **days, granted_by=HEAD)
    office.done("disclose_proposal", by=CHECKER, **shown)
