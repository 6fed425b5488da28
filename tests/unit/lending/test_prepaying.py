"""Nobody bears interest on money that the lender holds: payments beyond what is billed, purchases from credit."""

from typing import Any

import pytest

from benyuan.consumer_finance.chart import LenderOwn, ProductOwn
from benyuan.decisions.commands import REGISTRY
from tests.unit.engine.dated import moment
from tests.unit.lending.accounts import check_log, lender_in_town, purchase
from tests.unit.lending.lenders import PAY_LATER, Lender


@pytest.fixture
def lender() -> Lender:
    return lender_in_town()


def test_a_payment_beyond_what_is_billed_pays_what_is_not_billed_yet(lender: Lender) -> None:
    purchase(lender, amount_fen=100_000)
    paid = lender.do("repay_account", on=20260405, account=1, amount_fen=30_000)
    assert (paid["principal_fen"], paid["credit_fen"], paid["bought_fen"]) == (30_000, 0, -30_000)
    assert lender.account_used(1) == lender.line_used(1) == 70_000
    assert lender.of_product(PAY_LATER, ProductOwn.principal) == 70_000
    assert lender.own(LenderOwn.customer_credit) == 0


def test_what_was_prepaid_bears_interest_to_the_day_of_payment_and_no_further(lender: Lender) -> None:
    """1,000.00 of 3 April, of which 300.00 are paid on the 5th; then nothing, to the morning of 29 April."""
    purchase(lender, amount_fen=100_000)
    lender.do("repay_account", on=20260405, account=1, amount_fen=30_000)
    lender.close(through=20260428, on=20260429)
    income = -lender.of_product(PAY_LATER, ProductOwn.interest_income)
    assert income == 2 * 50 + 24 * 35  # two nights of 1,000.00 and 24 of 700.00 at 0.05%


def test_the_last_fen_is_credit_and_the_next_purchase_uses_it_at_once(lender: Lender) -> None:
    purchase(lender, amount_fen=100_000)
    paid = lender.do("repay_account", on=20260405, account=1, amount_fen=100_001)
    assert (paid["principal_fen"], paid["credit_fen"]) == (100_000, 1)
    bought = lender.do("draw_purchase", on=20260406, account=1, amount_fen=500)
    assert (bought["from_credit_fen"], bought["bought_fen"]) == (1, 499)
    assert lender.own(LenderOwn.customer_credit) == 0
    assert lender.account_used(1) == lender.line_used(1) == 499
    assert lender.of("credit_account", 1, "bought_fen") == 499
    assert lender.of("credit_account", 1, "credit_fen") == 0
    check_log(lender)


def test_purchases_of_one_batch_share_the_credit(lender: Lender) -> None:
    lender.do("repay_account", on=20260403, account=1, amount_fen=700)
    before = lender.group.position
    first = purchase(lender, amount_fen=500)
    assert first > before
    second = lender.do("draw_purchase", account=1, amount_fen=500)
    assert (second["from_credit_fen"], second["bought_fen"]) == (200, 300)
    assert lender.account_used(1) == 300


def test_a_purchase_returned_after_it_was_prepaid_is_credit_without_interest(lender: Lender) -> None:
    bought = purchase(lender, amount_fen=100_000)
    lender.do("repay_account", on=20260405, account=1, amount_fen=80_000)
    back = lender.do("return_purchase", on=20260407, purchase=bought, amount_fen=100_000)
    assert (back["principal_fen"], back["credit_fen"]) == (20_000, 80_000)
    assert lender.account_used(1) == lender.line_used(1) == 0
    assert lender.of("credit_account", 1, "bought_fen") == 0
    lender.close(through=20260508, on=20260509)
    assert lender.of_product(PAY_LATER, ProductOwn.interest_income) == 0
    assert lender.own(LenderOwn.customer_credit) == -80_000


