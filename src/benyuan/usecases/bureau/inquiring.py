"""What all recorded looks at a file share: fields, and the row that says who was shown what.

Sources: State Council Order 631, art. 22; PBoC Order [2021] No. 4, art. 37.
"""

from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import INQUIRY, INQUIRY_MADE
from benyuan.credit_bureau.vocabulary import PURPOSE_NUMBER
from benyuan.decisions.batches import Batch
from benyuan.decisions.events import Event, event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided
from benyuan.usecases.common import faults_where, numbered, rows

StaffName: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]  # tidy: number a length that we chose
Digest: TypeAlias = Annotated[str, msgspec.Meta(max_length=64)]  # tidy: number a length that we chose
Seen: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
NOTHING = ("member", "consent", "staff", "role", "account", "customer", "product", "about", "way", "free")


def seen_faults(batch: Batch) -> dict[int, Invalid]:
    """What was read stands in the log before the command that tells of it."""
    ahead = np.asarray(batch.integers("seen") >= batch.position, np.bool_)
    return faults_where(ahead, batch, "seen", "a log position before this command")


def inquiry_ids(case: Case, accepted: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The numbers that the inquiries get."""
    return numbered(accepted, case.facts.next_ids[INQUIRY.name])


def inquiry_events(decided: Decided, **columns: Any) -> list[Event]:
    """The rows; what is not named is 0."""
    batch, accepted = decided.case.batch, decided.accepted
    whole = {
        **dict.fromkeys(NOTHING, 0),
        "bureau": batch.integers("bureau"),
        "purpose": batch.numbers("purpose", PURPOSE_NUMBER) if "purpose" in batch.columns else 0,
        "at": batch.at,
        "seen": batch.integers("seen"),
        "position": batch.position,
        **columns,
    }
    return event(INQUIRY_MADE, rows(accepted, id=inquiry_ids(decided.case, accepted), **whole))
