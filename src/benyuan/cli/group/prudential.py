"""`benyuan group prudential`: a group's capital, leverage, exposures, liquidity, guarantees, beside their limits."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.group.consolidating import Map, Returned, say_sources
from benyuan.cli.group.owning import PPM_OF_A_PERCENT, On, Seen
from benyuan.cli.group.showing import MET, article
from benyuan.cli.options import Database, Json, Keys, reading
from benyuan.cli.output import day, say_json, say_table, yuan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benyuan.assurance.group.exposed import ExposureTold
    from benyuan.assurance.group.prudential import Prudential, SoloTold
    from benyuan.holding_company.prudential.ratios import GroupFigure

MONEY = (
    *("held", "asked", "over", "amount", "carried", "lent, not owed", "shown", "taken off", "part", "whole"),
    *("liquid assets", "net outflows", "recorded", "this ledger", "difference"),
)
SHOWN = 10


def prudential(
    top: Annotated[int, typer.Argument(min=1, metavar="TOP", help="The body at the top, by number.")],
    on: On = 0,
    period: Annotated[
        int,
        typer.Option(
            "--period", metavar="DATE", help="The last day of a period, as yyyymmdd: with its trial balances."
        ),
    ] = 0,
    returns: Returned = None,
    accounts: Map = None,
    seen: Seen = 0,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Capital by body and of the group without counting twice, leverage, exposures, liquidity, guarantees, investments.

        benyuan group prudential 1
        benyuan group prudential 1 --period 20261231 --returns bank.xlsx --json

    With --period books of this ledger and returns tell net assets and what bodies gave one another; without, recorded
    figures do (record_body_figure, record_exposure). Where nobody has recorded one, a body's own book and records here
    tell it (record_lender_figures, record_net_worth, closed days, balances); where both do, the recorded counts and the
    difference shows. Where the law gives no figure a ratio shows without a limit; the
    house's own (set_group_limit) are labelled so. What nobody has told is named and is never nought. Exit code 1 where
    a limit is not met, a body has less than its sector's rule asks, or a recorded figure differs from this ledger.
    """
    from benyuan.assurance.group.accounts import reported_of
    from benyuan.assurance.group.prudential import prudential_of
    from benyuan.cli.inputs.returns import read_returns
    from benyuan.storage.group_lines import load_account_map, load_group_lines
    from benyuan.values.errors import BadInput

    if returns and not period:
        raise BadInput("period", period, "the last day of the period of the returns")
    if on and period:
        raise BadInput("on", on, "none beside --period, whose last day it is")
    chart = load_group_lines()
    lines = load_account_map(chart, accounts)
    sent = read_returns(returns or [], chart=chart, period=period)
    with reading(database, keys=keys) as group:
        reported = (
            reported_of(group, top, period=period, returns=sent, chart=chart, accounts=lines, seen=seen)
            if period
            else None
        )
        told = prudential_of(group, top, on=on, seen=seen, reported=reported)
    if as_json:
        say_json(told)
    else:
        show_prudential(told)
    limits = [met for each in told.figures for met in (each.law_met, each.house_met)]
    if told.differ or False in (*limits, *(each.met for each in told.bodies)):
        raise typer.Exit(FOUND)


def _met(each: "SoloTold") -> str:
    owed = f", owed by the holding company ({each.owed.rule})" if each.owed else ""
    return f"{MET[each.met]}{owed}"


