"""A merchant: a firm, an individual business, a micro-merchant or an individual seller, with its bank account.

A micro-merchant 小微商户 is free of registration; it is known by the natural person that stands for it, whose
micro-merchants share one allowance (银发〔2017〕296号, art. 24). An individual seller 个人卖家 is a natural person who
sells online (PBoC Announcement [2013] No. 9, arts. 9, 51), and has no such allowance: it has no place of business.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.parties.businesses import PERSONAL, BusinessFields
from benyuan.payments.chart import MicroUsage, Own, merchant_accounts, micro_usage_accounts
from benyuan.payments.flows import OF_MERCHANT
from benyuan.payments.licences import licence_gate
from benyuan.payments.name_lists import NOT_LISTED
from benyuan.payments.records import (
    BANK_ACCOUNT,
    BANK_ACCOUNT_BOUND,
    BUSINESS,
    BUSINESS_SHOWN,
    FEE_PLAN,
    MERCHANT,
    MERCHANT_REGISTERED,
    PERSON,
    PERSON_GAINED_MICRO_MERCHANT,
)
from benyuan.payments.vocabulary import MERCHANT_KIND_NUMBER, NATURAL_KINDS, MerchantKind
from benyuan.usecases.common import INSTITUTION_NEEDS, Id, MaybeId, faults_where, numbered, rows
from benyuan.usecases.name_matches import match_events


@command("register_merchant", personal=PERSONAL, identified=True, screened=True)
class Merchant(BusinessFields, frozen=True, kw_only=True):
    """Register a merchant of `institution`, a business by its code, another by its `principal`, a person.

    `fee_plan`: the plan of fees that it has agreed to; 0: it pays none.
    """

    institution: Id
    kind_of_merchant: MerchantKind
    principal: MaybeId = 0
    fee_plan: MaybeId = 0


def is_micro(case: Case) -> NDArray[np.bool_]:
    """Where a micro-merchant is registered."""
    return case.batch.equals("kind_of_merchant", MerchantKind.micro.value)


def has_person(case: Case) -> NDArray[np.bool_]:
    """Where a natural person stands for the merchant."""
    return np.array([MerchantKind(item) in NATURAL_KINDS for item in case.batch.values("kind_of_merchant")], np.bool_)


def first_micro(case: Case) -> NDArray[np.bool_]:
    """Where it is the principal's first one, so that the usage accounts are to be opened."""
    return np.asarray(is_micro(case) & (case.facts["principal_micro_usage"] == 0), np.bool_)


class RegisterMerchant(UseCase):
    """Opens the account of what the merchant has received and not been paid out."""

    command = Merchant
    needs = (
        *INSTITUTION_NEEDS,
        Need(table=PERSON, by="principal", prefix="principal"),
        Need(table=BUSINESS, by="identity", prefix="business"),
        Need(table=FEE_PLAN, by="fee_plan", prefix="plan"),
    )
    gates = (licence_gate(business="card_acquiring"), NOT_LISTED)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether the principal has usage accounts is shared by its merchants, which shop was first by a business."""
        return (batch.integers("principal"), batch.integers("identity"))

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Who is no business, and nobody else, has a principal of the same institution; the plan is its own."""
        principal, natural = case.batch.integers("principal"), has_person(case)
        elsewhere = case.facts["principal_institution"] != case.batch.integers("institution")
        needed = "the id of a person of the institution, who stands for the merchant"
        plan = case.batch.integers("fee_plan")
        others = (plan != 0) & (case.facts["plan_institution"] != case.batch.integers("institution"))
        return {
            **faults_where(others, case.batch, "fee_plan", "a plan of the institution"),
            **faults_where(~natural & (principal != 0), case.batch, "principal", "0 for a business"),
            **faults_where(natural & elsewhere, case.batch, "principal", needed),
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
        known, kind = facts.found("business"), batch.integers("match_kind")
        kinds = [MERCHANT_KIND_NUMBER[MerchantKind(item)] for item in batch.values("kind_of_merchant")]
        merchant = {
            "id": ids,
            "institution": batch.integers("institution"),
            "kind": np.array(kinds, np.int64),
            "account": account,
            "bank_account": bank,
            "principal": batch.integers("principal"),
            "registered_on": batch.on,
            "business": np.where(known, facts["business_merchant"], ids),
            "fee_plan": batch.integers("fee_plan"),
            "normal_since": 0,
            "settled_through": 0,
            "stops": 0,
            "left_on": 0,
            "verified_on": batch.on,
        }
        shown = rows(accepted & (batch.integers("identity") != 0) & ~known, id=batch.integers("identity"), merchant=ids)
        held = {"id": bank, "person": 0, "merchant": ids, "bound_on": batch.on, "mandate": 0, "credit": 0}
        held |= {"identity": 0, "position": batch.position}
        return Recorded(
            results={"merchant": ids, "bank_account": bank},
            events=[
                *event(MERCHANT_REGISTERED, rows(accepted, **merchant)),
                *event(BUSINESS_SHOWN, {**shown, "since": [batch.on] * len(shown["id"])}),
                *event(BANK_ACCOUNT_BOUND, rows(accepted, **held)),
                *match_events(
                    case,
                    accepted & (kind != 0),
                    subject_kind=OF_MERCHANT,
                    subject=ids,
                    institution=batch.integers("institution"),
                    entry=batch.integers("match_entry"),
                    kind=kind,
                ),
                *event(
                    PERSON_GAINED_MICRO_MERCHANT,
                    rows(first, id=batch.integers("principal"), micro_usage=account + 1),
                ),
            ],
        )
