"""Columns as callers give them (integers, lists, NumPy or Arrow) made into the ledger's records, or refused by name."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.values.dates import END_AT_US, is_day, local_days

Column: TypeAlias = Any
"""An integer, or a one-dimensional array of integers: a list, a NumPy array, an Arrow array."""


def integers(*, field: str, column: Column, dtype: np.dtype[Any]) -> NDArray[Any]:
    """The column in its own width. ValueError names the field and a value that is no integer or out of range."""
    try:
        array = np.asarray(column)
    except ValueError:  # rows of several lengths
        array = np.array([*column, None], object)[:-1]
    if array.ndim > 1:
        raise ValueError(f"{field}: a column has one dimension, not {array.ndim}")
    if array.size == 0:
        return np.zeros(array.shape, dtype)
    bounds = np.iinfo(dtype)
    if array.dtype.kind not in "iub":
        array = _exact(field, column, array, dtype)
    low, high = int(array.min()), int(array.max())
    if low < bounds.min or high > bounds.max:
        worst = low if low < bounds.min else high
        raise ValueError(f"{field}: {worst} is outside {bounds.min} to {bounds.max}")
    return array.astype(dtype, copy=False)


def _exact(field: str, column: Column, array: NDArray[Any], dtype: np.dtype[Any]) -> NDArray[Any]:
    """A column that NumPy took for no integers: they may be too large, or lie in a column of objects."""
    items = column.to_pylist() if hasattr(column, "to_pylist") else column
    items = list(items) if isinstance(items, list | tuple) else array.ravel().tolist()
    bounds = np.iinfo(dtype)
    for item in items:
        if not isinstance(item, int | np.integer):
            raise ValueError(f"{field}: {item!r} is not an integer")
        if not bounds.min <= item <= bounds.max:
            raise ValueError(f"{field}: {item} is outside {bounds.min} to {bounds.max}")
    return np.array(items, dtype).reshape(array.shape)


def records(*, dtype: np.dtype[Any], columns: Mapping[str, Column]) -> NDArray[Any]:
    """One record for each row of the columns, single integers repeated. ValueError where lengths differ."""
    fields: Mapping[str, Any] = dtype.fields or {}
    arrays = {name: integers(field=name, column=column, dtype=fields[name][0]) for name, column in columns.items()}
    lengths = {name: len(array) for name, array in arrays.items() if array.ndim == 1}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"columns must have one length: {lengths}")
    made = np.zeros(next(iter(lengths.values()), 1), dtype)
    for name, array in arrays.items():
        made[name] = array
    return made


def check_times(*, at: NDArray[np.int64], flags: NDArray[np.uint16], last_at: int) -> None:
    """ValueError where a time is negative, after the year 9999, goes back, or is not that of its chain's first leg."""
    if len(at) == 0:
        return
    backwards = np.flatnonzero(np.diff(at) < 0)
    if len(backwards):
        place = int(backwards[0]) + 1
        raise ValueError(f"at: {int(at[place])} of leg {place} goes back from {int(at[place - 1])}")
    if int(at[0]) < last_at:
        raise ValueError(f"at: {int(at[0])} goes back from {last_at}, the ledger's last time")
    if int(at[-1]) >= END_AT_US:
        place = int(np.searchsorted(at, END_AT_US))
        raise ValueError(f"at: {int(at[place])} of leg {place} is after the year 9999")
    within = (flags[:-1] & 1).astype(bool) & (np.diff(at) != 0)
    if within.any():
        raise ValueError(f"at: leg {int(np.flatnonzero(within)[0]) + 1} differs from the first leg of its chain")


def fill_business_dates(legs: NDArray[Any]) -> None:
    """Legs without a business date get the local day of their time.

    ValueError for a date that does not exist or is after that day.
    """
    days = local_days(legs["at"])
    dates = legs["business_date"]
    for date in np.unique(dates[(dates != 0) & (dates != days)]).tolist():
        if not is_day(date):
            place = int(np.flatnonzero(dates == date)[0])
            raise ValueError(f"business_date: {date} of leg {place} is no day that exists, as yyyymmdd")
    late = np.flatnonzero(dates > days)
    if len(late):
        place = int(late[0])
        raise ValueError(
            f"business_date: {int(dates[place])} of leg {place} is after the day of its time, {int(days[place])}"
        )
    legs["business_date"] = np.where(dates == 0, days, dates)
