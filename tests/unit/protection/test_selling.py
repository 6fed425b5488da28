"""Sales in the order in which they are checked; what each leaves on record; sales cancelled; attacks."""

from typing import Any

import pytest

from benyuan.decisions.outcomes import Answer
from tests.unit.protection.houses import (
    ASSETS_FEN,
    IN_WALLET_FEN,
    LEVEL_2,
    LEVEL_3,
    LEVEL_5,
    ON,
    PAPER,
    READ_US,
    House,
    check_refused,
    check_verified,
    days_after,
    digest_of,
    house,
    number_of,
    text_of,
)

HIGH, MATURE = 20260616, 2
DAY_US = 24 * 3_600 * 1_000_000
DOWN = {"minutes": PAPER, "evidence": PAPER}
RERATED = "suit.product_levels.changed"
MEANS, MISMATCH, ELDER, HOURS = "suit.house.means_share", "suit.no_mismatch", "suit.elder", "suit.house.elder_hours"


@pytest.fixture
def home() -> House:
    """The house on 2026-03-10, person 1 tested at level 3."""
    made = house()
    made.tested(1, LEVEL_3)
    return made


def test_a_sale_moves_the_money_and_keeps_what_it_rests_on(home: House) -> None:
    sold = home.sold(product=3, amount_fen=100_000)
    assert sold | {"position": 0} == {
        "sale": 1,
        "level": 3,
        "product_level": 3,
        "excepted": 0,
        "cancel_by": days_after(ON, 5),
        "shares": 100_000,
        "price": 10_000,
        "opinion": 1,
        "position": 0,
    }
    assert (home.desk.of_wallet(1), home.desk.of_merchant(1)) == (IN_WALLET_FEN - 100_000, 0)
    row = home.of("investment_sale", 1)
    wanted = {"person": 1, "product": 3, "amount_fen": 100_000, "terms": 3, "test": 1, "age_years": 40, "duty": 0}
    assert {name: row[name] for name in wanted} == wanted
    check_verified(home)


def test_selling_first_and_testing_later_is_refused(home: House) -> None:
    check_refused(home, home.sell(5), "suit.bans", act="sold_before_test")
    home.tested(5)
    assert home.sell(5).accepted


@pytest.mark.parametrize(("product", "accepted"), [(2, True), (3, True), (4, False)])
def test_the_level_fits_or_it_is_no_sale(home: House, product: int, accepted: bool) -> None:
    answer = home.sell(product=product)
    if accepted:
        assert answer.accepted
    else:
        check_refused(home, answer, MISMATCH, level=3, product_level=4)


def test_pushing_a_higher_risk_is_told_apart_from_asking_for_it(home: House) -> None:
    check_refused(home, home.sell(product=4, recommended=True), "suit.bans", act="higher_risk_pushed")
    check_refused(home, home.sell(product=4), MISMATCH)
    assert home.sell(product=3, recommended=True).accepted


def test_who_says_to_be_professional_is_refused(home: House) -> None:
    check_refused(home, home.sell(as_professional=True), "suit.professional")


@pytest.mark.parametrize(("on", "accepted"), [(20270309, True), (20270310, True), (20270311, False)])
def test_a_result_holds_for_twelve_months(home: House, on: int, accepted: bool) -> None:
    answer = home.sell(on=on)
    assert answer.accepted is accepted
    if not accepted:
        check_refused(home, answer, "suit.validity", test=1, tested_on=ON)
        home.tested(1, LEVEL_3)
        assert home.sell().accepted


def test_who_told_of_a_change_is_tested_again_first(home: House) -> None:
    home.do("tell_circumstances", person=1, what="lost my job")
    check_refused(home, home.sell(), "suit.retest", test=1)
    home.tested(1, LEVEL_3)
    assert home.sell().accepted
    check_verified(home)


def test_a_loss_of_capacity_is_told_too(home: House) -> None:
    home.do("tell_circumstances", person=1, capacity="none")
    home.do("tell_circumstances", person=1, what="a new job, and nothing else")
    home.tested(1, LEVEL_3)
    check_refused(home, home.sell(product=1, guardian=True), "suit.minor", age_years=40)
    home.do("tell_circumstances", person=1, capacity="limited", evidence=PAPER)
    home.tested(1, LEVEL_3, on=days_after(ON, 1))
    check_refused(home, home.sell(product=1), "suit.minor")
    check_refused(home, home.sell(product=2, guardian=True), "suit.minor", product_level=2)
    assert home.sell(product=1, guardian=True).accepted


