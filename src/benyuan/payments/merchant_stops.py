"""Merchants that take no payments, or are not settled, or have left.

Sources: AML Law (2024), art. 40; PBoC Announcement [2013] No. 9, arts. 18, 30, 34; 银发〔2017〕296号, arts. 23, 43;
银发〔2021〕259号, 二（一）.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Gate
from benyuan.payments.records import MERCHANT, PERSON
from benyuan.payments.suspension import LISTED, is_listed
from benyuan.payments.vocabulary import MERCHANT_STOP_BIT, MerchantStop

RULES = {
    MerchantStop.risk_event: "acq.risk.suspend",
    MerchantStop.unverified: "acq.merchant.reverify",
    MerchantStop.black_list: "qr.blacklist.exit_days",
    MerchantStop.listed: LISTED,
}
"""By which rule a merchant stops."""


def stop_bits(batch: Batch) -> NDArray[np.int64]:
    """The bit of each command's reason."""
    return batch.numbers("stop", {reason.value: bit for reason, bit in MERCHANT_STOP_BIT.items()})


def is_listed_merchant(case: Case) -> NDArray[np.bool_]:
    """Where a merchant is on a name list: itself, the business whose shop it is, or the person that stands for it."""
    shops = case.facts["merchant_stops"] | case.facts["business_stops"]
    listed = (shops & MERCHANT_STOP_BIT[MerchantStop.listed]) != 0
    return np.asarray(listed | is_listed(case.facts, "principal"), np.bool_)


def _gate(reason: MerchantStop) -> Gate:
    rule = RULES[reason]

    def stopped(case: Case) -> NDArray[np.bool_]:
        if reason is MerchantStop.listed:
            return is_listed_merchant(case)
        return np.asarray((case.facts["merchant_stops"] & MERCHANT_STOP_BIT[reason]) != 0, np.bool_)

    def passes(case: Case) -> NDArray[np.bool_]:
        stops = stopped(case)
        if stops.any():
            case.rules.value(id=rule, on=case.batch.on)
        return ~stops

    return Gate(rule=rule, passes=passes, applies=stopped)


TAKES_PAYMENTS = tuple(_gate(reason) for reason in MerchantStop)
NOT_LISTED_MERCHANT = _gate(MerchantStop.listed)
"""Nothing of a merchant on a name list is moved."""
IS_SETTLED = (_gate(MerchantStop.risk_event), NOT_LISTED_MERCHANT)
BEHIND_MERCHANT = (
    Need(table=MERCHANT, by="merchant_business", prefix="business"),
    Need(table=PERSON, by="merchant_principal", prefix="principal"),
)
"""Who is listed where a merchant's business or its person is; after the merchant itself."""


def left_faults(case: Case) -> dict[int, Invalid]:
    """A fault for each command that names a merchant that has left."""
    merchants = case.batch.integers("merchant")
    constraint = "a merchant that is served, not one that has left as this one"
    return {
        place: Invalid(field="merchant", value=int(merchants[place]), constraint=constraint)
        for place in np.flatnonzero(case.facts["merchant_left_on"]).tolist()
    }
