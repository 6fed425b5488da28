"""A step of pay-later accounts that have come to this morning: the steps on the way are written first."""

import numpy as np

from benyuan.consumer_finance.columns import Ints, taken
from benyuan.consumer_finance.reading import account_state, account_terms, bought
from benyuan.consumer_finance.revolving.cycle import Turned, come_to
from benyuan.consumer_finance.revolving.state import AccountState
from benyuan.consumer_finance.vocabulary import AccountStep
from benyuan.decisions.usecase import Case, Decided, Recorded
from benyuan.usecases.lending.shared import account_chains, account_events, add_rounds, kept_rounds


def come(case: Case) -> tuple[AccountState, list[Turned]]:
    """The accounts of a batch on this morning, and the steps on the way."""
    on = np.full(len(case.batch), case.batch.on)
    return come_to(account_terms(case.facts), account_state(case.facts), bought(case.facts), on)


def stepped(decided: Decided, *, kind: AccountStep, amount_fen: Ints, after: AccountState) -> Recorded:
    """The steps on the way, and this one, which leaves the state `after`."""
    case, accepted = decided.case, decided.accepted
    _, rounds = come(case)
    chains = account_chains(
        case,
        owners=case.batch.integers("account"),
        last=case.facts["account_last_step"],
        position=case.batch.position,
    )
    add_rounds(chains, kept_rounds(rounds, accepted))
    places = np.flatnonzero(accepted)
    if len(places):
        chains.add(
            place=places,
            on=np.full(len(places), case.batch.on),
            kind=kind,
            amount_fen=amount_fen[places],
            state=taken(after, places),
        )
    return Recorded(results={}, events=account_events(chains))
