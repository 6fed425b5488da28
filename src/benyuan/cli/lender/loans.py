"""`benyuan lender tape`, `ageing`, `vintage` and `entry`: the loans of a closed day, one by one and summed."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.lender.showing import Date, Lender, Limit, Out, check, columns_of, tell
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day as shown_day
from benyuan.cli.output import say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.lender_books.ageing import Aged
    from benyuan.assurance.lender_books.entries import CloseEntry, LoanPart
    from benyuan.assurance.lender_books.tape import Tape
    from benyuan.assurance.lender_books.vintage import Vintage

SHOWN = 20
SUMMED = ("principal_fen", "interest_owed_fen", "charges_owed_fen", "expected_loss_fen")


def tape(
    date: Date = None,
    lender: Lender = 1,
    limit: Limit = SHOWN,
    out: Out = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The loan tape: one row a loan or pay-later account, as it stood at the end of a closed day.

        benyuan lender tape
        benyuan lender tape 20260731 --out tape.parquet
        benyuan lender tape --out tape.csv

    Borrower, product, terms, what was drawn and is owed, days overdue, class, stage, expected loss, what comes next.
    By the functions of the close itself, so the sums are those of `benyuan lender day`; of joint loans a row holds the
    whole, and `partner_…` the part in it that is the partner's. `benyuan lender loan ID` or `account ID` explains one.

    The screen shows the --limit largest; files and JSON hold all. Figures in yuan, with --json and in files in fen.
    """
    from benyuan.assurance.lender_books.tape import loan_tape

    check(out, database=database)
    with reading(database) as group:
        made = loan_tape(group, lender=lender, date=date)
    spoken = made.spoken()
    content = {"lender": lender, "date": made.date, "rows": _rows(spoken)} if as_json and out is None else None
    tell(content=content, columns=spoken, out=out, as_json=as_json, show=lambda: _show_tape(made, spoken, limit))


def _rows(columns: dict[str, Any]) -> list[dict[str, Any]]:
    lists = [column.tolist() for column in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]


def _show_tape(made: "Tape", spoken: dict[str, Any], limit: int) -> None:
    import numpy as np

    order = np.argsort(-made.columns["principal_fen"], kind="stable")[:limit].tolist()
    names = ("principal", "interest", "charges", "expected loss")
    rows = [
        (
            f"{spoken['sort'][place]} {made.columns['id'][place]}",
            *(str(made.columns[name][place]) for name in ("borrower", "product")),
            *(yuan(int(made.columns[name][place])) for name in SUMMED),
            str(made.columns["days_overdue"][place]),
            spoken["risk_class"][place].replace("_", " "),
            spoken["stage"][place],
            shown_day(int(made.columns["next_due_on"][place])),
        )
        for place in order
    ]
    totals = [yuan(sum(made.columns[name].tolist())) for name in SUMMED]
    rows.append((f"all {len(made):,}", "", "", *totals, "", "", "", ""))
    columns = ("loan", "borrower", "product", *names, "days", "class", "stage", "next due")
    title = f"The {len(order):,} largest loans of lender {made.lender}, {shown_day(made.date)}, yuan"
    say_table(title=title, columns=columns, rows=rows, right=("borrower", "product", *names, "days", "stage"))


def ageing(
    date: Date = None, lender: Lender = 1, out: Out = None, database: Database = None, as_json: Json = False
) -> None:
    """Loans and their principal by days overdue, product by product; the lender's own part.

        benyuan lender ageing
        benyuan lender ageing 20260731 --out ageing.csv

    Days since the oldest due day that is still unpaid. Classes go by the worst of a borrower's loans, these buckets by
    each loan's own days. Figures in yuan, with --json and in files in fen.
    """
    from benyuan.assurance.lender_books.ageing import Aged
    from benyuan.assurance.lender_books.ageing import ageing as made_of
    from benyuan.assurance.lender_books.tape import loan_tape

    check(out, database=database)
    with reading(database) as group:
        held = loan_tape(group, lender=lender, date=date)
    rows = made_of(held)
    content = {"lender": lender, "date": held.date, "rows": rows}
    columns = columns_of(rows, Aged)
    tell(content=content, columns=columns, out=out, as_json=as_json, show=lambda: _show_ageing(rows, held.date))


def _show_ageing(rows: "list[Aged]", date: int) -> None:
    from benyuan.rules.quantities import percent_text

    shown = [
        (str(row.product), row.bucket, row.loans, yuan(row.principal_fen), percent_text(row.share_ppm)) for row in rows
    ]
    right = ("loans", "principal", "share")
    columns = ("product", "days overdue", *right)
    say_table(title=f"Ageing, {shown_day(date)}, yuan", columns=columns, rows=shown, right=right)