@pytest.mark.parametrize(
    ("person", "product", "guardian", "accepted"),
    [(3, 1, True, True), (3, 1, False, False), (3, 2, True, False), (4, 1, True, False)],
)
def test_minors(home: House, person: int, product: int, guardian: bool, accepted: bool) -> None:
    home.tested(person, LEVEL_3)
    answer = home.sell(person, product, guardian=guardian)
    assert answer.accepted is accepted
    if not accepted:
        check_refused(home, answer, "suit.minor")


@pytest.mark.parametrize(("on", "person", "accepted"), [(20260531, 3, False), (20260601, 3, True)])
def test_capacity_is_full_from_the_birthday_on(home: House, on: int, person: int, accepted: bool) -> None:
    home.tested(person, LEVEL_3, on=on)
    assert home.sell(person, 3).accepted is accepted


@pytest.mark.parametrize(("on", "product", "cared"), [(20260614, 4, False), (20260615, 4, True), (20260615, 3, False)])
def test_care_begins_on_the_sixty_fifth_birthday_and_with_high_risk(
    home: House, on: int, product: int, cared: bool
) -> None:
    home.tested(MATURE, LEVEL_5, on=on)
    answer = home.sell(MATURE, product)
    assert answer.accepted is not cared
    if cared:
        check_refused(home, answer, ELDER, age_years=65, product_level=4)


@pytest.mark.parametrize("accepted", [False, True])
def test_time_to_think_and_a_duty_to_follow_up(home: House, accepted: bool) -> None:
    home.tested(MATURE, LEVEL_5, on=HIGH)
    check_refused(home, home.sell(MATURE, 4), ELDER)
    at = home.group.last_at
    home.do("warn_investor", person=MATURE, product=4, of="high-risk", evidence=PAPER)
    assert home.of("investor_told", home.count("investor_told"))["at"] == at
    home.on = days_after(HIGH, 1)
    home.not_before = at + DAY_US - (0 if accepted else 1)
    answer = home.sell(MATURE, 4, time="00:00", informed=False)
    assert answer.accepted is accepted
    if not accepted:
        check_refused(home, answer, HOURS, earliest_at=at + DAY_US)
        return
    assert home.of("protection_duty", 1)["kind"] == 31
    home.do("follow_up_sale", sale=1, findings="understood")
    assert home.of("protection_duty", 1)["done_on"] == home.on
    assert home.ask("follow_up_sale", sale=1).invalid is not None
    check_verified(home)


@pytest.mark.parametrize(("us", "seconds"), [(0, 0), (READ_US - 1, 9), (READ_US, None)])
def test_terms_are_read_by_the_clock_of_the_log(home: House, us: int, seconds: int | None) -> None:
    home.inform()
    home.not_before = home.group.last_at + us
    answer = home.sell(informed=False)
    if seconds is None:
        assert answer.accepted
        check_verified(home)
    else:
        check_refused(home, answer, "suit.house.reading_seconds", read_seconds=seconds, least_seconds=10)


def test_other_terms_than_those_in_force_are_neither_shown_nor_confirmed(home: House) -> None:
    home.do("give_opinion", person=1, product=3, opinion=PAPER)
    other = home.ask("show_terms", person=1, product=3, terms_digest="0" * 64)
    check_refused(home, other, "suit.told", terms=3)
    check_refused(home, home.sell(informed=False), "suit.told", terms=3, terms_shown=0)
    home.inform()
    check_refused(home, home.sell(terms_digest="0" * 64, informed=False), "suit.told", terms=3, terms_shown=3)
    assert home.sell(informed=False).accepted
    assert home.sell(informed=False).accepted  # shown once, the same version needs no second showing


def test_terms_shown_to_another_or_of_another_product_are_not_shown(home: House) -> None:
    home.tested(5, LEVEL_3)
    home.inform(5, 3)
    home.inform(1, 2)
    home.do("give_opinion", person=1, product=3, opinion=PAPER)
    check_refused(home, home.sell(informed=False), "suit.told", terms_shown=0)


