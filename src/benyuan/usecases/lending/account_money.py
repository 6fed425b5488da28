"""Money that comes in on pay-later accounts: its legs, its steps, what it tells, whichever way it came."""

from collections.abc import Sequence

import numpy as np

from benyuan.consumer_finance.chart import LenderLeg, LenderOwn, ProductOwn
from benyuan.consumer_finance.columns import Ints, Truths, taken
from benyuan.consumer_finance.reading import account_state, account_terms, bought
from benyuan.consumer_finance.records import ACCOUNT_BOUGHT
from benyuan.consumer_finance.revolving.cycle import Turned
from benyuan.consumer_finance.revolving.paying import Received, pay
from benyuan.consumer_finance.revolving.state import AccountState
from benyuan.consumer_finance.vocabulary import AccountStep
from benyuan.decisions.events import Event, event
from benyuan.decisions.proposals import LegTable
from benyuan.decisions.usecase import Case, Decided
from benyuan.usecases.common import rows
from benyuan.usecases.lending.account_steps import come
from benyuan.usecases.lending.shared import (
    account_chains,
    account_events,
    add_credit_use,
    add_rounds,
    free_lines,
    kept_rounds,
)


def received(case: Case, amount_fen: Ints) -> tuple[AccountState, list[Turned], Received]:
    """The accounts on this morning, the steps on the way, and what the payments are for."""
    state, rounds = come(case)
    on = np.full(len(case.batch), case.batch.on)
    paid = pay(account_terms(case.facts), state, bought(case.facts), on=on, amount_fen=amount_fen)
    return state, rounds, paid


def add_received(table: LegTable, *, case: Case, where: Truths, came: AccountState, paid: Received) -> None:
    """What came in through clearing, by what it is for; the lines that it frees; what statements took from credit."""
    facts = case.facts
    own, product = facts["lender_first_account"], facts["product_first_account"]
    for amount, account, code in (
        (paid.freed_fen, product + ProductOwn.principal, LenderLeg.repaid_principal),
        (paid.interest_fen, product + ProductOwn.interest_receivable, LenderLeg.repaid_interest),
        (paid.fees_fen, product + ProductOwn.charges_receivable, LenderLeg.repaid_charges),
        (paid.credit_fen, own + LenderOwn.customer_credit, LenderLeg.credit),
    ):
        table.add(
            where=where & (amount > 0), debit=own + LenderOwn.clearing_in, credit=account, amount=amount, code=code
        )
    free_lines(table, case=case, where=where & (paid.freed_fen > 0), amount=paid.freed_fen)
    add_credit_use(table, case=case, where=where, before=account_state(facts), after=came)


def told(paid: Received) -> dict[str, Ints]:
    """What the client gets to know: `principal_fen` billed or not; and by how much the running totals changed."""
    return {
        "principal_fen": paid.freed_fen,
        "interest_fen": paid.interest_fen,
        "fees_fen": paid.fees_fen,
        "credit_fen": paid.credit_fen,
        "owed_fen": paid.state.asked_fen,
        "bought_fen": -paid.unbilled_fen,
        "bought_weight": -paid.unbilled_weight,
    }


def received_events(
    decided: Decided,
    rounds: Sequence[Turned],
    paid: Received,
    *,
    account: Ints,
    amount_fen: Ints,
    kind: AccountStep,
    where: Truths | None = None,
) -> Sequence[Event]:
    """The steps of accounts on which something came in, and the sums of what they have bought.

    `where`: the accepted commands with which something came in, all of them without it.
    """
    case, accepted = decided.case, decided.accepted
    chains = account_chains(case, owners=account, last=case.facts["account_last_step"], position=case.batch.position)
    add_rounds(chains, kept_rounds(rounds, accepted))
    places = np.flatnonzero(accepted if where is None else where)
    if len(places):
        on = np.full(len(places), case.batch.on)
        chains.add(place=places, on=on, kind=kind, amount_fen=amount_fen[places], state=taken(paid.state, places))
    changed = accepted & ((paid.unbilled_fen != 0) | (paid.unbilled_weight != 0))
    sums = rows(changed, id=account, bought_fen=-paid.unbilled_fen, bought_weight=-paid.unbilled_weight)
    return (*account_events(chains), *event(ACCOUNT_BOUGHT, sums))
