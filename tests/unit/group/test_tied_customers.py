"""Customers who are bodies or individuals of the group: tied by document, and what they do is told and counted."""

from pathlib import Path
from typing import Any

import pytest

from benyuan.assurance.group.dealings import Dealings, dealings_of
from benyuan.assurance.group.reading import columns_of
from benyuan.assurance.group.tied import Tied
from benyuan.cli.failures import FINE, FOUND
from benyuan.parties.bodies.ties import CUSTOMER_TIE
from benyuan.simulate.identities import credit_code, identity_number
from benyuan.usecases.related.acts import Year, acts_of
from tests.unit.cli.running import benyuan
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import MORNING, found_town, on_file, pay
from tests.unit.group.ownership import HOLDING, PERSON
from tests.unit.group.related import FRIEND, LATER, MILLION, TODAY, Board
from tests.unit.lending.accounts import check_log, lender_in_town
from tests.unit.lending.lenders import BEGAN, OFFER, Lender, found_lender

LOAN_FEN, BOUGHT_FEN = 1_000_000, 100_000
SINGLE, YEAR = 100, 20
DRAWN_ON, BOUGHT_ON = 20260402, 20260403
FEE_PPM, PAID_FEN = 6_000, 5_000
PAPER: dict[str, Any] = {"document": "resident_id", "number": identity_number(1)}
CODE: dict[str, Any] = {"document": "credit_code", "number": credit_code(9)}


class Firms(Board):
    """Friend 7 is the lender, body 8 the payment institution; individual 5 is borrower 1, and person 1 there.

    Borrower 1 has a loan of 10,000.00 of 2 April. Further body 18 has the code of merchant 3, which pays 0.6%.
    """

    def __init__(self, lender: Lender) -> None:
        lender.do("draw_loan", on=DRAWN_ON, offer=lender.do("offer_loan", **OFFER)["offer"], purpose="travel")
        self.lender = lender
        lender.desk.now = MORNING
        super().__init__(lender.desk)
        for body, business, table in ((FRIEND, "consumer_finance", "lender"), (LATER, "payment", "institution")):
            self.do("record_body_business", body=body, business=business, book=lender.of(table, 1, "book"))
            self.stake(HOLDING, body, 51)

    def tie(self, **fields: Any) -> dict[str, int]:
        """Individual 5 is borrower 1, unless it is said otherwise."""
        return self.do("tie_customer", **{"body": PERSON, "lender": 1, **PAPER, **fields})

    def shop(self) -> int:
        """A related body with merchant 3's code; its number."""
        plan = self.plain("make_fee_plan", institution=1)["plan"]
        self.plain("publish_fees", plan=plan, rate_ppm=FEE_PPM, standard_ppm=FEE_PPM, from_date=TODAY)
        merchant = {"kind_of_merchant": "firm", "name": "books", "code": CODE["number"], "fee_plan": plan}
        assert self.plain("register_merchant", institution=1, **merchant)["merchant"] == 3
        body = self.do("register_body", name="books", kind_of_body="company", code=CODE["number"])["body"]
        self.stake(HOLDING, body, 51)
        return body

    def told(self, body: int = FRIEND, *, on: int = 0) -> Dealings:
        """What is told of a firm's body."""
        return dealings_of(self.desk.group, body, on=on)


@pytest.fixture
def firms() -> Firms:
    """The firms, and nobody tied yet."""
    return Firms(lender_in_town())


def brief(each: Tied) -> tuple[Any, ...]:
    """What it is, how much, and how it was treated."""
    return each.customer, each.what, each.sort, each.on, each.count, each.amount_fen, each.grade, each.cover


def test_who_is_not_tied_is_not_told(firms: Firms) -> None:
    firms.measured(FRIEND, figure="net_capital", amount_fen=1)
    told = firms.told()
    assert (told.tied, told.sums, told.looks) == ([], [], [])


@pytest.mark.parametrize(
    ("over_fen", "grade", "open_fen"),
    [(-1, "major", [LOAN_FEN]), (0, "major", [LOAN_FEN]), (1, "exempt", [])],
    ids=["a fen over the line", "at it", "a fen under"],
)
def test_a_tied_borrowers_loan_is_graded_on_the_day(
    firms: Firms, over_fen: int, grade: str, open_fen: list[int]
) -> None:
    firms.measured(FRIEND, figure="net_capital", amount_fen=SINGLE * (LOAN_FEN + over_fen))
    firms.tie()
    told = firms.told(on=DRAWN_ON)
    assert [brief(each) for each in told.tied] == [("borrower 1", "loans", "finance", DRAWN_ON, 1, LOAN_FEN, grade, "")]
    assert [(each.party, each.year_fen) for each in told.sums] == [(PERSON, LOAN_FEN)]
    assert [each.amount_fen for each in told.looks] == open_fen
    assert {(each.rule, each.pattern) for each in told.looks} <= {("rpt.approval", "tied_customers")}
    assert firms.told(on=DRAWN_ON - 1).tied == []