def test_new_terms_ask_for_a_new_confirmation(home: House) -> None:
    text = "Other terms."
    terms = home.do("publish_product_terms", product=3, from_date=20260401, text=text, digest=digest_of(text))["terms"]
    assert home.sell(on=20260331).accepted
    check_refused(home, home.sell(on=20260401), "cp.pbc.prior_review", terms=terms)
    home.do("approve_product", product=3, terms=terms, minutes="a")
    check_refused(home, home.sell(), "suit.told", terms=7)
    check_refused(home, home.sell(informed=False, terms_digest=digest_of(text)), "suit.told", terms_shown=3)
    assert home.sell(terms_digest=digest_of(text)).accepted


@pytest.mark.parametrize(("amount_fen", "accepted"), [(4_999_999, True), (5_000_000, True), (5_000_001, False)])
def test_money_beyond_means(home: House, amount_fen: int, accepted: bool) -> None:
    answer = home.sell(amount_fen=amount_fen)
    assert answer.accepted is accepted
    if answer.refusal:
        assert (answer.refusal.limit, answer.refusal.used, answer.refusal.asked) == (5_000_000, 0, amount_fen)
        check_refused(home, answer, MEANS)


def test_a_sale_split_into_many_is_one_and_a_cancelled_one_is_none(home: House) -> None:
    for product in (1, 2, 3, 3):
        assert home.sell(product=product, amount_fen=1_250_000).accepted
    last = home.sell(product=1, amount_fen=1)
    check_refused(home, last, MEANS)
    assert last.refusal is not None
    assert last.refusal.used == 5_000_000
    home.do("cancel_sale", sale=1)
    assert home.sell(product=1, amount_fen=1_250_000).accepted
    check_verified(home)


def test_who_stated_nothing_has_no_means(home: House) -> None:
    home.tested(5, LEVEL_3, assets_fen=0)
    check_refused(home, home.sell(5, amount_fen=1), MEANS)


def test_products_not_approved_or_suspended(home: House) -> None:
    fields = {"institution": 1, "merchant": 1, "sort": "investment", "name": "new", "maker": "m", "seller": "m"}
    made = home.do("register_product", **fields, maker_level=2, seller_level=2, target="t", fees="f", sample=True)
    text = text_of(3)
    others = home.ask("approve_product", product=made["product"], terms=3, minutes="a")
    assert others.invalid is not None
    fields = {"product": made["product"], "from_date": home.on, "text": text, "digest": digest_of(text)}
    terms = home.do("publish_product_terms", **fields)["terms"]
    sale: dict[str, Any] = {"product": made["product"], "terms_digest": digest_of(text)}
    check_refused(home, home.sell(**sale), "cp.pbc.prior_review")
    home.do("approve_product", product=made["product"], terms=terms, minutes="a")
    assert home.sell(**sale).accepted
    home.do("suspend_product", product=made["product"])
    stopped = home.sell(**sale)
    assert stopped.invalid is not None
    assert home.ask("suspend_product", product=made["product"]).invalid is not None
    home.do("resume_product", product=made["product"])
    assert home.ask("resume_product", product=made["product"]).invalid is not None
    assert home.sell(**sale).accepted
    check_verified(home)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"sample": False}, "pay.scope.only_licensed"),
        ({"agency": ""}, "suit.agent"),
        ({"seller_level": 0}, "suit.product_levels"),
    ],
)
def test_what_may_not_go_on_the_register(home: House, fields: dict[str, Any], rule: str) -> None:
    check_refused(home, registered(home, **fields), rule)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"maker_level": 6}, "maker_level"),
        ({"merchant": 0}, "merchant"),
        ({"institution": 0}, "institution"),
        ({"lender": 1}, "lender"),
        ({"sort": "wallet"}, "merchant"),
        ({"sort": "cash-loan"}, "institution"),
    ],
)
def test_products_that_make_no_sense(home: House, fields: dict[str, Any], field: str) -> None:
    answer = registered(home, **fields)
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field


def registered(home: House, **fields: Any) -> Answer:
    """A product, but for what is said otherwise."""
    wanted = {"institution": 1, "merchant": 1, "sort": "investment", "name": "new", "maker": "m", "seller": "s"}
    wanted |= {"maker_level": 2, "seller_level": 3, "target": "t", "fees": "f", "sample": True, "agency": "b"}
    columns = {**wanted, **fields}
    answer: Answer = home.send("register_product", **columns)
    return answer


