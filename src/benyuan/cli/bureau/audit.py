"""`benyuan bureau audit`: the yearly audit pack, on the screen or as files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.files import beside
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import say_json, say_table

if TYPE_CHECKING:
    from benyuan.assurance.bureau.audit import AuditPack


def audit(
    year: Annotated[int, typer.Argument(metavar="YEAR", help="A year in which something was logged, as 2026.")],
    bureau: Annotated[int, typer.Option("--bureau", min=1, metavar="ID", help="Whose pack.")] = 1,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIRECTORY", file_okay=False, help="Write the files there.")
    ] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The pack on which a bureau's yearly audit rests: counts from the log, with the hash that proves it.

        benyuan bureau audit 2026
        benyuan bureau audit 2026 --out pack

    Members, consents, records taken and turned away, answers, refusals by rule and article, own reports, looks of
    staff, objections, complaints, erasures, cases, breaches of duty, the rules in force, and what all this does not
    show. It names nobody. With --out a JSON, a page and two CSV files; the same log gives the same bytes. `benyuan
    verify` proves the log that was counted.
    """
    from benyuan.assurance.bureau.audit import audit_pack
    from benyuan.assurance.bureau.audit_files import audit_files

    with reading(database) as group:
        pack = audit_pack(group, year, bureau=bureau)
    written = write_pack(audit_files(pack), out) if out is not None else []
    if as_json:
        say_json({"pack": pack, "written": written})
        return
    _say(pack)
    for name in written:
        typer.echo(name)


def write_pack(files: dict[str, bytes], out: Path) -> list[str]:
    """The files of a pack into a directory, which is made; their paths."""
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = out.joinpath(name)
        with beside(path) as made:
            made.write_bytes(content)
            made.replace(path)
    return [str(out.joinpath(name)) for name in files]


def _say(pack: "AuditPack") -> None:
    rows = [(each.group, each.name, each.count, each.note) for each in pack.counts]
    title = f"Bureau {pack.bureau} in {pack.year}: log {pack.first_position} to {pack.last_position}"
    say_table(title=title, columns=("of", "what", "count", "article"), rows=rows, right=("count",))
    typer.echo(f"{len(pack.breaches)} breaches of duty, {len(pack.rules)} rules in force")
    typer.echo(f"head of the range {pack.head}")
