"""`benyuan statement`: a customer's or a merchant's transactions with the balance after each, shown or as a file."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.files import beside, check_out
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import moment, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.statements import Entry, Holder, Listing, Period, Search, Statement
    from benyuan.engine.group import Group

SHOWN = 20
FREE_MONTHS = "pay.query.free_months"
FORMS = (".csv", ".json", ".pdf")
Kinds = Annotated[
    list[str] | None, typer.Option(metavar="KIND", help="Only entries of this kind, such as refund; repeatable.")
]
Other = Annotated[
    str | None, typer.Option(metavar="ID", help="Only entries with this one: wallet:N, merchant:N, bank_account:N.")
]


def statement(
    wallet: Annotated[int | None, typer.Option(metavar="N", help="A wallet.")] = None,
    merchant: Annotated[int | None, typer.Option(metavar="N", help="A merchant's unsettled receipts.")] = None,
    person: Annotated[int | None, typer.Option(metavar="N", help="Each wallet of a person.")] = None,
    from_date: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="The first day. Without it twelve months are shown.")
    ] = None,
    to_date: Annotated[
        str | None,
        typer.Option("--to", metavar="DATE", help="The last day. Without it that of the log's last command."),
    ] = None,
    kind: Kinds = None,
    least: Annotated[str | None, typer.Option(metavar="YUAN", help="Only entries of at least this amount.")] = None,
    most: Annotated[str | None, typer.Option(metavar="YUAN", help="Only entries of at most this amount.")] = None,
    counterparty: Other = None,
    by_card: Annotated[bool, typer.Option("--by-card", help="With what a wallet's holder paid by card alone.")] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help=f"How many entries at most; {SHOWN} on the screen, all in a file.")
    ] = None,
    before: Annotated[int | None, typer.Option(min=1, metavar="CURSOR", help="Only entries before this leg.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a .csv, .json or .pdf instead.")] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Transactions of a wallet, a merchant or a person, newest last, with the balance after each.

        benyuan statement --wallet 3
        benyuan statement --merchant 1 --from 2026-05-01 --to 2026-05-31 --out may.pdf
        benyuan statement --person 7 --out year.csv
        benyuan statement --merchant 1 --kind refund --least 100 --counterparty wallet:3
        benyuan statement --merchant 1 --limit 100 --before 90000 --json

    Days are those of posting, in China, both included. Without --from it is the time that a customer may always ask for
    free of charge (rule pay.query.free_months), up to --to. Opening balance + in - out = closing balance, to the fen.

    --by-card shows among a wallet's entries what bank accounts and cards paid, and got back, past it: marked, with the
    balance as it stays. The log of the period is looked through for it, which takes longer.

    --limit shows the newest entries; the answer ends with the cursor for --before that shows those before them.
    `benyuan why ID` explains the command behind an entry. Amounts in yuan; in JSON in fen, times in microseconds.
    """
    from benyuan.assurance.statements import page_of, whole

    check_out(out, forms=FORMS, option="--out", database=database)
    search = _search(kind or (), least=least, most=most, counterparty=counterparty)
    with reading(database) as group:
        period = _period(group, from_date=from_date, to_date=to_date)
        shown = limit or (SHOWN if out is None else None)
        listings: list[Listing] = []
        asked = (period, search, by_card)
        for made, name in _statements(group, wallet=wallet, merchant=merchant, person=person, of=asked):
            if shown is None and before is None:
                listings.append(whole(made, institution_name=name))
            else:
                listings.append(page_of(made, institution_name=name, limit=shown or _ALL, before=before))
        _answer(listings, out=out, as_json=as_json)


def _answer(listings: "Sequence[Listing]", *, out: Path | None, as_json: bool) -> None:
    """The statements as a file, as JSON or on the screen."""
    if out is not None:
        _write(out, listings)
        _say_written(out, listings, as_json=as_json)
    elif as_json:
        from benyuan.assurance.statements import json_chunks

        typer.echo(b"".join(json_chunks(listings)).decode(), nl=False)
    else:
        for listing in listings:
            _show(listing)


_ALL = (1 << 63) - 2


def _statements(
    group: "Group", *, wallet: int | None, merchant: int | None, person: int | None, of: "tuple[Period, Search, bool]"
) -> "Iterator[tuple[Statement, str]]":
    from benyuan.assurance.statements import Statement, card_entries, institution_name

    period, search, by_card = of
    for holder in _holders(group, wallet=wallet, merchant=merchant, person=person):
        name = institution_name(group, institution=holder.institution)
        past = by_card and holder.kind == "wallet"
        entries = card_entries(group, holder, period=period, search=search) if past else []
        yield Statement(group=group, holder=holder, period=period, search=search, by_card=entries), name


def _holders(group: "Group", *, wallet: int | None, merchant: int | None, person: int | None) -> "Sequence[Holder]":
    from benyuan.assurance.statements import holder_of, holders_of_person
    from benyuan.values.errors import BadInput

    asked = {"wallet": wallet, "merchant": merchant, "person": person}
    named = {name: number for name, number in asked.items() if number is not None}
    if len(named) != 1:
        given = " ".join(f"--{name} {number}" for name, number in named.items()) or None
        raise BadInput("--wallet", given, "one of --wallet, --merchant and --person")
    ((name, number),) = named.items()
    try:
        found = (
            holders_of_person(group, person=number) if name == "person" else [holder_of(group, kind=name, id=number)]
        )
    except LookupError as error:
        raise NotFound(error.args[0]) from None
    if not found:
        raise NotFound(f"person {number} has no wallet")
    return found


