"""A customer asks about their own data, and takes all of it out; the law names no day for the answer."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest

from benyuan.assurance.protection.own_data import faults_of, own_data, package
from benyuan.simulate.identities import someone
from benyuan.values.errors import BadInput
from tests.unit.bureau.redressing import redress_in_memory
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import in_memory
from tests.unit.lending.accounts import purchase
from tests.unit.lending.lenders import OFFER
from tests.unit.protection.claiming import (
    COMPLAINT,
    OF_PERSON,
    RECEIVED,
    Claims,
    check_invalid,
    check_refused,
    claims_in_town,
    days_on,
)


def asked(town: Claims, *, wants: str = "export", **whom: int) -> int:
    """A request of person 1, but for what is said otherwise; its number."""
    return town.do("ask_own_data", on=RECEIVED, wants=wants, channel="app", **(whom or {"person": 1}))["request"]


@pytest.mark.parametrize(
    ("wants", "kind"),
    [
        ("see", 10),
        ("export", 10),
        ("correct", 11),
        ("delete", 12),
        ("withdraw-consent", 50),
        ("explanation", 13),
        ("human", 14),
    ],
)
def test_the_law_names_no_day_and_the_aim_is_shown_as_one(wants: str, kind: int) -> None:
    town = claims_in_town()
    made = town.do("ask_own_data", on=RECEIVED, person=1, wants=wants, channel="app", words="mine")
    assert (made["request"], made["duty"], made["expected_on"]) == (1, 1, days_on(30))
    assert (town.duty()["kind"], town.duty()["due_on"]) == (kind, 0)
    town.check()


def test_a_copy_is_given_before_it_is_said_to_be() -> None:
    town = claims_in_town()
    request = asked(town)
    told: dict[str, Any] = {"request": request, "outcome": "done", "words": "here it is"}
    check_refused(town, town.ask("answer_own_data", **told), "pi.rights.access", handed_out_by_command=0)
    handed = town.do("hand_out_data", request=request, operator="mei")
    assert town.row("data_request", 1)["handed"] == handed["position"]
    assert town.do("answer_own_data", on=days_on(3), **told)["answered_on"] == days_on(3)
    assert town.duty()["done_on"] == days_on(3)
    check_invalid(town.ask("hand_out_data", request=request, operator="mei"), "request")
    check_invalid(town.ask("answer_own_data", **told), "request")
    town.check()


@pytest.mark.parametrize("outcome", ["partly", "refused"])
def test_a_refusal_gives_its_ground_and_words(outcome: str) -> None:
    town = claims_in_town()
    request = asked(town, wants="delete")
    told: dict[str, Any] = {"request": request, "outcome": outcome}
    words = "ten years by law"
    check_refused(town, town.ask("answer_own_data", words=words, **told), "pi.rights.access", ground="none")
    for nothing in (" ", ".", "no"):
        check_invalid(town.ask("answer_own_data", words=nothing, ground="kept-by-law", **told), "words")
    answer = town.ask("answer_own_data", words=words, ground="kept-by-law", **told)
    if outcome == "partly":
        check_refused(town, answer, "pi.delete", carried_out_by_command=0)
    else:
        assert answer.accepted
    town.check()


def test_bad_input() -> None:
    town = claims_in_town()
    told: dict[str, Any] = {"wants": "see", "channel": "app"}
    check_invalid(town.ask("ask_own_data", **told), "person")
    check_invalid(town.ask("ask_own_data", person=1, borrower=1, **told), "person")
    check_invalid(town.ask("ask_own_data", subject=9, **told), "subject")
    check_invalid(town.ask("hand_out_data", request=1, operator="mei"), "request")
    asked(town, wants="correct")
    check_invalid(town.ask("hand_out_data", request=1, operator="mei"), "request")


def test_two_in_one_batch_and_the_same_key() -> None:
    town = claims_in_town()
    first = town.ask("ask_own_data", key="a", person=1, wants="see", channel="app")
    assert town.ask("ask_own_data", key="a", person=1, wants="see", channel="app").repeated
    columns = {"person": [1, 2], "borrower": [0, 0], "subject": [0, 0], "wants": ["see"] * 2}
    columns |= {"channel": ["app"] * 2, "words": ["", ""]}
    both = town.group.execute_columns(
        kind="ask_own_data", columns=columns, client="desk", keys=["b", "c"], at=town.group.last_at
    )
    assert [each.results["request"] for each in (first, *both)] == [1, 2, 3]
    town.check()


def test_a_person_takes_everything_out() -> None:
    town = claims_in_town()
    town.complain(**{**OF_PERSON, "borrower": 0})
    data = own_data(town.group, person=1)
    me, other = someone(1), someone(2)
    text = json.dumps(data, ensure_ascii=False)
    assert me["number"] in text
    assert me["full_name"] in text
    assert OF_PERSON["words"] in text
    assert other["number"] not in text
    assert {row["id"] for row in data["tables"]["person"]} == {1}
    assert {row["person"] for row in data["tables"]["wallet"]} == {1}
    assert {"customer_complaint", "bank_account", "protection_duty"} <= set(data["tables"])
    assert [entry["in_fen"] for entry in data["entries"]] == [10_000]
    kinds = [each["kind"] for each in data["commands"]]
    assert kinds == ["register_person", "bind_bank_account", "open_wallet", "top_up", "take_customer_complaint"]


def test_a_borrower_and_a_person_on_file_take_theirs_out() -> None:
    town = claims_in_town()
    lent = own_data(town.group, borrower=1)
    assert [one["account"] for one in lent["accounts"]] == [1]
    assert {row["borrower"] for row in lent["tables"]["credit_account"]} == {1}
    assert someone(1)["number"] in json.dumps(lent, ensure_ascii=False)
    assert "person" not in lent["tables"]
    filed = own_data(town.group, subject=1)
    assert filed["report"]["subject"] == 1
    assert {row["id"] for row in filed["tables"]["bureau_subject"]} == {1}
    assert [each["kind"] for each in filed["commands"]] == ["identify_subject"]


def test_what_the_law_keeps_secret_is_left_out_and_named() -> None:
    town = claims_in_town()
    suspicion: dict[str, Any] = {"institution": 1, "happened_on": RECEIVED, "person": 1, "grounds": "odd dealings"}
    town.do("open_case", on=RECEIVED, **suspicion)
    stranger = own_data(town.group, subject=1)
    assert "suspicious_case" not in stranger["tables"], "its subject is somebody else's number"
    data = own_data(town.group, person=1)
    assert "odd dealings" not in json.dumps(data, ensure_ascii=False)
    assert "open_case" not in {each["kind"] for each in data["commands"]}
    assert any("suspicious" in each["what"] for each in data["left_out"])


def test_nobody_and_two_at_once_are_refused() -> None:
    town = claims_in_town()
    wrong: list[dict[str, int]] = [{}, {"person": 1, "borrower": 1}, {"person": 99}, {"subject": 99}]
    for named in wrong:
        with pytest.raises(BadInput):
            own_data(town.group, **named)


def test_the_package_says_what_is_in_it_and_shows_a_change() -> None:
    town = claims_in_town()
    town.complain(**{**COMPLAINT, "words": "=HYPERLINK(1)"})
    data = own_data(town.group, borrower=1)
    made = package(data, head=town.group.head)
    assert made == package(own_data(town.group, borrower=1), head=town.group.head)
    assert faults_of(made) == []
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        whole = json.loads(archive.read("own-data.json"))
        rows = list(csv.DictReader(io.StringIO(archive.read("tables/borrower.csv").decode("utf-8-sig"))))
    assert manifest["log_head"] == town.group.head.hex()
    assert set(manifest["files"]) > {"own-data.json", "tables/borrower.csv", "commands.csv"}
    assert whole["tables"] == data["tables"]
    assert [row["id"] for row in rows] == ["1"]
    assert faults_of(_changed(made, "own-data.json")) == ["own-data.json"]
    assert faults_of(_changed(made, "more.txt")) == ["more.txt"]


def _changed(made: bytes, name: str) -> bytes:
    """The package with one file of other words."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        bodies = {each: old.read(each) for each in old.namelist()}
        for each, body in {**bodies, name: b"other"}.items():
            new.writestr(each, body)
    return out.getvalue()


