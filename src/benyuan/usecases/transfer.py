"""A transfer from wallet to wallet: a payment from balance like any other, under the payer's class and day.

By a personal code of the payee it is a payment by bar code as well, under the payer's levels (296号 art. 12), and the
payee's code must be one that may be used so (银发〔2021〕259号, item 一（二）3).
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import LegCode, Usage
from benyuan.payments.licences import licence_gate
from benyuan.payments.limits import BALANCE_RULES, CODE_RULES, TRANSFER_RULES, UsageLegs, authentication_number
from benyuan.payments.personal_codes import (
    BUSINESS_PERSON,
    LISTED_RULES,
    PERSONAL_CODE_GATES,
    STATIC_CODE,
    code_number,
    from_afar,
    on_list,
    personal_level,
)
from benyuan.payments.records import INSTITUTION, PERSON, STANDING, WALLET
from benyuan.payments.sellers import SELLER_NEED
from benyuan.payments.suspension import closed_faults, stops
from benyuan.payments.vocabulary import Authentication, TransferChannel
from benyuan.usecases.common import Fen, Id, Memo, Truth, faults_where

NO_OVERDRAFT = "pay.account.no_overdraft"


@command("transfer", personal=("memo",))
class Transfer(Command, frozen=True, kw_only=True):
    """Move `amount_fen` from wallet `payer` to wallet `payee`, by a personal code of the payee or without one.

    `remote`: payer and payee are not face to face.
    """

    payer: Id
    payee: Id
    amount_fen: Fen
    authentication: Authentication
    channel: TransferChannel = TransferChannel.none
    remote: Truth = False
    memo: Memo = ""


class TransferBalance(UseCase):
    """Decides transfers in columns."""

    command = Transfer
    needs = (
        Need(table=WALLET, by="payer", prefix="wallet"),
        Need(table=PERSON, by="wallet_person", prefix="person"),
        Need(table=INSTITUTION, by="wallet_institution", prefix="institution"),
        Need(table=STANDING, by="wallet_institution", prefix="standing"),
        SELLER_NEED,
        Need(table=WALLET, by="payee", prefix="payee"),
        Need(table=PERSON, by="payee_person", prefix="payee_holder"),
        Need(table=BUSINESS_PERSON, by="payee_person", prefix="trader"),
        Need(table=STATIC_CODE, by="payee", prefix="listed"),
    )
    gates = (
        licence_gate(business="internet_payment"),
        *stops(leaving=True),
        *stops(wallet="payee", person="payee_holder", leaving=False),
        *PERSONAL_CODE_GATES,
    )
    rules = (NO_OVERDRAFT, *BALANCE_RULES, *TRANSFER_RULES, *CODE_RULES, *LISTED_RULES)

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
        authentication = authentication_number(case)
        usage.count_day(where=goes_on, authentication=authentication, follows=money)
        usage.count_transfer(where=goes_on, follows=money)
        level = personal_level(case, authentication)
        usage.count_code(where=goes_on, level=level, first=Usage.code_wallet_a, follows=money)
        listed = goes_on & from_afar(case) & on_list(case)
        if listed.any():
            usage.count_listed(where=listed, rules=LISTED_RULES, follows=money)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """Which personal code it was, for those who watch over business by such codes; 0: none."""
        return Recorded(results={"personal_code": code_number(decided.case)})
