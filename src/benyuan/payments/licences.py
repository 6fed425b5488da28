"""Which licence a business needs, and the gate that asks for it.

Sources: State Council Order 768, art. 16; PBoC Order [2024] No. 4, art. 55; 银发〔2017〕296号, item 一.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.usecase import Case, Gate
from benyuan.payments.vocabulary import (
    LICENCE_PROCESSING_1,
    LICENCE_PROCESSING_2,
    LICENCE_STORED_VALUE_1,
    LICENCE_STORED_VALUE_2,
)

ONLY_LICENSED = "pay.scope.only_licensed"

CLASSES = {
    "stored_value_1": LICENCE_STORED_VALUE_1,
    "stored_value_2": LICENCE_STORED_VALUE_2,
    "processing_1": LICENCE_PROCESSING_1,
    "processing_2": LICENCE_PROCESSING_2,
}


def licences_for(case: Case, *, rule: str, business: str) -> int:
    """The classes of licence any of which allows a business on the day, as a set of bits."""
    tiers = case.rules.value(id=rule, on=case.batch.on).tiers
    allowed = 0
    for tier in tiers:
        if tier.code("business") == business:
            allowed |= CLASSES[tier.code("licence_class")]
    return allowed


def holds_licence(case: Case, *, rule: str, business: str) -> NDArray[np.bool_]:
    """Where the institution holds a licence for the business on the day of the batch."""
    case.rules.value(id=ONLY_LICENSED, on=case.batch.on)
    held: NDArray[np.bool_] = (case.facts["standing_licences"] & licences_for(case, rule=rule, business=business)) != 0
    return held


def licence_gate(*, business: str, rule: str = "pay.biz.class") -> Gate:
    """A business is done only by an institution licensed for it on that day."""
    return Gate(
        rule=ONLY_LICENSED,
        passes=lambda case: holds_licence(case, rule=rule, business=business),
        figures=lambda case, place: {"business": business, "licensing": rule},
    )
