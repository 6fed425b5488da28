"""The balance sheet of a closed day and the income statement of a period, from the accounts of the book.

Nothing is closed into equity at the end of a year: the result of the year and that of the years before are reckoned
from the accounts of income and expense by business date. Worked number: 1,000.00 paid in, 400.00 of them lent, 2.00
earned and 6.00 provided for are assets of 996.00, equity of 1,000.00 and a result of -4.00.
"""

from collections.abc import Iterable, Sequence

import msgspec

from benyuan.assurance.lender_books.ledgers import AccountLine, account_lines, book_of
from benyuan.assurance.lending import day_of
from benyuan.consumer_finance.chart import LenderAccount
from benyuan.consumer_finance.titles import Side
from benyuan.engine.group import Group
from benyuan.values.dates import add_calendar_days, from_yyyymmdd
from benyuan.values.errors import BadInput

YEAR = 10_000  # tidy: number one year in yyyymmdd
LAST_DAY = 1231  # tidy: number the last of December in yyyymmdd


class SheetLine(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on one side for one kind of account of one product, fen."""

    part: str
    code: int
    name: str
    title_en: str
    title_zh: str
    product: int
    amount_fen: int


class BalanceSheet(msgspec.Struct, frozen=True, kw_only=True):
    """Assets = liabilities + equity + result of the years before + result of the year."""

    lender: int
    partner: int
    date: int
    lines: list[SheetLine]
    assets_fen: int
    liabilities_fen: int
    equity_fen: int
    result_before_fen: int
    result_year_fen: int
    difference_fen: int


class IncomeStatement(msgspec.Struct, frozen=True, kw_only=True):
    """Income less expenses from `first` to `last`, both included."""

    lender: int
    partner: int
    first: int
    last: int
    lines: list[SheetLine]
    income_fen: int
    expenses_fen: int
    result_fen: int


def balance_sheet(group: Group, *, lender: int, date: int | None = None, partner: int = 0) -> BalanceSheet:
    """The sheet of a closed day, the latest without one. Errors: BadInput."""
    on = day_of(group, lender=lender, date=date)
    book = book_of(group, lender=lender, partner=partner)
    held = account_lines(group, book=book, date=on)
    lines = [_line(line, *_placed(line)) for line in held if line.side not in (Side.income, Side.expense)]
    lines.sort(key=lambda line: (list(Side).index(Side(line.part)), line.code, line.product))
    assets, liabilities, equity = (_sum(lines, side) for side in (Side.asset, Side.liability, Side.equity))
    result = _result(held)
    before = _result(account_lines(group, book=book, date=on // YEAR * YEAR - YEAR + LAST_DAY))
    return BalanceSheet(
        lender=lender,
        partner=partner,
        date=on,
        lines=lines,
        assets_fen=assets,
        liabilities_fen=liabilities,
        equity_fen=equity,
        result_before_fen=before,
        result_year_fen=result - before,
        difference_fen=assets - liabilities - equity - result,
    )


def income_statement(
    group: Group, *, lender: int, first: int | None = None, last: int | None = None, partner: int = 0
) -> IncomeStatement:
    """Up to a closed day, the latest without one; from the first of its year without `first`. Errors: BadInput."""
    to = day_of(group, lender=lender, date=last)
    since = to // YEAR * YEAR + 101 if first is None else first  # tidy: number the first of January in yyyymmdd
    from_yyyymmdd(since)
    if since > to:
        raise BadInput("from", since, f"a day up to {to}, the last of the period")
    book = book_of(group, lender=lender, partner=partner)
    before = {
        line.account: line.balance_fen for line in account_lines(group, book=book, date=add_calendar_days(since, -1))
    }
    lines = [
        _line(line, line.side, (line.balance_fen - before[line.account]) * _sign(line.side))
        for line in account_lines(group, book=book, date=to)
        if line.side in (Side.income, Side.expense)
    ]
    lines.sort(key=lambda line: (list(Side).index(Side(line.part)), line.code, line.product))
    income, expenses = _sum(lines, Side.income), _sum(lines, Side.expense)
    return IncomeStatement(
        lender=lender,
        partner=partner,
        first=since,
        last=to,
        lines=lines,
        income_fen=income,
        expenses_fen=expenses,
        result_fen=income - expenses,
    )


def _placed(line: AccountLine) -> tuple[str, int]:
    """The side and the amount; what is owed to the other lender of joint loans is a liability."""
    owes = line.code == LenderAccount.partner and line.balance_fen < 0
    side = Side.liability if owes else Side(line.side)
    return side, line.balance_fen * _sign(side)


def _sign(side: str) -> int:
    return 1 if side in (Side.asset, Side.expense) else -1


def _line(line: AccountLine, part: str, amount: int) -> SheetLine:
    return SheetLine(
        part=part,
        code=line.code,
        name=line.name,
        title_en=line.title_en,
        title_zh=line.title_zh,
        product=line.product,
        amount_fen=amount,
    )


def _sum(lines: Iterable[SheetLine], part: str) -> int:
    return sum(line.amount_fen for line in lines if line.part == part)


def _result(lines: Sequence[AccountLine]) -> int:
    """Income less expenses of all time."""
    return -sum(line.balance_fen for line in lines if line.side in (Side.income, Side.expense))
