"""What belongs to one customer: ids of what is theirs, rows of tables, commands of the log with what was sealed.

Source: PIPL, arts. 45, 18, 35. What a law has kept secret is left out and named: reports of suspicions and what leads
to them (Anti-Money-Laundering Law 2024, arts. 7, 35). Names of staff in a command's sealed part are left out too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance import records as lender_records
from benyuan.credit_bureau import records as bureau_records
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.events import TABLES
from benyuan.decisions.facts import Table
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.group import Group
from benyuan.engine.reading import Opened
from benyuan.payments import records as payments_records
from benyuan.usecases import USE_CASES
from benyuan.usecases.bureau import BUREAU
from benyuan.usecases.lending import LENDING
from benyuan.usecases.protection.claims import CLAIMS
from benyuan.values.dates import china_time

SECRET_KINDS = frozenset({"open_case", "judge_case", "record_match", "open_investigation", "close_investigation"})
SECRET_TABLES = frozenset({"suspicious_case", "investigation", "held_record", "list_match"})
OF_STAFF = frozenset({"staff_name", "reviewer", "analyst", "operator"})
ROOMS = {
    "person": payments_records,
    "borrower": lender_records,
    "subject": bureau_records,
}
_LENDING = frozenset(case.command.kind for case in LENDING)
_BUREAU = frozenset(case.command.kind for case in BUREAU)
_SHARED = frozenset(case.command.kind for case in CLAIMS)


def _naming(field: str, *, without: frozenset[str]) -> frozenset[str]:
    """The kinds that have a field, but for those of another room."""
    return frozenset(kind for kind in USE_CASES if field in REGISTRY[kind].__struct_fields__) - without


KINDS = {
    "person": frozenset(USE_CASES) - _LENDING - _BUREAU,
    "borrower": _LENDING | _SHARED | _naming("borrower", without=_BUREAU),
    "subject": _BUREAU | _SHARED | _naming("subject", without=_LENDING),
}
"""In which commands a field names the customer: the same word means other things in other rooms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One customer's ids by the field or column in which they stand: person and wallet, borrower and loan and so on."""

    of: str
    keys: Mapping[str, frozenset[int]]


def holding(group: Group, *, of: str, number: int) -> Holding:
    """The customer's own, by one step of the records: wallets and bank accounts, loans and accounts, lines on file."""
    mine = {of: frozenset({number})}
    further = {
        "person": {"wallet": ("wallet", "person"), "bank_account": ("bank_account", "person")},
        "borrower": {"loan": ("loan", "borrower"), "account": ("credit_account", "borrower")},
        "subject": {
            "account": ("bureau_account", "subject"),
            "consent": ("bureau_consent", "subject"),
            "objection": ("bureau_objection", "subject"),
        },
    }[of]
    for key, (table, column) in further.items():
        mine[key] = frozenset(_places(group, table, column, mine[of]).tolist())
    if of == "person":
        mine["dispute"] = frozenset(_places(group, "dispute", "wallet", mine["wallet"]).tolist())
        mine |= {"payer": mine["wallet"], "payee": mine["wallet"], "principal": mine["person"]}
    if of == "borrower":
        mine["offer"] = frozenset(_places(group, "loan_offer", "borrower", mine[of]).tolist())
    claimed = {name: table for name, table in _CLAIMED.items() if of in TABLES[table].columns}
    mine |= {name: _claimed(group, table, of, number) for name, table in claimed.items()}
    return Holding(of=of, keys=mine)


_CLAIMED = {"complaint": "customer_complaint", "request": "data_request", "debt_claim": "debt_claim"}


def _claimed(group: Group, table: str, of: str, number: int) -> frozenset[int]:
    return frozenset(_places(group, table, of, frozenset({number})).tolist())


def tables(group: Group, mine: Holding) -> dict[str, list[dict[str, int]]]:
    """The rows that are the customer's, by table; `id` first."""
    found = {}
    for table in _own_tables(mine.of):
        places = _rows_of(group, table, mine)
        if len(places):
            held = group.records.tables[table.name]
            ids = held.ids()
            found[table.name] = [
                {"id": int(ids[place]), **{name: int(held.column(name)[place]) for name in table.columns}}
                for place in places.tolist()
            ]
    return found


def commands(group: Group, mine: Holding) -> Iterator[dict[str, Any]]:
    """What was asked about the customer and what came of it, oldest first, opened. Errors: VaultLocked, SealBroken."""
    position = 1
    while position <= group.position:
        opened = group.reader.at_position(position)
        block = opened.block
        if block.kind in KINDS[mine.of] and block.kind not in SECRET_KINDS:
            yield from _of_block(group, opened, mine)
        position = block.first_position + block.commands


def _own_tables(of: str) -> list[Table]:
    """Those of the customer's room, and those of other parts that have the customer in a column."""
    own = [table for table in vars(ROOMS[of]).values() if isinstance(table, Table)]
    rest = [table for name, table in TABLES.items() if name not in _OF_ROOMS and of in table.columns]
    return [table for table in (*own, *rest) if table.name not in SECRET_TABLES and not table.command]


_OF_ROOMS = {table.name for room in ROOMS.values() for table in vars(room).values() if isinstance(table, Table)}


def _rows_of(group: Group, table: Table, mine: Holding) -> NDArray[np.int64]:
    held = group.records.tables[table.name]
    chosen = np.zeros(held.count + 1, np.bool_)
    for key, ids in mine.keys.items():
        if key in table.columns and not (key in _CLAIMED and table.name in _FOREIGN):
            chosen |= np.isin(held.column(key)[: held.count + 1], list(ids))
        if table.name in (key, _ITSELF.get((mine.of, key))):
            chosen |= np.isin(held.ids(), list(ids))
    chosen[0] = False
    return np.flatnonzero(chosen)


_ITSELF = {
    ("borrower", "account"): "credit_account",
    ("subject", "subject"): "bureau_subject",
    ("subject", "account"): "bureau_account",
}
"""Tables whose own rows the ids are of, where they have another name."""
_FOREIGN = frozenset({"bureau_complaint"})


def _places(group: Group, table: str, column: str, ids: Iterable[int]) -> NDArray[np.int64]:
    held = group.records.tables[table]
    found: NDArray[np.int64] = np.flatnonzero(np.isin(held.column(column)[1 : held.count + 1], list(ids))) + 1
    return found


def _of_block(group: Group, opened: Opened, mine: Holding) -> Iterator[dict[str, Any]]:
    """The commands of a block that name the customer, in their fields or in their results."""
    batch, results = opened.batch(), {name: opened.integers("results", name) for name in opened.outcome["results"]}
    named = np.zeros(len(batch), np.bool_)
    for key, ids in mine.keys.items():
        for columns in (batch.columns, results):
            if isinstance(columns.get(key), np.ndarray) and (key not in _CLAIMED or batch.kind in _SHARED):
                named |= np.isin(columns[key], list(ids))
    for place in np.flatnonzero(named).tolist():
        position = int(batch.position[place])
        sealed = group.payloads.read(position)
        yield {
            "command": position,
            "kind": batch.kind,
            "time": china_time(int(batch.at[place])),
            "outcome": Outcome(int(opened.status[place])).name,
            "fields": batch.row(place),
            "results": {name: int(column[place]) for name, column in results.items()},
            "personal": {name: text for name, text in (sealed or {}).items() if name not in OF_STAFF},
        }
