"""`benyuan group individuals`: who has shown more than one document, and who may have."""

from typing import TYPE_CHECKING

import typer

from benyuan.cli.group.owning import Seen
from benyuan.cli.group.relating import show_alike
from benyuan.cli.options import Database, Json, Keys, reading
from benyuan.cli.output import say_json, say_table

if TYPE_CHECKING:
    from benyuan.assurance.group.individuals import Individuals


def individuals(seen: Seen = 0, database: Database = None, keys: Keys = None, as_json: Json = False) -> None:
    """Who counts as one individual with two documents, by what paper, and who looks alike without anybody saying so.

        benyuan group individuals
        benyuan group individuals --keys group.keys --json

    Names are compared where the vault's keys are there: the same name, and no birth day in the documents that speaks
    against it. That is a suggestion for join_individuals, and stops nothing. Numbers of documents are never shown.
    """
    from benyuan.assurance.group.individuals import individuals_of

    with reading(database, keys=keys) as group:
        told = individuals_of(group, seen=seen)
    if as_json:
        say_json(told)
    else:
        _show(told)


def _show(told: "Individuals") -> None:
    rows = [
        (
            *(", ".join(map(str, numbers)) for numbers in (each.bodies, each.staff)),
            ", ".join(each.documents),
            "; ".join(
                f"{' and '.join(said.documents)}{'' if said.holds else ' NOT ONE'} at {said.position}: {said.source}"
                for said in each.statements
            ),
        )
        for each in told.joined
    ]
    say_table(title="One individual", columns=("bodies", "staff", "documents", "stated"), rows=rows, right=())
    if not rows:
        typer.echo("of nobody are two documents stated to be one individual's")
    show_alike(told.alike)
    if not told.looked:
        typer.echo("no names were compared: nobody is registered, or the vault's keys are not there")
