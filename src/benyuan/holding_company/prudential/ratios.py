"""One figure of a group beside what the law asks and what the house asks, each labelled; where neither does, without.

Worked number: own funds of 5,370 beside 1,100 asked are 4.88, and no text gives a figure for a group; a house limit of
1.2 is met and labelled as the house's own. With a body's capital untold the figure is none, and the body is named.
"""

from fractions import Fraction

import msgspec

from benyuan.holding_company.prudential.tallies import Missing, Origin, Tally
from benyuan.rules.places import Place
from benyuan.rules.quantities import PPM


class HouseLimit(msgspec.Struct, frozen=True, kw_only=True):
    """A limit that the house has set itself: in parts per million, since when (yyyymmdd), why, by which document."""

    limit_ppm: int
    from_date: int
    reason: str
    source: str


class GroupFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A part beside a whole, fen; `value` exact and `ppm` cut, None where anything is missing or there is no whole.

    `known_part_fen`, `known_whole_fen`: what is told. `place`: where the law speaks of it; `law_ppm` None: without a
    figure. `law_met`, `house_met` None: no such limit, or it can't be told. `at_least`: what is asked is a floor.
    """

    name: str
    title: str
    known_part_fen: int
    known_whole_fen: int
    part_fen: int | None
    whole_fen: int | None
    value: str | None
    ppm: int | None
    at_least: bool
    place: Place
    law_ppm: int | None
    law_met: bool | None
    house: HouseLimit | None
    house_met: bool | None
    invented: bool
    untold: list[Missing]
    part: list[Origin]
    whole: list[Origin]


def group_figure(
    *,
    name: str,
    title: str,
    part: Tally,
    whole: Tally,
    at_least: bool,
    place: Place,
    law_ppm: int | None = None,
    house: HouseLimit | None = None,
) -> GroupFigure:
    """The figure."""
    value = _value(part, whole)
    return GroupFigure(
        name=name,
        title=title,
        known_part_fen=part.known_fen,
        known_whole_fen=whole.known_fen,
        part_fen=part.fen,
        whole_fen=whole.fen,
        value=None if value is None else str(value),
        ppm=None if value is None else int(value * PPM),
        at_least=at_least,
        place=place,
        law_ppm=law_ppm,
        law_met=_met(part, whole, law_ppm, at_least=at_least),
        house=house,
        house_met=_met(part, whole, house.limit_ppm if house else None, at_least=at_least),
        invented=part.invented or whole.invented,
        untold=list(dict.fromkeys((*part.untold, *whole.untold))),
        part=list(part.origins),
        whole=list(whole.origins),
    )


def _value(part: Tally, whole: Tally) -> Fraction | None:
    if part.fen is None or whole.fen is None or whole.fen <= 0:
        return None
    return Fraction(part.fen, whole.fen)


def _met(part: Tally, whole: Tally, limit_ppm: int | None, *, at_least: bool) -> bool | None:
    """Against a limit, without dividing, so that a whole of nought or less answers too."""
    if limit_ppm is None or part.fen is None or whole.fen is None:
        return None
    over = part.fen * PPM - limit_ppm * whole.fen
    return over >= 0 if at_least else over <= 0


def values_of(figures: list[GroupFigure]) -> dict[str, Fraction | None]:
    """Each figure's exact value by its name; None where it can't be told."""
    return {each.name: None if each.value is None else Fraction(each.value) for each in figures}
