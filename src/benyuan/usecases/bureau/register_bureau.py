"""A personal credit bureau with its own book, in which free reports and answers are counted.

Sources: State Council Order 631, arts. 6, 7; PBoC Order [2013] No. 1, art. 18. Worked number: the first bureau has the
book 60,001.
"""

from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.chart import FIRST_BUREAU_BOOK, bureau_accounts
from benyuan.credit_bureau.records import BUREAU, BUREAU_REGISTERED
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import MEMO_CHARACTERS, numbered, rows


@command("register_bureau")
class BureauFields(Command, frozen=True, kw_only=True):
    """Register a credit bureau; its id is in the answer. It answers nobody before its licence is recorded."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=MEMO_CHARACTERS)]


class RegisterBureau(UseCase):
    """Opens the one account against which the bureau counts."""

    command = BureauFields

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """One each."""
        ids = numbered(goes_on, case.facts.next_ids[BUREAU.name])
        return bureau_accounts(books=FIRST_BUREAU_BOOK + ids[goes_on])

    def record(self, decided: Decided) -> Recorded:
        """The bureau, its book and its control account."""
        facts, accepted = decided.case.facts, decided.accepted
        ids = numbered(accepted, facts.next_ids[BUREAU.name])
        columns = {
            "id": ids,
            "book": FIRST_BUREAU_BOOK + ids,
            "control": numbered(accepted, facts.next_account),
            "registered_on": decided.case.batch.on,
        }
        return Recorded(
            results={"bureau": ids, "book": FIRST_BUREAU_BOOK + ids},
            events=event(BUREAU_REGISTERED, rows(accepted, **columns)),
        )
