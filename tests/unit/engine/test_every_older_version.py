"""Every command of which there was an earlier version is read as it stood in a log of before, in a small history."""

from typing import Any

import pytest

from benyuan.decisions.commands import REGISTRY
from benyuan.simulate.identities import credit_code
from tests.unit.bureau.bureaus import bureau_in_memory
from tests.unit.bureau.furnished import furnish, months, with_account
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import in_memory, pay, town
from tests.unit.engine.older import LATER, check_read, of_before
from tests.unit.group.staff import Office
from tests.unit.lending.lenders import BEGAN, OFFER, PAY_LATER, PLAN, found_lender
from tests.unit.lending.test_later_sheets import BEFORE, begun, extended, further
from tests.unit.protection.claiming import FULL, RECEIVED, REFUSED, claims_in_town, days_on
from tests.unit.protection.customers import DEBTOR, agency, ask, do, group_of_debtors
from tests.unit.protection.houses import LEVEL_3, PAPER, digest_of, house

CLAIMS: tuple[str, ...] = ("take_customer_complaint", "add_evidence", "answer_customer_complaint", "ask_review")
CLAIMS += ("decide_complaint_review", "withdraw_customer_complaint", "answer_debt_claim", "withdraw_debt_claim")
CLAIMS += ("climb_duties", "answer_own_data", "update_data_incident")
SUITABILITY = ("tell_circumstances", "rerate_product", "publish_product_terms", "test_suitability")
COLLECTING = ("stop_collection", "agree_contact_hours", "list_collector")
LENDING = ("set_lending_policy", "assess_borrower", "offer_loan", "open_credit_account", "make_plan")
BIGGER = ("draw_further", "extend_loan")
PAYMENTS = ("settle", "withdraw", "publish_fees", "exit_merchant")
READING = ("disclose_person", "disclose_ownership", "draw_report", "hand_out_data", "look")
READ_HERE = (*CLAIMS, *SUITABILITY, *COLLECTING, *LENDING, *BIGGER, *PAYMENTS, "inquire", "delete_account", *READING)
READ_ELSEWHERE: tuple[str, ...] = ("pay", "confirm_level", "sell_investment", "send_message", "register_product")
READ_ELSEWHERE += ("give_consent_to", "withdraw_consent_to", "record_data_incident", "report_data_incident")
READ_ELSEWHERE += ("agree_autopay", "correct_months", "furnish_inquiries", "furnish_public", "share_data")
READ_ELSEWHERE += ("plan_contact", "record_contact", "draw_loan", "confirm_cost_sheet", "tell_holder")
"""By tests of their own, which also ask what such commands go on to do."""
IN_THEIR_ROOMS = {"confirm_key_facts", "fund_lender", "list_partner", "record_related_transaction", "register_lender"}
IN_THEIR_ROOMS |= {"show_key_facts", "furnish_account", "furnish_months"}
"""Read by `test_key_facts_of_before`, `test_related_limits_told` and `test_crossings`, in their own worlds."""


def test_every_command_of_more_than_one_version_is_listed() -> None:
    assert set(LATER) | IN_THEIR_ROOMS == {kind for kind, command in REGISTRY.items() if command.version > 1}
    assert sorted(LATER) == sorted((*READ_HERE, *READ_ELSEWHERE))


