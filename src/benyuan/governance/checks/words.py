"""The words of maker and checker: whose staff, in which area, for which part of the work, and how it ended.

Worked: `write_off_loan` is of the area lending, so a maker of lending proposes it and a checker of lending checks it.
"""

from enum import IntEnum, StrEnum

from benyuan.decisions.words import numbers_of


class EntitySort(StrEnum):
    """What an entity is in this ledger: a payment institution, a lender, a bureau, or a body of the group."""

    institution = "institution"
    lender = "lender"
    bureau = "bureau"
    body = "body"


class Area(StrEnum):
    """What a role is for. `staff`: who gives and ends roles."""

    lending = "lending"
    payments = "payments"
    bureau = "bureau"
    products = "products"
    compliance = "compliance"
    figures = "figures"
    risk = "risk"
    staff = "staff"


class Act(StrEnum):
    """The part that a role has: who makes does not check."""

    maker = "maker"
    checker = "checker"


class Verdict(StrEnum):
    """What the checker says."""

    passed = "passed"
    refused = "refused"


class Standing(IntEnum):
    """How far the proposal has come that a command would use; `checked` alone lets it through.

    `left`: maker or checker has no longer the role; `elsewhere`: it was proposed and checked at another entity.
    """

    checked = 0
    unproposed = 1
    elsewhere = 2
    used = 3
    refused = 4
    expired = 5
    unchecked = 6
    left = 7


SORT_NUMBER, AREA_NUMBER, ACT_NUMBER, VERDICT_NUMBER = (
    numbers_of(words, first=1) for words in (EntitySort, Area, Act, Verdict)
)
