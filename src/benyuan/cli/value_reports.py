"""`benyuan report`: the report of a large or suspicious value, drawn from its duty into a file."""

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.files import beside, check_out
from benyuan.cli.options import Database, Json, Keys, url_that_is
from benyuan.cli.output import say_json, yuan
from benyuan.cli.readers import Login, Operator, ReadBy, ReaderNumber

if TYPE_CHECKING:
    from benyuan.assurance.reports import Drawn, Outline
    from benyuan.engine.group import Group

CLIENT = "benyuan report"
FOR_REPORT = "report of duty"


def report(
    duty: Annotated[int, typer.Argument(metavar="DUTY", min=1, help="The duty's number, by `benyuan duties`.")],
    out: Annotated[Path, typer.Option(help="Where to: FILE.jsonl or FILE.csv.")],
    purpose: Annotated[str, typer.Option(help="Why it is drawn up: it goes into the log first.")] = FOR_REPORT,
    reader: ReaderNumber = 0,
    login: Login = None,
    operator: Operator = None,
    add: Annotated[
        list[str] | None,
        typer.Option(metavar="ELEMENT=TEXT", help="An element that is not on record, or another text; repeatable."),
    ] = None,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """The report of a large or suspicious value as a file, with every element of the annex and the missing ones named.

        benyuan report 3 --out report-3.jsonl
        benyuan report 3 --out report-3.csv --add institution_code=Z2000000000001 --add place=330106

    Names, documents and what people wrote are in it, so the log takes down first who draws it up, and for each person
    shown a disclosure. The same duty makes the same bytes. `file_duty` says that the report is filed; until then the
    duty is open. Amounts in yuan; the form is our own, for the official one was not found.
    """
    from benyuan.app import open as open_group
    from benyuan.assurance.reports import FORMS, draw, outline, write_report

    check_out(out, forms=tuple(FORMS), option="--out", database=database)
    added = dict(_added(text) for text in add or [])
    with open_group(url_that_is(database), keys=keys) as group:
        try:
            about = outline(group, duty=duty)
        except KeyError as missing:
            raise NotFound(f"no duty {duty}") from missing
        about.elements.check_added(added)
        _on_record(group, about, purpose=purpose, by=ReadBy(reader=reader, login=login, operator=operator))
        drawn = draw(group, about, added=added)
    with beside(out) as path:
        path.write_bytes(write_report(drawn, form=out.suffix.lower()))
        path.replace(out)
    _say(drawn, out, as_json=as_json)


def _on_record(group: "Group", about: "Outline", *, purpose: str, by: ReadBy) -> None:
    """Who reads, before anything is opened. Errors: BadInput."""
    from benyuan.decisions.commands import Command, Request
    from benyuan.governance.reading.words import Task
    from benyuan.usecases.disclose_person import Disclose
    from benyuan.usecases.draw_report import Draw
    from benyuan.values.errors import BadInput

    why = f"{FOR_REPORT} {about.duty}"
    asked: list[Command] = [Draw(duty=about.duty, purpose=purpose, **by.fields())]
    asked += [Disclose(person=person, purpose=why, task=Task.authority, **by.fields()) for person in about.people]
    key = str(uuid.uuid4())
    client = by.client(CLIENT)
    requests = [Request(client=client, key=f"{key}:{place}", command=each) for place, each in enumerate(asked)]
    for answer in group.execute(requests):
        if not answer.accepted:
            fault = answer.invalid or answer.refusal
            raise BadInput("duty", about.duty, fault.text() if fault else "a report that may be drawn up")


def _added(text: str) -> tuple[str, str]:
    """An element and its text. Errors: BadInput."""
    from benyuan.values.errors import BadInput

    name, sign, value = text.partition("=")
    if not sign or not value:
        raise BadInput("--add", text, "ELEMENT=TEXT, such as place=330106")
    return name, value


def _say(drawn: "Drawn", out: Path, *, as_json: bool) -> None:
    head: dict[str, Any] = drawn.head
    if as_json:
        say_json({"file": str(out), **head})
        return
    typer.echo(f"{out}: duty {head['duty']}, {head['of']}, {head['lines']} lines, {yuan(head['amount_fen'])} yuan")
    if head["missing"]:
        typer.echo("missing: " + ", ".join(head["missing"]))
