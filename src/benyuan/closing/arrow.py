"""Columns of whole numbers as Arrow batches and back, without copying."""

from collections.abc import Mapping

import pyarrow as pa

from benyuan.consumer_finance.columns import Ints


def record_batch(columns: Mapping[str, Ints]) -> pa.RecordBatch:
    """A batch of these columns."""
    return pa.RecordBatch.from_arrays([pa.array(column) for column in columns.values()], names=list(columns))


def columns_of(batch: pa.RecordBatch) -> dict[str, Ints]:
    """The columns of a batch; none of them may be null anywhere."""
    return {name: batch.column(name).to_numpy() for name in batch.schema.names}
