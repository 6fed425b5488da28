"""Where a figure or fact comes from: a document with its date, or nowhere, which is said wherever it is shown.

Worked value: `source` "audited accounts 2025", `source_date` 20260331; without a document `invented` is true.
"""

from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command
from benyuan.decisions.words import truths

SOURCE_CHARACTERS = 200  # tidy: number a length that we chose
INVENTED = "invented"
"""What a report writes in place of a document."""
SourceText: TypeAlias = Annotated[str, msgspec.Meta(max_length=SOURCE_CHARACTERS)]
SourceDate: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]


class Sourced(Command, frozen=True, kw_only=True):
    """What a command with a source says of it: the document and its day (yyyymmdd), or that it is invented."""

    source: SourceText = ""
    source_date: SourceDate = 0
    invented: bool = False


def is_invented(batch: Batch) -> NDArray[np.int64]:
    """1 where a figure has no document, as tables keep it."""
    return truths(batch, "invented").astype(np.int64)


def source_of(*, source: str, source_date: int, invented: bool) -> str:
    """The source in words, as reports show it."""
    return INVENTED if invented else f"{source} ({source_date})"
