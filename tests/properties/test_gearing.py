"""However bodies of a group pass money round, and whichever side tells of it: the group has no more than it had."""

from hypothesis import given, settings
from hypothesis import strategies as st

from benyuan.holding_company.consolidation.chart import Part
from benyuan.holding_company.prudential.gearing import between_of
from tests.unit.group.returns import CHART, entries_of

BODIES = range(1, 5)
GIVEN = ("investments", "loans", "bonds_held", "bank_deposits", "securities")
TAKEN = ("paid_in_capital", "capital_reserve", "reserves_at_control", "borrowings", "bonds_issued", "customer_deposits")
EQUITY = TAKEN[:3]
MATCHED = {("loans", "borrowings"), ("bonds_held", "bonds_issued"), ("bank_deposits", "customer_deposits")}
Passed = tuple[int, int, int, str, str, str]
"""Giver, taker, fen, the lines of either, and who tells of the other: both, giver or taker."""


@st.composite
def passings(draw: st.DrawFn) -> list[Passed]:
    """For some ordered pairs of bodies one passing of money."""
    pairs = draw(st.lists(st.tuples(st.sampled_from(BODIES), st.sampled_from(BODIES)), max_size=8, unique=True))
    return [
        (
            giver,
            taker,
            draw(st.integers(1, 99)),
            draw(st.sampled_from(GIVEN)),
            draw(st.sampled_from(TAKEN)),
            draw(st.sampled_from(("both", "giver", "taker"))),
        )
        for giver, taker in pairs
        if giver != taker
    ]


def passed(rows: dict[tuple[int, str, int], int], each: Passed) -> None:
    """Both sides' entries, cash included."""
    giver, taker, fen, asset, source, tells = each
    knows = (taker if tells != "taker" and asset != "securities" else 0, giver if tells != "giver" else 0)
    for body, line, other, amount in (
        (giver, "cash", 0, -fen),
        (giver, asset, knows[0], fen),
        (taker, "cash", 0, fen),
        (taker, source, knows[1], -fen),
    ):
        rows[body, line, other] = rows.get((body, line, other), 0) + amount


@given(passings())
@settings(max_examples=150)
def test_passing_money_round_makes_no_capital(moves: list[Passed]) -> None:
    rows: dict[tuple[int, str, int], int] = {}
    for body in BODIES:
        rows[body, "cash", 0], rows[body, "paid_in_capital", 0] = 1000, -1000
    for each in moves:
        passed(rows, each)
    entries = entries_of([(*key, amount) for key, amount in rows.items()])
    net_assets = int(entries.net_fen[CHART.is_part(Part.asset, Part.liability)[entries.line]].sum())
    pairs = between_of(entries, chart=CHART, bodies=set(BODIES))
    own_funds = net_assets - sum(each.deducted_fen for each in pairs)
    hidden = [
        move
        for move in moves
        if move[4] in EQUITY and (move[5] == "giver" and move[3] == "securities")  # nobody tells of the other
    ]
    had = 1000 * len(BODIES) + sum(move[2] for move in hidden)
    assert own_funds <= had
    if all(move[4] in EQUITY or ((move[3], move[4]) in MATCHED and move[5] == "both") for move in moves):
        assert own_funds == had
