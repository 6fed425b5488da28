"""What is said to be done about own data was: by a command of its kind, for this customer, after the request."""

from typing import Any

import msgspec
import pytest

from benyuan.assurance.protection.calendar import calendar, counts
from benyuan.assurance.retention import erase
from benyuan.decisions.checking import with_defaults
from benyuan.decisions.commands import REGISTRY
from benyuan.engine.verify import verify
from benyuan.simulate.identities import someone
from benyuan.usecases import USE_CASES
from tests.unit.bureau.bureaus import shown
from tests.unit.bureau.redressing import redress_in_memory
from tests.unit.engine.dated import moment
from tests.unit.protection.claiming import (
    RECEIVED,
    Claims,
    check_invalid,
    check_refused,
    claims_in_town,
    days_on,
)
from tests.unit.protection.houses import IN_WALLET_FEN, House, check_verified, house
from tests.unit.protection.test_beside import GONE

TEXT = "a" * 64
DONE: dict[str, Any] = {"outcome": "done", "words": "it has been done"}


def asked(town: Claims, wants: str, **whom: int) -> int:
    """A request of person 1, but for what is said otherwise; its number."""
    fields = {"wants": wants, "channel": "app", **(whom or {"person": 1})}
    return town.do("ask_own_data", on=RECEIVED, **fields)["request"]


@pytest.mark.parametrize(
    ("wants", "rule"),
    [
        ("withdraw-consent", "pi.consent.withdraw"),
        ("delete", "pi.delete"),
        ("correct", "pi.rights.correct"),
        ("explanation", "pi.auto.explain_refuse"),
        ("human", "pi.auto.explain_refuse"),
        ("export", "pi.rights.access"),
        ("see", "pi.rights.access"),
    ],
)
@pytest.mark.parametrize("outcome", ["done", "partly"])
def test_nothing_is_done_that_no_command_did(wants: str, rule: str, outcome: str) -> None:
    town = claims_in_town()
    request = asked(town, wants)
    ground = {"partly": {"delete": "kept-by-law", "correct": "right-as-it-is", "withdraw-consent": "other-basis"}}
    grounds = ground.get(outcome, {}).get(wants, "confidential" if wants in ("see", "export") else "no-such-decision")
    told = {**DONE, "outcome": outcome, "ground": grounds if outcome == "partly" else "none"}
    check_refused(town, town.ask("answer_own_data", request=request, **told), rule)
    early = town.row("data_request", 1)["position"]
    if wants not in ("export", "see"):
        check_invalid(town.ask("answer_own_data", request=request, **told, carried_out=early), "carried_out")
    assert town.duty()["done_on"] == 0
    town.check()


def test_a_consent_is_ended_by_the_no_that_still_stands() -> None:
    town = claims_in_town()
    yes: dict[str, Any] = {"person": 1, "to": "marketing", "place": "app"}
    town.do("give_consent_to", on=RECEIVED, **yes, text_digest=TEXT)
    before = town.do("withdraw_consent_to", **yes)["position"]
    town.do("give_consent_to", **yes, text_digest=TEXT)
    request = asked(town, "withdraw-consent")
    other = town.do("withdraw_consent_to", **{**yes, "person": 2})["position"]
    mine = town.do("withdraw_consent_to", **yes)["position"]
    town.do("give_consent_to", **yes, text_digest=TEXT)
    for position in (before, other, mine):
        check_invalid(town.ask("answer_own_data", request=request, **DONE, carried_out=position), "carried_out")
    last = town.do("withdraw_consent_to", **yes)["position"]
    assert town.ask("answer_own_data", request=request, **DONE, carried_out=last).accepted
    assert town.row("data_request", 1)["handed"] == last
    request = asked(town, "withdraw-consent", borrower=1)
    off = town.do("switch_profiling_off", borrower=1)["position"]
    assert town.ask("answer_own_data", request=request, **DONE, carried_out=off).accepted
    town.check()


def test_a_correction_is_the_customers_own() -> None:
    town = claims_in_town()
    request = asked(town, "correct")
    moved = {name: {**someone(n), "address": "another street"} for name, n in (("one", 1), ("two", 2))}
    other = town.do("update_person", institution=1, person=2, **moved["two"])["position"]
    check_invalid(town.ask("answer_own_data", request=request, **DONE, carried_out=other), "carried_out")
    mine = town.do("update_person", institution=1, person=1, **moved["one"])["position"]
    assert town.ask("answer_own_data", request=request, **DONE, carried_out=mine).accepted
    request = asked(town, "correct", borrower=1)
    mine = town.do("update_borrower", lender=1, borrower=1, **moved["one"])["position"]
    assert town.ask("answer_own_data", request=request, **DONE, carried_out=mine).accepted
    town.check()


