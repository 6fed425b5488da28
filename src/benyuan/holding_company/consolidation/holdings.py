"""Investments against the equity that they stand for, and what of the group's equity is other owners'.

An owner's investment goes against its part of the capital that the body had when control began; more is goodwill, less
a difference in equity. Interest in what was earned since follows the exact interest of the top, through rings too.
Worked number: 80% of a body with capital of 100, bought for 90 and earning 10: goodwill 10, others 20% of 110, 22.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from benyuan.parties.ownership.interest import Interests, interests
from benyuan.parties.ownership.stakes import Stakes
from benyuan.values.rounding import Rounding, rounded

NONE, ALL = Fraction(0), Fraction(1)
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One owner's investment, in fen. `part`: of the body; `difference_fen`: carried less its part of the capital.

    The difference is rounded half up, once; `residue`: what was exact less what is shown. A holding in the top itself
    are shares of its own: all of it goes against equity, and there is no difference.
    """

    owner: int
    owned: int
    part: Fraction
    carried_fen: int
    own_shares: bool
    difference_fen: int
    residue: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Other owners' part by body: exact, and in whole fen that add up to the sum rounded half up once."""

    exact: dict[int, Fraction]
    fen: dict[int, int]

    @property
    def total_fen(self) -> int:
        """All of it."""
        return sum(self.fen.values())

    @property
    def residue(self) -> Fraction:
        """The exact sum less what is shown."""
        return sum(self.exact.values(), NONE) - self.total_fen


def within(stakes: Stakes, bodies: Sequence[int]) -> dict[Pair, Fraction]:
    """What these bodies hold of one another."""
    inside, found = set(bodies), dict[Pair, Fraction]()
    for owner, owned, part in stakes.rows():
        if owner in inside and owned in inside:
            found[owner, owned] = found.get((owner, owned), NONE) + part
    return found


def interests_of(stakes: Stakes, bodies: Sequence[int], top: int) -> Interests:
    """The top's interest in each body by way of bodies that are consolidated; all of itself."""
    inside = set(bodies)
    pairs = zip(stakes.owner.tolist(), stakes.owned.tolist(), strict=True)
    kept = [place for place, (owner, owned) in enumerate(pairs) if owner in inside and owned in inside]
    columns = {name: getattr(stakes, name)[kept] for name in ("owner", "owned", "part", "whole")}
    return {**interests(Stakes(**columns), top), top: ALL}


def holdings_of(
    *, parts: Mapping[Pair, Fraction], carried: Mapping[Pair, int], capital: Mapping[int, int], top: int
) -> list[Holding]:
    """Every holding inside the group in order of owner and owned; what is carried without a stake is not among them."""
    return [
        _holding(pair, part, carried.get(pair, 0), capital.get(pair[1], 0), own_shares=pair[1] == top)
        for pair, part in sorted(parts.items())
    ]


def _holding(pair: Pair, part: Fraction, carried: int, capital: int, *, own_shares: bool) -> Holding:
    exact = NONE if own_shares else carried - part * capital
    shown = half_up(exact)
    return Holding(
        owner=pair[0],
        owned=pair[1],
        part=part,
        carried_fen=carried,
        own_shares=own_shares,
        difference_fen=shown,
        residue=exact - shown,
    )


def own_equity(holdings: Sequence[Holding], net_assets: Mapping[int, int]) -> dict[int, Fraction]:
    """What each body brings to the group's equity: net assets, with investments worth their differences alone."""
    found = {body: Fraction(amount) for body, amount in net_assets.items()}
    for each in holdings:
        found[each.owner] += each.difference_fen + each.residue - each.carried_fen
    return found


def minority_of(amounts: Mapping[int, Fraction], interest: Interests) -> Split:
    """Other owners' part of amounts by body, for bodies in which there are others."""
    exact = {body: (1 - interest.get(body, NONE)) * amount for body, amount in sorted(amounts.items())}
    kept = {body: part for body, part in exact.items() if interest.get(body, NONE) != 1}
    return Split(exact=kept, fen=_shared(kept))


def _shared(exact: Mapping[int, Fraction]) -> dict[int, int]:
    """Whole fen whose sum is the exact sum rounded once: the greatest rests are rounded up, the lower body first."""
    down = {body: part.numerator // part.denominator for body, part in exact.items()}
    over = half_up(sum(exact.values(), NONE)) - sum(down.values())
    for body in sorted(exact, key=lambda body: (down[body] - exact[body], body))[:over]:
        down[body] += 1
    return down


def half_up(amount: Fraction) -> int:
    """Whole fen, a half away from nought."""
    return int(rounded(amount, decimals=0, rounding=Rounding.half_up))
