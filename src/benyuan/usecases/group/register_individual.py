"""An individual who owns, controls, sits on a board or is of somebody's family; name and document lie in the vault.

Source: PBoC Order [2020] No. 4, art. 3 ¶4 (up to who controls and benefits in the end). Worked number: the log learns
an opaque number of the document, by which the same individual is known again.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.bodies.vocabulary import BODY_KIND_NUMBER, BUSINESS_NUMBER, BodyKind, Business, Place
from benyuan.parties.documents import DocumentKind
from benyuan.parties.people import Text
from benyuan.usecases.common import Yyyymmdd, no_such_day
from benyuan.usecases.group.individuals import ByDocument
from benyuan.usecases.group.shared import KNOWN_NEED, new_body, registered_already, source_faults


@command("register_individual", personal=("number", "full_name"), identified=True)
class IndividualFields(ByDocument, Sourced, frozen=True, kw_only=True):
    """Register an individual by document; the number that it gets as a body is in the answer."""

    document: DocumentKind
    number: Text
    full_name: Text
    place: Place = Place.mainland
    from_date: Yyyymmdd


class RegisterIndividual(UseCase):
    """Gives the individual a number."""

    command = IndividualFields
    needs = (KNOWN_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Who is registered twice is one."""
        return (batch.integers("identity"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A document that nobody has; a source."""
        return {
            **source_faults(case),
            **no_such_day(case.batch, "from_date"),
            **registered_already(case, field="number"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The individual."""
        ids, events = new_body(
            decided, kind=BODY_KIND_NUMBER[BodyKind.individual], business=BUSINESS_NUMBER[Business.none], book=0
        )
        return Recorded(results={"body": ids}, events=events)
