"""What each merchant received in a period, from the commands of the log, and the same from the ledger's legs.

Read block by block, in columns. Worked number: a payment of 12.50 with a fee of 5 fen, where the standard fee is 8, is
a receipt of 1,250 fen, a fee of 5 and a concession of 3; its two legs of 10.00 and 2.50 are 1,250 fen in the ledger.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import ACCOUNT
from benyuan.decisions.facts import Table
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.group import Group
from benyuan.engine.reading import Opened
from benyuan.payments.chart import LegCode
from benyuan.payments.records import MERCHANT, WALLET
from benyuan.values.dates import day_begins_at, day_ends_at

Ints: TypeAlias = NDArray[np.int64]
PAY, DRAW, SETTLE = "pay", "draw_purchase", "settle"
RECEIVED = (LegCode.payment, LegCode.payment_from_card, LegCode.payment_on_credit)
FROM_WALLETS = (LegCode.payment, LegCode.payment_from_card)
SUMS = (
    *("payments", "amount_fen", "fee_fen", "saved_fen", "on_credit", "on_credit_fen"),
    *("ledger_fen", "ledger_fee_fen", "ledger_wallets_fen"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """Sums by merchant, place by place as in the table of merchants; tickets by kind of merchant and band.

    `settled`: by merchant and days waited the sums that went out, as (merchant, days, fen). `paid`, `paid_fen`: by
    wallet how many payments it made, and what they came to; `bought`, `bought_fen`: by pay-later account the purchases.
    """

    by_merchant: dict[str, Ints]
    paid: Ints
    paid_fen: Ints
    bought: Ints
    bought_fen: Ints
    ticket_count: Ints
    ticket_fen: Ints
    settled: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)


def receipts_of(group: Group, *, first: int, last: int, kinds: Ints, bounds: Ints, waited: Any) -> Receipts:
    """All receipts from `first` to `last`, both yyyymmdd and both counted.

    `kinds`: of each merchant; `bounds`: the upper ends of the bands of tickets, in fen; `waited`: by a batch of
    settlements how many days each merchant waited.
    """
    merchants = len(kinds)
    found = Receipts(
        by_merchant={name: np.zeros(merchants, np.int64) for name in SUMS},
        paid=_noughts(group, WALLET),
        paid_fen=_noughts(group, WALLET),
        bought=_noughts(group, ACCOUNT),
        bought_fen=_noughts(group, ACCOUNT),
        ticket_count=np.zeros((int(kinds.max(initial=0)) + 1, len(bounds) + 1), np.int64),
        ticket_fen=np.zeros((int(kinds.max(initial=0)) + 1, len(bounds) + 1), np.int64),
    )
    owner = _owners(group)
    begins, ends = day_begins_at(first), day_ends_at(last)
    for opened in _blocks(group, begins=begins):
        at = opened.batch().at
        kept = (opened.status == Outcome.accepted) & (at >= begins) & (at < ends)
        if not kept.any():
            continue
        if opened.block.kind == SETTLE:
            settled = opened.integers("results", "settled_fen")
            kept &= settled > 0
            merchant = opened.batch().integers("merchant")
            found.settled.append((merchant[kept], waited(opened.batch())[kept], settled[kept]))
        else:
            _received(found, opened, kept, kinds=kinds, bounds=bounds)
            _ledger(group, found, opened, owner=owner, begins=begins, ends=ends)
    return found


def _blocks(group: Group, *, begins: int) -> Iterator[Opened]:
    """The blocks of payments, draws and settlements that may have something of the time from `begins` on."""
    position = group.reader.positions_before(at=begins) + 1
    while position <= group.position:
        opened = group.reader.at_position(position)
        if opened.block.kind in (PAY, DRAW, SETTLE):
            yield opened
        position = opened.block.first_position + opened.block.commands


def _noughts(group: Group, table: Table) -> Ints:
    """A sum for each row of a table, with nothing in it."""
    return np.zeros(group.records.tables[table.name].count + 1, np.int64)


def _received(found: Receipts, opened: Opened, kept: NDArray[np.bool_], *, kinds: Ints, bounds: Ints) -> None:
    batch, sums = opened.batch(), found.by_merchant
    merchant, amount = batch.integers("merchant"), batch.integers("amount_fen")
    if opened.block.kind == DRAW:
        of, count, fen = batch.integers("account"), found.bought, found.bought_fen
    else:
        of, count, fen = batch.integers("payer"), found.paid, found.paid_fen
    np.add.at(count, of[kept], 1)
    np.add.at(fen, of[kept], amount[kept])
    kept = kept & (merchant > 0)
    merchant, amount = merchant[kept], amount[kept]
    results = opened.outcome["results"]
    if opened.block.kind == DRAW:
        np.add.at(sums["on_credit"], merchant, 1)
        np.add.at(sums["on_credit_fen"], merchant, amount)
    for name in ("fee_fen", "saved_fen"):
        if name in results:
            np.add.at(sums[name], merchant, opened.integers("results", name)[kept])
    np.add.at(sums["payments"], merchant, 1)
    np.add.at(sums["amount_fen"], merchant, amount)
    place = (kinds[merchant], np.searchsorted(bounds, amount, side="left"))
    np.add.at(found.ticket_count, place, 1)
    np.add.at(found.ticket_fen, place, amount)


def _ledger(group: Group, found: Receipts, opened: Opened, *, owner: Ints, begins: int, ends: int) -> None:
    """The same from the legs of the block."""
    block = opened.block
    if block.legs == 0:
        return
    names = ("code", "amount", "debit_account", "credit_account", "at")
    _, columns = group.reader.columns(leg=block.first_leg, names=names)
    timely = (columns["at"] >= begins) & (columns["at"] < ends)
    for name, side, codes in (
        ("ledger_fen", "credit_account", RECEIVED),
        ("ledger_wallets_fen", "credit_account", FROM_WALLETS),
        ("ledger_fee_fen", "debit_account", (LegCode.fee,)),
    ):
        wanted = timely & np.isin(columns["code"], codes)
        merchant = owner[columns[side][wanted]]
        np.add.at(found.by_merchant[name], merchant, columns["amount"][wanted])


def _owners(group: Group) -> Ints:
    """The merchant of each account, 0 for the others."""
    owner = np.zeros(group.ledger.account_count + 1, np.int64)
    accounts = group.records.tables[MERCHANT.name].column("account")
    owner[accounts[1:]] = np.arange(1, len(accounts))
    owner[0] = 0
    return owner
