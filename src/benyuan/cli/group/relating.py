"""`benyuan group related, dealings, approvals`: related parties, transactions with them, and who approved what."""

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.group.owning import Body, On, Seen
from benyuan.cli.options import Database, Json, Keys, reading
from benyuan.cli.output import day, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.group.approvals import Approval
    from benyuan.assurance.group.dealings import Dealings
    from benyuan.assurance.group.individuals import Alike
    from benyuan.assurance.group.related import Related

Top: TypeAlias = Annotated[int, typer.Argument(min=1, metavar="TOP", help="The company's number as a body.")]


def related(
    top: Top, on: On = 0, seen: Seen = 0, database: Database = None, keys: Keys = None, as_json: Json = False
) -> None:
    """The related parties of a company on a day: who, by which article, by what way, now or within twelve months.

        benyuan group related 2
        benyuan group related 2 --on 20260630 --seen 120 --json

    Of a holding company by Order 2023 No. 1, of a bank, insurer, consumer finance or leasing company by Order 2022
    No. 1. Exit code 1 where the register should have been brought up to date before that day, or where a customer of
    the company's own firm is in it by its document and not tied (tie_customer).
    """
    from benyuan.assurance.group.related import related_of

    with reading(database, keys=keys) as group:
        told = related_of(group, top, on=on, seen=seen)
    if as_json:
        say_json(told)
    else:
        _show_related(told)
    if told.overdue or told.untied:
        raise typer.Exit(FOUND)


def show_alike(alike: "list[Alike]") -> None:
    """Who may be one by two documents."""
    rows = [(each.name, each.one, each.other, "yes" if each.same_birth_day else "not told") for each in alike]
    say_table(
        title="Alike: perhaps one individual with two documents (join_individuals)",
        columns=("name", "one", "other", "same birth day"),
        rows=rows,
        right=(),
    )


def _show_related(told: "Related") -> None:
    rows = [
        (
            ", ".join(map(str, (each.party, *each.also))),
            each.name,
            each.kind,
            each.ground.replace("_", " "),
            each.when,
            each.place,
            " > ".join(map(str, each.path)),
            "invented" if each.invented else "",
        )
        for each in told.entries
    ]
    say_table(
        title=f"Related parties of {told.name}, {day(told.on)}, {told.document}",
        columns=("party", "name", "kind", "ground", "when", "article", "way", "source"),
        rows=rows,
        right=("party",),
    )
    show_alike(told.alike)
    if told.updated_on:
        late = ", which is over" if told.overdue else ""
        typer.echo(f"brought up to date on {day(told.updated_on)}, next by {day(told.due_on)}{late}")
    if told.untied is None:
        typer.echo("whether customers are related and not tied can't be told without the vault's keys")
    for each in told.untied or ():
        typer.echo(f"party {each.party} is {each.customer} by its document, and not tied: tie_customer")


def dealings(
    body: Body, on: On = 0, seen: Seen = 0, database: Database = None, keys: Keys = None, as_json: Json = False
) -> None:
    """A company's related transactions of a year: how each was treated, sums beside the line, what looks odd.

        benyuan group dealings 2
        benyuan group dealings 2 --on 20260630 --json

    Exit code 1 where transactions look like slices of one, or like dealings inside the group by way of a third party,
    or where joint loans in the books here with a related body are major and no framework covers them, or what a
    customer did who is tied to a related party is major and nothing covers it.
    Amounts in yuan, with --json in fen.
    """
    from benyuan.assurance.group.dealings import dealings_of

    with reading(database, keys=keys) as group:
        told = dealings_of(group, body, on=on, seen=seen)
    if as_json:
        say_json(told)
    else:
        show_dealings(told)
    if told.looks:
        raise typer.Exit(FOUND)


