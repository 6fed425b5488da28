"""A product of the group on the register: what it is, who makes and who sells it, for whom, at what risk and price.

Source: Order 2025 No. 7, arts. 8, 9, 22; State Council Order 768, art. 16. Order of checks: an investment or insurance
product is a sample, or the seller has a permit for it; a maker who is another has a contract with the seller (art. 21);
it has a level from both ratings. What a lender's product or a wallet is on the register for stands in
`usecases.on_shelf`. Worked number: rated 2 by the
maker and 3 by the seller it is of level 3.
"""

from collections.abc import Sequence
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np

from benyuan.consumer_finance.records import LENDER, PRODUCT
from benyuan.consumer_finance.vocabulary import PRODUCT_KIND_NUMBER, ProductKind
from benyuan.consumer_protection.suitability.facts import Ints, Truths, given, said
from benyuan.consumer_protection.suitability.records import (
    SHELF,
    SHELF_REGISTERED,
    SHELF_WALLET,
    SHELF_WALLET_REGISTERED,
)
from benyuan.consumer_protection.suitability.vocabulary import IN_SCOPE, LENT, SORT_NUMBER, ProductSort
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.payments.licences import ONLY_LICENSED
from benyuan.payments.records import INSTITUTION, MERCHANT
from benyuan.usecases.common import MEMO_CHARACTERS, MaybeId, Memo, faults_where, numbered, rows

KINDS = {
    ProductSort.pay_later: PRODUCT_KIND_NUMBER[ProductKind.pay_later.value],
    ProductSort.cash_loan: PRODUCT_KIND_NUMBER[ProductKind.cash_loan.value],
    ProductSort.plan: PRODUCT_KIND_NUMBER[ProductKind.plan.value],
}
LEVELS, AGENT = "suit.product_levels", "suit.agent"
Words: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=MEMO_CHARACTERS)]
Level: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=5)]
Cooling: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=90)]  # tidy: number days that no terms go beyond


@command("register_product", version=2)
class ProductFields(Command, frozen=True, kw_only=True):
    """Put a product on the register; it is not sold until the committee has approved it.

    `institution` or `lender`: whose it is. `ref`: the lender's own product, 0 for none. `merchant`: who is paid for an
    investment or insurance product. Levels from 1 to 5, 0 for products without. `cooling_days`: for how many days a
    sale may be cancelled. `sample`: shown, and no business of the house; without it `permit` names the seller's permit.
    `agency`: the digest of the contract between maker and seller, where they are two. `partners`: who else has a part
    in it, by name.
    """

    sort: ProductSort
    institution: MaybeId = 0
    lender: MaybeId = 0
    ref: MaybeId = 0
    merchant: MaybeId = 0
    name: Words
    maker: Words
    seller: Words
    maker_level: Level = 0
    seller_level: Level = 0
    target: Words
    fees: Words
    cooling_days: Cooling = 0
    sample: bool = False
    permit: Memo = ""
    agency: Memo = ""
    partners: Memo = ""


def in_scope(case: Case) -> Truths:
    """Where suitability applies (art. 3)."""
    return np.isin(case.batch.numbers("sort", SORT_NUMBER), [SORT_NUMBER[sort] for sort in IN_SCOPE])


def is_lent(case: Case) -> Truths:
    """Where it is the lender's."""
    return np.isin(case.batch.numbers("sort", SORT_NUMBER), [SORT_NUMBER[sort] for sort in LENT])


def is_wallet(case: Case) -> Truths:
    """Where it is an institution's wallet."""
    return np.asarray(case.batch.numbers("sort", SORT_NUMBER) == SORT_NUMBER[ProductSort.wallet], np.bool_)


def kind_of(case: Case) -> Ints:
    """Of which kind the lender's own product is; -1 where it is none of a lender's."""
    return case.batch.numbers("sort", {sort: KINDS.get(sort, -1) for sort in ProductSort})


def level_of(case: Case) -> Ints:
    """The higher of the two ratings."""
    return np.maximum(case.batch.integers("maker_level"), case.batch.integers("seller_level"))


def _may_be_sold(case: Case) -> Truths:
    case.rules.value(id=ONLY_LICENSED, on=case.batch.on)
    return ~in_scope(case) | said(case, "sample") | given(case, "permit")


