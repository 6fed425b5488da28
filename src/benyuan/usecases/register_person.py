"""A natural person who is a customer of an institution, known to everything else by an opaque id."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import Own, Usage, person_accounts
from benyuan.payments.records import PERSON, PERSON_REGISTERED
from benyuan.usecases.common import INSTITUTION_NEEDS, Id, Memo, numbered, rows


@command("register_person", personal=("note",))
class Person(Command, frozen=True, kw_only=True):
    """Register a customer of `institution`; `note` is for the payload store."""

    institution: Id
    note: Memo = ""


class RegisterPerson(UseCase):
    """Opens the person's usage accounts, which all of the person's wallets share."""

    command = Person
    needs = INSTITUTION_NEEDS

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """One usage account for each limit on a customer."""
        books = case.facts["institution_book"][goes_on]
        controls = case.facts["institution_first_account"][goes_on] + Own.usage_control
        return person_accounts(books=books, controls=controls)

    def record(self, decided: Decided) -> Recorded:
        """The person, and where the usage accounts begin."""
        batch, facts, accepted = decided.case.batch, decided.case.facts, decided.accepted
        ids = numbered(accepted, facts.next_ids[PERSON.name])
        columns = rows(
            accepted,
            id=ids,
            institution=batch.integers("institution"),
            first_usage=numbered(accepted, facts.next_account, step=len(Usage)),
            registered_on=batch.on,
            wallets=0,
            class3_wallets=0,
            agreed_daily_fen=0,
            micro_usage=0,
        )
        return Recorded(results={"person": ids}, events=event(PERSON_REGISTERED, columns))
