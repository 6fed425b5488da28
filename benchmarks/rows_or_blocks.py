"""Rows or one block a batch, at the journal's true width: `python benchmarks/rows_or_blocks.py [LEGS] [DIRECTORY]`.

Each way writes the same journal rows (fifteen columns, batches of 8,000, one durable commit each) and reads them back
into columns. The ways take turns, three rounds; medians, with the least and the most, and the rate per second of work
(CPU time). What came of it:
docs/algorithms/measurements.md.
"""

import sqlite3
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benyuan.cli.benches.bare import WIDE, flattened, statement
from benyuan.cli.benches.ledger import LedgerSizes, batches
from benyuan.cli.benches.measuring import Stopwatch, fresh_directory
from benyuan.cli.benches.payments import PaymentSizes
from benyuan.cli.benches.verifying import build_payments
from benyuan.engine.codec import unpacked
from benyuan.ledger import Ledger
from benyuan.ledger.layout import ROW
from benyuan.storage.sqlite import SqliteStore

ROUNDS = 3
BATCH = 8_000
HUNDRED = 100
SETTINGS = ("page_size = 16384", "journal_mode = WAL", "synchronous = FULL", "cache_size = -65536")
TABLE = f"CREATE TABLE leg(id INTEGER PRIMARY KEY, {', '.join(f'{name} INTEGER NOT NULL' for name in WIDE)}) STRICT"
BLOCK_TABLE = "CREATE TABLE block(seq INTEGER PRIMARY KEY, legs INTEGER NOT NULL, rows BLOB NOT NULL) STRICT"
SELECT = f"SELECT {', '.join(WIDE)} FROM leg ORDER BY id"

Rows = NDArray[Any]


def connect(path: Path, *, kind: str) -> Any:
    connection: Any = apsw.Connection(str(path)) if kind == "apsw" else sqlite3.connect(path, isolation_level=None)
    for setting in (*SETTINGS, "wal_autocheckpoint = 2000"):
        connection.execute(f"PRAGMA {setting}").fetchall()
    return connection


def tuples(rows: Rows) -> list[tuple[int, ...]]:
    return list(zip(*(rows[name].tolist() for name in WIDE), strict=True))


def one_row(connection: Any, rows: Rows) -> None:
    connection.executemany(statement(WIDE, rows=1), tuples(rows))