def show_prudential(told: "Prudential") -> None:
    """Capital by body, what counts twice, each figure beside its limits, and the rows it is made of."""
    typer.echo(f"the group under {told.name} on {day(told.on)}, yuan")
    bodies = [
        (
            str(each.body),
            each.name,
            each.business.replace("_", " "),
            _fen(each.held_fen),
            _fen(each.required_fen) if each.asks else "no rule asks",
            _fen(each.surplus_fen) if each.asks else "",
            _met(each) if each.asks else "",
            _mark(each.invented),
        )
        for each in told.bodies
    ]
    columns: tuple[str, ...] = ("body", "name", "business", "held", "asked", "over", "met", "rests on")
    say_table(title="Capital by each sector's own rule", columns=columns, rows=bodies, right=MONEY)
    liquid = [
        (
            str(each.body),
            each.name,
            _fen(each.liquidity.liquid_fen),
            _fen(each.liquidity.outflows_fen),
            _mark(each.liquidity.invented),
        )
        for each in told.bodies
        if each.asks
    ]
    columns = ("body", "name", "liquid assets", "net outflows", "rests on")
    say_table(title="Liquidity by each sector's own rule", columns=columns, rows=liquid, right=MONEY)
    _show_between(told)
    sums = (
        f"own funds of the group: {_fen(told.own_funds_fen)}, of which other owners' {_fen(told.others_fen)}; "
        f"asked: {_fen(told.required_fen)}"
    )
    typer.echo(sums + _beside(told.invented))
    columns = ("figure", "part", "whole", "per cent", "law", "met", "article", "rests on")
    say_table(title="Figures", columns=columns, rows=[_row(each) for each in told.figures], right=MONEY)
    columns = ("figure", "house limit", "met", "since", "reason", "source")
    limits = [row for each in told.figures for row in _house(each)]
    say_table(title="Limits of the house, not of the law", columns=columns, rows=limits, right=())
    _show_exposed("Largest exposures", told.exposed.counterparties)
    _show_exposed("By industry", told.exposed.industries)
    _show_exposed("By region", told.exposed.regions)
    typer.echo(
        f"outside of the group {yuan(told.exposed.outside_fen)}, inside {yuan(told.exposed.inside_fen)}, "
        f"of no named counterparty {yuan(told.exposed.unnamed_fen)}{_beside(told.exposed.invented)}"
    )
    _show_exposed("Who has lent to lenders of this ledger", told.exposed.funders)
    _show_differ(told)
    missing = [(str(each.body), each.what) for each in told.untold]
    say_table(title="Not told", columns=("body", "what"), rows=missing, right=())
    _show_rows(told)
    say_sources(told.sources)


def _show_between(told: "Prudential") -> None:
    """What two bodies have given one another."""
    between = [
        (
            str(each.giver),
            str(each.taker),
            *map(yuan, (each.carried_fen, each.not_owed_fen, each.shown_fen, each.deducted_fen)),
            _mark(each.invented),
        )
        for each in told.between
    ]
    columns = ("giver", "taker", "carried", "lent, not owed", "shown", "taken off", "rests on")
    say_table(title="Counted twice", columns=columns, rows=between, right=MONEY)


def _show_differ(told: "Prudential") -> None:
    """What is recorded beside what this ledger tells."""
    differ = [
        (
            str(each.body),
            each.what,
            yuan(sum(row.amount_fen for row in each.recorded)),
            yuan(sum(row.amount_fen for row in each.own)),
            yuan(each.difference_fen),
            "; ".join(f"{row.what}, {row.where}" for row in each.own),
        )
        for each in told.differ
    ]
    columns = ("body", "what", "recorded", "this ledger", "difference", "read from")
    say_table(title="Recorded otherwise than this ledger tells", columns=columns, rows=differ, right=MONEY)


def _row(each: "GroupFigure") -> tuple[str, ...]:
    return (
        each.title,
        _fen(each.part_fen),
        _fen(each.whole_fen),
        "can't be told" if each.ppm is None else _percent(each.ppm),
        "no figure" if each.law_ppm is None else f"{_words(each)} {_percent(each.law_ppm)}",
        "" if each.law_ppm is None else MET[each.law_met],
        article(each.place),
        _mark(each.invented),
    )


def _house(each: "GroupFigure") -> "Iterator[tuple[str, ...]]":
    if each.house:
        limit = f"house: {_words(each)} {_percent(each.house.limit_ppm)}"
        yield each.title, limit, MET[each.house_met], day(each.house.from_date), each.house.reason, each.house.source


def _words(each: "GroupFigure") -> str:
    return "at least" if each.at_least else "at most"


def _show_exposed(title: str, told: "Sequence[ExposureTold]") -> None:
    rows = [
        (each.name, ", ".join(map(str, each.counterparties)), yuan(each.amount_fen), _mark(each.invented))
        for each in told[:SHOWN]
    ]
    say_table(title=title, columns=("of", "counterparties", "amount", "rests on"), rows=rows, right=MONEY)


def _show_rows(told: "Prudential") -> None:
    """Every row that a figure is made of, once."""
    parts = [row for each in told.figures for row in (*each.part, *each.whole)]
    rows = [
        (str(each.body), each.what, yuan(each.amount_fen), each.where, each.source) for each in dict.fromkeys(parts)
    ]
    say_table(title="Made of", columns=("body", "what", "amount", "where", "source"), rows=rows, right=MONEY)


def _fen(amount: int | None) -> str:
    return "not told" if amount is None else yuan(amount)


def _percent(ppm: int) -> str:
    whole, part = divmod(abs(ppm), PPM_OF_A_PERCENT)
    sign = "-" if ppm < 0 else ""
    return f"{sign}{whole}.{part:04d}".rstrip("0").rstrip(".") + "%"


def _mark(invented: bool) -> str:
    return "invented" if invented else ""


def _beside(invented: bool) -> str:
    return "; rests on invented figures" if invented else ""
