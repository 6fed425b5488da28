"""A branch that acquires for merchants of its province, or the seat itself.

Sources: State Council Order 768, art. 12; PBoC Announcement [2013] No. 9, art. 44. Worked case: filed on 30 April a
branch may open on 1 May; filed on 1 May it may not.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.payments.places import (
    BRANCH,
    BRANCH_CHANGED,
    BRANCH_RECORDED,
    FILED,
    OF_INSTITUTION,
    PROVINCE_NUMBER,
    Province,
)
from benyuan.rules import RulePack
from benyuan.usecases.common import INSTITUTION_NEEDS, Id, Truth, Yyyymmdd, no_such_day, rows

NAMES = ("opened_on", "closed_on", "seat")


@command("record_branch")
class Branch(Command, frozen=True, kw_only=True):
    """`institution` acquires in `province` from `opened_on` on, by a branch filed on `filed_on`, or at its `seat`."""

    institution: Id
    province: Province
    opened_on: Yyyymmdd
    filed_on: Yyyymmdd = 0
    seat: Truth = False


def branch_keys(batch: Batch) -> NDArray[np.int64]:
    """The key of each command's branch."""
    numbers = batch.numbers("province", PROVINCE_NUMBER)
    return np.asarray(batch.integers("institution") * OF_INSTITUTION + numbers, np.int64)


def branches_there(batch: Batch, books: Books) -> dict[str, NDArray[np.int64]]:
    """What is known of each command's branch, as `branch_…`, and whether the institution has another seat."""
    columns = {name: books.column(BRANCH, name) for name in BRANCH.columns}
    keys = (columns["institution"] * OF_INSTITUTION + columns["province"]).tolist()
    places = {key: place for place, key in enumerate(keys) if key}
    mine = branch_keys(batch)
    found = np.array([places.get(key, 0) for key in mine.tolist()], np.int64)
    seats = np.flatnonzero(columns["seat"])
    others = [
        any(columns["institution"][seat] == key // OF_INSTITUTION and keys[seat] != key for seat in seats.tolist())
        for key in mine.tolist()
    ]
    there = {f"branch_{name}": columns[name][found] for name in NAMES}
    return {**there, "branch_found": (found != 0).astype(np.int64), "other_seat": np.array(others, np.int64)}


def is_seat(case: Case) -> NDArray[np.bool_]:
    """Where the seat is recorded."""
    return np.array(case.batch.values("seat"), np.bool_)


def filed_before(case: Case) -> NDArray[np.bool_]:
    """A branch is filed on a day before it opens, and not in days to come."""
    case.rules.value(id=FILED, on=case.batch.on)
    filed = case.batch.integers("filed_on")
    in_time = (filed != 0) & (filed <= case.batch.on) & (filed < case.batch.integers("opened_on"))
    return np.asarray(is_seat(case) | in_time, np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    filed = int(case.batch.integers("filed_on")[place])
    return {"filed_on": filed or "never", "opened_on": int(case.batch.integers("opened_on")[place])}


class RecordBranch(UseCase):
    """Records it, or opens one again that was closed."""

    command = Branch
    needs = INSTITUTION_NEEDS
    gates = (Gate(rule=FILED, passes=filed_before, figures=_figures, applies=lambda case: ~is_seat(case)),)
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """One branch a province, one seat an institution."""
        return (batch.integers("institution"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What there is already."""
        del facts, rules
        return branches_there(batch, books), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The days exist; a province, none that has an open branch already; no second seat."""
        batch, facts = case.batch, case.facts
        nowhere = batch.numbers("province", PROVINCE_NUMBER) == 0
        stands = facts.found("branch") & (facts["branch_closed_on"] == 0)
        wrong = {
            place: Invalid(field="province", value=batch.values("province")[place], constraint=constraint)
            for where, constraint in (
                (is_seat(case) & (facts["other_seat"] != 0), "that of the seat, which is another"),
                (stands, "one without an open branch or seat of the institution"),
                (nowhere, "a province"),
            )
            for place in np.flatnonzero(where).tolist()
        }
        return {**wrong, **no_such_day(batch, "filed_on", none=True), **no_such_day(batch, "opened_on")}

    def record(self, decided: Decided) -> Recorded:
        """The branch."""
        case, accepted = decided.case, decided.accepted
        batch, known = case.batch, case.facts.found("branch")
        entry = {
            "id": branch_keys(batch),
            "institution": batch.integers("institution"),
            "province": batch.numbers("province", PROVINCE_NUMBER),
            "seat": is_seat(case).astype(np.int64),
            "filed_on": batch.integers("filed_on"),
            "opened_on": batch.integers("opened_on"),
            "closed_on": 0,
        }
        return Recorded(
            results={},
            events=[
                *event(BRANCH_RECORDED, rows(accepted & ~known, **entry)),
                *event(BRANCH_CHANGED, rows(accepted & known, **entry)),
            ],
        )
