"""A merchant: a firm or an individual business, with the bank account that it is settled to."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import merchant_accounts
from benyuan.payments.licences import licence_gate
from benyuan.payments.records import BANK_ACCOUNT, BANK_ACCOUNT_BOUND, MERCHANT, MERCHANT_REGISTERED
from benyuan.payments.vocabulary import MERCHANT_KIND_NUMBER, MerchantKind
from benyuan.usecases.common import INSTITUTION_NEEDS, Id, Memo, numbered, rows


@command("register_merchant", personal=("name",))
class Merchant(Command, frozen=True, kw_only=True):
    """Register a merchant of `institution`; `name` is for the payload store."""

    institution: Id
    kind_of_merchant: MerchantKind
    name: Memo = ""


class RegisterMerchant(UseCase):
    """Opens the account of what the merchant has received and not been paid out."""

    command = Merchant
    needs = INSTITUTION_NEEDS
    gates = (licence_gate(business="card_acquiring"),)

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """One account each."""
        return merchant_accounts(books=case.facts["institution_book"][goes_on])

    def record(self, decided: Decided) -> Recorded:
        """The merchant and its bank account."""
        batch, facts, accepted = decided.case.batch, decided.case.facts, decided.accepted
        ids = numbered(accepted, facts.next_ids[MERCHANT.name])
        bank = numbered(accepted, facts.next_ids[BANK_ACCOUNT.name])
        kinds = [MERCHANT_KIND_NUMBER[MerchantKind(item)] for item in batch.values("kind_of_merchant")]
        merchant = {
            "id": ids,
            "institution": batch.integers("institution"),
            "kind": np.array(kinds, np.int64),
            "account": numbered(accepted, facts.next_account),
            "bank_account": bank,
            "registered_on": batch.on,
        }
        account = {"id": bank, "person": 0, "merchant": ids, "bound_on": batch.on, "mandate": 0}
        return Recorded(
            results={"merchant": ids, "bank_account": bank},
            events=[
                *event(MERCHANT_REGISTERED, rows(accepted, **merchant)),
                *event(BANK_ACCOUNT_BOUND, rows(accepted, **account)),
            ],
        )
