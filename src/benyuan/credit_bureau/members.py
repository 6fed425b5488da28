"""Gates on who furnishes: the bureau's licence, the member's contract, the report of the member to the central bank.

Sources: State Council Order 631, art. 7; PBoC Order [2021] No. 4, arts. 4, 10, 14.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import BUREAU, BUREAU_STANDING, MEMBER, MEMBER_TERMS
from benyuan.credit_bureau.vocabulary import SORT_NUMBER, Sort
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Case, Gate

LICENSED, REPORTED = "cr.fi.only_licensed", "cr.provider.report"
CONTRACT = "cr.provider.contract"

FURNISHING_NEEDS = (
    Need(table=BUREAU, by="bureau", prefix="bureau"),
    Need(table=BUREAU_STANDING, by="bureau", prefix="standing"),
    Need(table=MEMBER, by="member", prefix="member"),
    Need(table=MEMBER_TERMS, by="member", prefix="contract"),
)


def is_licensed(case: Case) -> NDArray[np.bool_]:
    """The bureau has its licence on the day."""
    case.rules.value(id=LICENSED, on=case.batch.on)
    return np.asarray(case.facts["standing_licensed_until"] >= case.batch.on, np.bool_)


def under_contract(case: Case) -> NDArray[np.bool_]:
    """A contract of the member with this bureau runs on the day, and it has not left; `until` 0: it has no end."""
    facts, on = case.facts, case.batch.on
    runs = (facts["contract_until"] == 0) | (facts["contract_until"] >= on)
    runs &= (facts["member_ended_on"] == 0) | (facts["member_ended_on"] > on)
    mine = facts["member_bureau"] == case.batch.integers("bureau")
    return np.asarray(mine & facts.found("contract") & runs, np.bool_)


def may_furnish(sort: Sort) -> Gate:
    """The member's contract lets it furnish this sort."""
    bit = 1 << SORT_NUMBER[sort]

    def passes(case: Case) -> NDArray[np.bool_]:
        case.rules.value(id=CONTRACT, on=case.batch.on)
        return np.asarray(under_contract(case) & (case.facts["contract_furnishes"] & bit != 0), np.bool_)

    return Gate(rule=CONTRACT, passes=passes, figures=lambda case, place: {"sort": sort.value})


def _is_reported(case: Case) -> NDArray[np.bool_]:
    if case.rules.in_force(id=REPORTED, on=case.batch.on) is None:
        return np.ones(len(case.batch), np.bool_)
    reported = case.facts["contract_reported_on"]
    return np.asarray((reported != 0) & (reported <= case.batch.on), np.bool_)


HOLDS_LICENCE = Gate(
    rule=LICENSED,
    passes=is_licensed,
    figures=lambda case, place: {"licensed_until_on": int(case.facts["standing_licensed_until"][place])},
)
IS_REPORTED = Gate(
    rule=REPORTED,
    passes=_is_reported,
    figures=lambda case, place: {"reported_on": int(case.facts["contract_reported_on"][place])},
)


def furnishing_gates(sort: Sort) -> tuple[Gate, ...]:
    """In order: the licence, the contract, the report."""
    return (HOLDS_LICENCE, may_furnish(sort), IS_REPORTED)
