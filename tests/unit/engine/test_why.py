"""`why` lays a decision open: the check that refused is there, and what each check says is true of that command."""

from typing import Any

import pytest

from benyuan.decisions.commands import Command
from benyuan.engine.why import Check, why
from benyuan.payments.vocabulary import Authentication, Channel, DisputeOutcome, DisputeReason, Rating
from benyuan.usecases.clear import Clearing
from benyuan.usecases.decide_dispute import DecideDispute
from benyuan.usecases.fund import FundOwn
from benyuan.usecases.make_fee_plan import MakePlan
from benyuan.usecases.open_dispute import OpenDispute
from benyuan.usecases.pay import Pay
from benyuan.usecases.publish_fees import Publish
from benyuan.usecases.record_standing import Standing
from benyuan.usecases.refund import Refund
from benyuan.usecases.register_institution import Register
from benyuan.usecases.settle import Settle
from benyuan.usecases.top_up import TopUp
from benyuan.usecases.transfer import Transfer
from benyuan.usecases.withdraw import Withdraw
from tests.unit.engine.groups import HOUR, IN_WALLET_FEN, Desk, in_memory, town
from tests.unit.ledger.books import china

BOTH_LICENCES = 5


def checks(desk: Desk, command: Command) -> dict[str, list[Check]]:
    """The checks of a command that is asked now, by rule."""
    found: dict[str, list[Check]] = {}
    for check in why(desk.group, desk.one(command).position).checks:
        found.setdefault(check.rule_id, []).append(check)
    return found


def online(fen: int, **fields: Any) -> Pay:
    return Pay(
        payer=1, merchant=1, amount_fen=fen, channel=Channel.online, authentication=Authentication.two_kinds, **fields
    )


def test_a_transfer_that_the_balance_does_not_cover() -> None:
    desk = town()
    asked = IN_WALLET_FEN + 1
    found = checks(desk, Transfer(payer=1, payee=2, amount_fen=asked, authentication=Authentication.two_kinds))
    (overdraft,) = found["pay.account.no_overdraft"]
    assert (overdraft.outcome, overdraft.asked, overdraft.available) == ("refused", asked, IN_WALLET_FEN)
    (daily,) = found["pay.daily.two_factor_no_cert"]
    assert (daily.asked, daily.used_before) == (asked, 0)


def test_a_payment_that_goes_through_shows_what_there_was() -> None:
    (overdraft,) = checks(town(), online(100))["pay.account.no_overdraft"]
    assert (overdraft.outcome, overdraft.asked, overdraft.available) == ("passed", 100, IN_WALLET_FEN)


def test_gates_that_speak_of_something_else() -> None:
    found = checks(town(), online(100))
    assert [check.outcome for check in found["qr.merchant_scan.dynamic_only"]] == ["not_applicable"]
    assert [check.outcome for check in found["pay.bankdebit.mandate"]] == ["not_applicable"]
    assert [check.outcome for check in found["pay.scope.only_licensed"]] == ["passed", *["not_applicable"] * 2]
    businesses = [check.figures["business"] for check in found["pay.scope.only_licensed"]]
    assert businesses == ["internet_payment", "bar-code payment", "card_acquiring"]


def test_an_exception_is_called_one() -> None:
    desk = town()
    rated = Standing(institution=1, from_date=20260101, licences=BOTH_LICENCES, rating=Rating.A, real_name_ppm=960_000)
    desk.done(rated)
    (own,) = checks(desk, TopUp(wallet=1, bank_account=3, amount_fen=1))["pay.account.same_name_bank"]
    (anothers,) = checks(desk, TopUp(wallet=1, bank_account=4, amount_fen=1))["pay.account.same_name_bank"]
    assert (own.outcome, anothers.outcome) == ("passed", "excepted")


def test_a_refund_that_the_merchant_can_not_pay() -> None:
    desk = town()
    paid = desk.one(online(300))
    desk.now += 24 * HOUR
    desk.done(Settle(merchant=1))
    (misuse,) = checks(desk, Refund(payment=paid.position, amount_fen=300))["pay.reserve.no_misuse"]
    assert (misuse.outcome, misuse.asked, misuse.available) == ("refused", 300, 0)


