"""`benyuan group licences`: which licence covers what, and whose every account of the ledger is."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.group.owning import On, Seen
from benyuan.cli.group.showing import article, licence_words
from benyuan.cli.options import Database, Json, Keys, reading
from benyuan.cli.output import day, say_json, say_table

if TYPE_CHECKING:
    from benyuan.assurance.group.licences import Book, Licences

YES = {None: "", True: "yes", False: "NO"}
SHOWN = 5
"""Runs of accounts that a table shows of a book; --json has all."""


def licences(
    top: Annotated[
        int,
        typer.Argument(min=0, metavar="[TOP]", help="The body at the top: whether each is in its group; 0: not asked."),
    ] = 0,
    on: On = 0,
    seen: Seen = 0,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """That no financial business runs outside a licensed, consolidated body: every account of the ledger attributed.

        benyuan group licences
        benyuan group licences 1 --on 20261231 --json

    Each account is in a book, each book is kept for a firm, and a body says that the book is its own
    (`record_body_business`). Listed are books, with their accounts, that no body has, whose body has no licence on the
    day for the business of the book (`record_licence`), whose firm the gates of its own postings would refuse, or which
    is not in the group under TOP; and bodies that do a financial business without a licence. Exit code 1 where there is
    any.
    """
    from benyuan.assurance.group.licences import licences_told

    with reading(database, keys=keys) as group:
        told = licences_told(group, top=top, on=on, seen=seen)
    if as_json:
        say_json(told)
    else:
        show_licences(told)
    if told.unattributed or told.unlicensed or told.names:
        raise typer.Exit(FOUND)


def show_licences(told: "Licences") -> None:
    """Books with their accounts, licences, and what lacks one."""
    typer.echo(
        f"{told.accounts} accounts on {day(told.on)}, {told.unattributed} of them outside a licensed"
        f"{', consolidated' if told.top else ''} body ({article(told.place)})"
    )
    say_table(
        title="Licences",
        columns=("body", "licence"),
        rows=[(str(each.body), licence_words(each)) for each in told.licences],
        right=("body",),
    )
    columns = ("book", "accounts", "kept for", "body", "name", "licence", "gate", "in group", "lacks")
    say_table(
        title="Books", columns=columns, rows=[_row(each) for each in told.books], right=("book", "accounts", "body")
    )
    outside = [(str(each.book), ", ".join(each.lacks), _runs(each)) for each in told.books if each.lacks]
    say_table(title="Accounts outside", columns=("book", "lacks", "accounts"), rows=outside, right=("book",))
    bodies = [(str(each.body), each.name, each.business.replace("_", " ")) for each in told.unlicensed]
    say_table(title="Without a licence for what they do", columns=("body", "name", "business"), rows=bodies)
    names = [(str(each.body), each.name, each.word, each.asked) for each in told.names]
    say_table(title=f"Names ({article(told.name_place)})", columns=("body", "name", "word", "asked"), rows=names)


def _row(book: "Book") -> tuple[str, ...]:
    return (
        str(book.book),
        str(book.accounts),
        book.firm,
        str(book.body or ""),
        book.name,
        licence_words(book.licence),
        YES[book.gate],
        YES[book.consolidated],
        ", ".join(book.lacks),
    )


def _runs(book: "Book") -> str:
    shown = [str(first) if first == last else f"{first} to {last}" for first, last in book.runs[:SHOWN]]
    more = len(book.runs) - SHOWN
    return ", ".join(shown) + (f" and {more} more runs" if more > 0 else "")
