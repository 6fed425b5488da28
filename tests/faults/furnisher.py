"""A process that furnishes a file in parts, a line a part, until it is killed: `-m tests.faults.furnisher DB FILE`."""

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


if __name__ == "__main__":
    desk = on_file(Path(sys.argv[1]), now=NOW)
    furnish_file(
        desk.group,
        Path(sys.argv[2]),
        sort=Sort.months,
        bureau=1,
        member=1,
        client="file",
        rows=ROWS_A_PART,
        told=tell,
    )
    desk.group.close()
