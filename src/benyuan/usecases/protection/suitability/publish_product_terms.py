"""A version of a product's terms, kept whole, so that what a customer saw can be shown years later.

Source: Order 2025 No. 7, arts. 17, 31. The text is sealed beside the log, and the log has its SHA-256, which is checked
against the text at intake. A version in force is never changed: a change is another version from a later day on.
"""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np

from benyuan.consumer_protection.suitability.records import (
    EXIT_TERMS_PUBLISHED,
    SHELF,
    SHELF_TERMS,
    SHELF_TERMS_BEGIN,
    SHELF_TERMS_IN_FORCE,
    SHELF_TERMS_PUBLISHED,
)
from benyuan.consumer_protection.suitability.vocabulary import IN_SCOPE, SORT_NUMBER
from benyuan.decisions.commands import Command, Identity, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, Reference, Yyyymmdd, faults_where, no_such_day, numbered, rows

LONGEST = 200_000  # tidy: number characters, a length that we chose
Ppm: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
FeeDays: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=3_660)]  # tidy: number days that no terms go beyond
PayDays: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=90)]  # tidy: number days that no terms go beyond


@command("publish_product_terms", version=2, personal=("text",), identified=True)
class TermsFields(Command, frozen=True, kw_only=True):
    """From `from_date` on the terms of `product` are this `text`, whose SHA-256 is `digest`.

    What the text says of leaving early: `exit_fee_ppm` of what the shares come to, while they are held fewer than
    `exit_fee_days`; the maker pays within `pay_days`. Noughts: no fee, and paid on the day.
    """

    product: Id
    from_date: Yyyymmdd
    digest: Reference
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]
    exit_fee_ppm: Ppm = 0
    exit_fee_days: FeeDays = 0
    pay_days: PayDays = 0

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """The digest is that of the text."""
        made = hashlib.sha256(str(personal["text"]).encode()).hexdigest()
        return (
            None if made == fields["digest"] else ("digest", "the SHA-256 of the text, 64 hex digits in small letters")
        )

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """Nobody's: the text is sealed under the key of its month."""
        del personal, fields, on
        return Identity(text="", contact="", derived={})


class PublishProductTerms(UseCase):
    """Gives the version its number."""

    command = TermsFields
    needs = (Need(table=SHELF, by="product", prefix="shelf"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists and has not passed; a fee has its days; only what is sold in shares has either."""
        batch = case.batch
        past = np.asarray(batch.integers("from_date") < batch.on, np.bool_)
        fee, days = batch.integers("exit_fee_ppm"), batch.integers("exit_fee_days")
        others = ~np.isin(case.facts["shelf_sort"], [SORT_NUMBER[sort] for sort in IN_SCOPE])
        says = (fee != 0) | (days != 0) | (batch.integers("pay_days") != 0)
        return {
            **faults_where(others & says, batch, "exit_fee_ppm", "0, as days are: this sort is not sold in shares"),
            **faults_where((fee == 0) != (days == 0), batch, "exit_fee_days", "the days of the fee, 0 without a fee"),
            **faults_where(past, case.batch, "from_date", "today or a later day"),
            **no_such_day(case.batch, "from_date"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The version and its first day."""
        batch, accepted, next_ids = decided.case.batch, decided.accepted, decided.case.facts.next_ids
        versions = numbered(accepted, next_ids[SHELF_TERMS.name])
        begins = numbered(accepted, next_ids[SHELF_TERMS_IN_FORCE.name])
        product, from_date = batch.integers("product"), batch.integers("from_date")
        digest = batch.text_numbers("digest")
        published = {"from_date": from_date, "published_on": batch.on, "position": batch.position, "digest": digest}
        published["approved_on"] = 0
        leaving = {name: batch.integers(name) for name in ("exit_fee_ppm", "exit_fee_days", "pay_days")}
        return Recorded(
            results={"terms": versions},
            events=[
                *event(SHELF_TERMS_PUBLISHED, rows(accepted, id=versions, product=product, **published)),
                *event(EXIT_TERMS_PUBLISHED, rows(accepted, id=versions, **leaving)),
                *event(
                    SHELF_TERMS_BEGIN,
                    rows(accepted, id=begins, owner=product, from_date=from_date, version=versions, digest=digest),
                ),
            ],
        )
