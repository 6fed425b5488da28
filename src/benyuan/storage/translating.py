"""SQLite's errors as the store's own."""

import sqlite3

from benyuan.engine.store import StoreDamaged, StoreUnavailable


class translated:  # noqa: N801  used as a statement
    """SQLite's errors as the store's own."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.IntegrityError):
            return
        if isinstance(error, sqlite3.OperationalError | sqlite3.ProgrammingError):
            raise StoreUnavailable(f"the database can't be written or read: {error}") from error
        if isinstance(error, sqlite3.DatabaseError | UnicodeDecodeError):
            raise StoreDamaged(f"the database is damaged: {error}") from error
