"""What people do in the morning about open items of the clearing house's file; what they can't tell waits."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from benyuan.payments.clearing.records import ClearingReason, Finding
from benyuan.simulate.tickets import at_us
from benyuan.simulate.world import Giver

MINUTE, HOUR = 60, 3600

EXPLANATIONS = {
    ClearingReason.wrong_reference: "清算机构明细订单号有误，金额、方向一致，经双方核对为同一笔交易。",
    ClearingReason.corrected: "清算机构少清算一元，次日补足，差额已消除。",
    ClearingReason.not_settled: "清算明细重复列示，清算资金未重复划转。",
}

Item = dict[str, int]


class Found(NamedTuple):
    """An item that can be explained, and by which other one; 0: by none."""

    item: int
    counterpart: int
    reason: ClearingReason


def resolve_items(session: Giver, *, day: int) -> None:
    """Open items that have an explanation are resolved with it."""
    items = _open_items(session)
    for found in _explained(items) if items else ():
        session.give(
            "resolve_clearing_item",
            at_us(day, 8 * HOUR + 43 * MINUTE),
            item=[found.item],
            counterpart=[found.counterpart],
            reason=[found.reason.value],
            operator=["settlement 1"],
            explanation=[EXPLANATIONS[found.reason]],
        )


def _open_items(session: Giver) -> list[Item]:
    held: Any = session.group.records.tables["clearing_item"]
    is_open = (held.column("matched_on") == 0) & (held.column("resolved") == 0) & (held.column("institution") != 0)
    names = ("finding", "order", "book_fen", "file_fen")
    return [
        {"number": number, **{name: int(held.column(name)[number]) for name in names}}
        for number in np.flatnonzero(is_open).tolist()
    ]


def _explained(items: list[Item]) -> Iterator[Found]:
    """A line that makes a difference good, or that of a transaction that lacks one; any other is one too many."""
    lines = [item for item in items if item["finding"] == Finding.only_in_file]
    others = [item for item in items if item["finding"] != Finding.only_in_file]
    for line in lines:
        fitting = [other for other in others if other["book_fen"] - other["file_fen"] == line["file_fen"]]
        if not fitting:
            yield Found(line["number"], 0, ClearingReason.not_settled)
            continue
        other = fitting[0]
        others.remove(other)
        same = other["order"] == line["order"]
        reason = ClearingReason.corrected if same else ClearingReason.wrong_reference
        yield Found(line["number"], other["number"], reason)