def test_complaints_and_claims_of_before(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = ("add_evidence", "withdraw_customer_complaint", "withdraw_debt_claim")
    free = (*papers, "answer_customer_complaint", "decide_complaint_review", "answer_own_data", "answer_debt_claim")
    with of_before(monkeypatch, *CLAIMS, ungated=free, nobodys=papers):
        town = claims_in_town()
        for _ in range(2):
            town.complain()
        paper: dict[str, Any] = {"evidence": PAPER, "pieces": 1}
        town.do("add_evidence", complaint=1, party="firm", **paper)
        bare = {name: item for name, item in FULL.items() if name in ("findings", "grounds", "ways_of_redress")}
        told = {"outcome": "upheld", "words": "you are right", "answered_by": 7, **bare, "cause": "terms"}
        town.do("answer_customer_complaint", complaint=1, redress_fen=5, **told)
        town.do("ask_review", complaint=1, words="again")
        decided = {"outcome": "stands", "words": "as it was", "reviewed_by": 8, "redress_fen": 5}
        town.do("decide_complaint_review", complaint=1, **decided)
        town.do("withdraw_customer_complaint", complaint=2, **paper)
        for _ in range(2):
            town.do("take_debt_claim", borrower=1, claim="objection", words="please", received_on=RECEIVED)
        town.do("answer_debt_claim", debt_claim=1, **REFUSED)
        town.do("withdraw_debt_claim", debt_claim=2, **paper)
        town.do("ask_own_data", person=1, wants="human", channel="app")
        town.do("answer_own_data", request=1, outcome="done", words="decided by a human")
        leak = {"lender": 1, "mishap": "leak", "people": 3, "found_at": town.group.last_at, "words": "a disk"}
        town.do("record_data_incident", harm="other", measures=PAPER, **leak)
        town.do("update_data_incident", data_incident=1, harm="other", people=4, words="one more")
        town.do("climb_duties", on=days_on(40), date=days_on(40))
    check_read(town.group, *CLAIMS)
    assert town.row("customer_complaint", 1)["redress_fen"] == 5
    town.complain()
    assert town.answer(3).accepted
    check_read(town.group, *CLAIMS)


def test_suitability_of_before(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = SUITABILITY
    with of_before(monkeypatch, *kinds, ungated=("tell_circumstances", "rerate_product")):
        home = house(products=2)
        home.test(1, LEVEL_3)
        home.do("tell_circumstances", person=1, what="a court", capacity="none")
        home.do("tell_circumstances", person=1, what="a court", capacity="by-age")
        home.do("rerate_product", product=2, maker_level=1, seller_level=1)
    check_read(home.group, *kinds)
    text = "Later terms."
    home.published(2, text, from_date=home.on)
    home.tested(1, LEVEL_3, on=20260311)
    sold = home.sold(product=2, terms_digest=digest_of(text))
    assert (sold["product_level"], home.do("cancel_sale", sale=1)["returned_fen"]) == (1, 100_000)
    check_read(home.group, *kinds)


def test_collecting_of_before(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = COLLECTING
    with of_before(monkeypatch, *kinds):
        group = group_of_debtors()
        do(group, "stop_collection", at="2026-05-04T09:00:00", borrower=1, reason="court")
        do(group, "agree_contact_hours", borrower=1, from_minute=1320, to_minute=1380, until=20260601)
        do(group, "list_collector", lender=1, **agency(1))
    assert ask(group, "record_contact", **DEBTOR).refusal is not None
    check_read(group.group, *kinds)


def test_lending_of_before(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = LENDING
    with of_before(monkeypatch, *kinds):
        lender = found_lender(in_memory(now=moment(BEGAN)))
        lender.do("offer_loan", **OFFER)
        lender.do("open_credit_account", borrower=1, product=PAY_LATER, line_fen=500_000)
        lender.do("draw_purchase", account=1, amount_fen=120_000)
        lender.close(through=20260408, on=20260409)  # the statement
        lender.do("make_plan", account=1, product=PLAN, amount_fen=120_000, term_count=3, rate_ppm=120_000)
    check_read(lender.group, *kinds)
    assert lender.ask("offer_loan", **OFFER).accepted


def test_bigger_loans_of_before(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = BIGGER
    with of_before(monkeypatch, *kinds):
        lender = begun()
        assert further(lender, BEFORE).accepted
        assert extended(lender, BEFORE).accepted
    check_read(lender.group, *kinds)


def test_payments_of_before(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = PAYMENTS
    with of_before(monkeypatch, *kinds):
        desk = town()
        ask_for = REGISTRY
        desk.done(
            ask_for["make_fee_plan"](institution=1),
            ask_for["publish_fees"](plan=1, from_date=20260701, rate_ppm=6_000, standard_ppm=6_000),
            pay(100),
            ask_for["withdraw"](wallet=1, bank_account=2, amount_fen=100, authentication="one_kind"),
            ask_for["settle"](merchant=1),
            ask_for["register_merchant"](institution=1, kind_of_merchant="firm", code=credit_code(9), name="another"),
            ask_for["exit_merchant"](merchant=2, reference="notice"),
        )
    check_read(desk.group, *kinds)


def test_asking_the_bureau_before(monkeypatch: pytest.MonkeyPatch) -> None:
    with of_before(monkeypatch, "inquire"):
        bureau = bureau_in_memory()
        bureau.consent(1)
        bureau.inquire(1)
    check_read(bureau.group, "inquire")


def test_reading_before(monkeypatch: pytest.MonkeyPatch) -> None:
    with of_before(monkeypatch, *READING):
        desk = town()
        ask_for, by = REGISTRY, {"operator": "li"}
        desk.done(
            ask_for["disclose_person"](person=1, purpose="complaint", **by),
            ask_for["disclose_ownership"](on=20260501, seen=1, purpose="filing", **by),
            ask_for["ask_own_data"](person=1, wants="export", channel="app"),
            ask_for["hand_out_data"](request=1, **by),
        )
        assert desk.one(ask_for["draw_report"](duty=9, purpose="the law", **by)).invalid is not None
        bureau = with_account()
        bureau.look(1)
    check_read(desk.group, *READING[:-1])
    check_read(bureau.group, "look")
    Office(desk)
    assert desk.one(ask_for["disclose_person"](person=1, purpose="complaint", **by)).refusal is not None
    check_read(desk.group, *READING[:-1])


def test_deleting_at_the_bureau_before(monkeypatch: pytest.MonkeyPatch) -> None:
    with of_before(monkeypatch, "delete_account"):
        bureau = with_account()
        furnish(bureau, months({}))
        bureau.do("delete_account", member=1, account=1, reason="another's")
    check_read(bureau.group, "delete_account")
