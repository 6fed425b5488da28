"""A customer is given the house's opinion on whether a product suits them: before the sale, by the test that counts.

Source: Order 2025 No. 7, arts. 5, 22, 28, 31(5), 35, 37(6). Order of checks: tested; the result in time; nothing told
since. Whether it suits is worked out here and never stated by who sells. An opinion says nothing of what the product
will yield (art. 5). Worked number: level 3 and a product of level 4 make `fits` 0; it is given all the same, and is no
sale.
"""

import numpy as np

from benyuan.consumer_protection.suitability.facts import held, is_above, means_fen, share_of
from benyuan.consumer_protection.suitability.gates import IN_TIME, MEANS, NOTHING_TOLD, OPINION, TESTED
from benyuan.consumer_protection.suitability.records import MEANS as STATED
from benyuan.consumer_protection.suitability.vocabulary import Told
from benyuan.decisions.commands import command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.protection.suitability.evidence import Digest, digest_faults
from benyuan.usecases.protection.suitability.telling import TELLING_NEEDS, OfProduct, telling_faults, told, told_ids


@command("give_opinion")
class OpinionFields(OfProduct, frozen=True, kw_only=True):
    """The person is given the opinion on `product`; `opinion`: the SHA-256 of the words in which it was given."""

    opinion: Digest


class GiveOpinion(UseCase):
    """Works the opinion out and keeps what it rests on; it stands until another test counts or the level changes."""

    command = OpinionFields
    needs = (*TELLING_NEEDS, Need(table=STATED, by="person", prefix="means"))
    gates = (TESTED, IN_TIME, NOTHING_TOLD)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An investor and a product on sale; a digest."""
        held(case, OPINION)
        return {**digest_faults(case.batch, "opinion"), **telling_faults(case)}

    def record(self, decided: Decided) -> Recorded:
        """The levels, whether they fit, and how much the person may hold of all that is sold here."""
        case, accepted = decided.case, decided.accepted
        facts, share = case.facts, case.rules.value(id=MEANS, on=case.batch.on).ppm
        return Recorded(
            results={
                "shown": told_ids(case, accepted),
                "fits": (~is_above(case)).astype(np.int64),
                "level": facts["counted_level"],
                "product_level": facts["shelf_level"],
                "most_fen": share_of(means_fen(case), share),
            },
            events=told(case, accepted, what=int(Told.opinion)),
        )
