"""Why points are lacking, factor by factor, in the words that a card says to the person it is about.

A reason tells a fact of the file and no character. Worked words: a file late in its latest month lacks points because
最近1个月有逾期, a payment is late in the latest month.
"""

REASONS: dict[str, tuple[str, str]] = {
    "worst_1m": ("最近1个月有逾期", "a payment is late in the latest month"),
    "worst_3m": ("最近3个月内出现过逾期", "payments were late within 3 months"),
    "worst_6m": ("最近6个月内出现过逾期", "payments were late within 6 months"),
    "arrears_months_6m": ("最近6个月内有多个月逾期", "payments were late in several of the last 6 months"),
    "severe_months_6m": ("最近6个月内逾期超过30天", "payments were more than 30 days late in the last 6 months"),
    "months_since_arrears": ("距最近一次逾期时间较短", "the last late payment is not long ago"),
    "months_since_severe": (
        "距最近一次逾期超过30天时间较短",
        "a payment was more than 30 days late not long ago",
    ),
    "utilisation_1m_ppm": ("最近1个月额度使用率较高", "much of the credit lines is used in the latest month"),
    "utilisation_3m_ppm": ("最近3个月额度使用率较高", "much of the credit lines was used in 3 months"),
    "utilisation_6m_ppm": ("最近6个月额度使用率较高", "much of the credit lines was used in 6 months"),
    "paid_share_1m_ppm": ("最近1个月还款占账单的比例较低", "little of the latest statement was paid"),
    "paid_share_6m_ppm": ("最近6个月还款占账单的比例较低", "little of the statements of 6 months was paid"),
    "unpaid_months_6m": ("最近6个月内有账单未还款", "statements of the last 6 months met no payment"),
    "full_months_6m": ("最近6个月全额还款的月数较少", "few statements of the last 6 months were paid in full"),
    "paid_to_limit_3m_ppm": ("最近3个月还款相对额度较少", "little was paid in 3 months against the credit lines"),
    "paid_to_limit_6m_ppm": ("最近6个月还款相对额度较少", "little was paid in 6 months against the credit lines"),
    "paid_3m_fen": ("最近3个月还款金额较少", "little was paid in 3 months"),
    "limit_fen": ("授信额度较低", "the credit lines are small"),
}
