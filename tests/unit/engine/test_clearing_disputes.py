"""What disputes and freezes cost and bring back, at the clearing house: each is one transaction, named by one line.

Worked: 100.00 are disputed, the provision gives 30.00 and own funds 70.00; of 50.00 that the merchant pays in, 30.00
fill the provision and 20.00 go to own funds, and the house's file has one line of 50.00.
"""

import pytest

from benyuan.assurance.clearing import clearing_of_command, clearing_of_day
from benyuan.payments.vocabulary import DisputeOutcome, DisputeReason, ProvisionMove, RecoverySource, ReserveDirection
from benyuan.usecases.close_day import Close
from benyuan.usecases.decide_dispute import DecideDispute
from benyuan.usecases.deduct_frozen import DeductFrozen
from benyuan.usecases.freeze_amount import FreezeAmount
from benyuan.usecases.fund import FundOwn
from benyuan.usecases.open_dispute import OpenDispute
from benyuan.usecases.record_clearing_line import ClearingLine
from benyuan.usecases.recover_advance import Recover
from benyuan.usecases.set_provision import Provide
from benyuan.usecases.settle import Settle
from tests.unit.engine.groups import HOUR, Desk, pay, town

DAY, FIRST = 24 * HOUR, 20260501
RECEIVED, PAID = ReserveDirection.received, ReserveDirection.paid


def named(desk: Desk, order: int, fen: int, way: ReserveDirection) -> None:
    """The house's line for an order, in its file of the second of May."""
    desk.done(ClearingLine(institution=1, date=FIRST + 1, direction=way, amount_fen=fen, order=order))


def close(desk: Desk) -> None:
    desk.now += DAY
    desk.done(Close(institution=1, date=FIRST + 1, statement_fen=0))


@pytest.fixture
def desk() -> Desk:
    """A dispute over 100.00 decided for the customer on the second of May; the merchant has been paid out before."""
    desk = town()
    desk.done(
        FundOwn(institution=1, amount_fen=20_000),
        Provide(institution=1, amount_fen=3_000, move=ProvisionMove.set_aside, reference="decision"),
    )
    paid = desk.one(pay(10_000, payer=1)).position
    desk.now += DAY
    desk.done(
        Settle(merchant=1),
        OpenDispute(payment=paid, amount_fen=10_000, reason=DisputeReason.duplicate),
        DecideDispute(dispute=1, outcome=DisputeOutcome.for_customer, reference="ruling"),
    )
    return desk


def test_a_recovery_that_fills_provision_and_own_funds_is_one_transaction(desk: Desk) -> None:
    back = Recover(dispute=1, amount_fen=5_000, source=RecoverySource.paid_in, reference="notice")
    recovery = desk.one(back)
    assert recovery.results["provision_fen"] == 3_000
    named(desk, recovery.position, 5_000, RECEIVED)
    close(desk)
    assert [each["state"] for each in clearing_of_command(desk.group, recovery.position)] == ["matched"]
    shown = clearing_of_day(desk.group, institution=1, date=FIRST + 1)
    assert shown is not None
    assert (shown["lines"], shown["matched"]) == (1, 1)


def test_a_recovery_from_receipts_is_none(desk: Desk) -> None:
    desk.done(pay(5_000, payer=2))
    back = Recover(dispute=1, amount_fen=5_000, source=RecoverySource.receipts, agreed=True, reference="notice")
    assert clearing_of_command(desk.group, desk.one(back).position) == []


def test_what_the_law_deducts_goes_out_as_one_and_a_hold_as_none(desk: Desk) -> None:
    frozen = desk.one(FreezeAmount(wallet=2, amount_fen=6_000, reference="order"))
    deducted = desk.one(DeductFrozen(freeze=1, amount_fen=2_000, reference="order"))
    named(desk, deducted.position, 2_000, PAID)
    close(desk)
    assert clearing_of_command(desk.group, frozen.position) == []
    assert [each["state"] for each in clearing_of_command(desk.group, deducted.position)] == ["matched"]
