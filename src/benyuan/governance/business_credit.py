"""Credit to small businesses as members report it: by body, period and class of borrower, with its price.

No text at hand prescribes the return; the checks are the house's. Worked number: of 1,000.00 newly lent in all at 5%,
600.00 went to micro firms at 6%: the other 400.00 can only have been lent at 3.5%, which is a rate; had micro firms
paid 9%, the others' would be below nought, and one of the two figures is wrong.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table
from benyuan.decisions.words import numbers_of
from benyuan.parties.bodies.vocabulary import Business


class CreditSize(StrEnum):
    """Whom it was lent to: all businesses together, the classes of firms, and natural persons in business.

    `business_owner`: who owns a small or micro firm and borrows for it in their own name.
    """

    total = "total"
    large = "large"
    medium = "medium"
    small = "small"
    micro = "micro"
    individual_business = "individual_business"
    business_owner = "business_owner"


CREDIT_SIZE_NUMBER = numbers_of(CreditSize, first=1)
TOTAL = CREDIT_SIZE_NUMBER[CreditSize.total]
COUNTED = ("balance_fen", "borrowers", "lent_fen", "bad_fen")
"""Figures that classes add up to no more than the total of."""
LENDS_TO_BUSINESSES = frozenset(
    {
        Business.commercial_bank,
        Business.village_bank,
        Business.financial_leasing,
        Business.trust,
        Business.asset_management,
        Business.finance_company,
        Business.micro_lending,
        Business.consumer_finance,
        Business.other_financial,
    }
)
"""Bodies that may have such figures at all; a consumer finance company is refused by its own rule."""

BUSINESS_CREDIT = Table(
    name="business_credit",
    columns=("body", "size", "from_date", "until", *COUNTED, "rate_ppm", "invented", "position"),
    indexed=("body",),
)
"""Figures of a period from `from_date` to `until`, both counted; of one body, period and class the last count.

`rate_ppm`: the average yearly rate of what was newly lent in it, weighted by amount.
"""
BUSINESS_CREDIT_RECORDED = folds("business_credit_recorded", table=BUSINESS_CREDIT, adds=True)

Figures = Mapping[str, int]


def misfit(total: Figures, classes: Iterable[Figures], *, most_ppm: int) -> tuple[str, str] | None:
    """The first figure by which classes do not fit into their total, and what it should be.

    The part of what was lent that no class has must itself have an average rate from 0 to `most_ppm`; each rate is told
    to a millionth, so half of one is let pass on every amount.
    """
    parts = list(classes)
    for name in COUNTED:
        if sum(part[name] for part in parts) > total[name]:
            return name, f"classes that add up to no more than the total, {total[name]}"
    if not parts:
        return None
    told = [total, *parts]
    slack = sum(each["lent_fen"] for each in told)  # halves of a millionth
    paid = total["lent_fen"] * total["rate_ppm"] - sum(part["lent_fen"] * part["rate_ppm"] for part in parts)
    others = total["lent_fen"] - sum(part["lent_fen"] for part in parts)
    if 2 * paid < -slack:
        return "rate_ppm", "classes whose amounts times rates are no more than the total's"
    if 2 * (paid - others * most_ppm) > slack:
        return "rate_ppm", f"classes that leave to what is in none a rate of at most {most_ppm}"
    return None
