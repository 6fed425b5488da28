"""A process that erases all that is due, a line a command, until it is killed."""

import sys
from pathlib import Path

from benyuan.assurance.retention import erase
from tests.unit.engine.groups import on_file
from tests.unit.ledger.books import china

NOW, ON = china("2037-01-01T09:00"), 20370101


def tell(sort: str, date: int, count: int) -> None:
    """Say what has been erased."""
    sys.stdout.write(f"{sort} {date} {count}\n")
    sys.stdout.flush()


def main(path: str) -> None:
    """Open the file and erase."""
    desk = on_file(Path(path), now=NOW)
    erase(desk.group, on=ON, at=None, progress=tell)
    desk.group.close()
