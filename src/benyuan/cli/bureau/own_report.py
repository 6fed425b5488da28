"""`benyuan bureau report`: a person's own credit report, shown after the log has taken down that they read it."""

import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.files import beside, check_out
from benyuan.cli.options import Database, Json, Keys, Language, Spoken, url_that_is
from benyuan.cli.output import say_json

if TYPE_CHECKING:
    from benyuan.assurance.bureau.asking import Shown
    from benyuan.usecases.bureau.read_own_report import OwnReportFields

CLIENT = "benyuan bureau"
STANDARD_INPUT = "-"


def report(
    number: Annotated[str, typer.Option(metavar="NUMBER", help="The number of the identity document; - reads it.")],
    name: Annotated[str, typer.Option(metavar="NAME", help="The name on it; - reads it, after the number.")],
    document: Annotated[str, typer.Option(help="Its kind: resident_id, passport...")] = "resident_id",
    bureau: Annotated[int, typer.Option(min=1, metavar="ID", help="Which bureau.")] = 1,
    paid: Annotated[
        bool, typer.Option("--paid", help="Against a fee, where no free report of the year is left.")
    ] = False,
    key: Annotated[
        str | None, typer.Option(help="The same key again shows the same report that day, and counts no other.")
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a page (.html) to read and print instead."),
    ] = None,
    language: Spoken = Language.en,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """A person's own credit report, two a calendar year free of charge.

        benyuan bureau report --number 11010519491231002X --name 王小明
        benyuan bureau report --number - --name - --html report.html --language zh
        benyuan bureau report --number - --name - --json

    That it was read stands in the log before anything is shown: each look is one of the free ones of the year, unless
    it comes under the --key of an earlier one. What a refusal says `benyuan why ID` explains.

    Negative data are shown for five years after what was wrong ended (cr.negative.retention), and not from the day
    after, whether or not they have been erased by then. Small arrears that the one-off repair covers are not shown
    (cr.repair.once_2025). The JSON is described in docs/algorithms/credit-report.md.
    """
    from benyuan.app import open as open_group
    from benyuan.assurance.bureau.asking import ask
    from benyuan.assurance.bureau.report import assemble

    check_out(html, forms=(".html",), option="--html", database=database)
    command = _command(bureau=bureau, document=document, number=_given(number), name=_given(name), paid=paid)
    with open_group(url_that_is(database), keys=keys) as group:
        shown = ask(group, command=command, assemble=assemble, client=CLIENT, key=key or str(uuid.uuid4()))
    if shown.content is None:
        _say_nothing_shown(shown, as_json=as_json)
        raise typer.Exit(FOUND)
    if html is not None:
        _write_page(html, shown.content, language)
    if as_json:
        told = {"file": str(html)} if html is not None else {"report": shown.content}
        say_json({**told, "inquiry": shown.answer.results["inquiry"], "position": shown.answer.position})
    elif html is not None:
        typer.echo(f"{html}: inquiry {shown.answer.results['inquiry']}, on record as {shown.answer.position}")
    else:
        _say(shown.content, language)


def _command(*, bureau: int, document: str, number: str, name: str, paid: bool) -> "OwnReportFields":
    from benyuan.parties.documents import DocumentKind
    from benyuan.usecases.bureau.read_own_report import OwnReportFields
    from benyuan.values.errors import BadInput

    if document not in list(DocumentKind):
        raise BadInput("document", document, "one of " + ", ".join(DocumentKind))
    kind = DocumentKind(document)
    return OwnReportFields(bureau=bureau, document=kind, number=number, full_name=name, paid=paid, seen=0)


def _given(text: str) -> str:
    return sys.stdin.readline().strip() if text == STANDARD_INPUT else text


def _say_nothing_shown(shown: "Shown", *, as_json: bool) -> None:
    """Why nothing is shown: it was refused, didn't fit, or the file no longer gives the earlier answer."""
    answer = shown.answer
    fault = answer.refusal or answer.invalid
    text = fault.text() if fault else "the file has changed since the report under this key was shown"
    if as_json:
        say_json({"outcome": answer.outcome.name, "position": answer.position, "text": text})
    else:
        typer.echo(f"{text}\n`benyuan why {answer.position}` explains it" if answer.position else text)


def _write_page(html: Path, content: dict[str, Any], language: Language) -> None:
    import msgspec

    from benyuan.credit_bureau.report.page import page_of
    from benyuan.credit_bureau.report.sheet import Report

    made = page_of(msgspec.convert(content, Report), language=language.value)
    with beside(html) as path:
        path.write_text(made, encoding="utf-8")
        path.replace(html)


def _say(content: dict[str, Any], language: Language) -> None:
    import msgspec

    from benyuan.cli.bureau.showing import say_report
    from benyuan.credit_bureau.report.sheet import Report

    say_report(msgspec.convert(content, Report), language=language.value)
