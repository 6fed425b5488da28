"""`benyuan apr`: the all-in annual rate of a loan's flows, by the method that is asked for, and compound and simple."""

import csv
import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from benyuan.cli.failures import BadFile
from benyuan.cli.options import Json
from benyuan.cli.output import say_json, say_table

COLUMNS = ("kind", "when", "amount")
KINDS = ("advance", "payment")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(r"[-+]?[0-9]{1,40}(\.[0-9]{0,40}|/[0-9]{1,40})?|[-+]?\.[0-9]{1,40}")
MOST_DIGITS = 100
"""Before or after the point: what is longer is not reckoned with, only refused."""
Flow = tuple[dt.date | Fraction, Decimal]


def apr(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A CSV with the columns kind, when, amount.")
    ] = None,
    advance: Annotated[
        list[str] | None, typer.Option("--advance", metavar="WHEN=AMOUNT", help="Money to the borrower; repeatable.")
    ] = None,
    payment: Annotated[
        list[str] | None, typer.Option("--payment", metavar="WHEN=AMOUNT", help="Money from the borrower; repeatable.")
    ] = None,
    method: Annotated[
        str, typer.Option("--method", help="irr-compound, irr-simple, us-actuarial or eu.")
    ] = "irr-compound",
    unit_period: Annotated[
        str | None,
        typer.Option("--unit-period", metavar="PERIOD", help="Such as `1 month`, `semimonth`; found without it."),
    ] = None,
    as_json: Json = False,
) -> None:
    """The all-in annual rate of a loan: every flow between lender and borrower, what is paid at the start as well.

        benyuan apr flows.csv
        benyuan apr --advance 2026-01-15=12000 --payment 2026-07-15=6300 --payment 2027-01-15=6300
        benyuan apr flows.csv --method us-actuarial --unit-period "1 month"

    A line of the file is `advance` or `payment`, a date as 2026-01-15, and an amount in units of the currency. For the
    method eu, `when` may be a time in years from the first drawdown instead, such as 1/12 or 0.25. The rate compound
    and the rate simple are shown whichever method was asked for. Flows that no rate prices to nought, or that several
    do, are refused with exit code 2, and the rates that were found are listed.
    """
    from benyuan.consumer_finance.pricing import annualised_rate

    flows = [*(_of_file(file) if file else ()), *_of_options("advance", advance), *_of_options("payment", payment)]
    sides = {kind: [(when, amount) for side, when, amount in flows if side == kind] for kind in KINDS}
    advances, payments = sides["advance"], sides["payment"]
    rate = annualised_rate(advances=advances, payments=payments, method=method, unit_period=unit_period)
    said: dict[str, str | int | None] = {
        "method": method,
        "rate": f"{rate:f}",
        "irr_compound": None,
        "irr_simple": None,
    }
    said["unit_period"] = None
    if not any(isinstance(when, Fraction) for _, when, _ in flows):
        said |= _by_dates(advances, payments, unit_period)
    if as_json:
        say_json({**said, "advances": len(advances), "payments": len(payments)})
        return
    rows = [("all-in annual rate", percent(said["rate"])), ("method", method)]
    rows += [
        ("compound (irr-compound)", percent(said["irr_compound"])),
        ("simple (irr-simple)", percent(said["irr_simple"])),
    ]
    rows += [("unit-period", str(said["unit_period"] or "times given in years"))]
    rows += [("advances", _total(advances)), ("payments", _total(payments))]
    say_table(title="What the loan costs a year", columns=("", "value"), rows=rows, right=("value",))


def _by_dates(advances: list[Flow], payments: list[Flow], unit_period: str | None) -> dict[str, str | int | None]:
    """Compound, simple and the unit-period; no rate where several or none solve that equation."""
    from benyuan.consumer_finance.flows import dated
    from benyuan.consumer_finance.pricing import annualised_rate
    from benyuan.consumer_finance.unit_periods import unit_period_of
    from benyuan.values.errors import BadInput

    said: dict[str, str | int | None] = {
        "unit_period": str(unit_period_of(dated(advances, payments), unit_period).period)
    }
    for name in ("irr-compound", "irr-simple"):
        try:
            rate = annualised_rate(advances=advances, payments=payments, method=name, unit_period=unit_period)
        except BadInput:  # none, several, or none that can be told apart
            continue
        said[name.replace("-", "_")] = f"{rate:f}"
    return said


def percent(rate: object) -> str:
    """A fraction of one as percent with four decimals, half-even; a dash for none."""
    return "-" if rate is None else f"{Decimal(str(rate)) * 100:,.4f}%"


def _total(flows: list[Flow]) -> str:
    return f"{sum((amount for _, amount in flows), start=Decimal(0)):,} in {len(flows)}"


def _of_file(path: Path) -> Iterator[tuple[str, dt.date | Fraction, Decimal]]:
    """The flows of a file. Errors: BadFile, OSError."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            reader = csv.DictReader(file)
            names = [name.strip() for name in reader.fieldnames or ()]
            if sorted(names) != sorted(COLUMNS):
                words = f"the columns {', '.join(COLUMNS)}"
                raise BadFile(file=path.name, where="line 1", field="header", value=",".join(names), constraint=words)
            reader.fieldnames = names
            for row in reader:
                yield _of_row(row, file=path.name, where=f"line {reader.line_num}")
        except (UnicodeDecodeError, csv.Error) as error:
            raise BadFile(file=path.name, where="", field="file", value=str(error), constraint="CSV in UTF-8") from None


def _of_row(row: dict[str, str | None], *, file: str, where: str) -> tuple[str, dt.date | Fraction, Decimal]:
    if None in row or None in row.values():
        raise BadFile(file=file, where=where, field="line", value="", constraint="as many cells as columns")
    kind, when, amount = ((row[name] or "").strip() for name in COLUMNS)
    if kind not in KINDS:
        raise BadFile(file=file, where=where, field="kind", value=kind, constraint=" or ".join(KINDS))
    try:
        return kind, when_of(when, field="when"), amount_of(amount, field="amount")
    except ValueError as error:
        field, value, constraint = error.args
        raise BadFile(file=file, where=where, field=field, value=value, constraint=constraint) from None


def _of_options(kind: str, texts: list[str] | None) -> Iterator[tuple[str, dt.date | Fraction, Decimal]]:
    for text in texts or ():
        when, _, amount = text.partition("=")
        yield kind, when_of(when, field=f"--{kind}"), amount_of(amount, field=f"--{kind}")


def when_of(text: str, *, field: str) -> dt.date | Fraction:
    """A date, or a time in years such as 1/12 or 0.25; nothing with an exponent. Raises BadInput."""
    from benyuan.values.errors import BadInput

    try:
        if DATE.fullmatch(text):
            return dt.date.fromisoformat(text)
        if TIME.fullmatch(text):
            return Fraction(text)
    except (ValueError, ZeroDivisionError):
        pass
    raise BadInput(field, text, "a date as YYYY-MM-DD, or for `eu` a time in years such as 1/12")


def amount_of(text: str, *, field: str) -> Decimal:
    """An amount in units of the currency, in plain digits without separators. Raises BadInput."""
    from benyuan.values.errors import BadInput

    try:
        if text.isascii() and "_" not in text and abs((amount := Decimal(text)).adjusted()) < MOST_DIGITS:
            return amount
    except InvalidOperation:
        pass
    raise BadInput(field, text, "an amount such as 1000.00")
