"""A data incident turns out graver than was thought: its clocks are those of the graver harm, from the finding as ever.

Sources: PBoC Order [2020] No. 5, art. 34; PIPL, art. 57. Harm never falls: an incident is not made smaller to win time.
What the authority asks for although no harm was seen (art. 57 para. 2) comes here too, as the harm that it sees.
Worked number: found on 2026-03-02 at 10:00 without harm; on 03-06 other harm is known: the branch should have been told
by 03-05 at 10:00, and is told late; the people are told on 03-06, the day on which the duty to tell them arose.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.records import DATA_INCIDENT_CHANGED
from benyuan.consumer_protection.claims.words import HARM_NUMBER, Harm
from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_AROSE
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.common import Count, Id, faults_where, numbered, rows
from benyuan.usecases.protection.claims.record_data_incident import due_at_of
from benyuan.usecases.protection.claims.report_data_incident import MISHAP_NEED
from benyuan.usecases.protection.claims.shared import Worded, changed
from benyuan.values.dates import local_days


@command("update_data_incident", version=2, personal=("words",), identified=True)
class DataIncidentGrown(Worded, frozen=True, kw_only=True):
    """What is known of `data_incident` now: its `harm`, how many `people`, and in `words` what was found out."""

    data_incident: Id
    harm: Harm
    people: Count
    words: Words


class UpdateMishap(UseCase):
    """Raises the duties that were none, and moves the days of those that are open."""

    command = DataIncidentGrown
    needs = (MISHAP_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """One after another."""
        return (batch.integers("data_incident"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is open, and no harm is taken back."""
        batch, facts = case.batch, case.facts
        lesser = batch.numbers("harm", HARM_NUMBER) > facts["mishap_harm"]
        fewer = batch.integers("people") < facts["mishap_people"]
        said = batch.values("harm")
        return {
            **faults_where(fewer, batch, "people", "no fewer than were known"),
            **{
                place: Invalid(field="harm", value=str(said[place]), constraint="no less than was known")
                for place in np.flatnonzero(lesser).tolist()
            },
            **faults_where(facts["mishap_closed_on"] != 0, batch, "data_incident", "one that is open"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Until when the branch is told now, and the duties."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        found = zip(batch.values("harm"), facts["mishap_found_at"].tolist(), accepted.tolist(), strict=True)
        due_at = np.array([due_at_of(case, harm=harm, found_at=at) if ok else 0 for harm, at, ok in found], np.int64)
        danger = batch.equals("harm", Harm.danger)
        new = accepted & (due_at != 0) & (facts["mishap_branch_duty"] == 0)
        first = numbered(new, facts.next_ids[PROTECTION_DUTY.name], step=2)
        branch = np.where(new, first, facts["mishap_branch_duty"])
        customers = np.where(new, first + 1, facts["mishap_customers_duty"])
        last_on = np.where(due_at != 0, local_days(due_at), 0)
        due_at = np.where(accepted & (facts["mishap_branch_at"] != 0), facts["mishap_due_at"], due_at)
        kept = {
            "harm": batch.numbers("harm", HARM_NUMBER),
            "people": batch.integers("people"),
            "due_at": due_at,
            "branch_duty": branch,
            "customers_duty": customers,
        }
        moved = accepted & ~new & danger
        arose = _arose(case, new, branch=branch, customers=customers, last_on=last_on, danger=danger)
        return Recorded(
            results={"due_at": due_at, "branch_duty": branch, "customers_duty": customers},
            events=[
                *event(DATA_INCIDENT_CHANGED, rows(accepted, id=batch.integers("data_incident"), **kept)),
                *event(PROTECTION_DUTY_AROSE, arose),
                *changed(moved & (facts["mishap_branch_at"] == 0), duty=branch, due_on=last_on),
                *changed(moved & (facts["mishap_customers_at"] == 0), duty=customers, due_on=last_on),
            ],
        )


def _arose(
    case: Case,
    new: NDArray[np.bool_],
    *,
    branch: NDArray[np.int64],
    customers: NDArray[np.int64],
    last_on: NDArray[np.int64],
    danger: NDArray[np.bool_],
) -> dict[str, list[Any]]:
    """The duties that were none before, the branch's before the customers' of the same incident."""
    table: dict[str, list[Any]] = {name: [] for name in ("id", *PROTECTION_DUTY.columns)}
    for place in np.flatnonzero(new).tolist():
        shared = {"about": int(case.batch.integers("data_incident")[place]), "arose_on": case.batch.on}
        told_by = int(last_on[place]) if danger[place] else case.batch.on
        for row in (
            {"id": int(branch[place]), "kind": int(DutyKind.report_incident), "due_on": int(last_on[place])},
            {"id": int(customers[place]), "kind": int(DutyKind.tell_of_incident), "due_on": told_by},
        ):
            for column, held in table.items():
                held.append({**shared, **row}.get(column, 0))
    return table
