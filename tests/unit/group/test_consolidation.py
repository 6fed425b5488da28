"""A group's accounts worked by hand, and what a return can do wrong."""

from fractions import Fraction

import numpy as np
import pytest

from benyuan.holding_company.consolidation.chart import chart_of
from benyuan.holding_company.consolidation.consolidating import consolidate
from benyuan.holding_company.consolidation.eliminating import eliminate
from benyuan.holding_company.consolidation.entries import Entries, together
from benyuan.holding_company.consolidation.scope import Named, scope_of
from benyuan.parties.ownership.control import Concert, Grounds, control
from benyuan.parties.ownership.stakes import stakes_of
from benyuan.rules import load_pack
from benyuan.values.errors import BadInput
from tests.unit.group.returns import CHART, PERIOD, Row, amounts, consolidated, entries_of

RULES = load_pack()
STAKES = [(1, 2, 80, 100), (1, 3, 50, 100), (2, 3, 25, 100)]
TOP: list[Row] = [
    (1, "bank_deposits", 2, 1000),
    (1, "investments", 2, 900),
    (1, "investments", 3, 500),
    (1, "securities", 0, 2650),
    (1, "administration", 0, 50),
    (1, "paid_in_capital", 0, -5000),
    (1, "dividend_income", 2, -80),
    (1, "interest_income", 2, -20),
]
BANK: list[Row] = [
    (2, "cash", 0, 500),
    (2, "loans", 0, 3000),
    (2, "loans", 3, 400),
    (2, "investments", 3, 250),
    (2, "customer_deposits", 1, -1000),
    (2, "customer_deposits", 0, -1970),
    (2, "paid_in_capital", 0, -1000),
    (2, "distributions", 1, 80),
    (2, "distributions", 0, 20),
    (2, "interest_expense", 1, 20),
    (2, "interest_income", 3, -30),
    (2, "interest_income", 0, -300),
    (2, "administration", 0, 30),
]
LENDER: list[Row] = [
    (3, "cash", 0, 60),
    (3, "loans", 0, 1200),
    (3, "allowance", 0, -50),
    (3, "borrowings", 2, -390),
    (3, "paid_in_capital", 0, -800),
    (3, "interest_income", 0, -100),
    (3, "interest_expense", 2, 30),
    (3, "impairment", 0, 50),
]


def test_the_group_worked_by_hand() -> None:
    found = consolidated([*TOP, *BANK, *LENDER], STAKES, rules=RULES)
    assert amounts(found) == {
        "cash": 560,
        "loans": 4210,
        "allowance": -50,
        "securities": 2650,
        "goodwill": 250,
        "customer_deposits": 1970,
        "interest_income": 400,
        "impairment": 50,
        "administration": 80,
    }
    assert (found.assets_fen, found.liabilities_fen, found.minority_fen, found.owners_fen) == (7620, 1970, 442, 5208)
    assert [(each.body, each.interest, each.equity_fen, each.result_fen) for each in found.minorities] == [
        (2, "4/5", 196, 56),
        (3, "7/10", 246, 6),
    ]
    assert (found.income_fen, found.expenses_fen, found.result_fen, found.result_owners_fen) == (400, 130, 270, 208)
    assert ([(line.name, line.amount_fen) for line in found.top_lines], found.reserves_fen) == (
        [("paid_in_capital", 5000)],
        0,
    )
    assert found.difference_fen == 0
    assert (found.minority_residue, found.goodwill_residue) == ("0", "0")


def test_a_mismatch_is_listed_with_both_sides() -> None:
    found = consolidated([*TOP, *BANK, *LENDER], STAKES, rules=RULES)
    (one,) = found.mismatches
    told = (one.role, one.debit_body, one.credit_body, one.debit_side_fen, one.credit_side_fen, one.difference_fen)
    assert told == ("loans", 2, 3, 400, 390, 10)
    assert (found.pairs, found.eliminated_fen) == (5, 1000 + 390 + 20 + 30 + 80)


def test_what_only_one_side_knows_stays_and_is_listed() -> None:
    rows = [(1, "receivables", 2, 7), (1, "paid_in_capital", 0, -7), (2, "cash", 0, 5), (2, "paid_in_capital", 0, -5)]
    found = consolidated(rows, [(1, 2, 1, 1)], rules=RULES)
    assert amounts(found)["receivables"] == 7
    assert [(one.role, one.debit_side_fen, one.credit_side_fen) for one in found.mismatches] == [("settlement", 7, 0)]
    assert (found.below_fen, found.stakes_not_carried) == (5, [(1, 2)])


