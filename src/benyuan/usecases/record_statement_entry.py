"""An entry of the custodian's statement of the reserve, as the custodian wrote it; the close of a day matches it.

Source: PBoC Order [2021] No. 1, art. 41.
"""

import numpy as np

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.records import RESERVE_ENTRY, RESERVE_ENTRY_MADE
from benyuan.payments.reserve_entries import Direction, Side
from benyuan.payments.vocabulary import ReserveDirection
from benyuan.usecases.common import INSTITUTION_NEEDS, Fen, Id, Reference, Yyyymmdd, no_such_day, numbered, rows

DIRECTIONS = {direction.value: Direction[direction.name] for direction in ReserveDirection}


@command("record_statement_entry")
class StatementEntry(Command, frozen=True, kw_only=True):
    """On `date` the custodian moved `amount_fen` into or out of the reserve of `institution`, under its `reference`."""

    institution: Id
    date: Yyyymmdd
    direction: ReserveDirection
    reference: Reference
    amount_fen: Fen


class RecordStatementEntry(UseCase):
    """Takes such entries; nothing is posted."""

    command = StatementEntry
    needs = INSTITUTION_NEEDS

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The date exists."""
        return no_such_day(case.batch, "date")

    def record(self, decided: Decided) -> Recorded:
        """The entry, open until a close matches it."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[RESERVE_ENTRY.name])
        columns = rows(
            accepted,
            id=ids,
            institution=batch.integers("institution"),
            side=np.int64(Side.statement),
            date=batch.integers("date"),
            direction=batch.numbers("direction", DIRECTIONS),
            reference=batch.text_numbers("reference"),
            amount_fen=batch.integers("amount_fen"),
            position=batch.position,
            matched_on=np.int64(0),
        )
        return Recorded(results={"reserve_entry": ids}, events=event(RESERVE_ENTRY_MADE, columns))
