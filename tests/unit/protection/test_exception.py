"""The one exception of art. 38: insurance, advised to stop, told all risks, chosen in writing, by the log's times."""

from typing import Any

import pytest

from benyuan.decisions.outcomes import Answer
from benyuan.engine.why import why
from tests.unit.protection.houses import (
    INSURANCE,
    LEVEL_3,
    LEVEL_5,
    PAPER,
    House,
    check_refused,
    check_verified,
    house,
)

MEANS, MISMATCH = "suit.house.means_share", "suit.no_mismatch"


@pytest.fixture
def home() -> House:
    """The house on 2026-03-10, person 1 tested at level 3."""
    made = house()
    made.tested(1, LEVEL_3)
    return made


def excepted(home: House, **fields: Any) -> Answer:
    """Insurance of level 4 for somebody of level 3, with what art. 38 asks for."""
    product = fields.get("product", INSURANCE)
    home.inform(1, product)
    for of in ("stop", "risks"):
        home.ask("warn_investor", person=1, product=product, of=of, evidence=PAPER)
        home.read()
    return home.sell(**{"product": INSURANCE, "own_choice": "e" * 64, "informed": False, **fields})


def test_the_one_exception_is_for_insurance_and_evidenced(home: House) -> None:
    check_refused(home, home.sell(product=INSURANCE), MISMATCH)
    answer = excepted(home)
    assert (answer.accepted, answer.results["excepted"]) == (True, 1)
    assert MISMATCH in why(home.group, answer.position).text()
    check_refused(home, excepted(home, product=4), MISMATCH)
    check_refused(home, excepted(home, recommended=True), "suit.bans")
    check_verified(home)


@pytest.mark.parametrize(
    ("told", "own_choice"),
    [
        ((), "e" * 64),
        (("stop",), "e" * 64),
        (("risks",), "e" * 64),
        (("risks", "stop"), "e" * 64),
        (("stop", "risks"), ""),
    ],
)
def test_evidence_that_is_not_whole_or_not_in_order_is_none(
    home: House, told: tuple[str, ...], own_choice: str
) -> None:
    home.inform(1, INSURANCE)
    for of in told:
        home.do("warn_investor", person=1, product=INSURANCE, of=of, evidence=PAPER)
        home.read()
    answer = home.sell(product=INSURANCE, own_choice=own_choice, informed=False)
    check_refused(home, answer, "suit.exception", level=3, product_level=4)


def test_advice_and_risks_in_one_instant_are_not_in_order(home: House) -> None:
    home.inform(1, INSURANCE)
    for of in ("stop", "risks"):
        home.do("warn_investor", person=1, product=INSURANCE, of=of, evidence=PAPER)
    home.read()
    answer = home.sell(product=INSURANCE, own_choice="e" * 64, informed=False)
    check_refused(home, answer, "suit.exception")


def test_risks_are_read_before_the_choice(home: House) -> None:
    home.inform(1, INSURANCE)
    home.do("warn_investor", person=1, product=INSURANCE, of="stop", evidence=PAPER)
    home.read()
    home.do("warn_investor", person=1, product=INSURANCE, of="risks", evidence=PAPER)
    answer = home.sell(product=INSURANCE, own_choice="e" * 64, informed=False)
    check_refused(home, answer, "suit.house.reading_seconds", read_seconds=0)


def test_advice_before_another_test_is_none(home: House) -> None:
    excepted(home, own_choice="")
    home.tested(1, LEVEL_3)
    home.inform(1, INSURANCE)
    check_refused(home, home.sell(product=INSURANCE, own_choice="e" * 64, informed=False), "suit.exception")


def test_the_exception_reaches_means_too(home: House) -> None:
    assert excepted(home, amount_fen=6_000_000).accepted
    other = house()
    other.tested(1, LEVEL_5)
    check_refused(other, other.sell(product=INSURANCE, amount_fen=6_000_000), MEANS)
    answer = excepted(other, amount_fen=6_000_000)
    assert (answer.accepted, answer.results["excepted"]) == (True, 1)
    check_verified(other)
