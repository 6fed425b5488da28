"""A transfer from wallet to wallet: a payment from balance like any other, under the payer's class and day."""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, UseCase
from benyuan.payments.chart import LegCode
from benyuan.payments.licences import licence_gate
from benyuan.payments.limits import BALANCE_RULES, TRANSFER_RULES, UsageLegs, authentication_number
from benyuan.payments.records import INSTITUTION, PERSON, STANDING, WALLET
from benyuan.payments.suspension import closed_faults, stops
from benyuan.payments.vocabulary import Authentication
from benyuan.usecases.common import Fen, Id, Memo, faults_where

NO_OVERDRAFT = "pay.account.no_overdraft"


@command("transfer", personal=("memo",))
class Transfer(Command, frozen=True, kw_only=True):
    """Move `amount_fen` from wallet `payer` to wallet `payee`."""

    payer: Id
    payee: Id
    amount_fen: Fen
    authentication: Authentication
    memo: Memo = ""


class TransferBalance(UseCase):
    """Decides transfers in columns."""

    command = Transfer
    needs = (
        Need(table=WALLET, by="payer", prefix="wallet"),
        Need(table=PERSON, by="wallet_person", prefix="person"),
        Need(table=INSTITUTION, by="wallet_institution", prefix="institution"),
        Need(table=STANDING, by="wallet_institution", prefix="standing"),
        Need(table=WALLET, by="payee", prefix="payee"),
        Need(table=PERSON, by="payee_person", prefix="payee_holder"),
    )
    gates = (
        licence_gate(business="internet_payment"),
        *stops(leaving=True),
        *stops(wallet="payee", person="payee_holder", leaving=False),
    )
    rules = (NO_OVERDRAFT, *BALANCE_RULES, *TRANSFER_RULES)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A transfer goes to another wallet, of the same institution."""
        batch, facts = case.batch, case.facts
        same = batch.integers("payer") == batch.integers("payee")
        elsewhere = facts["payee_institution"] != facts["wallet_institution"]
        return {
            **faults_where(elsewhere, batch, "payee", "a wallet of the payer's institution"),
            **faults_where(same, batch, "payee", "another wallet than the payer's"),
            **closed_faults(case, "payee", "payee"),
            **closed_faults(case, "payer"),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """The money leg, and a leg for each limit."""
        batch, facts = case.batch, case.facts
        table = LegTable(at=batch.at, reference=batch.position)
        money = table.add(
            where=goes_on,
            debit=facts["wallet_account"],
            credit=facts["payee_account"],
            amount=batch.integers("amount_fen"),
            code=LegCode.transfer,
            rule=self.rules.index(NO_OVERDRAFT),
        )
        usage = UsageLegs(case=case, table=table, rules=self.rules)
        usage.count_class(where=goes_on, follows=money)
        usage.count_day(where=goes_on, authentication=authentication_number(case), follows=money)
        usage.count_transfer(where=goes_on, follows=money)
        return table.build()
