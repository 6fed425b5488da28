"""What closes have left, in a form in which two groups can be compared: entries, rows of parts, chains of steps."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from benyuan.engine.codec import unpacked
from benyuan.ledger.layout import ROW
from tests.unit.lending.lenders import Lender

ENTRY = ("debit_account", "credit_account", "amount", "code")
NOT_COMPARED = {"id", "previous", "position", "due_step"}
"""Ids and positions go by the order of commands, which may differ; what the steps say may not."""


def entries(lender: Lender) -> dict[int, list[tuple[int, int, int, int]]]:
    """For each closed day the entries that its close has posted: accounts, amount, code."""
    found: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for block in lender.group.store.blocks():
        if block.kind != "close_lender_day" or not block.legs:
            continue
        for row in unpacked(block.rows, dtype=ROW, count=block.legs):
            debit, credit, amount, code = (int(row[name]) for name in ENTRY)
            found[int(row["business_date"])].append((debit, credit, amount, code))
    return {date: sorted(rows) for date, rows in sorted(found.items())}


def totals(lender: Lender, *, number: int = 1) -> dict[tuple[int, int, int], dict[str, int]]:
    """For each day, product and partner what its shards add up to."""
    found: dict[tuple[int, int, int], dict[str, int]] = {}
    for row in rows_of(lender, "lender_closed_part"):
        if row["lender"] == number and row["product"]:
            whole = found.setdefault((row["date"], row["product"], row["partner"]), {})
            for name in set(row) - {"id", "lender", "date", "shard", "shards", "product", "partner"}:
                whole[name] = whole.get(name, 0) + row[name]
    return found


def chains(lender: Lender, table: str, owner: str) -> dict[int, list[Mapping[str, int]]]:
    """The steps of each loan or account, in order."""
    found: dict[int, list[Mapping[str, int]]] = defaultdict(list)
    for row in rows_of(lender, table):
        found[row[owner]].append({name: row[name] for name in row if name not in NOT_COMPARED})
    return dict(sorted(found.items()))


def rows_of(lender: Lender, table: str) -> list[dict[str, int]]:
    """All rows of a table of records, by the names of their columns."""
    held = lender.group.records.tables[table]
    return [dict(zip(("id", *held.table.columns), row.tolist(), strict=True)) for row in held.rows()]


def left_by(lender: Lender) -> dict[str, Any]:
    """All of it."""
    return {
        "entries": entries(lender),
        "totals": totals(lender),
        "loans": chains(lender, "loan_step", "loan"),
        "accounts": chains(lender, "credit_account_step", "account"),
    }
