"""`benyuan reserve`: the return on the reserve of a month and whether it was filed; net worth and capital."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.files import beside, check_out
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day as shown_day
from benyuan.cli.output import say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.floors import CapitalFloor, NetWorthFloor
    from benyuan.assurance.reserve import MonthlyReturn
    from benyuan.engine.group import Group

NOT_YET = "arises when the last day of the month is closed"
OF_A_DAY = {
    "wallets_fen": "wallets",
    "merchants_fen": "merchants",
    "own_fen": "own money",
    "fees_fen": "fees",
    "reserve_fen": "reserve",
    "statement_fen": "statement",
    "difference_fen": "difference",
    "shortfall_fen": "missing",
}


def reserve(
    month: Annotated[
        int | None, typer.Argument(metavar="MONTH", help="As yyyymm; without it the month of the last closed day.")
    ] = None,
    institution: Annotated[int, typer.Option("--institution", min=1, metavar="ID", help="Whose reserve.")] = 1,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the days as a .csv besides, sums in fen.")
    ] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The return on the reserve of a month: balance at the end of each day, their mean, days missing, differences.

        benyuan reserve
        benyuan reserve 202604 --csv april.csv

    The mean is that of the reserve by the book over the days that are closed, rounded up to the whole fen. The return
    is a duty since the close of the month's last day; `file_duty` with its number says that it is filed.

    Net worth and capital stand beside their floors as on the month's last closed day (`record_net_worth`,
    `record_capital`). Exit code 1 where the statement differs from the book, customers' money is missing, or either is
    below its floor. Figures in yuan, with --json in fen.
    """
    check_out(csv_file, forms=(".csv",), option="--csv", database=database)
    with reading(database) as group:
        made = _return_of(group, institution, month)
        duty = _duty_of(group, made)
        worth, capital = _net_worth_of(group, made), _capital_of(group, made)
    if csv_file is not None:
        _write_days(csv_file, made)
    if as_json:
        import msgspec

        floors = {"net_worth": msgspec.to_builtins(worth), "capital": msgspec.to_builtins(capital)}
        say_json({**msgspec.to_builtins(made), "duty": duty, **floors})
    else:
        _show(made, duty)
        say_table(title="Net worth", columns=("", "value"), rows=_worth_lines(worth), right=("value",))
        say_table(title="Registered capital", columns=("", "value"), rows=_capital_lines(capital), right=("value",))
    below = any((floor.headroom_fen or 0) < 0 for floor in (worth, capital))
    if made.days_with_difference or made.days_short or below:
        raise typer.Exit(1)


def _return_of(group: "Group", institution: int, month: int | None) -> "MonthlyReturn":
    """Errors: NotFound; BadInput for no such month."""
    from benyuan.assurance.reserve import monthly_return

    if institution > group.records.tables["institution"].count:
        raise NotFound(f"no institution {institution}")
    held = group.records.tables["closed_day"]
    columns = {name: held.column(name) for name in held.table.columns}
    dates = columns["date"][columns["institution"] == institution]
    if len(dates) == 0:
        raise NotFound(f"no day of institution {institution} is closed; `close_day` closes one")
    asked = month if month is not None else int(dates.max()) // 100
    made = monthly_return(columns, institution=institution, month=asked)
    if made is None:
        raise NotFound(f"no day of {asked} of institution {institution} is closed")
    return made


def _duty_of(group: "Group", made: "MonthlyReturn") -> dict[str, Any] | None:
    """The duty of the return; None where it has not arisen."""
    import numpy as np

    from benyuan.payments.vocabulary import DutyKind
    from benyuan.values.dates import local_day

    held = group.records.tables["duty"]
    wanted = (held.column("kind") == DutyKind.reserve_return) & (held.column("arose_on") == made.last_day)
    wanted &= held.column("institution") == made.institution
    for number in np.flatnonzero(wanted).tolist():
        due, done = int(held.column("due_on")[number]), int(held.column("done_on")[number])
        late = (done or local_day(group.last_at)) > due
        state = ("filed late" if late else "filed") if done else ("overdue" if late else "open")
        return {"duty": number, "state": state, "due_on": due, "done_on": done}
    return None


def _net_worth_of(group: "Group", made: "MonthlyReturn") -> "NetWorthFloor":
    """At the end of the month's last closed day."""
    from benyuan.assurance.floors import net_worth_floor

    on = made.days[-1].date
    held = group.records.tables["closed_day"]
    mine = held.column("institution") == made.institution
    return net_worth_floor(
        recorded=_recorded(group, "institution_net_worth", made.institution, on),
        dates=held.column("date")[mine],
        balances_fen=held.column("reserve_fen")[mine],
        rules=group.regime.pack,
        on=on,
    )


