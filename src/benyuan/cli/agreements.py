"""`benyuan agreements`: versions of the agreement with users, from when, and how many customers are on which."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, say_json, say_table

if TYPE_CHECKING:
    from benyuan.engine.group import Group

USERS = {"person": "people", "merchant": "merchants"}


def agreements(
    on: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="As of this day, YYYY-MM-DD; without it that of the last command."),
    ] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Versions of the agreement with users: from when, and how many people and merchants each holds for.

        benyuan agreements
        benyuan agreements --on 2026-06-01 --json

    `publish_agreement` publishes a version, `accept_agreement` records that a user agrees to it. A user who has not
    agreed to a new version keeps the one agreed to before. `consult_users` records that users were asked about a
    change, without which none is published. Version 0 counts those who have agreed to none yet.
    """
    with reading(database) as group:
        today = _day(group, on)
        rows = agreement_rows(group, on=today)
        asked = consultation_rows(group, on=today)
    if as_json:
        say_json({"on": today, "agreements": rows, "consultations": asked})
        return
    _show_consultations(asked)
    if not rows:
        typer.echo("no agreements")
        return
    shown = [
        (
            str(row["institution"]),
            str(row["version"]) if row["version"] else "none",
            day(row["published_on"]),
            day(row["from_date"]),
            "yes" if row["in_force"] else "",
            str(row["people"]),
            str(row["merchants"]),
            row["digest"][:12],
        )
        for row in rows
    ]
    columns = ("institution", "version", "published", "from", "in force", "people", "merchants", "text")
    right = ("institution", "version", "people", "merchants")
    say_table(title=f"Agreements on {day(today)}", columns=columns, rows=shown, right=right)


def agreement_rows(group: "Group", *, on: int) -> list[dict[str, Any]]:
    """Every version published by a day, by institution, each with how many customers it holds for on that day."""
    found: list[dict[str, Any]] = []
    counts = {word: _holding(group, user, on=on) for user, word in USERS.items()}
    held, offered = group.records.tables["agreement"], _offered(group, on=on)
    for version in range(1, held.count + 1):
        row = {name: int(held.column(name)[version]) for name in held.table.columns}
        if row["published_on"] > on:
            continue
        opened = group.reader.at_position(row.pop("position"))
        place = int(held.column("position")[version]) - opened.block.first_position
        words = {"digest": _item(opened.body["columns"]["digest"], place), "in_force": version in offered}
        users = {word: count.get((row["institution"], version), 0) for word, count in counts.items()}
        found.append({"version": version, **row, **words, **users})
    for institution in sorted({row["institution"] for row in found}):
        users = {word: count.get((institution, 0), 0) for word, count in counts.items()}
        nothing = {"published_on": 0, "from_date": 0, "digest": "", "in_force": False}
        found.append({"version": 0, "institution": institution, **nothing, **users})
    return sorted(found, key=lambda row: (row["institution"], row["version"] or held.count + 1))


def consultation_rows(group: "Group", *, on: int) -> list[dict[str, Any]]:
    """Every consultation of users that was over by a day, and the version that came of it, if any."""
    held = group.records.tables["consultation"]
    numbers = [number for number in range(1, held.count + 1) if held.column("ended_on")[number] <= on]
    return [
        {"consultation": number, **{name: int(held.column(name)[number]) for name in held.table.columns}}
        for number in numbers
    ]


def _show_consultations(asked: list[dict[str, Any]]) -> None:
    shown = [
        (
            *(str(row["consultation"]), str(row["institution"]), day(row["began_on"]), day(row["ended_on"])),
            *(f"{row['answers']:,}", str(row["version"] or "")),
        )
        for row in asked
    ]
    if shown:
        columns = ("consultation", "institution", "from", "to", "answers", "version")
        say_table(title="Users asked", columns=columns, rows=shown, right=("consultation", "institution", "answers"))


def _offered(group: "Group", *, on: int) -> set[int]:
    """The versions that are in force on a day."""
    latest = _latest(group, "agreement_in_force", on=on)
    return set(latest.values())


def _latest(group: "Group", name: str, *, on: int) -> dict[int, int]:
    """For each owner of a dated table the version that holds on a day."""
    held = group.records.tables[name]
    columns = [held.column(each)[1:].tolist() for each in ("from_date", "owner", "version")]
    begun = [row for row in zip(*columns, strict=True) if row[0] <= on]
    return {owner: version for _, owner, version in sorted(begun, key=lambda row: row[0])}


def _holding(group: "Group", user: str, *, on: int) -> dict[tuple[int, int], int]:
    """How many customers of an institution a version holds for; version 0: those who have agreed to none."""
    users, agreed = group.records.tables[user], _latest(group, f"{user}_agreement", on=on)
    homes, since = users.column("institution").tolist(), users.column("registered_on").tolist()
    counts: dict[tuple[int, int], int] = {}
    for number in range(1, users.count + 1):
        if since[number] <= on:
            key = (homes[number], agreed.get(number, 0))
            counts[key] = counts.get(key, 0) + 1
    return counts


def _item(column: Any, place: int) -> str:
    from benyuan.engine.codec import item_of

    return str(item_of(column, place))


def _day(group: "Group", text: str | None) -> int:
    """The day that is asked for, or that of the last command. Errors: BadInput."""
    from benyuan.values.dates import local_day, parse_yyyymmdd

    return local_day(group.last_at) if text is None else parse_yyyymmdd(text)
