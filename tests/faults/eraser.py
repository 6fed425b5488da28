"""A process that erases all that is due, a line a command, until it is killed: `python -m tests.faults.eraser FILE`."""

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


if __name__ == "__main__":
    desk = on_file(Path(sys.argv[1]), now=NOW)
    erase(desk.group, on=ON, at=None, progress=tell)
    desk.group.close()
