"""Places, codes, cycles, sellers, provision, recoveries, fees: kept over a restart, decided again alike, asked twice.

Worked: 50.00 paid, settled, disputed and decided for the customer cost the provision 30.00 and own funds 20.00; 40.00
come back, and the provision is full again.
"""

from pathlib import Path

import pytest

from benyuan.decisions.commands import Command
from benyuan.engine.verify import verify
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
from benyuan.storage.sqlite import SqliteStore
from benyuan.usecases import USE_CASES
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
    found_town,
    in_memory,
    memory_of,
    on_file,
    pay,
    stored_by,
    vault_beside,
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
    """A merchant's life of two days, with all that belongs to it."""
    desk.done(
        Area(institution=1, provinces="zhejiang hunan", from_date=20260501),
        Branch(institution=1, province=Province.zhejiang, opened_on=20260501, seat=True),
        Branch(institution=1, province=Province.hunan, opened_on=20260501, filed_on=20260430),
        Place(merchant=1, province=Province.zhejiang, reference="visit"),
        AgreeCycle(merchant=1, cycle=Cycle.working_days, count=1, reference="contract"),
        MakePlan(institution=1),
        Publish(plan=1, from_date=20260501, rate_ppm=10_000, standard_ppm=10_000, returned=True),
        PublishWithdrawals(institution=1, from_date=20260601, rate_ppm=1_000, free_each_fen=100_000),
        Agree(merchant=1, plan=1, agreed=True),
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
    desk.done(OpenDispute(payment=dinner.position, amount_fen=5_000, reason=DisputeReason.not_received))
    desk.done(DecideDispute(dispute=1, outcome=DisputeOutcome.for_customer, reference="ruling"))
    desk.done(Recover(dispute=1, amount_fen=4_000, source=RecoverySource.paid_in, reference="notice"))
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


def test_it_is_kept_over_a_restart_and_decided_again_alike(tmp_path: Path) -> None:
    file = tmp_path / "group.db"
    desk = found_town(on_file(file))
    live(desk)
    before, stored = memory_of(desk.group), stored_by(desk.group)
    desk.group.close()
    again = on_file(file)
    assert memory_of(again.group) == before
    assert stored_by(again.group)["records"] == stored["records"]
    again.group.close()
    report = verify(SqliteStore(file, read_only=True), vault=vault_beside(file), use_cases=USE_CASES)
    assert (report.ok, report.faults, report.differences, report.undecidable) == (True, [], [], 0)


def test_what_the_dispute_cost_and_what_came_back() -> None:
    desk = found_town(in_memory())
    live(desk)
    provision = int(desk.group.records.tables["risk_provision"].column("account")[1])
    (cover,) = desk.group.records.tables["dispute_cover"].rows().tolist()
    assert -desk.balance(provision) == 3_000
    assert cover == [1, 3_000, 4_000]


def test_a_merchants_code_in_one_call_pays_once() -> None:
    desk = found_town(in_memory())
    desk.done(*(IssueShown(merchant=1, merchant_code=n, amount_fen=500, expires_at=desk.now + HOUR) for n in (7, 8)))
    answers = desk.ask(*[by_code(7)] * 3, by_code(8))
    assert answers.counts() == {"accepted": 2, "refused": 2}
    first = desk.ask(by_code(7))[0]
    assert first.refusal is not None
    assert first.refusal.figures == {"used_by": answers[0].position}


def test_the_first_provision_twice_in_one_call_opens_one_account() -> None:
    desk = found_town(in_memory())
    desk.done(FundOwn(institution=1, amount_fen=100))
    accounts = desk.group.ledger.account_count
    aside = Provide(institution=1, amount_fen=60, move=ProvisionMove.set_aside, reference="decision")
    assert desk.ask(aside, aside).counts() == {"accepted": 1, "invalid": 1}
    assert desk.group.ledger.account_count == accounts + 1


def test_recoveries_in_one_call_never_exceed_the_advance() -> None:
    desk = found_town(in_memory())
    live(desk)
    back = Recover(dispute=1, amount_fen=300, source=RecoverySource.paid_in, reference="notice")
    told = desk.group.records.tables["dispute"]
    left = int(told.column("advanced_fen")[1]) - 4_000
    assert desk.ask(*[back] * 9).counts()["accepted"] == left // 300


@pytest.mark.parametrize("key", ["k", "another"])
def test_the_same_key_books_once(key: str) -> None:
    desk = found_town(in_memory())
    desk.done(FundOwn(institution=1, amount_fen=100))
    aside = Provide(institution=1, amount_fen=60, move=ProvisionMove.set_aside, reference="decision")
    first, again = desk.one(aside, key=key), desk.one(aside, key=key)
    assert (first.accepted, again.repeated, again.position) == (True, True, first.position)
