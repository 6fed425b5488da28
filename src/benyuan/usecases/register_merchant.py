"""A merchant: a firm, an individual business or a micro-merchant, with the bank account that it is settled to.

A micro-merchant 小微商户 is free of registration; it is known by the natural person that stands for it, whose
micro-merchants share one allowance (银发〔2017〕296号, art. 24).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import MicroUsage, Own, merchant_accounts, micro_usage_accounts
from benyuan.payments.licences import licence_gate
from benyuan.payments.records import (
    BANK_ACCOUNT,
    BANK_ACCOUNT_BOUND,
    MERCHANT,
    MERCHANT_REGISTERED,
    PERSON,
    PERSON_GAINED_MICRO_MERCHANT,
)
from benyuan.payments.vocabulary import MERCHANT_KIND_NUMBER, MerchantKind
from benyuan.usecases.common import INSTITUTION_NEEDS, Id, MaybeId, Memo, faults_where, numbered, rows


@command("register_merchant", personal=("name",))
class Merchant(Command, frozen=True, kw_only=True):
    """Register a merchant of `institution`; `name` is for the payload store.

    `principal`: the person that stands for a micro-merchant; 0 for any other.
    """

    institution: Id
    kind_of_merchant: MerchantKind
    principal: MaybeId = 0
    name: Memo = ""


def is_micro(case: Case) -> NDArray[np.bool_]:
    """Where a micro-merchant is registered."""
    return case.batch.equals("kind_of_merchant", MerchantKind.micro.value)


def first_micro(case: Case) -> NDArray[np.bool_]:
    """Where it is the principal's first one, so that the usage accounts are to be opened."""
    return np.asarray(is_micro(case) & (case.facts["principal_micro_usage"] == 0), np.bool_)


class RegisterMerchant(UseCase):
    """Opens the account of what the merchant has received and not been paid out."""

    command = Merchant
    needs = (*INSTITUTION_NEEDS, Need(table=PERSON, by="principal", prefix="principal"))
    gates = (licence_gate(business="card_acquiring"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether the principal has usage accounts is shared by its merchants."""
        return (batch.integers("principal"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A micro-merchant, and no other, has a principal, a person of the same institution."""
        principal, micro = case.batch.integers("principal"), is_micro(case)
        elsewhere = case.facts["principal_institution"] != case.batch.integers("institution")
        needed = "the id of a person of the institution, who stands for the micro-merchant"
        return {
            **faults_where(~micro & (principal != 0), case.batch, "principal", "0 for all but a micro-merchant"),
            **faults_where(micro & elsewhere, case.batch, "principal", needed),
        }

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """One account each, and a principal's usage accounts behind that of the first micro-merchant."""
        books, controls = case.facts["institution_book"], case.facts["institution_first_account"] + Own.usage_control
        first = goes_on & first_micro(case)
        usage = micro_usage_accounts(books=books[first], controls=controls[first])
        behind = np.repeat(np.cumsum(goes_on)[first], len(MicroUsage))
        return np.insert(merchant_accounts(books=books[goes_on]), behind, usage)

    def record(self, decided: Decided) -> Recorded:
        """The merchant, its bank account, and where the principal's usage accounts begin."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids, bank = (numbered(accepted, facts.next_ids[table.name]) for table in (MERCHANT, BANK_ACCOUNT))
        first = accepted & first_micro(case)
        account = numbered(accepted, facts.next_account, step=1 + len(MicroUsage) * first)
        kinds = [MERCHANT_KIND_NUMBER[MerchantKind(item)] for item in batch.values("kind_of_merchant")]
        merchant = {
            "id": ids,
            "institution": batch.integers("institution"),
            "kind": np.array(kinds, np.int64),
            "account": account,
            "bank_account": bank,
            "principal": batch.integers("principal"),
            "registered_on": batch.on,
        }
        held = {"id": bank, "person": 0, "merchant": ids, "bound_on": batch.on, "mandate": 0, "credit": 0}
        return Recorded(
            results={"merchant": ids, "bank_account": bank},
            events=[
                *event(MERCHANT_REGISTERED, rows(accepted, **merchant)),
                *event(BANK_ACCOUNT_BOUND, rows(accepted, **held)),
                *event(
                    PERSON_GAINED_MICRO_MERCHANT,
                    rows(first, id=batch.integers("principal"), micro_usage=account + 1),
                ),
            ],
        )
