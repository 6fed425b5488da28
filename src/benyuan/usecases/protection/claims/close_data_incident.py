"""A data incident is over: what was done against it is on record, and all who had to be told have been.

Sources: PBoC Order [2020] No. 5, art. 34; PIPL, art. 57. Order of checks: the branch and the customers, the authority.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.deadlines import AUTHORITY, BREACH
from benyuan.consumer_protection.claims.records import DATA_INCIDENT_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.claims.report_data_incident import MISHAP_NEED
from benyuan.usecases.protection.claims.shared import Worded


@command("close_data_incident", personal=("words",), identified=True)
class DataIncidentOver(Worded, frozen=True, kw_only=True):
    """`data_incident` has been dealt with; `words`: what was done and what people can do."""

    data_incident: Id
    words: Words


def _all_told(rule: str, *whom: str) -> Gate:
    def passes(case: Case) -> NDArray[np.bool_]:
        facts = case.facts
        told = [(facts[f"mishap_{each}_duty"] == 0) | (facts[f"mishap_{each}_at"] != 0) for each in whom]
        return np.asarray(np.logical_and.reduce(told), np.bool_)

    def figures(case: Case, place: int) -> dict[str, Any]:
        return {f"{each}_told": int(case.facts[f"mishap_{each}_at"][place] != 0) for each in whom}

    return Gate(rule=rule, passes=passes, figures=figures)


class CloseMishap(UseCase):
    """Keeps the day."""

    command = DataIncidentOver
    needs = (MISHAP_NEED,)
    gates = (_all_told(BREACH, "branch", "customers"), _all_told(AUTHORITY, "authority"))

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """It is closed once."""
        return (batch.integers("data_incident"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is open."""
        return faults_where(case.facts["mishap_closed_on"] != 0, case.batch, "data_incident", "one that is open")

    def record(self, decided: Decided) -> Recorded:
        """Over."""
        batch = decided.case.batch
        closed = rows(decided.accepted, id=batch.integers("data_incident"), closed_on=batch.on)
        return Recorded(
            results={"closed_on": np.full(len(batch), batch.on, np.int64)},
            events=event(DATA_INCIDENT_CHANGED, closed),
        )
