"""Who acts by law for somebody of limited capacity consents to one product for them: before it is sold, with papers.

Source: Order 2025 No. 7, art. 19. The consent is on record at the log's time; nothing that an order says of one counts.
It stands until the product's level changes or the person tells of a change, and for low risk only. Worked number: given
at 10:00:00 for a product of level 1, an order of 10:00:10 may follow; for one of level 2 none does.
"""

from benyuan.consumer_protection.suitability.facts import held
from benyuan.consumer_protection.suitability.gates import MINOR
from benyuan.consumer_protection.suitability.vocabulary import Told
from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.protection.suitability.evidence import Digest, digest_faults
from benyuan.usecases.protection.suitability.telling import TELLING_NEEDS, OfProduct, telling_faults, told, told_ids


@command("consent_as_guardian")
class GuardiansConsent(OfProduct, frozen=True, kw_only=True):
    """The agent by law of the person consents to their buying `product`.

    Digests: `consent`, of the consent as it was given; `authority`, of what shows that they act for the person.
    """

    consent: Digest
    authority: Digest


class ConsentAsGuardian(UseCase):
    """Keeps for which product, and when."""

    command = GuardiansConsent
    needs = TELLING_NEEDS

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An investor and a product on sale; digests."""
        held(case, MINOR)
        batch = case.batch
        return {
            **digest_faults(batch, "authority"),
            **digest_faults(batch, "consent"),
            **telling_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The consent."""
        case, accepted = decided.case, decided.accepted
        return Recorded(
            results={"shown": told_ids(case, accepted)}, events=told(case, accepted, what=int(Told.guardian))
        )
