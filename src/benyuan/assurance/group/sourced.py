"""The figures and licences that an answer rests on, each with its document and day, or called invented."""

from collections.abc import Iterable

import msgspec

from benyuan.assurance.group.reading import given_at, source_at
from benyuan.engine.group import Group
from benyuan.parties.bodies.figures import Amount
from benyuan.parties.bodies.licences import Licence


class FigureTold(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as an answer shows it: in fen, of which day (yyyymmdd), from whose accounts, by which document."""

    body: int
    figure: str
    basis: str
    amount_fen: int
    as_of: int
    source: str


class LicenceTold(msgspec.Struct, frozen=True, kw_only=True):
    """A licence that stands; `until` 0: it has no end."""

    body: int
    business: str
    number: str
    from_date: int
    until: int
    source: str


def figures_told(group: Group, used: Iterable[Amount]) -> list[FigureTold]:
    """Each with its source, in order of body, figure and day."""
    ordered = sorted(used, key=lambda each: (each.body, each.figure, each.basis, each.as_of))
    return [
        FigureTold(
            body=each.body,
            figure=each.figure.value,
            basis=each.basis.value,
            amount_fen=each.amount_fen,
            as_of=each.as_of,
            source=source_at(group, each.position),
        )
        for each in ordered
    ]


def licence_told(group: Group, licence: Licence) -> LicenceTold:
    """With its number and source."""
    return LicenceTold(
        body=licence.body,
        business=licence.business.value,
        number=str(given_at(group, licence.position)["number"]),
        from_date=licence.from_date,
        until=licence.until,
        source=source_at(group, licence.position),
    )
