"""Books of this ledger in a group's accounts: every account on a line, mirrors taken out, nothing told twice."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

import numpy as np
import pytest

from benyuan.assurance.group.accounts import GroupAccounts, group_accounts
from benyuan.assurance.lender_books.ledgers import trial_balance
from benyuan.assurance.lender_books.sheets import BalanceSheet, balance_sheet, income_statement
from benyuan.consumer_finance.chart import LenderAccount
from benyuan.consumer_protection.suitability.chart import InvestorAccount
from benyuan.credit_bureau.chart import BureauAccount
from benyuan.holding_company.consolidation.accounts import AccountMap, account_map_of
from benyuan.holding_company.consolidation.sources import Returns, TrialBalanceOf
from benyuan.payments.chart import AccountCode, LegCode
from benyuan.payments.vocabulary import CreditReason, OwnMoney
from benyuan.simulate.identities import credit_code
from benyuan.storage.group_lines import ACCOUNTS, load_account_map
from benyuan.usecases.clear import Clearing
from benyuan.usecases.credit_wallet import Credit
from benyuan.usecases.fund import FundOwn
from benyuan.usecases.lending.fund_lender import Funding, FundingSource
from benyuan.usecases.withdraw_own_money import TakeOut
from benyuan.values.errors import BadInput
from tests.unit.assurance.lender_world import EQUITY_FEN, LAST, world
from tests.unit.engine.groups import Desk, found_town, in_memory, pay
from tests.unit.group.ownership import BANK, HOLDING, Houses
from tests.unit.group.returns import CHART, Row, entries_of

MAP = load_account_map(CHART)
CHARTS: tuple[type[IntEnum], ...] = (AccountCode, LenderAccount, BureauAccount, InvestorAccount)
LENDER_BOOK, PARTNER_BOOK = 20_001, 40_001
OF_HOLDING: list[Row] = [
    (HOLDING, "investments", 7, EQUITY_FEN),
    (HOLDING, "paid_in_capital", 0, -EQUITY_FEN),
]
LAST_YEAR_OVER = 20271231
RESERVE = 20_500
MERCHANTS_CODE = credit_code(1)


@pytest.fixture(scope="module")
def group() -> Houses:
    """A holding company with all of the lender's shares, body 7, whose book is here, and of its partner's, body 8."""
    houses = Houses(world(in_memory()))
    for name, book in (("lender", LENDER_BOOK), ("partner", PARTNER_BOOK)):
        fields = {"kind_of_body": "company", "business": "consumer_finance", "book": book, "from_date": 20260101}
        body = houses.do("register_body", name=name, **fields)["body"]
        houses.stake(HOLDING, body, 100)
    return houses


def of_partner(houses: Houses) -> list[Row]:
    """What the partner would send: its part of joint loans as its book here has it, told by its own accountants."""
    lines = {line.name: 0 for line in CHART.lines}
    names = {
        "principal": "loans",
        "interest_receivable": "interest_receivable",
        "charges_receivable": "interest_receivable",
    }
    names |= {"interest_income": "interest_income", "charges_income": "interest_income", "losses": "impairment"}
    for line in trial_balance(houses.desk.group, lender=1, partner=1, date=LAST).lines:
        if line.name != "partner":
            lines[names[line.name]] += line.balance_fen
    rows = [(8, name, 0, amount) for name, amount in lines.items() if amount]
    return [*rows, (8, "payables", 7, -sum(row[3] for row in rows))]


def told(
    houses: Houses, rows: Sequence[Row] = OF_HOLDING, *, period: int = LAST, accounts: AccountMap = MAP, seen: int = 0
) -> GroupAccounts:
    bodies = sorted({row[0] for row in rows})
    sources = tuple(TrialBalanceOf(body=body, what="top.csv", source="accounts (20260401)") for body in bodies)
    returns = Returns(entries=entries_of(rows), sources=sources)
    return group_accounts(
        houses.desk.group, HOLDING, period=period, returns=returns, chart=CHART, accounts=accounts, seen=seen
    )


def amounts(found: GroupAccounts) -> dict[str, int]:
    return {line.name: line.amount_fen for line in found.accounts.lines}


def test_every_code_of_every_chart_is_mapped_by_its_name() -> None:
    codes = {int(code): code.name for chart in CHARTS for code in chart}
    assert MAP.missing(codes, on=20260101) == []
    assert {kind.code: kind.name for kind in MAP.kinds} == codes


def test_every_leg_is_named_as_the_chart_names_it() -> None:
    text = ACCOUNTS.read_text(encoding="utf-8")
    for leg in MAP.legs:
        assert f"{{leg: {leg}, name: {LegCode(leg).name}, " in text


def sheets_of(houses: Houses) -> tuple[BalanceSheet, BalanceSheet]:
    one, other = (balance_sheet(houses.desk.group, lender=1, date=LAST, partner=partner) for partner in (0, 1))
    return one, other


def test_the_lenders_books_come_to_their_own_sheets_less_what_lies_between(group: Houses) -> None:
    found, sheets = told(group, [*OF_HOLDING, *of_partner(group)]), sheets_of(group)
    between = next(line.amount_fen for line in sheets[0].lines if line.name == "partner")
    assert between != 0
    accounts = found.accounts
    assert accounts.assets_fen == sum(sheet.assets_fen for sheet in sheets) - abs(between)
    assert accounts.liabilities_fen == sum(sheet.liabilities_fen for sheet in sheets) - abs(between)
    assert accounts.owners_fen == EQUITY_FEN + sum(sheet.result_year_fen for sheet in sheets)
    assert (accounts.difference_fen, accounts.mismatches, accounts.goodwill_fen) == (0, [], 0)
    assert (accounts.eliminated_fen, accounts.pairs) == (abs(between), 1)
    assert (accounts.bodies, accounts.without_return, found.not_closed) == ([HOLDING, 7, 8], [], [])


def test_the_income_statement_is_that_of_the_books(group: Houses) -> None:
    statements = [income_statement(group.desk.group, lender=1, partner=partner) for partner in (0, 1)]
    accounts = told(group, [*OF_HOLDING, *of_partner(group)]).accounts
    assert (accounts.income_fen, accounts.expenses_fen) == tuple(
        sum(getattr(each, name) for each in statements) for name in ("income_fen", "expenses_fen")
    )
    assert accounts.result_fen != 0


def test_what_was_earned_in_years_before_is_retained(group: Houses) -> None:
    now = told(group).accounts
    later = told(group, period=LAST_YEAR_OVER)
    assert (later.accounts.income_fen, later.accounts.expenses_fen, later.accounts.result_fen) == (0, 0, 0)
    assert later.accounts.owners_fen == now.owners_fen
    assert later.not_closed == [7]  # no day of that year is closed


def test_a_partners_book_is_a_part_of_what_it_has_and_asks_for_its_return(group: Houses) -> None:
    found = told(group).accounts
    assert (found.bodies, found.without_return) == ([HOLDING, 7], [8])
    (one,) = found.mismatches  # the lender's side alone, until the partner sends its own
    assert (one.role, one.debit_body, one.credit_body, one.credit_side_fen) == ("settlement", 7, 8, 0)


def test_sources_of_books_and_returns_are_told(group: Houses) -> None:
    found = told(group).accounts
    assert [(each.body, each.what, each.source) for each in found.sources] == [
        (HOLDING, "top.csv", "accounts (20260401)"),
        (7, f"book {LENDER_BOOK}", "this ledger"),
    ]
    assert found.invented == []


def test_a_body_with_a_book_and_a_return_is_refused(group: Houses) -> None:
    rows = [*OF_HOLDING, (7, "cash", 0, 5), (7, "paid_in_capital", 0, -5)]
    with pytest.raises(BadInput) as caught:
        told(group, rows)
    assert caught.value.value == f"body 7: book {LENDER_BOOK} and top.csv"


def test_books_are_told_as_they_were_known_at_an_earlier_position() -> None:
    houses = paid()
    rows = [(HOLDING, "investments", 7, 500), (HOLDING, "paid_in_capital", 0, -500)]
    before, seen = told(houses, rows, period=20260501).accounts, houses.desk.group.position
    houses.desk.done(Credit(wallet=1, amount_fen=50, reason=CreditReason.compensation))
    now, then = (told(houses, rows, period=20260501, seen=each) for each in (0, seen))
    assert (now.accounts.expenses_fen, then.accounts.expenses_fen) == (50, 0)
    assert then.accounts.lines == before.lines
    assert then.not_closed == [7]


# ------------------------------------------------------------------------------------------------------ counterparties


def kept_by_bank(rows: Sequence[Row], *, ends: bool = False) -> GroupAccounts:
    """The institution's reserve, 205.00, stands with the group's bank, which sends its return."""
    houses = paid()
    houses.desk.done(Clearing(institution=1, reference="c1", received_fen=RESERVE, paid_fen=0))
    houses.stake(HOLDING, BANK, 100)
    houses.do("record_money_keeper", body=7, money="customer_reserve", keeper=BANK)
    if ends:
        houses.do("record_money_keeper", body=7, money="customer_reserve", keeper=BANK, holds=False, from_date=20260501)
    return told(houses, [*OF_TWO, *rows], period=20260501)


OF_TWO: list[Row] = [
    (HOLDING, "investments", 7, 500),
    (HOLDING, "investments", BANK, 10),
    (HOLDING, "paid_in_capital", 0, -510),
    (BANK, "paid_in_capital", 0, -10),
]


def bank_shows(fen: int, counterparty: int = 7) -> list[Row]:
    return [(BANK, "customer_deposits", counterparty, -fen), (BANK, "cash", 0, fen + 10)]


def test_a_reserve_with_the_groups_bank_meets_the_banks_deposits() -> None:
    found = kept_by_bank(bank_shows(RESERVE)).accounts
    lines = {line.name: line.amount_fen for line in found.lines}
    assert (found.mismatches, found.eliminated_fen, found.difference_fen) == ([], RESERVE, 0)
    assert "customer_reserve" not in lines
    assert "customer_deposits" not in lines
    assert lines["customer_balances"] == 20_000


@pytest.mark.parametrize("shown", [RESERVE - 1, RESERVE + 1])
def test_what_the_bank_shows_otherwise_is_told_with_both_sides(shown: int) -> None:
    found = kept_by_bank(bank_shows(shown)).accounts
    (one,) = found.mismatches
    assert (one.role, one.debit_body, one.credit_body) == ("deposits", 7, BANK)
    assert (one.debit_side_fen, one.credit_side_fen, one.difference_fen) == (RESERVE, shown, RESERVE - shown)
    assert found.difference_fen == 0


def test_a_keeper_that_keeps_no_longer_is_no_counterparty() -> None:
    found = kept_by_bank(bank_shows(RESERVE), ends=True).accounts
    (one,) = found.mismatches
    assert (one.debit_side_fen, one.credit_side_fen) == (0, RESERVE)


def test_a_tied_merchants_balance_meets_what_the_merchant_shows() -> None:
    """The town's merchant is the shop of the group: 100.00 that it has with the institution are owed inside."""
    houses = paid()
    shop = houses.do("register_body", name="shop", kind_of_body="company", business="other", code=MERCHANTS_CODE)
    houses.stake(HOLDING, shop["body"], 100)
    tie = {"body": shop["body"], "institution": 1, "document": "credit_code", "number": MERCHANTS_CODE}
    houses.do("tie_customer", **tie)
    rows: list[Row] = [
        (HOLDING, "investments", 7, 500),
        (HOLDING, "paid_in_capital", 0, -500),
        (shop["body"], "bank_deposits", 7, 10_000),
        (shop["body"], "paid_in_capital", 0, -10_000),
    ]
    found = told(houses, rows, period=20260501).accounts
    assert (found.mismatches, found.eliminated_fen) == ([], 10_000)
    assert {line.name: line.amount_fen for line in found.lines}["customer_balances"] == 10_000


