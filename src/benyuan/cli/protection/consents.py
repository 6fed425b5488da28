"""`benyuan protection consents`: what a customer has said yes and no to, and what went to whom on it."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, say_json, say_table
from benyuan.cli.protection.whose import Borrower, Person, Subject, whose

if TYPE_CHECKING:
    from benyuan.assurance.protection.consents import SharedTold, TopicTold


def consents(
    person: Person = 0,
    borrower: Borrower = 0,
    subject: Subject = 0,
    on: Annotated[int, typer.Option("--on", metavar="DATE", help="As they stand on this day, as yyyymmdd.")] = 0,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """What a customer has consented to, topic by topic, with every yes and no; and which data went to whom.

        benyuan protection consents --borrower 3
        benyuan protection consents --person 7 --on 20261001 --json

    A topic stands at yes, no, or over (its last day has passed); the last word counts, from the moment it was said.
    Sharing and sensitive data are a topic for each receiver and purpose. The digest is that of the text that the
    customer was shown; `command` is what `benyuan why` explains. Without --on the day is that of the last command.
    """
    from benyuan.assurance.protection.consents import consents_of, shared_of
    from benyuan.values.dates import local_day

    name, number = whose(person, borrower, subject)
    with reading(database) as group:
        told = consents_of(group, whose=name, number=number, on=on or local_day(group.last_at))
        shared = shared_of(group, whose=name, number=number)
    if as_json:
        say_json({"topics": told, "shared": shared})
        return
    _show(told, shared, title=f"{name} {number}")


def _show(told: "list[TopicTold]", shared: "list[SharedTold]", *, title: str) -> None:
    if not told:
        typer.echo(f"{title} has said nothing yet")
    rows = [
        (
            topic.topic,
            _receiver(topic.receiver_kind, topic.receiver),
            topic.stands,
            "yes" if said.given else "no",
            day(said.on),
            day(said.until),
            said.place,
            topic.purpose.replace("none", ""),
            ", ".join(said.kinds),
            str(said.command),
        )
        for topic in told
        for said in topic.history
    ]
    columns = ("topic", "receiver", "stands", "said", "on", "until", "where", "purpose", "data", "command")
    say_table(title=f"Consents of {title}", columns=columns, rows=rows, right=("command",))
    _show_shared(shared)


def _show_shared(shared: "list[SharedTold]") -> None:
    rows = [
        (
            day(each.on),
            _receiver(each.receiver_kind, each.receiver),
            each.purpose,
            ", ".join(each.kinds),
            str(each.choice),
        )
        for each in shared
    ]
    columns = ("on", "receiver", "purpose", "data", "consent")
    say_table(title="Handed on", columns=columns, rows=rows, right=("consent",))


def _receiver(kind: str, number: int) -> str:
    return f"{kind} {number}" if number else ""
