"""`benyuan lists`: name lists taken in, and customers screened against them."""

import csv
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.failures import BadFile
from benyuan.cli.options import Database, Json, Keys, url_that_is
from benyuan.cli.output import say_json
from benyuan.cli.teaching import help_of
from benyuan.parties.name_list import NameList

if TYPE_CHECKING:
    from benyuan.engine.group import Group

app = typer.Typer(help="Name lists, and customers screened against them.", no_args_is_help=True)

COLUMNS = ("name", "aliases", "numbers")
CHUNK = 10_000


def take_in(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV with the columns name, aliases, numbers.")],
    name_list: Annotated[NameList, typer.Option("--list", help="Which list it is.")],
    whole: Annotated[bool, typer.Option("--whole", help="Take off the list who is not in the file.")] = False,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Take in a list, or what was added to it, and screen every customer against it at once.

        benyuan lists import united_nations.csv --list united_nations --whole

    Several aliases or numbers have a semicolon between them; only the name is needed. An entry that is there already
    is no second one. A customer whose document is on the list is stopped; one who shares a name becomes a case
    (`benyuan cases --open`). From then on nobody with a listed document is registered. The file is checked as a whole
    before anything is done.
    """
    from benyuan.app import open as open_group

    rows = list(_rows(file))
    began = time.perf_counter()
    with open_group(url_that_is(database), keys=keys) as group:
        entries, new = _list(group, rows, name_list)
        off = _unlist(group, entries, name_list) if whole else 0
        taken = time.perf_counter()
        told = _screen(group)
    seconds = {"seconds": round(taken - began, 2), "screening_seconds": round(time.perf_counter() - taken, 2)}
    _say({"read": len(rows), "new": new, "taken_off": off, **told, **seconds}, as_json=as_json)


def screen_all(database: Database = None, keys: Keys = None, as_json: Json = False) -> None:
    """Screen every customer against every list; a match that is on record already is not recorded again.

    benyuan lists screen
    """
    from benyuan.app import open as open_group

    began = time.perf_counter()
    with open_group(url_that_is(database), keys=keys) as group:
        told = _screen(group)
    _say({**told, "screening_seconds": round(time.perf_counter() - began, 2)}, as_json=as_json)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    """The entries of a file. Errors: BadFile, OSError."""
    from benyuan.parties.lists import EntryFields

    with file.open(encoding="utf-8-sig", newline="") as opened:
        lines = csv.DictReader(opened)
        given = lines.fieldnames or []
        if "name" not in given or set(given) - set(COLUMNS):
            wanted = "name, and maybe aliases and numbers"
            raise BadFile(file=str(file), where="line 1", field="columns", value=",".join(given), constraint=wanted)
        for line in lines:
            row = {name: (line.get(name) or "").strip() for name in COLUMNS}
            fault = EntryFields.personal_fault(row, {})
            if None in line or fault is not None:
                field, constraint = fault or ("line", f"{len(given)} fields")
                value = row.get(field, ",".join(line.get(None) or ()))
                raise BadFile(
                    file=str(file), where=f"line {lines.line_num}", field=field, value=value, constraint=constraint
                )
            yield row


def _list(group: "Group", rows: list[dict[str, str]], name_list: NameList) -> tuple[set[int], int]:
    """The numbers of the entries, and how many of them are new."""
    entries: set[int] = set()
    new = 0
    for first in range(0, len(rows), CHUNK):
        part = rows[first : first + CHUNK]
        columns: dict[str, Any] = {name: [row[name] for row in part] for name in COLUMNS}
        answers = _give(group, "list_name", name_list=[name_list.value] * len(part), **columns)
        entries |= set(answers.results("entry").tolist())
        new += int(answers.results("new").sum())
    return entries - {0}, new


def _unlist(group: "Group", entries: set[int], name_list: NameList) -> int:
    """How many were taken off the list because they are not among these."""
    from benyuan.parties.lists import LIST_ENTRY
    from benyuan.parties.name_list import NAME_LIST_NUMBER

    held = group.records.tables[LIST_ENTRY.name].rows()
    names = ("id", *LIST_ENTRY.columns)
    of_it = (held[:, names.index("list")] == NAME_LIST_NUMBER[name_list.value]) & (
        held[:, names.index("unlisted_on")] == 0
    )
    gone = sorted(set(held[of_it, 0].tolist()) - entries)
    if gone:
        _give(group, "unlist_name", entry=gone, reference=["not in the file of the whole list"] * len(gone))
    return len(gone)


def _give(group: "Group", kind: str, **columns: Any) -> Any:
    count = len(next(iter(columns.values())))
    call = uuid.uuid4()
    return group.execute_columns(
        kind=kind, columns=columns, client="lists", keys=[f"{call}:{place}" for place in range(count)], at=None
    )


def _screen(group: "Group") -> dict[str, int]:
    from benyuan.assurance.screening import screen

    done = screen(group)
    return {name: getattr(done, name) for name in done.__dataclass_fields__}


def _say(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        say_json(told)
        return
    for name, figure in told.items():
        typer.echo(f"{name.replace('_', ' '):18} {figure:>10,}")


app.command("import", help=help_of(take_in))(take_in)
app.command("screen", help=help_of(screen_all))(screen_all)
