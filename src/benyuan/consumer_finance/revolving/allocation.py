"""What a payment on an account is for, in the product's order; what is beyond all that is billed is left over.

Worked number: billed are 5.00 of fees, 20.00 of interest and 300.00 of principal; 100.00 pay 5.00, 20.00 and 75.00 in
the order fees, interest, principal.
"""

from dataclasses import dataclass, replace

import numpy as np

from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms
from benyuan.consumer_finance.vocabulary import ACCOUNT_ORDER_NUMBER, AccountOrder

_FEES_FIRST = ACCOUNT_ORDER_NUMBER[AccountOrder.fees_interest_principal.value]
_INTEREST_FIRST = ACCOUNT_ORDER_NUMBER[AccountOrder.interest_principal_fees.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocated:
    """The parts, what is left over, and the state after."""

    fees_fen: Ints
    interest_fen: Ints
    principal_fen: Ints
    left_fen: Ints
    state: AccountState


def allocated(terms: AccountTerms, state: AccountState, amount_fen: Ints) -> Allocated:
    """The amounts put against what is billed."""
    fees, interest, principal = state.fees_fen, state.interest_fen, state.billed_fen
    fees_first, interest_first = terms.order == _FEES_FIRST, terms.order == _INTEREST_FIRST
    before_fees = np.where(fees_first, 0, interest + principal)
    before_interest = np.where(fees_first, fees, np.where(interest_first, 0, principal))
    before_principal = np.where(fees_first, fees + interest, np.where(interest_first, interest, 0))
    to_fees = np.clip(amount_fen - before_fees, 0, fees)
    to_interest = np.clip(amount_fen - before_interest, 0, interest)
    to_principal = np.clip(amount_fen - before_principal, 0, principal)
    return Allocated(
        fees_fen=to_fees,
        interest_fen=to_interest,
        principal_fen=to_principal,
        left_fen=amount_fen - to_fees - to_interest - to_principal,
        state=replace(
            state,
            fees_fen=fees - to_fees,
            interest_fen=interest - to_interest,
            billed_fen=principal - to_principal,
        ),
    )
