"""`benyuan protection key-facts, key-facts-text`: the key facts that a borrower was shown, and those to show next."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.inputs.objects import fields_of
from benyuan.cli.options import Database, Json, Language, Spoken, reading
from benyuan.cli.output import moment, say_json

if TYPE_CHECKING:
    from benyuan.assurance.protection.key_facts import KeyFactsShown

STATES = {
    "as-shown": "the text is the one that was shown: its digest is the same",
    "other": "NOT the text that was shown: its digest is another",
    "digest-only": "only the digest was kept",
}


def key_facts(
    borrower: Annotated[int, typer.Argument(metavar="BORROWER", min=1, help="To whom they were shown.")],
    offer: Annotated[int, typer.Option("--offer", min=0, metavar="ID", help="Only those for this offer.")] = 0,
    loan: Annotated[int, typer.Option("--loan", min=0, metavar="ID", help="Only those for this loan.")] = 0,
    account: Annotated[int, typer.Option("--account", min=0, metavar="ID", help="Only those for this account.")] = 0,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The key facts that a borrower was shown, word for word, with when they were shown and confirmed.

        benyuan protection key-facts 3
        benyuan protection key-facts 3 --loan 7

    The text is made again from the figures that were kept and the template of then, and its SHA-256 held against the
    one that was shown. Of a log of before there were templates only the digest is there.
    """
    from benyuan.assurance.protection.key_facts import key_facts_of

    with reading(database) as group:
        try:
            told = key_facts_of(group, borrower=borrower, offer=offer, loan=loan, account=account)
        except LookupError as error:
            raise NotFound(error.args[0]) from None
    if as_json:
        say_json(told)
        return
    if not told:
        typer.echo(
            f"no key facts were shown to borrower {borrower}" + (" for this" if offer or loan or account else "")
        )
    for each in told:
        _show(each)


def _show(each: "KeyFactsShown") -> None:
    confirmed = f"confirmed {moment(each.confirmed_at)}" if each.confirmed else "not confirmed"
    typer.echo(f"key facts {each.key_facts}, {each.sort}, {each.language}; template {each.template or 'none'}")
    typer.echo(f"shown {moment(each.shown_at)} by command {each.command}; {confirmed}")
    typer.echo(f"SHA-256 {each.digest}: {STATES[each.state]}\n")
    typer.echo(each.text or "")


def key_facts_text(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="The command that will show it, as show_key_facts.")],
    fields: Annotated[str, typer.Argument(metavar="FIELDS", help="Its fields but for text_digest, as JSON.")],
    on: Annotated[int, typer.Option("--on", metavar="DATE", help="To be shown on this day, as yyyymmdd.")] = 0,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The key facts that a command would show, and the digest that it has to name.

        benyuan protection key-facts-text show_key_facts '{"borrower": 3, "offer": 5, "lender_name": "本源消费金融"}'

    Nothing is recorded. Without --on it is the day of the log's last command.
    """
    from benyuan.assurance.protection.key_facts import key_facts_made
    from benyuan.values.dates import local_day

    given = fields_of(fields)
    with reading(database) as group:
        columns = {name: [value] for name, value in given.items()}
        try:
            (made,) = key_facts_made(group, kind=kind, on=on or local_day(group.last_at), columns=columns)
        except LookupError as error:
            raise NotFound(error.args[0]) from None
    if as_json:
        say_json(made)
        return
    typer.echo(made.text)
    typer.echo(f"SHA-256 {made.digest}")


def key_facts_product(
    product: Annotated[int, typer.Argument(metavar="PRODUCT", min=1, help="The product's number.")],
    on: Annotated[int, typer.Option("--on", metavar="DATE", help="By the terms of this day, as yyyymmdd.")] = 0,
    language: Spoken = Language.en,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The key facts of an investment: its level and the risk first, then charges and ways out.

        benyuan protection key-facts-product 3 --language zh

    By the terms in force on the day, and without --on on that of the log's last command.
    """
    from benyuan.assurance.protection.product_facts import product_facts
    from benyuan.values.dates import local_day

    with reading(database) as group:
        try:
            made = product_facts(group, product=product, on=on or local_day(group.last_at), language=language.value)
        except LookupError as error:
            raise NotFound(error.args[0]) from None
    say_json(made) if as_json else typer.echo(made.text)
