"""A payment institution with its own accounts: the reserve, clearing both ways, own money, the control of usage."""

from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import Own, institution_accounts
from benyuan.payments.records import INSTITUTION, INSTITUTION_REGISTERED
from benyuan.usecases.common import MEMO_CHARACTERS, numbered, rows


@command("register_institution")
class Register(Command, frozen=True, kw_only=True):
    """Register an institution; its id is in the answer, and its book of accounts has the same number."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=MEMO_CHARACTERS)]


class RegisterInstitution(UseCase):
    """Opens the institution's accounts."""

    command = Register

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """Five accounts each."""
        ids = numbered(goes_on, case.facts.next_ids[INSTITUTION.name])
        return institution_accounts(books=ids[goes_on])

    def record(self, decided: Decided) -> Recorded:
        """The institution, and where its accounts begin."""
        facts, accepted = decided.case.facts, decided.accepted
        ids = numbered(accepted, facts.next_ids[INSTITUTION.name])
        first = numbered(accepted, facts.next_account, step=len(Own))
        columns = rows(accepted, id=ids, book=ids, first_account=first, registered_on=decided.case.batch.on)
        return Recorded(
            results={"institution": ids, "first_account": first}, events=event(INSTITUTION_REGISTERED, columns)
        )
