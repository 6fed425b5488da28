"""`benyuan group fitness`: who holds and leads a holding company, held against what the orders ask of them."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.group.owning import On, Seen
from benyuan.cli.group.showing import CHECKS, article, check_row, line_row, say_figures, say_lines
from benyuan.cli.options import Database, Json, Keys, reading
from benyuan.cli.output import day, say_json, say_table

if TYPE_CHECKING:
    from benyuan.assurance.group.fitness import Fitness


def fitness(
    holding: Annotated[int, typer.Argument(min=1, metavar="BODY", help="The holding company, by number.")],
    on: On = 0,
    seen: Seen = 0,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Whether shareholders, directors, supervisors and executives are fit, and what decisions on posts make due.

        benyuan group fitness 2
        benyuan group fitness 2 --on 20261231 --json

    What nobody has recorded is told as such, and is no breach. What only documents show, such as reputation or clean
    records, is told condition by condition: met by a document, failed, barred by a fact, expired or not shown
    (record_fitness_evidence, record_adverse_fact). Exit code 1 where something is not as asked.
    """
    from benyuan.assurance.group.fitness import fitness_of

    with reading(database, keys=keys) as group:
        told = fitness_of(group, holding, on=on, seen=seen)
    if as_json:
        say_json(told)
    else:
        _show(told)
    if told.unmet:
        raise typer.Exit(FOUND)


def _show(told: "Fitness") -> None:
    counted = f"{told.unmet} not as asked, {told.untold} that can't be told, {told.unshown} that no document shows"
    typer.echo(f"{told.name} on {day(told.on)}: {counted}")
    holders = [
        (str(each.body), each.name, "controls" if each.controls else "main", each.holds.text)
        for each in told.shareholders
    ]
    say_table(title="Main shareholders and controllers", columns=("body", "name", "as", "holds"), rows=holders)
    rows = [check_row(check) for each in told.shareholders for check in each.checks]
    say_table(title="Their profits", columns=CHECKS, rows=rows)
    say_lines("Their accounts", [line_row(str(each.body), line) for each in told.shareholders for line in each.lines])
    people = [(str(each.individual), each.name, ", ".join(each.posts)) for each in told.people]
    say_table(title="People", columns=("individual", "name", "posts"), rows=people)
    rows = [check_row(check) for each in told.people for check in each.checks]
    say_table(title="What their posts ask for", columns=CHECKS, rows=rows)
    say_table(title="Posts that do not go together", columns=CHECKS, rows=[check_row(each) for each in told.posts])
    conditions = [
        (
            *(str(each.who), " of ".join(filter(None, (each.condition.replace("_", " "), each.of))), each.state.value),
            *(each.by, "of a later day than the post" if each.after else "", day(each.until) if each.until else ""),
            article(each.place),
        )
        for each in told.conditions()
    ]
    say_table(
        title="What documents and facts show",
        columns=("who", "condition", "stands", "by", "", "until", "article"),
        rows=conditions,
        right=("who",),
    )
    duties = [
        (
            str(each.duty),
            each.kind.replace("_", " "),
            str(each.individual),
            *(day(date) for date in (each.arose_on, each.due_on, each.done_on)),
            each.state,
            article(each.place),
        )
        for each in told.duties
    ]
    columns = ("duty", "what", "about", "decided", "due", "done", "state", "article")
    say_table(title="Duties", columns=columns, rows=duties, right=("duty", "about"))
    say_figures(told.figures)
