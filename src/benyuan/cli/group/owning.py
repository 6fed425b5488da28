"""`benyuan group shape, owners, changes`: who is in a group, who is behind a body, what changed between two days."""

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.options import Database, Json, Keys, reading
from benyuan.cli.output import day, say_json, say_table

if TYPE_CHECKING:
    from benyuan.assurance.group.shape import Shape

On: TypeAlias = Annotated[
    int, typer.Option("--on", metavar="DATE", help="As of this day, as yyyymmdd; the log's last day without it.")
]
Seen: TypeAlias = Annotated[
    int,
    typer.Option(
        "--seen", metavar="POSITION", min=0, help="As known at this log position; all that is known without it."
    ),
]
Body: TypeAlias = Annotated[int, typer.Argument(min=1, metavar="BODY", help="The body's number.")]
PPM_OF_A_PERCENT, DIGITS = 10_000, 4


def shape(
    top: Annotated[int, typer.Argument(min=1, metavar="TOP", help="The body at the top, by number.")],
    on: On = 0,
    seen: Seen = 0,
    whole_group: Annotated[
        bool, typer.Option("--whole-group", help="The group counts as one: art. 6 of Order 2020 No. 4.")
    ] = False,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Who is in the group under a body, by what, who stands behind it, and what is not as the law asks.

        benyuan group shape 2
        benyuan group shape 2 --on 20261231 --json

    Votes and interest are reckoned apart: control goes by more than half of the votes that follow one will, interest
    multiplies along every way. Exit code 1 where something is not as the law asks.
    """
    from benyuan.assurance.group.shape import shape_of

    with reading(database, keys=keys) as group:
        told = shape_of(group, top, on=on, seen=seen, whole_group=whole_group)
    if as_json:
        say_json(told)
    else:
        show_shape(told)
    if told.findings:
        raise typer.Exit(FOUND)


def show_shape(told: "Shape") -> None:
    """Who is in it, who is behind it, what is not as the law asks."""
    columns = ("layer", "body", "name", "business", "controlled by", "ground", "votes", "interest", "source")
    rows = [
        (
            str(each.layer),
            str(each.body),
            each.name,
            each.business,
            ", ".join(map(str, each.by)),
            each.ground,
            percent(each.votes.ppm) if each.by else "",
            percent(each.interest.ppm),
            "invented" if each.invented else "",
        )
        for each in told.members
    ]
    say_table(
        title=f"The group under {told.name}, {day(told.on)}",
        columns=columns,
        rows=rows,
        right=("layer", "body", "votes", "interest"),
    )
    behind = [(str(each.body), each.name, each.how, percent(each.part.ppm), each.part.text) for each in told.behind]
    say_table(
        title=f"Behind {told.name}",
        columns=("body", "name", "how", "part", "exactly"),
        rows=behind,
        right=("body", "part"),
    )
    found = [
        (each.rule, f"{each.document} {each.article}", ", ".join(map(str, each.bodies)), each.found, each.asked)
        for each in told.findings
    ]
    say_table(
        title="Not as the law asks", columns=("rule", "article", "bodies", "found", "asked"), rows=found, right=()
    )
    if not told.findings:
        typer.echo("nothing is found that is not as the law asks")


def owners(
    body: Body, on: On = 0, seen: Seen = 0, database: Database = None, keys: Keys = None, as_json: Json = False
) -> None:
    """Who stands behind a body in the end, through every chain and ring, with the exact part of each.

        benyuan group owners 3
        benyuan group owners 3 --on 20260630 --seen 120

    The parts add up to the whole: owners of whom no owner is known, what nobody has told, and closed rings, behind
    which nobody stands.
    """
    from benyuan.assurance.group.shape import behind_of

    with reading(database, keys=keys) as group:
        told = behind_of(group, body, on=on, seen=seen)
    if as_json:
        say_json(told)
        return
    rows = [(str(each.body), each.name, each.how, percent(each.part.ppm), each.part.text) for each in told]
    columns = ("body", "name", "how", "part", "exactly")
    say_table(title=f"Behind body {body}", columns=columns, rows=rows, right=("body", "part"))


def changes(
    first: Annotated[int, typer.Argument(metavar="DATE", help="The first day, as yyyymmdd.")],
    second: Annotated[int, typer.Argument(metavar="DATE", help="The second day, as yyyymmdd.")],
    seen: Seen = 0,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Which stakes, posts, pledges and controls are not on the second day as they were on the first.

    benyuan group changes 20251231 20260630
    """
    from benyuan.assurance.group.changing import changes_between

    with reading(database) as group:
        told = changes_between(group, first, second, seen=seen)
    if as_json:
        say_json(told)
        return
    rows = [(each.what, each.of, each.before, each.after) for each in told]
    if not rows:
        typer.echo("nothing has changed")
    say_table(
        title=f"From {day(first)} to {day(second)}", columns=("what", "of", "before", "after"), rows=rows, right=()
    )


def percent(ppm: int) -> str:
    """Parts per million as per cent, cut."""
    whole, rest = divmod(ppm, PPM_OF_A_PERCENT)
    return f"{whole}.{rest:0{DIGITS}d}%"