def test_a_line_that_mirrors_nothing_is_listed_by_its_name() -> None:
    rows = [
        (1, "other_assets", 2, 7),
        (1, "paid_in_capital", 0, -7),
        (2, "other_liabilities", 1, -7),
        (2, "cash", 0, 7),
    ]
    found = consolidated(rows, [(1, 2, 1, 1)], rules=RULES)
    told = [(one.role, one.debit_body, one.credit_body, one.difference_fen) for one in found.mismatches]
    assert told == [("other_liabilities", 1, 2, -7), ("other_assets", 1, 2, 7)]


def test_others_part_is_rounded_once_and_the_rest_is_told() -> None:
    rows = [(1, "investments", 2, 4), (1, "investments", 3, 4), (1, "paid_in_capital", 0, -8)]
    for body in (2, 3):
        rows += [(body, "cash", 0, 7), (body, "paid_in_capital", 0, -6), (body, "interest_income", 0, -1)]
    found = consolidated(rows, [(1, 2, 2, 3), (1, 3, 2, 3)], rules=RULES)
    # a third of 7 each: 4 2/3 are 5, of which the lower body has the fen more; 1/3 is told, not lost
    assert (found.minority_fen, found.minority_residue) == (5, "-1/3")
    assert [each.equity_fen for each in found.minorities] == [3, 2]
    assert (found.assets_fen, found.owners_fen, found.difference_fen) == (14, 9, 0)


@pytest.mark.parametrize(("carried", "goodwill", "below"), [(3, 0, 0), (4, 1, 0), (1, 0, 2)])
def test_more_than_the_part_of_capital_is_goodwill_and_less_is_equity(carried: int, goodwill: int, below: int) -> None:
    rows = [(1, "investments", 2, carried), (1, "paid_in_capital", 0, -carried)]
    rows += [(2, "cash", 0, 5), (2, "paid_in_capital", 0, -5)]
    found = consolidated(rows, [(1, 2, 2, 3)], rules=RULES)
    assert (found.goodwill_fen, found.below_fen, found.difference_fen) == (goodwill, below, 0)
    assert found.goodwill_residue == "-1/3"  # of 5 two thirds are 3 1/3


def test_a_ring_of_owners_is_solved_exactly() -> None:
    """1 has 60% of 2; 2 has 50% of 3; 3 has 20% of 2: of 2 the top has 0.6 / (1 - 0.1), which is two thirds."""
    rows = [(1, "investments", 2, 600), (1, "paid_in_capital", 0, -600)]
    rows += [(2, "cash", 0, 590), (2, "investments", 3, 500), (2, "paid_in_capital", 0, -1000)]
    rows += [(2, "other_income", 0, -90)]
    rows += [(3, "cash", 0, 800), (3, "investments", 2, 200), (3, "paid_in_capital", 0, -1000)]
    found = consolidated(rows, [(1, 2, 60, 100), (2, 3, 50, 100), (3, 2, 20, 100)], rules=RULES)
    assert [each.interest for each in found.minorities] == ["2/3", "1/3"]
    assert (found.assets_fen, found.goodwill_fen, found.result_minority_fen, found.result_owners_fen) == (
        1390,
        0,
        30,
        60,
    )
    # the top's 600 and two thirds of what 2 has earned
    assert (found.owners_fen, found.minority_fen, found.difference_fen) == (660, 730, 0)


def test_shares_of_the_top_inside_the_group_go_against_equity() -> None:
    rows = [(1, "investments", 2, 100), (1, "cash", 0, 400), (1, "paid_in_capital", 0, -500)]
    rows += [(2, "investments", 1, 30), (2, "cash", 0, 70), (2, "paid_in_capital", 0, -100)]
    found = consolidated(rows, [(1, 2, 1, 1), (2, 1, 6, 100)], rules=RULES)
    assert (found.assets_fen, found.owners_fen, found.minority_fen, found.difference_fen) == (470, 470, 0, 0)
    assert [each.own_shares for each in found.holdings] == [False, True]


@pytest.mark.parametrize(
    ("hundredths", "concert", "inside"), [(4999, False, False), (4999, True, True), (5001, False, True)]
)
def test_less_than_half_is_outside_until_others_have_agreed(hundredths: int, concert: bool, inside: bool) -> None:
    votes = stakes_of([(1, 2, hundredths, 10_000), (9, 2, 2, 10_000)])
    concerts = [Concert(members=(1, 9), lead=1)] if concert else []
    found = control(Grounds(votes=votes, concerts=concerts), majority=Fraction(1, 2)).controlled_by(1)
    scope = scope_of(1, controlled=found, named=(), on=PERIOD, rules=RULES)
    assert (2 in scope.grounds) is inside


