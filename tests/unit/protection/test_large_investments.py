"""What investments move between a customer's payment account and a maker's counts in the day's large values."""

import pytest

from benyuan.assurance.reports.holders import Account, accounts_of
from benyuan.assurance.reports.large_value import rows_of_duty
from benyuan.payments.flow_rows import FlowRow
from benyuan.payments.flows import IN, OF_ACCOUNT, OF_MERCHANT, OF_PERSON, OUT
from benyuan.payments.vocabulary import DutyKind
from tests.unit.protection.exits import BOUGHT_FEN, redeemed, sold_house
from tests.unit.protection.houses import LEVEL_3, ON, House, check_verified, days_after, house, text_of

PAST, LATER = days_after(ON, 6), days_after(ON, 7)
PERSON, MAKER = (OF_PERSON, Account("wallet", 1)), (OF_MERCHANT, Account("merchant", 1))
THRESHOLD_FEN, CERTIFICATE = 50_000_000, "two_kinds_with_certificate"
"""Of a natural person."""


@pytest.fixture
def home() -> House:
    """10,000.00 bought on 2026-03-10, which wait until 03-15."""
    return sold_house()


def flows(home: House, on: int) -> dict[tuple[int, int], list[FlowRow]]:
    """The investments' rows of customer 1 and of maker 1 on a day, by whose it is and which way it went."""
    found = {}
    for kind in (OF_PERSON, OF_MERCHANT):
        for direction in (IN, OUT):
            duty = {"arose_on": on, "institution": 1, "subject_kind": kind, "subject": 1, "direction": direction}
            rows = rows_of_duty(home.group, {**duty, "sort": OF_ACCOUNT})
            found[kind, direction] = [row for row in rows if row.kind != "top_up"]
    return {key: rows for key, rows in found.items() if rows}


def amounts(home: House, on: int) -> dict[tuple[int, int], int]:
    """How much each way."""
    return {key: sum(row.amount_fen for row in rows) for key, rows in flows(home, on).items()}


def both(fen: int) -> dict[tuple[int, int], int]:
    """Out of the customer, in to the maker."""
    return {(OF_PERSON, OUT): fen, (OF_MERCHANT, IN): fen}


def back(fen: int) -> dict[tuple[int, int], int]:
    """The other way."""
    return {(OF_PERSON, IN): fen, (OF_MERCHANT, OUT): fen}


def test_what_waits_counts_on_the_day_on_which_it_goes_on(home: House) -> None:
    home.do("release_sale", sale=1, on=PAST)
    assert flows(home, ON) == {}
    assert amounts(home, PAST) == both(BOUGHT_FEN)
    (row,) = flows(home, PAST)[OF_PERSON, OUT]
    assert accounts_of(home.group, row) == (Account("wallet", 1), Account("merchant", 1))
    (row,) = flows(home, PAST)[OF_MERCHANT, IN]
    assert accounts_of(home.group, row) == (Account("merchant", 1), Account("wallet", 1))


def test_what_is_cancelled_while_it_waits_was_with_nobody_else(home: House) -> None:
    home.do("cancel_sale", sale=1)
    assert flows(home, ON) == {}


def test_the_first_shares_given_back_take_what_waits_on_and_the_next_do_not(home: House) -> None:
    home.on = PAST
    paid = redeemed(home, 400_000, fee_fen=2_000)["paid_fen"]
    assert amounts(home, PAST) == {**both(BOUGHT_FEN), **back(paid)}
    home.on = LATER
    paid = redeemed(home, 100_000, fee_fen=500)["paid_fen"]
    assert amounts(home, LATER) == back(paid)


def test_released_and_given_back_on_one_day_it_goes_on_once(home: House) -> None:
    home.do("release_sale", sale=1, on=PAST)
    paid = redeemed(home, 400_000, fee_fen=2_000)["paid_fen"]
    redeemed(home, 100_000, fee_fen=500)
    assert amounts(home, PAST) == {**both(BOUGHT_FEN), **back(paid + 99_500)}


def test_a_sale_without_days_goes_on_at_once() -> None:
    home = house(products=2)
    plain = {"institution": 1, "merchant": 1, "maker": "m", "seller": "m", "target": "all", "fees": "none"}
    levels = {"maker_level": 3, "seller_level": 1, "cooling_days": 0, "sample": True, "agency": "b"}
    home.do("register_product", sort="investment", name="x", **plain, **levels)
    home.published(3, text_of(3), from_date=ON)
    home.tested(1, LEVEL_3)
    home.sold(amount_fen=600)
    home.sold(amount_fen=700)
    assert amounts(home, ON) == both(1_300)
    check_verified(home)


@pytest.mark.parametrize(("source", "of_maker"), [("receipts", True), ("paid_in", False)])
def test_the_rest_of_a_redemption_is_the_makers_only_out_of_its_receipts(
    home: House, source: str, of_maker: bool
) -> None:
    home.do("release_sale", sale=1, on=PAST)
    home.do("settle", merchant=1, on=LATER)
    home.on = days_after(LATER, 1)
    assert redeemed(home, 400_000, fee_fen=2_000)["paid_fen"] == 0
    if of_maker:
        home.do("pay", payer=2, merchant=1, amount_fen=500_000, channel="online", authentication=CERTIFICATE)
    home.on = days_after(LATER, 2)
    home.do("pay_redemption", redemption=1, source=source, reference="r")
    wanted = back(398_000) if of_maker else {(OF_PERSON, IN): 398_000}
    assert amounts(home, home.on) == wanted
    check_verified(home)


@pytest.mark.parametrize(("short_fen", "duties"), [(1, 0), (0, 1), (-1, 1)])
def test_it_adds_up_with_the_rest_of_the_day_to_the_threshold(home: House, short_fen: int, duties: int) -> None:
    home.do("release_sale", sale=1, on=PAST)
    paid = redeemed(home, BOUGHT_FEN, fee_fen=5_000)["paid_fen"]
    topped_up = THRESHOLD_FEN - paid - short_fen
    home.do("top_up", wallet=1, bank_account=2, amount_fen=topped_up)
    home.do("close_day", institution=1, date=PAST, statement_fen=0, on=LATER)
    held = home.group.records.tables["duty"]
    reports = [n for n in range(1, held.count + 1) if held.column("kind")[n] == DutyKind.large_value_report]
    assert len(reports) == duties
    for number in reports:
        row = home.of("duty", number)
        assert (row["subject"], row["direction"], row["amount_fen"]) == (1, IN, THRESHOLD_FEN - short_fen)
        assert {each.kind for each in rows_of_duty(home.group, row)} == {"redeem_investment", "top_up"}
    check_verified(home)
