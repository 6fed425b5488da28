"""A member furnishes whom it asked about elsewhere: records of the layout `ASKED`, each found by the person.

Source: State Council Order 631, art. 13 (consent).
"""

from benyuan.credit_bureau.layouts import ASKED
from benyuan.credit_bureau.members import furnishing_gates
from benyuan.credit_bureau.sieves import sift_asked
from benyuan.credit_bureau.vocabulary import PURPOSE_NUMBER, Sort
from benyuan.decisions.commands import command
from benyuan.decisions.parcels import Sieve, Sifted
from benyuan.decisions.usecase import Case
from benyuan.usecases.bureau.furnishing import CONTENT, OfPersons, ParcelFields


@command("furnish_inquiries", version=2, personal=CONTENT, brings=ASKED)
class InquiriesFields(ParcelFields, frozen=True, kw_only=True):
    """`member` furnishes inquiries that it made elsewhere to `bureau`."""


class FurnishInquiries(OfPersons):
    """Sifts the records by person and consent."""

    command = InquiriesFields
    gates = furnishing_gates(Sort.inquiries)
    sort = Sort.inquiries

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