def test_a_file_with_accounts_months_and_objections_is_taken_out_whole() -> None:
    bureau = redress_in_memory()
    bureau.object_to()
    filed = own_data(bureau.group, subject=1)
    assert {row["subject"] for row in filed["tables"]["bureau_account"]} == {1}
    assert len(filed["tables"]["bureau_consent"]) == 3
    assert len(filed["tables"]["bureau_inquiry"]) == 1
    kinds = [each["kind"] for each in filed["commands"]]
    assert {"grant_consent", "furnish_account", "inquire", "open_objection"} <= set(kinds)
    text = json.dumps(filed, ensure_ascii=False)
    assert "I paid in time" in text
    assert "Lin Ke" not in text, "whoever asked at a member is somebody else"
    assert someone(2)["number"] not in text
    assert faults_of(package(filed, head=bureau.group.head)) == []


def test_loans_and_what_was_bought_are_taken_out_whole() -> None:
    town = claims_in_town()
    town.do("offer_loan", on=20260415, **OFFER)
    town.do("draw_loan", offer=1, purpose="consumption")
    purchase(town, on=20260601)
    lent = own_data(town.group, borrower=1)
    (loan,), (account,) = lent["loans"], lent["accounts"]
    assert loan["row"]["borrower"] == 1
    assert len(loan["coming"]) == 11, "by June the first of twelve is past"
    assert [bought["amount_fen"] for bought in account["purchases"]] == [100_000]
    kinds = {each["kind"] for each in lent["commands"]}
    assert {"register_borrower", "assess_borrower", "open_credit_account", "offer_loan", "draw_purchase"} <= kinds
    assert faults_of(package(lent, head=town.group.head)) == []


@pytest.mark.parametrize(("on", "taken"), [(20211031, False), (20211101, True)])
def test_the_law_on_personal_data_begins_on_the_first_of_november_2021(on: int, taken: bool) -> None:
    town = Claims(in_memory(now=moment(on)))
    town.on = on
    town.do("register_institution", name="Benyuan Pay")
    town.do("register_person", institution=1, **someone(1))
    answer = town.ask("ask_own_data", on=on, person=1, wants="see", channel="app")
    assert answer.accepted == taken
    if not taken:
        check_invalid(answer, "at")
