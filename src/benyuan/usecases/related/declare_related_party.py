"""Somebody is declared a related party on a ground that no fact of ownership shows, from a day on, or no longer.

Sources: PBoC Order [2023] No. 1, arts. 9, 10, 19; CBIRC Order 2022 No. 1, arts. 8, 9. Worked number: declared from
20270101 by an agreement, a party is one twelve months before, from 20260101 on.
"""

from typing import Any

import numpy as np

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.decisions.words import truths
from benyuan.governance.related.records import RELATED_DECLARATION, RELATED_DECLARED
from benyuan.governance.related.vocabulary import GROUND_NUMBER, DeclaredGround
from benyuan.parties.bodies.sources import Sourced
from benyuan.usecases.common import Id, Yyyymmdd
from benyuan.usecases.group.dated_fact import DatedFact, an_individual, body_need


@command("declare_related_party")
class DeclarationFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on `party` is a related party of `body` on this `ground`, or `holds` it no more."""

    body: Id
    party: Id
    ground: DeclaredGround
    holds: bool = True
    from_date: Yyyymmdd


class DeclareRelatedParty(DatedFact):
    """Records it."""

    command = DeclarationFields
    needs = (body_need("body"), body_need("party"))
    table, kind, result = RELATED_DECLARATION, RELATED_DECLARED, "declaration"
    names = ("body", "party")
    words = {"ground": ("ground", GROUND_NUMBER)}  # noqa: RUF012  read only
    pair = ("body", "party")

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Of a body, not of an individual."""
        return {**super().faults(case), **an_individual(case, "body")}

    def columns(self, case: Case) -> dict[str, Any]:
        """Whether it holds, besides."""
        return {**super().columns(case), "holds": truths(case.batch, "holds").astype(np.int64)}
