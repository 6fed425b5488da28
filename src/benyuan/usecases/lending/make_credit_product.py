"""A product of the lender, with its own set of accounts; its terms are published for it, version by version."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import ProductOwn, product_accounts
from benyuan.consumer_finance.records import LENDER, PRODUCT, PRODUCT_MADE
from benyuan.consumer_finance.vocabulary import PRODUCT_KIND_NUMBER, ProductKind
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, numbered, rows


@command("make_credit_product")
class ProductFields(Command, frozen=True, kw_only=True):
    """Make a product of `lender`: pay-later accounts, cash loans, or plans that relieve an account."""

    lender: Id
    kind_of_product: ProductKind


class MakeCreditProduct(UseCase):
    """Opens the product's accounts."""

    command = ProductFields
    needs = (Need(table=LENDER, by="lender", prefix="lender"),)

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """One set each."""
        return product_accounts(books=case.facts["lender_book"][goes_on])

    def record(self, decided: Decided) -> Recorded:
        """The product, and where its accounts begin."""
        batch, facts, accepted = decided.case.batch, decided.case.facts, decided.accepted
        ids = numbered(accepted, facts.next_ids[PRODUCT.name])
        columns = {
            "id": ids,
            "lender": batch.integers("lender"),
            "kind": batch.numbers("kind_of_product", PRODUCT_KIND_NUMBER),
            "first_account": numbered(accepted, facts.next_account, step=len(ProductOwn)),
            "made_on": batch.on,
            "suspended": 0,
        }
        return Recorded(results={"product": ids}, events=event(PRODUCT_MADE, rows(accepted, **columns)))
