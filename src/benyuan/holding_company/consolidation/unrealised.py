"""Profit on what one body of a group sold to another that still holds it: out of income, and out of the assets.

The seller's own accounts tell it, on a line of its own with the holder as counterparty, so the seller's other owners
bear their part. Worked number: 30 of profit on a building sold to the bank, which has it in its books: income is 30
less, and `profit_held_inside` stands at -30 among the group's assets.
"""

from dataclasses import replace

import msgspec
import numpy as np

from benyuan.holding_company.consolidation.chart import HELD_INSIDE, Chart, Role
from benyuan.holding_company.consolidation.entries import Entries, Ints


class Unrealised(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken out: who sold, who holds it, the line that told it, fen; a loss is below nought."""

    seller: int
    holder: int
    line: str
    amount_fen: int


def unrealised_out(entries: Entries, bodies: Ints, *, chart: Chart) -> tuple[Entries, list[Unrealised]]:
    """The rows of `bodies` with such profit put against assets, in order; with a holder outside it stays income."""
    moved = chart.is_role(Role.unrealised)[entries.line] & np.isin(entries.counterparty, bodies)
    rows = entries.rows(moved)
    if not len(rows):
        return entries, []
    names = {line.number: line.name for line in chart.lines}
    columns = (rows.body.tolist(), rows.counterparty.tolist(), rows.line.tolist(), rows.net_fen.tolist())
    told = [
        Unrealised(seller=seller, holder=holder, line=names[line], amount_fen=-net)
        for seller, holder, line, net in sorted(zip(*columns, strict=True))
        if net
    ]
    put = replace(
        entries,
        line=np.where(moved, chart.by_name[HELD_INSIDE].number, entries.line),
        counterparty=np.where(moved, 0, entries.counterparty),
    )
    return put, told
