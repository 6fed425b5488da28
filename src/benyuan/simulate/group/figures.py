"""What the bodies of the sample group report: round figures, invented, each as of a day.

Worked number: the bank's 4,800 yi of assets and the insurer's 300 yi are 5,100 yi together, 100 yi over the first line
of Order [2020] No. 4, art. 6.
"""

from typing import Any

from benyuan.simulate.group.bodies import BANK, FUNDS, HOLDING, INSURER, INVENTED, LENDER, OWNER
from benyuan.simulate.telling import Telling

YI = 10_000_000_000
"""A hundred million yuan, in fen."""
YEAR_END, QUARTER = 20251231, 20260930
FIGURES = (
    *((BANK, "total_assets", YEAR_END, 4_800), (INSURER, "total_assets", YEAR_END, 300)),
    *((FUNDS, "total_assets", YEAR_END, 12), (FUNDS, "entrusted_assets", YEAR_END, 6_000)),
    *((BANK, "registered_capital", YEAR_END, 80), (INSURER, "registered_capital", YEAR_END, 20)),
    *((FUNDS, "registered_capital", YEAR_END, 2), (HOLDING, "paid_in_capital", YEAR_END, 90)),
    *((BANK, "net_assets", YEAR_END, 400), (INSURER, "net_assets", YEAR_END, 60), (FUNDS, "net_assets", YEAR_END, 8)),
    *(
        (HOLDING, "net_assets", YEAR_END, 240),
        (OWNER, "net_assets", YEAR_END, 300),
        (LENDER, "net_assets", YEAR_END, 10),
    ),
    *((BANK, "net_capital", QUARTER, 380), (INSURER, "net_capital", QUARTER, 55), (FUNDS, "net_capital", QUARTER, 7)),
    *((LENDER, "net_capital", QUARTER, 10), (OWNER, "net_capital", QUARTER, 300)),
    *((HOLDING, "outside_guarantees", YEAR_END, 20), (HOLDING, "related_investments", YEAR_END, 15)),
)
"""Body, figure, day, and yi of yuan."""


def report_figures(story: Telling, day: int) -> None:
    """Each is a command of its own, with the accounts it is of."""
    for body, figure, as_of, yi in FIGURES:
        fields: dict[str, Any] = {"body": body, "figure": figure, "as_of": as_of, "amount_fen": yi * YI}
        story.do("record_body_figure", day, "09:30", **fields, **INVENTED)
