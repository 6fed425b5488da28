"""`benyuan schedule`: a loan's instalments as a table, as CSV or as JSON, its all-in annual rate first."""

import csv
import datetime as dt
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.options import Json
from benyuan.cli.output import say_json, say_table
from benyuan.cli.pricing import amount_of, percent

if TYPE_CHECKING:
    from benyuan.consumer_finance.schedule import Instalment

FIELDS = ("n", "due", "principal", "interest", "payment", "balance")
DAY = ["%Y-%m-%d"]


def schedule(
    principal: Annotated[str, typer.Option(metavar="AMOUNT", help="What is lent, in units of the currency.")],
    rate: Annotated[str, typer.Option(metavar="RATE", help="The yearly rate: 12% or 0.12.")],
    terms: Annotated[int, typer.Option(help="The number of instalments, 1 to 9999.")],
    disbursed_on: Annotated[dt.datetime, typer.Option(formats=DAY, metavar="YYYY-MM-DD", help="The day of the draw.")],
    first_due: Annotated[dt.datetime, typer.Option(formats=DAY, metavar="YYYY-MM-DD", help="The first due day.")],
    frequency: Annotated[
        str, typer.Option(metavar="PERIOD", help="Such as `1 month`, `2 week`, `15 day`.")
    ] = "1 month",
    method: Annotated[str, typer.Option(help="equal-instalment, equal-principal or bullet.")] = "equal-instalment",
    day_count: Annotated[str, typer.Option(help="30/360, act/360, act/364, act/365 or act/act.")] = "30/360",
    rounding: Annotated[str, typer.Option(help="half-up, half-even, up or down.")] = "half-up",
    decimals: Annotated[int, typer.Option(help="Decimals of the currency, 0 to 8.")] = 2,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV on standard output, and nothing else.")] = False,
    as_json: Json = False,
) -> None:
    r"""The instalments of a loan, and what it costs a year.

        benyuan schedule --principal 10000 --rate 12% --terms 12 --disbursed-on 2026-01-15 --first-due 2026-02-15
        benyuan schedule --principal 5000 --rate 0.18 --terms 26 --frequency "2 week" --day-count act/365 \
            --disbursed-on 2026-01-15 --first-due 2026-01-29 --csv

    Due days on the 29th to 31st fall on a short month's last day and come back in the next. The first period may be
    longer or shorter than the others. The last instalment takes what rounding left over. The annual rate is
    irr-compound of just these flows, and a dash where there is none; `benyuan apr` has the other methods.
    """
    from benyuan.consumer_finance import schedule as made
    from benyuan.values.errors import BadInput

    if as_csv and as_json:
        raise BadInput("--csv", "--json", "one of them")
    lent = amount_of(principal, field="--principal")
    rows = made.schedule(
        principal=lent,
        annual_rate=_rate(rate),
        terms=terms,
        frequency=frequency,
        method=method,
        day_count=day_count,
        rounding=rounding,
        disbursed_on=disbursed_on.date(),
        first_due=first_due.date(),
        decimals=decimals,
    )
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([FIELDS, *([getattr(row, name) for name in FIELDS] for row in rows)])
        return
    cost = _cost(rows, lent=lent, on=disbursed_on.date())
    if as_json:
        shown = [
            {name: getattr(row, name) if name == "n" else str(getattr(row, name)) for name in FIELDS} for row in rows
        ]
        say_json({"irr_compound": None if cost is None else f"{cost:f}", "instalments": shown})
    else:
        _show(rows, cost)


def _cost(rows: "list[Instalment]", *, lent: Decimal, on: dt.date) -> Decimal | None:
    """The annual rate; none where there is none to be found, for the instalments are what was asked for."""
    from benyuan.consumer_finance.pricing import annualised_rate
    from benyuan.values.errors import BadInput

    paid = [(row.due, row.payment) for row in rows if row.payment]
    try:
        return annualised_rate(advances=[(on, lent)], payments=paid, method="irr-compound")
    except BadInput:
        return None


def _show(rows: "list[Instalment]", cost: Decimal | None) -> None:
    interest = sum((row.interest for row in rows), start=Decimal(0))
    paid = sum((row.payment for row in rows), start=Decimal(0))
    title = f"All-in annual rate {percent(cost)} (irr-compound); interest {interest:,}, in all {paid:,}"
    shown = [(str(row.n), str(row.due), *(f"{getattr(row, name):,}" for name in FIELDS[2:])) for row in rows]
    say_table(title=title, columns=FIELDS, rows=shown, right=("n", *FIELDS[2:]))


def _rate(text: str) -> Decimal:
    """12% or 0.12 as a fraction of one, exactly. Raises BadInput."""
    from benyuan.consumer_finance.solving import ACCURATE
    from benyuan.values.errors import BadInput

    number = amount_of(text.removesuffix("%"), field="--rate")
    if number.is_finite() and number > 1 and not text.endswith("%"):  # who writes 12 means 12%
        raise BadInput("--rate", text, "a rate such as 12% or 0.12; beyond 1 with its sign, as 120%")
    return number.scaleb(-2, context=ACCURATE) if text.endswith("%") and number.is_finite() else number
