"""`benyuan group risk, losses`: limits on ratios and how each stands; losses and near misses."""

import uuid
from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.group.checking import Where
from benyuan.cli.group.owning import On
from benyuan.cli.options import Database, Json, Keys, reading, url_that_is
from benyuan.cli.output import day, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.group.losses import Losses
    from benyuan.assurance.group.risk import Risk, RiskLine
    from benyuan.engine.group import Group

CLIENT = "benyuan group risk"
PPM_OF_A_PERCENT, DIGITS = 10_000, 4


def risk(
    body: Where = 0,
    on: On = 0,
    record: Annotated[
        bool, typer.Option("--record", help="Book the readings of today, and what they make owed.")
    ] = False,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """How the ratios that the house limits stand: light, distance, movement, the law's line, what is owed.

        benyuan group risk
        benyuan group risk 2 --on 20260630 --json
        benyuan group risk --record

    Of a body, and of the institution, lender or bureau that keeps its book in this ledger. On the log's last day each
    is reckoned from the books; of an earlier day ratios of bodies are reckoned as they were known then, of others the
    last reading up to it is told. The levels are the house's (set_risk_limit); what can't be reckoned is untold, which
    is no green. Exit code 1 where one is beyond its limit.
    """
    from benyuan.app import open as open_group
    from benyuan.assurance.group.risk import risk_of
    from benyuan.values.errors import BadInput

    if record and on:
        raise BadInput("--on", on, "no day: --record reads as of today")
    if record:
        with open_group(url_that_is(database), keys=keys) as group:
            _record(group, body)
            told = risk_of(group, body)
    else:
        with reading(database) as group:
            told = risk_of(group, body, on=on)
    if as_json:
        say_json(told)
    else:
        _show(told)
    if told.breached:
        raise typer.Exit(FOUND)


def _record(group: "Group", body: int) -> None:
    """A reading of every entity with a limit. Errors: BadInput."""
    from benyuan.assurance.group.risk import limited_under
    from benyuan.decisions.commands import Request
    from benyuan.usecases.risk.record_risk_reading import ReadingFields
    from benyuan.values.errors import BadInput

    commands = [ReadingFields(sort=sort, entity=entity) for sort, entity in limited_under(group, body)]
    requests = [Request(client=CLIENT, key=str(uuid.uuid4()), command=each) for each in commands]
    for answer in group.execute(requests):
        if answer.invalid is not None:
            raise BadInput(answer.invalid.field, answer.invalid.value, answer.invalid.constraint)


def _show(told: "Risk") -> None:
    if not told.lines:
        typer.echo("no limit is set: set_risk_limit")
    columns = (
        *("of", "ratio", "found", "warns", "limit", "light", "distance", "moved", "owner", "read on", "the law's"),
        "owed",
    )
    say_table(
        title=f"Risk limits of the house, {day(told.on)}",
        columns=columns,
        rows=[_row(line) for line in told.lines],
        right=("found", "warns", "limit", "distance", "moved", "owner"),
    )


def _row(line: "RiskLine") -> tuple[str, ...]:
    law = f"{percent(line.law_ppm)}  {line.law}" if line.law_ppm is not None else ""
    return (
        *(line.entity, line.ratio.replace("_", " "), percent(line.value_ppm), percent(line.warning_ppm)),
        f"{'at least' if line.direction == 'least' else 'at most'} {percent(line.limit_ppm)}",
        *(line.light.upper() if line.light == "red" else line.light, percent(line.distance_ppm)),
        *(percent(line.moved_ppm), str(line.owner), day(line.read_on) if line.read_on else "", law),
        ", ".join(f"{kind.replace('_', ' ')} by {day(aim)}" for kind, aim in line.owed),
    )


def percent(ppm: int | None) -> str:
    """Millionths in per cent, four decimals; nothing where there is no figure."""
    if ppm is None:
        return ""
    whole, rest = divmod(abs(ppm), PPM_OF_A_PERCENT)
    return f"{'-' if ppm < 0 else ''}{whole}.{rest:0{DIGITS}d}%"


def losses(body: Where = 0, on: On = 0, database: Database = None, as_json: Json = False) -> None:
    """Losses and near misses: each as it is known, and sums by year and category, gross, made good and net.

        benyuan group losses
        benyuan group losses 2 --on 20261231 --json

    A year is that in which it was found; a near miss is counted and in no sum of losses. Amounts in yuan, with
    --json in fen.
    """
    from benyuan.assurance.group.losses import losses_of

    with reading(database) as group:
        told = losses_of(group, body, on=on)
    if as_json:
        say_json(told)
    else:
        _show_losses(told)


def _show_losses(told: "Losses") -> None:
    sums = [
        (
            *(str(each.year), each.category.replace("_", " "), str(each.losses), yuan(each.gross_fen)),
            *(yuan(each.recovered_fen), yuan(each.net_fen), str(each.near_misses), yuan(each.near_miss_fen)),
        )
        for each in told.sums
    ]
    if not sums:
        typer.echo("no loss is on record")
    say_table(
        title=f"Losses, as known on {day(told.on)}",
        columns=("year", "category", "losses", "gross", "made good", "net", "near misses", "might have cost"),
        rows=sums,
        right=("year", "losses", "gross", "made good", "net", "near misses", "might have cost"),
    )
    events = [
        (
            *(str(each.event), each.entity, each.category.replace("_", " "), each.happened.replace("_", " ")),
            *(each.cause, day(each.happened_on), day(each.found_on), yuan(each.gross_fen), yuan(each.net_fen)),
            *(str(each.changes or ""), yuan(each.step_fen) if each.step_fen else ""),
        )
        for each in told.events
    ]
    steps = ", ".join(yuan(step) for step in told.steps_fen)
    say_table(
        title=f"Events; the house tells the board from {steps}",
        columns=(*("no", "of", "category", "", "cause", "happened", "found", "gross", "net", "changes", "step"),),
        rows=events,
        right=("no", "gross", "net", "changes", "step"),
    )
