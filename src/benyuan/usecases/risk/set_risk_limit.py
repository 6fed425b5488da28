"""The board sets a limit on a ratio, a level that warns of it, and who answers for it; dated, and never dated back.

Source: PBoC Order [2020] No. 4, art. 31: tolerance and limits for each risk, handed down to the companies; the
figures are the house's. Where the law limits the same ratio the house is no looser. Worked number: capital adequacy
below 10.5% is the law's line, so a house limit of 10.4% makes no sense and one of 10.5% does.
"""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.decisions.words import text_faults
from benyuan.governance.checks.words import EntitySort
from benyuan.governance.risk.lights import TELL
from benyuan.governance.risk.records import RISK_LIMIT, RISK_LIMIT_SET
from benyuan.governance.risk.words import DIRECTION_NUMBER, RATIO_NUMBER, Direction, RiskRatio
from benyuan.rules import RulePack
from benyuan.usecases.checks.shared import AtEntity, entity_faults, entity_there, sort_number, staff_need
from benyuan.usecases.common import Id, Reference, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.related.shared import one
from benyuan.usecases.risk.ratios import MEASURES, law_of

MOST_PPM = 100_000_000  # tidy: number a hundred times the whole: of a cover, not of a share
LevelPpm: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=MOST_PPM)]


@command("set_risk_limit")
class LimitFields(AtEntity, frozen=True, kw_only=True):
    """From `from_date` on `ratio` is at least or at most `limit_ppm`, and warns from `warning_ppm` on.

    `owner`: the member of staff who answers for it; `minutes`: the board's.
    """

    ratio: RiskRatio
    direction: Direction
    warning_ppm: LevelPpm
    limit_ppm: LevelPpm
    owner: Id
    from_date: Yyyymmdd
    minutes: Reference


class SetRiskLimit(UseCase):
    """Keeps the limit."""

    command = LimitFields
    needs = (staff_need("owner"),)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the entity is there, and what the law asks of the ratio."""
        del facts
        found = law_of(rules, RiskRatio(batch.values("ratio")[0]), on=batch.on)
        same = found is not None and found[0].direction.value == batch.values("direction")[0]
        return one(there=entity_there(batch, books), law_ppm=found[1] if found and same else -1), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A ratio of such an entity; a warning before the limit, a limit no looser than the law; a day to come."""
        batch, facts = case.batch, case.facts
        case.rules.value(id=TELL, on=batch.on)
        least = batch.equals("direction", Direction.least.value)
        warning, limit, law = batch.integers("warning_ppm"), batch.integers("limit_ppm"), facts["law_ppm"]
        after = np.where(least, warning < limit, warning > limit)
        looser = (law >= 0) & np.where(least, limit < law, limit > law)
        of = MEASURES[RiskRatio(batch.values("ratio")[0])].of
        other = np.array([EntitySort(sort) not in of for sort in batch.values("sort")], np.bool_)
        bound = f"{'no less' if least[0] else 'no more'} than {int(law[0])}, which the law asks for"
        return {
            **no_such_day(batch, "from_date", since=batch.on),
            **faults_where(
                np.asarray(after, np.bool_), batch, "warning_ppm", "a level that is reached before limit_ppm"
            ),
            **faults_where(np.asarray(looser, np.bool_), batch, "limit_ppm", bound),
            **text_faults(other, batch, "ratio", f"a ratio of another sort; this one is of: {', '.join(sorted(of))}"),
            **entity_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The limit."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[RISK_LIMIT.name])
        columns = {
            "sort": sort_number(batch),
            **{name: batch.integers(name) for name in ("entity", "warning_ppm", "limit_ppm", "owner", "from_date")},
            "ratio": batch.numbers("ratio", RATIO_NUMBER),
            "direction": batch.numbers("direction", DIRECTION_NUMBER),
            "position": batch.position,
        }
        return Recorded(results={"limit": ids}, events=event(RISK_LIMIT_SET, rows(accepted, id=ids, **columns)))