def test_purchases_on_credit_count_after_it(firms: Firms) -> None:
    firms.lender.do("draw_purchase", on=20260501, account=1, amount_fen=BOUGHT_FEN)
    firms.measured(FRIEND, figure="net_capital", amount_fen=YEAR * LOAN_FEN)
    firms.tie()
    told = firms.told()
    assert [(each.what, each.amount_fen, each.grade) for each in told.tied] == [
        ("loans", LOAN_FEN, "major"),
        ("purchases", BOUGHT_FEN, "ordinary"),
    ]
    assert told.sums[0].year_fen == LOAN_FEN + BOUGHT_FEN
    assert [each.amount_fen for each in told.looks] == [LOAN_FEN]


@pytest.mark.parametrize(("from_date", "told"), [(DRAWN_ON, 1), (DRAWN_ON + 1, 0)], ids=["the day", "the day after"])
def test_what_was_done_before_the_tie_is_not_told(firms: Firms, from_date: int, told: int) -> None:
    firms.measured(FRIEND, figure="net_capital", amount_fen=1)
    firms.tie(from_date=from_date)
    assert len(firms.told().tied) == told


def test_a_customer_who_showed_the_other_document_is_tied_once_both_are_stated_to_be_ones(firms: Firms) -> None:
    firms.measured(FRIEND, figure="net_capital", amount_fen=1)
    passport: dict[str, Any] = {"document": "passport", "number": "E12345678"}
    other = firms.do("register_individual", **passport, full_name="who travels")["body"]
    assert firms.fault("tie_customer", body=other, lender=1, **PAPER)[0] == "number"
    card = {"known_document": PAPER["document"], "known_number": PAPER["number"]}
    firms.plain("join_individuals", **passport, **card, source="certificate", source_date=TODAY)
    firms.tie(body=other)
    assert [each.party for each in firms.told().tied] == [PERSON]


@pytest.mark.parametrize(("ends", "told"), [(DRAWN_ON, 1), (DRAWN_ON - 1, 0)], ids=["the day", "the day before"])
def test_a_tie_ends(firms: Firms, ends: int, told: int) -> None:
    firms.measured(FRIEND, figure="net_capital", amount_fen=1)
    firms.tie()
    firms.tie(holds=False, from_date=ends)
    assert len(firms.told().tied) == told


@pytest.mark.parametrize(("short_fen", "cover"), [(0, "transaction"), (1, "")], ids=["whole", "a fen short"])
def test_a_recorded_transaction_covers_a_loan_and_counts_for_it(firms: Firms, short_fen: int, cover: str) -> None:
    base_fen = SINGLE * (LOAN_FEN + 1)
    firms.measured(FRIEND, figure="net_capital", amount_fen=base_fen)
    fen = LOAN_FEN - short_fen
    firms.deal(fen, body=FRIEND, party=PERSON, signed_on=DRAWN_ON)
    firms.tie()
    told = firms.told()
    assert [each.cover for each in told.tied] == [cover]
    assert told.sums[0].year_fen == (fen if cover else fen + LOAN_FEN)


@pytest.mark.parametrize(
    ("framework", "short_fen", "cover"),
    [(True, 0, "framework"), (True, 1, ""), (False, 0, "approval"), (False, 1, "")],
    ids=["framework", "framework a fen short", "approval", "approval a fen short"],
)
def test_what_is_approved_is_not_open(firms: Firms, *, framework: bool, short_fen: int, cover: str) -> None:
    firms.measured(FRIEND, figure="net_capital", amount_fen=YEAR * BOUGHT_FEN)
    what: dict[str, Any] = {"body": FRIEND, "party": PERSON, "sort": "finance", "amount_fen": BOUGHT_FEN - short_fen}
    proposal = firms.approved_by_its_own(**what, framework=framework)
    if framework:
        term = {"agreement": "credit", "from_date": TODAY, "until": 20270430, "signed_on": TODAY}
        firms.plain("sign_framework", **what, **term, approval=proposal)
    firms.lender.do("draw_purchase", on=TODAY, account=1, amount_fen=BOUGHT_FEN)
    firms.tie(from_date=TODAY)
    told = firms.told()
    assert [each.cover for each in told.tied] == [cover]
    assert [each.amount_fen for each in told.looks] == ([] if cover else [BOUGHT_FEN])


def test_an_employees_own_payment_passes_and_counts_with_nought(firms: Firms) -> None:
    employee = firms.individual(2)
    firms.do("record_office", individual=employee, body=LATER, post="director")
    firms.measured(LATER, amount_fen=1)
    firms.do("tie_customer", body=employee, institution=1, document="resident_id", number=identity_number(2))
    firms.desk.done(pay(PAID_FEN, payer=2), pay(100, payer=2), pay(100, payer=1))
    told = firms.told(LATER)
    assert [brief(each) for each in told.tied] == [("person 2", "payments", "services", TODAY, 2, 0, "exempt", "")]
    assert told.looks == []


