"""Facts as use cases declare them: from the records, from accepted commands, from a survey of book and day."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.facts import Facts, Need, Table
from benyuan.decisions.outcomes import Invalid, Outcome
from benyuan.decisions.usecase import UseCase
from benyuan.engine.books import EngineBooks
from benyuan.engine.checks import CheckGate
from benyuan.engine.codec import item_of
from benyuan.engine.pages import Pages
from benyuan.engine.readers import ReaderGate
from benyuan.engine.reading import Reader
from benyuan.engine.records import Records
from benyuan.ledger import Ledger
from benyuan.rules import RulePack


class FactLoader:
    """Loads the facts of a batch."""

    def __init__(self, *, records: Records, reader: Reader, ledger: Ledger, pages: Pages) -> None:
        self._records = records
        self._pages = pages
        self._reader = reader
        self._ledger = ledger
        self._checks = CheckGate(records)
        self._readers = ReaderGate(records)

    def load(self, batch: Batch, case: UseCase, rules: RulePack) -> tuple[Facts, dict[int, Invalid]]:
        """The facts, and a fault for each command that names something that does not exist."""
        columns: dict[str, NDArray[np.int64]] = {}
        missing: dict[int, Invalid] = {}
        for need in case.needs:
            led_to = need.by in columns and need.by not in batch.columns
            ids = columns[need.by] if led_to else batch.integers(need.by)
            found = self._rows(need, ids, batch)
            columns |= {f"{need.prefix}_{name}": column for name, column in found.items()}
            if need.by in batch.columns and not (need.table.dated or need.table.keyed or need.via):
                _note_missing(need, ids, found["found"], missing)
        flows: dict[str, NDArray[np.int64]] = {}
        if case.surveys and not (missing and case.alone):
            position = int(batch.position[0])
            books = EngineBooks(
                ledger=self._ledger, records=self._records, reader=self._reader, pages=self._pages, position=position
            )
            sums, flows = case.survey(batch, columns, books, rules)
            columns |= sums
        facts = Facts(
            columns=columns,
            next_ids=self._records.next_ids(),
            next_account=self._ledger.account_count + 1,
            flows=flows,
        )
        facts = self._checks.with_facts(batch, facts, rules)
        return self._readers.with_facts(batch, facts, rules), missing

    def _rows(self, need: Need, ids: NDArray[np.int64], batch: Batch) -> dict[str, Any]:
        table = need.table
        if not table.command:
            return self._records.look_up(table, ids, on=batch.on, via=need.via)
        # Only what stands before the batch: a log that is decided again is longer than it was.
        asked = np.where(ids < batch.position[0], ids, 0)
        rows = [self._of_command(table, int(position)) for position in asked]
        return {name: np.array([row[name] for row in rows], np.int64) for name in (*table.columns, "found")}

    def _of_command(self, table: Table, position: int) -> dict[str, int]:
        nothing = dict.fromkeys((*table.columns, "found"), 0)
        try:
            opened = self._reader.at_position(position)
        except KeyError:
            return nothing
        place = position - opened.block.first_position
        if opened.block.kind != table.command or opened.status[place] != Outcome.accepted:
            return nothing
        held = {**opened.outcome["results"], **opened.body["columns"], "at": opened.body["at"]}
        row = {name: int(item_of(held[name], place)) for name in table.columns}
        return {**row, "found": 1}


def _note_missing(need: Need, ids: NDArray[np.int64], found: NDArray[np.int64], missing: dict[int, Invalid]) -> None:
    absent = np.flatnonzero((found == 0) & (ids != 0))
    what = need.table.name.replace("_", " ")
    article = "an" if what[0] in "aeiou" else "a"
    for place in absent.tolist():
        fault = Invalid(
            field=need.by,
            value=int(ids[place]),
            constraint=f"the id of {article} {what} that exists",
        )
        missing.setdefault(place, fault)
