"""`benyuan bureau consent`: what a person allows, told, shown as a receipt, and taken back."""

from typing import Annotated, Any

import typer

from benyuan.cli.bureau.doing import Document, Home, Number, carry_out, given, subject_with
from benyuan.cli.failures import NotFound
from benyuan.cli.options import Database, Json, Keys, Language, Spoken, reading
from benyuan.cli.output import day, say_json, say_table
from benyuan.cli.teaching import help_of

app = typer.Typer(help="Consents: granted, listed, shown as receipts, taken back.", no_args_is_help=True)
Consent = Annotated[int, typer.Argument(metavar="CONSENT", min=1, help="The consent's number.")]


def grant(
    number: Number,
    name: Annotated[str, typer.Option("--name", help="The person's name as on the document.")],
    member: Annotated[int, typer.Option("--member", min=1, help="Who may ask.")],
    purpose: Annotated[str, typer.Option("--purpose", help="loan, credit-card, guarantor, representative.")],
    starts: Annotated[int, typer.Option("--from", metavar="DATE", help="The first day, as yyyymmdd.")],
    expires: Annotated[int, typer.Option("--to", metavar="DATE", help="The last day, as yyyymmdd.")],
    evidence: Annotated[str, typer.Option(help="The digest of the person's own written text.")],
    times: Annotated[int, typer.Option(min=0, help="So many answers at most.")] = 1,
    sections: Annotated[str, typer.Option(help="The parts that may be shown, with commas; or all.")] = "all",
    furnishing: Annotated[bool, typer.Option("--furnishing", help="The member may furnish, too.")] = False,
    document: Document = "resident_id",
    bureau: Home = 1,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Record a person's written consent; further fields, such as restricted data, are for `benyuan run`.

    benyuan bureau consent grant --number - --name 王伟 --member 1 --purpose loan
        --from 20260501 --to 20260531 --evidence ab12
    """
    from benyuan.credit_bureau.vocabulary import Fetch, Purpose
    from benyuan.parties.documents import DocumentKind
    from benyuan.usecases.bureau.grant_consent import ConsentFields
    from benyuan.values.errors import BadInput

    for field, text, words in (("document", document, DocumentKind), ("purpose", purpose, Purpose)):
        if text not in list(words):
            raise BadInput(field, text, "one of " + ", ".join(words))
    command = ConsentFields(
        bureau=bureau,
        document=DocumentKind(document),
        number=given(number),
        full_name=name,
        member=member,
        purpose=Purpose(purpose),
        starts_on=starts,
        expires_on=expires,
        times=times,
        sections=sections,
        fetch=Fetch.once if times == 1 else Fetch.periodic,
        furnishing=furnishing,
        written=True,
        evidence=evidence,
    )
    carry_out(command, database=database, keys=keys, as_json=as_json)


def listed(
    number: Number,
    document: Document = "resident_id",
    bureau: Home = 1,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """All consents of a person, and how each stands.

    benyuan bureau consent list --number -
    """
    import msgspec

    from benyuan.assurance.bureau.receipts import receipt

    with reading(database, keys=keys) as group:
        subject = subject_with(group, bureau=bureau, document=document, number=given(number))
        places = group.records.tables["bureau_consent"].all_with("subject", subject)
        made = [receipt(group, place) for place in places.tolist()]
    if as_json:
        say_json([msgspec.to_builtins(each) for each in made])
        return
    if not made:
        typer.echo("no consents")
    columns = ("consent", "member", "purpose", "from", "to", "answers", "left", "state")
    shown = [
        (
            str(each.consent),
            f"{each.sort}:{each.member}",
            each.purpose,
            day(each.starts_on),
            day(each.expires_on),
            str(each.times),
            str(each.left),
            each.status,
        )
        for each in made
    ]
    say_table(title="Consents", columns=columns, rows=shown, right=("consent", "answers", "left"))


def receipt_of(
    consent: Consent,
    language: Spoken = Language.en,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The person's receipt of a consent: who, what for, from when to when, how often, how it stands, how to end it.

    benyuan bureau consent receipt 3
    benyuan bureau consent receipt 3 --language zh
    """
    import msgspec

    from benyuan.assurance.bureau.receipts import receipt, text

    with reading(database) as group:
        if consent > group.records.tables["bureau_consent"].count:
            raise NotFound(f"no consent {consent}")
        made = receipt(group, consent)
    told: dict[str, Any] = msgspec.to_builtins(made)
    if as_json:
        say_json(told)
    else:
        typer.echo(text(made, language=language.value))


def revoke(consent: Consent, database: Database = None, keys: Keys = None, as_json: Json = False) -> None:
    """Take a consent back: from now on nothing is done under it; what was done stands.

    benyuan bureau consent revoke 3
    """
    from benyuan.usecases.bureau.revoke_consent import ConsentRevoked

    carry_out(ConsentRevoked(consent=consent), database=database, keys=keys, as_json=as_json)


for name, command in (("grant", grant), ("list", listed), ("receipt", receipt_of), ("revoke", revoke)):
    app.command(name=name, help=help_of(command))(command)
