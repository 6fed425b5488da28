"""A file of BODS statements read: an array or a statement a line; whatever does not fit is named by line and field.

Worked number: an array with a statement a line begins on line 1 with its bracket, so that its third stands on line 4.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec

from benyuan.assurance.group.bods.statements import VERSION, Entity, Interest, Person, Relationship, Statement

SHORTEST, LONGEST = 32, 64
DETAILS = {"entity": Entity, "person": Person, "relationship": Relationship}
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What a statement may be that is JSON all the same: letters that are none, numbers beyond all bounds."""
Details: TypeAlias = Entity | Person | Relationship


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What can't be taken: on which line, in which field, what stands there and what would fit."""

    line: int
    field: str
    value: str
    constraint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One statement with its line and its details."""

    line: int
    statement: Statement
    details: Details


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """What was read, what does not fit, and by field how often something stands there that is not kept here."""

    read: list[Read] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    not_kept: dict[str, int] = field(default_factory=dict)


class Misfit(Exception):
    """Raised where a field does not fit; the reader adds the line."""

    def __init__(self, field: str, value: object, constraint: str) -> None:
        super().__init__(field, value, constraint)
        self.field = field
        self.value = value
        self.constraint = constraint

    def on(self, line: int) -> Fault:
        """As a fault of a line."""
        return Fault(line=line, field=self.field, value=str(self.value), constraint=self.constraint)


def read(data: bytes) -> Heap:
    """All statements of a file."""
    heap = Heap()
    first: dict[str, tuple[int, bytes]] = {}
    for line, raw in _framed(data, heap):
        try:
            statement = msgspec.json.decode(raw, type=Statement)
            details: Details = msgspec.json.decode(statement.record_details, type=DETAILS[statement.record_type])
            _check(statement)
            beyond = list(_not_kept(raw, statement))
        except UNREADABLE as error:
            said, _, where = str(error).partition(" - at `$")
            name = where.rstrip("`").lstrip(".") or "statement"
            heap.faults.append(Fault(line=line, field=name, value="", constraint=said))
            continue
        except Misfit as error:
            heap.faults.append(error.on(line))
            continue
        before = first.setdefault(statement.statement_id, (line, raw))
        if before[0] != line:
            if before[1] != raw:
                constraint = f"an id of its own: line {before[0]} has it and says something else"
                heap.faults.append(Misfit("statementId", statement.statement_id, constraint).on(line))
            continue
        for name in beyond:
            heap.not_kept[name] = heap.not_kept.get(name, 0) + 1
        heap.read.append(Read(line=line, statement=statement, details=details))
    return heap


def _framed(data: bytes, heap: Heap) -> Iterator[tuple[int, bytes]]:
    """Each statement as it stands, with the line on which it begins."""
    if data.lstrip()[:1] == b"[":
        try:
            items = msgspec.json.decode(data, type=list[msgspec.Raw])
        except (msgspec.DecodeError, RecursionError) as error:
            heap.faults.append(Fault(line=1, field="file", value="", constraint=f"JSON: {error}"))
            return
        at, line = 0, 1
        for item in items:
            raw = bytes(item)
            found = data.index(raw, at)
            line += data.count(b"\n", at, found)
            yield line, raw
            line += raw.count(b"\n")
            at = found + len(raw)
        return
    for number, text in enumerate(data.split(b"\n"), 1):
        if not text.strip():
            continue
        try:
            yield number, bytes(msgspec.json.decode(text, type=msgspec.Raw))
        except (msgspec.DecodeError, RecursionError) as error:
            heap.faults.append(Fault(line=number, field="line", value="", constraint=f"a statement as JSON: {error}"))


def _check(statement: Statement) -> None:
    """Errors: Misfit."""
    if not SHORTEST <= len(statement.statement_id) <= LONGEST:
        raise Misfit("statementId", statement.statement_id, f"{SHORTEST} to {LONGEST} characters")
    version = statement.publication_details.bods_version if statement.publication_details else VERSION
    if version != VERSION:
        raise Misfit("publicationDetails.bodsVersion", version, VERSION)
    if statement.record_status not in ("", "new", "updated", "closed"):
        raise Misfit("recordStatus", statement.record_status, "new, updated or closed")


def _not_kept(raw: bytes, statement: Statement) -> Iterator[str]:
    """The fields that stand in a statement and are not kept."""
    given = msgspec.json.decode(raw)
    yield from _beyond(given, Statement, "", {"recordDetails"})
    details = given["recordDetails"]
    yield from _beyond(details, DETAILS[statement.record_type], "recordDetails.", set())
    for interest in details.get("interests", ()):
        yield from _beyond(interest, Interest, "recordDetails.interests.", set())


def _beyond(given: dict[str, Any], kind: Any, prefix: str, but: set[str]) -> Iterator[str]:
    known = {each.encode_name: each for each in msgspec.structs.fields(kind)}
    for name in given:
        if name not in known and name not in but:
            yield prefix + name
