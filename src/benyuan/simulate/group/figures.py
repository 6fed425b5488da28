"""What the bodies of the sample group report: round figures, invented, each as of a day.

Worked number: the bank's 4,800 yi of assets and the insurer's 300 yi are 5,100 yi together, 100 yi over the first line
of Order [2020] No. 4, art. 6.
"""

from typing import Any

from benyuan.simulate.group.bodies import (
    BANK,
    BUREAU,
    FRIEND,
    FUNDS,
    HOLDING,
    INSURER,
    INVENTED,
    LENDER,
    OWNER,
    PARTNER_BANK,
)
from benyuan.simulate.group.returns import PERIOD
from benyuan.simulate.telling import Telling

YI = 10_000_000_000
"""A hundred million yuan, in fen."""
MILLION = 100_000_000
YEAR_END, YEAR_BEGINS, QUARTER = 20251231, 20260101, 20260930
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
    *((BANK, "capital_required", QUARTER, 320), (INSURER, "capital_required", QUARTER, 22)),
    (FUNDS, "capital_required", QUARTER, 2),
    *((BUREAU, "net_capital", QUARTER, 1), (BUREAU, "capital_required", QUARTER, 1)),
    *((HOLDING, "outside_guarantees", YEAR_END, 20), (HOLDING, "related_investments", YEAR_END, 15)),
)
"""Body, figure, day, and yi of yuan. What is asked of the lender and all capital of the
payment company are read from this ledger."""
OF_THE_GROUP = (("liquid_assets", 700), ("net_outflows", 520))
"""Of the holding company's consolidated accounts, and yi of yuan."""
EXPOSURES = (
    *((BANK, OWNER, "trade", 33, 12), (BANK, FRIEND, "trade", 33, 9), (BANK, PARTNER_BANK, "finance", 31, 40)),
    *((INSURER, FRIEND, "trade", 33, 4), (FUNDS, PARTNER_BANK, "finance", 31, 1)),
)
"""Body, counterparty, industry, province, and yi of yuan."""
CREDIT = (
    ("total", 305, 42_200, 112, 45_000, 545),
    ("medium", 90, 900, 30, 41_000, 90),
    ("small", 80, 3_600, 30, 44_000, 130),
    ("micro", 70, 11_500, 26, 47_000, 180),
    ("individual_business", 40, 18_000, 17, 50_000, 100),
    ("business_owner", 20, 8_000, 7, 52_000, 40),
)
"""Of the bank's credit to businesses in ten months: class, yi of yuan, borrowers, yi newly lent, rate in parts per
million, and millions of yuan that are non-performing."""
NOTHING_ELSE = (BUREAU, HOLDING)
"""Bodies that are exposed to nobody by name."""


def report_figures(story: Telling, day: int) -> None:
    """Each is a command of its own, with the accounts it is of."""
    for body, figure, as_of, yi in FIGURES:
        fields: dict[str, Any] = {"body": body, "figure": figure, "as_of": as_of, "amount_fen": yi * YI}
        story.do("record_body_figure", day, "09:30", **fields, **INVENTED)
    for figure, yi in OF_THE_GROUP:
        whole: dict[str, Any] = {"body": HOLDING, "basis": "consolidated", "as_of": PERIOD, "amount_fen": yi * YI}
        story.do("record_body_figure", day, "09:31", figure=figure, **whole, **INVENTED)
    for body, other, industry, region, yi in EXPOSURES:
        exposed: dict[str, Any] = {"body": body, "counterparty": other, "industry": industry, "region": region}
        story.do("record_exposure", day, "09:32", amount_fen=yi * YI, as_of=PERIOD, **exposed, **INVENTED)
    for size, balance, borrowers, lent, rate_ppm, bad in CREDIT:
        fields = {"body": BANK, "size": size, "from_date": YEAR_BEGINS, "until": PERIOD, "borrowers": borrowers}
        lent_fields: dict[str, Any] = {"lent_fen": lent * YI, "rate_ppm": rate_ppm, "bad_fen": bad * MILLION}
        story.do("record_business_credit", day, "09:32", balance_fen=balance * YI, **fields, **lent_fields, **INVENTED)
    for body in NOTHING_ELSE:
        none: dict[str, Any] = {"body": body, "figure": "total_exposures", "amount_fen": 0, "as_of": PERIOD}
        story.do("record_body_figure", day, "09:33", **none, **INVENTED)
    limit: dict[str, Any] = {"top": HOLDING, "ratio": "leverage", "limit_ppm": 80_000, "from_date": PERIOD}
    what = "the house asks for own funds of 8% of all assets; the law names no figure"
    story.do("set_group_limit", day, "09:34", what, reason="示例限额", **limit, **INVENTED)