def show_dealings(told: "Dealings") -> None:
    """Transactions, sums beside the line, what looks odd."""
    rows = [
        (
            *(str(each.transaction), str(each.party), str(each.reaches), each.sort.replace("_", " ")),
            *("gives" if each.gives else "takes", yuan(each.amount_fen), day(each.signed_on), each.grade),
            *(str(each.framework or ""), str(each.approval or ""), "invented" if each.invented else ""),
        )
        for each in told.transactions
    ]
    say_table(
        title=f"Related transactions of {told.name} in {told.on // 10_000}, up to {day(told.on)}",
        columns=(
            *("no", "party", "reaches", "sort", "way", "yuan", "signed", "grade"),
            *("framework", "approval", "source"),
        ),
        rows=rows,
        right=("no", "party", "reaches", "yuan"),
    )
    sums = [
        (
            *(str(each.party), each.name, yuan(each.year_fen)),
            *("" if fen is None else yuan(fen) for fen in (each.line_fen, each.left_fen)),
        )
        for each in told.sums
    ]
    base = "nothing that is recorded" if told.base_fen is None else yuan(told.base_fen)
    typer.echo(f"measured by {base}, at {day(told.base_on)}{', invented' * told.base_invented}")
    say_table(
        title="Sums of the year, with who counts together",
        columns=("party", "name", "year", "major from", "left"),
        rows=sums,
        right=("party", "year", "major from", "left"),
    )
    _show_counted(told)
    looks = [
        (
            *(each.rule, f"{each.document} {each.article}", each.pattern),
            *(", ".join(map(str, each.transactions)), ", ".join(map(str, each.bodies)), yuan(each.amount_fen)),
        )
        for each in told.looks
    ]
    say_table(
        title="To be looked at",
        columns=("rule", "article", "looks like", "transactions", "bodies", "yuan"),
        rows=looks,
        right=("yuan",),
    )


def _show_counted(told: "Dealings") -> None:
    """What counts in the sums without having been recorded: joint loans, and what tied customers did."""
    joint = [(str(each.party), each.name, yuan(each.year_fen), yuan(each.framework_fen)) for each in told.joint]
    say_table(
        title="Joint loans of the year with related bodies: the partner's parts, and what frameworks leave",
        columns=("party", "name", "year", "framework"),
        rows=joint,
        right=("party", "year", "framework"),
    )
    tied = [
        (
            *(str(each.party), each.name, each.customer, each.what, day(each.on), str(each.count)),
            *(yuan(each.amount_fen), each.sort.replace("_", " "), each.grade, each.cover),
        )
        for each in told.tied
    ]
    say_table(
        title="What related customers of the firm did, day by day",
        columns=("party", "name", "customer", "what", "day", "times", "yuan", "sort", "grade", "covered by"),
        rows=tied,
        right=("party", "times", "yuan"),
    )


def approvals(body: Body, on: On = 0, database: Database = None, as_json: Json = False) -> None:
    """What was put to a company's committee, board and shareholders, who voted how, who keeps out, what is missing.

        benyuan group approvals 2
        benyuan group approvals 2 --json

    Who voted twice under two documents, or would have had to keep out, is told once both are stated to be one's, with
    what the ballots come to then; exit code 1 where that is not what was decided. Amounts in yuan, with --json in fen.
    """
    from benyuan.assurance.group.approvals import approvals_of

    with reading(database) as group:
        told = approvals_of(group, body, on=on)
    if as_json:
        say_json(told)
    else:
        _show_approvals(told, body)
    if any(each.is_flawed and each.decided_on for each in told):
        raise typer.Exit(FOUND)


def _show_approvals(told: "list[Approval]", body: int) -> None:
    rows = [
        (
            *(str(each.proposal), str(each.party), each.sort.replace("_", " "), yuan(each.amount_fen)),
            *(yuan(each.used_fen), "framework" if each.framework else "", each.stage.replace("_", " ")),
            day(each.decided_on) if each.decided_on else "",
            *(", ".join(map(str, numbers)) for numbers in (each.recused, each.favour, each.against, each.abstain)),
            *(", ".join(map(str, numbers)) for numbers in (each.opinions_missing, each.cast_twice, each.conflicted)),
            each.anew.replace("_", " "),
        )
        for each in told
    ]
    if not rows:
        typer.echo("nothing has been proposed")
    say_table(
        title=f"Proposals of body {body}",
        columns=(
            *("no", "party", "sort", "yuan", "used", "", "stage", "decided"),
            *("keep out", "favour", "against", "abstain", "opinions missing"),
            *("voted twice", "should have kept out", "reckoned anew"),
        ),
        rows=rows,
        right=("no", "party", "yuan", "used"),
    )
