"""The reference pages written from the code: `python -m benyuan.cli.reference` in the repository's root.

Writes docs/reference/cli.md, commands.md, rules.md, rights.md, governed.md and layouts.json, or the same into a
directory that is named. Layouts are only ever added: where one is another than was stated, nothing is written of them.
"""

import inspect
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import typer

from benyuan.cli.application import app
from benyuan.cli.governed import governed_page
from benyuan.cli.inputs.fields import Field, all_kinds, command_of, fields_of
from benyuan.cli.meanings import meaning
from benyuan.cli.rights import rights_page
from benyuan.cli.teaching import AS_IT_STANDS
from benyuan.rules import load_pack
from benyuan.rules.reference import reference
from benyuan.storage.stated import broken, read_stated, stated, written
from benyuan.usecases import USE_CASES

DIRECTORY = Path("docs/reference")
LAYOUTS = "layouts.json"
AS_OF = 2026_11_28  # tidy: number the day as of which the rights are mapped
ANSWERS = """## Answers

Every command has an answer, in Python and as a line of `benyuan run --out`: `position`, its place in the log, which is
the ID that `benyuan why` takes; `outcome`; `at`; and `repeated`, true where the same client and key had
this answer already.

| outcome | meaning |
|---|---|
| `accepted` | Done; `results` says what came of it. |
| `refused` | A rule refuses it; `refusal` names rule, article, limit, used, asked and left. Nothing moved. |
| `invalid` | Bad input: `invalid` names field, value and constraint. It stands in the log, and nothing moved. |
| `unlogged` | It can't stand in the log (no key, another's key, a time that goes back); `position` is 0. |"""
WRITTEN = "Written by `python -m benyuan.cli.reference`; don't edit."


def pages() -> dict[str, str]:
    """Every page by its file's name."""
    pack = load_pack()
    pages = {"cli.md": cli_page(), "commands.md": commands_page(), "rules.md": reference(pack)}
    return {**pages, "rights.md": rights_page(pack, on=AS_OF), "governed.md": governed_page(pack)}


def cli_page() -> str:
    """The command line: a heading for every command, its help, its arguments and options."""
    root = typer.main.get_command(app)
    parts = [f"# Command line\n\n{WRITTEN}", _prose(root.help or "")]
    parts += [_command(name, command) for name, command in _commands(root, "benyuan")]
    return "\n\n".join(parts) + "\n"


def _commands(group: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


def _command(name: str, command: Any) -> str:
    arguments = [each.metavar for each in command.params if each.param_type_name == "argument"]
    rows = [_parameter(command, each) for each in command.params if each.name != "help"]
    table = _table(("argument or option", "meaning"), rows) if rows else ""
    heading = f"## `{' '.join((name, *arguments))}`"
    return "\n\n".join(part for part in (heading, _prose(command.help or ""), table) if part)


def _parameter(command: Any, parameter: Any) -> tuple[str, str]:
    """A row of the table, in the words of the command's own help."""
    usage, said = parameter.get_help_record(typer.Context(command))
    name = parameter.metavar if parameter.param_type_name == "argument" else usage
    return f"`{name}`".replace("|", "\\|"), said.replace("|", "\\|")


def _prose(text: str) -> str:
    """Help text as Markdown: examples as code."""
    parts = []
    for part in inspect.cleandoc(text).split("\n\n"):
        if part.startswith(AS_IT_STANDS):
            example = inspect.cleandoc(part.removeprefix(AS_IT_STANDS))
            parts.append(f"```{'json' if example.startswith('{') else 'sh'}\n{example}\n```")
        else:
            parts.append(part)
    return "\n\n".join(parts)


def commands_page() -> str:
    """Every kind of command: its fields, their types and their meaning, the rules that it meets."""
    head = (
        f"# Commands\n\n{WRITTEN}\n\n"
        "What a client may ask for: lines of a file for `benyuan run`, or requests in Python. Money is in fen, dates "
        "are yyyymmdd, ids are those that the answers gave. Beside these fields every command may have\n\n"
    )
    envelope = [
        ("`kind`", "The kind of command."),
        ("`key`", "The client's own key: the same client and key get the same answer however often they ask."),
        ("`client`", "Whose key it is; in a file also `--client`, or else `file`."),
        (
            "`at`",
            "When, in microseconds since 1970 UTC or as 2026-05-01T09:00:00+08:00; it never goes back.",
        ),
        ("", "Without `at` a command has the time of intake. In one file all commands have it, or none."),
    ]
    parts = (head + _table(("field", "meaning"), envelope), ANSWERS, *map(_kind, all_kinds()))
    return "\n\n".join(parts) + "\n"


def _kind(kind: str) -> str:
    use_case, command = USE_CASES[kind], command_of(kind)
    rows = [_field(kind, field, personal=field.name in command.personal) for field in fields_of(kind)]
    rules = dict.fromkeys((*(gate.rule for gate in use_case.gates), *use_case.rules))
    met = "Gates and limits, in order: " + ", ".join(f"[`{rule}`](rules.md)" for rule in rules) + "." if rules else ""
    said = inspect.cleandoc(command.__doc__ or "")
    table = _table(("field", "type", "default", "meaning"), rows)
    return "\n\n".join(part for part in (f"## `{kind}`", said, table, met) if part)


def _field(kind: str, field: Field, *, personal: bool) -> tuple[str, ...]:
    shown = f"{field.type} {field.constraint}" if field.constraint and not field.words else field.type
    if field.words:
        shown = ", ".join(f"`{word}`" for word in field.words)
    default = "required" if field.required else f"`{str(field.default).lower()}`" if field.default != "" else "empty"
    return f"`{field.name}`", shown + (", personal" if personal else ""), default, meaning(kind, field.name)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def layouts(directory: Path) -> str:
    """The file of layouts, with those that are new. Errors: SystemExit where one is another than was stated."""
    file = directory / LAYOUTS  # tidy: path
    before = read_stated(file.read_text("utf-8")) if file.is_file() else {}
    now = stated()
    wrong = list(broken(before, now))
    if wrong:
        raise SystemExit("\n".join(wrong))
    return written({**before, **now})


def main() -> None:
    """Write the pages."""
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else DIRECTORY
    (directory / LAYOUTS).write_text(layouts(directory), encoding="utf-8")  # tidy: path
    for name, text in pages().items():
        (directory / name).write_text(text, encoding="utf-8")  # tidy: path
        print(f"{directory / name}")  # tidy: path


if __name__ == "__main__":
    main()
