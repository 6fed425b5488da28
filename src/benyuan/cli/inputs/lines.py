"""JSON lines: an object a line, `{"kind": "pay", "payer": 1, ...}`, with `key`, `client` and `at` if wanted."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import numpy as np

from benyuan.cli.failures import BadFile
from benyuan.cli.inputs.cells import WHOLE_NUMBER
from benyuan.cli.inputs.fields import (
    CHOICE,
    FLAG,
    INTEGER,
    TEXT,
    all_kinds,
    allowed_names,
    fields_of,
    kinds_like,
    names_of,
)
from benyuan.cli.inputs.rows import Run, instants

MARK = b"\xef\xbb\xbf"
"""What some systems write before the first line of a text in UTF-8."""
_INT64 = Annotated[int, msgspec.Meta(ge=-(1 << 63), le=(1 << 63) - 1)]
TYPES: dict[str, Any] = {INTEGER: _INT64, TEXT: str, CHOICE: str, FLAG: bool}
_PATH = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")
_UNKNOWN = re.compile(r"unknown field `(?P<name>.*)`")
_MISSING = re.compile(r"missing required field `(?P<name>.*)`")
_EXPECTED = re.compile(r"Expected `(?P<wanted>.*)`, got `(?P<got>.*)`")
_OUTSIDE = re.compile(r"Expected `int` [<>]= ")


def read_lines(path: Path, *, kind: str | None, chunk: int) -> Iterator[list[Run]]:
    """The file in chunks of so many lines, each as runs of one kind. Errors: BadFile, OSError."""
    decoder = msgspec.json.Decoder(_line_type(kind))
    with path.open("rb") as file:
        kept: list[tuple[int, Any]] = []
        count = 0
        for number, raw in enumerate(file, 1):
            line = raw.removeprefix(MARK) if number == 1 else raw
            if not line.strip():
                continue
            try:
                row = decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                raise _bad(path, number, line, str(error), kind) from None
            if kind is not None and row.kind not in (None, kind):
                constraint = f"{kind}, as --kind says"
                raise BadFile(
                    file=path.name, where=f"line {number}", field="kind", value=row.kind, constraint=constraint
                )
            kept.append((number, row))
            if len(kept) == chunk:
                yield _runs(path, kept, kind, first=count)
                count += len(kept)
                kept = []
        if kept:
            yield _runs(path, kept, kind, first=count)


def _line_type(kind: str | None) -> Any:
    """What a line is decoded as: one struct, or one for each kind, told apart by `kind`."""
    if kind is not None:
        return _struct(kind, tagged=False)
    structs: Any = _struct(all_kinds()[0], tagged=True)
    for other in all_kinds()[1:]:
        structs = structs | _struct(other, tagged=True)
    return structs


def _struct(kind: str, *, tagged: bool) -> Any:
    fields: list[Any] = []
    for field in fields_of(kind):
        made: Any = TYPES[field.type]
        fields.append((field.name, made) if field.required else (field.name, made, field.default))
    fields += [("key", str | int | None, None), ("client", str | None, None), ("at", int | str | None, None)]
    if not tagged:
        fields.append(("kind", str | None, None))
        return msgspec.defstruct(f"Line_{kind}", fields, kw_only=True, forbid_unknown_fields=True)
    return msgspec.defstruct(
        f"Line_{kind}", fields, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag=kind
    )


def _runs(path: Path, kept: list[tuple[int, Any]], kind: str | None, *, first: int) -> list[Run]:
    """`first`: how many lines of commands there were before these."""
    runs, start = [], 0
    for end in range(1, len(kept) + 1):
        if end == len(kept) or type(kept[end][1]) is not type(kept[start][1]):
            runs.append(_run(path, kept[start:end], kind, first=first + start))
            start = end
    return runs


def _run(path: Path, part: list[tuple[int, Any]], kind: str | None, *, first: int) -> Run:
    rows = [row for _, row in part]
    made = kind or str(type(rows[0]).__struct_config__.tag)
    places = [f"line {number}" for number, _ in part]
    return Run(
        kind=made,
        columns={name: [getattr(row, name) for row in rows] for name in names_of(made)},
        given_keys=[row.key for row in rows],
        given_clients=[row.client for row in rows],
        first=first,
        at=instants([row.at for row in rows], file=path.name, places=places),
        lines=np.array([number for number, _ in part], np.int64),
    )


def _bad(path: Path, number: int, line: bytes, message: str, kind: str | None) -> BadFile:
    """The decoder's message as field, value and constraint."""
    where, row = f"line {number}", _loose(line)
    if not isinstance(row, dict):
        shown = line.decode(errors="replace").strip()[:60]
        return BadFile(file=path.name, where=where, field="line", value=shown, constraint="a JSON object")
    made = kind or row.get("kind")
    if made not in all_kinds():
        return BadFile(file=path.name, where=where, field="kind", value=made, constraint=kinds_like(made))
    if found := _UNKNOWN.search(message):
        name = found["name"]
        return BadFile(file=path.name, where=where, field=name, value=row.get(name), constraint=allowed_names([made]))
    if found := _MISSING.search(message):
        return BadFile(
            file=path.name, where=where, field=found["name"], value="nothing", constraint="a value: the field is needed"
        )
    path_found, wanted = _PATH.search(message), _EXPECTED.search(message)
    name = path_found["path"] if path_found else "line"
    constraint = f"a JSON {wanted['wanted']}" if wanted else WHOLE_NUMBER if _OUTSIDE.match(message) else message
    return BadFile(file=path.name, where=where, field=name, value=row.get(name), constraint=constraint)


def _loose(line: bytes) -> Any:
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
