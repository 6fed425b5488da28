"""What the bureau's commands share: options, a command carried out and told, and persons found by their documents."""

import sys
import uuid
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from benyuan.cli.failures import FOUND, NotFound
from benyuan.cli.options import url_that_is
from benyuan.cli.output import say_json

if TYPE_CHECKING:
    from pathlib import Path

    from benyuan.decisions.commands import Command
    from benyuan.engine.group import Group

CLIENT = "benyuan bureau"
STANDARD_INPUT = "-"
Home: TypeAlias = Annotated[int, typer.Option("--bureau", min=1, metavar="ID", help="At which bureau.")]
Number: TypeAlias = Annotated[
    str, typer.Option("--number", help="The number of the person's identity document; - reads it.")
]
Document: TypeAlias = Annotated[str, typer.Option("--document", help="Its kind: resident_id, passport...")]


def carry_out(command: "Command", *, database: str | None, keys: "Path | None", as_json: bool) -> None:
    """One command decided and told; exit code 1 where it is refused, 2 where it makes no sense."""
    from benyuan.app import open as open_group
    from benyuan.decisions.commands import Request
    from benyuan.values.errors import BadInput

    with open_group(url_that_is(database), keys=keys) as group:
        answer = group.execute([Request(client=CLIENT, key=str(uuid.uuid4()), command=command)])[0]
    if answer.invalid is not None:
        raise BadInput(answer.invalid.field, answer.invalid.value, answer.invalid.constraint)
    refused = "" if answer.refusal is None else answer.refusal.text()
    told: dict[str, Any] = {"position": answer.position, "accepted": answer.accepted, **answer.results}
    if as_json:
        say_json({**told, "refusal": refused} if refused else told)
    else:
        typer.echo(refused or "\n".join(f"{name.replace('_', ' ')} {item}" for name, item in told.items()))
    if refused:
        raise typer.Exit(FOUND)


def subject_with(group: "Group", *, bureau: int, document: str, number: str) -> int:
    """The number of the file of a document's holder. Errors: BadInput for a number that is none; NotFound."""
    from benyuan.assurance.bureau.asking import known_subject
    from benyuan.parties.documents import DocumentKind, normal_number, number_fault
    from benyuan.values.errors import BadInput

    if document not in list(DocumentKind):
        raise BadInput("document", document, "one of " + ", ".join(DocumentKind))
    kind = DocumentKind(document)
    if fault := number_fault(kind=kind, number=normal_number(number)):
        raise BadInput("number", "(not shown)", fault)
    found = known_subject(group, bureau=bureau, document=kind, number=number)
    if not found:
        raise NotFound("nobody with this document has a file at this bureau")
    return found


def given(text: str) -> str:
    """What was given, read from standard input where it is -, so that no shell remembers it."""
    return sys.stdin.readline().strip() if text == STANDARD_INPUT else text


def rows_of(group: "Group", table: str) -> list[dict[str, int]]:
    """All rows of a table with their numbers, in order."""
    held = group.records.tables[table]
    return [
        {"number": number, **{name: int(held.column(name)[number]) for name in held.table.columns}}
        for number in range(1, held.count + 1)
    ]


def word(numbers: dict[str, int], number: int) -> str:
    """The word that a number stands for; empty where it stands for none."""
    return next((each for each, of in numbers.items() if of == number), "")
