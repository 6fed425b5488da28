"""The price of a share of an investment or insurance product from a day on, as its maker states it.

Source: Order 2025 No. 7, art. 31, last paragraph (what happens in the product's life is told in time, exactly and
whole). Shares are bought and given back at the price of the day. Before any is published a share is 1.0000 yuan, at
which it is issued. Worked number: 1.0250 yuan is 10,250 ten-thousandths.
"""

from typing import Annotated, TypeAlias

import msgspec
import numpy as np

from benyuan.consumer_protection.suitability.facts import Ints
from benyuan.consumer_protection.suitability.records import SHELF, SHELF_PRICE, SHELF_PRICED
from benyuan.consumer_protection.suitability.vocabulary import IN_SCOPE, SORT_NUMBER
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, Yyyymmdd, faults_where, no_such_day, numbered, rows

MOST_PRICE = 1_000_000_000  # tidy: number a hundred thousand yuan, a bound that we chose
Price: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=MOST_PRICE)]


@command("publish_product_price")
class PriceFields(Command, frozen=True, kw_only=True):
    """From `from_date` on a share of `product` is worth `price`, in ten-thousandths of a yuan."""

    product: Id
    from_date: Yyyymmdd
    price: Price


class PublishProductPrice(UseCase):
    """Records the price and its first day."""

    command = PriceFields
    needs = (
        Need(table=SHELF, by="product", prefix="shelf"),
        Need(table=SHELF_PRICE, by="product", prefix="held"),
    )

    def conflicts(self, batch: Batch) -> tuple[Ints]:
        """A day has one price."""
        return (batch.integers("product"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists, has not passed and has no price; the product has shares."""
        batch, facts = case.batch, case.facts
        past = np.asarray(batch.integers("from_date") < batch.on, np.bool_)
        priced = facts.found("held") & (facts["held_from_date"] == batch.integers("from_date"))
        others = ~np.isin(facts["shelf_sort"], [SORT_NUMBER[sort] for sort in IN_SCOPE])
        return {
            **faults_where(priced, batch, "from_date", "a day on which no other price of this product begins"),
            **faults_where(past, batch, "from_date", "today or a later day"),
            **no_such_day(batch, "from_date"),
            **faults_where(others, batch, "product", "an investment or insurance product"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The price, from the day on."""
        batch, accepted = decided.case.batch, decided.accepted
        columns = {
            "id": numbered(accepted, decided.case.facts.next_ids[SHELF_PRICE.name]),
            "owner": batch.integers("product"),
            "from_date": batch.integers("from_date"),
            "price": batch.integers("price"),
            "published_on": batch.on,
            "position": batch.position,
        }
        return Recorded(results={}, events=event(SHELF_PRICED, rows(accepted, **columns)))
