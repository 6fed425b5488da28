"""What all commands of dated facts share: both bodies are there, the day and the source fit, and one row is written."""

from typing import Any

import numpy as np

from benyuan.decisions.events import event
from benyuan.decisions.facts import Need, Table
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.parties.bodies.records import BODY
from benyuan.parties.bodies.sources import is_invented
from benyuan.parties.bodies.vocabulary import BODY_KIND_NUMBER, BodyKind
from benyuan.usecases.common import faults_where, no_such_day, numbered, rows
from benyuan.usecases.group.shared import source_faults

INDIVIDUAL, AUTHORITY = (BODY_KIND_NUMBER[kind] for kind in (BodyKind.individual, BodyKind.authority))


def body_need(field: str) -> Need:
    """The body that a field names."""
    return Need(table=BODY, by=field, prefix=field)


class DatedFact(UseCase):
    """One row of a table of dated facts. `table`, `kind`: where it goes; `names`: its columns that are of the command.

    `words`: columns that are words, with their numbers; `pair`: two fields that name different bodies, if any; `day`:
    the field with the day from which it holds.
    """

    table: Table
    kind: str
    names: tuple[str, ...]
    words: dict[str, tuple[str, dict[str, int]]]
    pair: tuple[str, str] | None
    day = "from_date"
    result = "record"

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A day that exists, a source, two bodies; no more than the whole."""
        batch = case.batch
        found = {**source_faults(case), **no_such_day(batch, self.day)}
        if self.pair:
            one, other = self.pair
            found |= faults_where(
                batch.integers(one) == batch.integers(other), batch, other, f"another body than {one}"
            )
        if "whole" in self.names:
            more = batch.integers("part") > batch.integers("whole")
            found |= faults_where(more, batch, "part", "no more than the whole")
        return found

    def columns(self, case: Case) -> dict[str, Any]:
        """The columns of the row."""
        batch = case.batch
        worded = {column: batch.numbers(field, numbers) for column, (field, numbers) in self.words.items()}
        named = {name: batch.integers(name) for name in self.names}
        return {
            **named,
            "from_date": batch.integers(self.day),
            **worded,
            "invented": is_invented(batch),
            "position": batch.position,
        }

    def record(self, decided: Decided) -> Recorded:
        """The row."""
        case, accepted = decided.case, decided.accepted
        ids = numbered(accepted, case.facts.next_ids[self.table.name])
        return Recorded(
            results={self.result: ids}, events=event(self.kind, rows(accepted, id=ids, **self.columns(case)))
        )


def not_an_individual(case: Case, field: str) -> dict[int, Invalid]:
    """A fault where a field names no individual."""
    other = case.facts[f"{field}_kind"] != INDIVIDUAL
    return faults_where(np.asarray(other, np.bool_), case.batch, field, "an individual")


def an_individual(case: Case, field: str) -> dict[int, Invalid]:
    """A fault where a field names an individual, of whom nobody holds anything."""
    other = case.facts[f"{field}_kind"] == INDIVIDUAL
    return faults_where(np.asarray(other, np.bool_), case.batch, field, "a body that is no individual")


def an_authority(case: Case, field: str, *, of: str) -> dict[int, Invalid]:
    """A fault where an authority is somebody's: it is never a related party, so a company would hide as one."""
    others = (case.facts[f"{field}_kind"] == AUTHORITY) & (case.facts[f"{of}_kind"] != AUTHORITY)
    held = case.batch.integers("part") != 0
    what = "a body that is no authority: those are of authorities alone"
    return faults_where(np.asarray(others & held, np.bool_), case.batch, field, what)
