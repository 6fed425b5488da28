"""The words of risk appetite and of losses.

Source: PBoC Order [2020] No. 4, arts. 30, 31. The categories of operating losses are the Basel Committee's seven, in
our own words. Worked: capital adequacy is limited as `least`, bad loans as `most`.
"""

from enum import IntEnum, StrEnum

from benyuan.decisions.words import numbers_of


class RiskRatio(StrEnum):
    """What is measured. `loan_reserve`: of loans; `watched_loans` and worse; `complaints`: of customers, in a year.

    `market_share`: the greatest of any market; `group_…` and `largest_exposure`: of the group under a body.
    `net_worth_cover`: net worth over its legal floor; `debt_share`: what is not net assets, of total assets.
    """

    capital_adequacy = "capital_adequacy"
    leverage = "leverage"
    loan_reserve = "loan_reserve"
    bad_loans = "bad_loans"
    watched_loans = "watched_loans"
    overdue_loans = "overdue_loans"
    joint_loans = "joint_loans"
    guaranteed_loans = "guaranteed_loans"
    product_concentration = "product_concentration"
    complaints = "complaints"
    reserve_shortfall = "reserve_shortfall"
    net_worth_cover = "net_worth_cover"
    outside_guarantees = "outside_guarantees"
    debt_share = "debt_share"
    market_share = "market_share"
    group_capital = "group_capital"
    group_leverage = "group_leverage"
    largest_exposure = "largest_exposure"


class Direction(StrEnum):
    """Whether the limit is a least or a most; at the figure it holds."""

    least = "least"
    most = "most"


class Light(IntEnum):
    """How a ratio stands. `untold`: it can't be reckoned, which is no green."""

    untold = 0
    green = 1
    amber = 2
    red = 3


class LossCategory(StrEnum):
    """What happened."""

    fraud_within = "fraud_within"
    fraud_from_outside = "fraud_from_outside"
    work_and_safety = "work_and_safety"
    customers_and_products = "customers_and_products"
    damage_to_property = "damage_to_property"
    systems_down = "systems_down"
    execution = "execution"


class Happened(StrEnum):
    """Whether money was lost, or nearly."""

    loss = "loss"
    near_miss = "near_miss"


class RootCause(StrEnum):
    """What it came from; `unknown` until somebody has found out."""

    unknown = "unknown"
    people = "people"
    process = "process"
    systems = "systems"
    outside = "outside"


class RecoveredFrom(StrEnum):
    """Who made it good."""

    insurance = "insurance"
    who_caused_it = "who_caused_it"
    others = "others"


RATIO_NUMBER, DIRECTION_NUMBER, CATEGORY_NUMBER, HAPPENED_NUMBER, CAUSE_NUMBER, SOURCE_NUMBER = (
    numbers_of(words, first=1) for words in (RiskRatio, Direction, LossCategory, Happened, RootCause, RecoveredFrom)
)
