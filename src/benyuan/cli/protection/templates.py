"""`benyuan protection templates`: the texts that may be sent, and what a customer was sent."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, say_json, say_table
from benyuan.cli.protection.whose import Borrower, Person, Subject, whose

if TYPE_CHECKING:
    from benyuan.assurance.protection.templates import MessageTold, TemplateTold


def templates(
    number: Annotated[int, typer.Argument(metavar="[ID]", min=0, help="Only this template.")] = 0,
    person: Person = 0,
    borrower: Borrower = 0,
    subject: Subject = 0,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The texts that may be sent, version by version; or, for a customer, every message with the text that was sent.

        benyuan protection templates
        benyuan protection templates 2
        benyuan protection templates --borrower 3

    A version never changes, so what a customer was sent can be shown years later. `barred from` is the day from which
    a rule that was known at the approval bars one of its words: from then on it is not sent.
    """
    from benyuan.assurance.protection.templates import messages_to
    from benyuan.assurance.protection.templates import templates as all_templates

    with reading(database) as group:
        if person or borrower or subject:
            name, customer = whose(person, borrower, subject)
            sent = messages_to(group, whose=name, number=customer)
            say_json(sent) if as_json else _show_sent(sent, title=f"{name} {customer}")
            return
        try:
            told = all_templates(group, only=number)
        except LookupError as error:
            raise NotFound(error.args[0]) from None
    say_json(told) if as_json else _show(told)


def _show(told: "list[TemplateTold]") -> None:
    if not told:
        typer.echo("no templates")
    rows = [
        (
            f"{each.template}.{version.version}",
            each.sort,
            "retired" if each.retired else "",
            "personal" if each.personalised else "",
            str(each.level or ""),
            day(version.approved_on),
            day(version.barred_from),
            version.text_zh,
            version.text_en,
        )
        for each in told
        for version in each.versions
    ]
    columns = ("version", "sort", "state", "whom", "level", "approved", "barred from", "text", "in English")
    say_table(title="Templates", columns=columns, rows=rows, right=("level",))


def _show_sent(sent: "list[MessageTold]", *, title: str) -> None:
    if not sent:
        typer.echo(f"no messages to {title}")
    rows = [
        (
            day(each.on),
            each.sort,
            each.channel,
            f"{each.sent.template}.{each.sent.version}",
            each.sent.text_zh,
            str(each.command),
        )
        for each in sent
    ]
    columns = ("on", "sort", "channel", "version", "text", "command")
    say_table(title=f"Messages to {title}", columns=columns, rows=rows, right=("command",))
