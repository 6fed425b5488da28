"""Money of a payment goes back to the sources that paid, by a refund or after a dispute (43号, art. 15).

The merchant's fee comes back with it, in proportion, where the plan says so (terms of the day of the return).

The source debited last comes first: the card up to what it paid, then the wallet. What a wallet paid that has been
closed since goes out to the bank account to which it was closed. Worked number: of 160.00, 60.00 by card, a return of
70.00 puts 60.00 on the card and 10.00 in the wallet.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.proposals import LegTable
from benyuan.decisions.usecase import Case, Decided, Gate
from benyuan.ledger import AMOUNT_MAX, LegFlag
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.fees import (
    FEE_RETURN_ADDED,
    FEE_RETURN_BEGUN,
    FEE_RETURNED,
    FEE_TERMS,
    PAYMENT_FEE,
    fee_share_fen,
)
from benyuan.payments.merchant_stops import BEHIND_MERCHANT
from benyuan.payments.records import (
    INSTITUTION,
    MERCHANT,
    PAYMENT,
    PAYMENT_DISPUTED,
    PAYMENT_REFUND_ADDED,
    PAYMENT_REFUND_BEGUN,
    PAYMENT_REFUNDED,
    WALLET,
)
from benyuan.usecases.common import rows
from benyuan.usecases.pay import moved_by

ORIGINAL_ACCOUNT = "pay.refund.original_account"
NO_MISUSE = "pay.reserve.no_misuse"


def needs_of_payment(by: str) -> tuple[Need, ...]:
    """All that is known of the payment whose log position stands in this column."""
    return (
        Need(table=PAYMENT, by=by, prefix="payment"),
        Need(table=PAYMENT_REFUNDED, by=by, prefix="refunded"),
        Need(table=PAYMENT_DISPUTED, by=by, prefix="disputed"),
        Need(table=WALLET, by="payment_payer", prefix="wallet"),
        Need(table=MERCHANT, by="payment_merchant", prefix="merchant"),
        *BEHIND_MERCHANT,
        Need(table=INSTITUTION, by="wallet_institution", prefix="institution"),
        Need(table=FEE_TERMS, by="merchant_fee_plan", prefix="terms"),
        Need(table=PAYMENT_FEE, by=by, prefix="charged"),
        Need(table=FEE_RETURNED, by=by, prefix="fee_back"),
    )


def left_fen(case: Case) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What has not gone back of each payment: (to the card, to the wallet)."""
    facts = case.facts
    card = facts["payment_card_fen"] - facts["refunded_card_fen"]
    wallet = facts["payment_balance_fen"] - facts["refunded_balance_fen"]
    return card, wallet


def _within_payment(case: Case) -> NDArray[np.bool_]:
    case.rules.value(id=ORIGINAL_ACCOUNT, on=case.batch.on)
    card, wallet = left_fen(case)
    passes: NDArray[np.bool_] = case.batch.integers("amount_fen") <= card + wallet
    return passes


def _figures(case: Case, place: int) -> dict[str, int]:
    """What was paid, what went back already, what is asked."""
    card, wallet = left_fen(case)
    facts = case.facts
    return {
        "paid_fen": int(facts["payment_card_fen"][place] + facts["payment_balance_fen"][place]),
        "left_to_refund_fen": int(card[place] + wallet[place]),
        "asked_fen": int(case.batch.integers("amount_fen")[place]),
    }


WITHIN_PAYMENT = Gate(rule=ORIGINAL_ACCOUNT, passes=_within_payment, figures=_figures)
"""No more goes back to an account than came from it."""


