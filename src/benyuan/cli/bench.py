"""`benyuan bench`: timings beside their physical limits; `docs/algorithms/measurements.md` says what each one does.

Every bench prints a table and, with --json, one JSON object on the last line. `--scale 0.1,1` runs it at both sizes
and prints how the cost of a unit changes; `--runs 3` gives medians with their ranges.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from benyuan.cli.benches.measuring import Figures, Measure, growth, median_runs

RATES = (
    *("records_per_s", "payments_per_s", "screened_per_s", "draws_per_s", "loans_per_s", "files_per_s"),
    "duties_per_s",
    "positions_per_s",
    "bodies_per_s",
    "legs_per_s",
)
"""The rates by which growth is told, the first that a bench has."""

bench_app = typer.Typer(
    name="bench", help="Timings beside their physical limits, with durable settings.", no_args_is_help=True
)

Dir = Annotated[
    Path | None,
    typer.Option("--dir", help="Where the temporary stores go: a real disk.", file_okay=False, exists=True),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on the last line.")]
Scale = Annotated[str, typer.Option(help="Shares of the sizes to run, as in 0.1,1.")]
Runs = Annotated[int, typer.Option(min=1, help="How often to run: medians and ranges are shown.")]
Size = Annotated[int, typer.Option(min=1)]


def shares(text: str) -> list[float]:
    """The numbers of --scale. Errors: BadParameter."""
    try:
        found = [float(item) for item in text.split(",")]
    except ValueError as error:
        raise typer.BadParameter(f"{text!r}: numbers with commas between, as in 0.1,1", param_hint="--scale") from error
    if min(found) <= 0:
        raise typer.BadParameter(f"{text!r}: numbers above 0", param_hint="--scale")
    return found


def run_bench(
    name: str, measure: Measure, sizes: Any, *, scale: str = "1", runs: int = 1, base: Path | None = None
) -> Figures:
    """The figures of a bench at the last of its scales; with several, `growth` tells the cost of a unit at each."""
    scales = shares(scale)
    medians = median_runs(measure, [sizes.scaled(share) for share in scales], base=base, runs=runs)
    found = list(zip(scales, medians, strict=True))
    figures = {"bench": name, **found[-1][1]}
    if len(found) > 1:
        rate = next(name for name in RATES if name in figures)
        figures["growth"] = growth(found, rate=rate)
    return figures


def show(figures: Figures, *, as_json: bool, print_line: Callable[[str], None] = print) -> None:
    """A table for people; on the last line the same as JSON, if asked for."""
    ranges = figures.get("range", {})
    table = Table("figure", "value", *(["range"] if ranges else []), title=f"bench {figures['bench']}")
    for name, value in figures.items():
        if isinstance(value, int | float):
            ends = " to ".join(f"{end:,}" for end in ranges.get(name, ()))
            table.add_row(name, f"{value:,}", *([ends] if ranges else []))
    console = Console()
    console.print(table)
    if "growth" in figures:
        costs = Table("scale", "µs a unit", "times the first", title="growth")
        for step in figures["growth"]:
            costs.add_row(*(f"{step[name]:,}" for name in ("scale", "us_per_unit", "growth")))
        console.print(costs)
    if as_json:
        print_line(json.dumps(figures))


@bench_app.command()
def ledger(
    legs: Size = 1_000_000,
    accounts: Annotated[int, typer.Option(min=2)] = 100_000,
    batch: Size = 8_000,
    pending: Annotated[bool, typer.Option("--pending", help="All two-phase: half hold, half post.")] = False,
    chains: Annotated[int, typer.Option(min=0, help="Legs a chain; 0: no chains.")] = 0,
    hot: Annotated[int, typer.Option(min=0, help="Half of all legs on so many accounts; 0: none.")] = 0,
    scale: Scale = "1",
    runs: Runs = 1,
    directory: Dir = None,
    as_json: AsJson = False,
) -> None:
    """Bare legs from columns, beside the same rows into a bare table."""
    from benyuan.cli.benches.ledger import LedgerSizes, measure_ledger

    sizes = LedgerSizes(legs=legs, accounts=accounts, batch=batch, pending=pending, chains=chains, hot=hot)
    show(run_bench("ledger", measure_ledger, sizes, scale=scale, runs=runs, base=directory), as_json=as_json)


@bench_app.command()
def payments(
    payments: Size = 200_000,
    wallets: Size = 50_000,
    merchants: Size = 2_000,
    batch: Size = 2_000,
    bare_legs: Annotated[int, typer.Option(min=2, help="Bare legs of the ledger bench beside.")] = 1_000_000,
    scale: Scale = "1",
    runs: Runs = 1,
    directory: Dir = None,
    as_json: AsJson = False,
) -> None:
    """Payments through every gate and limit, beside the ledger's bare legs."""
    from benyuan.cli.benches.payments import PaymentSizes, measure_payments

    sizes = PaymentSizes(payments=payments, wallets=wallets, merchants=merchants, batch=batch, bare_legs=bare_legs)
    show(run_bench("payments", measure_payments, sizes, scale=scale, runs=runs, base=directory), as_json=as_json)


