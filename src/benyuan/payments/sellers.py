"""Individual sellers 个人卖家: natural persons who sell online and are treated as firms.

Source: PBoC Announcement [2015] No. 43, arts. 34, 39. Worked case: an institution rated A with 95.01% real-name
accounts recognises a seller with 200,000.01 of income in six months; rated B the next year, the limits
bind again.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.books import Books
from benyuan.decisions.events import folds
from benyuan.decisions.facts import Need, Table
from benyuan.decisions.usecase import Case, Gate
from benyuan.payments.records import PRIOR_REPORT
from benyuan.payments.standing import rated_at_least
from benyuan.payments.vocabulary import MATTER_NUMBER, Matter
from benyuan.values.dates import add_months
from benyuan.values.errors import BadInput

INDIVIDUAL = "pay.seller.individual"

SELLER = Table(name="seller", columns=("merchant", "valid_until", "position"), keyed=True)
"""Who is treated as a firm, by person, for which shop and up to which day; `valid_until` 0: no longer."""

SELLER_RECOGNISED = folds("seller_recognised", table=SELLER, adds=True)
SELLER_CHANGED = folds("seller_changed", table=SELLER, adds=False)

SELLER_NEED = Need(table=SELLER, by="wallet_person", prefix="seller")


def _rated(case: Case) -> NDArray[np.bool_]:
    """Where rating and real-name ratio are those that art. 34 asks for, on the day."""
    parameters = case.rules.value(id=INDIVIDUAL, on=case.batch.on).parameters
    met = rated_at_least(case, parameters.code("minimum_rating"))
    return np.asarray(met & (case.facts["standing_real_name_ppm"] > parameters.ppm("real_name_over")), np.bool_)


def as_firm(case: Case) -> NDArray[np.bool_]:
    """Where the payer is treated as a firm: recognised, still, by an institution that may do so today (art. 39)."""
    recognised = np.asarray(case.facts["seller_valid_until"] >= case.batch.on, np.bool_)
    return recognised & _rated(case) if recognised.any() else recognised


def has_filed(books: Books, institutions: NDArray[np.int64], *, on: int) -> NDArray[np.bool_]:
    """Which institutions have filed the scheme, with effect on a day or before."""
    filed = books.column(PRIOR_REPORT, "matter") == MATTER_NUMBER[Matter.individual_sellers]
    filed &= books.column(PRIOR_REPORT, "takes_effect_on") <= on
    return np.isin(institutions, books.column(PRIOR_REPORT, "institution")[filed])


def _months_end_on(day: int, months: int) -> int:
    """The day so many months after a day; 0 for a day that does not exist."""
    try:
        return add_months(day, months)
    except BadInput:
        return 0


def _conditions(case: Case) -> dict[str, NDArray[np.bool_]]:
    """What art. 34 asks for, by the name of the figure that shows what is wrong."""
    batch, facts = case.batch, case.facts
    parameters = case.rules.value(id=INDIVIDUAL, on=batch.on).parameters
    months = parameters.count("months")
    ends = np.array([_months_end_on(day, months) for day in batch.integers("trading_since").tolist()], np.int64)
    return {
        "real_name_ppm": _rated(case),
        "filed": facts["scheme_filed"] != 0,
        "platform_registered": np.array(batch.values("platform_registered"), np.bool_),
        "class3_wallets": facts["person_class3_wallets"] > 0,
        "months_end_on": (ends != 0) & (ends <= batch.on),
        "income_fen": batch.integers("income_fen") > parameters.fen("income_over"),
    }


def _figures(case: Case, place: int) -> dict[str, Any]:
    """Each condition that is not met, with what there is."""
    batch, facts = case.batch, case.facts
    parameters = case.rules.value(id=INDIVIDUAL, on=batch.on).parameters
    began = int(batch.integers("trading_since")[place])
    found = {
        "real_name_ppm": int(facts["standing_real_name_ppm"][place]),
        "filed": 0,
        "platform_registered": 0,
        "class3_wallets": 0,
        "months_end_on": _months_end_on(began, parameters.count("months")),
        "income_fen": int(batch.integers("income_fen")[place]),
    }
    rating = {"rating": int(facts["standing_rating"][place])}
    wrong = {name: found[name] for name, met in _conditions(case).items() if not met[place]}
    return (rating | wrong) if "real_name_ppm" in wrong else wrong


IS_SELLER = Gate(
    rule=INDIVIDUAL,
    passes=lambda case: np.logical_and.reduce(list(_conditions(case).values())),
    figures=_figures,
)
"""Whoever is recognised meets all that art. 34 asks for, and so does the institution."""
