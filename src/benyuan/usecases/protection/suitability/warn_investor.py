"""A customer is warned: of high risk when old, to stop where insurance does not fit, then of all of its risks.

Source: Order 2025 No. 7, arts. 18, 38. Each warning has the log's own time, from which a sale measures; it holds for
the test that counts and the level that the product has when it is given. Worked number: warned on 2026-07-03 at 11:00,
an order may be given from 2026-07-04 at 11:00 on, with 24 hours to think.
"""

import numpy as np

from benyuan.consumer_protection.suitability.facts import ELDER, held, is_insurance
from benyuan.consumer_protection.suitability.gates import EXCEPTION
from benyuan.consumer_protection.suitability.vocabulary import WARNED_NUMBER, Warned
from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.decisions.words import text_faults
from benyuan.usecases.common import faults_where
from benyuan.usecases.protection.suitability.evidence import Digest, digest_faults
from benyuan.usecases.protection.suitability.telling import TELLING_NEEDS, OfProduct, telling_faults, told, told_ids

NUMBERS = {warned.value: int(number) for warned, number in WARNED_NUMBER.items()}


@command("warn_investor")
class WarningFields(OfProduct, frozen=True, kw_only=True):
    """The person is warned about `product`; `evidence`: the digest of what was said, shown or recorded.

    `of`: high-risk, to somebody old, with the special care that is taken; stop, the advice not to go on with insurance
    that does not fit; risks, all of them, to who goes on all the same.
    """

    of: Warned
    evidence: Digest


class WarnInvestor(UseCase):
    """Keeps what was said when."""

    command = WarningFields
    needs = TELLING_NEEDS

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An investor who has been tested, and a product on sale; advice to stop is for insurance."""
        for rule in (ELDER, EXCEPTION):
            held(case, rule)
        batch = case.batch
        other = ~is_insurance(case) & ~batch.equals("of", Warned.high_risk.value)
        return {
            **digest_faults(batch, "evidence"),
            **text_faults(np.asarray(other, np.bool_), batch, "of", "high-risk: the others are for insurance"),
            **faults_where(case.facts["investor_counted"] == 0, batch, "person", "a person who has been tested"),
            **telling_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """What of."""
        case, accepted = decided.case, decided.accepted
        what = case.batch.numbers("of", NUMBERS)
        return Recorded(results={"shown": told_ids(case, accepted)}, events=told(case, accepted, what=what))