@bench_app.command()
def screening(
    people: Size = 100_000,
    entries: Size = 100_000,
    scale: Scale = "1",
    runs: Runs = 1,
    directory: Dir = None,
    as_json: AsJson = False,
) -> None:
    """Customers against the entries of a name list, beside the same marks looked up in memory."""
    from benyuan.cli.benches.screening import ScreeningSizes, measure_screening

    sizes = ScreeningSizes(people=people, entries=entries)
    show(run_bench("screening", measure_screening, sizes, scale=scale, runs=runs, base=directory), as_json=as_json)


@bench_app.command()
def gates(
    payments: Size = 200_000,
    draws: Size = 200_000,
    scale: Scale = "1",
    runs: Runs = 1,
    directory: Dir = None,
    as_json: AsJson = False,
) -> None:
    """What the gates of a payment and of a draw cost: with them and without, in turns."""
    from benyuan.cli.benches.drawing import DrawSizes
    from benyuan.cli.benches.gating import GateSizes, measure_gates
    from benyuan.cli.benches.payments import PaymentSizes

    sizes = GateSizes(payments=PaymentSizes(payments=payments), draws=DrawSizes(draws=draws))
    show(run_bench("gates", measure_gates, sizes, scale=scale, runs=runs, base=directory), as_json=as_json)


@bench_app.command(name="duties")
def duties_bench(
    customers: Size = 10_000_000,
    scale: Scale = "1",
    runs: Runs = 1,
    directory: Dir = None,
    as_json: AsJson = False,
) -> None:
    """A year of customers' duties scanned for what is due, beside NumPy passing over the same columns."""
    from benyuan.cli.benches.duties import DutySizes, measure_duties

    sizes = DutySizes(customers=customers)
    show(run_bench("duties", measure_duties, sizes, scale=scale, runs=runs, base=directory), as_json=as_json)


@bench_app.command()
def bureau(
    people: Annotated[int, typer.Option(min=4, help="Persons, each with two accounts.")] = 200_000,
    months: Annotated[int, typer.Option(min=1, max=60, help="Months of every account.")] = 25,
    reports: Size = 10_000,
    scale: Scale = "1",
    runs: Runs = 1,
    directory: Dir = None,
    as_json: AsJson = False,
) -> None:
    """Months furnished to a credit bureau and reports by key, beside bare rows in and bare rows out."""
    from benyuan.cli.benches.bureau import BureauSizes, measure_bureau

    sizes = BureauSizes(people=people, months=months, reports=reports)
    show(run_bench("bureau", measure_bureau, sizes, scale=scale, runs=runs, base=directory), as_json=as_json)


@bench_app.command()
def draw(
    draws: Size = 200_000,
    borrowers: Size = 50_000,
    batch: Size = 2_000,
    bare_legs: Annotated[int, typer.Option(min=2, help="Bare legs of the ledger bench beside.")] = 1_000_000,
    scale: Scale = "1",
    runs: Runs = 1,
    directory: Dir = None,
    as_json: AsJson = False,
) -> None:
    """Policy-checked draws of a lender, beside the ledger's bare legs."""
    from benyuan.cli.benches.drawing import DrawSizes, measure_draw

    sizes = DrawSizes(draws=draws, borrowers=borrowers, batch=batch, bare_legs=bare_legs)
    show(run_bench("draw", measure_draw, sizes, scale=scale, runs=runs, base=directory), as_json=as_json)


