"""A member takes back what it furnished with one command: all that is left of the parcel leaves the file.

Sources: PBoC Order [2021] No. 4, arts. 17, 18. A file that was furnished in parts is withdrawn part by part; what takes
its place is furnished anew. An account that was closed by it is as the months that are left tell. Accounts that were
furnished one by one are taken out by `delete_account`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.closing import closed_months
from benyuan.credit_bureau.layouts import ASKED, MONTH, PUBLIC
from benyuan.credit_bureau.records import (
    CREDIT_LINE,
    CREDIT_LINE_CHANGED,
    EVERY_ROW,
    PARCEL,
    PARCEL_CHANGED,
    RECORDS_ERASED,
)
from benyuan.credit_bureau.vocabulary import SORT_NUMBER, Sort
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, faults_where, rows

LAYOUT_OF = {SORT_NUMBER[Sort.months]: MONTH, SORT_NUMBER[Sort.public]: PUBLIC, SORT_NUMBER[Sort.inquiries]: ASKED}
NONE = np.zeros(0, np.int64)


@command("withdraw_parcel")
class WithdrawalFields(Command, frozen=True, kw_only=True):
    """`member` takes parcel number `parcel` back."""

    member: Id
    parcel: Id


class WithdrawParcel(UseCase):
    """Erases page by page what is left."""

    command = WithdrawalFields
    needs = (Need(table=PARCEL, by="parcel", prefix="parcel"),)
    surveys = True
    reads_sealed = True

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A parcel is taken back once."""
        return (batch.integers("parcel"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The pages that are left, and how many records are in them."""
        del batch, rules
        layout = LAYOUT_OF.get(int(facts["parcel_sort"][0]))
        if layout is None or facts["parcel_withdrawn"][0]:
            return {}, dict.fromkeys(("page", "left", "account", "closed"), NONE)
        position = int(facts["parcel_position"][0])
        found = books.of_parcel(layout, position)
        account, closed = _closed_else(books, found.records, position) if layout is MONTH else (NONE, NONE)
        left = np.array([len(found.page)], np.int64)
        return {}, {"page": np.unique(found.page), "left": left, "account": account, "closed": closed}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is this member's, and has not been taken back."""
        batch, facts = case.batch, case.facts
        other = facts["parcel_member"] != batch.integers("member")
        gone = facts["parcel_withdrawn"] != 0
        return {
            **faults_where(gone, batch, "parcel", "a parcel that has not been taken back"),
            **faults_where(other, batch, "parcel", "a parcel that this member has furnished"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The parcel is marked, its pages go."""
        case, accepted = decided.case, decided.accepted
        batch, flows = case.batch, case.facts.flows
        pages = flows["page"]
        gone = {"id": np.full(len(pages), case.facts["parcel_position"][0]), "page": pages}
        gone["row"] = np.full(len(pages), EVERY_ROW)
        marked = rows(accepted, id=batch.integers("parcel"), withdrawn=batch.position)
        erased = np.array([int(flows["left"].sum())], np.int64)
        changed = event(CREDIT_LINE_CHANGED, {"id": flows["account"], "closed": flows["closed"]})
        events = [*event(PARCEL_CHANGED, marked), *changed, *event(RECORDS_ERASED, gone)] if accepted.all() else []
        return Recorded(results={"erased": erased}, events=events)


def _closed_else(books: Books, records: NDArray[Any], position: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The accounts that this parcel closed, and when they were by the months furnished otherwise; 0: open."""
    told = books.column(CREDIT_LINE, "closed")[records["account"]]
    accounts = np.unique(records["account"][(told != 0) & (told == records["month"])])
    found = books.furnished(MONTH, accounts.tolist())
    closed = np.zeros(len(accounts), np.int64)
    by_others, month = closed_months(found.records[found.position != position], accounts=accounts, closed=closed)
    closed[np.searchsorted(accounts, by_others)] = month
    return accounts, closed