def test_the_higher_rating_counts_and_others_have_none(home: House) -> None:
    assert registered(home).results["level"] == 3
    assert registered(home, seller_level=1).results["level"] == 2
    plain = {"sort": "wallet", "merchant": 0, "maker_level": 0, "seller_level": 0, "sample": False, "agency": ""}
    wallet = registered(home, **plain)
    assert wallet.accepted
    sale = home.sell(product=wallet.results["product"])
    assert sale.invalid is not None
    assert "investment" in sale.invalid.constraint


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"wallet": 2}, "wallet"),
        ({"number": number_of(2)}, "person"),
        ({"product": 99}, "product"),
        ({"amount_fen": 0}, "amount_fen"),
        ({"institution": 2}, "institution"),
    ],
)
def test_sales_that_make_no_sense(home: House, fields: dict[str, Any], field: str) -> None:
    asked = {"amount_fen": 1, "wallet": 1, "product": 3, **home.shown(1)}
    asked |= {"authentication": "two_kinds_with_certificate", "terms_digest": digest_of(text_of(3))}
    answer = home.send("sell_investment", **{**asked, **fields})
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field


def test_a_class_two_balance_buys_no_investment(home: House) -> None:
    wallet = home.do("open_wallet", person=1, wallet_class="II", channels=3)["wallet"]
    check_refused(home, home.sell(wallet=wallet), "pay.account.class2.uses")


def test_more_than_the_wallet_holds(home: House) -> None:
    test = home.tested(1, LEVEL_3, assets_fen=9 * ASSETS_FEN)
    home.do("confirm_assets", test=test, evidence=PAPER, **home.shown(1))
    check_refused(home, home.sell(amount_fen=IN_WALLET_FEN + 1), "pay.account.no_overdraft")


def test_two_of_one_person_in_a_batch_share_the_means_and_a_key_is_one_sale(home: House) -> None:
    home.inform()
    asked = {"product": 3, "wallet": 1, "amount_fen": 2_500_001, **home.shown(1)}
    asked |= {"authentication": "two_kinds_with_certificate", "terms_digest": digest_of(text_of(3))}
    columns = {name: [item] * 2 for name, item in asked.items()}
    answers = home.group.execute_columns(
        kind="sell_investment", columns=columns, client="desk", keys=["a", "b"], at=home.not_before
    )
    assert [answer.accepted for answer in answers] == [True, False]
    again = home.group.execute_columns(
        kind="sell_investment", columns=columns, client="desk", keys=["a", "c"], at=home.group.last_at
    )
    assert (again[0].repeated, again[1].accepted, home.count("investment_sale")) == (True, False, 1)
    check_verified(home)


@pytest.mark.parametrize("digest", ["0" * 64, "short"])
def test_terms_that_are_not_what_the_digest_says(home: House, digest: str) -> None:
    answer = home.ask("publish_product_terms", product=3, from_date=home.on, text="x", digest=digest)
    assert answer.invalid is not None
    assert answer.invalid.field == "digest"


def test_terms_begin_today_or_later_and_a_person_is_registered_once(home: House) -> None:
    early = home.ask("publish_product_terms", product=3, from_date=ON - 1, text="x", digest=digest_of("x"))
    assert early.invalid is not None
    again = home.ask("register_investor", person=1)
    assert again.invalid is not None
    assert home.ask("approve_product", product=3, terms=3, minutes="a").invalid is not None