def test_a_plan_takes_no_more_of_a_purchase_than_is_left_unpaid(lender: Lender) -> None:
    bought = purchase(lender, amount_fen=100_000)
    lender.do("repay_account", on=20260405, account=1, amount_fen=80_000)
    asked: dict[str, Any] = {"account": 1, "product": 3, "term_count": 3, "rate_ppm": 120_000, "purchase": bought}
    refused = lender.ask("make_plan", **asked, amount_fen=20_001)
    assert refused.invalid is not None
    assert "no more than 20000 fen" in refused.invalid.text()
    lender.do("make_plan", **asked, amount_fen=20_000)
    assert lender.account_used(1) == 0
    assert lender.line_used(1) == 20_000


@pytest.mark.parametrize("shards", [1, 2])
def test_books_and_accounts_tie_at_every_close(lender: Lender, shards: int) -> None:
    """Prepaid, from credit, returned: the principal of the parts is what stands on the account of the book."""
    purchase(lender, amount_fen=100_000)
    lender.do("repay_account", on=20260405, account=1, amount_fen=30_000)
    purchase(lender, on=20260407, account=2, amount_fen=50_000)
    lender.do("repay_account", on=20260412, account=1, amount_fen=90_000)
    purchase(lender, on=20260415, amount_fen=60_000)
    lender.close(through=20260415, on=20260416, shards=shards)
    rows = [row for row in lender.parts(20260415) if row["product"] == PAY_LATER]
    assert sum(row["principal_fen"] for row in rows) == lender.of_product(PAY_LATER, ProductOwn.principal)
    assert sum(row["principal_fen"] for row in rows) == 40_000 + 50_000


def test_a_batch_of_purchases_is_its_purchases_one_by_one() -> None:
    """One account has a credit, one a statement behind it; each buys several times, and once too much."""
    amounts = [(1, 500), (2, 300), (1, 400), (2, 999_999_999), (2, 200), (1, 300), (1, 100)]
    together, alone = (bought(amounts, in_one=in_one) for in_one in (True, False))
    assert together == alone


def bought(amounts: list[tuple[int, int]], *, in_one: bool) -> list[Any]:
    """What was answered, the steps but for the numbers of those before them, and what is used in the end."""
    lender = lender_in_town()
    purchase(lender, account=2, amount_fen=50_000)
    lender.do("repay_account", on=20260405, account=1, amount_fen=1_000)
    lender.do("repay_account", on=20260420, account=1, amount_fen=100)
    commands = [REGISTRY["draw_purchase"](account=account, amount_fen=fen) for account, fen in amounts]
    calls = [commands] if in_one else [[each] for each in commands]
    answers = [answer for call in calls for answer in lender.desk.ask(*call, at=moment(20260421))]
    check_log(lender)
    held = lender.group.records.tables["credit_account_step"]
    steps = sorted(
        tuple(int(held.column(name)[number]) for name in held.table.columns if name != "previous")
        for number in range(1, held.count + 1)
    )
    return [[(answer.accepted, answer.results) for answer in answers], steps, *map(lender.account_used, (1, 2))]


def test_a_batch_is_cut_only_where_such_an_account_buys_again(lender: Lender) -> None:
    """Accounts with a credit are decided with the others: a batch of theirs is one block, not one a purchase."""
    lender.do("repay_account", on=20260403, account=1, amount_fen=700)
    before = blocks(lender)
    buy = REGISTRY["draw_purchase"]
    lender.desk.done(buy(account=1, amount_fen=100), *(buy(account=2, amount_fen=fen) for fen in (1, 2, 3, 4)))
    assert blocks(lender) == before + 1
    lender.desk.done(buy(account=1, amount_fen=100), buy(account=2, amount_fen=5), buy(account=1, amount_fen=100))
    assert blocks(lender) == before + 1 + 2


def blocks(lender: Lender) -> int:
    """How many blocks the log has."""
    last = lender.group.store.last_block()
    assert last is not None
    return last.seq
