"""A member furnishes how its accounts stood at the end of a month: records of the layout `MONTH`, in bulk.

Sources: those of `credit_bureau/sieves.py`. A later record of the same account and month stands in place of the
earlier one; to have the earlier one gone, `correct_months`.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.closing import closed_months
from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.members import furnishing_gates
from benyuan.credit_bureau.records import CREDIT_LINE, CREDIT_LINE_CHANGED
from benyuan.credit_bureau.sieves import sift_months
from benyuan.credit_bureau.vocabulary import Sort
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.parcels import Sieve, Sifted
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey
from benyuan.rules import RulePack
from benyuan.usecases.bureau.furnishing import CONTENT, Furnishing, ParcelFields, facts_of_accounts, within


@command("furnish_months", version=2, personal=CONTENT, brings=MONTH)
class MonthsFields(ParcelFields, frozen=True, kw_only=True):
    """`member` furnishes months of its accounts to `bureau`."""


class MonthsTaken(Furnishing):
    """Sifts months by account, consent and notice."""

    gates = furnishing_gates(Sort.months)
    sort = Sort.months

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What is known of the account of each record."""
        del facts, rules
        if batch.parcel is None:
            return {}, {}
        accounts = within(np.unique(batch.parcel["account"]), books.column(CREDIT_LINE, "member"))
        accounts = np.unique(accounts)
        lines = {"line": accounts, "line_closed": books.column(CREDIT_LINE, "closed")[accounts]}
        return {}, {**facts_of_accounts(batch.parcel, books), **lines}

    def sift(self, case: Case) -> Sifted:
        """The first thing that speaks against each record."""
        batch = case.batch
        assert batch.parcel is not None
        sieve = Sieve(len(batch.parcel))
        member = int(batch.integers("member")[0])
        sift_months(sieve, batch.parcel, facts=case.facts.flows, member=member, on=batch.on, rules=case.rules)
        return sieve.sifted()

    def record(self, decided: Decided) -> Recorded:
        """The parcel; and which accounts were closed by it, or are open again."""
        recorded = super().record(decided)
        records, flows = decided.case.batch.parcel, decided.case.facts.flows
        if records is None or not decided.accepted.all() or not len(records):
            return recorded
        accounts, closed = closed_months(records, accounts=flows["line"], closed=flows["line_closed"])
        changed = event(CREDIT_LINE_CHANGED, {"id": accounts, "closed": closed})
        return Recorded(results=recorded.results, events=[*recorded.events, *changed])


class FurnishMonths(MonthsTaken):
    """Months as they are furnished."""

    command = MonthsFields
