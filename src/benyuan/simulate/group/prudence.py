"""What the sample group is asked and holds: capital by sector, stakes in one another, exposures, limits of the house.

Worked number: 240 yi of the holding company and 455 of the bodies below, less 175 that it carries for them, are 520 yi
beside 342 that the sectors' rules ask.
"""

from typing import Any

from benyuan.simulate.group.bodies import (
    BANK,
    BEGAN,
    BUREAU,
    FRIEND,
    FUNDS,
    HOLDING,
    INSURER,
    INVENTED,
    LENDER,
    PAYER,
    SUPPLIER,
)
from benyuan.simulate.group.figures import QUARTER, YI
from benyuan.simulate.telling import Telling

OWN = (
    *((HOLDING, "group_investments", 175), (PAYER, "net_capital", 2), (BUREAU, "net_assets", 1)),
    *((PAYER, "capital_required", 1), (LENDER, "capital_required", 8), (BANK, "capital_required", 300)),
    *((INSURER, "capital_required", 30), (FUNDS, "capital_required", 3)),
    *((body, "capital_from_group", 0) for body in (PAYER, LENDER, BANK, INSURER, FUNDS)),
    *((body, "total_exposures", 0) for body in (HOLDING, PAYER, BUREAU, FUNDS)),
    (LENDER, "total_exposures", 6),
)
WHOLE = ((HOLDING, "total_assets", 5_400), (HOLDING, "liquid_assets", 900), (HOLDING, "net_outflows", 700))
"""Body, figure, and yi of yuan; of its own accounts and of the consolidated ones."""
EXPOSED = (
    *((BANK, FRIEND, "trade", 20), (INSURER, FRIEND, "trade", 5)),
    *((BANK, SUPPLIER, "information", 3), (HOLDING, BANK, "finance", 2)),
)
LIMITS = (("capital", 1_200_000), ("largest_exposure", 150_000))
GUANGDONG = 44


def report_capital(story: Telling, day: int) -> None:
    """Each is a command of its own."""
    for basis, figures in (("own", OWN), ("consolidated", WHOLE)):
        for body, figure, yi in figures:
            fields: dict[str, Any] = {"body": body, "figure": figure, "as_of": QUARTER, "amount_fen": yi * YI}
            story.do("record_body_figure", day, "09:32", basis=basis, **fields, **INVENTED)
    for body, counterparty, industry, yi in EXPOSED:
        exposed: dict[str, Any] = {"body": body, "counterparty": counterparty, "industry": industry, "as_of": QUARTER}
        story.do("record_exposure", day, "09:33", region=GUANGDONG, amount_fen=yi * YI, **exposed, **INVENTED)
    for ratio, limit_ppm in LIMITS:
        limit: dict[str, Any] = {"top": HOLDING, "ratio": ratio, "limit_ppm": limit_ppm, "from_date": BEGAN}
        story.do("set_group_limit", day, "09:34", reason="示例：董事会决定", **limit, **INVENTED)
