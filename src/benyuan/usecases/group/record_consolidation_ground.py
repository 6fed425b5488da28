"""Why a group takes a body in that it does not control, or leaves one out that it does, from when until when.

Source: PBoC Order [2020] No. 4, art. 25 (`fhc.consolidation`, `fhc.consolidation.brief`). Worked number: left out from
20260401 as held briefly, it is back in the accounts when the rule's year is over: its last day, `until`, is 20270331 or
one before.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.decisions.words import text_faults, truths
from benyuan.holding_company.records import CONSOLIDATION_GROUND, CONSOLIDATION_GROUND_RECORDED
from benyuan.holding_company.vocabulary import GROUND_NUMBER, Ground
from benyuan.parties.bodies.sources import Sourced
from benyuan.usecases.common import Id, Memo, Yyyymmdd, faults_where, no_such_day
from benyuan.usecases.group.dated_fact import DatedFact, an_individual, body_need
from benyuan.values.dates import add_months, is_day

RULE, BRIEF = "fhc.consolidation", "fhc.consolidation.brief"
MONTHS = 12  # tidy: number of a year
AGREED = "the day on which the central bank agreed, for held_briefly; 0 for any other ground"


@command("record_consolidation_ground")
class ConsolidationGroundFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` to `until`, 0 for no end, the group under `top` has this `ground` for `body`, or no longer."""

    top: Id
    body: Id
    ground: Ground
    reason: Memo
    holds: bool = True
    agreed_on: Yyyymmdd = 0
    from_date: Yyyymmdd
    until: Yyyymmdd = 0


class RecordConsolidationGround(DatedFact):
    """Records it; of one group and body the latest that has begun counts."""

    command = ConsolidationGroundFields
    needs = (body_need("top"), body_need("body"))
    table, kind, result = CONSOLIDATION_GROUND, CONSOLIDATION_GROUND_RECORDED, "ground"
    names = ("top", "body", "agreed_on", "until")
    words = {"ground": ("ground", GROUND_NUMBER)}  # noqa: RUF012  read only
    pair = ("top", "body")

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A reason, a day of the rule's own, an end not before the beginning; agreement and end of what is brief."""
        batch = case.batch
        first, until, agreed = (batch.integers(name) for name in ("from_date", "until", "agreed_on"))
        brief = batch.equals("ground", Ground.held_briefly.value) & truths(batch, "holds")
        empty = np.array([not reason.strip() for reason in batch.values("reason")], np.bool_)
        rule = case.rules.rule(RULE)
        begun = np.array([is_day(day) and rule.in_force(on=day) is not None for day in first.tolist()], np.bool_)
        return {
            **super().faults(case),
            **text_faults(empty, batch, "reason", "what makes it so, in words"),
            **faults_where(~begun, batch, "from_date", f"a day on which {RULE} is in force"),
            **faults_where((until != 0) & (until < first), batch, "until", "no day before from_date; 0 for no end"),
            **faults_where(_too_long(case, brief & begun), batch, "until", f"a last day within the time of {BRIEF}"),
            **faults_where(brief != (agreed != 0), batch, "agreed_on", AGREED),
            **no_such_day(batch, "agreed_on", none=True, until=batch.on),
            **no_such_day(batch, "until", none=True),
            **an_individual(case, "top"),
            **an_individual(case, "body"),
        }

    def columns(self, case: Case) -> dict[str, Any]:
        """Whether it is so, besides."""
        return {**super().columns(case), "holds": truths(case.batch, "holds").astype(np.int64)}


def _too_long(case: Case, brief: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where what is held briefly has no end, or one that is later than the rule allows."""
    found = np.zeros(len(brief), np.bool_)
    first, until = case.batch.integers("from_date"), case.batch.integers("until")
    for place in np.flatnonzero(brief).tolist():
        value = case.rules.value(id=BRIEF, on=int(first[place]))
        ends = add_months(int(first[place]), MONTHS * value.count)
        found[place] = until[place] == 0 or int(until[place]) >= ends
    return found
