"""Gates of a draw, and the state that a loan begins with.

Sources: Order 2024 No. 4 of the National Financial Regulatory Administration, arts. 3, 46; CBIRC Order 2020 No. 9 (what
an internet loan may not be used for); CBIRC Order 2022 No. 9, art. 28(3); 银保监规〔2022〕14号; 银保监办发〔2021〕24号.
"""

from typing import Any

import numpy as np

from benyuan.consumer_finance.clocks import PPM
from benyuan.consumer_finance.columns import Ints, Truths, names_of
from benyuan.consumer_finance.instalments.levels import relevelled
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.vocabulary import Destination
from benyuan.decisions.usecase import Case, Gate

DEFINITION, BANNED, NOT_LENT_FOR = "cf.definition", "il.purpose.banned", "cp.house.purpose"
NO_PREDEDUCT = "cp.nfra.no_prededuct"
TO_BANK, UNLICENSED, LEAST_SHARE = "il.flow.to_bank_account", "cf.partner.no_unlicensed", "il.partner.share_min"


def _not_for(rule: str) -> Gate:
    """The purpose is none of those that a rule lists; where the rule is not in force it lists none."""

    def passes(case: Case) -> Truths:
        value = case.rules.in_force(id=rule, on=case.batch.on)
        barred = {tier.code("purpose") for tier in value.tiers} if value else set()
        return np.fromiter((word not in barred for word in case.batch.values("purpose")), np.bool_, len(case.batch))

    def figures(case: Case, place: int) -> dict[str, Any]:
        return {"purpose": str(case.batch.values("purpose")[place])}

    return Gate(rule=rule, passes=passes, figures=figures)


def _paid_out_whole(case: Case) -> Truths:
    case.rules.value(id=NO_PREDEDUCT, on=case.batch.on)
    paid, asked = case.batch.integers("paid_out_fen"), case.batch.integers("amount_fen")
    whole = np.where(asked == 0, case.facts["offer_amount_fen"], asked)
    return np.asarray((paid == 0) | (paid == whole), np.bool_)


def _into_a_payment_account(case: Case) -> Truths:
    return case.batch.equals("destination", Destination.payment_account.value)


def _goes_to_the_bank(case: Case) -> Truths:
    if case.rules.in_force(id=TO_BANK, on=case.batch.on) is None:
        return np.ones(len(case.batch), np.bool_)
    return ~_into_a_payment_account(case)


def _is_joint(case: Case) -> Truths:
    return np.asarray(case.batch.integers("partner") != 0, np.bool_)


def _is_supported(case: Case) -> Truths:
    return _is_joint(case) | np.asarray(case.batch.integers("guarantor") != 0, np.bool_)


def _licensed_partners(case: Case) -> Truths:
    case.rules.value(id=UNLICENSED, on=case.batch.on)
    lends = ~_is_joint(case) | (case.facts["partner_lends"] != 0)
    guarantees = (case.batch.integers("guarantor") == 0) | (case.facts["guarantor_guarantees"] != 0)
    return np.asarray(lends & guarantees, np.bool_)


def _least_share(case: Case) -> Truths:
    joint = _is_joint(case)
    if not joint.any():
        return ~joint
    least = case.rules.value(id=LEAST_SHARE, on=case.batch.on).ppm
    share = case.batch.integers("share_ppm")
    return np.asarray(~joint | ((share >= least) & (share < PPM)), np.bool_)


def _share_figures(case: Case, place: int) -> dict[str, int]:
    least = case.rules.value(id=LEAST_SHARE, on=case.batch.on).ppm
    return {"least_ppm": least, "share_ppm": int(case.batch.integers("share_ppm")[place])}


DRAW_GATES = (
    _not_for(DEFINITION),
    _not_for(BANNED),
    _not_for(NOT_LENT_FOR),
    Gate(
        rule=NO_PREDEDUCT,
        passes=_paid_out_whole,
        figures=lambda case, place: {"paid_out_fen": int(case.batch.integers("paid_out_fen")[place])},
    ),
    Gate(rule=TO_BANK, passes=_goes_to_the_bank, applies=_into_a_payment_account),
    Gate(rule=UNLICENSED, passes=_licensed_partners, applies=_is_supported),
    Gate(rule=LEAST_SHARE, passes=_least_share, applies=_is_joint, figures=_share_figures),
)


def first_state(terms: LoanTerms, *, on: Ints, amount_fen: Ints, terms_count: Ints) -> LoanState:
    """Loans that were drawn on a day, with their level payments."""
    nothing = {name: np.zeros_like(on) for name in names_of(LoanState)}
    drawn = {
        "principal_fen": amount_fen,
        "drawn_fen": amount_fen,
        "terms": terms_count,
        "next_number": np.ones_like(on),
        "next_due_on": terms.first_due_on,
        "accrued_to": on,
    }
    return relevelled(terms, LoanState(**{**nothing, **drawn}))
