"""Any group of returns ties; eliminating twice changes nothing; the order in which bodies come does not matter."""

from dataclasses import fields

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benyuan.holding_company.consolidation.consolidating import Consolidated, consolidate
from benyuan.holding_company.consolidation.eliminating import eliminate
from benyuan.holding_company.consolidation.entries import Entries
from benyuan.holding_company.consolidation.scope import scope_of
from benyuan.parties.ownership.stakes import Stakes, stakes_of
from benyuan.rules import load_pack
from tests.unit.group.returns import CHART, PERIOD, Row, Stake, entries_of

RULES = load_pack()
LINES = [line.name for line in CHART.lines if line.name != "cash"]


@st.composite
def groups(draw: st.DrawFn) -> tuple[list[Row], list[Stake]]:
    """Bodies with any lines among one another, each trial balance brought to balance in cash; any stakes."""
    count = draw(st.integers(1, 5))
    bodies = range(1, count + 1)
    rows: list[Row] = []
    for body in bodies:
        keys = draw(st.lists(st.tuples(st.sampled_from(LINES), st.integers(0, count)), max_size=12, unique=True))
        made = [(body, line, 0 if other == body else other, draw(st.integers(-99, 99))) for line, other in keys]
        held = list({row[1:3]: row for row in made}.values())
        rows += [*held, (body, "cash", 0, -sum(row[3] for row in held))]
    stakes = [
        (owner, owned, draw(st.integers(1, 3)), 3 * count)
        for owner in bodies
        for owned in bodies
        if owner != owned and draw(st.booleans())
    ]
    return rows, stakes


def told(entries: Entries, stakes: Stakes) -> Consolidated:
    scope = scope_of(1, controlled=set(entries.body.tolist()) - {1}, named=(), on=PERIOD, rules=RULES)
    return consolidate(entries, chart=CHART, scope=scope, stakes=stakes, period=PERIOD)


def with_net(entries: Entries, net: np.ndarray) -> Entries:
    kept = {each.name: getattr(entries, each.name) for each in fields(Entries)}
    return Entries(**{**kept, "debit_fen": np.maximum(net, 0), "credit_fen": np.maximum(-net, 0)})


@given(groups())
@settings(max_examples=60)
def test_assets_are_liabilities_and_equity(group: tuple[list[Row], list[Stake]]) -> None:
    rows, stakes = group
    found = told(entries_of(rows), stakes_of(stakes))
    assert found.difference_fen == 0
    equity = sum(line.amount_fen for line in found.top_lines) + found.below_fen + found.reserves_fen
    owners = equity + found.result_owners_fen
    assert found.assets_fen == found.liabilities_fen + owners + found.minority_fen
    assert found.result_fen == found.result_owners_fen + found.result_minority_fen


@given(groups())
@settings(max_examples=60)
def test_eliminating_twice_changes_nothing(group: tuple[list[Row], list[Stake]]) -> None:
    entries = entries_of(group[0])
    once = eliminate(entries, chart=CHART)
    assert int(once.left_fen.sum()) == 0
    twice = eliminate(with_net(entries, once.left_fen), chart=CHART)
    assert twice.left_fen.tolist() == once.left_fen.tolist()
    assert not twice.taken_fen.any()


@given(groups(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_bodies_does_not_matter(group: tuple[list[Row], list[Stake]], random: object) -> None:
    rows, stakes = group
    mixed, other = list(rows), list(stakes)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # Hypothesis gives a Random
    random.shuffle(other)  # type: ignore[attr-defined]
    assert told(entries_of(mixed), stakes_of(other)) == told(entries_of(rows), stakes_of(stakes))