def test_a_changed_level_is_matched_anew_and_told_to_who_holds_it(home: House) -> None:
    home.tested(5, LEVEL_3)
    home.sold(product=3, amount_fen=1)
    home.sold(product=3, amount_fen=1)
    home.sold(person=5, product=3, amount_fen=1)
    home.sold(person=5, product=2, amount_fen=1)
    made = home.do("rerate_product", product=3, maker_level=2, seller_level=4)
    assert (made["level"], made["to_tell"]) == (4, 2)
    check_refused(home, home.sell(product=3), RERATED, product_level=4, terms=3)
    text = "Terms that tell level 4."
    newer = home.published(3, text, from_date=ON)
    check_refused(home, home.sell(product=3, terms_digest=digest_of(text)), MISMATCH, product_level=4)
    assert newer == 7
    duties = [home.of("protection_duty", number) for number in (1, 2)]
    assert [(one["kind"], one["person"], one["about"], one["due_on"]) for one in duties] == [
        (32, 1, 3, ON),
        (32, 5, 3, ON),
    ]
    told: dict[str, Any] = {"evidence": PAPER}
    assert home.do("tell_holder", duty=1, **told)["late"] == 0
    again = home.ask("tell_holder", duty=1, **told)
    assert again.invalid is not None
    assert again.invalid.field == "duty"
    unproved = home.ask("tell_holder", duty=2, evidence="told by telephone")
    assert unproved.invalid is not None
    assert unproved.invalid.field == "evidence"
    assert home.do("tell_holder", duty=2, **told, on=days_after(ON, 1))["late"] == 1
    home.do("cancel_sale", sale=3)
    assert home.do("rerate_product", product=3, maker_level=2, seller_level=3, **DOWN)["to_tell"] == 1
    assert home.do("rerate_product", product=3, maker_level=3, seller_level=3)["to_tell"] == 0
    text = "Terms that tell level 3 again."
    home.published(3, text, from_date=home.on)
    assert home.sell(product=3, terms_digest=digest_of(text)).accepted
    check_verified(home)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"maker_level": 3, "seller_level": 1}, "maker_level"),
        ({"maker_level": 0}, "maker_level"),
        ({"seller_level": 0}, "seller_level"),
        ({"seller_level": 6}, "seller_level"),
        ({"product": 99}, "product"),
        ({"minutes": "short"}, "minutes"),
        ({"evidence": "G" * 64}, "evidence"),
    ],
)
def test_ratings_that_make_no_sense(home: House, fields: dict[str, Any], field: str) -> None:
    answer = home.send("rerate_product", **{"product": 3, "maker_level": 2, "seller_level": 2, **DOWN, **fields})
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field


def test_the_order_of_checks() -> None:
    """A sale at fault in everything, put right one thing after the other: each refusal is the next gate's."""
    home = house()
    home.on = HIGH
    product = registered(home, maker_level=4, seller_level=4).results["product"]
    sale: dict[str, Any] = {"terms_digest": "0" * 64, "as_professional": True, "recommended": True, "informed": False}
    sale |= {"amount_fen": ASSETS_FEN, "product": product}
    home.do("tell_circumstances", person=MATURE, capacity="none")

    def stopped(rule: str, **figures: Any) -> None:
        check_refused(home, home.sell(MATURE, **sale), rule, **figures)

    stopped("cp.pbc.prior_review")
    home.published(product, text_of(product), from_date=home.on)
    home.do("rerate_product", product=product, maker_level=5, seller_level=4)
    stopped(RERATED)
    home.published(product, "Level 5.", from_date=home.on)
    stopped("suit.minor")
    home.do("tell_circumstances", person=MATURE, capacity="by-age", evidence=PAPER)
    stopped("suit.professional")
    sale["as_professional"] = False
    stopped("suit.bans", act="sold_before_test")
    home.tested(MATURE, LEVEL_2)
    home.test(MATURE, LEVEL_3)
    stopped("suit.change_confirm", new_level=3)
    home.confirmed(MATURE, 2)
    home.do("tell_circumstances", person=MATURE)
    home.on = 20270617
    stopped("suit.validity")
    home.tested(MATURE, LEVEL_3)
    home.do("tell_circumstances", person=MATURE)
    stopped("suit.retest")
    home.tested(MATURE, LEVEL_3)
    stopped("suit.bans", act="higher_risk_pushed")
    sale["recommended"] = False
    stopped(MISMATCH)
    home.on = 20270618
    home.tested(MATURE, LEVEL_5)
    stopped(ELDER)
    home.do("warn_investor", person=MATURE, product=product, of="high-risk", evidence=PAPER)
    stopped(HOURS)
    home.on = 20270620
    stopped("suit.opinion")
    home.do("give_opinion", person=MATURE, product=product, opinion=PAPER)
    stopped("suit.told")
    sale["terms_digest"] = digest_of("Level 5.")
    home.do("show_terms", person=MATURE, product=product, terms_digest=digest_of("Level 5."))
    stopped("suit.house.reading_seconds")
    home.read()
    stopped(MEANS)
    sale["amount_fen"] = ASSETS_FEN // 2
    assert home.sell(MATURE, **sale).accepted
    check_verified(home)