def test_a_decided_dispute_shows_what_the_merchant_had_when_the_hold_was_given_back() -> None:
    desk = town()
    paid = desk.one(online(300, bank_account=3))
    other = desk.one(online(IN_WALLET_FEN, bank_account=3))
    desk.done(
        OpenDispute(payment=paid.position, amount_fen=300, reason=DisputeReason.duplicate),
        OpenDispute(payment=other.position, amount_fen=50, reason=DisputeReason.duplicate),
    )
    decided = DecideDispute(dispute=1, outcome=DisputeOutcome.for_customer, reference="ruling")
    (misuse,) = checks(desk, decided)["pay.reserve.no_misuse"]
    assert (misuse.outcome, misuse.asked, misuse.available) == ("passed", 300, 300 + IN_WALLET_FEN - 50)


def test_a_decided_dispute_shows_what_was_advanced() -> None:
    desk = town()
    desk.done(FundOwn(institution=1, amount_fen=300))
    paid = desk.one(online(300))
    desk.now += 24 * HOUR
    desk.done(Settle(merchant=1), OpenDispute(payment=paid.position, amount_fen=300, reason=DisputeReason.duplicate))
    decided = DecideDispute(dispute=1, outcome=DisputeOutcome.for_customer, reference="ruling")
    (misuse,) = checks(desk, decided)["pay.reserve.no_misuse"]
    assert (misuse.outcome, misuse.asked, misuse.available) == ("passed", 300, 300)


@pytest.mark.parametrize("on", ["2024-07-08", "2024-07-09"])
def test_a_rule_that_is_not_in_force_yet_has_nothing_to_say(on: str) -> None:
    """Fees published for the first time, the day before a change of fees had to be announced, and the day itself."""
    desk = in_memory(now=china(f"{on}T09:00"))
    desk.done(Register(name="Benyuan Pay"), MakePlan(institution=1))
    fees = Publish(plan=1, from_date=20240801, rate_ppm=6_000, standard_ppm=6_000)
    (notice,) = checks(desk, fees)["pay.fee.change_notice_days"]
    assert (notice.outcome, notice.in_force, notice.article) == ("not_applicable", 20240709, "第六十二条")


def test_a_clearing_of_more_than_the_reserve_holds() -> None:
    """The reserve is the account that is credited, and it is its bound that refuses."""
    desk = town()
    desk.done(Withdraw(wallet=1, bank_account=3, amount_fen=300), Withdraw(wallet=2, bank_account=4, amount_fen=300))
    desk.done(Clearing(institution=1, reference="A", received_fen=250, paid_fen=0))
    refused = desk.one(Clearing(institution=1, reference="B", received_fen=0, paid_fen=251))
    assert refused.refusal is not None
    (check,) = why(desk.group, refused.position).checks
    assert (check.outcome, check.asked, check.available) == ("refused", 251, 250)
    assert refused.refusal.figures == {"asked_fen": 251, "available_fen": 250}


def test_what_comes_into_the_reserve_can_go_out_of_it_again() -> None:
    desk = town()
    desk.done(Withdraw(wallet=1, bank_account=3, amount_fen=300))
    (check,) = checks(desk, Clearing(institution=1, reference="A", received_fen=250, paid_fen=250))[
        "reserve.use.destinations"
    ]
    assert (check.outcome, check.asked, check.available) == ("passed", 250, 250)


def test_a_clearing_of_more_than_was_ordered() -> None:
    desk = town()
    desk.done(Withdraw(wallet=1, bank_account=3, amount_fen=100))
    desk.done(Clearing(institution=1, reference="A", received_fen=250, paid_fen=0))
    (check,) = checks(desk, Clearing(institution=1, reference="B", received_fen=0, paid_fen=251))[
        "reserve.use.destinations"
    ]
    assert (check.outcome, check.asked, check.available) == ("refused", 251, 100)
