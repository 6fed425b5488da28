"""`benyuan disclosure`: what is to be made public of a year, and whether it was."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.disclosure import Disclosure
    from benyuan.engine.group import Group

OF_YEAR = 10_000
HUNDREDTHS = 100


def disclosure(
    year: Annotated[
        int | None, typer.Argument(metavar="YEAR", help="The year; without it that of the log's end.")
    ] = None,
    institution: Annotated[int, typer.Option("--institution", min=1, metavar="ID", help="Whose year.")] = 1,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Risk events, losses, disputes and the risk provision of a year: to be made public by 31 January.

        benyuan disclosure 2026
        benyuan disclosure --json

    The duty arises with the close of 31 December; `file_duty` with its number says that it was published. Disputes
    stand for complaints here. Figures in yuan, with --json in fen; shares and days with two decimals, in hundredths.
    """
    from benyuan.assurance.disclosure import disclosure_of
    from benyuan.values.dates import local_day

    with reading(database) as group:
        if institution > group.records.tables["institution"].count:
            raise NotFound(f"no institution {institution}")
        asked = year if year is not None else local_day(group.last_at) // OF_YEAR
        made = disclosure_of(group, institution=institution, year=asked)
        duty = _duty(group, made)
    if as_json:
        import msgspec

        say_json({**msgspec.to_builtins(made), "duty": duty})
        return
    _show(made, duty)


def _duty(group: "Group", made: "Disclosure") -> dict[str, Any] | None:
    """The duty of the year; None where it has not arisen."""
    import numpy as np

    from benyuan.payments.vocabulary import DutyKind

    held = group.records.tables["duty"]
    wanted = (held.column("kind") == DutyKind.loss_disclosure) & (held.column("institution") == made.institution)
    for number in np.flatnonzero(wanted & (held.column("arose_on") // OF_YEAR == made.year)).tolist():
        return {"duty": number, **{name: int(held.column(name)[number]) for name in ("due_on", "done_on")}}
    return None


def _show(made: "Disclosure", duty: dict[str, Any] | None) -> None:
    provision, disputes = made.provision, made.disputes
    lines = [
        ("risk events", str(made.incidents)),
        *((f"– {kind.replace('_', ' ')}", str(count)) for kind, count in made.incidents_by_kind.items()),
        ("losses made good", str(made.losses)),
        ("– advanced after disputes", yuan(made.advanced_fen)),
        ("– compensation credited", yuan(made.compensated_fen)),
        ("recovered from merchants", yuan(made.recovered_fen)),
    ]
    kept = [
        ("opening", yuan(provision.opening_fen)),
        ("set aside", yuan(provision.set_aside_fen)),
        ("filled by recoveries", yuan(provision.recovered_fen)),
        ("released", yuan(provision.released_fen)),
        ("used", yuan(provision.used_fen)),
        ("closing", yuan(provision.closing_fen)),
    ]
    handled = [
        ("opened", str(disputes.opened)),
        *((f"– {reason.replace('_', ' ')}", str(count)) for reason, count in disputes.by_reason.items()),
        ("decided", f"{disputes.decided}, {_decimals(disputes.decided_share_hundredths)}%"),
        ("days to the decision, on average", _decimals(disputes.mean_days_hundredths)),
        ("days to the decision, at the most", str(disputes.longest_days)),
        ("for the customer", f"{disputes.for_customer}, {yuan(disputes.for_customer_fen)}"),
    ]
    title = f"Institution {made.institution}, {made.year}"
    for name, rows in ((title, lines), ("Risk provision", kept), ("Disputes", handled)):
        say_table(title=name, columns=("", "value"), rows=rows, right=("value",))
    if duty is None:
        typer.echo("to be made public by 31 January; the duty arises when 31 December is closed")
    else:
        done = f"published on {day(duty['done_on'])}" if duty["done_on"] else "not published yet"
        typer.echo(f"duty {duty['duty']}, due on {day(duty['due_on'])}: {done}")


def _decimals(hundredths: int) -> str:
    return f"{hundredths // HUNDREDTHS}.{hundredths % HUNDREDTHS:02d}"
