"""Columns as callers give them (integers, lists, NumPy or Arrow) made into the ledger's records, or refused by name."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.values.dates import local_days

Column: TypeAlias = Any
"""An integer, or a one-dimensional array of integers: a list, a NumPy array, an Arrow array."""


def integers(*, field: str, column: Column, dtype: np.dtype[Any]) -> NDArray[Any]:
    """The column in its own width. ValueError names the field and a value that is no integer or out of range."""
    array = np.asarray(column)
    if array.size == 0:
        return np.zeros(array.shape, dtype)
    if array.dtype.kind not in "iub":
        bad = next((item for item in array.ravel().tolist() if not isinstance(item, int)), array.ravel()[0])
        raise ValueError(f"{field}: {bad!r} is not an integer")
    bounds = np.iinfo(dtype)
    low, high = int(array.min()), int(array.max())
    if low < bounds.min or high > bounds.max:
        worst = low if low < bounds.min else high
        raise ValueError(f"{field}: {worst} is outside {bounds.min} to {bounds.max}")
    return array.astype(dtype, copy=False)


def records(*, dtype: np.dtype[Any], columns: Mapping[str, Column]) -> NDArray[Any]:
    """One record for each row of the columns, single integers repeated. ValueError where lengths differ."""
    fields: Mapping[str, Any] = dtype.fields or {}
    arrays = {name: integers(field=name, column=column, dtype=fields[name][0]) for name, column in columns.items()}
    lengths = {name: len(array) for name, array in arrays.items() if array.ndim == 1}
    if any(array.ndim > 1 for array in arrays.values()) or len(set(lengths.values())) > 1:
        raise ValueError(f"columns must have one length: {lengths}")
    made = np.zeros(next(iter(lengths.values()), 1), dtype)
    for name, array in arrays.items():
        made[name] = array
    return made


def check_times(*, at: NDArray[np.int64], flags: NDArray[np.uint16], last_at: int) -> None:
    """ValueError where the time of a chain is negative, goes back, or differs from that of the chain's first leg."""
    if len(at) == 0:
        return
    backwards = np.flatnonzero(np.diff(at) < 0)
    if len(backwards):
        place = int(backwards[0]) + 1
        raise ValueError(f"at: {int(at[place])} of leg {place} goes back from {int(at[place - 1])}")
    if int(at[0]) < last_at:
        raise ValueError(f"at: {int(at[0])} goes back from {last_at}, the ledger's last time")
    within = (flags[:-1] & 1).astype(bool) & (np.diff(at) != 0)
    if within.any():
        raise ValueError(f"at: leg {int(np.flatnonzero(within)[0]) + 1} differs from the first leg of its chain")


def fill_business_dates(legs: NDArray[Any]) -> None:
    """Legs without a business date get the local day of their time. ValueError for a date after that day."""
    days = local_days(legs["at"])
    dates = legs["business_date"]
    late = np.flatnonzero(dates > days)
    if len(late):
        place = int(late[0])
        raise ValueError(
            f"business_date: {int(dates[place])} of leg {place} is after the day of its time, {int(days[place])}"
        )
    legs["business_date"] = np.where(dates == 0, days, dates)
