"""Nothing that leads to a customer is forgotten in what they take out: tables, commands, and the words they name."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator

import pytest

from benyuan.assurance.protection.own_data import faults_of, own_data, package
from benyuan.assurance.protection.own_places import (
    FURTHER,
    HOMES,
    NOT_THEIRS,
    PAYMENTS,
    PURCHASES,
    SECRET_KINDS,
    SECRET_TABLES,
    TABLES_NOT_THEIRS,
    Rows,
    fields_of,
    rows_of,
)
from benyuan.consumer_protection.suitability.vocabulary import CAPACITY_NUMBER
from benyuan.usecases import USE_CASES
from tests.unit.engine.dated import moment
from tests.unit.lending.accounts import purchase
from tests.unit.lending.lenders import PAY_LATER
from tests.unit.lending.reading import reads
from tests.unit.protection.claiming import Claims, claims_in_town
from tests.unit.protection.customers import DEBTOR, MARKETING, TEXT
from tests.unit.protection.houses import LEVEL_4, LEVEL_5, PAPER, House, digest_of, house, text_of
from tests.unit.protection.reaching import fields_to, steps_to

CUSTOMERS = ["person", "borrower"]
TWO = "two_kinds_with_certificate"


def forgotten_tables(of: str, rows: tuple[Rows, ...]) -> set[str]:
    """Tables that lead to such a customer in one or two steps, without a place or a reason."""
    return set(steps_to(HOMES[of])) - {each.table for each in rows} - SECRET_TABLES - set(TABLES_NOT_THEIRS[of])


def forgotten_fields(of: str) -> Iterator[tuple[str, str]]:
    """Fields of commands that do, likewise."""
    for kind, name in fields_to(HOMES[of]):
        if kind not in SECRET_KINDS and name not in fields_of(of).get(kind, {}) and (kind, name) not in NOT_THEIRS:
            yield kind, name


@pytest.mark.parametrize("of", CUSTOMERS)
def test_every_table_that_leads_to_a_customer_has_a_place(of: str) -> None:
    assert forgotten_tables(of, rows_of(of)) == set()


@pytest.mark.parametrize("of", CUSTOMERS)
def test_every_command_that_leads_to_a_customer_has_a_place(of: str) -> None:
    assert list(forgotten_fields(of)) == []


@pytest.mark.parametrize(
    ("of", "table"), [("person", "investor"), ("person", "wallet_freeze"), ("borrower", "loan_step")]
)
def test_a_place_that_is_taken_away_is_missed(of: str, table: str) -> None:
    assert forgotten_tables(of, tuple(each for each in rows_of(of) if each.table != table)) == {table}


def test_commands_that_name_a_thing_of_the_customers_are_reached() -> None:
    found = {**fields_to("person"), **fields_to("borrower")}
    wanted = {("confirm_level", "test"), ("follow_up_sale", "sale"), ("tell_holder", "duty")}
    wanted |= {("confirm_key_facts", "key_facts"), ("review_hardship", "hardship"), ("resume_collection", "stop")}
    assert {source: found[source] for source in wanted} == dict.fromkeys(wanted, 2)
    assert found["record_contact", "plan"] == 2
    assert found["share_data", "person"] == 1


@pytest.mark.parametrize("of", CUSTOMERS)
def test_reasons_are_for_what_leads_to_a_customer(of: str) -> None:
    assert set(TABLES_NOT_THEIRS[of]) <= set(steps_to(HOMES[of])) - {each.table for each in rows_of(of)}
    assert set(NOT_THEIRS) <= {**fields_to("person"), **fields_to("borrower")}.keys()


@pytest.mark.parametrize("of", HOMES)
def test_places_are_of_tables_and_commands_that_there_are(of: str) -> None:
    known = {HOMES[of], PAYMENTS, PURCHASES}
    for each in rows_of(of):
        assert each.key in known, f"{each.table} is asked for before {each.key} is known"
        known.add(each.table)
    assert {each.table for each in FURTHER[of]} <= known
    assert {key for names in fields_of(of).values() for key in names.values()} <= {*known, *HOMES.values(), "identity"}
    assert set(fields_of(of)) <= set(USE_CASES)


def sold() -> House:
    """Person 1 confirms a level, buys and cancels, tells of something, is sent a text; person 2 buys and is called."""
    shop = house()
    shop.tested(1, LEVEL_5)
    shop.test(1, LEVEL_4)
    shop.confirmed(1, 2)
    shop.sold(1, product=3)
    shop.do("cancel_sale", sale=1)
    shop.do("tell_circumstances", person=1, what="I lost my work", capacity="limited")
    shop.do("give_consent_to", person=1, to="marketing", place="app", text_digest=TEXT)
    shop.do("approve_template", **MARKETING)
    shop.do("send_message", person=1, template=1, sort="marketing", channel="sms")
    shop.do("approve_template", **{**MARKETING, "template": 1, "text_zh": "第二版，回复退订"})
    shop.on = 20260616
    shop.tested(2, LEVEL_5)
    shop.inform(2, 5)
    shop.do("warn_investor", person=2, product=5, of="high-risk", evidence=PAPER)
    shop.on = 20260618
    shop.sold(2, product=5)
    shop.do("follow_up_sale", sale=2, findings="I was told that nothing can be lost")
    shop.do("rerate_product", product=5, maker_level=4, seller_level=4, minutes=PAPER, evidence=PAPER)
    return shop


def test_an_investor_takes_out_what_they_told_confirmed_and_were_sent() -> None:
    shop = sold()
    data = own_data(shop.group, person=1)
    (investor,) = data["tables"]["investor"]
    assert (investor["id"], investor["capacity"]) == (1, CAPACITY_NUMBER["limited"])
    assert investor["told"] > 0
    kinds = [each["kind"] for each in data["commands"]]
    assert {"confirm_level", "cancel_sale", "tell_circumstances", "send_message"} <= set(kinds)
    assert "follow_up_sale" not in kinds, "that was another"
    assert "I lost my work" in json.dumps(data, ensure_ascii=False)
    (message,) = data["texts"]["messages"]
    assert (message["text_zh"], message["version"]) == (MARKETING["text_zh"], 1)
    (terms,) = data["texts"]["terms"]
    assert (terms["sale"], terms["text"], terms["digest"]) == (1, text_of(3), digest_of(text_of(3)))


def test_who_was_called_after_a_sale_takes_out_what_they_said_and_what_they_are_owed() -> None:
    shop = sold()
    duties = [row["id"] for row in own_data(shop.group, person=2)["tables"]["protection_duty"]]
    shop.do("tell_holder", duty=duties[-1], evidence=TEXT)
    data = own_data(shop.group, person=2)
    kinds = [each["kind"] for each in data["commands"]]
    assert kinds[-2:] == ["follow_up_sale", "tell_holder"]
    (said,) = [each["personal"] for each in data["commands"] if each["kind"] == "follow_up_sale"]
    assert said == {"findings": "I was told that nothing can be lost"}
    made = package(data, head=shop.group.head)
    assert faults_of(made) == []
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("texts/terms.csv").decode("utf-8-sig"))))
    assert [row["text"] for row in rows] == [text_of(5)]


def called() -> Claims:
    """Borrower 1 is shown key facts, written to about the debt, helped, and left alone; so is borrower 2."""
    town = claims_in_town()
    purchase(town, account=1)
    town.desk.now = moment(20260502)
    reads(town, "show_account_key_facts", on=20260502, borrower=1, product=PAY_LATER, line_fen=1_000)
    town.do("approve_template", sort="collection", text_zh="请还款")
    town.do("record_contact", template=1, **{**DEBTOR, "means": "message"})
    town.do("agree_hardship", borrower=1, until=20260510)
    town.do("review_hardship", hardship=1)
    town.do("stop_collection", borrower=1, reason="court")
    town.do("resume_collection", stop=1)
    town.do("stop_collection", borrower=2, reason="court")
    town.do("record_income", borrower=1, monthly_fen=900_000, evidence=TEXT, from_date=20260501)
    return town


def test_a_borrower_takes_out_what_is_known_by_numbers_of_its_own() -> None:
    town = called()
    data = own_data(town.group, borrower=1)
    kinds = {each["kind"] for each in data["commands"]}
    assert {"confirm_key_facts", "review_hardship", "resume_collection", "record_income"} <= kinds
    tables = {"protection_key_facts", "protection_hardship", "protection_collection_stop", "protection_contact"}
    assert {*tables, "borrower_income", "protection_duty"} <= set(data["tables"])
    assert {row["borrower"] for row in data["tables"]["protection_collection_stop"]} == {1}
    (contact,) = data["texts"]["contacts"]
    assert contact["text_zh"] == "请还款"
    (facts,) = data["texts"]["key_facts"]
    assert facts["text"].startswith("# 年化利率 18.25%")
    assert (facts["sort"], facts["state"]) == ("pay-later", "as-shown")
    other = own_data(town.group, borrower=2)
    assert "resume_collection" not in {each["kind"] for each in other["commands"]}
    assert "protection_key_facts" not in other["tables"]


def test_refunds_freezes_and_returns_are_known_by_what_they_are_about() -> None:
    town = claims_in_town()
    bought = town.do("pay", on=20260601, payer=1, merchant=1, amount_fen=500, channel="online", authentication=TWO)
    assert bought is not None
    town.do("refund", payment=town.group.position, amount_fen=200)
    town.do("freeze_amount", wallet=1, amount_fen=100, reference="order 1")
    town.do("lift_freeze", freeze=1, reference="order 2")
    data = own_data(town.group, person=1)
    kinds = [each["kind"] for each in data["commands"]]
    assert kinds[-4:] == ["pay", "refund", "freeze_amount", "lift_freeze"]
    assert {"payment_refunded", "wallet_freeze"} <= set(data["tables"])
    other = own_data(town.group, borrower=1)
    assert "refund" not in {each["kind"] for each in other["commands"]}
