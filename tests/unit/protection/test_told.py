"""What is told before it counts, by the log's own times: opinions, changed levels, assets, ratings, capacity."""

from typing import Any

import numpy as np
import pytest

from benyuan.assurance.protection.calendar import calendar
from benyuan.assurance.protection.suitability import assets_of, level_of
from benyuan.consumer_protection.suitability.chart import InvestorOwn
from benyuan.decisions.outcomes import Answer
from tests.unit.protection.houses import (
    ASSETS_FEN,
    INSURANCE,
    LEVEL_1,
    LEVEL_2,
    LEVEL_3,
    LEVEL_4,
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
    text_of,
)

MEANS, WAIT, DOWN, OPINION = (
    "suit.house.means_share",
    "suit.house.assets_wait",
    "suit.house.rating_down",
    "suit.opinion",
)
MINUTED: dict[str, Any] = {"minutes": PAPER, "evidence": PAPER}
RICH_FEN = 10**12


@pytest.fixture
def home() -> House:
    """The house on 2026-03-10, person 1 tested at level 3."""
    made = house()
    made.tested(1, LEVEL_3)
    return made


def confirm_assets(home: House, test: int, *, person: int = 1, evidence: str = "", **fields: Any) -> Answer:
    """The person confirms what they stated."""
    return home.ask("confirm_assets", test=test, evidence=evidence, **{**home.shown(person), **fields})


def check_invalid(answer: Answer, field: str) -> None:
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field


