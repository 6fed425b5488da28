"""Leaving an investment: cancelled in its days, given back early; prices, fees and days by the terms that were seen."""

import numpy as np
import pytest

from benyuan.assurance.protection.calendar import calendar
from benyuan.assurance.protection.retention import ended_on
from benyuan.assurance.protection.sale_life import sale_life
from benyuan.consumer_protection.suitability.chart import InvestorLeg, SaleOwn
from benyuan.engine.why import why
from benyuan.ledger import LegStatus
from benyuan.payments.chart import LegCode, Own
from benyuan.values.dates import day_ends_at
from tests.unit.protection.exits import (
    BOUGHT_FEN,
    CANCEL_BY,
    FEE_DAYS,
    FIRST,
    HELD,
    PAR,
    PAST,
    PAY_DAYS,
    SHOWN,
    TERMS,
    against_means,
    held_shares,
    money,
    own_fen,
    priced,
    redeem,
    redeemed,
    sold_house,
    waiting_fen,
)
from tests.unit.protection.houses import (
    IN_WALLET_FEN,
    LEVEL_1,
    LEVEL_3,
    ON,
    House,
    check_refused,
    check_verified,
    days_after,
    digest_of,
    house,
    text_of,
)


@pytest.fixture
def home() -> House:
    """Person 1 has bought for 10,000.00."""
    return sold_house()


def test_what_was_paid_waits_where_no_settlement_reaches_it(home: House) -> None:
    assert money(home) == (IN_WALLET_FEN - BOUGHT_FEN, 0, BOUGHT_FEN)
    assert home.do("settle", merchant=1, on=days_after(ON, 1))["settled_fen"] == 0
    returned = home.do("cancel_sale", sale=1)
    assert {name: returned[name] for name in ("returned_fen", "wallet")} == {"returned_fen": BOUGHT_FEN, "wallet": 1}
    assert money(home) == (IN_WALLET_FEN, 0, 0)
    assert (held_shares(home), against_means(home)) == (0, 0)
    check_verified(home)


@pytest.mark.parametrize(("days", "accepted"), [(0, True), (4, True), (5, True), (6, False)])
def test_a_sale_is_cancelled_until_the_last_of_its_days(home: House, days: int, accepted: bool) -> None:
    answer = home.ask("cancel_sale", sale=1, on=days_after(ON, days))
    assert answer.accepted is accepted
    if not accepted:
        check_refused(home, answer, CANCEL_BY, until_on=days_after(ON, 5), asked_on=PAST)
        assert money(home) == (IN_WALLET_FEN - BOUGHT_FEN, 0, BOUGHT_FEN)
    check_verified(home)


def test_the_last_day_counts_to_its_last_second(home: House) -> None:
    last = days_after(ON, 5)
    ends = {"a": day_ends_at(last), "b": day_ends_at(last) - 1_000_000}
    home.sold(amount_fen=1, terms_digest=digest_of(TERMS))
    for key, sale, accepted in (("b", 1, True), ("a", 2, False)):
        columns = {"sale": [sale]}
        [answer] = home.group.execute_columns(
            kind="cancel_sale", columns=columns, client="desk", keys=[key], at=ends[key]
        )
        assert answer.accepted is accepted


def test_terms_without_days_let_nothing_be_cancelled_and_nothing_wait() -> None:
    home = house(products=1)
    fields = {"institution": 1, "merchant": 1, "sort": "investment", "name": "new", "maker": "m", "seller": "m"}
    home.do("register_product", **fields, maker_level=1, seller_level=1, target="t", fees="f", sample=True)
    home.published(2, text_of(2), from_date=home.on)
    home.tested(1, LEVEL_3)
    sold = home.sold(product=2, amount_fen=BOUGHT_FEN)
    assert (sold["cancel_by"], home.desk.of_merchant(1)) == (0, BOUGHT_FEN)
    check_refused(home, home.ask("cancel_sale", sale=1), CANCEL_BY, cancel_days=0)
    assert home.ask("release_sale", sale=1).invalid is not None
    assert redeemed(home, BOUGHT_FEN)["paid_fen"] == BOUGHT_FEN
    assert home.desk.of_wallet(1) == IN_WALLET_FEN
    check_verified(home)


def test_a_sale_is_cancelled_once_in_whatever_way_it_is_asked(home: House) -> None:
    columns = {"sale": [1, 1]}
    at = home.group.last_at
    answers = home.group.execute_columns(kind="cancel_sale", columns=columns, client="desk", keys=["a", "b"], at=at)
    assert [answer.accepted for answer in answers] == [True, False]
    again = home.ask("cancel_sale", sale=1)
    assert again.invalid is not None
    assert again.invalid.field == "sale"
    gone = redeem(home, 1, on=PAST)
    assert gone.invalid is not None
    assert money(home) == (IN_WALLET_FEN, 0, 0)
    check_verified(home)


