"""Trial balances for tests: rows of body, line by name, counterparty, and what stands there, debits above nought."""

from collections.abc import Iterable, Sequence

import numpy as np

from benyuan.holding_company.consolidation.consolidating import Consolidated, consolidate
from benyuan.holding_company.consolidation.entries import Entries
from benyuan.holding_company.consolidation.scope import Named, scope_of
from benyuan.parties.ownership.stakes import stakes_of
from benyuan.rules.pack import RulePack
from benyuan.storage.group_lines import load_group_lines

CHART = load_group_lines()
PERIOD = 20261231
Row = tuple[int, str, int, int]
Stake = tuple[int, int, int, int]


def entries_of(rows: Iterable[Row], *, sent: int = 1) -> Entries:
    """The rows as columns, in one return."""
    given = [(body, CHART.by_name[line].number, other, amount) for body, line, other, amount in rows]
    body, line, other, amount = np.array(given, np.int64).reshape(-1, 4).T
    return Entries(
        body=body,
        line=line,
        counterparty=other,
        debit_fen=np.maximum(amount, 0),
        credit_fen=np.maximum(-amount, 0),
        sent=np.full(len(body), sent, np.int64),
    )


def consolidated(
    rows: Sequence[Row],
    stakes: Sequence[Stake],
    *,
    rules: RulePack,
    controlled: Iterable[int] | None = None,
    named: Sequence[Named] = (),
) -> Consolidated:
    """The group under body 1; controlled is every body that a stake is in, unless told."""
    inside = {stake[1] for stake in stakes} if controlled is None else set(controlled)
    scope = scope_of(1, controlled=inside, named=named, on=PERIOD, rules=rules)
    return consolidate(entries_of(rows), chart=CHART, scope=scope, stakes=stakes_of(stakes), period=PERIOD)


def amounts(found: Consolidated) -> dict[str, int]:
    """What stands on each line."""
    return {line.name: line.amount_fen for line in found.lines}
