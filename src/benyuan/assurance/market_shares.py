"""An institution's shares of its market in a year, against a draft that never came into force.

What counts, by the draft's silence a choice: payments to merchants and transfers between wallets, whole, on the day on
which they were accepted; refunds are not taken off. Worked number: 100.00 paid and 50.00 transferred are 150.00 in two.
"""

import msgspec
import numpy as np

from benyuan.decisions.outcomes import Outcome
from benyuan.engine.group import Group
from benyuan.payments.market_shares import Warned, warnings_of
from benyuan.payments.vocabulary import MARKET_NUMBER, Market
from benyuan.values.dates import local_day

PAYERS = {"pay": "payer", "transfer": "payer"}
"""The kinds that count, and the column of the wallet whose institution did it."""
RULES = {Market.non_bank: "pay.draft.market_share", Market.electronic: "pay.draft.market_dominance"}
OF_YEAR = 10_000


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """What an institution did in a year."""

    amount_fen: int = 0
    count: int = 0


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the draft for one market, by amount or by number. `reached`: the draft would warn."""

    market: str
    rule: str
    status: str
    by: str
    institutions: int
    share_of: int
    total: int
    threshold: str
    reached: bool
    note: str = ""


class Shares(msgspec.Struct, frozen=True, kw_only=True):
    """A year's figures; `rows` are empty where no market is recorded."""

    institution: int
    year: int
    own: Own
    rows: list[Row]


def shares_of(group: Group, *, institution: int, year: int) -> Shares:
    """What the draft would say of a year."""
    own = _own(group, institution=institution, year=year)
    rows: list[Row] = []
    for market in Market:
        recorded = _recorded(group, institution=institution, market=market, year=year)
        if recorded is not None:
            rows += _rows(group, market, own, recorded)
    return Shares(institution=institution, year=year, own=own, rows=rows)


def _own(group: Group, *, institution: int, year: int) -> Own:
    """Read back from the end of the log to the year's beginning."""
    homes = group.records.tables["wallet"].column("institution")
    amount, count, position = 0, 0, group.position
    while position > 0:
        opened = group.reader.at_position(position)
        block = opened.block
        if block.last_at and local_day(block.last_at) // OF_YEAR < year:
            break
        if block.kind in PAYERS and local_day(block.last_at) // OF_YEAR == year:
            batch = opened.batch()
            mine = homes[np.clip(batch.integers(PAYERS[block.kind]), 0, len(homes) - 1)] == institution
            kept = (opened.status == Outcome.accepted) & mine
            amount += sum(batch.integers("amount_fen")[kept].tolist())
            count += int(kept.sum())
        position = block.first_position - 1
    return Own(amount_fen=amount, count=count)


def _recorded(group: Group, *, institution: int, market: Market, year: int) -> dict[str, int] | None:
    held = group.records.tables["market"]
    wanted = (held.column("institution") == institution) & (held.column("year") == year)
    places = np.flatnonzero(wanted & (held.column("market") == MARKET_NUMBER[market.value]))
    if len(places) == 0:
        return None
    return {name: int(held.column(name)[places[-1]]) for name in held.table.columns}


def _rows(group: Group, market: Market, own: Own, recorded: dict[str, int]) -> list[Row]:
    rule = group.regime.pack.rule(RULES[market])
    made = []
    for by, mine, total, names in (
        ("amount", own.amount_fen, recorded["amount_fen"], ("first_other_fen", "second_other_fen")),
        ("number", own.count, recorded["count"], ("first_other_count", "second_other_count")),
    ):
        others = [recorded[name] for name in names]
        made += [
            Row(
                market=market.value,
                rule=rule.id,
                status=rule.values[-1].status.value,
                by=by,
                institutions=each.institutions,
                share_of=each.share_of,
                total=each.total,
                threshold=f"{each.numerator}/{each.denominator}",
                reached=each.reached,
                note=_note(each),
            )
            for each in warnings_of(rule, own=mine, others=others, total=total)
        ]
    return made


def _note(each: Warned) -> str:
    if not each.known:
        return "the others are not recorded"
    return "" if each.speaks else "not among the largest"
