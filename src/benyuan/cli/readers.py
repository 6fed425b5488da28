"""Who reads personal data on the command line: a member of staff under the own login, or a word where there is none."""

import getpass
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from benyuan.cli.failures import FOUND

if TYPE_CHECKING:
    from benyuan.decisions.commands import Command
    from benyuan.decisions.outcomes import Answer
    from benyuan.engine.group import Group
    from benyuan.governance.reading.words import Task

ReaderNumber: TypeAlias = Annotated[
    int, typer.Option("--reader", min=0, metavar="STAFF", help="The member of staff who reads; 0: no staff on record.")
]
Login: TypeAlias = Annotated[
    str | None, typer.Option("--login", help="The member's login; the name of the user of this machine.")
]
TaskWord: TypeAlias = Annotated[
    str, typer.Option("--task", help="What the member's role is for: service, complaint, authority, control ...")
]
Operator: TypeAlias = Annotated[
    str | None, typer.Option(help="Who reads, where no staff is on record; the name of the user of this machine.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBy:
    """Who reads, as given."""

    reader: int = 0
    login: str | None = None
    operator: str | None = None

    def client(self, otherwise: str) -> str:
        """Under whose name the command comes."""
        return (self.login or getpass.getuser()) if self.reader else otherwise

    def fields(self) -> dict[str, Any]:
        """The fields of a command that name who reads."""
        word = self.operator or ("" if self.reader else getpass.getuser())
        return {"reader": self.reader, "operator": word}


def task_of(word: str) -> "Task":
    """The task. Errors: BadInput."""
    from benyuan.governance.reading.words import Task
    from benyuan.values.errors import BadInput

    if word not in list(Task):
        raise BadInput("--task", word, "one of " + ", ".join(each.value for each in Task if each))
    return Task(word)


def on_record(group: "Group", command: "Command", *, client: str) -> "Answer":
    """The answer to a command that must stand in the log before anything is opened; exit code 1 where it is refused.

    Errors: BadInput.
    """
    from benyuan.decisions.commands import Request
    from benyuan.values.errors import BadInput

    answer: Answer = group.execute([Request(client=client, key=str(uuid.uuid4()), command=command)])[0]
    if answer.invalid is not None:
        raise BadInput(answer.invalid.field, answer.invalid.value, answer.invalid.constraint)
    if answer.refusal is not None:
        typer.echo(answer.refusal.text(), err=True)
        raise typer.Exit(FOUND)
    return answer
