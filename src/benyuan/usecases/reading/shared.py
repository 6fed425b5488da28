"""Who reads, as commands name them: a member of staff by number; a word only where the entity has no staff."""

from typing import Annotated, TypeAlias

import msgspec
import numpy as np

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.words import text_faults
from benyuan.usecases.common import MaybeId

Why: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]  # tidy: number a length that we chose
Who: TypeAlias = Annotated[str, msgspec.Meta(max_length=64)]  # tidy: number a length that we chose


class ByReader(Command, frozen=True, kw_only=True):
    """`reader`: the member of staff who reads, under the own login; `operator`: a word for who does, without staff.

    Which of the two an entity needs is for the decider, which looks at the staff that it has on record.
    """

    reader: MaybeId = 0
    operator: Who = ""


def reader_faults(batch: Batch) -> dict[int, Invalid]:
    """One of the two is given, and not both."""
    named, told = batch.integers("reader") != 0, ~batch.equals("operator", "")
    return {
        **text_faults(np.asarray(~named & ~told, np.bool_), batch, "operator", "who reads, without a member of staff"),
        **text_faults(np.asarray(named & told, np.bool_), batch, "operator", "nothing, beside a member of staff"),
    }
