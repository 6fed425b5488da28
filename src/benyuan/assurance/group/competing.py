"""A market of the log as `governance.competition` reads it: its definition and figures, each with its source.

Worked: market 1, in which body 3 has 300 by a report of 20260301, has a figure of the firm that body 3 is called.
"""

from benyuan.assurance.group.reading import columns_of, given_at, names_of, owned
from benyuan.engine.group import Group
from benyuan.governance.competition.markets import Figure, Market, MarketDefinition
from benyuan.governance.competition.records import COMPETITION_MARKET, MARKET_FIGURE, MARKET_FIGURE_KEY
from benyuan.governance.competition.sources import INVENTED, Source
from benyuan.parties.ownership.dated import rows_in_force
from benyuan.values.dates import local_day
from benyuan.values.errors import BadInput


def market_in(group: Group, number: int, *, on: int = 0) -> Market:
    """The market as its figures were on a day (0: the log's last). Errors: BadInput."""
    column, day = columns_of(group), on or local_day(group.last_at)
    count = len(column(COMPETITION_MARKET, "total")) - 1
    if not 0 < number <= count:
        raise BadInput("market", number, f"a market of the log, 1 to {count}" if count else "one, by define_market")
    row = {name: int(column(COMPETITION_MARKET, name)[number]) for name in COMPETITION_MARKET.columns}
    if row["from_date"] > day:
        raise BadInput("on", day, f"a day on or after that of the definition, {row['from_date']}")
    figures = rows_in_force(column, MARKET_FIGURE, key=MARKET_FIGURE_KEY, on=day, seen=group.position)
    mine = [each for each in figures if each["market"] == number and each["amount"]]
    state = owned(group, on=day).state
    names = names_of(group, state, sorted(each["body"] for each in mine))
    said = given_at(group, row["position"])
    source = _source(group, row["position"])
    return Market(
        definition=MarketDefinition(
            product=said["product"],
            area=said["area"],
            begins_on=row["begins_on"],
            ends_on=row["ends_on"],
            defined_on=row["from_date"],
            counted=said["counted"],
            source=source,
        ),
        figures=tuple(
            Figure(firm=_called(names, each["body"]), amount=each["amount"], source=_source(group, each["position"]))
            for each in mine
        ),
        total=row["total"] or None,
        total_source=source,
    )


def _called(names: dict[int, str], body: int) -> str:
    """Its name; with its number, where another body of the market is called the same."""
    name = names[body]
    return name if list(names.values()).count(name) == 1 else f"{name} ({body})"


def _source(group: Group, position: int) -> Source:
    said = given_at(group, position)
    return INVENTED if said["invented"] else Source(document=said["source"], dated_on=int(said["source_date"]))
