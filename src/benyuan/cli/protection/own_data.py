"""`benyuan protection own-data` and `export`: what customers ask about their own data, and all of it in one file."""

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.files import beside, check_out
from benyuan.cli.options import Database, Json, Keys, reading, url_that_is
from benyuan.cli.output import day, say_json, say_table
from benyuan.cli.readers import Login, Operator, ReadBy, ReaderNumber

if TYPE_CHECKING:
    from benyuan.engine.group import Group

CLIENT = "benyuan protection export"


def own_data(database: Database = None, as_json: Json = False) -> None:
    """Customers' requests about their own data: what was wanted, since when, and what became of it.

        benyuan protection own-data

    The law says promptly and names no days; `expected` is the aim of a recommended standard, which binds nobody.
    """
    from benyuan.assurance.protection.requests import requests

    with reading(database) as group:
        found = requests(group)
    if as_json:
        say_json(found)
        return
    columns = ("request", "customer", "wanted", "asked", "expected", "answered", "outcome", "ground", "done by")
    rows = [
        (
            str(each.request),
            each.customer,
            each.wanted,
            *(day(date) for date in (each.asked_on, each.expected_on, each.answered_on)),
            each.outcome,
            each.ground,
            str(each.handed or ""),
        )
        for each in found
    ]
    if not rows:
        typer.echo("no requests")
    say_table(title="Requests about own data", columns=columns, rows=rows, right=("request", "done by"))


def export(
    request: Annotated[int, typer.Argument(metavar="REQUEST", min=1, help="The request's number, by `own-data`.")],
    out: Annotated[Path, typer.Option(help="Where to: FILE.zip.")],
    reader: ReaderNumber = 0,
    login: Login = None,
    operator: Operator = None,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """All that the firm holds about the customer who asked, as a zip of JSON and CSV with a manifest of digests.

        benyuan run requests.jsonl       (ask_own_data, wants: export)
        benyuan protection export 1 --out my-data.zip
        benyuan run answers.jsonl        (answer_own_data, outcome: done)

    Tables, entries, loans, the credit report, and every command of the log that names the customer, with what was
    sealed opened. The log takes down who hands it out before anything is opened. Reports of suspicions are left out,
    as the law has it, and the manifest says so.
    """
    from benyuan.app import open as open_group
    from benyuan.assurance.protection.own_data import own_data as data_of
    from benyuan.assurance.protection.own_data import package

    check_out(out, forms=(".zip",), option="--out", database=database)
    with open_group(url_that_is(database), keys=keys) as group:
        whom = _on_record(group, request=request, by=ReadBy(reader=reader, login=login, operator=operator))
        data = data_of(group, **whom)
        body = package(data, head=group.head)
    with beside(out) as path:
        path.write_bytes(body)
        path.replace(out)
    told = {"out": str(out), "bytes": len(body), "tables": len(data["tables"]), "commands": len(data["commands"])}
    if as_json:
        say_json({**told, **whom})
        return
    typer.echo(f"{out}: {told['tables']} tables, {told['commands']} commands, {told['bytes']:,} bytes")


def _on_record(group: "Group", *, request: int, by: ReadBy) -> dict[str, int]:
    """Whose data leave, once it stands in the log. Errors: BadInput."""
    from benyuan.decisions.commands import Request
    from benyuan.usecases.protection.claims.hand_out_data import HandOut
    from benyuan.values.errors import BadInput

    command = HandOut(request=request, **by.fields())
    answer = group.execute([Request(client=by.client(CLIENT), key=str(uuid.uuid4()), command=command)])[0]
    if not answer.accepted:
        fault = answer.invalid or answer.refusal
        raise BadInput("request", request, fault.text() if fault else "a request that is open")
    return {name: answer.results[name] for name in ("person", "borrower", "subject")}