def test_what_a_lender_borrows_inside_the_group_meets_the_funders_loan() -> None:
    desk = world(in_memory(), last=20260506)
    desk.done(Funding(lender=1, source=FundingSource.borrowing, amount_fen=70))
    houses = Houses(desk)
    fields = {"kind_of_body": "company", "business": "consumer_finance", "book": LENDER_BOOK, "from_date": 20260101}
    houses.do("register_body", name="lender", **fields)
    houses.do("register_body", name="sister", kind_of_body="company", business="other")
    for amount, back in ((50, False), (20, True)):  # while the two are nobody's yet
        houses.desk.done(Funding(lender=1, source=FundingSource.borrowing, amount_fen=amount, paid_back=back, funder=8))
    houses.stake(HOLDING, 7, 100)
    houses.stake(HOLDING, 8, 100)
    rows: list[Row] = [
        *((HOLDING, "investments", 7, EQUITY_FEN), (HOLDING, "paid_in_capital", 0, -EQUITY_FEN)),
        *((8, "loans", 7, 30), (8, "paid_in_capital", 0, -30)),
    ]
    found = told(houses, rows, period=20260507).accounts
    assert [each for each in found.mismatches if each.role == "loans"] == []
    assert {line.name: line.amount_fen for line in found.lines}["borrowings"] == 70  # of somebody unnamed
    assert found.eliminated_fen == 30


