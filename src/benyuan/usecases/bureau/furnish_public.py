"""A court, an authority or a service furnishes records of persons: judgments, enforcement, penalties, arrears.

Sources: State Council Order 631, arts. 13, 15 (what a law has published needs neither consent nor notice), 16. Records
of the layout `PUBLIC`; each is found by the person.
"""

from benyuan.credit_bureau.layouts import PUBLIC
from benyuan.credit_bureau.members import furnishing_gates
from benyuan.credit_bureau.sieves import sift_public
from benyuan.credit_bureau.vocabulary import PUBLIC_KIND_NUMBER, Sort
from benyuan.decisions.commands import command
from benyuan.decisions.parcels import Sieve, Sifted
from benyuan.decisions.usecase import Case
from benyuan.usecases.bureau.furnishing import CONTENT, OfPersons, ParcelFields


@command("furnish_public", version=2, personal=CONTENT, brings=PUBLIC)
class PublicFields(ParcelFields, frozen=True, kw_only=True):
    """`member` furnishes records of persons to `bureau`."""


class FurnishPublic(OfPersons):
    """Sifts the records by person, consent and notice."""

    command = PublicFields
    gates = furnishing_gates(Sort.public)
    sort = Sort.public

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
