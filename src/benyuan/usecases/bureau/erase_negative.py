"""Negative data that are over their years leave the file: of some accounts their months, of some persons their records.

Sources: State Council Order 631, art. 16 (five years from the end of the event, then deleted); PBoC Order [2021] No. 4,
art. 20. What stays is the log, in which no record stands, and this command in it: how many went, when, by which rule.
Worked number: arrears that were paid on 2026-06-10 are there on 2031-06-10 and erased on 2031-06-11.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import MONTH, PUBLIC
from benyuan.credit_bureau.records import BUREAU, CREDIT_LINE, RECORDS_ERASED, SUBJECT
from benyuan.credit_bureau.retention import months_over, public_over
from benyuan.credit_bureau.sieves import RETENTION
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, faults_where

NAMES = ("id", "page", "row")


class Kept(StrEnum):
    """What negative data are kept of: accounts by months, persons by records of courts and authorities."""

    months = "months"
    public = "public"


@command("erase_negative", never_ahead=True)
class ErasureFields(Command, frozen=True, kw_only=True):
    """Erase at `bureau` what is over of the accounts (`months`) or persons (`public`) from `first` to `last`."""

    bureau: Id
    sort: Kept
    first: Id
    last: Id


class EraseNegative(UseCase):
    """Looks the records through; it names none, so that none can be left out or taken that is not over."""

    command = ErasureFields
    needs = (Need(table=BUREAU, by="bureau", prefix="bureau"),)
    surveys = True
    reads_sealed = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The records that are over."""
        del facts
        value = rules.in_force(id=RETENTION, on=batch.on)
        if value is None:  # the decision says so
            return {}, dict.fromkeys(NAMES, np.zeros(0, np.int64))
        span = {name: int(batch.integers(name)[0]) for name in ("first", "last")}
        bureau = int(batch.integers("bureau")[0])
        return {}, over_in(books, Kept(batch.values("sort")[0]), bureau=bureau, years=value.count, on=batch.on, **span)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The rule is in force; from first to last is forwards."""
        case.rules.value(id=RETENTION, on=case.batch.on)
        backwards = case.batch.integers("last") < case.batch.integers("first")
        return faults_where(backwards, case.batch, "last", "a number not below the first")

    def record(self, decided: Decided) -> Recorded:
        """What goes."""
        flows = decided.case.facts.flows
        gone = {name: flows[name] for name in NAMES}
        return Recorded(
            results={"erased": np.array([len(gone["id"])], np.int64)},
            events=event(RECORDS_ERASED, gone) if decided.accepted.all() else [],
        )


def over_in(
    books: Books, sort: Kept, *, bureau: int, first: int, last: int, years: int, on: int
) -> dict[str, NDArray[np.int64]]:
    """Where the records lie that are over: the position of the parcel as `id`, its page, the row in it."""
    months = sort is Kept.months
    layout, table = (MONTH, CREDIT_LINE) if months else (PUBLIC, SUBJECT)
    over: Any = months_over if months else public_over
    of = books.column(table, "bureau")
    parts: dict[str, list[NDArray[np.int64]]] = {name: [np.zeros(0, np.int64)] for name in NAMES}
    for found in books.all_furnished(layout, first=first, last=last):
        owners = found.records[layout.owner]
        gone = over(found.records, years=years, on=on) & (of[np.minimum(owners, len(of) - 1)] == bureau)
        for name, column in zip(NAMES, (found.position, found.page, found.row), strict=True):
            parts[name].append(column[gone])
    return {name: np.concatenate(columns) for name, columns in parts.items()}
