"""`benyuan group consolidate`: a group's balance sheet and income statement from the returns of its bodies."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.group.owning import Seen
from benyuan.cli.options import Database, Json, Keys, reading
from benyuan.cli.output import day, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.holding_company.consolidation.consolidating import Consolidated
    from benyuan.holding_company.consolidation.scope import Named

AMOUNTS = ("debit side", "credit side", "difference", "amount", "equity", "result", "carried")


def consolidate(
    top: Annotated[int, typer.Argument(min=1, metavar="TOP", help="The body at the top, by number.")],
    period: Annotated[int, typer.Option("--period", metavar="DATE", help="The period's last day, as yyyymmdd.")],
    returns: Annotated[
        list[Path], typer.Option("--returns", metavar="FILE", help="A return, CSV or Parquet; once for each file.")
    ],
    named: Annotated[
        list[str] | None,
        typer.Option("--named", metavar="BODY=GROUND", help="A body taken in or left out by art. 25, with its ground."),
    ] = None,
    seen: Seen = 0,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """The group's accounts of a period, to the fen, from the trial balances that its bodies have sent.

        benyuan group consolidate 1 --period 20261231 --returns bank.csv --returns others.parquet
        benyuan group consolidate 1 --period 20261231 --returns all.csv --named 7=risk --json

    A return has the columns body, period, line, debit_fen, credit_fen and counterparty, the body of the group that a
    row is with. A trial balance that does not balance or comes twice is refused. Grounds: alike, risk, held_briefly,
    by_way_of_shells. Exit code 1 where two sides differ, a return is missing, or stakes and investments do not meet.
    """
    from benyuan.assurance.group.reading import body_of, owned
    from benyuan.cli.inputs.returns import read_returns
    from benyuan.holding_company.consolidation.consolidating import consolidate as consolidated
    from benyuan.holding_company.consolidation.scope import scope_of
    from benyuan.storage.group_lines import load_group_lines

    chart = load_group_lines()
    entries = read_returns(returns, chart=chart, period=period)
    with reading(database, keys=keys) as group:
        world = owned(group, on=period, seen=seen)
        for body in sorted({top, *entries.body.tolist()}):
            body_of(world.state, body)
        scope = scope_of(
            top,
            controlled=world.control.controlled_by(top),
            named=[_named(each) for each in named or ()],
            on=period,
            rules=group.regime.pack,
        )
        told = consolidated(entries, chart=chart, scope=scope, stakes=world.state.shares, period=period)
    if as_json:
        say_json(told)
    else:
        _show(told)
    if told.mismatches or told.without_return or told.carried_without_stake or told.stakes_not_carried:
        raise typer.Exit(FOUND)


def _named(text: str) -> "Named":
    from benyuan.holding_company.consolidation.scope import Named
    from benyuan.values.errors import BadInput

    body, _, ground = text.partition("=")
    if not (body.isdecimal() and body.isascii() and ground):
        raise BadInput("named", text, "a body's number and a ground, as in 7=risk")
    return Named(body=int(body), ground=ground)


def _show(told: "Consolidated") -> None:
    typer.echo(f"group under {told.top}, {day(told.period)}: {len(told.bodies)} bodies, yuan")
    rows = [(line.part, line.name.replace("_", " "), yuan(line.amount_fen)) for line in told.lines]
    equity = [(line.name.replace("_", " "), line.amount_fen) for line in told.top_lines]
    equity += [("had for less than its capital", told.below_fen), ("reserves of the group", told.reserves_fen)]
    equity += [("result of the year", told.result_owners_fen), ("other owners", told.minority_fen)]
    rows += [("equity", name, yuan(amount)) for name, amount in equity if amount]
    say_table(title="Lines", columns=("part", "line", "amount"), rows=rows, right=AMOUNTS)
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
        title="Sums", columns=("sum", "amount"), rows=[(name, yuan(amount)) for name, amount in sums], right=AMOUNTS
    )
    others = [(str(each.body), each.interest, yuan(each.equity_fen), yuan(each.result_fen)) for each in told.minorities]
    columns: tuple[str, ...] = ("body", "the top's interest", "equity", "result")
    say_table(title="Other owners", columns=columns, rows=others, right=AMOUNTS)
    wrong = [
        (
            each.role.replace("_", " "),
            str(each.debit_body),
            str(each.credit_body),
            *(yuan(fen) for fen in (each.debit_side_fen, each.credit_side_fen, each.difference_fen)),
        )
        for each in told.mismatches
    ]
    columns = ("what", "debit at", "credit at", "debit side", "credit side", "difference")
    say_table(title="Sides that differ", columns=columns, rows=wrong, right=AMOUNTS)
    unheld = [(str(each.owner), str(each.owned), yuan(each.carried_fen)) for each in told.carried_without_stake]
    unheld += [(str(owner), str(owned), "none") for owner, owned in told.stakes_not_carried]
    columns = ("owner", "of", "carried")
    say_table(title="Stakes and investments that do not meet", columns=columns, rows=unheld, right=AMOUNTS)
    for words, bodies in (("no return from", told.without_return), ("outside, left aside", told.outside)):
        if bodies:
            typer.echo(f"{words}: {', '.join(map(str, bodies))}")