def test_codes_without_a_line_are_all_named(group: Houses) -> None:
    lines = ACCOUNTS.read_text(encoding="utf-8").splitlines()
    fewer = "\n".join(line for line in lines if "code: 110" not in line and "code: 104" not in line)
    with pytest.raises(BadInput) as caught:
        told(group, accounts=account_map_of(fewer, chart=CHART))
    assert caught.value.value == f"book {LENDER_BOOK}: codes 104, 110"


@pytest.mark.parametrize(("day", "missing"), [(20260719, True), (20260720, False)])
def test_a_row_of_the_map_holds_from_its_day_on(group: Houses, day: int, missing: bool) -> None:
    text = ACCOUNTS.read_text(encoding="utf-8")
    later = text.replace("name: principal, in_force: 2000-01-01", "name: principal, in_force: 2026-07-20")
    assert (account_map_of(later, chart=CHART).missing([110], on=day) == [110]) is missing


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{code: 1, name: x, in_force: 2026-01-01}", "one of them"),
        ("{code: 1, name: x, in_force: 2026-01-01, line: cash, counts: true}", "one of them"),
        ("{code: 1, name: x, in_force: 2026-01-01, line: lones}", "one of cash"),
        ("{code: 1, name: x, in_force: 2026-01-01, debit: cash}", "one for each of debit and credit"),
        ("{code: 1, name: x, in_force: 2000-01-01, line: cash}", "one row a day"),
    ],
)
def test_a_map_that_says_nothing_clear_is_refused(row: str, words: str) -> None:
    text = ACCOUNTS.read_text(encoding="utf-8").replace("accounts:\n", f"accounts:\n  - {row}\n", 1)
    with pytest.raises(BadInput, match=words):
        account_map_of(text, chart=CHART)