def _graded(case: Case) -> Truths:
    scoped = in_scope(case)
    if scoped.any():
        case.rules.value(id=LEVELS, on=case.batch.on)
    both = (case.batch.integers("maker_level") > 0) & (case.batch.integers("seller_level") > 0)
    return ~scoped | both


def _sells_for_another(case: Case) -> Truths:
    two = [
        maker != seller for maker, seller in zip(case.batch.values("maker"), case.batch.values("seller"), strict=True)
    ]
    return in_scope(case) & np.array(two, np.bool_)


def _agreed(case: Case) -> Truths:
    for_another = _sells_for_another(case)
    if for_another.any():
        case.rules.value(id=AGENT, on=case.batch.on)
    return ~for_another | given(case, "agency")


def _grade_figures(case: Case, place: int) -> dict[str, Any]:
    return {name: int(case.batch.integers(name)[place]) for name in ("maker_level", "seller_level")}


class RegisterProduct(UseCase):
    """Gives the product its number and its level."""

    command = ProductFields
    needs = (
        Need(table=INSTITUTION, by="institution", prefix="institution"),
        Need(table=LENDER, by="lender", prefix="lender"),
        Need(table=PRODUCT, by="ref", prefix="credit"),
        Need(table=MERCHANT, by="merchant", prefix="merchant"),
        Need(table=SHELF, by="ref", prefix="held", via="ref"),
        Need(table=SHELF_WALLET, by="institution", prefix="wallet"),
    )
    gates = (
        Gate(rule=ONLY_LICENSED, passes=_may_be_sold, applies=in_scope),
        Gate(rule=AGENT, passes=_agreed, applies=_sells_for_another),
        Gate(rule=LEVELS, passes=_graded, figures=_grade_figures, applies=in_scope),
    )

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """A product of a lender, and the wallet of an institution, is registered once."""
        return batch.integers("ref"), batch.integers("institution")

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The seller is the one that such a product has; the merchant is the institution's; no level where none is."""
        batch, facts = case.batch, case.facts
        lent, scoped = is_lent(case), in_scope(case)
        others = facts["credit_lender"] != batch.integers("lender")
        elsewhere = facts["merchant_institution"] != batch.integers("institution")
        wallets = is_wallet(case) & facts.found("wallet")
        other_kind = (batch.integers("ref") != 0) & (facts["credit_kind"] != kind_of(case))
        return {
            **faults_where(facts.found("held"), batch, "ref", "a product that is not on the register yet"),
            **faults_where(wallets, batch, "institution", "one whose wallet is not on the register yet"),
            **faults_where(other_kind, batch, "ref", "a product of this sort"),
            **faults_where(
                ~scoped & (batch.integers("cooling_days") != 0), batch, "cooling_days", "0: sold as no sale"
            ),
            **faults_where(~scoped & (level_of(case) != 0), batch, "maker_level", "0: this sort has no risk level"),
            **faults_where(scoped & elsewhere, batch, "merchant", "a merchant of the institution, who is paid for it"),
            **faults_where(~scoped & (batch.integers("merchant") != 0), batch, "merchant", "0: nobody is paid for it"),
            **faults_where((batch.integers("ref") != 0) & others, batch, "ref", "a product of the lender, or 0"),
            **faults_where(lent != (batch.integers("lender") != 0), batch, "lender", "the lender of a credit, else 0"),
            **faults_where(
                lent == (batch.integers("institution") != 0), batch, "institution", "the seller, 0 where a lender is"
            ),
        }

    def record(self, decided: Decided) -> Recorded:
        """The product, on no sale yet."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[SHELF.name])
        names = ("institution", "lender", "ref", "merchant", "maker_level", "seller_level", "cooling_days")
        columns = {name: batch.integers(name) for name in names} | {
            "id": ids,
            "sort": batch.numbers("sort", SORT_NUMBER),
            "level": level_of(case),
            "sample": said(case, "sample").astype(np.int64),
            "registered_on": batch.on,
            "approved_on": 0,
            "suspended": 0,
            "position": batch.position,
        }
        return Recorded(
            results={"product": ids, "level": level_of(case)},
            events=[
                *event(SHELF_REGISTERED, rows(accepted, **columns)),
                *event(
                    SHELF_WALLET_REGISTERED,
                    rows(accepted & is_wallet(case), id=batch.integers("institution"), product=ids),
                ),
            ],
        )
