"""The terms of a product are put before a customer: the version in force, whole, before anything is bought on it.

Source: Order 2025 No. 7, art. 31; PBoC Order [2020] No. 5, art. 16. A sale measures the time to read from here, by the
log's own clock. Worked number: shown at 10:00:00 and read for 10 seconds, an order of 10:00:09 is refused.
"""

import numpy as np

from benyuan.consumer_protection.suitability.facts import Truths, held
from benyuan.consumer_protection.suitability.gates import TOLD
from benyuan.consumer_protection.suitability.vocabulary import Told
from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.usecases.protection.suitability.evidence import Digest, digest_faults
from benyuan.usecases.protection.suitability.telling import TELLING_NEEDS, OfProduct, telling_faults, told, told_ids


@command("show_terms")
class Showing(OfProduct, frozen=True, kw_only=True):
    """The person has the terms of `product` on the screen; `terms_digest`: the SHA-256 of the text that is shown."""

    terms_digest: Digest


def _in_force(case: Case) -> Truths:
    held(case, TOLD)
    same = case.batch.text_numbers("terms_digest") == case.facts["terms_digest"]
    return np.asarray(case.facts.found("terms") & same, np.bool_)


class ShowTerms(UseCase):
    """Keeps which version, and when."""

    command = Showing
    needs = TELLING_NEEDS
    gates = (
        Gate(
            rule=TOLD,
            passes=_in_force,
            figures=lambda case, place: {"terms": int(case.facts["terms_version"][place])},
        ),
    )

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An investor and a product on sale; a digest."""
        return {**digest_faults(case.batch, "terms_digest"), **telling_faults(case)}

    def record(self, decided: Decided) -> Recorded:
        """The version that was shown."""
        case, accepted = decided.case, decided.accepted
        return Recorded(
            results={"shown": told_ids(case, accepted), "terms": case.facts["terms_version"]},
            events=told(case, accepted, what=int(Told.terms)),
        )