def _period(group: "Group", *, from_date: str | None, to_date: str | None) -> "Period":
    """The period asked for, or as far back as a customer may always ask. Errors: BadInput."""
    from benyuan.assurance.statements import Period
    from benyuan.values.dates import local_day, parse_yyyymmdd
    from benyuan.values.errors import BadInput

    first = parse_yyyymmdd(from_date, field="--from") if from_date else None
    last = parse_yyyymmdd(to_date, field="--to") if to_date else max(local_day(group.last_at), first or 0)
    if first is not None and first > last:
        raise BadInput("--from", from_date, f"a day not after --to, {to_date}")
    return Period(first_day=_free_from(group, last) if first is None else first, last_day=last)


def _free_from(group: "Group", last: int) -> int:
    """The first day of what can be queried free of charge on a day. Errors: BadInput where no rule says so."""
    from benyuan.rules import RuleNotInForce
    from benyuan.values.dates import add_calendar_days, add_months
    from benyuan.values.errors import BadInput

    try:
        months = group.regime.pack.value(id=FREE_MONTHS, on=last).amount
    except RuleNotInForce as error:
        raise BadInput("--from", None, f"a day: {error}") from None
    return add_calendar_days(add_months(last, -int(months or 0)), 1)


def _search(kinds: Sequence[str], *, least: str | None, most: str | None, counterparty: str | None) -> "Search":
    """What is searched for. Errors: BadInput."""
    from benyuan.assurance.statements import KINDS, PARTIES, Search, party_of
    from benyuan.values.errors import BadInput
    from benyuan.values.money import fen_from_yuan

    for kind in kinds:
        if kind not in KINDS:
            raise BadInput("--kind", kind, f"one of {', '.join(KINDS)}")
    party = party_of(counterparty) if counterparty else None
    if counterparty and party is None:
        raise BadInput("--counterparty", counterparty, f"one of {', '.join(f'{name}:NUMBER' for name in PARTIES)}")
    least_fen = fen_from_yuan(least, field="--least") if least else None
    most_fen = fen_from_yuan(most, field="--most") if most else None
    if least_fen is not None and most_fen is not None and least_fen > most_fen:
        raise BadInput("--least", least, f"an amount not above --most, {most}")
    return Search(kinds=tuple(kinds), least_fen=least_fen, most_fen=most_fen, counterparty=party)


# -------------------------------------------------------------------------------------------------- files


def _write(out: Path, listings: "Sequence[Listing]") -> None:
    """Write the file whole or not at all."""
    form = out.suffix.lower()
    writer: Callable[..., None]
    if form == ".csv":
        from benyuan.assurance.statements import write_csv as writer
    elif form == ".json":
        from benyuan.assurance.statements import write_json as writer
    else:
        from benyuan.assurance.statements.pdf import write_pdf as writer
    with beside(out) as path:
        with path.open("w", encoding="utf-8", newline="") if form == ".csv" else path.open("wb") as file:
            writer(listings, file)
        path.replace(out)


def _say_written(out: Path, listings: "Sequence[Listing]", *, as_json: bool) -> None:
    entries = sum(listing.listed.entries for listing in listings)
    if as_json:
        say_json({"file": str(out), "statements": [listing.head() for listing in listings]})
    else:
        typer.echo(f"{out}: {entries:,} entries of {', '.join(item.statement.holder.name for item in listings)}")


# -------------------------------------------------------------------------------------------------- the screen


def _kind(entry: "Entry") -> str:
    """The kind of an entry, and what a card moved beside the balance."""
    return f"{entry.kind} ({yuan(entry.by_card_fen)})" if entry.by_card_fen else entry.kind


def _show(listing: "Listing") -> None:
    from benyuan.values.dates import from_yyyymmdd

    made, totals = listing.statement, listing.totals
    holder, period = made.holder, made.period
    days = f"{from_yyyymmdd(period.first_day)} to {from_yyyymmdd(period.last_day)}"
    rows = [
        (
            *(moment(entry.at), str(entry.command or ""), _kind(entry), entry.counterparty),
            *(yuan(entry.in_fen) if entry.in_fen else "", yuan(entry.out_fen) if entry.out_fen else ""),
            yuan(entry.balance_fen),
        )
        for entry in listing.entries()
    ]
    title = f"Statement of {holder.name} (account {holder.account}), {days}, in yuan"
    columns = ("at", "ID", "entry", "counterparty", "in", "out", "balance")
    if not rows:
        typer.echo(f"{title}: no entries")
    say_table(title=title, columns=columns, rows=rows, right=("ID", "in", "out", "balance"))
    typer.echo(f"opening {yuan(made.opening_fen)}, closing {yuan(made.closing_fen)}")
    if totals is not None:
        typer.echo(f"{totals.entries:,} entries, in {yuan(totals.in_fen)}, out {yuan(totals.out_fen)}")
    if listing.next_before is not None:
        typer.echo(f"earlier entries: --before {listing.next_before}; all of them: --out FILE")