def test_what_is_outside_stays_an_investment() -> None:
    rows = [
        (1, "investments", 2, 4999),
        (1, "paid_in_capital", 0, -4999),
        (2, "cash", 0, 9),
        (2, "paid_in_capital", 0, -9),
    ]
    found = consolidated(rows, [(1, 2, 4999, 10_000)], controlled=(), rules=RULES)
    assert (amounts(found), found.outside) == ({"investments": 4999}, [2])


@pytest.mark.parametrize("ground", ["alike", "risk", "by_way_of_shells"])
def test_a_body_that_nobody_controls_is_in_by_its_risk(ground: str) -> None:
    rows = [
        (1, "investments", 2, 40),
        (1, "paid_in_capital", 0, -40),
        (2, "cash", 0, 100),
        (2, "paid_in_capital", 0, -100),
    ]
    named = [Named(body=2, ground=ground)]
    found = consolidated(rows, [(1, 2, 40, 100)], controlled=(), named=named, rules=RULES)
    assert (found.assets_fen, found.minority_fen, found.owners_fen) == (100, 60, 40)


def test_a_controlled_body_held_briefly_is_left_out_by_name() -> None:
    scope = scope_of(1, controlled={2, 3}, named=[Named(body=2, ground="held_briefly")], on=PERIOD, rules=RULES)
    assert (sorted(scope.grounds), scope.left_out) == ([1, 3], {2: "held_briefly"})


@pytest.mark.parametrize(
    ("body", "ground", "field"),
    [(2, "risk", "body"), (4, "held_briefly", "body"), (4, "size", "ground"), (1, "risk", "body")],
)
def test_grounds_that_do_not_fit_are_refused(body: int, ground: str, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        scope_of(1, controlled={2}, named=[Named(body=body, ground=ground)], on=PERIOD, rules=RULES)
    assert caught.value.field == field


def test_the_scope_is_told_from_the_first_day_of_the_order() -> None:
    assert scope_of(1, controlled={2}, named=(), on=20201101, rules=RULES).place.article == "第二十五条"
    with pytest.raises(BadInput):
        scope_of(1, controlled={2}, named=(), on=20201031, rules=RULES)


def test_a_return_that_comes_twice_is_refused_with_both_sums() -> None:
    scope = scope_of(1, controlled={2, 3}, named=(), on=PERIOD, rules=RULES)
    twice = together([entries_of([*TOP, *BANK]), entries_of(LENDER, sent=2), entries_of(LENDER, sent=3)])
    with pytest.raises(BadInput) as caught:
        consolidate(twice, chart=CHART, scope=scope, stakes=stakes_of(STAKES), period=PERIOD)
    figures = "return 2: debits 1340, credits 1340; return 3: debits 1340, credits 1340 fen"
    assert caught.value.value == f"body 3, 20261231: {figures}"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(1, "cash", 0, 100), (1, "paid_in_capital", 0, -99)], "body 1, 20261231: debits 100, credits 99 fen"),
        (
            [(1, "cash", 0, 100), (1, "paid_in_capital", 0, -150), (1, "cash", 0, 50)],
            "body 1, 20261231: line 11, counterparty 0: 100 and 50 fen",
        ),
        ([(1, "loans", 1, 100), (1, "borrowings", 1, -100)], "1 (body 1)"),
        ([(2, "cash", 0, 1), (2, "paid_in_capital", 0, -1)], 1),
    ],
)
def test_what_cannot_be_consolidated_is_refused(rows: list[Row], said: object) -> None:
    with pytest.raises(BadInput) as caught:
        consolidated(rows, [(1, 2, 1, 1)], rules=RULES)
    assert caught.value.value == said


def test_sums_beyond_what_64_bits_hold_are_refused() -> None:
    huge = [(1, "cash", body, 1 << 61) for body in (0, 2)] + [
        (1, "paid_in_capital", body, -(1 << 61)) for body in (0, 2)
    ]
    with pytest.raises(BadInput) as caught:
        consolidated(huge, [(1, 2, 1, 1)], rules=RULES)
    assert (caught.value.field, caught.value.value) == ("debit_fen", 1 << 62)


def test_a_body_of_the_scope_without_a_return_is_named() -> None:
    found = consolidated([(1, "investments", 2, 5), (1, "paid_in_capital", 0, -5)], [(1, 2, 1, 1)], rules=RULES)
    assert (found.without_return, amounts(found), found.holdings) == ([2], {"investments": 5}, [])


