"""A member furnishes whom it asked about elsewhere: records of the layout `ASKED`, each found by the person.

Source: State Council Order 631, art. 13 (consent).
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import ASKED
from benyuan.credit_bureau.members import furnishing_gates
from benyuan.credit_bureau.sieves import sift_asked
from benyuan.credit_bureau.vocabulary import PURPOSE_NUMBER, Sort
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.parcels import Sieve, Sifted
from benyuan.decisions.usecase import Case, Survey
from benyuan.rules import RulePack
from benyuan.usecases.bureau.furnishing import CONTENT, Furnishing, ParcelFields, facts_of_subjects


@command("furnish_inquiries", personal=CONTENT, brings=ASKED)
class InquiriesFields(ParcelFields, frozen=True, kw_only=True):
    """`member` furnishes inquiries that it made elsewhere to `bureau`."""


class FurnishInquiries(Furnishing):
    """Sifts the records by person and consent."""

    command = InquiriesFields
    gates = furnishing_gates(Sort.inquiries)
    sort = Sort.inquiries

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whose each person is, and which consents are in force."""
        del facts, rules
        if batch.parcel is None:
            return {}, {}
        member = int(batch.integers("member")[0])
        return {}, facts_of_subjects(batch.parcel, books, member=member, on=batch.on)

    def sift(self, case: Case) -> Sifted:
        """The first thing that speaks against each record."""
        batch = case.batch
        assert batch.parcel is not None
        sieve = Sieve(len(batch.parcel))
        sift_asked(
            sieve,
            batch.parcel,
            facts=case.facts.flows,
            bureau=int(batch.integers("bureau")[0]),
            purposes=len(PURPOSE_NUMBER),
            on=batch.on,
        )
        return sieve.sifted()
