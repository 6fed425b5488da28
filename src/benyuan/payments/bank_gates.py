"""Gates between wallets and bank accounts (PBoC Announcement [2015] No. 43, arts. 10, 12, 35)."""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.usecase import Case, Gate
from benyuan.payments.standing import may_use_others_bank_accounts


def same_holder(case: Case) -> NDArray[np.bool_]:
    """Bank account and wallet belong to the same customer, or art. 35 allows otherwise."""
    same = case.facts["card_person"] == case.facts["wallet_person"]
    passes: NDArray[np.bool_] = same | may_use_others_bank_accounts(case)
    return passes


def mandated(case: Case) -> NDArray[np.bool_]:
    """A bank account that is debited has its holder's and its bank's mandate."""
    case.rules.value(id="pay.bankdebit.mandate", on=case.batch.on)
    debited = case.batch.integers("bank_account") != 0
    passes: NDArray[np.bool_] = ~debited | (case.facts["card_mandate"] != 0)
    return passes


def own_and_mandated(case: Case) -> NDArray[np.bool_]:
    """Who pays from a bank account holds it: nobody else can have given the mandate for the payment."""
    debited = case.batch.integers("bank_account") != 0
    own = case.facts["card_person"] == case.facts["wallet_person"]
    return np.asarray(mandated(case) & (~debited | own), np.bool_)


def anothers(case: Case) -> NDArray[np.bool_]:
    """Where the bank account is another's, so that only art. 35 can let it pass."""
    return np.asarray(case.facts["card_person"] != case.facts["wallet_person"], np.bool_)


def debits(case: Case) -> NDArray[np.bool_]:
    """Where a bank account is debited."""
    return np.asarray(case.batch.integers("bank_account") != 0, np.bool_)


SAME_HOLDER = Gate(rule="pay.account.same_name_bank", passes=same_holder, excepted=anothers)
MANDATE = Gate(rule="pay.bankdebit.mandate", passes=mandated, applies=debits)
OWN_MANDATE = Gate(rule="pay.bankdebit.mandate", passes=own_and_mandated, applies=debits)
