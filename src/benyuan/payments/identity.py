"""Gates on who a customer is (State Council Order 768, art. 23; PBoC Announcement [2015] No. 43, art. 6)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.outcomes import HIDDEN, Invalid
from benyuan.decisions.usecase import Case, Gate

REAL_NAME = "pay.account.real_name"


def valid_from(case: Case, valid_until: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where a document is valid on the day; 0 stands for one that holds for ever."""
    case.rules.value(id=REAL_NAME, on=case.batch.on)
    passes: NDArray[np.bool_] = (valid_until == 0) | (valid_until >= case.batch.on)
    return passes


def shown_document_valid(case: Case) -> NDArray[np.bool_]:
    """The document that is shown has not run out."""
    return valid_from(case, case.batch.integers("valid_until"))


def kept_document_valid(case: Case) -> NDArray[np.bool_]:
    """The document that is on file has not run out."""
    return valid_from(case, case.facts["person_valid_until"])


def not_yet_customer(case: Case) -> NDArray[np.bool_]:
    """An identity is one customer: it is not registered a second time."""
    case.rules.value(id=REAL_NAME, on=case.batch.on)
    return ~case.facts.found("identity")


def customer_before(case: Case, place: int) -> dict[str, Any]:
    """The customer that the identity is already."""
    return {"registered_as_person": int(case.facts["identity_person"][place])}


def unborn(case: Case) -> dict[int, Invalid]:
    """A fault for each document that says of its holder that they are not born yet, or older than anyone."""
    oldest = 150  # tidy: number years that nobody has lived
    wanted = "a birth date of someone who can be alive on the day"
    ages = case.batch.integers("age_years")
    wrong = (ages > oldest) | ((ages < 0) & (ages > -oldest))
    return {place: Invalid(field="number", value=HIDDEN, constraint=wanted) for place in np.flatnonzero(wrong).tolist()}


SHOWN_DOCUMENT = Gate(
    rule=REAL_NAME,
    passes=shown_document_valid,
    figures=lambda case, place: {"valid_until_on": int(case.batch.integers("valid_until")[place])},
)
KEPT_DOCUMENT = Gate(
    rule=REAL_NAME,
    passes=kept_document_valid,
    figures=lambda case, place: {"valid_until_on": int(case.facts["person_valid_until"][place])},
)
ONE_CUSTOMER = Gate(rule=REAL_NAME, passes=not_yet_customer, figures=customer_before)