def test_the_refund_is_found_from_the_sale_and_the_sale_from_the_refund(home: House) -> None:
    sold_at = home.of("investment_sale", 1)["position"]
    answer = home.ask("cancel_sale", sale=1)
    assert answer.results["sold_by"] == sold_at
    assert CANCEL_BY in why(home.group, answer.position).text()
    life = sale_life(home.group, sale=1)
    assert life is not None
    assert [(step["what"], step["ID"], step["fen"]) for step in life["steps"]] == [
        ("sold", sold_at, BOUGHT_FEN),
        ("cancelled", answer.position, BOUGHT_FEN),
    ]
    assert [(entry["what"], entry["ID"], entry["amount"]) for entry in life["entries"]] == [
        ("investment", sold_at, BOUGHT_FEN),
        ("shares_bought", sold_at, BOUGHT_FEN),
        ("investment_cancelled", answer.position, BOUGHT_FEN),
        ("shares_given_back", answer.position, BOUGHT_FEN),
    ]
    assert sale_life(home.group, sale=2) is None


def test_what_a_closed_wallet_paid_goes_to_the_bank_account_to_which_it_was_closed(home: House) -> None:
    rest = IN_WALLET_FEN - BOUGHT_FEN
    home.do("withdraw", wallet=1, bank_account=2, amount_fen=rest, authentication="two_kinds_with_certificate")
    home.do("close_wallet", wallet=1, bank_account=2)
    before = own_fen(home, Own.clearing_out)
    home.do("cancel_sale", sale=1)
    assert before - own_fen(home, Own.clearing_out) == BOUGHT_FEN
    assert waiting_fen(home) == 0
    check_verified(home)


@pytest.mark.parametrize(("days", "accepted"), [(5, False), (6, True)])
def test_money_goes_on_to_the_maker_when_the_days_are_over(home: House, days: int, accepted: bool) -> None:
    answer = home.ask("release_sale", sale=1, on=days_after(ON, days))
    assert answer.accepted is accepted
    if accepted:
        assert money(home) == (IN_WALLET_FEN - BOUGHT_FEN, BOUGHT_FEN, 0)
        assert home.ask("release_sale", sale=1).invalid is not None
        check_refused(home, home.ask("cancel_sale", sale=1), CANCEL_BY)
        assert home.do("settle", merchant=1, on=days_after(PAST, 1))["settled_fen"] == BOUGHT_FEN
    else:
        check_refused(home, answer, "cp.house.exit.waits", until_on=days_after(ON, 5))
    check_verified(home)


@pytest.mark.parametrize(("days", "accepted"), [(5, False), (6, True)])
def test_what_can_be_cancelled_free_is_not_redeemed_at_a_fee(home: House, days: int, accepted: bool) -> None:
    answer = redeem(home, BOUGHT_FEN, fee_fen=5_000, on=days_after(ON, days))
    assert answer.accepted is accepted
    if not accepted:
        check_refused(home, answer, FIRST, until_on=days_after(ON, 5))


def test_a_part_at_the_price_of_the_day_less_the_fee(home: House) -> None:
    """The worked number of `exits`: 4,000.00 shares at 1.0250 less 0.5%."""
    priced(home, 10_250, on=PAST)
    told = redeemed(home, 400_000, price=10_250, fee_fen=2_050)
    wanted = {"gross_fen": 410_000, "fee_fen": 2_050, "net_fen": 407_950, "paid_fen": 407_950, "left_shares": 600_000}
    assert {name: told[name] for name in wanted} == wanted
    assert (told["duty"], told["pay_by"], told["wallet"]) == (0, 0, 1)
    assert money(home) == (IN_WALLET_FEN - BOUGHT_FEN + 407_950, BOUGHT_FEN - 407_950, 0)
    assert (held_shares(home), against_means(home)) == (600_000, 600_000)
    row = home.of("investment_redemption", 1)
    assert (row["sale"], row["price"], row["terms"], row["paid_on"]) == (1, 10_250, 4, PAST)
    check_verified(home)


