"""Credit files for tests: months as letters, records of a layout from words, rows folded straight into tables."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import MONTH, PUBLIC
from benyuan.credit_bureau.report.file import CreditFile, Line
from benyuan.credit_bureau.vocabulary import PUBLIC_KIND_NUMBER, STATUS_NUMBER, AccountType, MemberSort
from benyuan.decisions.events import FOLDS, Event
from benyuan.decisions.parcels import Layout
from benyuan.engine.group import Group
from benyuan.values.days import months_later
from tests.unit.ledger.books import china

ON = 20261128
NOON = china("2026-11-28T12:00")


def months(account: int, first: int, letters: str, **columns: Any) -> NDArray[Any]:
    """Months of an account from `first` (yyyymm) on, a letter each; a blank is a month that isn't held.

    `columns`: a value for all, or `{month: value}`.
    """
    held = [place for place, letter in enumerate(letters) if letter != " "]
    made = np.zeros(len(held), MONTH.dtype)
    made["account"] = account
    made["month"] = [int(months_later(np.array([first * 100 + 1]), place)[0]) // 100 for place in held]
    made["status"] = [STATUS_NUMBER[letters[place]] for place in held]
    for name, value in columns.items():
        if isinstance(value, dict):
            for month, each in value.items():
                made[name][made["month"] == month] = each
        else:
            made[name] = value
    return made


def public(*records: dict[str, Any]) -> NDArray[Any]:
    """Public records, the kind in words."""
    made = np.zeros(len(records), PUBLIC.dtype)
    for place, record in enumerate(records):
        for name, value in record.items():
            made[name][place] = PUBLIC_KIND_NUMBER[value] if name == "kind" else value
    return made


def line(account: int = 1, **fields: Any) -> Line:
    """An account, a bank's credit card unless told otherwise."""
    plain = {"member": 1, "sort": MemberSort.bank, "type": AccountType.credit_card}
    return Line(account=account, **{**plain, "opened_on": 20200101, "limit_fen": 2_000_000, **fields})


def file_of(*parts: NDArray[Any], lines: tuple[Line, ...] = (), **fields: Any) -> CreditFile:
    """A file with these months."""
    held = np.concatenate(parts) if parts else np.zeros(0, MONTH.dtype)
    plain: dict[str, Any] = {"bureau": 1, "subject": 7, "at": NOON, "position": 100}
    return CreditFile(months=held, lines=lines or (line(),), **{**plain, **fields})


def fold(group: Group, kind: str, *rows: dict[str, int]) -> None:
    """Rows of an event; columns that aren't named are 0, and ids follow one another where the table has its own."""
    table = FOLDS[kind, 1].table
    held = group.records.tables[table.name]
    names = ("id", *table.columns)
    made = [{"id": held.next_id + place, **row} for place, row in enumerate(rows)]
    group.records.fold(Event(kind=kind, columns={name: [row.get(name, 0) for row in made] for name in names}))


def keep(group: Group, layout: Layout, records: NDArray[Any], *, position: int, on: int = ON) -> None:
    """Records of a parcel at a log position."""
    order = np.argsort(records[layout.owner], kind="stable")
    group.pages.keep(layout=layout, position=position, on=on, records=records[order])
