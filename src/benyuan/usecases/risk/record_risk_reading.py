"""All ratios of an entity that have a limit are read as they are now; what follows from a warning or breach is owed.

Source: PBoC Order [2020] No. 4, arts. 31, 32 (limits watched, excesses dealt with, warnings reported); house rule
gov.house.risk.tell. The day is the log's, and the figures come from the books: whoever sends the command chooses
neither. Worked number: read on 2026-05-01 beyond its limit, the owner is told by 05-02 and the board by 05-04.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.deadlines import level_of
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.governance.checks.words import EntitySort
from benyuan.governance.risk.lights import TELL, light_of, limits_on, told_of
from benyuan.governance.risk.records import RISK_DUTY_CLIMBED, RISK_LIMIT, RISK_READ, RISK_READING
from benyuan.governance.risk.words import RATIO_NUMBER, Light, RiskRatio
from benyuan.ledger import AMOUNT_MAX
from benyuan.rules import RulePack
from benyuan.rules.quantities import PPM
from benyuan.usecases.checks.shared import AtEntity, entity_faults, entity_there, sort_number
from benyuan.usecases.common import faults_where
from benyuan.usecases.related.shared import one
from benyuan.usecases.risk.asked import Asked
from benyuan.usecases.risk.duties import Follows, body_of_entity, open_duties, raised
from benyuan.usecases.risk.ratios import reckoned
from benyuan.values.days import days_between

BOUNDS = ("direction", "warning_ppm", "limit_ppm")
RATIOS = {number: RiskRatio(word) for word, number in RATIO_NUMBER.items()}


@command("record_risk_reading")
class ReadingFields(AtEntity, frozen=True, kw_only=True):
    """Read every ratio of `entity` that has a limit."""


class RecordRiskReading(UseCase):
    """Keeps the readings; raises duties, and lets those climb that are past the house's day."""

    command = ReadingFields
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The readings, which duties of them are open, and how far those have climbed."""
        del facts
        sort, entity = sort_number(batch), int(batch.integers("entity")[0])
        there = entity_there(batch, books)
        limits = limits_on(books.column, sort=sort, entity=entity, on=batch.on) if there else []
        asked = Asked(books=books, rules=rules, sort=EntitySort(batch.values("sort")[0]), entity=entity, on=batch.on)
        held = {name: books.column(RISK_LIMIT, name)[limits] for name in RISK_LIMIT.columns}
        read = [reckoned(asked, RATIOS[ratio]) for ratio in held["ratio"].tolist()]
        part, whole = (_column([each[side] for each in read]) for side in (0, 1))
        bounds = zip(*(held[name].tolist() for name in BOUNDS), strict=True)
        light = [
            light_of(**dict(zip(BOUNDS, asks, strict=True)), part=one_part, whole=one_whole)
            for asks, (one_part, one_whole) in zip(bounds, read, strict=True)
        ]
        still = open_duties(books, sort=sort, entity=entity) if there else []
        flows = {
            "limit": np.array(limits, np.int64),
            "ratio": held["ratio"],
            "part": part,
            "whole": whole,
            "light": np.array(light, np.int64),
            **_columns(still, "duty", "kind", "of_ratio", "level", "aim_on"),
        }
        body = body_of_entity(books, sort=sort, entity=entity, on=batch.on) if there else 0
        worst = max(light, default=Light.green)
        return one(there=there, limits=len(limits), worst=worst, body=body), flows

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An entity with a limit."""
        case.rules.value(id=TELL, on=case.batch.on)
        none = np.asarray(case.facts["limits"] == 0, np.bool_)
        return {
            **faults_where(none, case.batch, "entity", "an entity with a limit: set_risk_limit"),
            **entity_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The readings and what follows."""
        case = decided.case
        batch, facts, flows = case.batch, case.facts, case.facts.flows
        results = {name: facts[name] for name in ("limits", "worst")}
        if not decided.accepted[0]:
            return Recorded(results=results)
        first, count = facts.next_ids[RISK_READING.name], len(flows["limit"])
        both = zip(flows["part"].tolist(), flows["whole"].tolist(), strict=True)
        value = [part * PPM // whole if whole > 0 else 0 for part, whole in both]
        readings = {
            "id": np.arange(first, first + count),
            **{name: flows[name] for name in ("limit", "part", "whole", "light")},
            "value_ppm": _column(value),
            "on_date": np.full(count, batch.on, np.int64),
            "position": np.full(count, int(batch.position[0]), np.int64),
        }
        owed = _owed(case, first)
        sort, entity = sort_number(batch), int(batch.integers("entity")[0])
        duties = raised(facts, batch, sort=sort, entity=entity, body=int(facts["body"][0]), owed=owed)
        return Recorded(
            results={**results, "duties": np.array([len(owed)], np.int64)},
            events=[*event(RISK_READ, readings), *duties, *event(RISK_DUTY_CLIMBED, _climbed(case))],
        )


def _column(values: Sequence[int]) -> NDArray[np.int64]:
    """What is beyond a column is told as the most that it holds: one figure out of all bounds stops no reading."""
    return np.array([max(-AMOUNT_MAX, min(each, AMOUNT_MAX)) for each in values], np.int64)


def _columns(rows: Sequence[Mapping[str, int]], *names: str) -> dict[str, NDArray[np.int64]]:
    return {name: np.array([row[name.removeprefix("of_")] for row in rows], np.int64) for name in names}


def _owed(case: Case, first: int) -> list[Follows]:
    """What each light asks for and is not open for that ratio yet."""
    flows, on = case.facts.flows, case.batch.on
    still = set(zip(flows["kind"].tolist(), flows["of_ratio"].tolist(), strict=True))
    owed = []
    for place, (ratio, light) in enumerate(zip(flows["ratio"].tolist(), flows["light"].tolist(), strict=True)):
        for told in told_of(case.rules, Light(light), on=on):
            if (int(told.kind), ratio) not in still:
                owed.append(Follows(kind=told.kind, aim_on=told.aim_on, ratio=ratio, reading=first + place))
                still.add((int(told.kind), ratio))
    return owed


def _climbed(case: Case) -> dict[str, NDArray[np.int64]]:
    """The open duties that have risen; none climbs down."""
    flows, on = case.facts.flows, case.batch.on
    late = flows["aim_on"] < on
    levels = [level_of(case.rules, on=on, days_overdue=int(days_between(aim, on))) for aim in flows["aim_on"][late]]
    level = np.array(levels, np.int64)
    risen = level > flows["level"][late]
    return {"id": flows["duty"][late][risen], "level": level[risen]}
