"""What a group is exposed to on a day, from what is recorded of each body: by counterparty, industry and region.

Source: PBoC Order [2020] No. 4, arts. 32, 33. Worked number: a bank's 60 and an insurer's 50 of two firms that one
owner controls are the largest exposure, 110; what the bank has of the insurer is told apart and counts in none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import msgspec

from benyuan.assurance.group.differing import Differs, exposures_differ
from benyuan.assurance.group.own_figures import OwnFigures
from benyuan.assurance.group.reading import Owned, columns_of, source_at
from benyuan.engine.group import Group
from benyuan.holding_company.consolidation.scope import Scope
from benyuan.holding_company.prudential.exposures import Concentrated, Exposure, by_counterparty, by_word
from benyuan.holding_company.prudential.tallies import Origin, Tally, missing, tally
from benyuan.holding_company.records import EXPOSURE, EXPOSURE_KEY
from benyuan.holding_company.vocabulary import INDUSTRY_NUMBER, GroupRatio, Industry
from benyuan.parties.bodies.figures import OWN, Figures
from benyuan.parties.bodies.sources import INVENTED
from benyuan.parties.bodies.vocabulary import NO_FINANCE, Figure
from benyuan.parties.ownership.dated import rows_in_force

TEN = 10  # tidy: number of the largest that are shown together, a measure of ours
INDUSTRIES = {number: word for word, number in INDUSTRY_NUMBER.items() if word != Industry.untold}


class ExposureTold(msgspec.Struct, frozen=True, kw_only=True):
    """A counterparty's head, an industry or a region: who is in it, fen, and the rows."""

    name: str
    counterparties: list[int]
    amount_fen: int
    invented: bool
    rows: list[Origin]


class Exposed(msgspec.Struct, frozen=True, kw_only=True):
    """Fen. `inside_fen`: of bodies of the group; `unnamed_fen`: told in total and of no counterparty.

    `funders`: who has lent to lenders of this ledger. `invented`: an exposure in these sums has no document. `differ`:
    recorded exposures of which a book tells another amount.
    """

    counterparties: list[ExposureTold]
    industries: list[ExposureTold]
    regions: list[ExposureTold]
    outside_fen: int
    inside_fen: int
    unnamed_fen: int
    invented: bool
    funders: list[ExposureTold]
    differ: list[Differs]


def exposed_of(
    group: Group, world: Owned, scope: Scope, figures: Figures, own: OwnFigures
) -> tuple[Exposed, dict[GroupRatio, Tally]]:
    """What there is, and the part of each figure of concentration, beside which own funds stand.

    What is recorded counts, and what a book tells of other counterparties.
    """
    rows = [(day, each) for day, each in _exposures(group, world) if each.origin.body in scope.grounds]
    told, read = [each for _, each in rows if each.origin.amount_fen], own.exposures()
    pairs = {(each.origin.body, each.counterparty) for each in told}
    words = {each.counterparty: (each.industry, each.region) for each in told}
    more = [_worded(each, words) for each in read.exposures if (each.origin.body, each.counterparty) not in pairs]
    held = [*told, *more]
    outside = [each for each in held if each.counterparty not in scope.grounds]
    parties = by_counterparty(outside, lambda body: _connected(world, body))
    industries, regions = by_word(outside, lambda each: each.industry), by_word(outside, lambda each: each.region)
    silent = tally([*_silent(world, scope, figures, held, own), *(missing(*each) for each in read.unkept)])
    parts = {
        GroupRatio.largest_exposure: tally([*(each.amount for each in parties[:1]), silent]),
        GroupRatio.ten_largest: tally([*(each.amount for each in parties[:TEN]), silent]),
        GroupRatio.largest_industry: tally(
            [*(each.amount for each in industries[:1]), silent, *_without(outside, "industry")]
        ),
        GroupRatio.largest_region: tally(
            [*(each.amount for each in regions[:1]), silent, *_without(outside, "region")]
        ),
    }
    exposed = Exposed(
        counterparties=[_told(each) for each in parties],
        industries=[_told(each) for each in industries],
        regions=[_told(each) for each in regions],
        outside_fen=_sum(outside),
        inside_fen=_sum(held) - _sum(outside),
        unnamed_fen=sum(_unnamed(scope, figures, held, read.others_fen)),
        invented=any(each.origin.source == INVENTED for each in held),
        funders=[_told(each) for each in by_counterparty(read.funders, lambda body: _connected(world, body))],
        differ=list(exposures_differ(rows, own)),
    )
    return exposed, parts


def _connected(world: Owned, body: int) -> tuple[int, ...]:
    """Who controls a counterparty in the end; all of a ring whose majorities are held inside are one."""
    head = world.control.top(body)
    return next((tuple(ring) for ring in world.control.rings if set(ring) & set(head)), head)


def _exposures(group: Group, world: Owned) -> Iterator[tuple[int, Exposure]]:
    """As recorded, each with its day; 0 has ended one."""
    state = world.state
    for row in rows_in_force(columns_of(group), EXPOSURE, key=EXPOSURE_KEY, on=state.on, seen=state.seen):
        yield (
            row["from_date"],
            Exposure(
                counterparty=row["counterparty"],
                industry=INDUSTRIES.get(row["industry"], ""),
                region=f"{row['region']:02d}" if row["region"] else "",
                origin=Origin(
                    body=row["body"],
                    what=f"exposure to {row['counterparty']} as of {row['from_date']}",
                    amount_fen=row["amount_fen"],
                    where=f"position {row['position']}",
                    source=source_at(group, row["position"]),
                ),
            ),
        )


def _worded(each: Exposure, words: Mapping[int, tuple[str, str]]) -> Exposure:
    """With the counterparty's industry and region as another row tells them."""
    industry, region = words.get(each.counterparty, ("", ""))
    return replace(each, industry=industry or each.industry, region=region)


def _silent(world: Owned, scope: Scope, figures: Figures, held: Sequence[Exposure], own: OwnFigures) -> Iterator[Tally]:
    """Bodies of finance of which neither anybody nor a book of theirs tells any exposure, nor that there is none."""
    told = {each.origin.body for each in held} | {each.body for each in own.books.values()}
    for body in sorted(scope.grounds):
        finance = world.state.bodies[body].business not in NO_FINANCE
        if finance and body not in told and figures.latest(body, Figure.total_exposures, OWN) is None:
            yield missing(body, "exposures")


def _without(held: Sequence[Exposure], word: str) -> Iterator[Tally]:
    """Exposures of which nobody has told the industry or region."""
    for each in held:
        if not getattr(each, word) and not each.of_person:
            yield missing(each.origin.body, f"{word} of its exposure to {each.counterparty or each.party}")


def _unnamed(scope: Scope, figures: Figures, held: Sequence[Exposure], others_fen: Mapping[int, int]) -> Iterator[int]:
    """By body what is in its total and of nobody by name, or what its other borrowers have drawn: the greater."""
    for body in sorted(scope.grounds):
        total = figures.latest(body, Figure.total_exposures, OWN)
        rest = others_fen.get(body, 0)
        yield rest if total is None else max(total - _sum([each for each in held if each.origin.body == body]), rest)


def _sum(held: Sequence[Exposure]) -> int:
    return sum(each.origin.amount_fen for each in held)


def _told(each: Concentrated) -> ExposureTold:
    rows = each.amount.origins
    return ExposureTold(
        name=each.name,
        counterparties=list(each.members),
        amount_fen=each.amount.known_fen,
        invented=any(row.source == INVENTED for row in rows),
        rows=list(rows),
    )
