"""A person's bank account or card, with or without the mandates to debit it.

Source: PBoC Announcement [2015] No. 43, art. 10.
"""

import numpy as np

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Decided, Recorded, UseCase
from benyuan.payments.records import BANK_ACCOUNT, BANK_ACCOUNT_BOUND, PERSON
from benyuan.payments.vocabulary import CardKind
from benyuan.usecases.common import Id, Truth, numbered, rows


@command("bind_bank_account")
class Bind(Command, frozen=True, kw_only=True):
    """Bind a bank account that `person` holds. `mandate`: person and bank have both agreed to its being debited."""

    person: Id
    mandate: Truth
    card: CardKind = CardKind.debit


class BindBankAccount(UseCase):
    """Records the bank account."""

    command = Bind
    needs = (Need(table=PERSON, by="person", prefix="person"),)

    def record(self, decided: Decided) -> Recorded:
        """The bank account."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[BANK_ACCOUNT.name])
        columns = rows(
            accepted,
            id=ids,
            person=batch.integers("person"),
            merchant=0,
            bound_on=batch.on,
            mandate=np.array(batch.values("mandate"), np.int64),
            credit=batch.equals("card", CardKind.credit.value),
        )
        return Recorded(results={"bank_account": ids}, events=event(BANK_ACCOUNT_BOUND, columns))
