"""`benyuan competition conduct` and `platform`: what is flagged, and what a draft would say."""

from typing import Annotated

import typer

from benyuan.cli.competition.reading import On, day_of
from benyuan.cli.options import Json, RuleDirectories
from benyuan.cli.output import say_json, say_table, yuan
from benyuan.cli.rules import pack_of

DRAFT = "By a draft guide of 2021-10-29, which never came into force: an early warning that refuses nothing."


def conduct(
    act: Annotated[
        str, typer.Argument(metavar="ACT", help="What was done, such as exclusive_dealing or price_fixing.")
    ],
    on: On,
    means: Annotated[
        list[str] | None,
        typer.Option(
            "--means", metavar="WORD", help="data, algorithms, technology, capital or platform_rules; repeatable."
        ),
    ] = None,
    dominant: Annotated[bool, typer.Option("--dominant", help="The firm is dominant, as found or presumed.")] = False,
    justified: Annotated[bool, typer.Option("--justified", help="There is a good reason for it.")] = False,
    rules: RuleDirectories = None,
    as_json: Json = False,
) -> None:
    """Whether conduct as described is flagged: as an abuse, as a forbidden agreement, and for the means that served it.

        benyuan competition conduct exclusive_dealing --on 2026-05-15 --dominant --means algorithms
        benyuan competition conduct price_fixing --on 2026-05-15 --means data

    Acts of a dominant firm: unfair_price, below_cost, refusal_to_deal, exclusive_dealing, tying, discrimination.
    Agreements: price_fixing, output_limits, market_division, technology_limits, boycott, resale_price_fixed,
    resale_price_minimum. The means are flagged from 2022-08-01. Whether a firm is dominant and a reason a good one is
    for people to say; `benyuan competition presumption` helps with the first. The exit code is 0 whatever it says.
    """
    from benyuan.governance.competition import Conduct, flags_of

    described = Conduct(act=act, means=tuple(means or ()), dominant=dominant, justified=justified)
    made = flags_of(described, on=day_of(on, field="--on"), rules=pack_of(rules))
    if as_json:
        say_json(made)
        return
    if made.why_none:
        typer.echo(f"nothing is flagged: {made.why_none}")
    say_table(title="Flagged", columns=("what", "by"), rows=[(each.flagged, each.place.text()) for each in made.flags])


def platform(
    users: Annotated[int, typer.Option("--users", metavar="NUMBER", help="Users active in China in the year before.")],
    worth: Annotated[str, typer.Option("--worth", metavar="YUAN", help="What it was worth at the end of that year.")],
    kinds: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="WORD", help="A type of business, such as finance; repeatable."),
    ] = None,
    rules: RuleDirectories = None,
    as_json: Json = False,
) -> None:
    """Whether a draft that never came into force would have called a platform super or large.

        benyuan competition platform --users 500000000 --worth 1000000000000 --type finance --type sales

    Types: sales, life_services, social_entertainment, information, finance, computing. What the draft asks for besides
    figures is for people to say. An early warning: the exit code is 0 whatever it says.
    """
    from benyuan.governance.competition import Platform, warnings_of
    from benyuan.values.money import fen_from_yuan

    asked = Platform(users=users, types=tuple(kinds or ()), worth_fen=fen_from_yuan(worth, field="--worth"))
    made = warnings_of(asked, rules=pack_of(rules))
    if as_json:
        say_json({"draft": DRAFT, "warnings": made})
        return
    typer.echo(f"DRAFT. {DRAFT}")
    for each in made:
        rows = [
            (line.figure.removesuffix("_fen"), *(_text(line.figure, n) for n in (line.has, line.asked, line.missing)))
            for line in each.lines
        ]
        columns = ("figure", "has", "from", "missing")
        said = "reached" if each.reached else "not reached"
        say_table(title=f"{each.place.text()}: {said}", columns=columns, rows=rows, right=columns[1:])


def _text(figure: str, number: int) -> str:
    return yuan(number) if figure.endswith("_fen") else f"{number:,}"
