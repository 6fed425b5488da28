"""`benyuan run`: a file of commands taken in, a chunk a commit, in a way that can be killed and run again.

The whole file is read and checked before anything is done. Every command has a key: that of its line, or the line's
number; and a client: that of its line, or "file" if the line brings its key, or the SHA-256 of the file. So the same
file run again gets the earlier answers for what is in the log, and only the rest is done; and a line that brings its
key is done once, in whatever file it comes again.
"""

import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.failures import FOUND, BadFile
from benyuan.cli.options import Database, Json, Language, Spoken, url_that_is
from benyuan.cli.output import moment, progress_bar, say_json, say_table

if TYPE_CHECKING:
    from benyuan.cli.inputs.rows import Whose
    from benyuan.cli.outcomes import Outcomes

CHUNK = 8_000
RATED = 1_000
"""From so many commands on a rate says something of the group, and not of how long it took to start."""
FILE = "file"
"""Whose a key is that a line brings without saying whose: the same in all files, so that a file may grow."""


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that ends in .jsonl, .csv or .parquet.")],
    kind: Annotated[str | None, typer.Option(help="The kind of all commands, where no column says it.")] = None,
    client: Annotated[
        str | None,
        typer.Option(
            help="Whose keys these are, where no column says it. Else keys that lines bring are those of `file`, and "
            "line numbers those of this file's SHA-256."
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write every answer here, as JSON lines.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit code 1 if any was refused or invalid.")] = False,
    ahead: Annotated[bool, typer.Option("--ahead", help="Take times that lie after now.")] = False,
    chunk: Annotated[int, typer.Option(min=1, help="Commands a commit.")] = CHUNK,
    language: Spoken = Language.en,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Take in a file of commands.

        benyuan run day.jsonl
        benyuan run payments.csv --kind pay --out answers.jsonl
        benyuan run payments.parquet --kind pay --strict --json

    A line of day.jsonl:

        {"kind":"pay","key":"k1","at":"2026-05-01T09:00:00+08:00","payer":1,"merchant":1,"amount_fen":3000,
         "channel":"static_code","authentication":"one_kind"}

    Columns are named as the command's fields (docs/reference/commands.md); `key`, `client` and `at` may come beside.
    In JSON and Parquet a number is a number and a text a text (a `key` may be either); CSV knows texts only.
    The file is checked as a whole first: a line that can't be read stops it before anything is done. If it is killed
    on the way, run it again: what is in the log is answered from there, and nothing is done twice. A line with a `key`
    is done once, also if it comes again in another file, and the key is refused if another command had it. Lines
    without keys are done again when anything in the file was changed: it is another file then.

    Without `at` a command has the time at which it is taken in. Time never goes back in a log: after a command of
    today none of last month can follow, and a time after now would keep all others out, so it needs --ahead.
    """
    from benyuan.cli.inputs.files import digest_of
    from benyuan.cli.inputs.rows import Whose

    total = _checked(file, kind=kind, chunk=chunk, ahead=ahead)
    url = url_that_is(database)
    _check_out(out, file=file, database=url)
    began = time.perf_counter()
    outcomes = _take_in(
        file, kind=kind, whose=Whose(client or FILE, client or digest_of(file)), out=out, chunk=chunk, url=url,
        total=total, quiet=as_json,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    if as_json:
        say_json({"file": str(file), "seconds": round(seconds, 3), **outcomes.summary()})
    else:
        _say(outcomes, file=file, language=language, seconds=seconds)
    if strict and not outcomes.all_accepted:
        raise typer.Exit(FOUND)


def _checked(file: Path, *, kind: str | None, chunk: int, ahead: bool) -> int:
    """How many commands the file has, all of it read and checked. Errors: BadFile, OSError."""
    from benyuan.cli.inputs.files import read_commands
    from benyuan.engine.group import system_clock

    total, now = 0, system_clock()
    for runs in read_commands(file, kind=kind, chunk=chunk):
        for run_read in runs:
            total += len(run_read)
            if not ahead and run_read.at is not None and int(run_read.at.max()) > now:
                place = int((run_read.at > now).argmax())
                raise BadFile(
                    file=file.name,
                    where=f"line {run_read.lines[place]}",
                    field="at",
                    value=moment(int(run_read.at[place])),
                    constraint=f"a time not after now, {moment(now)}; --ahead takes it all the same",
                )
    if total == 0:
        raise BadFile(file=file.name, where="", field="file", value="no commands", constraint="at least one")
    return total


def _check_out(out: Path | None, *, file: Path, database: str) -> None:
    from benyuan.app import path_of

    if out is not None and out.resolve() in (file.resolve(), Path(path_of(database)).resolve()):
        raise BadFile(file=out.name, where="", field="--out", value=str(out), constraint="another file than is read")


def _take_in(
    file: Path,
    *,
    kind: str | None,
    whose: "Whose",
    out: Path | None,
    chunk: int,
    url: str,
    total: int,
    quiet: bool,
) -> "Outcomes":
    from benyuan.app import open as open_group
    from benyuan.cli.inputs.files import read_commands
    from benyuan.cli.outcomes import Outcomes
    from benyuan.cli.taking import take

    outcomes = Outcomes(whose=whose)
    with open_group(url) as group, _written(out) as answers, progress_bar(shown=not quiet) as bar:
        task = bar.add_task(file.name, total=total)
        try:
            for runs in read_commands(file, kind=kind, chunk=chunk):
                for run_taken, taken in take(group, runs, whose=whose):
                    outcomes.add(run_taken, taken.answers, known_before=taken.known_before)
                    if answers is not None:
                        outcomes.write(answers, run_taken, taken.answers)
                    bar.advance(task, len(run_taken))
        except KeyboardInterrupt:
            done = f"{sum(outcomes.counts.values()):,} of {total:,} commands are answered and in the log"
            typer.echo(f"{done}; run the same file again, and the rest is done", err=True)
            raise
    return outcomes


class _written:  # noqa: N801  used as a statement
    """The file for the answers, if one is wanted."""

    def __init__(self, path: Path | None) -> None:
        self._file: IO[bytes] | None = path.open("wb") if path else None

    def __enter__(self) -> IO[bytes] | None:
        return self._file

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()


def _say(outcomes: "Outcomes", *, file: Path, language: Language, seconds: float) -> None:
    summary: dict[str, Any] = outcomes.summary()
    rate = f", {summary['commands'] / max(seconds, 1e-9):,.0f} a second" if summary["commands"] >= RATED else ""
    typer.echo(
        f"{file}: {summary['commands']:,} commands, {summary['accepted']:,} accepted, {summary['refused']:,} refused, "
        f"{summary['invalid']:,} invalid; {summary['repeated']:,} were in the log already  "
        f"({seconds:.1f} s{rate})"
    )
    title = "title_zh" if language is Language.zh else "title_en"
    say_table(
        title="Refused",
        columns=("rule", "what", "article", "text", "count", "first ID"),
        rows=[
            (row["rule_id"], row[title], row["article"], row["status"], row["count"], str(row["first_position"]))
            for row in summary["refused_by_rule"]
        ],
        right=("count", "first ID"),
    )
    if summary["refused"]:
        typer.echo("`benyuan why ID`, with an ID of the last column, shows every check that the command met.")
    say_table(
        title="Invalid",
        columns=("field", "constraint", "count", "first lines", "value"),
        rows=[
            (row["field"], row["constraint"], row["count"], ", ".join(map(str, row["lines"])), row["value"])
            for row in summary["invalid_by_field"]
        ],
        right=("count",),
    )