def hundred_rows(connection: Any, rows: Rows) -> None:
    parameters = flattened(rows, WIDE)
    step = HUNDRED * len(WIDE)
    whole = len(parameters) // step * step
    connection.executemany(statement(WIDE, rows=HUNDRED), (parameters[at : at + step] for at in range(0, whole, step)))
    if whole < len(parameters):
        connection.execute(statement(WIDE, rows=(len(parameters) - whole) // len(WIDE)), parameters[whole:])


def read_rows(connection: Any, total: int) -> Rows:
    table = np.empty(total, ROW)
    at = 0
    cursor = connection.execute(SELECT)
    while found := cursor.fetchmany(BATCH) if hasattr(cursor, "fetchmany") else _some(cursor):
        columns = np.array(found, np.int64)
        for place, name in enumerate(WIDE):
            table[name][at : at + len(found)] = columns[:, place]
        at += len(found)
    return table


def _some(cursor: Any) -> list[Any]:
    found = []
    for row in cursor:
        found.append(row)
        if len(found) == BATCH:
            break
    return found


def in_columns(rows: Rows) -> bytes:
    return b"".join(np.ascontiguousarray(rows[name]).tobytes() for name in WIDE)


def block_of(codec: str | None) -> Callable[[Any, Rows], None]:
    def write(connection: Any, rows: Rows) -> None:
        raw = in_columns(rows)
        data = pa.compress(raw, codec=codec, asbytes=True) if codec else raw
        connection.execute("INSERT INTO block(legs, rows) VALUES (?, ?)", (len(rows), data))

    return write


def read_blocks(codec: str | None) -> Callable[[Any, int], Rows]:
    width = sum(ROW[name].itemsize for name in WIDE)

    def read(connection: Any, total: int) -> Rows:
        table = np.empty(total, ROW)
        at = 0
        for legs, data in connection.execute("SELECT legs, rows FROM block ORDER BY seq"):
            raw = pa.decompress(data, decompressed_size=legs * width, codec=codec, asbytes=True) if codec else data
            start = 0
            for name in WIDE:
                table[name][at : at + legs] = np.frombuffer(raw, ROW[name], legs, start)
                start += legs * ROW[name].itemsize
            at += legs
        return table

    return read


@dataclass(frozen=True)
class Way:
    name: str
    library: str
    table: str
    write: Callable[[Any, Rows], None]
    read: Callable[[Any, int], Rows]


WAYS = (
    Way("rows, 1 a statement, sqlite3", "sqlite3", TABLE, one_row, read_rows),
    Way("rows, 1 a statement, apsw", "apsw", TABLE, one_row, read_rows),
    Way("rows, 100 a statement, sqlite3", "sqlite3", TABLE, hundred_rows, read_rows),
    Way("rows, 100 a statement, apsw", "apsw", TABLE, hundred_rows, read_rows),
    Way("block, raw", "sqlite3", BLOCK_TABLE, block_of(None), read_blocks(None)),
    Way("block, lz4", "sqlite3", BLOCK_TABLE, block_of("lz4"), read_blocks("lz4")),
    Way("block, zstd", "sqlite3", BLOCK_TABLE, block_of("zstd"), read_blocks("zstd")),
)


def run(way: Way, journals: list[Rows], directory: Path) -> tuple[Stopwatch, Stopwatch, float]:
    """(the time to write, the time to read, bytes a leg)."""
    path = directory / "store.db"
    total = sum(map(len, journals))
    connection = connect(path, kind=way.library)
    connection.execute(way.table)
    with Stopwatch() as writing:
        for rows in journals:
            connection.execute("BEGIN IMMEDIATE")
            way.write(connection, rows)
            connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with Stopwatch() as reading:
        table = way.read(connection, total)
    connection.close()
    assert all((table[name] == np.concatenate([rows[name] for rows in journals])).all() for name in ("amount", "code"))
    return writing, reading, path.stat().st_size / total


def compare(journals: list[Rows], base: Path | None) -> None:
    total = sum(map(len, journals))
    found: dict[str, list[tuple[Stopwatch, Stopwatch, float]]] = {way.name: [] for way in WAYS}
    for _ in range(ROUNDS):
        for way in WAYS:
            with fresh_directory(base) as directory:
                found[way.name].append(run(way, journals, directory))
    print("| way | written a second | per CPU s | read a second | per CPU s | bytes a leg |\n|---|---|---|---|---|---|")
    for name, runs in found.items():
        writing, reading, size = zip(*runs, strict=True)
        print(f"| {name} | {rates(writing, total)} | {rates(reading, total)} | {size[0]:.1f} |")


def rates(watches: tuple[Stopwatch, ...], total: int) -> str:
    clock = [watch.rate(total) for watch in watches]
    work = statistics.median(watch.cpu_rate(total) for watch in watches)
    return f"{statistics.median(clock):,.0f} ({min(clock):,} to {max(clock):,}) | {work:,.0f}"


def ledger_rows(legs: int) -> list[Rows]:
    """What the ledger bench journals: random accounts and amounts."""
    ledger = Ledger()
    ledger.create_accounts(book=1, unit=1, code=np.ones(100_000, np.int64))
    return [ledger.post(**columns).journal for columns in batches(LedgerSizes(legs=legs, batch=BATCH))]


def payment_rows(payments: int, base: Path | None) -> list[Rows]:
    """What the payments bench journals: chains of a money leg and its limit legs."""
    with fresh_directory(base) as directory:
        path = directory / "payments.db"
        build_payments(PaymentSizes(payments=payments), path)
        store = SqliteStore(path, read_only=True)
        chosen = (block for block in store.blocks() if block.kind == "pay")
        journals = [unpacked(block.rows, dtype=ROW, count=block.legs) for block in chosen]
        store.close()
    return journals


def main() -> None:
    legs = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    base = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    print(f"bare legs: {legs:,}")
    compare(ledger_rows(legs), base)
    paid = payment_rows(legs // 5, base)
    print(f"\nlegs of payments: {sum(map(len, paid)):,}, in blocks of {len(paid[0]):,}")
    compare(paid, base)


if __name__ == "__main__":
    main()
