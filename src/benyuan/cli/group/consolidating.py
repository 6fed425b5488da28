"""`benyuan group consolidate`: a group's balance sheet and income statement from books of this ledger and returns."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.group.owning import Seen
from benyuan.cli.options import Database, Json, Keys, reading
from benyuan.cli.output import day, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.group.accounts import GroupAccounts
    from benyuan.holding_company.consolidation.consolidating import Consolidated
    from benyuan.holding_company.consolidation.sources import TrialBalanceOf

Returned: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option("--returns", metavar="FILE", help="A return: CSV, Parquet or XLSX; once for each file."),
]
Map: TypeAlias = Annotated[
    Path | None,
    typer.Option("--accounts", metavar="FILE", help="A map of your own from accounts of this ledger to lines."),
]
AMOUNTS = ("debit side", "credit side", "difference", "amount", "equity", "result", "carried")


def consolidate(
    top: Annotated[int, typer.Argument(min=1, metavar="TOP", help="The body at the top, by number.")],
    period: Annotated[int, typer.Option("--period", metavar="DATE", help="The period's last day, as yyyymmdd.")],
    returns: Returned = None,
    accounts: Map = None,
    seen: Seen = 0,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """The group's accounts of a period, to the fen, from books of this ledger and from returns of its other bodies.

        benyuan group consolidate 1 --period 20261231
        benyuan group consolidate 1 --period 20261231 --returns bank.xlsx --returns others.parquet --json

    A body whose book here holds money is taken from it; a return for it besides is refused. A return has the columns
    body, period, line, debit_fen, credit_fen, and where there are any counterparty, the body of the group that a row is
    with, source and source_date, the document and its day; figures without one are called invented. A trial balance
    that does not balance or comes twice is refused. Exit code 1 where two sides differ, a return is missing, a book is
    not closed, or stakes and investments do not meet.
    """
    from benyuan.assurance.group.accounts import group_accounts
    from benyuan.cli.inputs.returns import read_returns
    from benyuan.storage.group_lines import load_account_map, load_group_lines

    chart = load_group_lines()
    lines = load_account_map(chart, accounts)
    sent = read_returns(returns or [], chart=chart, period=period)
    with reading(database, keys=keys) as group:
        told = group_accounts(group, top, period=period, returns=sent, chart=chart, accounts=lines, seen=seen)
    if as_json:
        say_json(told)
    else:
        show_accounts(told)
    found = told.accounts
    if (
        found.mismatches
        or found.without_return
        or found.carried_without_stake
        or found.stakes_not_carried
        or told.not_closed
    ):
        raise typer.Exit(FOUND)


def show_accounts(whole: "GroupAccounts") -> None:
    """Lines, sums, other owners, what differs, and where all of it is from."""
    told = whole.accounts
    typer.echo(f"group under {told.top}, {day(told.period)}: {len(told.bodies)} bodies, yuan")
    marked = _marked(told)
    rows = [
        (line.part, line.name.replace("_", " "), yuan(line.amount_fen), _mark(line.invented)) for line in told.lines
    ]
    equity = [(line.name.replace("_", " "), line.amount_fen) for line in told.top_lines]
    equity += [("had for less than its capital", told.below_fen), ("reserves of the group", told.reserves_fen)]
    equity += [("result of the year", told.result_owners_fen), ("other owners", told.minority_fen)]
    rows += [("equity", name, yuan(amount), marked) for name, amount in equity if amount]
    say_table(title="Lines", columns=("part", "line", "amount", "rests on"), rows=rows, right=AMOUNTS)
    sums = (
        ("assets", told.assets_fen),
        ("liabilities", told.liabilities_fen),
        ("equity of the top's owners", told.owners_fen),
        ("equity of other owners", told.minority_fen),
        ("income", told.income_fen),
        ("expenses", told.expenses_fen),
        ("result of the year", told.result_fen),
        ("of which other owners'", told.result_minority_fen),
    )
    say_table(
        title="Sums",
        columns=("sum", "amount", "rests on"),
        rows=[(name, yuan(amount), marked) for name, amount in sums],
        right=AMOUNTS,
    )
    others = [
        (str(each.body), each.interest, yuan(each.equity_fen), yuan(each.result_fen), _marked(told, each.body))
        for each in told.minorities
    ]
    columns: tuple[str, ...] = ("body", "the top's interest", "equity", "result", "rests on")
    say_table(title="Other owners", columns=columns, rows=others, right=AMOUNTS)
    wrong = [
        (
            each.role.replace("_", " "),
            str(each.debit_body),
            str(each.credit_body),
            *(yuan(fen) for fen in (each.debit_side_fen, each.credit_side_fen, each.difference_fen)),
            _marked(told, each.debit_body, each.credit_body),
        )
        for each in told.mismatches
    ]
    columns = ("what", "debit at", "credit at", "debit side", "credit side", "difference", "rests on")
    say_table(title="Sides that differ", columns=columns, rows=wrong, right=AMOUNTS)
    unheld = [
        (str(each.owner), str(each.owned), yuan(each.carried_fen), _marked(told, each.owner))
        for each in told.carried_without_stake
    ]
    unheld += [(str(owner), str(owned), "none", _marked(told, owner)) for owner, owned in told.stakes_not_carried]
    columns = ("owner", "of", "carried", "rests on")
    say_table(title="Stakes and investments that do not meet", columns=columns, rows=unheld, right=AMOUNTS)
    _show_origins(whole)


def _show_origins(whole: "GroupAccounts") -> None:
    """What was taken out as unrealised, grounds, sources, and who is missing."""
    told = whole.accounts
    out = [
        (
            str(each.seller),
            str(each.holder),
            each.line.replace("_", " "),
            yuan(each.amount_fen),
            _marked(told, each.seller),
        )
        for each in told.unrealised
    ]
    columns: tuple[str, ...] = ("seller", "holder", "line", "amount", "rests on")
    say_table(title="Profit inside the group, taken out", columns=columns, rows=out, right=AMOUNTS)
    grounds = [
        (
            str(each.body),
            each.ground.replace("_", " ") + (" (idle)" if each.idle else ""),
            each.reason,
            day(each.from_date),
            day(each.until) if each.until else "",
            each.source,
        )
        for each in whole.grounds
    ]
    columns = ("body", "ground", "reason", "from", "until", "source")
    say_table(title="Grounds of article 25", columns=columns, rows=grounds, right=())
    say_sources(told.sources)
    for words, bodies in (
        ("no return from", told.without_return),
        ("outside, left aside", told.outside),
        ("book not closed on the day", whole.not_closed),
    ):
        if bodies:
            typer.echo(f"{words}: {', '.join(map(str, bodies))}")


def say_sources(sources: "Sequence[TrialBalanceOf]") -> None:
    """Where each trial balance comes from."""
    rows = [(str(each.body), each.what, each.source) for each in sources]
    say_table(title="Trial balances", columns=("body", "in", "source"), rows=rows, right=())


def _marked(told: "Consolidated", *bodies: int) -> str:
    """Whether figures of these bodies, or of any, are invented."""
    return _mark(bool(set(told.invented) & set(bodies) if bodies else told.invented))


def _mark(invented: bool) -> str:
    return "invented" if invented else ""
