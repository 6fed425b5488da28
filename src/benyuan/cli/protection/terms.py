"""`benyuan protection terms, questionnaire, records-due`: texts as customers saw them, and records over their term."""

from typing import Annotated

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.options import Database, Json, Keys, Language, Spoken, reading
from benyuan.cli.output import day, say_json, say_table
from benyuan.cli.protection.suitability import On


def terms(
    product: Annotated[int, typer.Argument(min=1, metavar="PRODUCT", help="The product's number.")],
    on: On = 0,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """The exact terms of a product on a day, whole, as a customer saw them then.

    benyuan protection terms 3 --on 20260310

    The text is sealed beside the log and opened with the keys; its SHA-256 stands in the log and proves it.
    """
    from benyuan.assurance.protection.suitability import terms_shown
    from benyuan.values.dates import local_day

    with reading(database, keys=keys) as group:
        asked = on or local_day(group.last_at)
        found = terms_shown(group, product=product, on=asked)
    if found is None:
        raise NotFound(f"product {product} had no terms in force on {day(asked)}")
    if as_json:
        say_json(found)
        return
    typer.echo(f"version {found['number']} of product {product}, in force from {day(found['from_date'])}")
    typer.echo(f"SHA-256 {found['digest']}\n")
    typer.echo(found["text"] or "(erased)")


def questionnaire(
    version: Annotated[int, typer.Argument(min=0, metavar="VERSION", help="Which one; 0: the newest.")] = 0,
    language: Spoken = Language.en,
    as_json: Json = False,
) -> None:
    """The questions by which people find out what they can bear, with the points of each answer.

    benyuan protection questionnaire
    benyuan protection questionnaire 1 --language zh

    `test_suitability` takes the answers as letters, one a question, with commas between: c,c,c,b,b,b,a,a.
    """
    import msgspec

    from benyuan.consumer_protection.suitability.loader import questionnaires

    found = questionnaires().get(version or max(questionnaires()))
    if found is None:
        raise NotFound(f"no version {version}; there are " + ", ".join(map(str, questionnaires())))
    if as_json:
        say_json(msgspec.to_builtins(found))
        return
    said = language.value
    typer.echo(f"{getattr(found.title, said)} ({found.version}, {day(found.from_date)})\n{getattr(found.note, said)}")
    for number, question in enumerate(found.questions, 1):
        typer.echo(f"\n{number}. {getattr(question.text, said)}")
        for option in question.options:
            typer.echo(f"   {option.pick}  {getattr(option.text, said)} ({option.points})")
    typer.echo("")
    for band in found.bands:
        typer.echo(f"{getattr(band.name, said)}: {band.points}+")


def records_due(on: On = 0, database: Database = None, as_json: Json = False) -> None:
    """Whose records of suitability are over their term: five years after the relationship ended (art. 17).

    benyuan protection records-due --on 20320101

    Nothing is erased by this; where another law keeps the same records longer, the longer term holds.
    """
    from benyuan.assurance.protection.retention import records_due as due
    from benyuan.values.dates import local_day

    with reading(database) as group:
        rows = due(group, on=on or local_day(group.last_at))
    if as_json:
        say_json(rows)
        return
    if not rows:
        typer.echo("no records are over their term")
    columns = ("person", "ended on", "kept through", "tests", "sales")
    shown = [
        (
            str(row["person"]),
            day(row["ended_on"]),
            day(row["kept_through"]),
            str(row["tests"]),
            str(row["sales"]),
        )
        for row in rows
    ]
    say_table(title="Records over their term", columns=columns, rows=shown, right=("person", "tests", "sales"))
