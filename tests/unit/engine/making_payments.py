"""Commands made up that move money, or tell of money moved: payments, codes, fees, clearing, the close."""

from benyuan.decisions.commands import Command
from benyuan.payments.clearing.records import ClearingReason
from benyuan.payments.vocabulary import (
    Authentication,
    Channel,
    CreditReason,
    DisputeOutcome,
    DisputeReason,
    OwnMoney,
    ReserveDirection,
    TransferChannel,
)
from benyuan.usecases.agree_fee_plan import Agree
from benyuan.usecases.allow_static_code import AllowCode
from benyuan.usecases.clear import Clearing
from benyuan.usecases.close_day import Close
from benyuan.usecases.credit_wallet import Credit
from benyuan.usecases.decide_dispute import DecideDispute
from benyuan.usecases.issue_code import IssueCode
from benyuan.usecases.make_fee_plan import MakePlan
from benyuan.usecases.open_dispute import OpenDispute
from benyuan.usecases.pay import Pay
from benyuan.usecases.publish_fees import Publish
from benyuan.usecases.record_clearing_line import ClearingLine
from benyuan.usecases.record_statement_entry import StatementEntry
from benyuan.usecases.refund import Refund
from benyuan.usecases.require_merchant_code import RequireCode
from benyuan.usecases.resolve_clearing_item import ResolveItem
from benyuan.usecases.top_up import TopUp
from benyuan.usecases.transfer import Transfer
from benyuan.usecases.withdraw import Withdraw
from benyuan.usecases.withdraw_own_money import TakeOut
from benyuan.values.dates import local_day
from tests.unit.engine.hand import CODES, REFERENCES, SETUP, Hand, Now
from tests.unit.ledger.books import SECOND


def make_pay(hand: Hand, now: Now) -> Command:
    del now
    wallet, channel = hand.wallet(), hand.choice((*Channel, Channel.payer_code))
    return Pay(
        payer=wallet,
        merchant=hand.merchant(),
        amount_fen=hand.fen(),
        channel=channel,
        authentication=hand.choice(list(Authentication)),
        bank_account=hand.choice((0, hand.card(wallet))),
        payer_code=hand.odd(hand.choice(CODES) if channel is Channel.payer_code else 0, 0, 1, 999),
        memo=hand.memo(),
    )


def make_code(hand: Hand, now: Now) -> Command:
    """Few numbers, and short lives: codes meet, are shown again, and expire."""
    life = hand.choice((1, SECOND, 60 * SECOND, 60 * SECOND, 0))
    return IssueCode(wallet=hand.wallet(), payer_code=hand.odd(hand.choice(CODES), 0), expires_at=now.at + life)


def make_card_move(hand: Hand, now: Now) -> Command:
    del now
    wallet = hand.wallet()
    kind = hand.choice((TopUp, TopUp, Withdraw))
    return kind(wallet=wallet, bank_account=hand.card(wallet), amount_fen=hand.fen())


def make_refund(hand: Hand, now: Now) -> Command:
    payment = hand.odd(hand.choice(now.payments[-6:]) if now.payments else 1, 1, SETUP, 999)
    return Refund(payment=payment, amount_fen=hand.fen(), memo=hand.memo())


def make_dispute(hand: Hand, now: Now) -> Command:
    if hand.randrange(3) == 0:
        outcome = hand.choice(list(DisputeOutcome))
        return DecideDispute(dispute=hand.choice((1, 1, 2, 3)), outcome=outcome, reference=hand.odd("ruling", ""))
    payment = hand.odd(hand.choice(now.payments[-6:]) if now.payments else 1, 1, SETUP, 999)
    return OpenDispute(payment=payment, amount_fen=hand.fen(), reason=hand.choice(list(DisputeReason)))


def make_transfer(hand: Hand, now: Now) -> Command:
    del now
    return Transfer(
        payer=hand.wallet(),
        payee=hand.wallet(),
        amount_fen=hand.fen(),
        authentication=hand.choice(list(Authentication)),
        channel=hand.choice((TransferChannel.none, *TransferChannel)),
        remote=hand.choice((False, False, True)),
        memo=hand.memo(),
    )


def make_personal_code(hand: Hand, now: Now) -> Command:
    if hand.randrange(3) == 0:
        return RequireCode(person=hand.person(), reference="case", required=hand.choice((True, False)))
    until, uses = local_day(now.at) + hand.choice((0, 0, 100)), hand.choice((0, 1, 2, 5))
    return AllowCode(wallet=hand.wallet(), valid_until=until, uses=uses, limit_fen=hand.fen(), reference="list")


def make_credit(hand: Hand, now: Now) -> Command:
    del now
    return Credit(wallet=hand.wallet(), amount_fen=hand.fen(), reason=hand.choice(list(CreditReason)), memo=hand.memo())


def make_fees(hand: Hand, now: Now) -> Command:
    match hand.randrange(4):
        case 0:
            return MakePlan(institution=hand.institution())
        case 1:
            day = local_day(now.at) + hand.choice((0, 0, 100))
            return Publish(plan=hand.choice((1, 1, 2)), from_date=day, rate_ppm=hand.odd(6_000, 0), standard_ppm=6_000)
        case 2:
            return Agree(merchant=hand.merchant(), plan=hand.choice((1, 1, 2)), agreed=hand.odd(True, False))
    source = hand.choice(list(OwnMoney))
    return TakeOut(institution=hand.institution(), amount_fen=hand.fen(), source=source, proof="p", reviewed=True)


def make_clearing(hand: Hand, now: Now) -> Command:
    if hand.randrange(4) == 0:
        reason = hand.choice(list(ClearingReason))
        return ResolveItem(
            item=hand.choice((1, 1, 2, 9)),
            counterpart=hand.choice((0, 0, 1, 2)),
            reason=reason,
            operator="li",
            explanation="x",
        )
    return ClearingLine(
        institution=hand.institution(),
        date=local_day(now.at) - hand.choice((0, 0, 1)),
        direction=hand.choice(list(ReserveDirection)),
        amount_fen=hand.choice((100, 3_000, 10_000, 20_000, 50_000)),
        order=hand.choice((0, hand.randint(1, SETUP), *now.payments[-4:])),
        reference=hand.choice(("", *REFERENCES)),
    )


def make_clear(hand: Hand, now: Now) -> Command:
    del now
    received, paid = hand.choice((0, 100, 30_000)), hand.choice((0, 100))
    reference = hand.choice(REFERENCES)
    return Clearing(institution=hand.institution(), reference=reference, received_fen=received, paid_fen=paid)


def make_statement_entry(hand: Hand, now: Now) -> Command:
    return StatementEntry(
        institution=hand.institution(),
        date=local_day(now.at) - hand.choice((0, 0, 1)),
        direction=hand.choice(list(ReserveDirection)),
        reference=hand.choice(REFERENCES),
        amount_fen=hand.choice((100, 30_000)),
    )


def make_close(hand: Hand, now: Now) -> Command:
    date = local_day(now.at) - hand.choice((0, 0, 1))
    return Close(institution=hand.institution(), date=date, statement_fen=hand.choice((0, 100, 30_000)))
