"""Interests read: which fact each is, of what part. Of a range no part is made, since parts are kept exactly.

Worked number: 33.3333333333 is 333,333,333,333 of 1,000,000,000,000, and 1 of 3 only where our annotation says so.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from benyuan.assurance.group.bods.reading import Misfit
from benyuan.assurance.group.bods.statements import Interest, Kept, Share, share_of
from benyuan.assurance.group.bods.words import COUNTED, FACTS, INTERESTS, PLAIN, WORD_OF, Fact
from benyuan.parties.ownership.vocabulary import Post, StakeSort, Steering

HUNDRED, DECIMALS = 100, 40  # tidy: number decimals of a share, far beyond what a row can keep
KINDS: dict[type, str] = {StakeSort: "record_stake", Steering: "record_steering", Post: "record_office"}


def words(fact: Fact) -> dict[str, str]:
    """The field that says which it is."""
    name = "sort" if isinstance(fact, StakeSort) else "steering" if isinstance(fact, Steering) else "post"
    return {name: fact.value}


def ended(fact: Fact, amount: Mapping[str, Any]) -> dict[str, Any]:
    """What says that it has ended."""
    return {"holds": False} if isinstance(fact, Post) else {**amount, "part": 0}


def fact_of(interest: Interest, kept: Kept, at: str) -> Fact:
    """Which fact an interest is. Errors: Misfit."""
    if interest.type not in INTERESTS:
        raise Misfit(f"{at}.type", interest.type, "a word of the codelist interestType")
    if interest.direct_or_indirect not in ("", "direct"):
        raise Misfit(f"{at}.directOrIndirect", interest.direct_or_indirect, "direct, which alone is kept")
    if kept.fact:
        if kept.fact not in FACTS or WORD_OF[FACTS[kept.fact]] != interest.type:
            raise Misfit("annotations.benyuan.fact", kept.fact, f"a fact that is a {interest.type}")
        return FACTS[kept.fact]
    if interest.type not in PLAIN:
        raise Misfit(f"{at}.type", interest.type, "an interest that is kept here: " + ", ".join(PLAIN))
    return PLAIN[interest.type]


def amount_of(fact: Fact, share: Share | None, kept: Kept, at: str) -> dict[str, int]:
    """The part and the whole. Errors: Misfit."""
    if isinstance(fact, Post):
        return {}
    if isinstance(fact, Steering) and fact not in COUNTED:
        return {"part": kept.part, "whole": kept.whole} if kept.whole else {"part": 1, "whole": 1}
    if isinstance(fact, Steering) and share is None and not kept.whole:
        return {"part": 1, "whole": 1}
    if share is None:
        raise Misfit(f"{at}.share", "", "a share")
    if kept.whole:
        if not 0 <= kept.part <= kept.whole or share_of(Fraction(kept.part, kept.whole)) != share:
            raise Misfit(f"{at}.share", f"{kept.part} of {kept.whole}", "the part that the annotation tells")
        return {"part": kept.part, "whole": kept.whole}
    exact = share.exact if share.exact is not None else share.minimum if share.minimum == share.maximum else None
    if exact is None:
        raise Misfit(f"{at}.share", _range(share), "an exact share: parts are kept exactly, and a range is none")
    if not 0 <= exact <= HUNDRED:
        raise Misfit(f"{at}.share", exact, "0 to 100")
    if exact and exact.adjusted() < -DECIMALS:
        raise Misfit(f"{at}.share", exact, f"a share that begins within {DECIMALS} decimals")
    part = Fraction(exact) / HUNDRED  # tidy: exact
    return {"part": part.numerator, "whole": part.denominator}


def _range(share: Share) -> str:
    ends: list[Decimal | None] = [
        share.minimum if share.minimum is not None else share.exclusive_minimum,
        share.maximum if share.maximum is not None else share.exclusive_maximum,
    ]
    return " to ".join("?" if end is None else str(end) for end in ends)
