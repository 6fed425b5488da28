"""The terms of a report explained, in English and Chinese, as Order 2021 No. 4 art. 28 asks.

A report carries the explanations of the codes that stand in it. Worked number: one with a month of status 1 carries
that of `status.1`: 1 to 30 days late.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from msgspec import UnsetType

from benyuan.credit_bureau.report.sheet import Explained, Report, Score

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what it means."""

    en: str
    zh: str


GLOSSARY = {
    "status.N": Term("paid as agreed", "正常：当月已按约定足额还款"),
    "status.1": Term("1 to 30 days late at the month's end", "逾期1至30天"),
    "status.2": Term("31 to 60 days late at the month's end", "逾期31至60天"),
    "status.3": Term("61 to 90 days late at the month's end", "逾期61至90天"),
    "status.4": Term("91 to 120 days late at the month's end", "逾期91至120天"),
    "status.5": Term("121 to 150 days late at the month's end", "逾期121至150天"),
    "status.6": Term("151 to 180 days late at the month's end", "逾期151至180天"),
    "status.7": Term("more than 180 days late at the month's end", "逾期180天以上"),
    "status.*": Term("nothing was to be paid in the month", "当月无须还款"),
    "status.#": Term("open, but how it stood is not known", "账户已开立，但当月状态未知"),
    "status.M": Term("paid after the due day and within the month", "约定还款日后于当月内还款"),
    "status.B": Term("bad debt: the lender no longer expects to be paid", "呆账：贷款机构已难以收回"),
    "status.D": Term("a guarantor paid instead", "由担保人代为偿还"),
    "status.Z": Term("settled by handing over assets", "以资产抵偿债务"),
    "status.C": Term("closed, everything paid", "结清：款项全部还清，账户关闭"),
    "status.G": Term("ended in another way than by payment", "除结清以外的其他方式终止"),
    "status.A": Term("adjusted: the figures of the month were corrected", "账单调整：当月数据已作调整"),
    "status./": Term("nothing is held for this month", "未收到该月数据"),
    "type.D1": Term("a loan of one amount that is paid off by a plan", "非循环贷：一次发放、按期归还的贷款"),
    "type.R1": Term("a loan that may be drawn anew within a limit", "循环贷：额度内可反复支用的贷款"),
    "type.R2": Term("a credit card", "贷记卡：先消费、后还款的信用卡"),
    "type.R3": Term("a semi-credit card: a card that may be overdrawn", "准贷记卡：可在额度内透支的银行卡"),
    "type.R4": Term("a single loan under a common line", "循环额度下分账户：共用额度下的单笔借款"),
    "type.C1": Term("in collection: written off by its lender or passed on", "催收账户：已被核销或者转让的债权"),
    "state.open": Term("open: something may be owed on it", "未结清"),
    "state.closed": Term("closed, everything paid", "已结清"),
    "state.bad-debt": Term("a bad debt that isn't settled", "呆账，尚未了结"),
    "state.ended": Term("ended in another way than by payment", "以其他方式终止"),
    "state.not-known": Term("not known: no month of it was furnished lately", "状态未知：近期未收到数据"),
    "purpose.loan": Term("to decide on a loan", "贷款审批"),
    "purpose.credit-card": Term("to decide on a credit card", "信用卡审批"),
    "purpose.guarantor": Term("to check a guarantor", "担保资格审查"),
    "purpose.representative": Term("to check who represents or owns a firm", "法定代表人、出资人资信审查"),
    "purpose.post-loan": Term("care for a loan that was granted already", "贷后管理"),
    "purpose.objection": Term("the check of an objection", "异议核查"),
    "purpose.complaint": Term("the check of a complaint", "投诉核查"),
    "purpose.quality": Term("the bureau's check of its data", "数据质量核查"),
    "purpose.audit": Term("the bureau's audit", "合规审计"),
    "purpose.own": Term("the person's own look at the file", "本人查询"),
    "kind.judgment": Term("a court's judgment to pay or to do something", "民事判决记录"),
    "kind.enforcement": Term("a court enforces a judgment", "强制执行记录"),
    "kind.penalty": Term("an authority's penalty", "行政处罚记录"),
    "kind.tax-arrears": Term("taxes that were not paid in time", "欠税记录"),
    "kind.service-arrears": Term("bills of a service paid for afterwards that are late", "后付费业务欠费记录"),
    "term.arrears": Term(
        "months in a row in which the account was negative, up to the day on which what was owed was paid",
        "连续出现不良状态的月份，至欠款还清之日止",
    ),
    "term.negative": Term(
        "data on a breach of contract, a penalty, a judgment or its enforcement; it leaves the report some years after"
        " what was wrong ended (see the rules below)",
        "未按约履行义务、行政处罚、法院判决及强制执行等信息；自终止之日起满规定年限后不再展示（见下方规则）",
    ),
    "term.used": Term(
        "what is owed on credit lines as a share of the lines", "授信额度使用率：已用额度占授信额度的比例"
    ),
    "term.mark": Term(
        "the person says that this is wrong and it is being checked, or could be neither confirmed nor refuted",
        "异议标注：本人认为该信息有误，正在核查，或者经核查仍无法确认",
    ),
    "term.statement": Term("the person's own words about the file", "本人声明：信息主体对有关信息的说明"),
    "term.score": Term(
        "a sum of points from the months shown; more is better, and the reasons are what cost the most points",
        "评分：依据信贷记录加总的分值，越高越好；原因为失分最多的项目",
    ),
}
"""By code. The words are ours."""


def explained(report: Report) -> list[Explained]:
    """The terms that stand in a report, in the order of the glossary."""
    codes = set(_codes(report))
    return [Explained(code=code, en=term.en, zh=term.zh) for code, term in GLOSSARY.items() if code in codes]


def _codes(report: Report) -> Iterator[str]:
    accounts = _there(report.accounts)
    for account in accounts:
        yield from (f"type.{account.type}", f"state.{account.state}")
        yield from (f"status.{status}" for status in _there(account.last_24))
        yield from (f"status.{month.status}" for month in _there(account.last_60))
        if account.latest:
            yield f"status.{account.latest.status}"
    yield from (f"kind.{record.kind}" for record in _there(report.public))
    yield from (f"purpose.{asked.purpose}" for asked in _there(report.inquiries))
    yield from (f"purpose.{consent.purpose}" for consent in _there(report.consents))
    if not isinstance(report.summary, UnsetType):
        yield from (f"type.{each.type}" for each in report.summary.types)
        yield from (f"status.{report.summary.worst}", "term.used", "term.arrears")
    if _there(report.public) or any(_there(account.arrears) for account in accounts):
        yield from ("term.negative", "term.arrears")
    if not isinstance(report.notes, UnsetType):
        yield from ("term.mark", "term.statement")
    if isinstance(report.score, Score):
        yield "term.score"


def _there(part: Sequence[T] | UnsetType) -> Sequence[T]:
    return () if isinstance(part, UnsetType) else part
