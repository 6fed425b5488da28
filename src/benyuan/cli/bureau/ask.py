"""`benyuan bureau ask`: a member's inquiry, on record before the answer is shown."""

import uuid
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.bureau.doing import Document, Home, Number, given
from benyuan.cli.failures import FOUND
from benyuan.cli.options import Database, Json, Keys, Language, Spoken, url_that_is
from benyuan.cli.output import say_json
from benyuan.cli.readers import Login, ReadBy, ReaderNumber

if TYPE_CHECKING:
    from benyuan.assurance.bureau.asking import Shown
    from benyuan.usecases.bureau.inquire import InquiryFields

CLIENT = "benyuan bureau ask"


def ask(  # noqa: PLR0913, PLR0917  an inquiry has that many parts, and who asks is two of them
    number: Number,
    name: Annotated[str, typer.Option("--name", help="The person's name as on the document.")],
    member: Annotated[int, typer.Option("--member", min=1, help="Who asks.")],
    staff: Annotated[str, typer.Option("--staff", help="Which of its staff; sealed, never in the log.")],
    purpose: Annotated[
        str, typer.Option("--purpose", help="loan, credit-card, guarantor, representative, post-loan or objection.")
    ] = "loan",
    consent: Annotated[int, typer.Option("--consent", min=0, help="The person's consent; 0: none.")] = 0,
    account: Annotated[
        int, typer.Option("--account", min=0, help="The member's own account, for post-loan and objection.")
    ] = 0,
    key: Annotated[
        str | None, typer.Option(help="The same key again shows the same answer that day, and counts no other.")
    ] = None,
    document: Document = "resident_id",
    bureau: Home = 1,
    reader: ReaderNumber = 0,
    login: Login = None,
    language: Spoken = Language.en,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """A member asks about a person, who is named by document, number and name: no number of a file can be asked for.

        benyuan bureau ask --number - --name 王伟 --member 1 --staff "Lin Ke" --consent 3
        benyuan bureau ask --number - --name 王伟 --member 1 --staff "Lin Ke" --purpose post-loan --account 17

    The inquiry stands in the log before anything is shown, and no more is shown than its purpose needs and the consent
    covers. A refusal shows nothing of the file and is on record too; exit code 1, and `benyuan why ID` explains it.
    """
    from benyuan.app import open as open_group
    from benyuan.assurance.bureau.asking import ask as asking
    from benyuan.assurance.bureau.report import assemble

    choices = {"document": document, "purpose": purpose}
    ids = {"bureau": bureau, "member": member, "consent": consent, "account": account, "reader": reader}
    client = ReadBy(reader=reader, login=login).client(CLIENT)
    command = _command(choices, ids, number=given(number), name=name, staff=staff)
    with open_group(url_that_is(database), keys=keys) as group:
        shown = asking(group, command=command, assemble=assemble, client=client, key=key or str(uuid.uuid4()))
    if shown.content is None:
        _say_refused(shown, as_json=as_json)
        raise typer.Exit(FOUND)
    if as_json:
        told = {"inquiry": shown.answer.results["inquiry"], "position": shown.answer.position}
        say_json({"report": shown.content, **told})
    else:
        _say(shown.content, language)


def _say(content: dict[str, Any], language: Language) -> None:
    import msgspec

    from benyuan.cli.bureau.showing import say_report
    from benyuan.credit_bureau.report.sheet import Report

    say_report(msgspec.convert(content, Report), language=language.value)


def _say_refused(shown: "Shown", *, as_json: bool) -> None:
    answer = shown.answer
    fault = answer.refusal or answer.invalid
    text = fault.text() if fault else "the file has changed since the answer under this key was shown"
    if as_json:
        say_json({"outcome": answer.outcome.name, "position": answer.position, "text": text})
    else:
        typer.echo(f"{text}\n`benyuan why {answer.position}` explains it" if answer.position else text)


def _command(choices: dict[str, str], ids: dict[str, int], *, number: str, name: str, staff: str) -> "InquiryFields":
    from benyuan.credit_bureau.vocabulary import MEMBER_PURPOSES, Purpose
    from benyuan.parties.documents import DocumentKind
    from benyuan.usecases.bureau.inquire import InquiryFields
    from benyuan.values.errors import BadInput

    for field, words in (("document", tuple(DocumentKind)), ("purpose", MEMBER_PURPOSES)):
        if choices[field] not in words:
            raise BadInput(field, choices[field], "one of " + ", ".join(words))
    return InquiryFields(
        bureau=ids["bureau"],
        member=ids["member"],
        consent=ids["consent"],
        account=ids["account"],
        reader=ids["reader"],
        document=DocumentKind(choices["document"]),
        purpose=Purpose(choices["purpose"]),
        number=number,
        full_name=name,
        staff_name=staff,
        seen=0,
    )
