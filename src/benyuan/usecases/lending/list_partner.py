"""A partner put on the lender's list: who lends together with it, or guarantees its loans, by its own licences.

With a body that may not lend no loan is made together, and none enhances a loan that is not licensed to (Order 2024 No.
4 of the National Financial Regulatory Administration, art. 46); partners are reviewed at least once a year (art. 49).
"""

from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import FIRST_PARTNER_BOOK, PartnerOwn, partner_accounts
from benyuan.consumer_finance.records import LENDER, PARTNER, PARTNER_CHANGED, PARTNER_LISTED, PARTNER_NAMED
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import MEMO_CHARACTERS, Id, Yyyymmdd, no_such_day, numbered, rows


@command("list_partner", version=2)
class PartnerFields(Command, frozen=True, kw_only=True):
    """Put a partner on the list of `lender`; `lends`, `guarantees`: what its licences allow it."""

    lender: Id
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=MEMO_CHARACTERS)]
    lends: bool = False
    guarantees: bool = False


class ListPartner(UseCase):
    """Opens the partner's accounts: two in the lender's book, the others in its own."""

    command = PartnerFields
    needs = (Need(table=LENDER, by="lender", prefix="lender"),)

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """One set each."""
        ids = numbered(goes_on, case.facts.next_ids[PARTNER.name])
        return partner_accounts(
            lender_books=case.facts["lender_book"][goes_on], books=FIRST_PARTNER_BOOK + ids[goes_on]
        )

    def record(self, decided: Decided) -> Recorded:
        """The partner, reviewed on this day."""
        batch, facts, accepted = decided.case.batch, decided.case.facts, decided.accepted
        ids = numbered(accepted, facts.next_ids[PARTNER.name])
        columns = {
            "id": ids,
            "lender": batch.integers("lender"),
            "book": FIRST_PARTNER_BOOK + ids,
            "first_account": numbered(accepted, facts.next_account, step=len(PartnerOwn)),
            "lends": np.array(batch.values("lends"), np.int64),
            "guarantees": np.array(batch.values("guarantees"), np.int64),
            "reviewed_on": batch.on,
            "listed_until": 0,
        }
        named = rows(accepted, id=ids, name=batch.text_numbers("name"))
        return Recorded(
            results={"partner": ids},
            events=[*event(PARTNER_LISTED, rows(accepted, **columns)), *event(PARTNER_NAMED, named)],
        )


@command("review_partner")
class PartnerReview(Command, frozen=True, kw_only=True):
    """The yearly review of `partner`; `listed_until`: the last day on which it is on the list, 0 for no end."""

    partner: Id
    listed_until: Yyyymmdd = 0


class ReviewPartner(UseCase):
    """Keeps the day of the review."""

    command = PartnerReview
    needs = (Need(table=PARTNER, by="partner", prefix="partner"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists; 0 is none."""
        return no_such_day(case.batch, "listed_until", none=True)

    def record(self, decided: Decided) -> Recorded:
        """Reviewed on this day."""
        batch, accepted = decided.case.batch, decided.accepted
        columns = {
            "id": batch.integers("partner"),
            "reviewed_on": np.full(len(batch), batch.on),
            "listed_until": batch.integers("listed_until"),
        }
        return Recorded(results={}, events=event(PARTNER_CHANGED, rows(accepted, **columns)))