def test_a_borrowers_particulars_are_shown_again_as_a_whole_and_are_nobody_elses() -> None:
    town = claims_in_town()
    town.on = RECEIVED
    taken = town.ask("update_borrower", lender=1, borrower=1, **someone(2))
    check_refused(town, taken, "pay.account.real_name", registered_as_borrower=2)
    check_invalid(town.ask("update_borrower", lender=1, borrower=9, **someone(1)), "borrower")
    fresh = {**someone(1), "number": "E12345678", "document": "passport", "sex": "male", "born": 19900101}
    done = town.ask("update_borrower", lender=1, borrower=1, **fresh, nationality="DEU")
    assert done.accepted, done
    assert town.row("borrower", 1)["particulars"] == done.position
    expired = town.ask("update_borrower", lender=1, borrower=1, **{**someone(1), "valid_until": 20260531})
    check_refused(town, expired, "pay.account.real_name", valid_until_on=20260531)
    town.check()


def test_a_decision_is_explained_and_made_again_for_whoever_it_was_about() -> None:
    town = claims_in_town()
    too_much = town.ask("assess_borrower", on=RECEIVED, borrower=1, line_fen=99_999_999_999)
    assert not too_much.accepted
    others = town.ask("assess_borrower", borrower=2, line_fen=0)
    for wants, kind, more in (
        ("explanation", "explain_decision", {}),
        ("human", "decide_again", {"outcome": "stands"}),
    ):
        request = asked(town, wants, borrower=1)
        told: dict[str, Any] = {"request": request, "staff": 7, "words": "above the most that anybody gets", **more}
        check_invalid(town.ask(kind, decision=others.position, **told), "decision")
        check_invalid(town.ask(kind, decision=99_999, **told), "decision")
        check_invalid(town.ask(kind, decision=too_much.position, **{**told, "words": "ok"}), "words")
        did = town.do(kind, decision=too_much.position, **told)["position"]
        assert town.ask("answer_own_data", request=request, **DONE, carried_out=did).accepted
        check_invalid(town.ask(kind, decision=too_much.position, **told), "request")
    wrong = asked(town, "correct", borrower=1)
    told = {"request": wrong, "staff": 7, "words": "above the most that anybody gets"}
    check_invalid(town.ask("explain_decision", decision=too_much.position, **told), "request")
    town.check()


GROUNDS = (
    *("kept-by-law", "confidential", "technically", "others-data", "right-as-it-is", "still-needed"),
    *("other-basis", "no-such-decision"),
)


@pytest.mark.parametrize(
    ("wants", "known"),
    [
        ("see", {"confidential", "others-data"}),
        ("export", {"confidential", "others-data"}),
        ("correct", {"right-as-it-is"}),
        ("delete", {"kept-by-law", "technically", "still-needed"}),
        ("withdraw-consent", {"other-basis"}),
        ("explanation", {"no-such-decision"}),
        ("human", {"no-such-decision"}),
    ],
)
def test_a_refusal_has_a_ground_that_the_law_knows_for_this_wish(wants: str, known: set[str]) -> None:
    town = claims_in_town()
    told: dict[str, Any] = {"outcome": "refused", "words": "we are sorry to say no"}
    taken = set()
    for ground in GROUNDS:
        answer = town.ask("answer_own_data", request=asked(town, wants), ground=ground, **told)
        if answer.accepted:
            taken.add(ground)
        else:
            check_refused(town, answer, "pi.refusal.grounds", ground=ground, wish=wants.replace("-", "_"))
    assert taken == known
    town.check()


def test_what_is_met_has_no_ground_and_what_is_refused_no_command() -> None:
    town = claims_in_town()
    request = asked(town, "export")
    handed = town.do("hand_out_data", request=request, operator="mei")["position"]
    told: dict[str, Any] = {"request": request, "words": "here is all of it"}
    check_invalid(town.ask("answer_own_data", outcome="done", ground="confidential", **told), "ground")
    refused: dict[str, Any] = {"outcome": "refused", "ground": "confidential"}
    check_invalid(town.ask("answer_own_data", **told, **refused, carried_out=handed), "carried_out")
    check_invalid(town.ask("answer_own_data", outcome="done", carried_out=handed - 1, **told), "carried_out")
    assert town.ask("answer_own_data", outcome="done", carried_out=handed, **told).accepted
    town.check()


