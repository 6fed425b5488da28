"""What is to be collected on a day by the agreements on automatic repayment, and what the bank is to be asked for.

Worked number: a statement asks for 300.00, 120.00 are in the wallet: the bank is asked for 180.00.
"""

from dataclasses import dataclass

import numpy as np

from benyuan.assurance.lending import check_lender
from benyuan.consumer_finance.columns import Ints, names_of
from benyuan.consumer_finance.records import ACCOUNT, ACCOUNT_STEP, ACCOUNT_TERMS, AUTOPAY
from benyuan.consumer_finance.revolving.collecting import asked_for
from benyuan.consumer_finance.revolving.cycle import come_to
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms, Bought
from benyuan.consumer_finance.vocabulary import Standing
from benyuan.engine.group import Group
from benyuan.payments.records import WALLET
from benyuan.values.dates import from_yyyymmdd


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One row an account, by its id; fen. What `collect_account` is asked for, once the bank has answered."""

    account: Ints
    bank_account: Ints
    asked_fen: Ints
    wallet_fen: Ints
    card_fen: Ints
    number: Ints


def collections_due(group: Group, *, lender: int, on: int) -> Due:
    """The accounts of a lender to collect from on a day (yyyymmdd), the wallets as they stand now.

    `wallet_fen` is what a wallet would give, of several accounts of one wallet to the first by id; a wallet that is
    stopped gives nothing in the end. `card_fen`: what the bank is to be asked for. Errors: BadInput for no such
    lender or day.
    """
    tables = group.records.tables
    check_lender(group, lender)
    from_yyyymmdd(on)
    agreed = tables[AUTOPAY.name]
    live = np.flatnonzero(agreed.column("agreed") != 0)
    ids = agreed.ids()[live]
    held = tables[ACCOUNT.name]
    mine = (held.column("lender")[ids] == lender) & (held.column("standing")[ids] == Standing.open)
    order = np.argsort(ids[mine], kind="stable")
    live, ids = live[mine][order], ids[mine][order]
    kept = {name: agreed.column(name)[live] for name in AUTOPAY.columns}
    terms, state = _come(group, ids, on=on)
    asked = asked_for(terms, state, **{name: kept[name] for name in ("whole", "stated_on", "tries", "next_try_on")})
    due = (asked.amount_fen > 0) & (asked.from_on != 0) & (asked.from_on <= on)
    wallet = _from_wallets(group, np.where(due, kept["wallet"], 0), asked.amount_fen)
    card = np.where(kept["bank_account"] != 0, asked.amount_fen - wallet, 0)
    return Due(
        account=ids[due],
        bank_account=kept["bank_account"][due],
        asked_fen=asked.amount_fen[due],
        wallet_fen=wallet[due],
        card_fen=card[due],
        number=asked.tries[due] + 1,
    )


def _come(group: Group, ids: Ints, *, on: int) -> tuple[AccountTerms, AccountState]:
    """Accounts on the morning of a day."""
    tables = group.records.tables
    accounts, steps, agreed = tables[ACCOUNT.name], tables[ACCOUNT_STEP.name], tables[ACCOUNT_TERMS.name]
    step, row = accounts.column("last_step")[ids], accounts.column("terms")[ids]
    terms = AccountTerms(**{name: agreed.column(name)[row] for name in names_of(AccountTerms)})
    state = AccountState(**{name: steps.column(name)[step] for name in names_of(AccountState)})
    bought = Bought(bought_fen=accounts.column("bought_fen")[ids], weight=accounts.column("bought_weight")[ids])
    return terms, come_to(terms, state, bought, np.full(len(ids), on))[0]


def _from_wallets(group: Group, wallet: Ints, asked_fen: Ints) -> Ints:
    """What each wallet gives, account after account."""
    account = group.records.tables[WALLET.name].column("account")
    given = np.zeros_like(asked_fen)
    left: dict[int, int] = {}
    for place in np.flatnonzero(wallet).tolist():
        number = int(wallet[place])
        if number not in left:
            held = group.ledger.balance(int(account[number]))
            left[number] = max(held.credits_posted - held.debits_posted - held.debits_pending, 0)
        given[place] = min(left[number], int(asked_fen[place]))
        left[number] -= int(given[place])
    return given