def vintage(
    date: Date = None, lender: Lender = 1, out: Out = None, database: Database = None, as_json: Json = False
) -> None:
    """Vintages: how much of what the loans of a month have drawn is late, month after month on the book.

        benyuan lender vintage
        benyuan lender vintage --out vintage.parquet

    A loan counts in the month in which it was drawn, a pay-later account in that in which it was opened; month 0 is
    that month itself, each looked at on its last closed day. Late is the principal left on loans more than 30, or 90,
    days overdue or written off; the share is of all that they had drawn by then. Figures in yuan, with --json and in
    files in fen, shares in millionths.
    """
    from benyuan.assurance.lender_books.vintage import Vintage, vintages

    check(out, database=database)
    with reading(database) as group:
        rows = vintages(group, lender=lender, date=date)
    columns = columns_of(rows, Vintage)
    content = {"lender": lender, "rows": rows}
    tell(content=content, columns=columns, out=out, as_json=as_json, show=lambda: _show_vintages(rows))


def _show_vintages(rows: "list[Vintage]") -> None:
    from benyuan.rules.quantities import percent_text

    shown = [
        (
            f"{row.product} {row.sort}",
            f"{row.begun // 100}-{row.begun % 100:02d}",
            row.month_on_book,
            shown_day(row.date),
            row.loans,
            yuan(row.drawn_fen),
            percent_text(row.late_30_ppm),
            percent_text(row.late_90_ppm),
        )
        for row in rows
    ]
    right = ("month on book", "loans", "drawn", "over 30 days", "over 90 days")
    columns = ("product", "begun", "month on book", "at", "loans", "drawn", "over 30 days", "over 90 days")
    say_table(title="Vintages, yuan", columns=columns, rows=shown, right=right)


def entry(
    date: Date = None,
    number: Annotated[
        int | None, typer.Option("--number", min=1, metavar="N", help="The loans behind this entry of the day.")
    ] = None,
    lender: Lender = 1,
    limit: Limit = SHOWN,
    out: Out = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The entries of a close, and with --number the loans behind one of them.

        benyuan lender entry 20260731
        benyuan lender entry 20260731 --number 1
        benyuan lender entry 20260731 --number 3 --out provision.csv

    A close posts one entry a product for interest, for late charges and for the provision of each stage, and for a
    partner's part of joint loans in its own book. Behind it each loan has a part: what it came to at the end of the day
    less what it came to at the end of the day closed before; what was written off in between is made good. The parts
    sum to the entry, to the fen; exit code 1 where not. `benyuan why COMMAND` tells of the close itself. Figures in
    yuan, with --json and in files in fen.
    """
    from benyuan.assurance.lender_books.entries import CloseEntry, LoanPart, close_entries, entry_loans

    check(out, database=database)
    parts: list[LoanPart] = []
    with reading(database) as group:
        if number is None:
            entries = close_entries(group, lender=lender, date=date)
        else:
            try:
                one, parts = entry_loans(group, lender=lender, date=date, number=number)
            except LookupError as error:
                raise NotFound(error.args[0]) from None
            entries = [one]
    columns = columns_of(entries, CloseEntry) if number is None else columns_of(parts, LoanPart)
    content: Any = entries if number is None else {"entry": entries[0], "loans": parts}

    def show() -> None:
        _show_entries(entries)
        _show_parts(parts, limit)

    tell(content=content, columns=columns, out=out, as_json=as_json, show=show)
    if any(each.difference_fen for each in entries):
        raise typer.Exit(1)


def _show_entries(entries: "list[CloseEntry]") -> None:
    rows = [
        (
            str(each.number),
            each.kind.replace("_", " "),
            f"product {each.product}" if each.product else f"partner {each.partner}",
            str(each.account),
            str(each.command or ""),
            yuan(each.posted_fen),
            each.loans,
            yuan(each.loans_fen),
            yuan(each.difference_fen),
        )
        for each in entries
    ]
    right = ("entry", "account", "command", "posted", "loans", "their sum", "difference")
    columns = ("entry", "kind", "of", "account", "command", "posted", "loans", "their sum", "difference")
    when = shown_day(entries[0].date) if entries else ""
    say_table(title=f"Entries of the close of {when}, yuan", columns=columns, rows=rows, right=right)


def _show_parts(parts: "list[LoanPart]", limit: int) -> None:
    rows = [
        (
            f"{part.sort} {part.id}",
            str(part.borrower),
            *(yuan(fen) for fen in (part.before_fen, part.after_fen, part.written_off_fen, part.amount_fen)),
        )
        for part in parts[:limit]
    ]
    if len(parts) > limit:
        rows.append(
            (f"and {len(parts) - limit:,} more", "", "", "", "", yuan(sum(each.amount_fen for each in parts[limit:])))
        )
    right = ("before", "after", "written off", "adds")
    say_table(title="Loans behind it, yuan", columns=("loan", "borrower", *right), rows=rows, right=right)
