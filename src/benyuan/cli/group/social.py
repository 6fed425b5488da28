"""`benyuan group small-micro`: the report on small and micro businesses, for people, as JSON, CSV or one HTML page."""

import csv
import html
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.files import beside, check_out
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.small_micro.report import Report
    from benyuan.assurance.small_micro.sections import Cell, Section

FEN = "_fen"
STYLE = "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto}td,th{padding:.2em .8em;text-align:right}td:first-child,th:first-child{text-align:left}table{border-collapse:collapse}tr{border-bottom:1px solid #ccc}small{color:#555}"  # noqa: E501  one line of CSS


def small_micro(
    first: Annotated[int, typer.Option("--from", metavar="DATE", help="The first day, as yyyymmdd.")],
    last: Annotated[int, typer.Option("--until", metavar="DATE", help="The last day.")],
    institution: Annotated[int, typer.Option(min=1, help="The payment institution.")] = 1,
    csv_file: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write it here as CSV.")] = None,
    page: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write it here as one page.")] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Small and micro businesses: size, place, tickets, fees, settlement, credit and its price, users, complaints.

        benyuan group small-micro --from 20260101 --until 20261231
        benyuan group small-micro --from 20260101 --until 20260630 --html report.html --csv report.csv

    Each table has its definition beside it; what nobody has recorded is listed as untold. Rows of too few are put
    together. Sums are held against the ledger's legs; exit code 1 where they differ, or where a recorded figure can't
    be. Amounts in yuan, with --json in fen.

    record_business_size, record_business_area, record_home_area and record_business_credit bring what it tells of the
    size of firms, of places and of credit.
    """
    from benyuan.assurance.small_micro.report import small_micro_of

    check_out(csv_file, forms=(".csv",), option="--csv", database=database)
    check_out(page, forms=(".html",), option="--html", database=database)
    with reading(database) as group:
        told = small_micro_of(group, institution=institution, first=first, last=last)
    if csv_file is not None:
        _write(csv_file, csv_of(told))
    if page is not None:
        _write(page, page_of(told))
    if as_json:
        say_json(told)
    else:
        _show(told)
    if not told.fits:
        raise typer.Exit(FOUND)


def _write(file: Path, text: str) -> None:
    with beside(file) as path:
        path.write_text(text, encoding="utf-8")
        path.replace(file)


def _show(told: "Report") -> None:
    for section in told.sections:
        columns = [shown(name) for name in section.columns]
        rows = [[text_of(name, cell) for name, cell in zip(section.columns, row, strict=True)] for row in section.rows]
        say_table(title=section.title, columns=columns, rows=rows, right=columns[1:])
        typer.echo(f"{section.definition} ({_where(section)}){_hidden(section)}")
    for tie in told.ties:
        typer.echo(f"{tie.what}: {yuan(tie.report_fen)}, in the ledger {yuan(tie.ledger_fen)}")
    for each in told.misfits:
        typer.echo(f"can't be: {each}")
    for each in told.untold:
        typer.echo(f"untold: {each}")


def _where(section: "Section") -> str:
    return f"{section.rule}, {section.document}{section.article}, {section.status}"


def _hidden(section: "Section") -> str:
    return f" {section.together} rows of too few are put together or left out." if section.together else ""


def shown(name: str) -> str:
    """A column as it is headed: in yuan what is kept in fen."""
    return (name.removesuffix(FEN) + ", yuan" * name.endswith(FEN)).replace("_", " ")


def text_of(name: str, cell: "Cell") -> str:
    """A cell as it is shown."""
    if isinstance(cell, int):
        return yuan(cell) if name.endswith(FEN) else f"{cell:,}"
    return cell


def csv_of(told: "Report") -> str:
    """A line a figure: table, row, figure, value (fen where the figure says so), definition, rule, status."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(("table", "row", "figure", "value", "definition", "rule", "status"))
    for section in told.sections:
        for row in section.rows:
            for name, cell in zip(section.columns[1:], row[1:], strict=True):
                about = (section.definition, section.rule, section.status)
                writer.writerow((section.name, row[0], name, cell, *about))
    for tie in told.ties:
        writer.writerow(("ties", tie.what, "report_fen", tie.report_fen, "", "", ""))
        writer.writerow(("ties", tie.what, "ledger_fen", tie.ledger_fen, "", "", ""))
    return made.getvalue()


def page_of(told: "Report") -> str:
    """One HTML page that needs nothing else; the same bytes for the same report."""
    title = f"Small and micro businesses, {day(told.first)} to {day(told.last)}"
    parts = [
        "<!doctype html>",
        f'<html lang="en"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>',
        f"<h1>{title}</h1><p>Institution {told.institution}, as known at log position {told.seen:,}.</p>",
    ]
    for section in told.sections:
        heads = "".join(f"<th>{html.escape(shown(name))}</th>" for name in section.columns)
        rows = "".join(f"<tr>{_cells(section, row)}</tr>" for row in section.rows)
        about = html.escape(f"{section.definition} ({_where(section)}){_hidden(section)}")
        parts.append(f'<h2 id="{section.name}">{section.title}</h2><table><tr>{heads}</tr>{rows}</table>')
        parts.append(f"<p><small>{about}</small></p>")
    ties = "".join(
        f"<li>{tie.what}: {yuan(tie.report_fen)}, in the ledger {yuan(tie.ledger_fen)}</li>" for tie in told.ties
    )
    untold = "".join(f"<li>{html.escape(each)}</li>" for each in told.untold)
    misfits = "".join(f"<li>{html.escape(each)}</li>" for each in told.misfits)
    parts.append(f"<h2>Held against the ledger</h2><ul>{ties}{misfits}</ul><h2>Untold</h2><ul>{untold}</ul>")
    return "\n".join(parts) + "\n"


def _cells(section: "Section", row: "list[Cell]") -> str:
    pairs = zip(section.columns, row, strict=True)
    return "".join(f"<td>{html.escape(text_of(name, cell))}</td>" for name, cell in pairs)
