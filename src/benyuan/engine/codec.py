"""How a block's parts become bytes: commands and outcomes as JSON columns, legs and accounts as packed columns.

JSON columns can be read by anybody with SQL and `json_each`; a column whose value is the same throughout is written
once, as `{"*": value}`. Packed columns are little-endian, one after another in the order of the layout,
in an LZ4 frame.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

EVERY = "*"
CODEC = "lz4"


def packed(records: NDArray[Any]) -> bytes:
    """Records as packed columns."""
    if len(records) == 0:
        return b""
    raw = b"".join(np.ascontiguousarray(records[name]).tobytes() for name in records.dtype.names or ())
    compressed: bytes = pa.compress(raw, codec=CODEC, asbytes=True)
    return compressed


def unpacked(data: bytes, *, dtype: np.dtype[Any], count: int) -> NDArray[Any]:
    """Packed columns as records. Errors: ValueError where the bytes are not such columns of `count` rows."""
    records = np.zeros(count, dtype)
    for name, column in unpacked_columns(data, dtype=dtype, count=count, names=dtype.names or ()).items():
        records[name] = column
    return records


def unpacked_columns(data: bytes, *, dtype: np.dtype[Any], count: int, names: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Some of the packed columns, as views of the bytes. Errors: as `unpacked`."""
    fields: Mapping[str, Any] = dtype.fields or {}
    if count == 0:
        return {name: np.zeros(0, fields[name][0]) for name in names}
    size = sum(fields[name][0].itemsize for name in dtype.names or ()) * count
    try:
        raw = pa.decompress(data, decompressed_size=size, codec=CODEC, asbytes=True)
    except (pa.ArrowException, OSError) as error:
        raise ValueError(f"packed columns can't be read: {error}") from error
    columns, start = {}, 0
    for name in dtype.names or ():
        field = fields[name][0]
        if name in names:
            columns[name] = np.frombuffer(raw, field, count, start)
        start += field.itemsize * count
    return columns


def thin(column: Any) -> Any:
    """A column for JSON: a list, or `{"*": value}` where it is the same throughout."""
    if isinstance(column, np.ndarray):
        same = len(column) and column[0] == column[-1] and (column.strides == (0,) or (column == column[0]).all())
        return {EVERY: column[0].item()} if same else column.tolist()
    items = column if isinstance(column, list) else list(column)
    if items and not isinstance(items[0], dict | list) and items[0] == items[-1]:
        return {EVERY: items[0]} if items.count(items[0]) == len(items) else items
    return items


def thick(column: Any, count: int) -> list[Any]:
    """A column as it was before `thin`."""
    return [column[EVERY]] * count if isinstance(column, dict) else column


def item_of(column: Any, place: int) -> Any:
    """One value of a column that `thin` made."""
    return column[EVERY] if isinstance(column, dict) else column[place]


def thin_columns(columns: Mapping[str, Any]) -> dict[str, Any]:
    """All columns for JSON."""
    return {name: thin(column) for name, column in columns.items()}


def encoded(content: Any) -> bytes:
    """Canonical JSON."""
    return msgspec.json.encode(content, order="deterministic")


def decoded(data: bytes) -> Any:
    """JSON back. Errors: ValueError."""
    try:
        return msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        raise ValueError(f"a block's JSON can't be read: {error}") from error


def array(column: Any, count: int) -> NDArray[np.int64]:
    """A JSON column of integers as an array."""
    if isinstance(column, dict):
        return np.full(count, column[EVERY], np.int64)
    return np.array(column, np.int64) if column else np.zeros(0, np.int64)
