"""The record of crossings. Rows are never rewritten."""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

CROSSING = Table(
    name="firewall_crossing",
    columns=(
        *("giver_sort", "giver", "receiver_sort", "receiver", "data", "ground", "proof", "records", "on_date"),
        "position",
    ),
)
"""`proof`: by ground the number of the consent, account, parcel, choice or loan, or of the account that is repaid.

`records`: of how many records; `position`: of the command by which they crossed.
"""
CROSSED_OVER = folds("firewall_crossed", table=CROSSING, adds=True)
