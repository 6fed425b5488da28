"""What an agreement on automatic repayment may take, and from which day on.

The first try is on the due day, before it has passed; further ones follow at the lender's own distance, as often as its
policy says, until the next statement begins anew. Worked number: of 300.00 with a minimum of 30.00, of which 10.00 have
come in, an agreement on the minimum takes 20.00.
"""

from dataclasses import dataclass

import numpy as np

from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms
from benyuan.values.days import days_later


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What may be taken, the tries that were made, and the day from which the next one may be: 0 where none may."""

    amount_fen: Ints
    tries: Ints
    from_on: Ints


def asked_for(
    terms: AccountTerms,
    state: AccountState,
    *,
    whole: Ints,
    stated_on: Ints,
    tries: Ints,
    next_try_on: Ints,
) -> Asked:
    """Of accounts that have come to a morning; `tries` and `next_try_on` are of the statement of `stated_on`."""
    least = np.maximum(state.minimum_fen - state.paid_since_fen, state.missing_fen)
    amount = np.where(whole != 0, state.asked_fen, np.clip(least, 0, state.asked_fen))
    same = stated_on == state.stated_on
    stated = np.asarray(state.stated_fen > 0, np.bool_)
    due_on = days_later(np.where(stated, state.stated_on, state.accrued_to), np.where(stated, terms.due_days, 0))
    return Asked(
        amount_fen=np.where(stated, amount, 0),
        tries=np.where(same, tries, 0),
        from_on=np.where(same & (tries > 0), next_try_on, due_on),
    )


def next_try(*, on: Ints, tries: Ints, short: Ints, most_tries: Ints, days: Ints) -> Ints:
    """The day of the next try after one of today that brought less than was asked; 0 where none is to come."""
    again = (short > 0) & (tries < most_tries)
    later: Ints = np.where(again, days_later(on, np.where(again, days, 0)), 0)
    return later
