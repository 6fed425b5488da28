"""A payment to a merchant: from the balance as far as it goes, and from the card beyond it.

Order of checks: licence, what stops wallet, holder or merchant, where the merchant has its place, mandate of the card,
the code that the payer shows (its own, not used, in time) or that the merchant shows (its own, for this amount, not
used, in time), the fee of a related merchant; then the ledger: no overdraft, the wallet's class, the day by
authentication, the code's level for wallets and for bank accounts, what a micro-merchant takes from credit cards.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable, Proposals
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.ledger import AMOUNT_MAX, LegFlag
from benyuan.payments.bank_gates import OWN_MANDATE
from benyuan.payments.chart import LegCode, Own, Usage
from benyuan.payments.fees import fee_fen
from benyuan.payments.licences import ONLY_LICENSED, holds_licence, licence_gate
from benyuan.payments.limits import BALANCE_RULES, CODE_RULES, MICRO_RULES, UsageLegs, authentication_number, code_level
from benyuan.payments.merchant_codes import (
    GOOD_MERCHANT_CODE,
    MERCHANT_CODE_NEED,
    MERCHANT_CODE_USED,
    merchant_code_faults,
)
from benyuan.payments.merchant_stops import BEHIND_MERCHANT, TAKES_PAYMENTS, left_faults
from benyuan.payments.payer_codes import CODE_NEED, GOOD_CODE, code_faults
from benyuan.payments.places import IN_PLACE, PLACE_NEEDS
from benyuan.payments.records import (
    BANK_ACCOUNT,
    FEE_RATE,
    INSTITUTION,
    MERCHANT,
    PAYER_CODE_USED,
    PERSON,
    STANDING,
    WALLET,
)
from benyuan.payments.sellers import SELLER_NEED
from benyuan.payments.suspension import closed_faults, stops
from benyuan.payments.vocabulary import CHANNEL_NUMBER, MERCHANT_KIND_NUMBER, Authentication, Channel, MerchantKind
from benyuan.rules import RulePack
from benyuan.usecases.common import Fen, Id, MaybeCodeNumber, MaybeId, Memo, faults_where, rows
from benyuan.usecases.related.posting_gate import TIED_GATES, asked_of_tied, cut_at_tied, of_merchant

NO_OVERDRAFT = "pay.account.no_overdraft"


@command("pay", version=3, personal=("memo",))
class Pay(Command, frozen=True, kw_only=True):
    """Pay `amount_fen` from wallet `payer` to `merchant`; `bank_account` 0: from the balance alone.

    `payer_code` is the number of the code that the payer showed and the merchant scanned; 0 by any other channel.
    `merchant_code` is that of a dynamic code that was issued to the merchant and that the payer scanned; 0: none.
    """

    payer: Id
    merchant: Id
    amount_fen: Fen
    channel: Channel
    authentication: Authentication
    bank_account: MaybeId = 0
    payer_code: MaybeCodeNumber = 0
    merchant_code: MaybeCodeNumber = 0
    memo: Memo = ""


def code_licensed(case: Case) -> NDArray[np.bool_]:
    """A payment by code needs the licence for the payer's side and for the merchant's (296号, item 一)."""
    online = case.batch.numbers("channel", CHANNEL_NUMBER) == CHANNEL_NUMBER[Channel.online]
    if online.all():
        return np.ones(len(case.batch), np.bool_)
    payer = holds_licence(case, rule="qr.biz.class", business="code_payer_service")
    merchant = holds_licence(case, rule="qr.biz.class", business="code_acquiring_physical")
    passes: NDArray[np.bool_] = online | (payer & merchant)
    return passes


def by_code(case: Case) -> NDArray[np.bool_]:
    """Where a code is used."""
    return ~case.batch.equals("channel", Channel.online.value)


class PayMerchant(UseCase):
    """Decides payments in columns: at most ten legs each."""

    command = Pay
    needs = (
        Need(table=WALLET, by="payer", prefix="wallet"),
        Need(table=PERSON, by="wallet_person", prefix="person"),
        Need(table=INSTITUTION, by="wallet_institution", prefix="institution"),
        Need(table=STANDING, by="wallet_institution", prefix="standing"),
        SELLER_NEED,
        Need(table=MERCHANT, by="merchant", prefix="merchant"),
        *BEHIND_MERCHANT,
        Need(table=FEE_RATE, by="merchant_fee_plan", prefix="fee"),
        Need(table=BANK_ACCOUNT, by="bank_account", prefix="card"),
        *PLACE_NEEDS,
        CODE_NEED,
        MERCHANT_CODE_NEED,
    )
    gates: tuple[Gate, ...] = (
        licence_gate(business="internet_payment"),
        Gate(
            rule=ONLY_LICENSED,
            passes=code_licensed,
            figures=lambda case, place: {"business": "bar-code payment"},
            applies=by_code,
        ),
        *stops(leaving=True),
        *TAKES_PAYMENTS,
        *IN_PLACE,
        OWN_MANDATE,
        GOOD_CODE,
        GOOD_MERCHANT_CODE,
        *TIED_GATES,
    )
    rules = (NO_OVERDRAFT, *BALANCE_RULES, *CODE_RULES, *MICRO_RULES)
    surveys = True
    alone = False

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the merchant is a related party, whose fee counts."""
        fee = fee_fen(batch.integers("amount_fen"), facts["fee_rate_ppm"])
        return asked_of_tied(batch, books, rules, of_merchant(batch, facts, fen=fee))

    def decide(self, case: Case) -> Proposals:
        """A batch is cut where what related merchants pay does not pass at once."""
        cut_at_tied(case)
        return super().decide(case)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether a code has paid is shared by the payments that it is shown for."""
        return (batch.integers("payer_code"), batch.integers("merchant_code"))

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A code was issued; wallet and merchant are the same institution's: else money goes through clearing."""
        elsewhere = case.facts["merchant_institution"] != case.facts["wallet_institution"]
        wrong = faults_where(elsewhere, case.batch, "merchant", "a merchant of the wallet's institution")
        return {
            **merchant_code_faults(case),
            **code_faults(case),
            **wrong,
            **closed_faults(case, "payer"),
            **left_faults(case),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Money legs, and for each limit a leg that counts what really moved."""
        batch, facts = case.batch, case.facts
        card = batch.integers("bank_account") != 0
        table = LegTable(at=batch.at, reference=batch.position)
        balance = table.add(
            where=goes_on,
            debit=facts["wallet_account"],
            credit=facts["merchant_account"],
            amount=batch.integers("amount_fen"),
            code=LegCode.payment,
            flags=np.where(card, LegFlag.balancing_debit, 0),
            rule=self.rules.index(NO_OVERDRAFT),
        )
        rest = table.add(
            where=goes_on & card,
            debit=facts["institution_first_account"] + Own.clearing_in,
            credit=facts["merchant_account"],
            amount=AMOUNT_MAX,
            code=LegCode.payment_from_card,
            flags=LegFlag.following_left,
            follows_line=balance,
        )
        fee = fee_fen(batch.integers("amount_fen"), facts["fee_rate_ppm"])
        table.add(
            where=goes_on & (fee > 0),
            debit=facts["merchant_account"],
            credit=facts["institution_first_account"] + Own.fees,
            amount=fee,
            code=LegCode.fee,
        )
        usage = UsageLegs(case=case, table=table, rules=self.rules)
        authentication = authentication_number(case)
        level = code_level(case, authentication)
        usage.count_class(where=goes_on, follows=balance)
        usage.count_day(where=goes_on, authentication=authentication, follows=balance)
        usage.count_code(where=goes_on, level=level, first=Usage.code_wallet_a, follows=balance)
        usage.count_code(where=goes_on & card, level=level, first=Usage.code_bank_a, follows=rest)
        micro = facts["merchant_kind"] == MERCHANT_KIND_NUMBER[MerchantKind.micro]
        usage.count_micro(where=goes_on & card & micro & (facts["card_credit"] != 0) & (level >= 0), follows=rest)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """How much came from the balance and how much from the card, the merchant's fee and what it saved, in fen.

        What is accepted uses its code up; what is refused does not, for nobody has been debited for it.
        """
        batch, facts = decided.case.batch, decided.case.facts
        amount = batch.integers("amount_fen")
        code, other = batch.integers("payer_code"), batch.integers("merchant_code")
        fee, standard = fee_fen(amount, facts["fee_rate_ppm"]), fee_fen(amount, facts["fee_standard_ppm"])
        return Recorded(
            results={
                "fee_fen": fee,
                "saved_fen": standard - fee,
                "balance_fen": moved_by(decided, LegCode.payment),
                "card_fen": moved_by(decided, LegCode.payment_from_card),
            },
            events=[
                *event(PAYER_CODE_USED, rows(decided.accepted & (code != 0), id=code, used=batch.position)),
                *event(MERCHANT_CODE_USED, rows(decided.accepted & (other != 0), id=other, used=batch.position)),
            ],
        )


def moved_by(decided: Decided, code: LegCode) -> NDArray[np.int64]:
    """What the leg of this code moved, for each command; 0 where it has none."""
    legs = decided.proposals.legs
    chosen = legs.legs["code"] == code
    moved = np.zeros(len(decided.case.batch), np.int64)
    moved[legs.command[chosen]] = decided.posted.moved[chosen]
    return moved