def fee_back_fen(case: Case, amount_fen: NDArray[np.int64]) -> NDArray[np.int64]:
    """What the merchant gets back of its fee when so much goes back; nought where the plan gives nothing back."""
    facts = case.facts
    back = np.zeros(len(amount_fen), np.int64)
    card, wallet = left_fen(case)
    paid = facts["payment_card_fen"] + facts["payment_balance_fen"]
    for place in np.flatnonzero((facts["terms_returned"] != 0) & (facts["charged_fee_fen"] > 0)).tolist():
        gone = int(paid[place] - card[place] - wallet[place] + amount_fen[place])
        due = fee_share_fen(fee_fen=int(facts["charged_fee_fen"][place]), of_fen=gone, paid_fen=int(paid[place]))
        back[place] = max(due - int(facts["fee_back_fee_fen"][place]), 0)
    return back


def add_fee_legs(
    table: LegTable, *, case: Case, where: NDArray[np.bool_], amount: NDArray[np.int64], rule: int
) -> None:
    """The fee back to the merchant: out of fees as far as they are there, out of own funds beyond."""
    facts, back = case.facts, fee_back_fen(case, amount)
    there = where & (back > 0)
    if not there.any():
        return
    first, merchant = facts["institution_first_account"], facts["merchant_account"]
    fees = table.add(
        where=there,
        debit=first + Own.fees,
        credit=merchant,
        amount=back,
        code=LegCode.fee_return,
        flags=LegFlag.balancing_debit,
    )
    table.add(
        where=there,
        debit=first + Own.own_funds,
        credit=merchant,
        amount=AMOUNT_MAX,
        code=LegCode.fee_return_own,
        flags=LegFlag.following_left,
        follows_line=fees,
        rule=rule,
    )


def add_return_legs(
    table: LegTable,
    *,
    case: Case,
    where: NDArray[np.bool_],
    amount: NDArray[np.int64],
    codes: tuple[int, int],
    rule: int,
) -> None:
    """A leg from the merchant to the card, then one to the wallet; `codes` are theirs, `rule` that of both."""
    facts = case.facts
    card, _ = left_fen(case)
    to_card = np.minimum(amount, card)
    on_its_way_out = facts["institution_first_account"] + Own.clearing_out
    common: dict[str, Any] = {"debit": facts["merchant_account"], "rule": rule}
    table.add(where=where & (to_card > 0), credit=on_its_way_out, amount=to_card, code=codes[0], **common)
    to_wallet = np.where(facts["wallet_closed_on"] != 0, on_its_way_out, facts["wallet_account"])
    table.add(where=where & (amount > to_card), credit=to_wallet, amount=amount - to_card, code=codes[1], **common)


def returned(decided: Decided, *, codes: tuple[LegCode, LegCode]) -> dict[str, NDArray[np.int64]]:
    """The results of each command: how much went to the card and to the wallet, whose, and of which merchant."""
    return {
        "balance_fen": moved_by(decided, codes[1]),
        "card_fen": moved_by(decided, codes[0]),
        "payer": decided.case.facts["payment_payer"],
        "merchant": decided.case.facts["payment_merchant"],
        "fee_back_fen": moved_by(decided, LegCode.fee_return) + moved_by(decided, LegCode.fee_return_own),
    }


def returned_events(
    decided: Decided, *, payment: NDArray[np.int64], where: NDArray[np.bool_], results: dict[str, NDArray[np.int64]]
) -> list[Event]:
    """What has now gone back of the payments."""
    facts = decided.case.facts
    columns = {
        "id": payment,
        "balance_fen": facts["refunded_balance_fen"] + results["balance_fen"],
        "card_fen": facts["refunded_card_fen"] + results["card_fen"],
    }
    before, fee = facts.found("refunded"), facts.found("fee_back")
    given = results["fee_back_fen"]
    fees = {"id": payment, "fee_fen": facts["fee_back_fee_fen"] + given}
    return [
        *event(FEE_RETURN_BEGUN, rows(where & (given > 0) & ~fee, **fees)),
        *event(FEE_RETURN_ADDED, rows(where & (given > 0) & fee, **fees)),
        *event(PAYMENT_REFUND_BEGUN, rows(where & ~before, **columns)),
        *event(PAYMENT_REFUND_ADDED, rows(where & before, **columns)),
    ]
