"""`benyuan group bods export, import`: ownership as statements of the Beneficial Ownership Data Standard 0.4."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import BAD_INPUT
from benyuan.cli.files import beside, check_out
from benyuan.cli.options import Database, Json, Keys, reading, url_that_is
from benyuan.cli.output import day, say_json, say_table
from benyuan.cli.readers import Login, Operator, ReadBy, ReaderNumber, TaskWord, on_record, task_of
from benyuan.cli.teaching import help_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benyuan.assurance.group.bods.exporting import Exported
    from benyuan.assurance.group.bods.reading import Fault
    from benyuan.engine.group import Group

CLIENT, PUBLISHER = "benyuan group bods", "an installation of benyuan"
SHOWN = 20
app = typer.Typer(help="Ownership as BODS 0.4, out and in.", no_args_is_help=True)


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    on: Annotated[int, typer.Option("--on", metavar="DATE", help="As of this day; the log's last day without it.")] = 0,
    seen: Annotated[int, typer.Option("--seen", metavar="POSITION", min=0, help="As known at this log position.")] = 0,
    publisher: Annotated[str, typer.Option(help="Who publishes; statements' ids go by it.")] = PUBLISHER,
    purpose: Annotated[
        str | None, typer.Option(help="Why names, documents and codes are to be told: the log takes it down first.")
    ] = None,
    task: TaskWord = "",
    reader: ReaderNumber = 0,
    login: Login = None,
    operator: Operator = None,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Bodies, individuals, stakes, powers and posts of a day as statements of BODS 0.4.

        benyuan group bods export ownership.json --on 20260630
        benyuan group bods export ownership.json --purpose "filing 2026-17" --publisher "Lakeside Holding"

    Without --purpose nothing sealed is opened: individuals are numbers, and companies have no codes. Pledges,
    agreements to vote alike and ties of family have no words in the standard; how many were left out is said.
    """
    from benyuan.assurance.group.bods.exporting import exported
    from benyuan.assurance.group.bods.statements import written

    check_out(file, forms=(".json",), option="FILE", database=database)
    by = ReadBy(reader=reader, login=login, operator=operator)
    if purpose is None:
        with reading(database) as group:
            day_of, position = _when(group, on, seen)
            told = exported(group, on=day_of, seen=position, publisher=publisher)
    else:
        told = _disclosed(
            on,
            seen,
            publisher=publisher,
            purpose=purpose,
            task=task_of(task),
            by=by,
            url=url_that_is(database),
            keys=keys,
        )
    statements = told.statements
    with beside(file) as path:
        path.write_bytes(written(statements))
        path.replace(file)
    said = {"file": str(file), "on": told.on, "seen": told.seen, "statements": len(statements)}
    if as_json:
        say_json({**said, "left_out": told.left_out})
        return
    typer.echo(f"{file}: {len(statements):,} statements, {day(told.on)}, as known at position {told.seen:,}")
    for what, count in told.left_out.items():
        typer.echo(f"left out, as the standard has no word for it: {what}, {count:,}")


def _when(group: "Group", on: int, seen: int) -> tuple[int, int]:
    """The day and the position that are meant. Errors: BadInput for no such day."""
    from benyuan.values.dates import from_yyyymmdd, local_day

    day_of = on or local_day(group.last_at)
    from_yyyymmdd(day_of)
    return day_of, seen or group.position


def _disclosed(
    on: int, seen: int, *, publisher: str, purpose: str, task: str, by: ReadBy, url: str, keys: Path | None
) -> "Exported":
    """What is told after the log has taken down who looks and why."""
    from benyuan.app import open as open_group
    from benyuan.assurance.group.bods.exporting import exported, opened_of
    from benyuan.usecases.group.disclose_ownership import DiscloseOwnershipFields

    with open_group(url, keys=keys) as group:
        group.payloads.ready()
        day_of, position = _when(group, on, seen)
        command = DiscloseOwnershipFields(on=day_of, seen=position, purpose=purpose, task=task_of(task), **by.fields())
        on_record(group, command, client=by.client(CLIENT))
        opened = opened_of(group, seen=position)
        return exported(group, on=day_of, seen=position, publisher=publisher, opened=opened)


