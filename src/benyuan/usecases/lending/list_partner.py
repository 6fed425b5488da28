"""A partner put on the lender's list: who lends together with it, or guarantees its loans, by its own licences.

With a body that may not lend no loan is made together, and none enhances a loan that is not licensed to (Order 2024 No.
4 of the National Financial Regulatory Administration, art. 46); partners are reviewed at least once a year (art. 49),
which is a duty in the calendar. A late one shows and stops no loan. Worked number: listed on 2026-05-01, a partner is
reviewed by 2027-05-01; reviewed on 2027-05-03, late, by 2028-05-03 the next time.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import FIRST_PARTNER_BOOK, PartnerOwn, partner_accounts
from benyuan.consumer_finance.records import (
    LENDER,
    LENDER_DUTY,
    LENDER_DUTY_AROSE,
    LENDER_DUTY_DONE,
    PARTNER,
    PARTNER_CHANGED,
    PARTNER_LISTED,
    PARTNER_NAMED,
)
from benyuan.consumer_finance.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import MEMO_CHARACTERS, Id, Yyyymmdd, no_such_day, numbered, rows
from benyuan.values.dates import add_months

REVIEW = "cf.partner.review"


def _due_again(case: Case) -> int:
    """By when a review is due after one on the batch's day; 0 before the rule holds."""
    value = case.rules.in_force(id=REVIEW, on=case.batch.on)
    return add_months(case.batch.on, value.count) if value else 0


def _to_review(case: Case, where: NDArray[np.bool_], *, partner: NDArray[np.int64], lender: Any) -> list[Event]:
    """The duties to review partners again."""
    due_on = _due_again(case)
    where = where & (due_on != 0)
    ids = numbered(where, case.facts.next_ids[LENDER_DUTY.name])
    owed = {"kind": int(DutyKind.review_lending_partner), "arose_on": case.batch.on, "due_on": due_on, "done_on": 0}
    return event(LENDER_DUTY_AROSE, rows(where, id=ids, lender=lender, about=partner, **owed))


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
        owed = _to_review(decided.case, accepted, partner=ids, lender=batch.integers("lender"))
        listed = event(PARTNER_LISTED, rows(accepted, **columns))
        named = event(PARTNER_NAMED, rows(accepted, id=ids, name=batch.text_numbers("name")))
        return Recorded(results={"partner": ids}, events=[*listed, *named, *owed])


@command("review_partner")
class PartnerReview(Command, frozen=True, kw_only=True):
    """The yearly review of `partner`; `listed_until`: the last day on which it is on the list, 0 for no end."""

    partner: Id
    listed_until: Yyyymmdd = 0


class ReviewPartner(UseCase):
    """Keeps the day of the review: its duty is done, and the next one arises while the partner is on the list."""

    command = PartnerReview
    needs = (Need(table=PARTNER, by="partner", prefix="partner"),)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The duty that is open; 0 for none."""
        del facts, rules
        about = books.all_with(LENDER_DUTY, "about", int(batch.integers("partner")[0]))
        still = about[books.column(LENDER_DUTY, "done_on")[about] == 0]
        return {"review_duty": np.array([still[-1] if len(still) else 0], np.int64)}, {}

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A duty is done once."""
        return (batch.integers("partner"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists; 0 is none."""
        return no_such_day(case.batch, "listed_until", none=True)

    def record(self, decided: Decided) -> Recorded:
        """Reviewed on this day, in time or late."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        partner, until, done = batch.integers("partner"), batch.integers("listed_until"), facts["review_duty"]
        changed = {"id": partner, "reviewed_on": np.full(len(batch), batch.on), "listed_until": until}
        next_on = _due_again(case)
        stays = accepted & ((until == 0) | (until >= next_on))
        return Recorded(
            results={},
            events=[
                *event(PARTNER_CHANGED, rows(accepted, **changed)),
                *event(LENDER_DUTY_DONE, rows(accepted & (done != 0), id=done, done_on=batch.on)),
                *_to_review(case, stays, partner=partner, lender=facts["partner_lender"]),
            ],
        )