def _capital_of(group: "Group", made: "MonthlyReturn") -> "CapitalFloor":
    """At the end of the month's last closed day."""
    from benyuan.assurance.floors import capital_floor

    on = made.days[-1].date
    standing = _recorded(group, "institution_standing", made.institution, on)
    return capital_floor(
        recorded=_recorded(group, "institution_capital", made.institution, on),
        licences=standing["licences"] if standing else 0,
        rules=group.regime.pack,
        on=on,
    )


def _recorded(group: "Group", table: str, institution: int, on: int) -> dict[str, int] | None:
    """The row of a dated table that counts on a day."""
    import numpy as np

    found = group.records.look_up(group.records.tables[table].table, np.array([institution]), on=on)
    return {name: int(column[0]) for name, column in found.items()} if found["found"][0] else None


def _write_days(out: Path, made: "MonthlyReturn") -> None:
    """Every closed day of the month, dates as yyyymmdd, sums in fen."""
    from benyuan.assurance.reserve import Day

    with beside(out) as path:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(Day.__struct_fields__)
            writer.writerows([getattr(day, name) for name in Day.__struct_fields__] for day in made.days)
        path.replace(out)


# -------------------------------------------------------------------------------------------------- the screen


def _show(made: "MonthlyReturn", duty: dict[str, Any] | None) -> None:
    days = [(shown_day(day.date), *(yuan(getattr(day, name)) for name in OF_A_DAY)) for day in made.days]
    columns = ("day", *OF_A_DAY.values())
    title = f"Institution {made.institution}, {_month(made.month)}: ends of days, in yuan"
    say_table(title=title, columns=columns, rows=days, right=columns[1:])
    say_table(title="The month", columns=("", "value"), rows=_lines(made, duty), right=("value",))


def _lines(made: "MonthlyReturn", duty: dict[str, Any] | None) -> list[tuple[str, str]]:
    missing = ", ".join(_stretch(first, last) for first, last in made.missing)
    lines = [
        ("days closed", str(made.days_closed)),
        ("days missing", f"{made.days_missing}: {missing}" if missing else "0"),
        ("mean reserve of the closed days", yuan(made.mean_fen)),
        ("reserve at the end of the month", "not closed yet" if made.end_fen is None else yuan(made.end_fen)),
        ("days on which statement and book differ", str(made.days_with_difference)),
        ("largest difference: statement less book", yuan(made.largest_difference_fen)),
        ("days on which customers' money is missing", str(made.days_short)),
        ("most that is missing", yuan(made.largest_shortfall_fen)),
    ]
    return [*lines, ("return", _duty_line(duty))]


def _worth_lines(worth: "NetWorthFloor") -> list[tuple[str, str]]:
    of = "" if worth.year_end is None else f", accounts of {shown_day(worth.year_end)}"
    over = "" if worth.mean_from is None else f", {_stretch(worth.mean_from, worth.mean_to or 0)}"
    whole = "" if worth.whole_year or not over else ", no whole year yet"
    lines = [
        (f"net worth{of}{', not of the year before' if worth.stale else ''}", _sum(worth.net_worth_fen)),
        (f"mean reserve{over}{whole}", _sum(worth.mean_fen, none="no day closed")),
        ("least net worth", _sum(worth.floor_fen, none="no rule in force")),
    ]
    return lines if worth.headroom_fen is None else [*lines, ("headroom", yuan(worth.headroom_fen))]


def _capital_lines(capital: "CapitalFloor") -> list[tuple[str, str]]:
    of = ", ".join(capital.licences) or "no licence"
    unknown = ", ".join(name.removesuffix("_provinces") for name in capital.area_unknown)
    none = f"area of {unknown} not recorded" if unknown else "no rule in force"
    lines = [("paid in", _sum(capital.paid_in_fen)), (f"least, for {of}", _sum(capital.least_fen, none=none))]
    return lines if capital.headroom_fen is None else [*lines, ("headroom", yuan(capital.headroom_fen))]


def _sum(fen: int | None, *, none: str = "not recorded") -> str:
    return none if fen is None else yuan(fen)


def _duty_line(duty: dict[str, Any] | None) -> str:
    if duty is None:
        return NOT_YET
    done = f" on {shown_day(duty['done_on'])}" if duty["done_on"] else ""
    return f"duty {duty['duty']}, {duty['state']}{done}, due on {shown_day(duty['due_on'])}"


def _month(yyyymm: int) -> str:
    return shown_day(yyyymm * 100 + 1)[:7]


def _stretch(first: int, last: int) -> str:
    return shown_day(first) if first == last else f"{shown_day(first)} to {shown_day(last)}"