def test_stating_more_until_the_sale_fits_is_no_way(home: House) -> None:
    home.sold(amount_fen=ASSETS_FEN // 2)
    check_refused(home, home.sell(amount_fen=1_000_000), MEANS)
    richer = home.test(1, LEVEL_3, assets_fen=RICH_FEN)
    assert (richer.results["to_confirm"], richer.results["assets_to_confirm"]) == (0, 1)
    check_refused(home, home.sell(amount_fen=1_000_000), MEANS)
    told = level_of(home.group, person=1, on=home.on)
    assert told is not None
    assert (told["assets_fen"], told["assets_to_confirm_fen"]) == (ASSETS_FEN, RICH_FEN)
    done = confirm_assets(home, 2, evidence=PAPER)
    assert done.results == {"counted_fen": RICH_FEN, "before_fen": ASSETS_FEN}
    assert home.sell(amount_fen=1_000_000).accepted
    assert assets_of(home.group, person=1, on=ON) == RICH_FEN
    check_verified(home)


@pytest.mark.parametrize(("days", "accepted"), [(0, False), (29, False), (30, True)])
def test_without_papers_it_must_have_stood_for_some_days(home: House, days: int, accepted: bool) -> None:
    home.test(1, LEVEL_3, assets_fen=RICH_FEN)
    answer = confirm_assets(home, 2, on=days_after(ON, days))
    assert answer.accepted is accepted
    if not accepted:
        figures = {"counted_fen": ASSETS_FEN, "stated_fen": RICH_FEN, "earliest_on": days_after(ON, 30)}
        check_refused(home, answer, WAIT, **figures)


def test_days_alone_let_nothing_count(home: House) -> None:
    home.test(1, LEVEL_3, assets_fen=RICH_FEN)
    check_refused(home, home.sell(amount_fen=ASSETS_FEN // 2 + 1, on=days_after(ON, 60)), MEANS)


@pytest.mark.parametrize("answers", [LEVEL_2, LEVEL_4])
def test_assets_do_not_come_in_with_another_level(home: House, answers: str) -> None:
    home.tested(1, answers, assets_fen=RICH_FEN)
    check_refused(home, home.sell(product=2, amount_fen=ASSETS_FEN // 2 + 1), MEANS)


def test_less_counts_at_once_and_going_back_up_waits(home: House) -> None:
    home.test(1, LEVEL_3, assets_fen=1_000)
    answer = home.sell(amount_fen=501)
    check_refused(home, answer, MEANS)
    assert answer.refusal is not None
    assert answer.refusal.limit == 500
    assert home.test(1, LEVEL_3, assets_fen=ASSETS_FEN, on=days_after(ON, 1)).results["assets_to_confirm"] == 1
    check_refused(home, home.sell(amount_fen=501), MEANS)


def test_a_statement_is_confirmed_once_by_the_person_and_only_the_latest(home: House) -> None:
    home.test(1, LEVEL_3, assets_fen=RICH_FEN)
    home.tested(5, LEVEL_3)
    check_invalid(confirm_assets(home, 2, person=5, evidence=PAPER), "test")
    check_invalid(home.ask("confirm_assets", test=2, evidence=PAPER, **{**home.shown(5), "person": 1}), "person")
    check_invalid(confirm_assets(home, 2, evidence="a paper"), "evidence")
    home.test(1, LEVEL_3, assets_fen=ASSETS_FEN, on=days_after(ON, 1))
    check_invalid(confirm_assets(home, 2, evidence=PAPER), "test")
    check_invalid(confirm_assets(home, 4, evidence=PAPER), "test")  # no more than counts
    home.test(1, LEVEL_3, assets_fen=RICH_FEN, on=days_after(ON, 2))
    assert confirm_assets(home, 5, evidence=PAPER).accepted
    check_invalid(confirm_assets(home, 5, evidence=PAPER), "test")
    check_verified(home)


def test_a_level_is_confirmed_by_the_person_after_it_was_told(home: House) -> None:
    home.test(1, LEVEL_5)
    asked: dict[str, Any] = {"test": 2, **home.shown(1)}
    check_refused(home, home.ask("confirm_level", **asked), "suit.change_confirm", test=2, new_level=5)
    told = home.do("tell_level", person=1, test=2, evidence=PAPER)
    assert (told["level"], told["previous_level"]) == (5, 3)
    check_refused(home, home.ask("confirm_level", **asked), "suit.house.reading_seconds", read_seconds=0)
    home.read(READ_US - 1)
    check_refused(home, home.ask("confirm_level", **asked), "suit.house.reading_seconds", read_seconds=9)
    check_invalid(home.ask("confirm_level", test=2, **{**home.shown(5), "person": 1}), "person")
    check_invalid(home.ask("confirm_level", test=2, **home.shown(5)), "test")
    home.not_before = home.group.last_at + 1
    assert home.ask("confirm_level", **asked).results["level"] == 5
    check_verified(home)


def test_what_is_told_of_a_level_is_of_the_test_that_waits(home: House) -> None:
    check_invalid(home.ask("tell_level", person=1, test=1, evidence=PAPER), "test")
    home.test(1, LEVEL_5)
    home.tested(5, LEVEL_3)
    check_invalid(home.ask("tell_level", person=5, test=2, evidence=PAPER), "test")
    check_invalid(home.ask("tell_level", person=1, test=2, evidence="x" * 64), "evidence")
    home.do("tell_level", person=1, test=2, evidence=PAPER)
    home.test(1, LEVEL_4, on=days_after(ON, 1))
    check_refused(home, home.ask("confirm_level", test=4, **home.shown(1)), "suit.change_confirm", test=4)


def test_an_opinion_is_worked_out_and_given_before_the_sale(home: House) -> None:
    home.do("show_terms", person=1, product=3, terms_digest=digest_of(text_of(3)))
    home.read()
    check_refused(home, home.sell(informed=False), OPINION, opinion=0, test=1)
    fields: dict[str, Any] = {"person": 1, "opinion": PAPER}
    given = home.do("give_opinion", product=3, **fields)
    wanted = {"fits": 1, "level": 3, "product_level": 3, "most_fen": ASSETS_FEN // 2}
    assert {name: given[name] for name in wanted} == wanted
    assert home.do("give_opinion", product=4, **fields)["fits"] == 0
    check_refused(home, home.sell(informed=False), "suit.house.reading_seconds", read_seconds=0)
    home.read()
    assert home.sell(informed=False).results["opinion"] == given["shown"]
    check_verified(home)


def test_an_opinion_ends_with_the_test_or_the_level_that_it_rests_on(home: House) -> None:
    home.inform()
    home.tested(1, LEVEL_3)
    check_refused(home, home.sell(informed=False), OPINION, test=2)
    home.inform()
    home.do("rerate_product", product=3, maker_level=2, seller_level=1, **MINUTED)
    home.published(3, "Level 2.", from_date=ON)
    fields: dict[str, Any] = {"terms_digest": digest_of("Level 2."), "informed": False}
    check_refused(home, home.sell(**fields), OPINION)
    home.inform(terms=digest_of("Level 2."))
    assert home.sell(**fields).accepted
    check_verified(home)


def test_no_opinion_without_a_test_that_counts_and_holds(home: House) -> None:
    fields: dict[str, Any] = {"product": 3, "opinion": PAPER}
    check_refused(home, home.ask("give_opinion", person=5, **fields), "suit.bans", act="sold_before_test")
    home.do("tell_circumstances", person=1)
    check_refused(home, home.ask("give_opinion", person=1, **fields), "suit.retest")
    check_refused(home, home.ask("give_opinion", person=1, on=20270311, **fields), "suit.validity")
    assert home.count("investor_told") == 0


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("give_opinion", {"opinion": "f" * 63 + "G"}, "opinion"),
        ("give_opinion", {"opinion": PAPER, "product": 99}, "product"),
        ("give_opinion", {"opinion": PAPER, "person": 99}, "person"),
        ("show_terms", {"terms_digest": "x" * 64}, "terms_digest"),
        ("warn_investor", {"of": "high-risk", "evidence": ""}, "evidence"),
        ("warn_investor", {"of": "stop", "evidence": PAPER}, "of"),
        ("warn_investor", {"of": "risks", "evidence": PAPER}, "of"),
        ("warn_investor", {"of": "high-risk", "evidence": PAPER, "person": 5}, "person"),
    ],
)
def test_tellings_that_make_no_sense(home: House, kind: str, fields: dict[str, Any], field: str) -> None:
    columns: dict[str, Any] = {"person": 1, "product": 3, **fields}
    check_invalid(home.send(kind, **columns), field)


@pytest.mark.parametrize("name", ["warned_at", "advised_at", "explained_at", "chosen_at", "read_seconds", "care"])
def test_an_order_has_no_field_for_times_that_are_past(home: House, name: str) -> None:
    home.inform()
    asked = {"product": 3, "wallet": 1, "amount_fen": 1, **home.shown(1), name: 1}
    asked |= {"authentication": "two_kinds_with_certificate", "terms_digest": digest_of(text_of(3))}
    check_invalid(home.send("sell_investment", **asked), name)


def test_terms_published_now_are_not_read_yet(home: House) -> None:
    text = "New terms, which nobody has read."
    home.published(3, text, from_date=home.on)
    check_refused(home, home.sell(terms_digest=digest_of(text), informed=False), OPINION)
    home.do("give_opinion", person=1, product=3, opinion=PAPER)
    check_refused(home, home.sell(terms_digest=digest_of(text), informed=False), "suit.told", terms=7, terms_shown=0)
    home.do("show_terms", person=1, product=3, terms_digest=digest_of(text))
    check_refused(home, home.sell(terms_digest=digest_of(text), informed=False), "suit.house.reading_seconds")


@pytest.mark.parametrize("fields", [{}, {"minutes": PAPER}, {"evidence": PAPER}])
def test_a_level_goes_down_by_the_committee_alone(home: House, fields: dict[str, Any]) -> None:
    asked: dict[str, Any] = {"product": 4, "maker_level": 2, "seller_level": 2}
    check_refused(home, home.ask("rerate_product", **asked, **fields), DOWN, level_before=4, new_level=2)
    check_refused(home, home.sell(product=4), "suit.no_mismatch", product_level=4)
    assert home.ask("rerate_product", **asked, **MINUTED).accepted


def test_a_rating_goes_up_without_anybody(home: House) -> None:
    assert home.ask("rerate_product", product=2, maker_level=1, seller_level=5).accepted


def test_terms_from_before_a_changed_level_sell_nothing(home: House) -> None:
    home.do("rerate_product", product=2, maker_level=3, seller_level=1)
    check_refused(home, home.sell(product=2), "suit.product_levels.changed", terms=2, product_level=3)
    text = "Level 3 now."
    fields: dict[str, Any] = {"product": 2, "from_date": ON, "text": text, "digest": digest_of(text)}
    terms = home.do("publish_product_terms", **fields)["terms"]
    check_refused(home, home.sell(product=2, terms_digest=digest_of(text)), "cp.pbc.prior_review", terms=terms)
    home.do("approve_product", product=2, terms=terms, minutes="a")
    assert home.sell(product=2, terms_digest=digest_of(text)).accepted
    check_verified(home)


def test_a_rating_that_leaves_the_level_leaves_the_terms(home: House) -> None:
    home.do("rerate_product", product=2, maker_level=2, seller_level=2)
    assert home.sell(product=2).accepted


def test_who_falls_below_what_they_hold_is_told(home: House) -> None:
    for product in (1, 2, 3, 3):
        home.sold(product=product, amount_fen=1)
    home.do("cancel_sale", sale=2)
    fallen = home.test(1, LEVEL_1)
    assert (fallen.results["level"], fallen.results["to_tell"]) == (1, 1)
    duties = [home.of("protection_duty", number) for number in range(1, home.count("protection_duty") + 1)]
    assert [(duty["kind"], duty["person"], duty["about"], duty["due_on"]) for duty in duties] == [
        (30, 1, 2, 0),
        (32, 1, 3, ON),
    ]
    owed = [each for each in calendar(home.group, on=days_after(ON, 1)) if each.kind == "tell_of_level"]
    assert [(each.rule, each.state, each.days_left) for each in owed] == [
        ("suit.product_levels.changed", "overdue", -1)
    ]
    home.do("tell_holder", duty=2, evidence=PAPER)
    again = home.test(1, LEVEL_1, on=days_after(ON, 1))
    assert again.results["to_tell"] == 0
    check_verified(home)


@pytest.mark.parametrize(
    ("first", "then", "accepted"),
    [
        ("none", "by-age", False),
        ("none", "limited", False),
        ("limited", "by-age", False),
        ("limited", "none", True),
        ("none", "none", True),
        ("none", "unchanged", True),
    ],
)
def test_capacity_comes_back_by_a_paper(home: House, first: str, then: str, accepted: bool) -> None:
    home.do("tell_circumstances", person=5, capacity=first)
    answer = home.ask("tell_circumstances", person=5, capacity=then)
    assert answer.accepted is accepted
    if not accepted:
        figures = {"capacity_before": first, "capacity_told": then}
        check_refused(home, answer, "suit.house.capacity_regained", **figures)
        check_invalid(home.ask("tell_circumstances", person=5, capacity=then, evidence="x"), "evidence")
        assert home.ask("tell_circumstances", person=5, capacity=then, evidence=PAPER).accepted
    check_verified(home)


def test_tests_and_tellings_in_one_batch_are_decided_one_after_the_other(home: House) -> None:
    home.tested(5, LEVEL_3)
    columns: dict[str, Any] = {"person": [1, 5], "product": [3, 3], "opinion": [PAPER, PAPER]}
    at = home.group.last_at
    answers = home.group.execute_columns(kind="give_opinion", columns=columns, client="c", keys=["a", "b"], at=at)
    assert [answer.results["shown"] for answer in answers] == [1, 2]
    held = home.group.records.tables["investor"]
    places = np.flatnonzero(np.isin(held.ids(), [1, 5]))
    first = held.column("first_usage")[places] + InvestorOwn.bought
    assert [home.desk.balance(int(account)) for account in first] == [0, 0]
    check_verified(home)


def test_a_warning_by_who_sells_insurance_goes_by_the_counted_test(home: House) -> None:
    home.do("warn_investor", person=1, product=INSURANCE, of="stop", evidence=PAPER)
    row = home.of("investor_told", 1)
    wanted = {"what": 4, "test": 1, "level": 3, "product_level": 4, "at": home.group.last_at}
    assert {name: row[name] for name in wanted} == wanted