@pytest.mark.parametrize(("day", "state", "level"), [(30, "open", 0), (31, "past_aim", 1), (38, "past_aim", 2)])
def test_a_request_that_lies_is_past_the_aim_and_climbs(day: int, state: str, level: int) -> None:
    town = claims_in_town()
    asked(town, "export")
    duty = next(each for each in calendar(town.group, on=days_on(day), days=0) if each.room == "protection")
    assert (duty.state, duty.level, duty.expected_on, duty.days_left) == (state, level, days_on(30), 30 - day)
    assert counts(town.group, on=days_on(day))["past_aim"] == int(state == "past_aim")
    made = town.do("climb_duties", on=days_on(day), date=days_on(day))
    assert (made["overdue"], made["past_aim"], made["highest"]) == (0, int(level > 0), level)
    assert town.duty()["level"] == level
    town.check()


def test_what_was_done_past_the_aim_is_done_and_no_breach() -> None:
    town = claims_in_town()
    request = asked(town, "delete")
    told = {"outcome": "refused", "ground": "kept-by-law", "words": "ten years by law"}
    assert town.ask("answer_own_data", on=days_on(40), request=request, **told).accepted
    (duty,) = (each for each in calendar(town.group, on=days_on(40)) if each.room == "protection")
    assert duty.state == "done"


def test_at_the_bureau_the_commands_of_the_bureau_count() -> None:
    bureau = redress_in_memory()
    at_bureau = Claims(bureau.desk)
    at_bureau.on = bureau.on

    def answered(wants: str, kind: str, **fields: Any) -> None:
        request = at_bureau.do("ask_own_data", subject=1, wants=wants, channel="app")["request"]
        others = at_bureau.do("ask_own_data", subject=2, wants=wants, channel="app")["request"]
        did = at_bureau.do(kind, **fields)["position"]
        told = {**DONE, "carried_out": did}
        check_invalid(at_bureau.ask("answer_own_data", request=others, **told), "carried_out")
        assert at_bureau.ask("answer_own_data", request=request, **told).accepted

    at_bureau.do("ask_explanation", **shown(1), bureau=1, inquiry=1, words="why so low")
    at_bureau.do("ask_human_review", **shown(1), bureau=1, inquiry=1, words="look again")
    answered("explanation", "give_explanation", review=1, words="by what was furnished")
    answered("human", "decide_review", review=2, reviewer="Lin Ke", outcome="stands", words="it stands")
    answered("withdraw-consent", "revoke_consent", consent=1)
    answered("delete", "delete_account", member=1, account=1, reason="not theirs")
    report = verify(at_bureau.group.store, vault=at_bureau.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences) == ([], [])
    assert report.undecidable == 2, "the months of the account, and what took them out"


def test_data_of_somebody_who_is_erased_are_deleted() -> None:
    home = house(products=0)
    home.do("withdraw", wallet=1, bank_account=2, amount_fen=IN_WALLET_FEN, authentication="two_kinds_with_certificate")
    home.do("close_wallet", wallet=1, bank_account=2)
    home.desk.now = moment(GONE)
    requests = [home.do("ask_own_data", on=GONE, person=n, wants="delete", channel="app")["request"] for n in (1, 2)]
    erase(home.group, on=GONE, at=None)
    erased = [number for number in range(home.group.position, 0, -1) if _erases_people(home, number)]
    assert erased
    told = {**DONE, "carried_out": erased[0]}
    check_invalid(home.ask("answer_own_data", request=requests[1], **told), "carried_out")
    assert home.ask("answer_own_data", request=requests[0], **told).accepted
    check_verified(home)


def _erases_people(home: House, position: int) -> bool:
    opened = home.group.reader.at_position(position)
    return opened.block.kind == "erase_records" and opened.batch().row(0)["sort"] == "person"


@pytest.mark.parametrize(
    ("kind", "version"), [("take_customer_complaint", 3), ("add_evidence", 2), ("answer_customer_complaint", 2)]
)
def test_commands_of_the_version_before_are_still_read(kind: str, version: int) -> None:
    """What was added since has a default, so that a log of before is read."""
    command = REGISTRY[kind]
    before = {field.name for field in msgspec.structs.fields(command) if field.default is msgspec.NODEFAULT}
    columns = with_defaults(command=command, columns={name: [1] for name in before}, count=1)
    assert set(columns) == set(command.__struct_fields__) - set(command.personal) | before
    assert command.version == version
