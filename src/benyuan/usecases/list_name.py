"""An entry of a name list that the institution watches (AML Law (2024), arts. 40, 41)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Decided, Recorded, UseCase
from benyuan.parties.lists import (
    LIST_ENTRY,
    LIST_ENTRY_CHANGED,
    LIST_ENTRY_MADE,
    PERSONAL,
    EntryFields,
)
from benyuan.parties.name_list import NAME_LIST_NUMBER
from benyuan.payments.monitoring.gates import in_force
from benyuan.payments.suspension import LISTED
from benyuan.usecases.common import rows


@command("list_name", personal=PERSONAL, identified=True)
class ListName(EntryFields, frozen=True, kw_only=True):
    """Put a name on a list. The same entry again is no second one; one that was taken off stands again."""


class PutOnList(UseCase):
    """Records the entry. Customers who are there already are looked for apart, by screening."""

    command = ListName
    needs = (Need(table=LIST_ENTRY, by="identity", prefix="entry"),)
    gates = (in_force(LISTED),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether an entry stands on its list is shared."""
        return (batch.integers("identity"),)

    def record(self, decided: Decided) -> Recorded:
        """The entry's number; `new` 1 where it did not stand on the list."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        known = facts.found("entry")
        again = known & (facts["entry_unlisted_on"] != 0)
        stands = {"id": batch.integers("identity"), "listed_on": batch.on, "unlisted_on": 0}
        lists = batch.numbers("name_list", NAME_LIST_NUMBER)
        return Recorded(
            results={"entry": batch.integers("identity"), "new": (accepted & (~known | again)).astype(np.int64)},
            events=[
                *event(LIST_ENTRY_MADE, rows(accepted & ~known, list=lists, **stands)),
                *event(LIST_ENTRY_CHANGED, rows(accepted & again, **stands)),
            ],
        )
