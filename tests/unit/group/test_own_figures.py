"""Figures of bodies whose firm runs in this ledger: read where nobody recorded them, and beside what differs."""

import pytest

from benyuan.assurance.group.prudential import Prudential, SoloTold, prudential_of
from benyuan.assurance.lending import lender_day
from benyuan.payments.vocabulary import CreditReason
from benyuan.usecases.credit_wallet import Credit
from benyuan.usecases.fund import FundOwn
from benyuan.usecases.lending.fund_lender import Funding, FundingSource
from benyuan.usecases.record_net_worth import NetWorth
from tests.unit.assurance.lender_world import EQUITY_FEN, LAST, world
from tests.unit.engine.groups import Desk, found_town, in_memory, pay
from tests.unit.group.figures import figure
from tests.unit.group.ownership import BANK, HOLDING, SHOP, Houses
from tests.unit.group.prudential import missing
from tests.unit.group.prudential import of as figure_of

LENDER, PARTNER = 7, 8
LENDER_BOOK, PARTNER_BOOK = 20_001, 40_001
SOON = 20260506


def small() -> Houses:
    """The lender as it is after six days, all of it the holding company's."""
    return owning(world(in_memory(), last=SOON))


def owning(desk: Desk) -> Houses:
    """The houses, with the lender, body 7."""
    houses = Houses(desk)
    fields = {"kind_of_body": "company", "business": "consumer_finance", "book": LENDER_BOOK, "from_date": 20260101}
    houses.do("register_body", name="lender", **fields)
    houses.stake(HOLDING, LENDER, 100)
    return houses


@pytest.fixture(name="houses", scope="module")
def _houses() -> Houses:
    """A holding company with the lender whose book is here; its partner, body 8, is somebody else's."""
    houses = Houses(world(in_memory()))
    for name, book in (("lender", LENDER_BOOK), ("partner", PARTNER_BOOK)):
        fields = {"kind_of_body": "company", "business": "consumer_finance", "book": book, "from_date": 20260101}
        houses.do("register_body", name=name, **fields)
    houses.stake(HOLDING, LENDER, 100)
    return houses


def told(houses: Houses, *, on: int = LAST, seen: int = 0) -> Prudential:
    return prudential_of(houses.desk.group, HOLDING, on=on, seen=seen)


def body(found: Prudential, number: int) -> SoloTold:
    return next(each for each in found.bodies if each.body == number)


def test_a_lenders_capital_is_its_own_figures_and_what_is_asked_follows_from_its_loans(houses: Houses) -> None:
    lender = body(told(houses), LENDER)
    day = lender_day(houses.desk.group, lender=1, date=LAST)
    (adequacy,) = [each for each in day.ratios if each.rule_id == "cf.cap.capital_adequacy"]
    loans = sum(line.principal_fen for line in day.products)
    assert (lender.held_fen, lender.required_fen) == (EQUITY_FEN, -(-loans * adequacy.asked_ppm // 1_000_000))
    assert lender.met is adequacy.holds is True
    (held,), (asked,) = lender.held, lender.required
    assert (held.source, asked.source) == ("this ledger", "this ledger")
    assert held.where.startswith("record_lender_figures of lender 1, from ")
    assert asked.where == f"day {LAST} of lender 1, cf.cap.capital_adequacy"


def test_what_the_ledger_knows_now_of_capital_is_not_told_of_an_earlier_position(houses: Houses) -> None:
    seen = houses.desk.group.position
    houses.do("register_body", name="late", kind_of_body="company", business="other")
    found = told(houses, seen=seen)
    assert {(LENDER, "net capital"), (LENDER, "capital required")} <= missing(found)


def test_before_the_firm_was_there_nothing_is_told_of_it(houses: Houses) -> None:
    lender = body(told(houses, on=20260102), LENDER)
    assert (lender.held_fen, lender.required_fen) == (None, None)


def test_a_recorded_figure_counts_and_what_differs_is_told_with_both() -> None:
    houses = small()
    own = body(told(houses, on=SOON), LENDER).held_fen
    assert own is not None
    figure(houses, LENDER, "net_capital", own, as_of=SOON)
    assert [each for each in told(houses, on=SOON).differ if each.what == "net capital"] == []
    figure(houses, LENDER, "net_capital", own + 5, as_of=SOON)
    found = told(houses, on=SOON)
    (differs,) = [each for each in found.differ if each.what == "net capital"]
    assert (differs.body, differs.difference_fen) == (LENDER, 5)
    assert differs.recorded[0].where.startswith("position ")
    assert differs.own[0].where.startswith("record_lender_figures")
    assert body(found, LENDER).held_fen == own + 5


# ----------------------------------------------------------------------------------------------------------- exposures


def test_partners_and_borrowers_are_exposures_and_money_that_nobody_placed_is_named(houses: Houses) -> None:
    found = told(houses)
    owed = [row for each in found.exposed.counterparties for row in each.rows if row.what.startswith("owed by partner")]
    drawn = [each for each in found.exposed.counterparties if each.name.startswith("borrower ")]
    assert drawn
    assert [each.amount_fen for each in drawn] == sorted((each.amount_fen for each in drawn), reverse=True)
    assert all(row.where == f"book {LENDER_BOOK}" for each in drawn for row in each.rows)
    assert len(owed) <= 1
    assert (LENDER, "with whom its bank account stands") in missing(found)
    assert figure_of(found, "largest_exposure").value is None
    assert not {each[1] for each in missing(found) if "borrower" in each[1]}  # individuals have no industry


def kept(houses: Houses, keeper: int, **fields: object) -> None:
    houses.do("record_money_keeper", body=LENDER, money="bank_account", keeper=keeper, from_date=20260101, **fields)


def test_who_keeps_the_money_is_who_it_is_exposed_to_from_that_day_on() -> None:
    houses = small()
    kept(houses, BANK)
    houses.do("record_money_keeper", body=LENDER, money="bank_account", keeper=SHOP, from_date=SOON)
    before, after = (at_keeper(houses, on=day) for day in (SOON - 1, SOON))
    assert [list(before), list(after)] == [[BANK], [SHOP]]
    assert all(fen > 0 for fen in (*before.values(), *after.values()))
    houses.do("record_money_keeper", body=LENDER, money="bank_account", keeper=SHOP, holds=False, from_date=SOON)
    assert at_keeper(houses, on=SOON) == {}
    assert (LENDER, "with whom its bank account stands") in missing(told(houses, on=SOON))


def at_keeper(houses: Houses, *, on: int) -> dict[int, int]:
    return {
        each.counterparties[0]: row.amount_fen
        for each in told(houses, on=on).exposed.counterparties
        for row in each.rows
        if row.what.startswith("bank account")
    }


def test_what_the_central_bank_keeps_is_no_exposure() -> None:
    houses = small()
    central = houses.do("register_body", name="central bank", kind_of_body="authority", business="none")["body"]
    kept(houses, central)
    found = told(houses, on=SOON)
    assert (LENDER, "with whom its bank account stands") not in missing(found)
    assert all(central not in each.counterparties for each in found.exposed.counterparties)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"keeper": LENDER}, "keeper"), ({"keeper": 99}, "keeper"), ({"body": 99}, "body"), ({"from_date": 20261345}, "")],
)
def test_a_keeper_that_makes_no_sense_is_a_fault(houses: Houses, fields: dict[str, int], field: str) -> None:
    given = {"body": LENDER, "money": "bank_account", "keeper": BANK, "from_date": 20260101, **fields}
    assert houses.fault("record_money_keeper", **given)[0] == (field or "from_date")


