"""`benyuan group checks`: staff and roles, proposed commands and their checks, and who tried alone."""

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.group.owning import On
from benyuan.cli.options import Database, Json, Keys, reading, url_that_is
from benyuan.cli.output import day, say_json, say_table

if TYPE_CHECKING:
    from pathlib import Path

    from benyuan.assurance.group.checks import Checked, ProposedBody

Where: TypeAlias = Annotated[int, typer.Argument(min=0, metavar="[BODY]", help="The body's number; without it all.")]


def checks(
    body: Where = 0,
    on: On = 0,
    proposal: Annotated[
        int, typer.Option("--proposal", min=0, metavar="NO", help="Show what this proposal asks for instead.")
    ] = 0,
    login: Annotated[
        str | None, typer.Option("--login", help="Under which login you are to check it: shows personal fields too.")
    ] = None,
    purpose: Annotated[str, typer.Option("--purpose", help="Why, with --login; it stands in the log.")] = "to check it",
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Who may make and check what, which commands are proposed, passed, refused, used or over, and who tried alone.

        benyuan group checks
        benyuan group checks 2 --on 20260630 --json
        benyuan group checks --proposal 7
        benyuan group checks --proposal 7 --login li --purpose "to check it"

    Of a body, and of the institution, lender or bureau that keeps its book in this ledger. An attempt is a command that
    was refused because nobody else had checked it, the checker was who proposed it, or the role was missing. What a
    proposal asks for is sealed, so that its checker needs the keys. Personal fields are shown with --login alone, to a
    member of staff with the role to check it, while it waits; the log says first that they were (disclose_proposal).
    """
    from benyuan.assurance.group.checks import checks_of, proposed_body

    if proposal:
        if login is None:
            with reading(database, keys=keys) as group:
                asked = proposed_body(group, proposal)
        else:
            asked = _disclosed(proposal, login=login, purpose=purpose, database=database, keys=keys)
        if as_json:
            say_json(asked)
        else:
            fields = "\n".join(f"  {name} = {item}" for name, item in asked.fields.items())
            typer.echo(f"proposal {asked.proposal}: {asked.command}\n{fields}")
        return
    with reading(database) as group:
        told = checks_of(group, body, on=on)
    if as_json:
        say_json(told)
    else:
        _show(told)


def _disclosed(proposal: int, *, login: str, purpose: str, database: str | None, keys: "Path | None") -> "ProposedBody":
    """The proposal whole, once the log says to whom it is shown. Errors: BadInput; exit code 1 for a refusal."""
    import uuid

    from benyuan.app import open as open_group
    from benyuan.assurance.group.checks import proposed_body, staff_with
    from benyuan.decisions.commands import Request
    from benyuan.usecases.checks.disclose_proposal import DisclosedFields
    from benyuan.values.errors import BadInput

    with open_group(url_that_is(database), keys=keys) as group:
        group.payloads.ready()
        command = DisclosedFields(proposal=proposal, staff=staff_with(group, login), purpose=purpose)
        answer = group.execute([Request(client=login, key=str(uuid.uuid4()), command=command)])[0]
        if answer.invalid is not None:
            raise BadInput(f"--{answer.invalid.field}", answer.invalid.value, answer.invalid.constraint)
        if answer.refusal is not None:
            typer.echo(answer.refusal.text(), err=True)
            raise typer.Exit(FOUND)
        return proposed_body(group, proposal, shown_at=answer.position)


def _show(told: "Checked") -> None:
    if not told.required:
        typer.echo("no checks are required: require_checks")
    for entity, first in told.required.items():
        typer.echo(f"{entity}: checks are required from {day(first)} on")
    members = [(str(each.staff), each.entity, each.login, ", ".join(each.roles)) for each in told.members]
    say_table(title="Staff", columns=("staff", "of", "login", "roles"), rows=members, right=("staff",))
    proposals = [
        (
            *(str(each.proposal), each.entity, each.command, each.state, str(each.maker), str(each.checker or "")),
            *(day(each.proposed_on), day(each.until), day(each.checked_on) if each.checked_on else ""),
            *(
                str(each.used_by or ""),
                ", ".join(map(str, each.shown_to)),
                "ONE INDIVIDUAL" if each.one_individual else "",
            ),
        )
        for each in told.proposals
    ]
    say_table(
        title=f"Proposed commands, {day(told.on)}",
        columns=(
            *("no", "of", "command", "state", "maker", "checker", "proposed", "good until", "checked"),
            *("used by command", "shown to", "maker and checker"),
        ),
        rows=proposals,
        right=("no", "maker", "checker", "used by command"),
    )
    attempts = [
        (str(each.position), day(each.on), each.command, each.client, each.rule, each.told) for each in told.attempts
    ]
    say_table(
        title="Attempts without another's check",
        columns=("position", "on", "command", "client", "rule", "told"),
        rows=attempts,
        right=("position",),
    )