@pytest.mark.parametrize(("days", "fee_fen"), [(29, 5_000), (30, 0)])
def test_the_fee_is_due_while_fewer_days_were_held(home: House, days: int, fee_fen: int) -> None:
    on = days_after(ON, days)
    check_refused(home, redeem(home, BOUGHT_FEN, fee_fen=5_000 - fee_fen, on=on), SHOWN, fee_fen=fee_fen)
    assert redeemed(home, BOUGHT_FEN, fee_fen=fee_fen)["net_fen"] == BOUGHT_FEN - fee_fen


def test_the_fee_is_that_of_the_terms_that_the_customer_saw(home: House) -> None:
    home.published(3, "Dearer.", from_date=PAST, exit_fee_ppm=20_000, exit_fee_days=365)
    home.sold(amount_fen=BOUGHT_FEN, terms_digest=digest_of("Dearer."), on=PAST)
    on = days_after(PAST, 6)
    dearer = redeem(home, 100_000, sale=2, fee_fen=500, on=on)
    check_refused(home, dearer, SHOWN, fee_fen=2_000, shown_fee_fen=500, terms=5)
    assert redeemed(home, 100_000, sale=2, fee_fen=2_000)["net_fen"] == 98_000
    assert redeemed(home, 100_000, sale=1, fee_fen=500)["net_fen"] == 99_500
    check_verified(home)


@pytest.mark.parametrize("price", [9_999, 10_001])
def test_at_no_other_price_than_was_shown(home: House, price: int) -> None:
    answer = redeem(home, 400_000, price=price, fee_fen=2_000, on=PAST)
    check_refused(home, answer, SHOWN, price="1.0000", shown_price=f"{price // PAR}.{price % PAR:04d}")


@pytest.mark.parametrize(("shares", "accepted"), [(599_999, True), (600_000, True), (600_001, False)])
def test_never_more_than_is_held(home: House, shares: int, accepted: bool) -> None:
    on = days_after(ON, FEE_DAYS)
    redeemed(home, 400_000, on=on)
    answer = redeem(home, shares)
    assert answer.accepted is accepted
    if not accepted:
        figures = {"bought_shares": "10,000.00", "left_shares": "6,000.00", "asked_shares": "6,000.01"}
        check_refused(home, answer, HELD, **figures)
        assert held_shares(home) == 600_000
    check_verified(home)


def test_the_ledger_itself_books_no_more_than_is_held(home: House) -> None:
    first = int(home.group.records.tables["investment_holding"].column("first_account")[1])
    control = int(home.group.records.tables["institution"].column("first_account")[1]) + Own.usage_control
    status = home.group.ledger.post(
        debit_account=np.array([control]),
        credit_account=np.array([first + SaleOwn.held]),
        amount=np.array([BOUGHT_FEN + 1]),
        code=int(InvestorLeg.shares_given_back),
        at=home.group.last_at,
    ).status
    assert status.tolist() == [LegStatus.exceeds_debits]


def test_two_at_once_share_what_is_held(home: House) -> None:
    columns = {"sale": [1, 1], "shares": [600_000, 600_000], "price": [PAR, PAR], "fee_fen": [0, 0]}
    at = day_ends_at(days_after(ON, FEE_DAYS)) - 1
    answers = home.group.execute_columns(
        kind="redeem_investment", columns=columns, client="desk", keys=["a", "b"], at=at
    )
    assert [answer.accepted for answer in answers] == [True, False]
    check_refused(home, answers[1], HELD, left_shares="4,000.00")
    assert (held_shares(home), home.count("investment_redemption")) == (400_000, 1)
    check_verified(home)


def test_what_was_given_back_makes_room_for_what_it_had_cost(home: House) -> None:
    priced(home, 5_000, on=PAST)
    for shares in (333_333, 333_333):
        redeemed(home, shares, price=5_000, fee_fen=833)
    assert against_means(home) == 333_334
    redeemed(home, 333_334, price=5_000, fee_fen=833)
    assert against_means(home) == 0
    assert redeem(home, 1, price=5_000).refusal is not None


