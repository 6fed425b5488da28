"""Whether a merger has to be notified before it is carried out (国务院令第773号 art. 3), and how far from each line.

Turnover is that of the last financial year, of each party with its whole group; banks, insurers and the like reckon it
in a way of their own. Worked number: since 2024-01-22 two parties with 800,000,000.01 yuan each in China and
12,000,000,000.01 together in the world notify; a fen less in any of the three, and they need not.
"""

from collections.abc import Sequence

import msgspec

from benyuan.governance.competition.ruling import broken
from benyuan.governance.competition.sources import INVENTED, Source
from benyuan.rules import RulePack
from benyuan.rules.parameters import Parameters
from benyuan.rules.places import Place, place_of, value_on
from benyuan.rules.quantities import PPM
from benyuan.values.dates import Window, period_of
from benyuan.values.errors import BadInput

RULE, WITHIN_GROUP, BELOW = "comp.merger.file", "comp.merger.within_group", "comp.merger.below"
TWO = 2
"""A merger has at least so many parties."""


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A party with its group: turnover in the world and in China, in fen, of a calendar year. Raises BadInput."""

    name: str
    world_fen: int
    china_fen: int
    year: int
    source: Source = INVENTED

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise BadInput("party", self.name, "a name")
        if not 0 <= self.china_fen <= self.world_fen:
            raise BadInput("china", self.china_fen, f"turnover in China of {self.name}, part of {self.world_fen} fen")


class ThresholdTest(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the rule. An `over` above nought exceeds the figure; at nought it is just met, which isn't enough.

    `enough_fen` is the turnover in China of the party that would make the number full, the second largest of two.
    """

    turnover: str
    total_fen: int
    threshold_fen: int
    total_over_fen: int
    each_fen: int
    parties_needed: int
    parties_over: list[str]
    enough_fen: int
    each_over_fen: int
    met: bool


class Notification(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: `must_file`, unless `within_group`; `may_be_called_in` where it need not be notified."""

    on: int
    year: int
    place: Place
    tests: list[ThresholdTest]
    held_ppm: int
    within_group: bool
    group_place: Place
    must_file: bool
    may_be_called_in: Place | None
    invented: list[str]


def notification_of(parties: Sequence[Party], *, on: int, rules: RulePack, held_ppm: int = 0) -> Notification:
    """The test on a day (yyyymmdd), by the turnovers of the calendar year before it.

    `held_ppm` is the smallest stake that one party has in every other, or one outsider in every party. Raises BadInput.
    """
    value, group = value_on(rules, RULE, on=on), value_on(rules, WITHIN_GROUP, on=on)
    year = period_of(Window.CALENDAR_YEAR, on) - 1
    _check(parties, year=year, place=place_of(RULE, value))
    if not 0 <= held_ppm <= PPM:
        raise BadInput("held", held_ppm, "a share from nought to the whole")
    tests = [_test(parties, tier) for tier in value.tiers]
    within = held_ppm >= group.ppm
    must_file = any(test.met for test in tests) and not within
    below = rules.in_force(id=BELOW, on=on)
    return Notification(
        on=on,
        year=year,
        place=place_of(RULE, value),
        tests=tests,
        held_ppm=held_ppm,
        within_group=within,
        group_place=place_of(WITHIN_GROUP, group),
        must_file=must_file,
        may_be_called_in=None if must_file or within or below is None else place_of(BELOW, below),
        invented=[party.name for party in parties if party.source.invented],
    )


def _check(parties: Sequence[Party], *, year: int, place: Place) -> None:
    names = [party.name for party in parties]
    if len(names) < TWO:
        raise BadInput("parties", ", ".join(names), "at least two parties")
    if len(set(names)) < len(names):
        raise BadInput("parties", ", ".join(names), "each party once")
    for party in parties:
        if party.year != year:
            raise broken("year", party.year, f"{year}, the year before the day asked about, for {party.name}", place)


def _test(parties: Sequence[Party], tier: Parameters) -> ThresholdTest:
    turnover, needed, each_fen = tier.code("turnover"), tier.count("parties"), tier.fen("each")
    total = sum(party.world_fen if turnover == "world" else party.china_fen for party in parties)
    ranked = sorted((party.china_fen for party in parties), reverse=True)
    enough = ranked[needed - 1] if needed <= len(ranked) else 0
    over = total - tier.fen("total")
    return ThresholdTest(
        turnover=turnover,
        total_fen=total,
        threshold_fen=tier.fen("total"),
        total_over_fen=over,
        each_fen=each_fen,
        parties_needed=needed,
        parties_over=[party.name for party in parties if party.china_fen > each_fen],
        enough_fen=enough,
        each_over_fen=enough - each_fen,
        met=over > 0 and enough > each_fen,
    )
