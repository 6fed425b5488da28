"""The gate that every new loan passes: a consumer finance company lends by its licence only.

Sources: NFRA Order 2024 No. 4, arts. 2, 4. Worked number: licensed from 2026-04-01 and revoked from 2026-07-01, a
lender draws out loans on 2026-06-30 and none on 2026-07-01; what it has lent is repaid on either day.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import LENDER_STANDING
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Case, Gate

ONLY_LICENSED = "cf.license.only"


def licence_need(by: str) -> Need:
    """The standing on the day of the lender whose number stands in `by`."""
    return Need(table=LENDER_STANDING, by=by, prefix="licence")


def holds_licence(case: Case) -> NDArray[np.bool_]:
    """Where the lender has its licence on the day of the batch."""
    case.rules.value(id=ONLY_LICENSED, on=case.batch.on)
    return np.asarray(case.facts["licence_holds"] != 0, np.bool_)


LENDS_BY_LICENCE = Gate(
    rule=ONLY_LICENSED,
    passes=holds_licence,
    figures=lambda case, place: {"since": int(case.facts["licence_from_date"][place])},
)
"""It reads `licence_…`: what `licence_need` asks for."""
