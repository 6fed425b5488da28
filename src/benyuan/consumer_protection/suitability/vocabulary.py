"""The words of suitability and the numbers that stand for them in rows."""

from enum import IntEnum, StrEnum

from benyuan.decisions.words import numbers_of


class ProductSort(StrEnum):
    """What a product of the group is; suitability speaks of the last two (Order 2025 No. 7, art. 3)."""

    wallet = "wallet"
    pay_later = "pay-later"
    cash_loan = "cash-loan"
    plan = "plan"
    investment = "investment"
    insurance = "insurance"


class Capacity(StrEnum):
    """Legal capacity as far as it is known to differ from what the age tells (art. 19)."""

    by_age = "by-age"
    limited = "limited"
    none = "none"


class CapacityTold(StrEnum):
    """What somebody tells of their legal capacity; nothing, where it is as it was."""

    unchanged = "unchanged"
    by_age = "by-age"
    limited = "limited"
    none = "none"


class Warned(StrEnum):
    """What an investor is warned of: high risk for somebody old (art. 18); to stop, and then all risks (art. 38)."""

    high_risk = "high-risk"
    stop = "stop"
    risks = "risks"


class Told(IntEnum):
    """What an investor was told or shown, or who acts for them has consented to, as it stands in rows."""

    terms = 1
    opinion = 2
    high_risk = 3
    stop = 4
    risks = 5
    level = 6
    guardian = 7


WARNED_NUMBER = {Warned.high_risk: Told.high_risk, Warned.stop: Told.stop, Warned.risks: Told.risks}
SORT_NUMBER = numbers_of(ProductSort, first=1)
CAPACITY_NUMBER = numbers_of(Capacity)
IN_SCOPE = (ProductSort.investment, ProductSort.insurance)
LENT = (ProductSort.pay_later, ProductSort.cash_loan, ProductSort.plan)