@bench_app.command()
def close(
    loans: Size = 10_000_000,
    shards: Size = 100,
    scale: Scale = "1",
    runs: Runs = 1,
    directory: Dir = None,
    as_json: AsJson = False,
) -> None:
    """One close of a lender's day, persisted, beside NumPy passing over the same columns."""
    from benyuan.cli.benches.closing import CloseSizes, measure_close

    sizes = CloseSizes(loans=loans, shards=shards)
    show(run_bench("close", measure_close, sizes, scale=scale, runs=runs, base=directory), as_json=as_json)


@bench_app.command()
def score(
    files: Size = 1_000_000,
    scale: Scale = "1",
    runs: Runs = 1,
    directory: Dir = None,
    as_json: AsJson = False,
) -> None:
    """Credit files scored, from their months of accounts on, beside NumPy passing over the same columns."""
    from benyuan.cli.benches.score import ScoreSizes, measure_score

    sizes = ScoreSizes(files=files)
    show(run_bench("score", measure_score, sizes, scale=scale, runs=runs, base=directory), as_json=as_json)


@bench_app.command(name="group")
def group_bench(
    bodies: Annotated[int, typer.Option(min=12, help="Bodies, owned twelve deep.")] = 1_000,
    positions: Annotated[int, typer.Option(min=1, help="Positions inside the group, each with both sides.")] = 200_000,
    scale: Scale = "1",
    runs: Runs = 1,
    directory: Dir = None,
    as_json: AsJson = False,
) -> None:
    """A group consolidated from its bodies' trial balances, beside NumPy passing over the same columns."""
    from benyuan.cli.benches.consolidating import GroupSizes, measure_group

    sizes = GroupSizes(bodies=bodies, positions=positions)
    show(run_bench("group", measure_group, sizes, scale=scale, runs=runs, base=directory), as_json=as_json)


@bench_app.command()
def ownership(
    bodies: Annotated[int, typer.Option(min=24, help="Bodies, owned twelve deep, with rings.")] = 100_000,
    days: Annotated[int, typer.Option(min=1, max=120, help="Days in the year on which a stake changed.")] = 3,
    scale: Scale = "1",
    runs: Runs = 1,
    directory: Dir = None,
    as_json: AsJson = False,
) -> None:
    """Look-through, control and related parties over many bodies, recorded in a database first."""
    from benyuan.cli.benches.owning import OwnershipSizes, measure_ownership

    sizes = OwnershipSizes(bodies=bodies, days=days)
    show(run_bench("ownership", measure_ownership, sizes, scale=scale, runs=runs, base=directory), as_json=as_json)


@bench_app.command(name="open")
def open_(
    legs: Size = 10_000_000,
    accounts: Annotated[int, typer.Option(min=2)] = 1_000_000,
    batch: Size = 8_000,
    killed: Annotated[bool, typer.Option("--killed", help="Killed with --tail legs since the last save.")] = False,
    tail: Size = 2_000_000,
    cold: Annotated[bool, typer.Option("--cold", help="Files dropped from the system's memory first.")] = False,
    unsaved: Annotated[bool, typer.Option("--unsaved", help="Also without any saved balances.")] = False,
    scale: Scale = "1",
    runs: Runs = 1,
    directory: Dir = None,
    as_json: AsJson = False,
) -> None:
    """Start-up on a long journal, beside reading the pages."""
    from benyuan.cli.benches.opening import OpenSizes, measure_open

    sizes = OpenSizes(legs=legs, accounts=accounts, batch=batch, killed=killed, tail=tail, cold=cold, unsaved=unsaved)
    show(run_bench("open", measure_open, sizes, scale=scale, runs=runs, base=directory), as_json=as_json)


@bench_app.command()
def verify(
    legs: Size = 1_000_000,
    accounts: Annotated[int, typer.Option(min=2)] = 100_000,
    payments: Size = 200_000,
    wallets: Size = 50_000,
    merchants: Size = 2_000,
    scale: Scale = "1",
    runs: Runs = 1,
    directory: Dir = None,
    as_json: AsJson = False,
) -> None:
    """The log replayed, and payments decided again, beside reading the journal."""
    from benyuan.cli.benches.ledger import LedgerSizes
    from benyuan.cli.benches.payments import PaymentSizes
    from benyuan.cli.benches.verifying import VerifySizes, measure_verify

    sizes = VerifySizes(
        ledger=LedgerSizes(legs=legs, accounts=accounts),
        payments=PaymentSizes(payments=payments, wallets=wallets, merchants=merchants),
    )
    show(run_bench("verify", measure_verify, sizes, scale=scale, runs=runs, base=directory), as_json=as_json)
