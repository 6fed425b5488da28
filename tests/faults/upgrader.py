"""A process that opens an older store for posting and stops at a statement of bringing it up, to be killed there."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benyuan.storage import sqlite
from benyuan.storage.formats import Found, to_write
from benyuan.storage.sqlite import SqliteStore

LONG = 60


def main(path: str, before: str) -> None:
    """Open it, until the statement of that number."""

    def stopping(found: Found) -> Iterator[str]:
        for number, statement in enumerate(to_write(found)):
            if number == int(before):
                sys.stdout.write(f"{number}\n")
                sys.stdout.flush()
                time.sleep(LONG)
            yield statement

    sqlite.__dict__["to_write"] = stopping
    SqliteStore(Path(path)).close()