def take(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An array of statements, or one a line.")],
    known: Annotated[
        list[str] | None,
        typer.Option("--known", metavar="RECORD=BODY", help="A record that is a body of this group; repeatable."),
    ] = None,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Take in statements of BODS 0.4: bodies and individuals registered, stakes, powers and posts recorded.

        benyuan group bods import ownership.json
        benyuan group bods import register.jsonl --known openownership-register-17=5 --json

    The whole file is checked first, and done in one commit or not at all; what can't be kept is named by line and
    field. A statement is taken once, in whatever file it comes again. Bodies are known again by code or document.
    Where an interest tells no day it begins with its statement.
    """
    from benyuan.app import open as open_group
    from benyuan.assurance.group.bods.planning import planned
    from benyuan.assurance.group.bods.reading import read
    from benyuan.assurance.group.bods.taking import NotTaken, take_in

    heap = read(file.read_bytes())
    numbers = _numbers(known or [])
    with open_group(url_that_is(database), keys=keys) as group:
        _check_known(numbers, bodies=group.records.tables["body"].count)
        plan = planned(heap.read, known=numbers)
        faults = sorted([*heap.faults, *plan.faults], key=lambda each: each.line)
        taken = None
        try:
            taken = None if faults else take_in(group, plan, known=numbers)
        except NotTaken as error:
            faults = error.faults
    if faults or taken is None:
        _say_faults(file, faults, as_json=as_json)
        raise typer.Exit(BAD_INPUT)
    counts = {"done": taken.done, "repeated": taken.repeated, "known": taken.known}
    if as_json:
        said = {"not_kept": heap.not_kept, "untold": plan.untold, "bodies": taken.bodies}
        say_json({"file": str(file), "statements": len(heap.read), **counts, **said})
        return
    typer.echo(
        f"{file}: {len(heap.read):,} statements; {taken.done:,} commands done, {taken.repeated:,} were in the log "
        f"already; {taken.known:,} bodies were registered already"
    )
    rows = [("field not kept", what, count) for what, count in sorted(heap.not_kept.items())]
    rows += [("left aside", what, count) for what, count in sorted(plan.untold.items())]
    say_table(title="Not taken", columns=("why", "what", "count"), rows=rows, right=("count",))


def _numbers(known: "Sequence[str]") -> dict[str, int]:
    from benyuan.values.errors import BadInput

    found = {}
    for each in known:
        record, _, number = each.rpartition("=")
        if not record or not number.isascii() or not number.isdigit():
            raise BadInput("--known", each, "a record and a body's number, such as --known openownership-17=5")
        found[record] = int(number)
    return found


def _check_known(numbers: "Mapping[str, int]", *, bodies: int) -> None:
    from benyuan.values.errors import BadInput

    for record, number in numbers.items():
        if not 1 <= number <= bodies:
            raise BadInput("--known", f"{record}={number}", f"a body that is registered, 1 to {bodies}")


def _say_faults(file: Path, faults: "Sequence[Fault]", *, as_json: bool) -> None:
    if as_json:
        import msgspec

        said = {"error": "bad_input", "message": f"{file}: {len(faults)} faults, and nothing was done"}
        typer.echo(json.dumps({**said, "faults": msgspec.to_builtins(list(faults))}, ensure_ascii=False))
        return
    for each in faults[:SHOWN]:
        got = f"got {each.value!r}, expected " if each.value else "expected "
        typer.echo(f"{file.name}, line {each.line}: {each.field}: {got}{each.constraint}", err=True)
    more = f"; {len(faults) - SHOWN:,} more" if len(faults) > SHOWN else ""
    typer.echo(f"{len(faults):,} faults{more}: nothing was done", err=True)


for name, command in (("export", export), ("import", take)):
    app.command(name=name, help=help_of(command))(command)