def test_who_leaves_does_not_wait_for_the_makers_money(home: House) -> None:
    on = days_after(ON, FEE_DAYS)
    home.do("release_sale", sale=1, on=PAST)
    home.do("settle", merchant=1, on=days_after(PAST, 1))
    told = redeemed(home, BOUGHT_FEN, on=on)
    assert (told["paid_fen"], told["net_fen"], told["pay_by"]) == (0, BOUGHT_FEN, days_after(on, PAY_DAYS))
    assert held_shares(home) == 0
    [duty] = [each for each in calendar(home.group, on=days_after(on, 4)) if each.kind == "pay_redemption"]
    assert (duty.rule, duty.state, duty.days_left) == ("cp.house.exit.paid", "overdue", -1)
    empty = home.ask("pay_redemption", redemption=1, source="receipts", reference="r")
    check_refused(home, empty, "pay.reserve.no_misuse", available_fen=0, asked_fen=BOUGHT_FEN)
    paid = home.do("pay_redemption", redemption=1, source="paid_in", reference="r", on=days_after(on, PAY_DAYS))
    assert (paid["paid_fen"], paid["late"], paid["redeemed_by"]) == (
        BOUGHT_FEN,
        0,
        home.of("investment_redemption", 1)["position"],
    )
    assert home.desk.of_wallet(1) == IN_WALLET_FEN
    assert home.of("protection_duty", 1)["done_on"] == home.on
    again = home.ask("pay_redemption", redemption=1, source="paid_in", reference="r")
    assert again.invalid is not None
    life = sale_life(home.group, sale=1)
    assert life is not None
    assert [step["what"] for step in life["steps"]] == ["sold", "released", "redeemed", "paid"]
    check_verified(home)


def test_what_the_maker_has_pays_a_part_at_once_and_late_is_late(home: House) -> None:
    priced(home, 15_000, on=PAST)
    on = days_after(ON, FEE_DAYS)
    told = redeemed(home, BOUGHT_FEN, price=15_000, on=on)
    assert (told["net_fen"], told["paid_fen"]) == (1_500_000, BOUGHT_FEN)
    late = days_after(on, PAY_DAYS + 1)
    home.tested(5, LEVEL_3, on=late)
    home.sold(person=5, amount_fen=600_000, terms_digest=digest_of(TERMS))
    stopped = home.ask("pay_redemption", redemption=1, source="receipts", reference="r")
    check_refused(home, stopped, "pay.reserve.no_misuse", available_fen=0)
    home.do("release_sale", sale=2, on=days_after(late, 6))
    assert home.do("pay_redemption", redemption=1, source="receipts", reference="r")["late"] == 1
    assert home.desk.of_wallet(1) == IN_WALLET_FEN + 500_000
    check_verified(home)


def test_no_longer_sold_is_still_given_back(home: House) -> None:
    home.sold(amount_fen=100_000, terms_digest=digest_of(TERMS))
    home.do("suspend_product", product=3)
    assert home.sell(terms_digest=digest_of(TERMS)).invalid is not None
    assert home.ask("cancel_sale", sale=2).accepted
    assert redeem(home, BOUGHT_FEN, on=days_after(ON, FEE_DAYS)).accepted
    check_verified(home)


@pytest.mark.parametrize("way", ["cancelled", "redeemed"])
def test_leaving_asks_for_no_test_no_level_and_no_capacity(home: House, way: str) -> None:
    home.tested(3, LEVEL_3)
    home.sold(person=3, product=1, guardian=True)
    home.do("tell_circumstances", person=3, capacity="none")
    home.do("tell_circumstances", person=1, capacity="limited")
    home.do("rerate_product", product=3, maker_level=5, seller_level=5)
    home.test(1, LEVEL_1)
    for sale, shares, fee_fen in ((1, BOUGHT_FEN, 5_000), (2, 100_000, 0)):
        if way == "cancelled":
            assert home.ask("cancel_sale", sale=sale).accepted
        else:
            assert redeem(home, shares, sale=sale, fee_fen=fee_fen, on=PAST).accepted
    check_verified(home)


def test_who_holds_nothing_more_is_told_no_more_and_kept_from_the_last_payment_on(home: House) -> None:
    assert ended_on(home.group, person=1) == 0
    redeemed(home, BOUGHT_FEN, on=days_after(ON, FEE_DAYS))
    assert home.do("rerate_product", product=3, maker_level=4, seller_level=1)["to_tell"] == 0
    home.do("withdraw", wallet=1, bank_account=2, amount_fen=5_000_000, authentication="two_kinds_with_certificate")
    home.do("close_wallet", wallet=1, bank_account=2)
    assert ended_on(home.group, person=1) == home.on


def test_money_paid_in_by_the_maker_has_a_leg_of_its_own(home: House) -> None:
    priced(home, 10_001, on=PAST)
    redeemed(home, BOUGHT_FEN, price=10_001, on=days_after(ON, FEE_DAYS))
    before = own_fen(home, Own.clearing_in)
    paid = home.ask("pay_redemption", redemption=1, source="paid_in", reference="r")
    assert own_fen(home, Own.clearing_in) - before == paid.results["paid_fen"] == 100
    assert LegCode.investment_redeemed_paid_in.name in str(sale_life(home.group, sale=1))
