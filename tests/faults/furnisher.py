"""A process that furnishes a file in parts, a line a part, until it is killed."""

import sys
from pathlib import Path

from benyuan.assurance.bureau.furnishing import furnish_file
from benyuan.credit_bureau.vocabulary import Sort
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import on_file

NOW = moment(20260402)
ROWS_A_PART = 7


def tell(count: int) -> None:
    """Say how many rows a part had."""
    sys.stdout.write(f"{count}\n")
    sys.stdout.flush()


def main(path: str, file: str) -> None:
    """Open the file of the group and furnish the other."""
    desk = on_file(Path(path), now=NOW)
    furnish_file(
        desk.group,
        Path(file),
        sort=Sort.months,
        bureau=1,
        member=1,
        client="file",
        rows=ROWS_A_PART,
        told=tell,
    )
    desk.group.close()
