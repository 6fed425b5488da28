"""`bench group`: a group consolidated from its bodies' trial balances, beside NumPy passing over the same columns.

`seconds`: who controls whom, the scope, the checks of all returns, eliminations, interests, both statements. The limit
adds up every column once. One position of a hundred is shown otherwise by the other side. Worked: twelve layers of
1,000 bodies are 83 a layer, each body held 60% by one of the layer above it and 30% by another.
"""

from dataclasses import dataclass, fields, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benyuan.cli.benches.measuring import SEED, Figures, Stopwatch, peak_rss_mib, share_of
from benyuan.holding_company.consolidation.chart import UNPAIRED, Chart, Role
from benyuan.holding_company.consolidation.consolidating import consolidate
from benyuan.holding_company.consolidation.entries import Entries, together
from benyuan.holding_company.consolidation.scope import scope_of
from benyuan.parties.ownership.control import Grounds, control
from benyuan.parties.ownership.stakes import Stakes, stakes_of
from benyuan.rules import load_pack
from benyuan.storage.group_lines import load_group_lines

Ints = NDArray[np.int64]
LAYERS, PERIOD, TOP = 12, 20261231, 1
MAJORITY, MINORITY, WHOLE = 60, 30, 100
MISSTATED = 100
CAPITAL_FEN = 10**12
LARGEST_FEN = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSizes:
    """So many bodies, twelve deep, with so many positions among them, each shown by both."""

    bodies: int = 1_000
    positions: int = 200_000

    def scaled(self, share: float) -> "GroupSizes":
        """Both times `share`."""
        return replace(
            self, bodies=max(LAYERS, share_of(self.bodies, share)), positions=share_of(self.positions, share)
        )


def measure_group(sizes: GroupSizes, directory: Path) -> Figures:
    """One run; nothing is written."""
    del directory
    chart, rules, random = load_group_lines(), load_pack(), np.random.default_rng(SEED)
    stakes = seeded_stakes(random, bodies=sizes.bodies)
    entries = seeded_entries(random, chart, stakes, sizes=sizes)
    owning, consolidating, passing = Stopwatch(), Stopwatch(), Stopwatch()
    with owning:
        controlled = control(Grounds(votes=stakes), majority=Fraction(1, 2)).controlled_by(TOP)
    with consolidating:
        scope = scope_of(TOP, controlled=controlled, named=(), on=PERIOD, rules=rules)
        found = consolidate(entries, chart=chart, scope=scope, stakes=stakes, period=PERIOD)
    with passing:
        for each in fields(Entries):
            getattr(entries, each.name).sum()
    assert found.difference_fen == 0
    seconds = owning.seconds + consolidating.seconds
    return {
        "bodies": len(found.bodies),
        "layers": LAYERS,
        "positions": sizes.positions,
        "rows": len(entries),
        "pairs": found.pairs,
        "mismatches": len(found.mismatches),
        "seconds": round(seconds, 3),
        "cpu_s": round(owning.cpu_seconds + consolidating.cpu_seconds, 3),
        "control_s": round(owning.seconds, 3),
        "consolidate_s": round(consolidating.seconds, 3),
        "limit_s": round(passing.seconds, 5),
        "ratio": round(passing.seconds / seconds, 5),
        "positions_per_s": int(sizes.positions / seconds),
        "mb": peak_rss_mib(),
    }


def seeded_stakes(random: np.random.Generator, *, bodies: int) -> Stakes:
    """The top, then eleven layers: each body held by two of the layer above, by one alone in the second layer."""
    edges = np.linspace(TOP + 1, bodies + 1, LAYERS).astype(int)
    above, rows = np.array([TOP]), list[tuple[int, int, int, int]]()
    for first, end in pairwise(edges.tolist()):
        for body in range(first, end):
            owners = random.permutation(above)[:2].tolist()
            rows += [(owner, body, part, WHOLE) for owner, part in zip(owners, (MAJORITY, MINORITY), strict=False)]
        above = np.arange(first, end)
    return stakes_of(rows)


def seeded_entries(random: np.random.Generator, chart: Chart, stakes: Stakes, *, sizes: GroupSizes) -> Entries:
    """Positions with both sides, capital and investments, business with others; what is left over is in cash."""
    body = [np.arange(1, sizes.bodies + 1)]
    parts = [
        _positions(random, chart, sizes),
        _one_sided(body[0], chart.by_name["paid_in_capital"].number, -CAPITAL_FEN),
        _one_sided(body[0], chart.by_name["loans"].number, random.integers(0, LARGEST_FEN, sizes.bodies)),
        _one_sided(body[0], chart.by_name["fee_income"].number, -random.integers(0, LARGEST_FEN, sizes.bodies)),
        _rows(
            stakes.owner,
            chart.by_name["investments"].number,
            stakes.owned,
            stakes.part * CAPITAL_FEN // stakes.whole,
        ),
    ]
    made = together(parts)
    sums = np.zeros(sizes.bodies + 1, np.int64)
    np.add.at(sums, made.body, made.net_fen)
    return together([made, _one_sided(body[0], chart.by_name["cash"].number, -sums[1:])])


def _positions(random: np.random.Generator, chart: Chart, sizes: GroupSizes) -> Entries:
    """Pairs of one role, drawn until there are enough that differ; one of a hundred misstated on its credit side."""
    pairs = _sides(chart)
    space = len(pairs) * sizes.bodies * (sizes.bodies - 1)
    keys = random.choice(space, min(sizes.positions, space), replace=False)
    role, among = np.divmod(keys, sizes.bodies * (sizes.bodies - 1))
    debtor, step = np.divmod(among, sizes.bodies - 1)
    creditor = (debtor + 1 + step) % sizes.bodies
    amount = random.integers(1, LARGEST_FEN, len(keys))
    other = amount + (random.integers(0, MISSTATED, len(keys)) == 0)
    return together(
        [
            _rows(debtor + 1, pairs[role, 0], creditor + 1, amount),
            _rows(creditor + 1, pairs[role, 1], debtor + 1, -other),
        ]
    )


def _sides(chart: Chart) -> Ints:
    """The debit line and the credit line of each role that has a pair."""
    roles = [role for role in Role if role not in UNPAIRED]
    sides = [
        [next(line.number for line in chart.lines if line.role is role and chart.debit[line.number] == debit)]
        for role in roles
        for debit in (True, False)
    ]
    return np.array(sides, np.int64).reshape(-1, 2)


def _one_sided(body: Ints, line: int, net_fen: Ints | int) -> Entries:
    return _rows(body, line, np.zeros(len(body), np.int64), net_fen)


def _rows(body: Ints, line: Ints | int, counterparty: Ints, net_fen: Ints | int) -> Entries:
    net = np.broadcast_to(np.asarray(net_fen, np.int64), body.shape)
    return Entries(
        body=body,
        line=np.broadcast_to(np.asarray(line, np.int64), body.shape),
        counterparty=counterparty,
        debit_fen=np.maximum(net, 0),
        credit_fen=np.maximum(-net, 0),
        sent=body,
    )