def test_an_investment_without_a_stake_is_listed_and_stays() -> None:
    rows = [(1, "investments", 2, 5), (1, "paid_in_capital", 0, -5), (2, "cash", 0, 5), (2, "paid_in_capital", 0, -5)]
    found = consolidated(rows, [], controlled={2}, rules=RULES)
    assert amounts(found) == {"cash": 5, "investments": 5}
    assert [(each.owner, each.owned, each.carried_fen) for each in found.carried_without_stake] == [(1, 2, 5)]
    assert (found.minority_fen, found.difference_fen) == (5, 0)


@pytest.mark.parametrize(
    "text",
    [
        "lines: [{number: 1, name: a, part: asset, role: loans, en: a, zh: 甲}]",
        "lines: [{number: 1, name: a, part: sand, role: none, en: a, zh: 甲}]",
        "lines: [{number: 1, name: a, part: asset, role: none, en: a, zh: 甲}]",
        "lines: [{number: 0, name: a, part: asset, role: none, en: a, zh: 甲}]",
        "lines: [{name: a}]",
    ],
)
def test_a_chart_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        chart_of(text)


def test_columns_say_where_lines_stand() -> None:
    assert int(np.count_nonzero(CHART.known)) == len(CHART.lines)


def test_lines_of_both_sides_may_lie_in_any_order() -> None:
    """A role with lines of the debit side before and after that of the credit side: the rest stays once."""
    words = [("a", "asset", "loans"), ("b", "liability", "loans"), ("c", "asset", "loans"), ("d", "equity", "none")]
    words += [("e", "asset", "investment"), ("goodwill", "asset", "none")]
    rows = [
        f"{{number: {number}, name: {name}, part: {part}, role: {role}, en: x, zh: x}}"
        for number, (name, part, role) in enumerate(words, start=1)
    ]
    chart = chart_of(f"lines: [{', '.join(rows)}]")
    given = np.array([(1, 1, 2, 60), (1, 3, 2, 50), (1, 4, 0, -110), (2, 2, 1, -100), (2, 4, 0, 100)], np.int64)
    body, line, other, net = given.T
    sides = {"debit_fen": np.maximum(net, 0), "credit_fen": np.maximum(-net, 0)}
    entries = Entries(body=body, line=line, counterparty=other, sent=np.ones(5, np.int64), **sides)
    assert eliminate(entries, chart=chart).left_fen.tolist() == [10, 0, -110, 0, 100]


SOLD: list[Row] = [
    (1, "investments", 2, 80),
    (1, "cash", 0, 20),
    (1, "paid_in_capital", 0, -100),
    (2, "paid_in_capital", 0, -100),
    (2, "cash", 0, 130),
    (2, "unrealised_profit", 1, -30),
]
"""Body 2, 80% of the top's, sold to the top with a profit of 30 what the top still holds."""


def test_profit_that_a_body_of_the_group_still_holds_is_taken_out() -> None:
    found = consolidated(SOLD, [(1, 2, 80, 100)], rules=RULES)
    assert amounts(found) == {"cash": 150, "profit_held_inside": -30}
    assert (found.income_fen, found.result_fen, found.assets_fen, found.difference_fen) == (0, 0, 120, 0)
    assert (found.minority_fen, found.result_minority_fen) == (20, 0)  # the seller's other owners bear their part
    told = [(each.seller, each.holder, each.line, each.amount_fen) for each in found.unrealised]
    assert (told, found.mismatches) == ([(2, 1, "unrealised_profit", 30)], [])


def test_profit_of_years_before_comes_out_of_equity() -> None:
    rows = [*SOLD[:-1], (2, "unrealised_before", 1, -30)]
    found = consolidated(rows, [(1, 2, 80, 100)], rules=RULES)
    assert (found.owners_fen, found.minority_fen, found.result_fen, found.difference_fen) == (100, 20, 0, 0)


def test_profit_on_what_somebody_outside_holds_stays() -> None:
    rows = [*SOLD[:-1], (2, "unrealised_profit", 0, -30)]
    found = consolidated(rows, [(1, 2, 80, 100)], rules=RULES)
    assert (found.result_fen, found.result_minority_fen, found.unrealised) == (30, 6, [])


def test_a_chart_with_such_profit_has_an_asset_that_it_is_taken_out_of() -> None:
    text = "\n".join(
        f"- {{number: {line.number}, name: {line.name}, part: {line.part}, role: {line.role}, en: x, zh: x}}"
        for line in CHART.lines
        if line.name != "profit_held_inside"
    )
    with pytest.raises(BadInput, match="profit_held_inside"):
        chart_of("lines:\n" + text)
