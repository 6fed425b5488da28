"""What bank accounts and cards alone moved for a wallet's holder: entries that leave the balance as it is.

Article: PBoC Announcement [2015] No. 43, art. 28 (customers query their transactions, not the wallet's alone). Such a
payment has no leg on the wallet, so the blocks of the period are looked through for it: that takes longer than the
statement itself, and is done where it is asked for. Worked: of 80.00, 50.00 from the balance and 30.00 by card, the
statement has an entry of 50.00 out, and by card one of 30.00 that changes nothing.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.statements.holders import MERCHANT, Holder
from benyuan.assurance.statements.statement import Entry, Period, Search, kind_name
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.group import Group
from benyuan.engine.reading import Opened
from benyuan.engine.store import StoreDamaged
from benyuan.payments.chart import LegCode
from benyuan.values.dates import local_day

BY_CARD = {"pay": "command", "refund": "result", "decide_dispute": "result"}
"""Kinds of command with a part by card, and where each names wallet and merchant."""
CODES = (LegCode.payment_from_card, LegCode.refund_to_card, LegCode.dispute_refund_to_card)
LEGS = ("code", "reference")


def card_entries(group: Group, holder: Holder, *, period: Period, search: Search) -> list[Entry]:
    """The entries by card of a wallet in a period, newest last, that are searched for. Errors: StoreDamaged."""
    leg = group.reader.legs_before(at=period.begins_at) + 1
    found: list[Entry] = []
    while leg < group.ledger.leg_count + 1:
        first, columns = group.reader.columns(leg=leg, names=LEGS)
        leg = first + len(columns["code"])
        by_card = np.flatnonzero(np.isin(columns["code"], CODES))
        if len(by_card) == 0:
            continue
        block = group.store.block_of_leg(first)
        if block is None:
            raise StoreDamaged(f"no block holds leg {first}")
        opened = Opened(block)
        if int(opened.batch().at[0]) >= period.ends_at:
            break
        legs = dict(zip(columns["reference"][by_card].tolist(), (first + by_card).tolist(), strict=True))
        found += [
            _entry(group, holder, opened, place=place, leg=legs[opened.block.first_position + place])
            for place in _places(opened, holder)
            if period.begins_at <= opened.batch().at[place] < period.ends_at
        ]
    return [entry for entry in found if _fits(entry, search)]


def _column(opened: Opened, name: str) -> NDArray[np.int64]:
    if BY_CARD[opened.block.kind] == "command":
        return opened.batch().integers(name)
    return opened.integers("results", name)


def _places(opened: Opened, holder: Holder) -> Iterator[int]:
    """The accepted commands of a block that have moved money of the holder's by card."""
    if opened.block.kind not in BY_CARD:
        return
    mine = (_column(opened, "payer") == holder.id) & (opened.integers("results", "card_fen") > 0)
    yield from np.flatnonzero(mine & (opened.status == Outcome.accepted)).tolist()


def _entry(group: Group, holder: Holder, opened: Opened, *, place: int, leg: int) -> Entry:
    """One entry; the balance is that of the wallet at that moment."""
    before = group.ledger.newest_before(holder.account, leg=leg)
    after = group.ledger.rows_at(holder.account, leg=before, stop=before - 1).after[-1] if before else 0
    codes = dict(zip(BY_CARD, CODES, strict=True))
    at = int(opened.batch().at[place])
    return Entry(
        leg=leg,
        at=at,
        business_date=local_day(at),
        kind=kind_name(codes[opened.block.kind]),
        counterparty=f"{MERCHANT}:{int(_column(opened, 'merchant')[place])}",
        in_fen=0,
        out_fen=0,
        balance_fen=-int(after),
        command=opened.block.first_position + place,
        by_card_fen=int(opened.integers("results", "card_fen")[place]),
    )


def _fits(entry: Entry, search: Search) -> bool:
    party = search.counterparty
    return (
        (not search.kinds or entry.kind in search.kinds)
        and (search.least_fen is None or entry.by_card_fen >= search.least_fen)
        and (search.most_fen is None or entry.by_card_fen <= search.most_fen)
        and (party is None or entry.counterparty == f"{party.kind}:{party.id}")
    )
