"""Risk appetite: every limit of an entity, how its ratio stands now or was read then, what the law asks, what is owed.

Source: PBoC Order [2020] No. 4, arts. 31, 32; house rule gov.house.risk.tell. On the log's last day a ratio is
reckoned from the books; of an earlier day it is so, as it was known at that day's end, where all that it is reckoned
from bears its position of the log; else the last reading up to it is told, for not all books know what they were.
Worked number: at most 5%, found 4.2% of a warning level of 4%: amber, 0.8% from the limit.
"""

import msgspec
import numpy as np

from benyuan.assurance.group.checks import entities_of
from benyuan.assurance.group.reading import columns_of, given_at
from benyuan.engine.group import Group
from benyuan.governance.checks.words import SORT_NUMBER, EntitySort
from benyuan.governance.related.records import GOVERNANCE_DUTY
from benyuan.governance.related.vocabulary import RelatedDuty
from benyuan.governance.risk.lights import distance_ppm, light_of, limits_on
from benyuan.governance.risk.records import RISK_DUTY, RISK_LIMIT, RISK_READING
from benyuan.governance.risk.words import DIRECTION_NUMBER, RATIO_NUMBER, Light, RiskRatio
from benyuan.rules.places import place_of
from benyuan.rules.quantities import PPM
from benyuan.usecases.risk.asked import EVER, Asked
from benyuan.usecases.risk.ratios import MEASURES, law_of, reckoned
from benyuan.values.dates import day_ends_at, local_day

SORTS, RATIOS, DIRECTIONS = (
    {number: word for word, number in numbers.items()} for numbers in (SORT_NUMBER, RATIO_NUMBER, DIRECTION_NUMBER)
)
SHOWN = 12
BOUNDS = ("direction", "warning_ppm", "limit_ppm")


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A reading on record."""

    on: int
    value_ppm: int
    light: str
    position: int


class RiskLine(msgspec.Struct, frozen=True, kw_only=True):
    """One limit. Ratios in millionths; `value_ppm`, `distance_ppm` None where the ratio is untold.

    `distance_ppm`: how far it is from the limit, below 0 beyond it; `moved_ppm`: since the reading before. `law`: the
    rule of law on the same ratio, with its figure. `read_on`: 0 where it was reckoned now. `owed`: what is open, as
    kind of duty and the house's day.
    """

    entity: str
    ratio: str
    direction: str
    part: int
    whole: int
    value_ppm: int | None
    warning_ppm: int
    limit_ppm: int
    light: str
    distance_ppm: int | None
    moved_ppm: int | None
    owner: int
    set_on: int
    minutes: str
    law: str
    law_ppm: int | None
    read_on: int
    owed: list[tuple[str, int]]
    readings: list[Reading]


class Risk(msgspec.Struct, frozen=True, kw_only=True):
    """All limits of a day. The levels are the house's."""

    on: int
    lines: list[RiskLine]

    @property
    def breached(self) -> bool:
        """Whether any ratio is beyond its limit."""
        return any(line.light == Light.red.name for line in self.lines)


def risk_of(group: Group, body: int = 0, *, on: int = 0) -> Risk:
    """The limits of a body and of what keeps its book here; 0: of all. Errors: BadInput."""
    last = local_day(group.last_at)
    day = on or last
    lines = [
        _line(group, limit, on=day, now=day >= last)
        for sort, entity in limited(group, body, on=day)
        for limit in limits_on(columns_of(group), sort=sort, entity=entity, on=day)
    ]
    return Risk(on=day, lines=lines)


def limited_under(group: Group, body: int) -> list[tuple[EntitySort, int]]:
    """Every entity with a limit under a body (0: any), in words. Errors: BadInput."""
    found = limited(group, body, on=local_day(group.last_at))
    return [(EntitySort(SORTS[sort]), entity) for sort, entity in found]


def limited(group: Group, body: int, *, on: int) -> list[tuple[int, int]]:
    """Sort and number of every entity under a body (0: any) that has had a limit, in order. Errors: BadInput."""
    column, wanted = columns_of(group), entities_of(group, body, on=on) if body else None
    pairs = sorted(set(zip(*(column(RISK_LIMIT, name)[1:].tolist() for name in ("sort", "entity")), strict=True)))
    return [pair for pair in pairs if wanted is None or f"{SORTS[pair[0]]} {pair[1]}" in wanted]


