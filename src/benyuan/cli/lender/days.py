"""`benyuan lender day` and `close`: a closed day with its ratios and whether everything ties; days closed in order."""

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.lender.showing import Date, Lender, Out, check, columns_of, tell
from benyuan.cli.options import Database, Json, Keys, reading, url_that_is
from benyuan.cli.output import day as shown_day
from benyuan.cli.output import progress_bar, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.lender_books.ties import Tie
    from benyuan.assurance.lending import LenderDay, ProductLine

MOST_SHARDS = 4096


def day(
    date: Date = None, lender: Lender = 1, out: Out = None, database: Database = None, as_json: Json = False
) -> None:
    """A closed day: loans by product, stage and class, allowances, ratios with what the rules ask, and the ties.

        benyuan lender day
        benyuan lender day 20260930
        benyuan lender day --out products.csv

    Ratios outside of what a rule asks are breaches: they refuse nothing but new business of their own kind, and stand
    here until they are made good. Books and loans must tie to the fen: what is dated up to the day in the book against
    the loans one by one, and the sums that the close kept against the loans as they are found now.

    Exit code 1 where a ratio is in breach or anything does not tie. Figures in yuan, with --json and in files in fen.
    """
    import msgspec

    from benyuan.assurance.lender_books.ties import ties
    from benyuan.assurance.lending import lender_day

    check(out, database=database)
    with reading(database) as group:
        made = lender_day(group, lender=lender, date=date)
        checked = ties(group, lender=lender, date=made.date)
    untied = [tie for tie in checked if not tie.holds]
    content = {
        **msgspec.to_builtins(made),
        "breaches": [ratio.name for ratio in made.breaches],
        "ties": len(checked),
        "untied": untied,
    }
    columns = _product_columns(made.products)
    tell(content=content, columns=columns, out=out, as_json=as_json, show=lambda: _show(made, checked, untied))
    if made.breaches or untied:
        raise typer.Exit(1)


def _product_columns(products: "list[ProductLine]") -> dict[str, list[Any]]:
    """One row a product, stages, allowances and classes each a column."""
    from benyuan.assurance.lending import ProductLine

    columns = columns_of(products, ProductLine)
    for name in ("stages_fen", "allowances_fen", "classes_fen"):
        for key in getattr(products[0], name) if products else ():
            part = name.removesuffix("es_fen" if name == "classes_fen" else "s_fen")
            columns[f"{part}_{key}_fen"] = [getattr(line, name)[key] for line in products]
    return columns


def _show(made: "LenderDay", checked: "list[Tie]", untied: "list[Tie]") -> None:
    typer.echo(f"Lender {made.lender}, {shown_day(made.date)}")
    _show_products(made)
    show_ratios(made)
    for ratio in made.breaches:
        gap = "missing" if ratio.least else "too much"
        typer.echo(f"BREACH: {ratio.name}, {yuan(ratio.gap_fen)} yuan {gap} ({ratio.rule_id}, {ratio.article})")
    for tie in untied:
        typer.echo(f"DOES NOT TIE: {tie.text()}")
    if not untied:
        typer.echo(f"Books and loans tie: {len(checked)} figures, each by two ways.")


def _show_products(made: "LenderDay") -> None:
    lines = made.products
    plain = ("loans", "principal", "interest", "charges", "undrawn")
    rows = [
        (
            f"{line.product} {line.kind.replace('_', ' ')}",
            f"{line.loans:,}",
            *(yuan(getattr(line, f"{name}_fen")) for name in ("principal", "interest_owed", "charges_owed", "undrawn")),
        )
        for line in lines
    ]
    say_table(title="Products, yuan", columns=("product", *plain), rows=rows, right=plain)
    for title, name in (
        ("Principal by stage", "stages_fen"),
        ("Allowance by stage", "allowances_fen"),
        ("Principal by class", "classes_fen"),
    ):
        parts = list(getattr(lines[0], name)) if lines else []
        shown = [
            (f"{line.product} {line.kind.replace('_', ' ')}", *(yuan(getattr(line, name)[part]) for part in parts))
            for line in lines
        ]
        columns = [part.replace("_", " ") for part in parts]
        say_table(title=f"{title}, yuan", columns=("product", *columns), rows=shown, right=columns)


def show_ratios(made: "LenderDay") -> None:
    """The ratios of a closed day, each beside what its rule asks."""
    from benyuan.rules.quantities import percent_text

    rows = [
        (
            each.name,
            percent_text(each.value_ppm),
            ("at least " if each.least else "at most ") + percent_text(each.asked_ppm),
            "holds" if each.holds else "BREACH",
            each.rule_id,
            each.article,
            each.status,
        )
        for each in made.ratios
    ]
    columns = ("ratio", "is", "asked", "", "rule", "article", "text")
    say_table(title="Ratios", columns=columns, rows=rows, right=("is", "asked"))


def close(
    through: Annotated[int, typer.Option("--through", metavar="DATE", help="The last day to close, as yyyymmdd.")],
    shards: Annotated[
        int, typer.Option("--shards", min=1, max=MOST_SHARDS, help="Into how many parts a day is cut.")
    ] = 1,
    lender: Lender = 1,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Close every day that is due, in order, up to a day that is over.

        benyuan lender close --through 20260930
        benyuan lender close --through 20260930 --shards 4

    Each shard is a command of its own, durable once it is answered. Broken off anywhere, the same line goes on with
    the shard that comes next; a day that was begun keeps the number of shards that it was begun with. Days that are
    closed are not closed again. However a day is cut, its totals are the same.
    """
    from benyuan.app import open as open_group
    from benyuan.assurance.lender_books.catching_up import close_through, waiting

    began = time.perf_counter()
    done = []
    with open_group(url_that_is(database), keys=keys) as group, progress_bar(shown=not as_json) as bar:
        total = len(waiting(group, lender=lender, through=through, shards=shards))
        task = bar.add_task("days", total=total)
        try:
            for each in close_through(group, lender=lender, through=through, shards=shards):
                done.append(each)
                bar.advance(task)
        finally:
            if not as_json and done and len(done) < total:
                typer.echo(f"{len(done):,} of {total:,} days closed, the last {shown_day(done[-1].date)}")
    seconds = round(time.perf_counter() - began, 2)
    if as_json:
        say_json({"lender": lender, "through": through, "closed": done, "seconds": seconds})
        return
    if not done:
        typer.echo(f"nothing to close: every day up to {shown_day(through)} is closed already")
        return
    names = ("shards closed now", "of", "steps", "entries", "command")
    rows = [
        (shown_day(each.date), each.closed_now, each.shards, each.steps, each.entries, str(each.last_command))
        for each in done
    ]
    say_table(title=f"Closed, {seconds} s", columns=("day", *names), rows=rows, right=names)
