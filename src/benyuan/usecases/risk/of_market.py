"""The greatest share that a body has of any market that somebody defined: part and whole.

Source: 反垄断法 2022 art. 24 (2007 art. 19); a limit on it is the house's. Worked number: 300 of a market of 1,000 and
20 of one of 50: 20 of 50, which is 40%.
"""

from fractions import Fraction

from benyuan.governance.competition.records import COMPETITION_MARKET, MARKET_FIGURE, MARKET_FIGURE_KEY
from benyuan.parties.ownership.dated import rows_in_force
from benyuan.usecases.risk.asked import NOTHING, Asked, Reckoned


def market_share(asked: Asked) -> Reckoned:
    """Of the markets of which its figure is recorded; of those without a total beside all figures that are."""
    column = asked.books.column
    rows = rows_in_force(column, MARKET_FIGURE, key=MARKET_FIGURE_KEY, on=asked.on, seen=asked.seen)
    named: dict[int, int] = {}
    for row in rows:
        named[row["market"]] = named.get(row["market"], 0) + row["amount"]
    found = [
        (row["amount"], int(column(COMPETITION_MARKET, "total")[row["market"]]) or named[row["market"]])
        for row in rows
        if row["body"] == asked.entity and column(COMPETITION_MARKET, "from_date")[row["market"]] <= asked.on
    ]
    told = [(part, whole) for part, whole in found if whole > 0]
    return max(told, key=lambda pair: Fraction(*pair), default=NOTHING)
