"""A merchant's life of two days: places, codes, a cycle, a seller, the provision, a recovery, fees given back."""

from benyuan.decisions.commands import Command
from benyuan.payments.places import Province
from benyuan.payments.settlement_cycles import Cycle
from benyuan.payments.vocabulary import (
    Channel,
    DisputeOutcome,
    DisputeReason,
    Market,
    Matter,
    MerchantKind,
    ProvisionMove,
    RecoverySource,
    WalletClass,
)
from benyuan.usecases.agree_fee_plan import Agree
from benyuan.usecases.agree_settlement import AgreeCycle
from benyuan.usecases.close_branch import CloseOffice
from benyuan.usecases.decide_dispute import DecideDispute
from benyuan.usecases.dismiss_seller import Dismiss
from benyuan.usecases.fund import FundOwn
from benyuan.usecases.issue_merchant_code import IssueShown
from benyuan.usecases.make_fee_plan import MakePlan
from benyuan.usecases.open_dispute import OpenDispute
from benyuan.usecases.open_wallet import Open
from benyuan.usecases.pay import Pay
from benyuan.usecases.place_merchant import Place
from benyuan.usecases.publish_fees import Publish
from benyuan.usecases.publish_withdrawal_fees import PublishWithdrawals
from benyuan.usecases.recognise_seller import Recognise
from benyuan.usecases.record_area import Area
from benyuan.usecases.record_branch import Branch
from benyuan.usecases.record_market import Totals
from benyuan.usecases.recover_advance import Recover
from benyuan.usecases.refund import Refund
from benyuan.usecases.register_merchant import Merchant
from benyuan.usecases.report_plan import Plan
from benyuan.usecases.set_provision import Provide
from benyuan.usecases.settle import Settle
from tests.unit.engine.groups import (
    HOUR,
    Desk,
    pay,
)

DAY = 24 * HOUR


def by_code(number: int) -> Pay:
    """A payment of 5.00 by a code that merchant 1 shows."""
    return pay_with(channel=Channel.dynamic_code, merchant_code=number)


def pay_with(*, channel: Channel, merchant_code: int) -> Pay:
    plain = pay(500)
    return Pay(
        payer=plain.payer,
        merchant=plain.merchant,
        amount_fen=plain.amount_fen,
        channel=channel,
        authentication=plain.authentication,
        merchant_code=merchant_code,
    )


def live(desk: Desk) -> None:
    """A merchant's life of two days, with all that belongs to it; merchant 3 is the next."""
    plan = desk.one(MakePlan(institution=1)).results["plan"]
    desk.done(
        Area(institution=1, provinces="zhejiang hunan", from_date=20260501),
        Branch(institution=1, province=Province.zhejiang, opened_on=20260501, seat=True),
        Branch(institution=1, province=Province.hunan, opened_on=20260501, filed_on=20260430),
        Place(merchant=1, province=Province.zhejiang, reference="visit"),
        AgreeCycle(merchant=1, cycle=Cycle.working_days, count=1, reference="contract"),
        Publish(plan=plan, from_date=20260501, rate_ppm=10_000, standard_ppm=10_000, returned=True),
        PublishWithdrawals(institution=1, from_date=20260601, rate_ppm=1_000, free_each_fen=100_000),
        Agree(merchant=1, plan=plan, agreed=True),
        FundOwn(institution=1, amount_fen=10_000),
        Provide(institution=1, amount_fen=3_000, move=ProvisionMove.set_aside, reference="decision"),
        IssueShown(merchant=1, merchant_code=7, amount_fen=500, expires_at=desk.now + HOUR),
        by_code(7),
        Totals(institution=1, market=Market.non_bank, year=2026, amount_fen=9, count=1, published="report"),
    )
    desk.done(*seller())
    sale, dinner = desk.one(pay(1_000)), desk.one(pay(5_000))
    desk.done(Refund(payment=sale.position, amount_fen=500))
    desk.now += DAY
    desk.done(Settle(merchant=1, through=20260501))
    opened = desk.one(OpenDispute(payment=dinner.position, amount_fen=5_000, reason=DisputeReason.not_received))
    dispute = opened.results["dispute"]
    desk.done(DecideDispute(dispute=dispute, outcome=DisputeOutcome.for_customer, reference="ruling"))
    desk.done(Recover(dispute=dispute, amount_fen=4_000, source=RecoverySource.paid_in, reference="notice"))
    desk.done(
        CloseOffice(institution=1, province=Province.hunan, closed_on=20260502), Dismiss(person=1, reference="end")
    )


def seller() -> list[Command]:
    """Person 1 sells online and is treated as a firm."""
    return [
        Plan(institution=1, matter=Matter.individual_sellers, takes_effect_on=20260501),
        Merchant(institution=1, kind_of_merchant=MerchantKind.individual_seller, principal=1),
        Open(person=1, wallet_class=WalletClass.III, channels=5),
        Recognise(
            merchant=3,
            platform_registered=True,
            trading_since=20251101,
            income_fen=20_000_001,
            valid_until=20261231,
            reference="decision",
        ),
    ]