def test_funders_are_told_with_what_is_not_paid_back_and_unnamed_ones_apart() -> None:
    desk = world(in_memory(), last=SOON)
    desk.done(Funding(lender=1, source=FundingSource.borrowing, amount_fen=70))
    houses = owning(desk)
    other = houses.do("register_body", name="other", kind_of_body="company", business="other")["body"]
    lent = Funding(lender=1, source=FundingSource.borrowing, amount_fen=50, funder=other)
    back = Funding(lender=1, source=FundingSource.borrowing, amount_fen=20, funder=other, paid_back=True)
    equity = Funding(lender=1, source=FundingSource.equity, amount_fen=500, funder=other)
    houses.desk.done(lent, back, equity)
    found = told(houses, on=0)
    assert [(each.name, each.amount_fen) for each in found.exposed.funders] == [
        (f"not named, to book {LENDER_BOOK}", 70),
        (str(other), 30),
    ]
    assert told(houses, on=SOON).exposed.funders == []  # it was lent on a later day


# ---------------------------------------------------------------------------------------------------------- institution


def town(own_fen: int = 500) -> Houses:
    """The town's institution, body 7, with own money in its reserve."""
    desk = found_town(in_memory())
    desk.done(FundOwn(institution=1, amount_fen=own_fen), pay(10_000))
    houses = Houses(desk)
    fields = {"kind_of_body": "company", "business": "payment", "book": 1, "from_date": 20260101}
    houses.do("register_body", name="pay", **fields)
    houses.stake(HOLDING, 7, 100)
    return houses


def test_an_institutions_net_assets_are_its_capital_until_its_net_worth_is_recorded() -> None:
    houses = town()
    found = body(told(houses, on=0), 7)
    assert (found.held_fen, found.held[0].where) == (500, "book 1")
    assert (7, "capital required (a closed day and the rule of its institution)") in missing(told(houses, on=0))
    houses.desk.done(NetWorth(institution=1, year_end=20251231, net_worth_fen=-20, from_date=20260101))
    found = body(told(houses, on=0), 7)
    assert (found.held_fen, found.held[0].where) == (-20, "record_net_worth of institution 1, from 20260101")


def test_net_assets_below_nought_are_told_as_they_are() -> None:
    houses = town(own_fen=10)
    houses.desk.done(FundOwn(institution=1, amount_fen=90))
    houses.desk.done(Credit(wallet=1, amount_fen=100, reason=CreditReason.compensation))
    assert body(told(houses, on=0), 7).held_fen == 0
    figure(houses, 7, "net_assets", 5, as_of=20260501)
    (differs,) = told(houses, on=0).differ
    assert (differs.what, differs.difference_fen) == ("net assets", 5)
