"""Accounts written off, and what comes in afterwards."""

from typing import Any

import pytest

from benyuan.consumer_finance.chart import LenderOwn, ProductOwn
from benyuan.consumer_finance.vocabulary import Standing
from benyuan.decisions.commands import REGISTRY
from benyuan.engine.why import why
from tests.unit.engine.groups import Desk
from tests.unit.lending.accounts import check_log, lender_in_town, purchase
from tests.unit.lending.lenders import PAY_LATER, Lender

OFF_ON = 20260529


@pytest.fixture
def lender() -> Lender:
    """1,000.00 of 3 April were never paid, 500.00 were bought on 20 May; closed to 27 May."""
    lender = lender_in_town(draw_stop_days=3650)
    purchase(lender, amount_fen=100_000)
    purchase(lender, on=20260520, amount_fen=50_000)
    lender.close(through=20260527, on=20260528)
    return lender


def of_book(lender: Lender, *names: ProductOwn) -> int:
    return sum(lender.of_product(PAY_LATER, name) for name in names)


def test_what_is_owed_goes_against_the_allowance_and_the_lines_are_free(lender: Lender) -> None:
    exposure = lender.own(LenderOwn.exposure_usage)
    off = lender.do("write_off_account", on=OFF_ON, account=1, grounds="the borrower has died")
    interest, fees = (lender.account_state(1, name) for name in ("interest_fen", "fees_fen"))
    assert off["principal_fen"] == 150_000
    assert off["written_off_fen"] == 150_000 + interest + fees
    assert interest == 26 * 50 + 30 * 50 + 9 * 25  # to 29 April, then on 1,000.00; 500.00 since 20 May
    assert lender.account_used(1) == lender.line_used(1) == 0
    assert lender.own(LenderOwn.exposure_usage) == exposure - 150_000
    assert of_book(lender, ProductOwn.principal) == 0
    assert lender.account_state(1, "standing") == Standing.written_off


def test_the_close_that_follows_brings_receivables_to_nothing_and_the_allowance_to_its_target(lender: Lender) -> None:
    lender.do("write_off_account", on=OFF_ON, account=1)
    off_fen = lender.account_state(1, "billed_fen") + sum(
        lender.account_state(1, name) for name in ("interest_fen", "fees_fen")
    )
    lender.close(through=OFF_ON, on=20260530)
    assert of_book(lender, ProductOwn.interest_receivable, ProductOwn.charges_receivable) == 0
    assert of_book(lender, ProductOwn.allowance_1, ProductOwn.allowance_2, ProductOwn.allowance_3) == 0
    assert of_book(lender, ProductOwn.impairment) == off_fen
    lender.close(through=20260630, on=20260701)
    assert of_book(lender, ProductOwn.impairment) == off_fen, "it stands still"


def test_a_recovery_is_income_and_leaves_the_account_written_off(lender: Lender) -> None:
    off = lender.do("write_off_account", on=OFF_ON, account=1)
    came = lender.own(LenderOwn.clearing_in)
    some = lender.do("recover_account", on=20260615, account=1, amount_fen=10_000)
    assert some["left_fen"] == off["written_off_fen"] - 10_000
    assert of_book(lender, ProductOwn.recoveries) == -10_000
    assert lender.own(LenderOwn.clearing_in) == came + 10_000
    rest = lender.do("recover_account", account=1, amount_fen=some["left_fen"])
    assert rest["left_fen"] == 0
    assert lender.account_state(1, "standing") == Standing.written_off
    lender.close(through=20260620, on=20260621)


def test_no_more_is_recovered_than_stands_on_the_account(lender: Lender) -> None:
    off = lender.do("write_off_account", on=OFF_ON, account=1)["written_off_fen"]
    answer = lender.ask("recover_account", account=1, amount_fen=off + 1)
    assert answer.invalid is not None
    assert answer.invalid.field == "amount_fen"
    assert f"{off // 100:,}.{off % 100:02d}" in answer.invalid.text()
    lender.do("recover_account", account=1, amount_fen=off)
    assert not lender.ask("recover_account", account=1, amount_fen=1).accepted


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("draw_purchase", {"amount_fen": 1}),
        ("repay_account", {"amount_fen": 1}),
        ("write_off_account", {}),
        ("close_credit_account", {}),
    ],
)
def test_nothing_but_recoveries_after_a_write_off(lender: Lender, kind: str, fields: dict[str, Any]) -> None:
    lender.do("write_off_account", on=OFF_ON, account=1)
    answer = lender.ask(kind, account=1, **fields)
    assert answer.invalid is not None
    assert "an account that runs" in answer.invalid.text()


def test_an_account_without_debt_is_not_written_off_nor_one_that_runs_recovered(lender: Lender) -> None:
    nothing = lender.ask("write_off_account", on=OFF_ON, account=2)
    assert nothing.invalid is not None
    assert "on which something is owed" in nothing.invalid.text()
    runs = lender.ask("recover_account", account=1, amount_fen=1)
    assert runs.invalid is not None
    assert "that was written off" in runs.invalid.text()


def test_twice_and_two_at_once(lender: Lender) -> None:
    """The same key gives the first answer; of two write-offs in one call the second is refused."""
    desk: Desk = lender.desk
    lender.on = OFF_ON
    off = REGISTRY["write_off_account"](account=1)
    asked = desk.request(off, key="off", at=lender.group.last_at + 86_400_000_000)
    first, second = lender.group.execute([asked, desk.request(off, at=asked.at)])
    assert first.accepted
    assert not second.accepted
    (again,) = lender.group.execute([asked])
    assert again.position == first.position
    assert again.results == first.results


def test_the_log_tells_it_again(lender: Lender) -> None:
    off = lender.do("write_off_account", on=OFF_ON, account=1, grounds="three years without a word")
    lender.do("recover_account", account=1, amount_fen=100)
    check_log(lender)
    assert why(lender.group, off["position"]).text()
