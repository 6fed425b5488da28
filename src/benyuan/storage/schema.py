"""The tables of a store."""

from benyuan.decisions.facts import Table

FORMAT_VERSION = 3
"""The number of the form of the tables below; what the tables of records hold is numbered table by table."""

BLOCK_COLUMNS = (
    "seq",
    "kind",
    "version",
    "first_position",
    "commands",
    "first_leg",
    "legs",
    "first_account",
    "accounts",
    "last_at",
    "regime",
    "release",
    "body",
    "outcome",
    "made",
    "rows",
    "previous",
    "hash",
    "format",
)

OF_IDENTITY = "key >= 'identity/' AND key < 'identity0'"
"""Which payloads lie under the key of an identity: those alone are looked for by their key."""

CREATE = (
    "CREATE TABLE IF NOT EXISTS setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS layout(name TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE IF NOT EXISTS block(
        seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, version INTEGER NOT NULL,
        first_position INTEGER NOT NULL, commands INTEGER NOT NULL,
        first_leg INTEGER NOT NULL, legs INTEGER NOT NULL,
        first_account INTEGER NOT NULL, accounts INTEGER NOT NULL, last_at INTEGER NOT NULL,
        regime TEXT NOT NULL, release TEXT NOT NULL,
        body BLOB NOT NULL, outcome BLOB NOT NULL, made BLOB NOT NULL, rows BLOB NOT NULL,
        previous BLOB NOT NULL, hash BLOB NOT NULL, format INTEGER NOT NULL DEFAULT 1) STRICT""",
    "CREATE INDEX IF NOT EXISTS block_by_position ON block(first_position, commands)",
    "CREATE INDEX IF NOT EXISTS block_by_leg ON block(first_leg, legs)",
    "CREATE TABLE IF NOT EXISTS request_key(hash INTEGER PRIMARY KEY, position INTEGER NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS payload(position INTEGER PRIMARY KEY, key TEXT NOT NULL, sealed BLOB NOT NULL) STRICT",
    """CREATE TABLE IF NOT EXISTS page(layout INTEGER NOT NULL, shelf INTEGER NOT NULL, position INTEGER NOT NULL,
        page INTEGER NOT NULL, key TEXT NOT NULL, sealed BLOB NOT NULL) STRICT""",
    "CREATE INDEX IF NOT EXISTS page_by_shelf ON page(layout, shelf, position)",
    "CREATE UNIQUE INDEX IF NOT EXISTS page_by_parcel ON page(position, page)",
    f"CREATE INDEX IF NOT EXISTS payload_by_identity ON payload(key) WHERE {OF_IDENTITY}",
    "CREATE TABLE IF NOT EXISTS identity_tag(id INTEGER PRIMARY KEY, tag BLOB UNIQUE) STRICT",
    """CREATE TABLE IF NOT EXISTS contact_tag(tag BLOB NOT NULL, identity INTEGER NOT NULL, PRIMARY KEY (tag, identity))
        STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS mark(tag BLOB NOT NULL, listed INTEGER NOT NULL, kind INTEGER NOT NULL,
        identity INTEGER NOT NULL, PRIMARY KEY (tag, listed, kind, identity)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS mark_by_identity ON mark(identity)",
    "CREATE TABLE IF NOT EXISTS regime(digest TEXT PRIMARY KEY, canonical BLOB NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS balance_page(page INTEGER PRIMARY KEY, columns BLOB NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS balance_rest(seq INTEGER PRIMARY KEY, rest BLOB NOT NULL) STRICT",
)


def table_statement(table: Table) -> str:
    """The statement that creates a table of records."""
    columns = ", ".join(f'"{name}" INTEGER NOT NULL' for name in table.columns)
    return f"CREATE TABLE IF NOT EXISTS {table.name}(id INTEGER PRIMARY KEY, {columns}) STRICT"
