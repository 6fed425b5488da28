"""The factors that a score may be made of, with their units, their good direction and their words.

Order 2021 No. 4 art. 29: what has nothing to do with the credit of the person is no standard of evaluation. A card
names its factors from this list; whatever isn't here can't be read into one. All values are whole numbers from nought
on, and `ABSENT` where they can't be told. Worked number: of lines of 10,000.00 yuan 2,500.00 are used: 250,000 ppm.
"""

from dataclasses import dataclass

WINDOW = 6
"""Months that a factor looks back; a `6m` in a name is this, `3m` its later half."""
HALF = 3
PPM = 1_000_000
MOST_PPM = 10 * PPM  # tidy: number a share beyond tenfold tells no more
"""Shares of a credit line are counted up to tenfold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A factor; `more_is_better` is None where credit sense gives it no direction."""

    name: str
    unit: str
    more_is_better: bool | None
    zh: str
    en: str


FACTORS: tuple[Factor, ...] = (
    Factor(
        name="worst_1m", unit="class", more_is_better=False, zh="最近1个月逾期状态", en="arrears in the latest month"
    ),
    Factor(
        name="worst_3m", unit="class", more_is_better=False, zh="最近3个月最差逾期状态", en="worst arrears in 3 months"
    ),
    Factor(
        name="worst_6m", unit="class", more_is_better=False, zh="最近6个月最差逾期状态", en="worst arrears in 6 months"
    ),
    Factor(
        name="arrears_months_6m",
        unit="months",
        more_is_better=False,
        zh="最近6个月逾期月数",
        en="months in arrears of the last 6",
    ),
    Factor(
        name="severe_months_6m",
        unit="months",
        more_is_better=False,
        zh="最近6个月逾期超过30天的月数",
        en="months more than 30 days late of the last 6",
    ),
    Factor(
        name="months_since_arrears",
        unit="months",
        more_is_better=True,
        zh="距最近一次逾期的月数",
        en="months since the last arrears",
    ),
    Factor(
        name="months_since_severe",
        unit="months",
        more_is_better=True,
        zh="距最近一次逾期超过30天的月数",
        en="months since arrears of more than 30 days",
    ),
    Factor(
        name="utilisation_1m_ppm",
        unit="ppm",
        more_is_better=False,
        zh="最近1个月额度使用率",
        en="use of credit lines in the latest month",
    ),
    Factor(
        name="utilisation_3m_ppm",
        unit="ppm",
        more_is_better=False,
        zh="最近3个月平均额度使用率",
        en="mean use of credit lines in 3 months",
    ),
    Factor(
        name="utilisation_6m_ppm",
        unit="ppm",
        more_is_better=False,
        zh="最近6个月平均额度使用率",
        en="mean use of credit lines in 6 months",
    ),
    Factor(
        name="utilisation_trend_ppm",
        unit="ppm",
        more_is_better=None,
        zh="最近1个月额度使用率与6个月平均之比",
        en="use of credit lines in the latest month against the mean of 6",
    ),
    Factor(
        name="paid_share_1m_ppm",
        unit="ppm",
        more_is_better=True,
        zh="最近1个月还款占账单的比例",
        en="share of the latest statement paid",
    ),
    Factor(
        name="paid_share_6m_ppm",
        unit="ppm",
        more_is_better=True,
        zh="最近6个月还款占账单的比例",
        en="share of the statements of 6 months paid",
    ),
    Factor(
        name="unpaid_months_6m",
        unit="months",
        more_is_better=False,
        zh="最近6个月有账单而未还款的月数",
        en="months of the last 6 with a statement and no payment",
    ),
    Factor(
        name="full_months_6m",
        unit="months",
        more_is_better=True,
        zh="最近6个月全额还款的月数",
        en="months of the last 6 paid in full",
    ),
    Factor(
        name="paid_to_limit_3m_ppm",
        unit="ppm",
        more_is_better=True,
        zh="最近3个月还款与额度之比",
        en="payments of 3 months against the credit lines",
    ),
    Factor(
        name="paid_to_limit_6m_ppm",
        unit="ppm",
        more_is_better=True,
        zh="最近6个月还款与额度之比",
        en="payments of 6 months against the credit lines",
    ),
    Factor(
        name="paid_3m_fen",
        unit="fen",
        more_is_better=True,
        zh="最近3个月还款金额（元）",
        en="payments of 3 months, yuan",
    ),
    Factor(name="limit_fen", unit="fen", more_is_better=True, zh="授信总额度（元）", en="credit lines in all, yuan"),
    Factor(name="accounts", unit="accounts", more_is_better=None, zh="信贷账户数", en="credit accounts"),
    Factor(
        name="months_known",
        unit="months",
        more_is_better=None,
        zh="最近6个月有还款记录的月数",
        en="months of the last 6 that were furnished",
    ),
)

BY_NAME = {factor.name: factor for factor in FACTORS}
