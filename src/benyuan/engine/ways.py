"""At which entity a command is: from a field of it through rows of tables, as a kind of command declares."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.engine.records import Records
from benyuan.governance.checks.words import SORT_NUMBER
from benyuan.usecases.checks.whose import Way


def entities(
    ways: Sequence[Way], batch: Batch, *, records: Records, on: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Sort and number of the entity of each command, by the first way that leads to one; 0 and 0 for none."""
    sort, entity = np.zeros(len(batch), np.int64), np.zeros(len(batch), np.int64)
    for way in ways:
        sorts, found = _along(way, batch, records, on)
        sort, entity = np.where(entity == 0, sorts, sort), np.where(entity == 0, found, entity)
    return np.where(entity == 0, 0, sort), entity


def _along(way: Way, batch: Batch, records: Records, on: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    ids, sorts = batch.integers(way.field), np.full(len(batch), SORT_NUMBER[way.sort] if way.sort else 0, np.int64)
    for table, column in way.steps:
        held = records.tables[table.name]
        places = held.places(ids, on=on)
        ids = held.column(column)[places]
        if way.sort_column and (table, column) == way.steps[-1]:
            sorts = held.column(way.sort_column)[places]
    if way.only and way.sort:
        ids = np.where(batch.equals(way.only, way.sort.value), ids, 0)
    return sorts, ids
