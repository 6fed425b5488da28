"""What is kept of the clearing house's file: where its lines stand in the log, what found no match, each matched day.

The lines themselves stay in the log, and a transaction of ours is a posting to the clearing accounts: so a match leaves
nothing behind, and only what did not match becomes a row.
"""

from enum import IntEnum, StrEnum

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

LINE_KIND = "record_clearing_line"

CLEARING_PART = Table(
    name="clearing_part",
    columns=("institution", "date", "first", "last", "lines", "received_fen", "paid_fen", "looked_at_on"),
)
"""Lines that one close looks at: those of this institution and clearing date between two log positions.

`looked_at_on`: the day by whose close they were matched; 0 before.
"""
CLEARING_ITEM = Table(
    name="clearing_item",
    columns=(
        "institution",
        "direction",
        "finding",
        "order",
        "line",
        "booked_on",
        "cleared_on",
        "book_fen",
        "file_fen",
        "opened_on",
        "met_on",
        "matched_on",
        "reason",
        "resolved",
        "counterpart",
    ),
)
"""What did not match. `order` and `line`: log positions of our command and of the house's line, 0 where there is none.

`met_on`: the day by whose close the other side came, `matched_on`: with the same amount; `resolved`: the log position
of the decision of people, 0 before.
"""
CLEARING_DAY = Table(
    name="clearing_day",
    columns=(
        "institution",
        "date",
        "position",
        "transit_from",
        "lines",
        "matched",
        "transit",
        "open",
        "file_in_fen",
        "file_out_fen",
        "balance_in_fen",
        "balance_out_fen",
        "transit_in_fen",
        "transit_out_fen",
        "open_in_fen",
        "open_out_fen",
        "resolved_in_fen",
        "resolved_out_fen",
        "unexplained_in_fen",
        "unexplained_out_fen",
    ),
)
"""A close that matched: the balances of both clearing accounts, and what explains them.

`transit_from`: the first day whose transactions are in transit as long as no line names them; older ones are items.
"""

CLEARING_PART_CAME = folds("clearing_part_came", table=CLEARING_PART, adds=True)
CLEARING_PART_GREW = folds("clearing_part_grew", table=CLEARING_PART, adds=False)
CLEARING_PART_LOOKED_AT = folds("clearing_part_looked_at", table=CLEARING_PART, adds=False)
CLEARING_ITEM_OPENED = folds("clearing_item_opened", table=CLEARING_ITEM, adds=True)
CLEARING_ITEM_MET = folds("clearing_item_met", table=CLEARING_ITEM, adds=False)
CLEARING_ITEM_RESOLVED = folds("clearing_item_resolved", table=CLEARING_ITEM, adds=False)
CLEARING_DAY_MATCHED = folds("clearing_day_matched", table=CLEARING_DAY, adds=True)


class Finding(IntEnum):
    """What is open about an item."""

    only_in_book = 1
    only_in_file = 2
    amount_differs = 3


class ClearingReason(StrEnum):
    """Why people hold an item for done.

    wrong_reference: it and another are one transaction; corrected: another one makes it good; not_settled: the line
    moved no money; stands: the difference remains in the clearing account.
    """

    wrong_reference = "wrong_reference"
    corrected = "corrected"
    not_settled = "not_settled"
    stands = "stands"


CLEARING_REASON_NUMBER = {reason.value: number for number, reason in enumerate(ClearingReason, 1)}
"""Numbers in order: a new word stands at the end."""
IN_PAIRS = (ClearingReason.wrong_reference, ClearingReason.corrected)
"""Reasons that name a second item."""
