"""A line of the law in money: what was found, what is asked, how far it is from it, in fen.

Worked number: total assets of 499,999,999,999.99 yuan are one fen under 500 bn: `distance_fen` -1, not reached. At most
10% of net assets of 100.05 yuan are 10.00 yuan: what is asked at most is rounded down, what is asked at least up.
"""

from collections.abc import Mapping
from fractions import Fraction

import msgspec

from benyuan.rules.places import Place
from benyuan.rules.quantities import PPM


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """`distance_fen`: found less asked, below 0 for under. `met` None: can't be told, for `untold` bodies lack figures.

    `at_most`: what is asked is a ceiling; then under is met.
    """

    what: str
    place: Place
    found_fen: int | None
    asked_fen: int | None
    distance_fen: int | None
    met: bool | None
    at_most: bool = False
    untold: tuple[int, ...] = ()


def sum_line(*, what: str, place: Place, figures: Mapping[int, int | None], asked_fen: int) -> Line:
    """A sum over bodies that reaches a figure: what is known may reach it, and is under it only where all is known."""
    known = sum(figure for figure in figures.values() if figure is not None)
    untold = tuple(sorted(body for body, figure in figures.items() if figure is None))
    reached = known >= asked_fen
    return Line(
        what=what,
        place=place,
        found_fen=known,
        asked_fen=asked_fen,
        distance_fen=known - asked_fen,
        met=None if untold and not reached else reached,
        untold=untold,
    )


def part_line(
    *, what: str, place: Place, part_fen: int | None, whole_fen: int | None, ratio: Fraction, at_most: bool = False
) -> Line:
    """A part beside a share of a whole: at least it, or at most."""
    if whole_fen is None:
        return Line(
            what=what, place=place, found_fen=part_fen, asked_fen=None, distance_fen=None, met=None, at_most=at_most
        )
    exact = ratio * whole_fen
    asked = exact.numerator // exact.denominator if at_most else -(-exact.numerator // exact.denominator)
    return amount_line(what=what, place=place, found_fen=part_fen, asked_fen=asked, at_most=at_most)


def amount_line(*, what: str, place: Place, found_fen: int | None, asked_fen: int, at_most: bool = False) -> Line:
    """One figure beside another."""
    if found_fen is None:
        distance, met = None, None
    else:
        distance = found_fen - asked_fen
        met = distance <= 0 if at_most else distance >= 0
    return Line(
        what=what,
        place=place,
        found_fen=found_fen,
        asked_fen=asked_fen,
        distance_fen=distance,
        met=met,
        at_most=at_most,
    )


def share_of(ppm: int) -> Fraction:
    """Parts per million as an exact share."""
    return Fraction(ppm, PPM)
