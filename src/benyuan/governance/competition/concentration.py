"""How concentrated a market is: the Herfindahl-Hirschman index, exactly, before and after a merger.

The squares of all shares in per cent, added up: 10,000 for one firm alone, 10,000 / n for n equal ones. Concentration
is weighed when a merger is reviewed (反垄断法 2022 art. 33, 2007 art. 27); the texts that were read have no figure for
it, so it shows without a limit. Worked number: 40, 30, 20 and 10 of 100 make 3,000; the last two merged, 3,400.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import msgspec

from benyuan.governance.competition.markets import Market
from benyuan.values.errors import BadInput
from benyuan.values.rounding import Rounding, rounded

POINTS = 10_000  # tidy: number one share of 100 per cent, squared
DECIMALS = 2
TWO = 2
"""A merger has at least so many parties."""


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """An index as a fraction, and as a figure with two decimals, half-even."""

    numerator: int
    denominator: int
    text: str


class Concentration(msgspec.Struct, frozen=True, kw_only=True):
    """The index of a market, and after a merger in it.

    Where firms are not named it lies between `least` (they are many and tiny) and `most` (they are one); else the two
    are equal. `change` is exact in either case.
    """

    total: int
    unnamed: int
    least: Index
    most: Index
    merging: list[str]
    least_after: Index
    most_after: Index
    change: Index
    invented: list[str]


def hhi(amounts: Iterable[int], *, total: int) -> Fraction:
    """The index of amounts in a market of `total`, as an exact fraction from nought to 10,000. Raises BadInput."""
    if total < 1:
        raise BadInput("total", total, "a market above nought")
    return Fraction(POINTS * sum(amount * amount for amount in amounts), total * total)


def concentration_of(market: Market, *, merging: Sequence[str] = ()) -> Concentration:
    """The index now, and as if the firms named had become one. Raises BadInput for a firm that isn't in the market."""
    before, after = [each.amount for each in market.figures], _merged(market, merging)
    least, rest = hhi(before, total=market.whole), hhi([market.unnamed], total=market.whole)
    least_after = hhi(after, total=market.whole)
    return Concentration(
        total=market.whole,
        unnamed=market.unnamed,
        least=_index(least),
        most=_index(least + rest),
        merging=list(merging),
        least_after=_index(least_after),
        most_after=_index(least_after + rest),
        change=_index(least_after - least),
        invented=market.invented,
    )


def _merged(market: Market, merging: Sequence[str]) -> list[int]:
    """The amounts after the merger. Errors: BadInput."""
    names = {each.firm for each in market.figures}
    for firm in merging:
        if firm not in names:
            raise BadInput("merging", firm, "a firm of the market: " + ", ".join(sorted(names)))
    joined = set(merging)
    if merging and (len(joined) != len(merging) or len(joined) < TWO):
        raise BadInput("merging", ", ".join(merging), "at least two firms, each once")
    kept = [each.amount for each in market.figures if each.firm not in joined]
    return [*kept, sum(each.amount for each in market.figures if each.firm in joined)]


def _index(value: Fraction) -> Index:
    text = f"{rounded(value, decimals=DECIMALS, rounding=Rounding.half_even):,}"
    return Index(numerator=value.numerator, denominator=value.denominator, text=text)
