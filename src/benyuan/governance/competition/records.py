"""The records of markets that somebody defined, and of what each firm did in them. Dated facts, as those of bodies are.

Product, area and what is counted stand in the log, with the source. Worked: 300 of a market of 1,000 as of 20260301 and
350 as of 20260401: on 20260331 it is 300.
"""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

COMPETITION_MARKET = Table(
    name="competition_market",
    columns=("begins_on", "ends_on", "total", "from_date", "invented", "position"),
)
"""`from_date`: the day of the definition; `total`: 0 where the figures are all there are."""
MARKET_FIGURE = Table(
    name="competition_figure",
    columns=("market", "body", "amount", "from_date", "invented", "position"),
    indexed=("market",),
)
COMPETITION_MARKET_DEFINED = folds("competition_market_defined", table=COMPETITION_MARKET, adds=True)
MARKET_FIGURE_RECORDED = folds("competition_figure_recorded", table=MARKET_FIGURE, adds=True)
MARKET_FIGURE_KEY = ("market", "body")
