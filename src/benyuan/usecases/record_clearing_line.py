"""A line of the clearing house's file of single transactions, as the house wrote it; the close of a day matches it.

Sources: PBoC Order [2021] No. 1, arts. 29, 41; State Council Order 768, art. 30. Worked number: a file of a million
lines comes in as 125 batches, and leaves one row that says where in the log they stand.
"""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.payments.clearing.closing import DIRECTIONS
from benyuan.payments.clearing.records import CLEARING_PART, CLEARING_PART_CAME, CLEARING_PART_GREW
from benyuan.payments.reserve_entries import Direction
from benyuan.payments.vocabulary import ReserveDirection
from benyuan.rules import RulePack
from benyuan.usecases.common import INSTITUTION_NEEDS, Id, MaybeId, Yyyymmdd, faults_where, no_such_day, numbered, rows

CARRIED = ("lines", "received_fen", "paid_fen")
LINE_MAX_FEN = 10**12  # tidy: number a bound that we chose: nine million such lines can be added up
LineFen: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=LINE_MAX_FEN)]
HouseReference: TypeAlias = Annotated[str, msgspec.Meta(max_length=64)]  # tidy: number a length that we chose


@command("record_clearing_line")
class ClearingLine(Command, frozen=True, kw_only=True):
    """By its file of `date` the clearing house has cleared `amount_fen` for `institution`, in this `direction`.

    `order` is the ID of our command that gave the order, as the house was told it; `reference` is the house's own.
    """

    institution: Id
    date: Yyyymmdd
    direction: ReserveDirection
    amount_fen: LineFen
    order: MaybeId = 0
    reference: HouseReference = ""


class RecordClearingLine(UseCase):
    """Takes such lines; nothing is posted, and what a line says is not doubted before the close."""

    command = ClearingLine
    needs = INSTITUTION_NEEDS
    surveys = True
    alone = False

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The date exists, is since the institution is there and not to come; the line names a reference."""
        batch = case.batch
        date = batch.integers("date")
        outside = (date > batch.on) | (date < case.facts["institution_registered_on"])
        early = faults_where(outside, batch, "date", "a day since the institution is there, and not to come")
        nameless = (batch.integers("order") == 0) & batch.equals("reference", "")
        unnamed = {
            place: Invalid(field="reference", value="", constraint="a reference, where no order is named")
            for place in np.flatnonzero(nameless).tolist()
        }
        return {**unnamed, **early, **no_such_day(batch, "date")}

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The part that waits for a close and has lines of the same institution and date, 0 where there is none."""
        del facts, rules
        waiting = np.flatnonzero(books.column(CLEARING_PART, "looked_at_on") == 0)
        held = {name: books.column(CLEARING_PART, name)[waiting] for name in ("institution", "date", *CARRIED)}
        columns = {f"part_{name}": np.zeros(len(batch), np.int64) for name in ("id", *CARRIED)}
        for place in range(1, len(waiting)):  # the first is the row of noughts
            mine = batch.integers("institution") == held["institution"][place]
            mine &= batch.integers("date") == held["date"][place]
            columns["part_id"][mine] = waiting[place]
            for name in CARRIED:
                columns[f"part_{name}"][mine] = held[name][place]
        return columns, {}

    def record(self, decided: Decided) -> Recorded:
        """Where the lines stand: a row for each institution and date, however many batches they come in."""
        batch, facts = decided.case.batch, decided.case.facts
        places = np.flatnonzero(decided.accepted)
        whose = np.column_stack([batch.integers("institution")[places], batch.integers("date")[places]])
        owners, one, group = _in_order_of_coming(whose)
        count, one = len(owners), places[one]
        known, carried = facts["part_id"][one], {name: facts[f"part_{name}"][one] for name in CARRIED}
        first, last = np.full(count, np.iinfo(np.int64).max), np.zeros(count, np.int64)
        np.minimum.at(first, group, batch.position[places])
        np.maximum.at(last, group, batch.position[places])
        direction, amount = batch.numbers("direction", DIRECTIONS)[places], batch.integers("amount_fen")[places]
        columns = {
            "id": np.where(known != 0, known, numbered(known == 0, facts.next_ids[CLEARING_PART.name])),
            "last": last,
            "lines": carried["lines"] + np.bincount(group, minlength=count),
            "received_fen": carried["received_fen"]
            + _sums(group, np.where(direction == Direction.received, amount, 0), count),
            "paid_fen": carried["paid_fen"] + _sums(group, np.where(direction == Direction.paid, amount, 0), count),
        }
        begun = {"institution": owners[:, 0], "date": owners[:, 1], "first": first, "looked_at_on": np.int64(0)}
        came = event(CLEARING_PART_CAME, rows(known == 0, **columns, **begun))
        return Recorded(results={}, events=[*came, *event(CLEARING_PART_GREW, rows(known != 0, **columns))])


def _in_order_of_coming(whose: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp], NDArray[np.intp]]:
    """The different rows, where each came first, and which of them each row is; so their numbers depend on no cut."""
    different, first, group = np.unique(whose, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    return different[order], first[order], np.argsort(order)[group.reshape(-1)]


def _sums(group: NDArray[np.int64], amounts: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    sums = np.zeros(count, np.int64)
    np.add.at(sums, group, amounts)
    return sums
