"""A consumer-finance company with its own book: bank, clearing both ways, equity, borrowings, customers' credit."""

from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import FIRST_LENDER_BOOK, LenderOwn, lender_accounts
from benyuan.consumer_finance.records import LENDER, LENDER_NAMED, LENDER_REGISTERED
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import MEMO_CHARACTERS, numbered, rows


@command("register_lender", version=2)
class LenderFields(Command, frozen=True, kw_only=True):
    """Register a lender; its id is in the answer."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=MEMO_CHARACTERS)]


class RegisterLender(UseCase):
    """Opens the lender's accounts in a book of its own."""

    command = LenderFields

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """One set each."""
        ids = numbered(goes_on, case.facts.next_ids[LENDER.name])
        return lender_accounts(books=FIRST_LENDER_BOOK + ids[goes_on])

    def record(self, decided: Decided) -> Recorded:
        """The lender, its book, and where its accounts begin."""
        facts, accepted = decided.case.facts, decided.accepted
        ids = numbered(accepted, facts.next_ids[LENDER.name])
        first = numbered(accepted, facts.next_account, step=len(LenderOwn))
        columns = {
            "id": ids,
            "book": FIRST_LENDER_BOOK + ids,
            "first_account": first,
            "registered_on": decided.case.batch.on,
        }
        return Recorded(
            results={"lender": ids, "book": FIRST_LENDER_BOOK + ids, "first_account": first},
            events=[
                *event(LENDER_REGISTERED, rows(accepted, **columns)),
                *event(LENDER_NAMED, rows(accepted, id=ids, name=decided.case.batch.text_numbers("name"))),
            ],
        )
