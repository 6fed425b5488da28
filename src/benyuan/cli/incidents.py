"""`benyuan incidents`: incidents with class and deadlines, matters reported before, and what of it is late."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.options import Database, Json, instant, reading
from benyuan.cli.output import day, moment, say_json, say_table

if TYPE_CHECKING:
    from benyuan.engine.group import Group

FIGURES = {
    "records": "records",
    "customers": "customers",
    "outage": "outage_minutes",
    "transactions": "transactions",
    "reserve": "reserve_misused",
    "publicity": "publicity",
    "involved": "involved_fen",
}
"""For each reason that is a figure, the field of the command that holds it."""


def incidents(
    at: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="As of this time, such as 2026-05-01T09:00+08:00; without it that of the last command."
        ),
    ] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Incidents: class, what gave it, when its reports are due, and what of them is done, late or overdue.

        benyuan incidents
        benyuan incidents --at 2026-05-01T09:00+08:00 --json

    `record_incident` puts one on record, `update_incident` tells figures that have grown, `report_incident` says that
    the first report is made, `file_duty` with the number under "written" that the report in writing is. What
    `resolve_incident` says is dealt with, and the last report on it, stands in a table of its own; so do matters that
    `report_plan` reported before. Exit code 1 where a report is overdue. Times are those of China; in JSON
    microseconds since 1970 UTC.
    """
    with reading(database) as group:
        now = group.last_at if at is None else instant(at)
        found, plans = incident_rows(group, now=now), plan_rows(group, now=now)
    if as_json:
        say_json({"at": now, "incidents": found, "prior_reports": plans})
    else:
        _show(found, plans, now=now)
    if any(row["overdue"] for row in found):
        raise typer.Exit(1)


def incident_rows(group: "Group", *, now: int) -> list[dict[str, Any]]:
    """Every incident that was on record at an instant, in order of its number, in words, with what was done by then."""
    from benyuan.payments.vocabulary import IncidentKind
    from benyuan.values.dates import local_day

    kinds = list(IncidentKind)
    held, duties = group.records.tables["incident"], group.records.tables["duty"]
    today = local_day(now)
    found = []
    for number in range(1, held.count + 1):
        row = {name: int(held.column(name)[number]) for name in held.table.columns}
        if row["recorded_at"] > now:
            continue
        due_at, written = row["due_at"], row["written_duty"]
        reported_at = row["reported_at"] if row["reported_at"] <= now else 0
        due_on, done_on = (int(duties.column(name)[written]) if written else 0 for name in ("due_on", "done_on"))
        done_on = done_on if done_on <= today else 0
        resolved, final = (row[name] if row["resolved_on"] <= today else 0 for name in ("resolved_on", "final_duty"))
        final_due, final_done = (int(duties.column(name)[final]) if final else 0 for name in ("due_on", "done_on"))
        final_done = final_done if final_done <= today else 0
        overdue = {
            "final": bool(final and not final_done and today > final_due),
            "first": bool(due_at and not reported_at and now > due_at),
            "written": bool(written and not done_on and today > due_on),
        }
        found.append(
            {
                "incident": number,
                **row,
                "kind": kinds[row["kind"] - 1].value,
                "reported_at": reported_at,
                "reasons": _reasons(group, row),
                "written_due_on": due_on,
                "written_done_on": done_on,
                "resolved_on": resolved,
                "final_due_on": final_due,
                "final_done_on": final_done,
                "late": [
                    *(["first"] if reported_at > due_at > 0 else []),
                    *(["written"] if done_on > due_on > 0 else []),
                    *(["final"] if final_done > final_due > 0 else []),
                ],
                "overdue": [name for name, holds in overdue.items() if holds],
            }
        )
    return found


def _reasons(group: "Group", row: dict[str, int]) -> dict[str, int | str | bool]:
    """What gave the incident its class: each reason with its figure, the newest one that there is."""
    from benyuan.engine.codec import item_of
    from benyuan.payments.vocabulary import IncidentReason

    found: dict[str, int | str | bool] = {}
    for position in (row["position"], row["updated"]):
        opened = group.reader.at_position(position or row["position"])
        place = (position or row["position"]) - opened.block.first_position
        for reason in IncidentReason(row["reasons"]):
            name = reason.name or ""
            column = opened.body["columns"].get(FIGURES.get(name, "kind_of_incident"))
            if column is not None:
                found[name] = item_of(column, place) or found.get(name, 0)
    return found


def plan_rows(group: "Group", *, now: int) -> list[dict[str, Any]]:
    """Every matter that had been reported by the day of an instant, in order of its number, in words."""
    from benyuan.payments.vocabulary import Matter
    from benyuan.values.dates import local_day

    matters, held = list(Matter), group.records.tables["prior_report"]
    found = []
    for number in range(1, held.count + 1):
        row = {name: int(held.column(name)[number]) for name in held.table.columns}
        if row["reported_on"] > local_day(now):
            continue
        words = {"matter": matters[row["matter"] - 1].value, "required": bool(row["required"])}
        found.append({"prior_report": number, **row, **words})
    return found


def _state(row: dict[str, Any], name: str, done: str) -> str:
    """One report in words: when it was made, or that it is open."""
    if name in row["overdue"]:
        return "OVERDUE"
    return f"{done}, late" if name in row["late"] else done


def _why(reasons: dict[str, Any]) -> str:
    return ", ".join(
        name if name == "kind" or item is True else f"{FIGURES[name].replace('_', ' ')} {item:,}"
        for name, item in reasons.items()
    )


def _show(found: list[dict[str, Any]], plans: list[dict[str, Any]], *, now: int) -> None:
    rows = [
        (
            str(row["incident"]),
            row["kind"].replace("_", " "),
            str(row["class"] or ""),
            _why(row["reasons"]),
            moment(row["occurred_at"]),
            moment(row["due_at"]) if row["due_at"] else "",
            _state(row, "first", moment(row["reported_at"]) if row["reported_at"] else ""),
            str(row["written_duty"] or ""),
            day(row["written_due_on"]),
            _state(row, "written", day(row["written_done_on"])),
        )
        for row in found
    ]
    columns = ("incident", "what", "class", "why", "happened", "due", "reported", "written", "due on", "filed")
    if now:
        title = f"Incidents, as of {moment(now)}"
        say_table(title=title, columns=columns, rows=rows, right=("incident", "written"))
    if not rows:
        typer.echo("no incidents")
    _show_resolved([row for row in found if row["resolved_on"]])
    shown = [
        (
            str(plan["prior_report"]),
            plan["matter"].replace("_", " "),
            day(plan["reported_on"]),
            day(plan["takes_effect_on"]),
            "yes" if plan["required"] else "no",
        )
        for plan in plans
    ]
    headings = ("report", "matter", "reported", "takes effect", "asked for by a rule")
    say_table(title="Matters reported before", columns=headings, rows=shown, right=("report",))


def _show_resolved(found: list[dict[str, Any]]) -> None:
    """Incidents that have been dealt with, and the last report on each."""
    rows = [
        (
            *(str(row["incident"]), day(row["resolved_on"]), str(row["final_duty"]), day(row["final_due_on"])),
            _state(row, "final", day(row["final_done_on"])),
        )
        for row in found
    ]
    if rows:
        columns = ("incident", "dealt with", "last report", "due on", "filed")
        say_table(title="Dealt with", columns=columns, rows=rows, right=("incident", "last report"))
