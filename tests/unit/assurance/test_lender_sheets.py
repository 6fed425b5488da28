"""The lender's books by business date: trial balance, balance sheet, income; and that loans and books tie."""

import pytest

from benyuan.assurance.lender_books.ledgers import trial_balance
from benyuan.assurance.lender_books.sheets import balance_sheet, income_statement
from benyuan.assurance.lender_books.ties import ties, untied
from benyuan.assurance.lending import closed_days
from benyuan.consumer_finance.chart import LenderAccount, LenderLeg
from benyuan.consumer_finance.titles import TITLES, Side
from benyuan.decisions.facts import MONEY
from benyuan.values.dates import add_calendar_days
from benyuan.values.errors import BadInput
from tests.unit.assurance.lender_world import BEGAN, EQUITY_FEN, LAST, do, world
from tests.unit.engine.groups import Desk, in_memory


def amounts(desk: Desk, day: int, **of: int) -> dict[tuple[str, int], int]:
    sheet = balance_sheet(desk.group, lender=1, date=day, **of)
    return {(line.name, line.product): line.amount_fen for line in sheet.lines if line.amount_fen}


def test_a_sheet_by_hand(lender: Desk) -> None:
    """300.00 and 500.00 bought, 10,000.00 lent for one night at 12%: 3.29; what is undrawn and owed provided for."""
    assert amounts(lender, 20260503) == {
        ("bank", 0): EQUITY_FEN,
        ("principal", 1): 80_000,
        ("principal", 2): 1_000_000,
        ("interest_receivable", 2): 329,
        ("allowance_1", 1): -3_360,
        ("allowance_1", 2): -30_010,
        ("clearing_out", 0): 1_080_000,
        ("equity", 0): EQUITY_FEN,
    }
    sheet = balance_sheet(lender.group, lender=1, date=20260503)
    assert (sheet.result_before_fen, sheet.result_year_fen) == (0, 329 - 3_360 - 30_010)


def test_every_day_ties_to_the_fen(lender: Desk) -> None:
    for day in closed_days(lender.group, lender=1)[::9]:
        for partner in (0, 1):
            sheet = balance_sheet(lender.group, lender=1, date=day, partner=partner)
            right = sheet.liabilities_fen + sheet.equity_fen + sheet.result_before_fen + sheet.result_year_fen
            assert sheet.assets_fen == right, day
            assert sheet.difference_fen == 0
            trial = trial_balance(lender.group, lender=1, date=day, partner=partner)
            assert trial.debits_fen == trial.credits_fen
        assert untied(lender.group, lender=1, date=day) == []


def test_what_a_partner_lent_is_its_own_asset_and_owed_to_it(lender: Desk) -> None:
    """It owes us what we paid out for it; in its own book that is owed to us."""
    ours, theirs = (balance_sheet(lender.group, lender=1, date=20260505, partner=partner) for partner in (0, 1))
    assert amounts(lender, 20260505, partner=1)["principal", 0] == 180_000
    (line,) = [line for line in ours.lines if line.name == "partner"]
    assert (line.part, line.amount_fen) == (Side.asset, 180_000)
    (mirror,) = [line for line in theirs.lines if line.name == "partner"]
    assert (mirror.part, mirror.amount_fen) == (Side.liability, 180_000)


def test_a_partner_bears_its_losses(lender: Desk) -> None:
    """30% of 6,162.83 given up, less of 1,000.00 recovered."""
    lost = sum(fen * 3 // 10 for fen in (600_001, 10_546, 5_736))
    back = sum(fen * 3 // 10 for fen in (83_718, 10_546, 5_736))
    told = income_statement(lender.group, lender=1, partner=1)
    lines = {line.name: line.amount_fen for line in told.lines}
    assert lines["losses"] == lost - back
    assert told.result_fen == lines["interest_income"] + lines["charges_income"] - lines["losses"]


def test_a_close_stands_on_the_day_that_it_closes(lender: Desk) -> None:
    """The payment of June 3rd came before the close of June 3rd and is of that day; that of June 2nd knows nothing."""
    before, after = amounts(lender, 20260602), amounts(lender, 20260603)
    assert before["principal", 2] - after["principal", 2] == 329_885
    assert ("clearing_in", 0) in after
    assert before.get(("clearing_in", 0)) == 30_000


def test_income_adds_up_over_periods(lender: Desk) -> None:
    group = lender.group
    whole = income_statement(group, lender=1)
    parts = [
        income_statement(group, lender=1, first=first, last=last)
        for first, last in ((BEGAN, 20260531), (20260601, 20260630), (20260701, LAST))
    ]
    assert (whole.first, whole.last) == (20260101, LAST)
    assert whole.result_fen == sum(part.result_fen for part in parts)
    assert whole.result_fen == balance_sheet(group, lender=1).result_year_fen
    assert whole.income_fen > 0


def test_income_of_one_day_by_hand(lender: Desk) -> None:
    told = income_statement(lender.group, lender=1, first=20260503, last=20260503)
    lines = {(line.name, line.product): line.amount_fen for line in told.lines if line.amount_fen}
    assert lines == {("interest_income", 2): 329, ("impairment", 2): 30_010}


@pytest.mark.parametrize(("first", "wanted"), [(20260721, "up to 20260720"), (20260230, "a day that exists")])
def test_no_such_period(lender: Desk, first: int, wanted: str) -> None:
    with pytest.raises(BadInput, match=wanted):
        income_statement(lender.group, lender=1, first=first)


@pytest.mark.parametrize("partner", [2, 99])
def test_no_such_partner(lender: Desk, partner: int) -> None:
    with pytest.raises(BadInput, match="a partner of lender 1"):
        trial_balance(lender.group, lender=1, partner=partner)


def test_every_account_that_holds_money_has_a_title(lender: Desk) -> None:
    accounts = lender.group.ledger.state.accounts[1 : lender.group.ledger.account_count + 1]
    assert {int(code) for code in accounts["code"][accounts["unit"] == MONEY]} == set(TITLES)
    assert set(LenderAccount) - set(TITLES) == {
        LenderAccount.usage_control,
        LenderAccount.line_usage,
        LenderAccount.ratio_usage,
    }


def test_what_does_not_tie_is_named() -> None:
    """A leg that no loan knows of: 0.01 of principal from nowhere."""
    desk = world(in_memory(), last=20260503)
    assert untied(desk.group, lender=1) == []
    (principal,) = [
        line for line in trial_balance(desk.group, lender=1).lines if line.code == 110 and line.product == 2
    ]
    (equity,) = [line for line in trial_balance(desk.group, lender=1).lines if line.name == "equity"]
    desk.group.post(
        debit_account=principal.account,
        credit_account=equity.account,
        amount=1,
        code=LenderLeg.draw,
        business_date=20260503,
    )
    assert untied(desk.group, lender=1) == [
        "product 2: principal is 1000001 fen by the book, 1000000 by its loans",
    ]
    assert len(ties(desk.group, lender=1)) > len(untied(desk.group, lender=1))


def test_what_comes_the_day_after_changes_no_past_day() -> None:
    desk = world(in_memory(), last=20260503)
    before = amounts(desk, 20260503)
    do(desk, "repay_loan", loan=1, amount_fen=1_000_329, early="whole")
    do(desk, "fund_lender", lender=1, source="borrowing", amount_fen=7)
    assert amounts(desk, 20260503) == before
    assert untied(desk.group, lender=1) == []
    assert add_calendar_days(20260503, 1) not in closed_days(desk.group, lender=1)
