"""Records of equal columns: some rows of them, and rows put back, without a change to what was given."""

from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Truths = NDArray[np.bool_]
_Columns = TypeVar("_Columns", bound=Any)


def names_of(columns: type[Any]) -> tuple[str, ...]:
    """The names of a record's columns, in order."""
    return tuple(item.name for item in fields(columns))


def taken(columns: _Columns, places: Ints) -> _Columns:
    """The rows at these places."""
    made: _Columns = replace(columns, **{name: getattr(columns, name)[places] for name in names_of(type(columns))})
    return made


def spread(columns: _Columns, places: Ints, count: int) -> _Columns:
    """`count` rows, of which these stand at these places; the others are noughts."""
    made = {}
    for name in names_of(type(columns)):
        column = getattr(columns, name)
        made[name] = np.zeros(count, column.dtype)
        made[name][places] = column
    return replace(columns, **made)


def placed(columns: _Columns, places: Ints, rows: _Columns) -> _Columns:
    """The columns with these rows at these places; the given columns stay as they are."""
    changed = {}
    for name in names_of(type(columns)):
        column = getattr(columns, name).copy()
        column[places] = getattr(rows, name)
        changed[name] = column
    made: _Columns = replace(columns, **changed)
    return made


def where(chosen: Truths, one: _Columns, other: _Columns) -> _Columns:
    """`one` in the rows that are chosen, `other` in the rest."""
    mixed = {name: np.where(chosen, getattr(one, name), getattr(other, name)) for name in names_of(type(one))}
    made: _Columns = replace(one, **mixed)
    return made


def stacked(parts: list[_Columns]) -> _Columns:
    """Records one below the other; at least one is given."""
    whole = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names_of(type(parts[0]))}
    made: _Columns = replace(parts[0], **whole)
    return made