def test_a_book_of_two_bodies_is_refused() -> None:
    houses = paid()
    houses.stake(HOLDING, houses.do("register_body", **payer("again"))["body"], 100)
    with pytest.raises(BadInput, match="1 of bodies 7, 8"):
        told(houses)


def payer(name: str = "pay") -> dict[str, Any]:
    return {"name": name, "kind_of_body": "company", "business": "payment", "book": 1, "from_date": 20260101}


def paid() -> Houses:
    """The town's institution, body 7 of the group, with 5.00 of own money and a payment of 100.00 in its reserve."""
    desk: Desk = found_town(in_memory())
    desk.done(FundOwn(institution=1, amount_fen=500), pay(10_000))
    houses = Houses(desk)
    houses.stake(HOLDING, houses.do("register_body", **payer())["body"], 100)
    return houses


def test_an_institutions_own_money_is_its_capital_and_its_customers_a_liability() -> None:
    houses = paid()
    rows = [(HOLDING, "investments", 7, 500), (HOLDING, "paid_in_capital", 0, -500)]
    found = told(houses, rows, period=20260501)
    held = houses.desk.group.ledger.state.accounts
    in_wallets = sum(
        int(each["credits_posted"] - each["debits_posted"])
        for each in held[np.isin(held["code"], [AccountCode.wallet, AccountCode.merchant]) & (held["book"] == 1)]
    )
    assert amounts(found)["customer_balances"] == in_wallets == 20_000
    assert (found.accounts.owners_fen, found.accounts.goodwill_fen, found.accounts.below_fen) == (500, 0, 0)
    assert (found.accounts.difference_fen, found.not_closed) == (0, [7])


@pytest.mark.parametrize(("period", "expense"), [(20260501, 50), (20261231, 50), (20271231, 0)])
def test_own_money_that_is_lost_is_an_expense_and_what_is_taken_out_is_not(period: int, expense: int) -> None:
    """5.00 brought in, 2.00 taken out again, 0.50 paid to a customer: 2.50 of equity, whose loss is of its year."""
    houses = paid()
    houses.desk.done(
        TakeOut(institution=1, amount_fen=200, source=OwnMoney.own_funds, proof="p1", reviewed=True),
        Credit(wallet=1, amount_fen=50, reason=CreditReason.compensation),
    )
    rows = [(HOLDING, "investments", 7, 300), (HOLDING, "paid_in_capital", 0, -300)]
    found = told(houses, rows, period=period)
    assert found.accounts.expenses_fen == expense
    assert (found.accounts.owners_fen, found.accounts.result_fen, found.accounts.goodwill_fen) == (250, -expense, 0)
    assert found.accounts.difference_fen == 0
