"""Money that one body of a group borrows and another counts as capital: it counts nothing, whatever either calls it."""

import pytest

from benyuan.values.errors import BadInput
from tests.unit.group.ownership import BANK, HOLDING, Houses
from tests.unit.group.prudential import BANK_HELD, TOP_BORROWED, geared, missing, of, with_returns


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("investments", ("paid_in_capital", HOLDING)),
        ("investments", ("paid_in_capital", 0)),
        ("loans", ("paid_in_capital", HOLDING)),
        ("loans", ("paid_in_capital", 0)),
        ("bonds_held", ("retained_earnings", 0)),
        ("bank_deposits", ("capital_reserve", HOLDING)),
        ("securities", ("paid_in_capital", HOLDING)),
    ],
)
def test_debt_that_comes_back_as_capital_counts_nothing(given: str, taken: tuple[str, int]) -> None:
    """Whatever either side calls it: 0 of the top, 100 of the bank, 100 taken off, beside 80 asked."""
    other = 0 if given == "securities" else BANK
    found = geared([(HOLDING, given, other, 100), TOP_BORROWED, *BANK_HELD, (BANK, taken[0], taken[1], -100)])
    assert (found.own_funds_fen, found.required_fen) == (0, 80)
    assert [(each.giver, each.taker, each.deducted_fen) for each in found.between] == [(HOLDING, BANK, 100)]
    assert [each.met for each in found.bodies] == [None, True]  # alone the bank has enough


def test_what_neither_side_tells_is_named_where_there_is_a_stake() -> None:
    found = geared([(HOLDING, "securities", 0, 100), TOP_BORROWED, *BANK_HELD, (BANK, "paid_in_capital", 0, -100)])
    assert (found.own_funds_fen, of(found, "capital").value) == (None, None)
    assert (HOLDING, f"what its stake in {BANK} is carried at") in missing(found)


@pytest.mark.parametrize(("lent", "own_funds"), [(100, 0), (40, 60), (0, 100), (None, None)])
def test_debt_that_the_sectors_rule_counts_as_capital_is_taken_off(lent: int | None, own_funds: int | None) -> None:
    """Both show the bond; what of it is capital only the bank's own figure tells."""
    rows = [
        (HOLDING, "bonds_held", BANK, 100),
        (HOLDING, "investments", BANK, 0),
        TOP_BORROWED,
        *BANK_HELD,
        (BANK, "bonds_issued", HOLDING, -100),
    ]
    found = geared(rows, lent=lent)
    assert found.own_funds_fen == own_funds
    assert ((BANK, "capital from group") in missing(found)) is (lent is None)


def test_capital_that_goes_round_is_taken_off_each_way() -> None:
    """The top has 100 of its own, gives the bank 100, which buys the top's shares for 50: 100 of substance remain."""
    rows = [
        (HOLDING, "investments", BANK, 100),
        (HOLDING, "cash", 0, 50),
        (HOLDING, "paid_in_capital", 0, -100),
        (HOLDING, "capital_reserve", BANK, -50),
        (BANK, "investments", HOLDING, 50),
        (BANK, "cash", 0, 50),
        (BANK, "paid_in_capital", HOLDING, -100),
    ]
    found = geared(rows)
    assert found.own_funds_fen == 150 + 100 - 100 - 50
    assert [(each.giver, each.taker, each.deducted_fen) for each in found.between] == [
        (HOLDING, BANK, 100),
        (BANK, HOLDING, 50),
    ]


def test_the_greater_of_both_sides_counts_and_neither_twice() -> None:
    rows = [
        (HOLDING, "investments", BANK, 60),
        (HOLDING, "loans", BANK, 40),
        TOP_BORROWED,
        *BANK_HELD,
        (BANK, "paid_in_capital", HOLDING, -70),
        (BANK, "borrowings", HOLDING, -30),
    ]
    (one,) = geared(rows, lent=0).between
    assert (one.carried_fen, one.not_owed_fen, one.shown_fen, one.deducted_fen) == (60, 10, 70, 70)


def test_leverage_is_of_the_accounts_consolidated_here() -> None:
    rows = [(HOLDING, "investments", BANK, 100), TOP_BORROWED, *BANK_HELD, (BANK, "paid_in_capital", 0, -100)]
    found = geared(rows, stake=100)
    assert (of(found, "leverage").known_whole_fen, of(found, "leverage").value) == (100, "0")


def test_a_missing_trial_balance_leaves_no_leverage() -> None:
    found = geared([(HOLDING, "investments", BANK, 100), TOP_BORROWED])
    assert of(found, "leverage").value is None
    assert (BANK, "trial balance") in missing(found)


def test_a_trial_balance_without_a_document_is_invented_here_too() -> None:
    houses = Houses()
    found = with_returns(houses, [(HOLDING, "cash", 0, 5), (HOLDING, "paid_in_capital", 0, -5)], source="invented")
    assert [each.invented for each in found.bodies] == [True]
    assert of(found, "leverage").invented


def test_one_that_does_not_balance_is_refused_with_its_article() -> None:
    with pytest.raises(BadInput, match=r"body 3, 20260430: debits 100, credits 0.*fhc.consolidation.*第二十五条"):
        geared([(BANK, "cash", 0, 100)])
