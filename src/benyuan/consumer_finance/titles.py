"""What the lender's accounts are called in English and in Chinese, and on which side of the books each stands."""

from enum import StrEnum
from typing import NamedTuple

from benyuan.consumer_finance.chart import LenderAccount


class Side(StrEnum):
    """Where an account stands: assets and expenses on the debit side, the others on the credit side."""

    asset = "asset"
    liability = "liability"
    equity = "equity"
    income = "income"
    expense = "expense"


DEBIT_SIDES = (Side.asset, Side.expense)


class Title(NamedTuple):
    """An account's names and its side."""

    en: str
    zh: str
    side: Side


TITLES = {
    LenderAccount.bank: Title("Deposits with banks", "银行存款", Side.asset),
    LenderAccount.clearing_in: Title("Clearing, owed to us", "应收清算款", Side.asset),
    LenderAccount.clearing_out: Title("Clearing, owed by us", "应付清算款", Side.liability),
    LenderAccount.equity: Title("Paid-in capital", "实收资本", Side.equity),
    LenderAccount.borrowings: Title("Borrowings", "借入资金", Side.liability),
    LenderAccount.customer_credit: Title("Customers' credit balances", "客户溢缴款", Side.liability),
    LenderAccount.partner: Title("Joint lending, between lenders", "联合贷款往来", Side.asset),
    LenderAccount.principal: Title("Loans, principal", "贷款本金", Side.asset),
    LenderAccount.interest_receivable: Title("Interest receivable", "应收利息", Side.asset),
    LenderAccount.charges_receivable: Title("Late charges receivable", "应收罚息及违约金", Side.asset),
    LenderAccount.interest_income: Title("Interest income", "利息收入", Side.income),
    LenderAccount.charges_income: Title("Late charges income", "罚息及违约金收入", Side.income),
    LenderAccount.allowance_1: Title("Allowance for losses, stage 1", "贷款损失准备（第一阶段）", Side.asset),
    LenderAccount.allowance_2: Title("Allowance for losses, stage 2", "贷款损失准备（第二阶段）", Side.asset),
    LenderAccount.allowance_3: Title("Allowance for losses, stage 3", "贷款损失准备（第三阶段）", Side.asset),
    LenderAccount.impairment: Title("Impairment of loans", "信用减值损失", Side.expense),
    LenderAccount.recoveries: Title("Recoveries of loans written off", "已核销贷款收回", Side.income),
    LenderAccount.losses: Title("Losses on joint loans", "联合贷款损失", Side.expense),
}
"""Every kind of account that holds money. An allowance is an asset below nothing; so is what is owed to a
partner, until a balance sheet puts it with the liabilities."""
