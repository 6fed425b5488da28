"""What a product's place on the register says wherever it is sold: wallets, credit lines, loans, draws and plans.

Sources: CBIRC Order 2022 No. 9, arts. 9, 20; PBoC Order [2020] No. 5, art. 9(1). Where a product is on the register it
has been approved, and so has the version of its terms that is in force; one that is suspended is not sold. Whether
every product of a lender has to be on the register is the lender's policy. Worked number: version 2 begins on
2026-05-01 and nobody approved it, so the product is sold on 2026-04-30 and not on 2026-05-01.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.suitability.records import SHELF, SHELF_TERMS, SHELF_TERMS_IN_FORCE, SHELF_WALLET
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Gate
from benyuan.usecases.common import faults_where

APPROVAL, REVIEW, PRIOR_REVIEW = "cp.nfra.product_approval", "cp.nfra.product_review", "cp.pbc.prior_review"

_TERMS_NEEDS = (
    Need(table=SHELF_TERMS_IN_FORCE, by="shelf_id", prefix="shelf_now"),
    Need(table=SHELF_TERMS, by="shelf_now_version", prefix="shelf_terms"),
)


def credit_on_shelf(by: str) -> tuple[Need, ...]:
    """The place on the register of the lender's product whose number stands in `by`."""
    return (Need(table=SHELF, by=by, prefix="shelf", via="ref"), *_TERMS_NEEDS)


def wallet_on_shelf(by: str) -> tuple[Need, ...]:
    """The place on the register of the wallet of the institution whose number stands in `by`."""
    return (
        Need(table=SHELF_WALLET, by=by, prefix="shelved"),
        Need(table=SHELF, by="shelved_product", prefix="shelf"),
        Need(table=SHELF_TERMS_IN_FORCE, by="shelved_product", prefix="shelf_now"),
        Need(table=SHELF_TERMS, by="shelf_now_version", prefix="shelf_terms"),
    )


def _on_shelf(case: Case) -> NDArray[np.bool_]:
    return case.facts.found("shelf")


def _looked_at(case: Case) -> NDArray[np.bool_]:
    return np.asarray(_on_shelf(case) | (case.facts["policy_registered_only"] != 0), np.bool_)


def _product_approved(case: Case) -> NDArray[np.bool_]:
    return np.asarray(~_looked_at(case) | (case.facts["shelf_approved_on"] != 0), np.bool_)


def _version_approved(case: Case) -> NDArray[np.bool_]:
    return np.asarray(~_on_shelf(case) | (case.facts["shelf_terms_approved_on"] != 0), np.bool_)


def _both_approved(case: Case) -> NDArray[np.bool_]:
    approved = ~_on_shelf(case) | (case.facts["shelf_approved_on"] != 0)
    return np.asarray(approved & _version_approved(case), np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    names = {"product": "shelf_id", "approved_on": "shelf_approved_on", "terms": "shelf_now_version"}
    return {name: int(case.facts[fact][place]) for name, fact in names.items() if fact in case.facts.columns}


def _gate(rule: str, passes: Any, applies: Any) -> Gate:
    def holds(case: Case) -> NDArray[np.bool_]:
        if case.rules.in_force(id=rule, on=case.batch.on) is None:
            return np.ones(len(case.batch), np.bool_)
        return np.asarray(passes(case), np.bool_)

    return Gate(rule=rule, passes=holds, figures=_figures, applies=applies)


CREDIT_APPROVED = (_gate(APPROVAL, _product_approved, _looked_at), _gate(REVIEW, _version_approved, _on_shelf))
"""A credit product: approved, and the version in force too. They read `policy_…` besides."""
WALLET_APPROVED = (_gate(PRIOR_REVIEW, _both_approved, _on_shelf),)


def suspended_faults(case: Case, *, field: str) -> dict[int, Invalid]:
    """A fault for each product that the register holds suspended, told by the field that led to it."""
    wanted = "one whose product is not suspended on the register"
    return faults_where(case.facts["shelf_suspended"] != 0, case.batch, field, wanted)
