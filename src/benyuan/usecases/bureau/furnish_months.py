"""A member furnishes how its accounts stood at the end of a month: records of the layout `MONTH`, in bulk.

Sources: those of `credit_bureau/sieves.py`. A later record of the same account and month stands in place of the
earlier one; to have the earlier one gone, `correct_months`.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.members import furnishing_gates
from benyuan.credit_bureau.sieves import sift_months
from benyuan.credit_bureau.vocabulary import Sort
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.parcels import Sieve, Sifted
from benyuan.decisions.usecase import Case, Survey
from benyuan.rules import RulePack
from benyuan.usecases.bureau.furnishing import CONTENT, Furnishing, ParcelFields, facts_of_accounts


@command("furnish_months", personal=CONTENT, brings=MONTH)
class MonthsFields(ParcelFields, frozen=True, kw_only=True):
    """`member` furnishes months of its accounts to `bureau`."""


class MonthsTaken(Furnishing):
    """Sifts months by account, consent and notice."""

    gates = furnishing_gates(Sort.months)
    sort = Sort.months

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What is known of the account of each record."""
        del facts, rules
        return {}, {} if batch.parcel is None else facts_of_accounts(batch.parcel, books)

    def sift(self, case: Case) -> Sifted:
        """The first thing that speaks against each record."""
        batch = case.batch
        assert batch.parcel is not None
        sieve = Sieve(len(batch.parcel))
        member = int(batch.integers("member")[0])
        sift_months(sieve, batch.parcel, facts=case.facts.flows, member=member, on=batch.on, rules=case.rules)
        return sieve.sifted()


class FurnishMonths(MonthsTaken):
    """Months as they are furnished."""

    command = MonthsFields
