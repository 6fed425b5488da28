"""A court, an authority or a service furnishes records of persons: judgments, enforcement, penalties, arrears.

Sources: State Council Order 631, arts. 13, 15 (what a law has published needs neither consent nor notice), 16. Records
of the layout `PUBLIC`; each is found by the person.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import PUBLIC
from benyuan.credit_bureau.members import furnishing_gates
from benyuan.credit_bureau.sieves import sift_public
from benyuan.credit_bureau.vocabulary import PUBLIC_KIND_NUMBER, Sort
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.parcels import Sieve, Sifted
from benyuan.decisions.usecase import Case, Survey
from benyuan.rules import RulePack
from benyuan.usecases.bureau.furnishing import CONTENT, Furnishing, ParcelFields, facts_of_subjects


@command("furnish_public", personal=CONTENT, brings=PUBLIC)
class PublicFields(ParcelFields, frozen=True, kw_only=True):
    """`member` furnishes records of persons to `bureau`."""


class FurnishPublic(Furnishing):
    """Sifts the records by person, consent and notice."""

    command = PublicFields
    gates = furnishing_gates(Sort.public)
    sort = Sort.public

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
        sift_public(
            sieve,
            batch.parcel,
            facts=case.facts.flows,
            bureau=int(batch.integers("bureau")[0]),
            kinds=len(PUBLIC_KIND_NUMBER),
            on=batch.on,
            rules=case.rules,
        )
        return sieve.sifted()
