"""What purchases on credit tell the lender: derived from the booked purchases, day by day, and looked up again.

Sources: PBoC Order [2020] No. 4, arts. 23, 34; PIPL, arts. 13 item 2, 23. The lender learns where its borrower bought,
for how much, and what came back: it needs that to pay the merchant and to keep the account, so the ground is the
contract, and the proof the account. There is no row of a crossing for each: the booked command is the record. Worked:
three purchases of 2026-05-01 on accounts of lender 1 at merchants of institution 1 are one line of that day, three
crossings from institution 1 to lender 1.
"""

from collections.abc import Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import ACCOUNT
from benyuan.decisions.facts import Table
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.codec import unpacked
from benyuan.engine.group import Group
from benyuan.engine.reading import Opened
from benyuan.ledger.layout import ROW
from benyuan.payments.records import MERCHANT

BOUGHT, RETURNED = "draw_purchase", "return_purchase"
DATA = {BOUGHT: "purchase", RETURNED: "return"}


class PurchaseDay(msgspec.Struct, frozen=True, kw_only=True):
    """What crossed on a day from an institution to a lender: purchases, or what came back of them."""

    on: int
    institution: int
    lender: int
    data: str
    crossings: int


class PurchaseUnproved(msgspec.Struct, frozen=True, kw_only=True):
    """A purchase whose ground does not bear it, by its log position."""

    position: int
    on: int
    institution: int
    lender: int
    data: str
    reason: str


def purchases_of(group: Group, *, until: int) -> tuple[list[PurchaseDay], list[PurchaseUnproved]]:
    """All purchases and returns at merchants of this ledger up to a day."""
    days: dict[tuple[int, int, int, str], int] = {}
    unproved: list[PurchaseUnproved] = []
    for opened in _blocks(group, until):
        on, data = opened.batch().on, DATA[opened.block.kind]
        kept, account, merchant = _what(group, opened)
        position = opened.batch().position[kept]
        institution = _of(group, MERCHANT, "institution", merchant)
        lender = _of(group, ACCOUNT, "lender", account)
        wrong = _reasons(group, opened, position, account, lender, on=on)
        inside = institution != 0
        pairs, counts = np.unique(np.column_stack([institution, lender])[inside], axis=0, return_counts=True)
        for (giver, receiver), count in zip(pairs.tolist(), counts.tolist(), strict=True):
            key = (on, giver, receiver, data)
            days[key] = days.get(key, 0) + count
        unproved += [
            PurchaseUnproved(
                position=int(position[place]),
                on=on,
                institution=int(institution[place]),
                lender=int(lender[place]),
                data=data,
                reason=str(wrong[place]),
            )
            for place in np.flatnonzero((wrong != "") & inside).tolist()
        ]
    made = [
        PurchaseDay(on=on, institution=giver, lender=receiver, data=data, crossings=count)
        for (on, giver, receiver, data), count in sorted(days.items())
    ]
    return made, unproved


def _blocks(group: Group, until: int) -> Iterator[Opened]:
    for block in group.store.blocks(after=0):
        if block.kind in DATA:
            opened = group.reader.open(block)
            if opened.batch().on <= until:
                yield opened


def _what(group: Group, opened: Opened) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
    """Which commands of a block were accepted; of those the account and the merchant."""
    kept = opened.status == Outcome.accepted
    batch = opened.batch()
    if opened.block.kind == BOUGHT:
        return kept, batch.integers("account")[kept], batch.integers("merchant")[kept]
    books = group.books()
    told = [books.command_at(int(purchase)) for purchase in batch.integers("purchase")[kept]]
    account, merchant = (
        np.array([int(each.columns[name][0]) if each else 0 for each in told], np.int64)
        for name in ("account", "merchant")
    )
    return kept, account, merchant


def _of(group: Group, table: Table, name: str, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    held = group.records.tables[table.name]
    found: NDArray[np.int64] = held.column(name)[held.places(numbers, on=0)]
    return found


def _reasons(
    group: Group,
    opened: Opened,
    position: NDArray[np.int64],
    account: NDArray[np.int64],
    lender: NDArray[np.int64],
    *,
    on: int,
) -> NDArray[np.str_]:
    """Why a purchase's ground does not bear it; nothing where it does."""
    rows = unpacked(opened.block.rows, dtype=ROW, count=opened.block.legs)
    late = _of(group, ACCOUNT, "opened_on", account) > on
    return np.select(
        [lender == 0, late, ~np.isin(position, rows["reference"])],
        ["there is no such account", "the account was not open yet", "nothing of it is booked"],
        "",
    )
