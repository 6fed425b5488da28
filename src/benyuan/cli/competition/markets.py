"""`benyuan competition share`, `presumption` and `hhi`: a market that somebody defined, and who has how much of it."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.competition.reading import FEN, InLog, MarketFile, On, day_of, market_given
from benyuan.cli.options import Database, Json, RuleDirectories
from benyuan.cli.output import day, say_json, say_table, yuan
from benyuan.cli.rules import pack_of

if TYPE_CHECKING:
    from benyuan.governance.competition import Concentration, Market, Presumption


def share(file: MarketFile = None, market: InLog = 0, database: Database = None, as_json: Json = False) -> None:
    """Shares of a market as somebody defined it, each figure with its source, or called invented.

        benyuan competition share market.yaml
        benyuan competition share --market 1

    The file, as JSON or YAML:

        {"product": "mobile payments", "area": "mainland China", "from": "2025-01-01", "until": "2026-01-01",
         "defined_on": "2026-03-01", "defined_by": "Board paper 12", "total": "1000.00",
         "figures": [{"firm": "ours", "amount": "300.00", "source": "Ledger", "dated": "2026-01-05"},
                     {"firm": "another", "amount": "450.00"}]}

    `until` is the first day after the period. Amounts are yuan in quotation marks; with "counted": "payments", or
    whatever else is counted, they are whole numbers. Without `total` the figures are all there are; what a total has
    more than they do belongs to firms that are not named. A figure without `source` and `dated` is shown as invented,
    and so is a definition without `defined_by`. Shares are rounded down; with --json amounts are in fen.
    """
    from benyuan.governance.competition import shares_of

    told = market_given(file, number=market, database=database)
    made = shares_of(told)
    if as_json:
        say_json(
            {
                "market": told,
                "total": told.whole,
                "unnamed": told.unnamed,
                "shares": made,
                "invented": told.invented,
            }
        )
        return
    _say_market(told)
    rows = [(each.firm, _amount(each.amount, told), each.share, each.source) for each in made]
    if told.unnamed:
        rows.append(("not named", _amount(told.unnamed, told), "", told.total_source.text()))
    say_table(title="Shares", columns=("firm", "amount", "share", "source"), rows=rows, right=("amount", "share"))


def presumption(
    on: On,
    file: MarketFile = None,
    market: InLog = 0,
    rules: RuleDirectories = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Who is presumed dominant by their shares: one firm, two or three, and how far everybody is from it.

        benyuan competition presumption market.yaml --on 2026-05-15

    One firm from a half on, two from two thirds, three from three quarters (反垄断法 2022 art. 24, 2007 art. 19); of
    two and three a member below a tenth is not presumed. Every firm is tested with the largest others. `missing`
    is what they lack while the market stays as it is. The presumption may be rebutted, and the exit code is 0 whatever
    it says. `benyuan competition share --help` shows the file.
    """
    from benyuan.governance.competition import presumption_of

    told = market_given(file, number=market, database=database)
    made = presumption_of(told, on=day_of(on, field="--on"), rules=pack_of(rules))
    if as_json:
        say_json(made)
        return
    _say_market(told)
    _say_presumption(made, told)


def _say_presumption(made: "Presumption", market: "Market") -> None:
    rows = [
        (
            each.firm,
            ", ".join(each.others),
            each.share,
            each.threshold,
            _amount(each.missing, market) if each.missing else "",
            "presumed" if each.presumed else "under a tenth" if each.excepted else "no",
        )
        for each in made.tests
    ]
    columns = ("firm", "with", "share", "from", "missing", "dominant")
    say_table(title=made.place.text(), columns=columns, rows=rows, right=("share", "missing"))
    typer.echo(f"presumed dominant, unless rebutted: {', '.join(made.presumed) or 'nobody'}")
    if made.unnamed:
        typer.echo("firms that are not named were not tested, neither alone nor beside others")


def hhi(
    file: MarketFile = None,
    market: InLog = 0,
    merge: Annotated[
        list[str] | None, typer.Option("--merge", metavar="FIRM", help="A party of a merger; at least two of them.")
    ] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """How concentrated a market is: the Herfindahl-Hirschman index, exactly, and what a merger makes of it.

        benyuan competition hhi market.yaml
        benyuan competition hhi market.yaml --merge ours --merge another

    From nought to 10,000, which is one firm alone. Where firms are not named, two figures bound it: as if they were
    many and tiny, and as if they were one. The texts that were read have no figure that would be too much, so none is
    shown. `benyuan competition share --help` shows the file.
    """
    from benyuan.governance.competition import concentration_of

    told = market_given(file, number=market, database=database)
    made = concentration_of(told, merging=merge or ())
    if as_json:
        say_json(made)
        return
    _say_market(told)
    _say_index(made)


def _say_index(made: "Concentration") -> None:
    rows = [("now", made.least.text, made.most.text)]
    if made.merging:
        rows += [("after the merger", made.least_after.text, made.most_after.text)]
        rows += [("change", made.change.text, made.change.text)]
    columns = ("", "at least", "at most")
    say_table(title="Herfindahl-Hirschman index", columns=columns, rows=rows, right=columns[1:])


def _say_market(market: "Market") -> None:
    said = market.definition
    rows = [
        ("product", said.product),
        ("area", said.area),
        ("period", f"{day(said.begins_on)} to before {day(said.ends_on)}"),
        ("defined", f"{day(said.defined_on)}: {said.source.text()}"),
        ("counted", "yuan" if said.counted == FEN else said.counted),
        ("total", f"{_amount(market.whole, market)}: {_total_source(market)}"),
    ]
    rows += [("invented", ", ".join(market.invented))] if market.invented else []
    say_table(title="Market", columns=("", "as defined"), rows=rows)


def _total_source(market: "Market") -> str:
    return "the figures' sum" if market.total is None else market.total_source.text()


def _amount(amount: int, market: "Market") -> str:
    return yuan(amount) if market.definition.counted == FEN else f"{amount:,}"
