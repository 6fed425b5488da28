"""What stands on each account of a book at the end of a business date, and the trial balance made of it.

A close posts on the morning after and dates its entries by the day that it closes, so a day's books are those of its
business date. Worked number: 34.56 of interest posted at ten past midnight of June 2nd for June 1st stand in the trial
balance of June 1st.
"""

import msgspec
import numpy as np

from benyuan.assurance.lending import day_of
from benyuan.assurance.posted import posted_by
from benyuan.consumer_finance.chart import LenderAccount, ProductOwn
from benyuan.consumer_finance.records import LENDER, PARTNER, PRODUCT
from benyuan.consumer_finance.titles import TITLES
from benyuan.decisions.facts import MONEY
from benyuan.engine.group import Group
from benyuan.values.errors import BadInput


class AccountLine(msgspec.Struct, frozen=True, kw_only=True):
    """One account; fen. `product` 0: the lender's own. `balance_fen`: debits less credits."""

    account: int
    code: int
    name: str
    title_en: str
    title_zh: str
    side: str
    product: int
    debits_fen: int
    credits_fen: int
    balance_fen: int


class TrialBalance(msgspec.Struct, frozen=True, kw_only=True):
    """Every account of a book that holds money. Debits and credits come to the same."""

    lender: int
    partner: int
    date: int
    lines: list[AccountLine]
    debits_fen: int
    credits_fen: int


def trial_balance(group: Group, *, lender: int, date: int | None = None, partner: int = 0) -> TrialBalance:
    """The book of a lender, or with `partner` of that partner's part. Errors: BadInput."""
    on = day_of(group, lender=lender, date=date)
    lines = account_lines(group, book=book_of(group, lender=lender, partner=partner), date=on)
    return TrialBalance(
        lender=lender,
        partner=partner,
        date=on,
        lines=lines,
        debits_fen=sum(line.debits_fen for line in lines),
        credits_fen=sum(line.credits_fen for line in lines),
    )


def account_lines(group: Group, *, book: int, date: int) -> list[AccountLine]:
    """The accounts of a book that hold money, in order of code and product."""
    accounts = group.ledger.state.accounts
    posted, products = posted_by(group, date=date), _products(group)
    mine = (accounts["book"] == book) & (accounts["unit"] == MONEY)
    lines = []
    for account in np.flatnonzero(mine[: group.ledger.account_count + 1]).tolist():
        code = LenderAccount(int(accounts[account]["code"]))
        title = TITLES[code]
        lines.append(
            AccountLine(
                account=account,
                code=code,
                name=code.name,
                title_en=title.en,
                title_zh=title.zh,
                side=title.side,
                product=products.get(account, 0),
                debits_fen=int(posted.debits[account]),
                credits_fen=int(posted.credits[account]),
                balance_fen=posted.balance(account),
            )
        )
    return sorted(lines, key=lambda line: (line.code, line.product, line.account))


def book_of(group: Group, *, lender: int, partner: int = 0) -> int:
    """The number of a book. Errors: BadInput where the partner is not the lender's."""
    if partner == 0:
        return int(group.records.tables[LENDER.name].column("book")[lender])
    held = group.records.tables[PARTNER.name]
    if not 0 < partner <= held.count or int(held.column("lender")[partner]) != lender:
        raise BadInput("partner", partner, f"the id of a partner of lender {lender}")
    return int(held.column("book")[partner])


def _products(group: Group) -> dict[int, int]:
    """Which product each account of a product belongs to."""
    first = group.records.tables[PRODUCT.name].column("first_account").tolist()
    return {start + own: number for number, start in enumerate(first) if number for own in ProductOwn}
