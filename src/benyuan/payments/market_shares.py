"""Shares of the market, by a draft that never came into force: early warnings that refuse nothing.

Source: the draft regulation of 2021-01-20 on payment institutions, put out for comment; Order 768 (art. 42) has no
figures. Worked number: with 300 of a market of 1,000 and the largest other's 200, two have a half of it: the draft
would warn. One has 30%, which is less than a third.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table
from benyuan.rules import Rule
from benyuan.values.shares import reaches

MARKET = Table(
    name="market",
    columns=(
        "institution",
        "market",
        "year",
        "amount_fen",
        "count",
        "first_other_fen",
        "second_other_fen",
        "first_other_count",
        "second_other_count",
        "recorded_on",
        "position",
    ),
)
"""Totals of a market in a year, and the largest two other institutions; the latest row of a year counts."""

MARKET_RECORDED = folds("market_recorded", table=MARKET, adds=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """One row of a draft: `share_of` is what this institution and the largest others have together.

    `known` is False where the others are not recorded, `speaks` where this institution is not among the largest.
    """

    institutions: int
    numerator: int
    denominator: int
    share_of: int
    total: int
    known: bool
    speaks: bool

    @property
    def reached(self) -> bool:
        """Whether the draft would warn: its figure is included."""
        figure = Fraction(self.numerator, self.denominator)
        return self.known and self.speaks and reaches(self.share_of, self.total, figure)


def warnings_of(rule: Rule, *, own: int, others: Sequence[int], total: int) -> list[Warned]:
    """Every row of a draft, by amounts or by numbers; `others` are the largest two, the larger first, 0: unknown.

    Errors: ValueError where the market is nought.
    """
    if total < 1:
        raise ValueError(f"a market of {total}")
    made = []
    for tier in rule.values[-1].tiers:
        count = tier.count("institutions")
        beside = list(others[: count - 1])
        left_out = others[count - 1] if count - 1 < len(others) else 0
        made.append(
            Warned(
                institutions=count,
                numerator=tier.count("numerator"),
                denominator=tier.count("denominator"),
                share_of=own + sum(beside),
                total=total,
                known=all(beside),
                speaks=count == 1 or own >= left_out,
            )
        )
    return made
