"""`benyuan person`: who is whom, found by document or telephone, and shown for a reason that is put on record."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.options import Database, Json, Keys, reading, url_that_is
from benyuan.cli.output import day, say_json
from benyuan.cli.readers import Login, Operator, ReadBy, ReaderNumber, TaskWord, on_record, task_of
from benyuan.cli.teaching import help_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from benyuan.decisions.outcomes import Answer
    from benyuan.engine.group import Group
    from benyuan.usecases.disclose_person import Disclose

app = typer.Typer(help="Customers' identities: found, and shown on record.", no_args_is_help=True)
CLIENT = "benyuan person"
STANDARD_INPUT = "-"


def find(
    number: Annotated[str | None, typer.Option(help="The number of an identity document; - reads it.")] = None,
    document: Annotated[str, typer.Option(help="Its kind: resident_id, passport...")] = "resident_id",
    phone: Annotated[str | None, typer.Option(help="Or a telephone; - reads it.")] = None,
    bank_account: Annotated[str | None, typer.Option(help="Or the number of a bank account; - reads it.")] = None,
    institution: Annotated[int, typer.Option(min=1, help="At which institution.")] = 1,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """The ids of the customers with a document, a telephone or a bank account, and nothing else of them.

        benyuan person find --number 11010519491231002X
        benyuan person find --phone -            reads it from standard input, so that no shell remembers it

    Nothing is decrypted: a keyed hash of what is asked is looked up.
    """
    from benyuan.parties.bank_numbers import bank_number_fault, bank_number_text
    from benyuan.parties.documents import DocumentKind, normal_number, number_fault
    from benyuan.parties.people import contact_text, person_text
    from benyuan.parties.telephones import normal_phone, phone_fault
    from benyuan.payments.records import BANK_ACCOUNT, BANK_NUMBER, IDENTITY
    from benyuan.values.errors import BadInput

    given = {"number": number, "phone": phone, "bank_account": bank_account}
    asked = {field: _given(text) for field, text in given.items() if text is not None}
    if len(asked) != 1:
        raise BadInput("number", number, "a --number, a --phone or a --bank-account, one of the three")
    if document not in list(DocumentKind):
        raise BadInput("document", document, "one of " + ", ".join(DocumentKind))
    ((field, text),) = asked.items()
    kind = DocumentKind(document)
    faults = {
        "number": lambda: number_fault(kind=kind, number=normal_number(text)),
        "phone": lambda: phone_fault(normal_phone(text)),
        "bank_account": lambda: bank_number_fault(normal_number(text), is_card=False),
    }
    if fault := faults[field]():
        raise BadInput(field, text, fault)
    with reading(database, keys=keys) as group:
        if field == "bank_account":
            account = group.records.look_up(
                BANK_NUMBER, _ids([group.payloads.identity_of(bank_number_text(text))]), on=0
            )
            found = group.records.look_up(BANK_ACCOUNT, account["bank_account"], on=0)["person"]
        else:
            identities = (
                [group.payloads.identity_of(person_text(institution=institution, document=kind, number=text))]
                if field == "number"
                else group.payloads.identities_of_contact(contact_text(institution=institution, phone=text))
            )
            found = group.records.look_up(IDENTITY, _ids(identities), on=0)["person"]
    people = sorted({int(person) for person in found if person})
    if not people:
        raise NotFound("no customer has it")
    if as_json:
        say_json({"people": people})
    else:
        typer.echo("\n".join(f"person {person}" for person in people))


def show(
    person: Annotated[int, typer.Argument(metavar="ID", min=1, help="The person's id.")],
    purpose: Annotated[str, typer.Option(help="Why: it goes into the log before anything is shown.")],
    task: TaskWord = "",
    reader: ReaderNumber = 0,
    login: Login = None,
    operator: Operator = None,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """A customer's particulars, after the log has taken down who looks and why.

        benyuan person show 17 --purpose "complaint 2026-0411"
        benyuan person show 17 --purpose "complaint 2026-0411" --reader 3 --task complaint

    An institution with staff on record lets only a member read who has the role for it, under the own login; exit code
    1 where it is refused.
    """
    from benyuan.app import open as open_group
    from benyuan.usecases.disclose_person import Disclose

    by = ReadBy(reader=reader, login=login, operator=operator)

    with open_group(url_that_is(database), keys=keys) as group:
        command = Disclose(person=person, purpose=purpose, task=task_of(task), **by.fields())
        if gone := _erasure(group, person):
            raise NotFound(gone)
        answer = _on_record(group, command, by=by)
        particulars = int(answer.results["particulars"])
        told = group.payloads.read(particulars)
        table = group.records.tables["person"]
        row = {name: int(table.column(name)[person]) for name in ("institution", "document", "valid_until")}
    if told is None:
        raise NotFound(f"the particulars of person {person} have been erased")
    _say({"person": person, **_words(row), **told, "given_by": particulars, "shown_by": answer.position}, as_json)


def _on_record(group: "Group", command: "Disclose", *, by: ReadBy) -> "Answer":
    from benyuan.values.errors import BadInput

    try:
        return on_record(group, command, client=by.client(CLIENT))
    except BadInput as error:
        if error.field == "person":
            raise NotFound(f"no person {command.person}") from error
        raise


def _erasure(group: "Group", person: int) -> str:
    """When and under which rule a customer was erased; empty where nobody was."""
    import numpy as np

    from benyuan.payments.retention.records import ERASED_PERSON
    from benyuan.payments.retention.sorts import RULES

    row = group.records.look_up(ERASED_PERSON, np.array([person], np.int64), on=0)
    if not row["found"][0]:
        return ""
    told = {name: int(column[0]) for name, column in row.items()}
    value = group.regime.pack.value(id=RULES[told["rule"] - 1], on=told["erased_on"])
    return (
        f"the particulars of person {person} were erased on {day(told['erased_on'])} by command {told['position']}: "
        f"{told['years']} years after {day(told['ended_on'])}, {RULES[told['rule'] - 1]}, "
        f"{value.cite.document}{value.cite.article or ''}{value.cite.item or ''}"
    )


def _say(shown: dict[str, object], as_json: bool) -> None:
    if as_json:
        say_json(shown)
        return
    for name, item in shown.items():
        typer.echo(f"{name.replace('_', ' '):14} {item}")


def _words(row: dict[str, int]) -> dict[str, object]:
    from benyuan.parties.documents import DOCUMENT_NUMBER

    kinds = {number: kind for kind, number in DOCUMENT_NUMBER.items()}
    until = day(row["valid_until"]) if row["valid_until"] else "for ever"
    return {"institution": row["institution"], "document": kinds[row["document"]], "valid_until": until}


def _ids(numbers: "Sequence[int]") -> "NDArray[np.int64]":
    import numpy as np

    return np.array(numbers, np.int64)


def _given(text: str) -> str:
    return sys.stdin.readline().strip() if text == STANDARD_INPUT else text


for command in (find, show):
    app.command(help=help_of(command))(command)
