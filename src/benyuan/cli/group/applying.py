"""`benyuan group apply`: whether a group must have a financial holding company, and how far every line is."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.group.owning import On, Seen
from benyuan.cli.group.showing import article, licence_words, line_row, say_figures, say_lines
from benyuan.cli.options import Database, Json, Keys, reading
from benyuan.cli.output import day, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.group.applying import Application


def apply(
    top: Annotated[int, typer.Argument(min=1, metavar="TOP", help="The body at the top, by number.")],
    on: On = 0,
    seen: Seen = 0,
    accepted: Annotated[
        int, typer.Option("--accepted", metavar="DATE", help="When an application was accepted, as yyyymmdd.")
    ] = 0,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Whether the group must have a financial holding company: types, thresholds, capital, and what each rests on.

        benyuan group apply 1
        benyuan group apply 1 --on 20201101 --json

    The answer is must apply, may be asked, need not, or cannot be told. Every line says how far the group is over or
    under it, in yuan, with --json in fen; every figure names its document and day, or is called invented. Exit code 1
    where the group must apply and has no licence.
    """
    from benyuan.assurance.group.applying import application_of

    with reading(database, keys=keys) as group:
        told = application_of(group, top, on=on, seen=seen, accepted_on=accepted)
    if as_json:
        say_json(told)
    else:
        show_application(told)
    if told.verdict == "must_apply" and told.licence is None:
        raise typer.Exit(FOUND)


def show_application(told: "Application") -> None:
    """The verdict, each line, what it rests on."""
    typer.echo(f"{told.name} on {day(told.on)}: {told.verdict.replace('_', ' ')} ({told.why})")
    _say_institutions(told)
    trigger = told.trigger
    types = ", ".join(trigger.types) or "none"
    typer.echo(
        f"\ntypes of institution: {types}; {trigger.types_asked} are asked ({article(trigger.types_place)}); "
        f"{'with' if trigger.has_bank else 'without'} a bank"
    )
    say_lines("Lines of art. 6", [line_row("group", line) for line in trigger.lines])
    say_lines("The whole group as one", [line_row("group", told.whole_group)])
    if told.below_on:
        typer.echo(f"below it after it had been reached: {', '.join(map(day, told.below_on))}")
    say_lines(f"Body {told.holding}", [line_row(str(told.holding), line) for line in (*told.capital, *told.ceilings)])
    typer.echo(f"licence: {licence_words(told.licence) or 'none'}")
    if told.not_under_it:
        typer.echo(f"institutions that it does not control: {', '.join(map(str, told.not_under_it))}")
    if told.apply_by:
        typer.echo(f"to be applied for by {day(told.apply_by)}")
    if told.decided_by:
        typer.echo(f"decided by {day(told.decided_by)}; a change by {day(told.changes_decided_by)}")
    if told.remedy:
        typer.echo(f"without a licence: {article(told.remedy)}")
    say_figures(told.figures)


def _say_institutions(told: "Application") -> None:
    rows = [
        (
            str(each.body),
            each.name,
            each.business.replace("_", " "),
            each.type,
            "yes" if each.direct else "",
            *("not told" if amount is None else yuan(amount) for amount in (each.total_assets_fen, each.entrusted_fen)),
        )
        for each in told.institutions
    ]
    columns = ("body", "name", "business", "type", "held directly", "total assets", "entrusted")
    say_table(title="Institutions", columns=columns, rows=rows, right=("total assets", "entrusted"))