def _line(group: Group, limit: int, *, on: int, now: bool) -> RiskLine:
    column = columns_of(group)
    row = {name: int(column(RISK_LIMIT, name)[limit]) for name in RISK_LIMIT.columns}
    readings = _readings(group, row, on=on)
    part, whole, read_on = _value(group, row, readings, on=on, now=now)
    bounds = {name: row[name] for name in BOUNDS}
    told, value = whole > 0, part * PPM // whole if whole > 0 else 0
    before = [column(RISK_READING, "value_ppm")[each] for each in readings[: None if not read_on else -1]]
    law = law_of(group.regime.pack, RiskRatio(RATIOS[row["ratio"]]), on=on)
    rule = group.regime.pack.in_force(id=law[0].rule, on=on) if law else None
    return RiskLine(
        entity=f"{SORTS[row['sort']]} {row['entity']}",
        ratio=RATIOS[row["ratio"]],
        direction=DIRECTIONS[row["direction"]],
        part=part,
        whole=whole,
        value_ppm=value if told else None,
        warning_ppm=row["warning_ppm"],
        limit_ppm=row["limit_ppm"],
        light=light_of(**bounds, part=part, whole=whole).name,
        distance_ppm=distance_ppm(direction=row["direction"], limit_ppm=row["limit_ppm"], part=part, whole=whole)
        if told
        else None,
        moved_ppm=value - int(before[-1]) if before and told else None,
        owner=row["owner"],
        set_on=row["from_date"],
        minutes=given_at(group, row["position"])["minutes"],
        law=place_of(law[0].rule, rule).text() if law and rule else "",
        law_ppm=law[1] if law else None,
        read_on=read_on,
        owed=_owed(group, row, on=on),
        readings=[_reading(group, each) for each in readings[-SHOWN:]],
    )


def _value(group: Group, row: dict[str, int], readings: list[int], *, on: int, now: bool) -> tuple[int, int, int]:
    """Part and whole, and the day of the reading where it is one."""
    if now or MEASURES[RiskRatio(RATIOS[row["ratio"]])].dated:
        asked = Asked(
            books=group.books(),
            rules=group.regime.pack,
            sort=EntitySort(SORTS[row["sort"]]),
            entity=row["entity"],
            on=on,
            seen=EVER if now else group.reader.positions_before(at=day_ends_at(on)),
        )
        return (*reckoned(asked, RiskRatio(RATIOS[row["ratio"]])), 0)
    if not readings:
        return 0, 0, 0
    column = columns_of(group)
    part, whole, day = (int(column(RISK_READING, name)[readings[-1]]) for name in ("part", "whole", "on_date"))
    return part, whole, day


def _readings(group: Group, row: dict[str, int], *, on: int) -> list[int]:
    """The readings of a ratio, under this limit and those before it, up to a day."""
    column = columns_of(group)
    same = np.ones(len(column(RISK_LIMIT, "sort")), np.bool_)
    for name in ("sort", "entity", "ratio", "direction"):
        same &= column(RISK_LIMIT, name) == row[name]
    same[0] = False
    mine = same[column(RISK_READING, "limit")] & (column(RISK_READING, "on_date") <= on)
    return [int(each) for each in np.flatnonzero(mine) if each]


def _reading(group: Group, number: int) -> Reading:
    column = columns_of(group)
    row = {name: int(column(RISK_READING, name)[number]) for name in RISK_READING.columns}
    light = Light(row["light"]).name
    return Reading(on=row["on_date"], value_ppm=row["value_ppm"], light=light, position=row["position"])


def _owed(group: Group, row: dict[str, int], *, on: int) -> list[tuple[str, int]]:
    """The duties of a ratio that are open at the end of a day."""
    column, ids = columns_of(group), group.records.tables[RISK_DUTY.name].ids()
    mine = ids > 0
    for name in ("sort", "entity", "ratio"):
        mine &= column(RISK_DUTY, name) == row[name]
    done, arose = (column(GOVERNANCE_DUTY, name)[ids] for name in ("done_on", "arose_on"))
    mine &= (arose <= on) & ((done == 0) | (done > on))
    kind, aim = column(GOVERNANCE_DUTY, "kind")[ids], column(RISK_DUTY, "aim_on")
    return [(RelatedDuty(int(kind[each])).name, int(aim[each])) for each in np.flatnonzero(mine)]
