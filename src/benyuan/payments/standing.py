"""What an institution's rating and real-name ratio allow on a day, and no longer.

Source: PBoC Announcement [2015] No. 43, arts. 35, 36, 39.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.usecase import Case
from benyuan.payments.vocabulary import RATING_NUMBER, Rating

WHOLE_PPM = 1_000_000


def rated_at_least(case: Case, minimum: str) -> NDArray[np.bool_]:
    """Where the institution is rated so or better. A is the best; without a rating nothing is met."""
    rating = case.facts["standing_rating"]
    met: NDArray[np.bool_] = (rating > 0) & (rating <= RATING_NUMBER[Rating(minimum)])
    return met


def daily_factor_ppm(case: Case) -> NDArray[np.int64]:
    """By how much the daily limits of art. 24 are lifted, in parts per million; 1,000,000: not at all.

    The first tier whose rating and ratio are both met allows its factor; the institution's own setting may be lower.
    Only wallets of Class II and III that meet the real-name standard are lifted (art. 36).
    """
    case.rules.value(id="pay.rating.fallback", on=case.batch.on)
    allowed = np.full(len(case.batch), WHOLE_PPM, np.int64)
    for tier in reversed(case.rules.value(id="pay.daily.multiplier", on=case.batch.on).tiers):
        met = rated_at_least(case, tier.code("minimum_rating"))
        met &= case.facts["standing_real_name_ppm"] > tier.ppm("real_name_over")
        allowed = np.where(met, tier.ppm("factor"), allowed)
    lifted = (case.facts["wallet_class"] > 1) & (case.facts["wallet_real_name"] != 0)
    factor = np.minimum(allowed, np.maximum(case.facts["standing_daily_factor_ppm"], WHOLE_PPM))
    return np.where(lifted, factor, WHOLE_PPM)


def may_use_others_bank_accounts(case: Case) -> NDArray[np.bool_]:
    """Where art. 35 lets a real-name wallet transfer to and from bank accounts of others."""
    parameters = case.rules.value(id="pay.account.same_name_bank", on=case.batch.on).parameters
    met = rated_at_least(case, parameters.code("exception_rating"))
    met &= case.facts["standing_real_name_ppm"] > parameters.ppm("exception_real_name_over")
    allowed: NDArray[np.bool_] = met & (case.facts["wallet_real_name"] != 0)
    return allowed
