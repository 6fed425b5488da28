"""Columns of a command checked against the command's own declaration: type, range, enumeration, length.

The same check serves single commands and files of millions, so both refuse the same things in the same words.
"""

from collections.abc import Sequence
from enum import Enum
from functools import cache
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command
from benyuan.decisions.outcomes import Invalid

INT64 = np.iinfo(np.int64)
LONGEST = 200


def checked(
    *, command: type[Command], columns: dict[str, Any], count: int
) -> tuple[dict[str, Any], dict[int, Invalid]]:
    """The columns in their own types, defaults filled in, and for each place at fault the first fault there."""
    faults: dict[int, Invalid] = {}
    fields = _fields(command)
    unknown = sorted(set(columns) - {field.name for field in fields})
    if unknown:
        fault = Invalid(field=unknown[0], value=None, constraint=f"{command.kind} has no such field")
        return _empty(command, count), dict.fromkeys(range(count), fault)
    made: dict[str, Any] = {}
    for field in fields:
        if field.name not in columns and field.required:
            fault = Invalid(field=field.name, value=None, constraint="is required")
            faults = {**dict.fromkeys(range(count), fault), **faults}
        if field.name in columns:
            made[field.name] = _column(field.name, field.type, columns[field.name], faults)
        else:
            made[field.name] = _filled(_default(field), count)
    return made, faults


@cache
def _fields(command: type[Command]) -> tuple[Any, ...]:
    """The declaration's fields; working them out takes as long as checking some thousand values."""
    fields: tuple[Any, ...] = msgspec.inspect.type_info(command).fields  # type: ignore[attr-defined]  # a struct's
    return fields


@cache
def texts_of(command: type[Command]) -> dict[str, str]:
    """The texts of a command that are not personal, each with what it is where nobody gives it."""
    return {
        field.name: str(_default(field))
        for field in _fields(command)
        if isinstance(field.type, msgspec.inspect.StrType) and field.name not in command.personal
    }


@cache
def fields_of(command: type[Command]) -> frozenset[str]:
    """The fields of a command that stand in the log."""
    return frozenset(field.name for field in _fields(command)) - set(command.personal)


def with_defaults(*, command: type[Command], columns: dict[str, Any], count: int) -> dict[str, Any]:
    """Columns of an older version of a command, with the defaults of what has been added to it since."""
    added = {
        field.name: _filled(_default(field), count)
        for field in _fields(command)
        if field.name not in columns and not field.required and field.name not in command.personal
    }
    return {**columns, **added}


def _empty(command: type[Command], count: int) -> dict[str, Any]:
    return {field.name: _filled(_default(field), count) for field in _fields(command)}


def _filled(default: Any, count: int) -> Any:
    """A column of one value."""
    value = default.value if isinstance(default, Enum) else default
    return np.full(count, value, np.int64) if type(value) is int else [value] * count


def _default(field: Any) -> Any:
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    if field.default is not msgspec.NODEFAULT:
        return field.default
    if isinstance(field.type, msgspec.inspect.IntType):
        return field.type.ge or 0
    if isinstance(field.type, msgspec.inspect.EnumType):
        return next(iter(field.type.cls))
    return False if isinstance(field.type, msgspec.inspect.BoolType) else ""


def _column(name: str, kind: Any, given: Any, faults: dict[int, Invalid]) -> Any:
    if isinstance(kind, msgspec.inspect.IntType):
        return _integers(name, kind, given, faults)
    if isinstance(given, np.ndarray):
        given = given.tolist()
    if isinstance(kind, msgspec.inspect.EnumType):
        return _enumerated(name, kind.cls, given, faults)
    if isinstance(kind, msgspec.inspect.StrType):
        return _texts(name, kind, given, faults)
    if isinstance(kind, msgspec.inspect.BoolType):
        return _flags(name, given, faults)
    raise TypeError(f"{name}: a command has no fields of type {kind}")


def _fault(faults: dict[int, Invalid], place: int, name: str, value: Any, constraint: str) -> None:
    faults.setdefault(place, Invalid(field=name, value=plain(value), constraint=constraint))


def plain(value: Any) -> Any:
    """A bad value as JSON can hold it: small plain values as they are, anything else as a short text."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or type(value) is bool or (type(value) is int and INT64.min <= value <= INT64.max):
        return value
    text = value if type(value) is str else repr(value)
    return text[:LONGEST].encode("utf-8", "backslashreplace").decode()


def _integers(name: str, kind: Any, given: Any, faults: dict[int, Invalid]) -> NDArray[np.int64]:
    low = kind.ge if kind.ge is not None else INT64.min
    high = kind.le if kind.le is not None else INT64.max
    constraint = f"an integer from {low} to {high}"
    if isinstance(given, np.ndarray) and given.dtype.kind in "iu":
        column = given
    else:
        items = given.tolist() if isinstance(given, np.ndarray) else list(given)
        for place, item in enumerate(items):
            if isinstance(item, np.integer):
                items[place] = item = item.item()  # noqa: PLW2901  looked at as the integer that it is
            if type(item) is not int or not INT64.min <= item <= INT64.max:
                _fault(faults, place, name, item, constraint)
                items[place] = low if kind.ge is not None else 0
        column = np.array(items, np.int64) if items else np.zeros(0, np.int64)
    outside = (column < low) | (column > high)
    if outside.any():
        for place in np.flatnonzero(outside).tolist():
            _fault(faults, place, name, int(column[place]), constraint)
        column = np.where(outside, low, column)
    return column.astype(np.int64, copy=False)


def _enumerated(name: str, kind: type[Enum], given: Sequence[Any], faults: dict[int, Invalid]) -> list[Any]:
    values = [member.value for member in kind]
    known = dict(zip(values, values, strict=True))  # a member of a StrEnum is found as its text is
    try:
        column: list[Any] = list(map(known.get, given))
    except TypeError:  # something that can't be looked up
        column = [known.get(item) if isinstance(item, str) else None for item in given]
    if None in column:
        constraint = "one of " + ", ".join(values)
        for place, item in enumerate(column):
            if item is None:
                _fault(faults, place, name, given[place], constraint)
                column[place] = values[0]
    return column


def _texts(name: str, kind: Any, given: Sequence[Any], faults: dict[int, Invalid]) -> list[str]:
    low, high = kind.min_length or 0, kind.max_length or 1000
    column = list(given)
    for place, item in enumerate(column):
        if not isinstance(item, str) or not low <= len(item) <= high or not _encodable(item):
            _fault(faults, place, name, item, f"a text of {low} to {high} characters")
            column[place] = ""
    return column


def _encodable(text: str) -> bool:
    return text.isascii() or text == text.encode("utf-8", "ignore").decode()


def _flags(name: str, given: Sequence[Any], faults: dict[int, Invalid]) -> list[bool]:
    column = list(given)
    for place, item in enumerate(column):
        if not isinstance(item, bool):
            _fault(faults, place, name, item, "true or false")
            column[place] = False
    return column