def test_a_related_merchants_fees_are_services(firms: Firms) -> None:
    body = firms.shop()
    fee_fen = PAID_FEN * FEE_PPM // 10**6
    firms.measured(LATER, amount_fen=SINGLE * fee_fen)
    firms.desk.done(pay(PAID_FEN, payer=2, merchant=3))
    assert firms.told(LATER).tied == []
    firms.do("tie_customer", body=body, institution=1, **CODE)
    told = firms.told(LATER)
    assert [brief(each) for each in told.tied] == [("merchant 3", "fees", "services", TODAY, 1, fee_fen, "major", "")]
    (look,) = told.looks
    assert (look.rule, look.bodies, look.amount_fen) == ("fhc.rpt.approval", [LATER, body], fee_fen)


def test_a_persons_tie_reaches_the_merchants_it_stands_for(firms: Firms) -> None:
    plan = firms.plain("make_fee_plan", institution=1)["plan"]
    firms.plain("publish_fees", plan=plan, rate_ppm=FEE_PPM, standard_ppm=FEE_PPM, from_date=TODAY)
    stall = {"kind_of_merchant": "micro", "name": "stall", "principal": 1, "fee_plan": plan}
    merchant = firms.plain("register_merchant", institution=1, **stall)["merchant"]
    firms.measured(LATER, amount_fen=MILLION)
    firms.tie(lender=0, institution=1)
    before = firms.desk.group.position
    firms.desk.done(pay(PAID_FEN, payer=2, merchant=merchant), pay(PAID_FEN, payer=2, merchant=merchant))
    (fees,) = firms.told(LATER).tied
    assert (fees.customer, fees.party, fees.count) == (f"merchant {merchant}", PERSON, 2)
    assert (fees.amount_fen, fees.grade) == (2 * PAID_FEN * FEE_PPM // 10**6, "exempt")
    assert dealings_of(firms.desk.group, LATER, seen=before).tied == []


def test_without_a_figure_it_is_told_and_open(firms: Firms) -> None:
    firms.tie()
    told = firms.told()
    assert [each.grade for each in told.tied] == [""]
    assert [each.amount_fen for each in told.looks] == [LOAN_FEN]


def test_who_is_tied_and_not_related_is_not_told(firms: Firms) -> None:
    stranger = firms.individual(2)
    firms.lender.do("draw_purchase", on=TODAY, account=2, amount_fen=BOUGHT_FEN)
    firms.tie(body=stranger, number=identity_number(2))
    year = Year(books=firms.desk.group.books(), on=TODAY, seen=firms.desk.group.position)
    assert [act.amount_fen for act in acts_of(year, book=firms.lender.of("lender", 1, "book"))] == [BOUGHT_FEN]
    assert firms.told().tied == []


@pytest.mark.parametrize(
    ("fields", "field", "wanted"),
    [
        ({"number": identity_number(2)}, "number", "the document or code by which the body is registered"),
        ({"lender": 2}, "number", "a document or code by which the firm has a customer"),
        ({"document": "passport", "number": "E1234567"}, "number", "the document or code by which"),
        ({"lender": 0, "institution": 0}, "lender", "an institution or a lender, one of the two"),
        ({"institution": 1}, "lender", "an institution or a lender, one of the two"),
        ({"number": identity_number(1)[:-1] + "?"}, "number", "17 digits and a check character"),
        ({"from_date": 20260230}, "from_date", "a day"),
        ({"source": ""}, "source", "a document, or else invented"),
    ],
)
def test_a_tie_that_is_wrong_is_not_recorded(firms: Firms, fields: dict[str, Any], field: str, wanted: str) -> None:
    told = firms.fault("tie_customer", **{"body": PERSON, "lender": 1, **PAPER, **fields})
    assert told[0] == field
    assert wanted in told[1]
    assert len(columns_of(firms.desk.group)(CUSTOMER_TIE, "body")) == 1


def test_the_log_tells_the_ties_again(firms: Firms) -> None:
    firms.tie()
    firms.tie(lender=0, institution=1)
    firms.tie(holds=False, from_date=TODAY)
    firms.desk.now = max(firms.desk.now, moment(TODAY))
    check_log(firms.lender)


def test_the_command_line_tells_it_by_its_exit_code(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    firms = Firms(found_lender(found_town(on_file(path, now=moment(BEGAN)))))
    firms.measured(FRIEND, figure="net_capital", amount_fen=SINGLE * LOAN_FEN)
    firms.tie()
    firms.desk.group.close()
    asked = ("group", "dealings", str(FRIEND), "--database", f"sqlite:///{path}", "--on")
    assert benyuan(*asked, str(DRAWN_ON - 1)).exit_code == FINE
    told = benyuan(*asked, str(DRAWN_ON))
    assert told.exit_code == FOUND
    assert "borrower 1" in told.output
