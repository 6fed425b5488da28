"""The embedded store: one SQLite file, nothing to install.

Every batch is one transaction, synchronous to the disk. A lock file beside the database keeps a second posting process
out; readers come and go as they like.
"""

import secrets
import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, get_type_hints

from benyuan.decisions.facts import Table
from benyuan.engine.blocks import Block
from benyuan.engine.store import StoreDamaged, StoreNewer
from benyuan.storage.formats import Found, known_numbers, to_read, to_write
from benyuan.storage.opening import MEMORY, check_file, connected, locked, not_ours
from benyuan.storage.schema import BLOCK_COLUMNS, FORMAT_VERSION
from benyuan.storage.sealed import SealedTables, as_json
from benyuan.storage.translating import translated
from benyuan.storage.typed import all_typed, typed

VAULT_BYTES = 16
ROWS_A_STATEMENT = 100


class SqliteStore(SealedTables):
    """A store in one SQLite file, or in memory."""

    def __init__(
        self, path: str | Path, *, read_only: bool = False, create: bool = True, synchronous: str = "FULL"
    ) -> None:
        """Open the file, made with its tables if it isn't there and `create` says so.

        Errors: StoreBusy, StoreUnavailable, StoreDamaged, StoreNewer.
        """
        self._path = str(path)
        self._read_only = read_only
        with ExitStack() as held:
            if self._path != MEMORY:
                check_file(Path(self._path), create=create and not read_only)
            if not read_only and self._path != MEMORY:
                held.enter_context(locked(Path(self._path)))
            self._connection = connected(self._path, read_only=read_only, synchronous=synchronous)
            held.callback(self._connection.close)
            self._prepare(read_only=read_only, create=create or self._path == MEMORY)
            self._let_go = weakref.finalize(self, held.pop_all().close)

    def _prepare(self, *, read_only: bool, create: bool) -> None:
        """Make the tables of a new database, bring up those of an earlier release; leave alone what is neither."""
        with translated():
            known = [row[0] for row in self._connection.execute("SELECT name FROM sqlite_schema")]
            if known and "setting" not in known:
                raise StoreDamaged(not_ours(self._path))
            found = Found(form=FORMAT_VERSION, columns={})
            if known or read_only or not create:
                found = self._found()
            if not read_only:
                self._create(found)
                return
            for statement in to_read(found):
                self._connection.execute(statement)

    def _found(self) -> Found:
        """What the database holds. Errors: StoreNewer; StoreDamaged where it is no store, or of no layout."""
        columns = {table: tuple(names.split()) for table, names in self._connection.execute(_COLUMNS)}
        try:
            form = self._connection.execute("SELECT value FROM setting WHERE name = 'format'").fetchone()
        except sqlite3.OperationalError as error:
            raise StoreDamaged(f"{self._path} holds no store: {error}") from error
        if form is None or not form[0].isdecimal():
            raise StoreDamaged(f"{self._path}: its tables are of no form: {form and form[0]}")
        named = self._connection.execute("SELECT name, number FROM layout") if "layout" in columns else iter(())
        numbers = dict(all_typed(named, (str, int), table="layout"))
        found = Found(form=int(form[0]), numbers=numbers, columns=columns)
        later, damaged = found.later(), found.damaged()
        if later:
            raise StoreNewer(f"{self._path} was written by a later release of benyuan: {'; '.join(later)}")
        if damaged:
            raise StoreDamaged(f"{self._path} was made by another release of benyuan, or is damaged: {damaged}")
        return found

    def _create(self, found: Found) -> None:
        """All in one transaction: whoever is killed in it leaves the database as it was."""
        self._connection.execute("BEGIN IMMEDIATE")
        for statement in to_write(found):
            self._connection.execute(statement)
        self._connection.execute(
            "INSERT OR IGNORE INTO setting(name, value) VALUES ('vault', ?)", (secrets.token_hex(VAULT_BYTES),)
        )
        if (found.form, found.numbers) != (FORMAT_VERSION, known_numbers()):
            self._connection.execute(
                "INSERT OR REPLACE INTO setting(name, value) VALUES ('format', ?)", (str(FORMAT_VERSION),)
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO layout(name, number) VALUES (?, ?)", known_numbers().items()
            )
        self._connection.execute("COMMIT")

    # ------------------------------------------------------------------------------------------- transactions

    def is_read_only(self) -> bool:
        """Whether nothing can be posted."""
        return self._read_only

    @contextmanager
    def moment(self) -> Iterator[None]:
        """What is read inside is of one moment, whatever is posted meanwhile."""
        with translated():
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            with translated():
                self._connection.execute("COMMIT")

    def begin(self) -> None:
        """Begin a batch."""
        with translated():
            self._connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make the batch durable."""
        with translated():
            self._connection.execute("COMMIT")

    def rollback(self) -> None:
        """Drop the batch."""
        if self._connection.in_transaction:
            with translated():
                self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Let go of the file and the lock; a store that is forgotten does so too."""
        self._let_go()

    # ------------------------------------------------------------------------------------------- the log

    def append(self, block: Block) -> None:
        """Add a block to the log."""
        with translated():
            self._connection.execute(_INSERT_BLOCK, tuple(getattr(block, name) for name in BLOCK_COLUMNS))

    def blocks(self, *, after: int = 0) -> Iterator[Block]:
        """The blocks with a seq above `after`, in order."""
        with translated():
            for row in self._connection.execute(f"{_SELECT_BLOCK} WHERE seq > ? ORDER BY seq", (after,)):
                yield _block(row)

    def last_block(self) -> Block | None:
        """The head of the log."""
        return self._one_block("ORDER BY seq DESC LIMIT 1", {})

    def first_at(self) -> int | None:
        """The time of the first block; None where there is none."""
        return self._number("SELECT last_at FROM block WHERE seq = 1", {})

    def block_of_leg(self, leg: int) -> Block | None:
        """The block that holds a leg."""
        return self._one_block(_WHERE_LEG, {"leg": leg})

    def block_of_position(self, position: int) -> Block | None:
        """The block that holds a command."""
        return self._one_block(
            "WHERE first_position <= :position AND commands > 0 AND :position < first_position + commands "
            "ORDER BY first_position DESC LIMIT 1",
            {"position": position},
        )

    def rows_of_leg(self, leg: int) -> tuple[int, int, bytes] | None:
        """Of the block that holds a leg: its first leg, how many it has, and their packed columns."""
        with translated():
            row = self._connection.execute(_SELECT_ROWS, {"leg": leg}).fetchone()
        if row is None:
            return None
        first, count, rows = typed(row, (int, int, bytes), table="block")
        return first, count, rows

    def legs_before(self, *, at: int) -> int:
        """How many legs stand in the blocks whose `last_at` is before an instant; `last_at` never goes back."""
        seq = self._first_seq("last_at", at) - 1
        return self._number("SELECT first_leg + legs - 1 FROM block WHERE seq = :seq", {"seq": seq}) or 0

    def positions_before(self, *, at: int) -> int:
        """The last log position of the blocks whose `last_at` is before an instant; 0 where there is none."""
        seq = self._first_seq("last_at", at) - 1
        return self._number("SELECT first_position + commands - 1 FROM block WHERE seq = :seq", {"seq": seq}) or 0

    def block_of_account(self, account: int) -> Block | None:
        """The block that created an account."""
        seq = self._first_seq("first_account + accounts - 1", account)
        return self._one_block(
            "WHERE seq = :seq AND first_account <= :account AND :account < first_account + accounts",
            {"seq": seq, "account": account},
        )

    def _first_seq(self, rising: str, value: int) -> int:
        """The first block in which an expression that never falls is no less than a value, or the one after the last.

        Blocks are numbered from 1 without a gap, so they are halved until one is left: no index has to be kept.
        """
        low, high = 1, (self._number("SELECT seq FROM block ORDER BY seq DESC LIMIT 1", {}) or 0) + 1
        while low < high:
            middle = (low + high) // 2
            found = self._number(f"SELECT {rising} FROM block WHERE seq = :seq", {"seq": middle})  # noqa: S608
            if found is None:
                raise StoreDamaged(f"block {middle} is not there, and later ones are")
            if found < value:
                low = middle + 1
            else:
                high = middle
        return low

    def _number(self, asked: str, arguments: Mapping[str, int]) -> int | None:
        """The one number of the log that is asked for; None where there is no such block."""
        with translated():
            row = self._connection.execute(asked, arguments).fetchone()
        return int(typed(row, (int,), table="block")[0]) if row else None

    def _one_block(self, where: str, arguments: Mapping[str, int]) -> Block | None:
        with translated():
            row = self._connection.execute(f"{_SELECT_BLOCK} {where}", arguments).fetchone()
        return _block(row) if row else None

    # ------------------------------------------------------------------------------------------- keys

    def add_keys(self, keys: Iterable[tuple[int, int]]) -> None:
        """Add keys of requests, which are new, as (number, position)."""
        with translated():
            self._connection.executemany("INSERT INTO request_key(hash, position) VALUES (?, ?)", keys)

    def positions_of_keys(self, hashes: Sequence[int]) -> dict[int, int]:
        """The log positions of those of these numbers that are taken."""
        asked = as_json(sorted(hashes))  # neighbours then stand on pages that are at hand, a sixth faster
        with translated():
            found = self._connection.execute(
                "SELECT hash, position FROM json_each(?) CROSS JOIN request_key ON hash = value", (asked,)
            )
            return dict(all_typed(found, (int, int), table="request_key"))

    def has_keys(self) -> bool:
        """Whether there is any key."""
        with translated():
            found: int = self._connection.execute("SELECT EXISTS (SELECT 1 FROM request_key)").fetchone()[0]
        return bool(found)

    def keys(self) -> Iterator[tuple[int, int]]:
        """All keys in order."""
        with translated():
            yield from self._connection.execute("SELECT hash, position FROM request_key ORDER BY hash")

    # ------------------------------------------------------------------------------------------- records

    def add_rows(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add rows to a table of records."""
        names = ("id", *table.columns)
        places = ", ".join("?" * len(names))
        statement = f"INSERT INTO {table.name}({_quoted(names)}) VALUES ({places})"  # noqa: S608  our own names
        with translated():
            self._connection.executemany(statement, zip(*(columns[name] for name in names), strict=True))

    def change_rows(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
        """Give rows of a table new values in these columns; `id` says which."""
        self._update(table, columns, '"{name}" = ?')

    def sum_rows(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add to the values of rows of a table; `id` says which, and may come several times."""
        self._update(table, columns, '"{name}" = "{name}" + ?')

    def _update(self, table: Table, columns: Mapping[str, Sequence[Any]], change: str) -> None:
        names = [name for name in columns if name != "id"]
        changes = ", ".join(change.format(name=name) for name in names)
        statement = f"UPDATE {table.name} SET {changes} WHERE id = ?"  # noqa: S608  our own names
        with translated():
            self._connection.executemany(statement, zip(*(columns[name] for name in (*names, "id")), strict=True))

    def remove_rows(self, table: Table, ids: Sequence[int]) -> None:
        """Take rows out of a table."""
        statement = f"DELETE FROM {table.name} WHERE id = ?"  # noqa: S608  our own names
        with translated():
            self._connection.executemany(statement, ((number,) for number in ids))

    def rows(self, table: Table) -> Iterator[tuple[int, ...]]:
        """All rows of a table as (id, columns in order), in order of id."""
        # With the table before it a name that is no column's is an error; alone, SQLite would take it for a text.
        names = ", ".join(f'{table.name}."{name}"' for name in ("id", *table.columns))
        with translated():
            yield from self._connection.execute(f"SELECT {names} FROM {table.name} ORDER BY id")  # noqa: S608

    # ------------------------------------------------------------------------------------------- rules, balances

    def put_regime(self, digest: str, canonical: bytes) -> None:
        """Keep the rules that a batch is decided by."""
        with translated():
            self._connection.execute(
                "INSERT OR IGNORE INTO regime(digest, canonical) VALUES (?, ?)", (digest, canonical)
            )

    def regime(self, digest: str) -> bytes | None:
        """Rules by their digest."""
        with translated():
            row = self._connection.execute("SELECT canonical FROM regime WHERE digest = ?", (digest,)).fetchone()
        return typed(row, (bytes,), table="regime")[0] if row else None

    def save_balances(self, *, seq: int, pages: Mapping[int, bytes], rest: bytes) -> None:
        """Replace saved pages of balances; `rest` is the ledger's other state after block `seq`."""
        with translated():
            self._connection.executemany(
                "INSERT OR REPLACE INTO balance_page(page, columns) VALUES (?, ?)", pages.items()
            )
            self._connection.execute("DELETE FROM balance_rest")
            self._connection.execute("INSERT INTO balance_rest(seq, rest) VALUES (?, ?)", (seq, rest))

    def saved_balances(self) -> tuple[int, Mapping[int, bytes], bytes] | None:
        """The seq, the pages and the rest that were saved last."""
        with translated():
            rest = self._connection.execute("SELECT seq, rest FROM balance_rest").fetchone()
            if rest is None:
                return None
            found = self._connection.execute("SELECT page, columns FROM balance_page ORDER BY page")
            pages = dict(all_typed(found, (int, bytes), table="balance_page"))
        seq, state = typed(rest, (int, bytes), table="balance_rest")
        return seq, pages, state


_INSERT_BLOCK = f"INSERT INTO block({', '.join(BLOCK_COLUMNS)}) VALUES ({', '.join('?' * len(BLOCK_COLUMNS))})"  # noqa: S608
_SELECT_BLOCK = f"SELECT {', '.join(BLOCK_COLUMNS)} FROM block"  # noqa: S608


_COLUMNS = """SELECT name, (SELECT group_concat(its.name, ' ') FROM pragma_table_info(found.name, 'main') AS its)
    FROM main.sqlite_schema AS found WHERE type = 'table'"""
"""The columns of every table, in their order; none of ours has a space in its name."""

_WHERE_LEG = "WHERE first_leg <= :leg AND legs > 0 AND :leg < first_leg + legs ORDER BY first_leg DESC LIMIT 1"

_SELECT_ROWS = f"SELECT first_leg, legs, rows FROM block {_WHERE_LEG}"  # noqa: S608


_BLOCK_TYPES = tuple(get_type_hints(Block)[name] for name in BLOCK_COLUMNS)


def _block(row: tuple[Any, ...]) -> Block:
    return Block(**dict(zip(BLOCK_COLUMNS, typed(row, _BLOCK_TYPES, table="block"), strict=True)))


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
