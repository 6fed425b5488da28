"""How the supervisor has graded a body's governance, from a day on, and whether it allows what grade E forbids.

Source: CBIRC Order 2022 No. 1, art. 33. Worked number: E from 20260501 and D from 20270501: on 20270430 a bank gives
its related parties nothing, on 20270501 it may.
"""

from typing import Any

import numpy as np

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.decisions.words import truths
from benyuan.governance.related.records import GOVERNANCE_GRADE, GOVERNANCE_GRADED
from benyuan.governance.related.vocabulary import GOVERNANCE_GRADE_NUMBER, GovernanceGrade
from benyuan.parties.bodies.sources import Sourced
from benyuan.usecases.common import Id, Yyyymmdd
from benyuan.usecases.group.dated_fact import DatedFact, an_individual, body_need


@command("record_governance_grade")
class GovernanceGradeFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on `body` has this `grade`; `allowed`: the supervisor allows what grade E forbids."""

    body: Id
    grade: GovernanceGrade
    allowed: bool = False
    from_date: Yyyymmdd


class RecordGovernanceGrade(DatedFact):
    """Records it; the latest that has begun counts."""

    command = GovernanceGradeFields
    needs = (body_need("body"),)
    table, kind, result = GOVERNANCE_GRADE, GOVERNANCE_GRADED, "grading"
    names = ("body",)
    words = {"grade": ("grade", GOVERNANCE_GRADE_NUMBER)}  # noqa: RUF012  read only
    pair = None

    def faults(self, case: Case) -> dict[int, Invalid]:
        """No individual is graded."""
        return {**super().faults(case), **an_individual(case, "body")}

    def columns(self, case: Case) -> dict[str, Any]:
        """Whether it is allowed, besides."""
        return {**super().columns(case), "allowed": truths(case.batch, "allowed").astype(np.int64)}
