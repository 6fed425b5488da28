"""The agreement that a pay-later account is repaid automatically, from a wallet, a bank account, or both in turn.

Wallet and bank account are of one natural person; that it is the borrower is what the agreement says, which is kept
under its reference: lender and payment institution know a person by different ids. The bank account needs the mandate
of its holder and its bank (`pay.bankdebit.mandate`). The borrower may end it at any time.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import AUTOPAY, AUTOPAY_AGREED, AUTOPAY_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.bank_gates import MANDATE
from benyuan.payments.limits import authentication_number
from benyuan.payments.records import WALLET
from benyuan.payments.suspension import closed_faults
from benyuan.payments.vocabulary import Authentication
from benyuan.usecases.common import CARD_NEED, Id, MaybeId, Reference, faults_where, rows
from benyuan.usecases.lending.shared import ACCOUNT_NEEDS, account_faults


@command("agree_autopay", version=2, personal=("reference",))
class AutopayAgreement(Command, frozen=True, kw_only=True):
    """`account` is repaid from `wallet` as far as it goes, then from `bank_account`; 0: not from there.

    `whole`: all that the statement asks for, else its minimum. `authentication`: by which the holder agreed to the
    debits of the wallet. `reference`: of the agreement.
    """

    account: Id
    wallet: MaybeId = 0
    bank_account: MaybeId = 0
    whole: bool = True
    authentication: Authentication = Authentication.two_kinds
    reference: Reference


class AgreeAutopay(UseCase):
    """Keeps the agreement; a new one takes the place of the old."""

    command = AutopayAgreement
    needs = (
        *ACCOUNT_NEEDS,
        Need(table=WALLET, by="wallet", prefix="wallet"),
        CARD_NEED,
        Need(table=AUTOPAY, by="account", prefix="autopay"),
    )
    gates = (MANDATE,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """An account has one agreement."""
        return (batch.integers("account"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The account runs; there is a wallet or a bank account, of a person, and of the same one where both are."""
        batch, facts = case.batch, case.facts
        wallet, card = batch.integers("wallet") != 0, batch.integers("bank_account") != 0
        others = wallet & card & (facts["card_person"] != facts["wallet_person"])
        firms = card & (facts["card_person"] == 0)
        return {
            **faults_where(np.asarray(others, np.bool_), batch, "bank_account", "of the holder of the wallet"),
            **faults_where(np.asarray(firms, np.bool_), batch, "bank_account", "a bank account of a natural person"),
            **faults_where(np.asarray(~wallet & ~card, np.bool_), batch, "wallet", "a wallet, or else a bank account"),
            **closed_faults(case, "wallet"),
            **account_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The agreement; tries of a statement that were made under the old one stay counted."""
        case, accepted = decided.case, decided.accepted
        batch, before = case.batch, case.facts.found("autopay")
        terms = {
            "id": batch.integers("account"),
            "wallet": batch.integers("wallet"),
            "bank_account": batch.integers("bank_account"),
            "whole": np.array(batch.values("whole"), np.int64),
            "authentication": authentication_number(case),
            "agreed": batch.position,
        }
        first = rows(accepted & ~before, **terms, stated_on=0, tries=0, next_try_on=0)
        anew = rows(accepted & before, **terms)
        return Recorded(results={}, events=[*event(AUTOPAY_AGREED, first), *event(AUTOPAY_CHANGED, anew)])
