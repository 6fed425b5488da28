"""The lines of a CSV file on which its rows begin, as an editor counts them: rows may run over lines, lines be empty.

Worked: a header, an empty line, a row with a line break in quotation marks, another row: the rows begin on 3 and 5.
"""

import csv
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK_BYTES = 1 << 20
LINE_BREAKS = (b"\n\n", b"\n\r", b"\r\r")


def lines_of_rows(path: Path) -> NDArray[np.int64] | None:
    """The line of each row after the header; None where each takes one line, so that row n stands on line n + 1.

    Errors: OSError.
    """
    if not _is_uneven(path):
        return None
    lines: list[int] = []
    line = 1
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows: Any = csv.reader(file)
        try:
            for row in rows:
                if row:
                    lines.append(line)
                line = rows.line_num + 1
        except csv.Error:
            return None  # whoever reads the file for its content says what is wrong with it
    return np.array(lines[1:], np.int64)


def _is_uneven(path: Path) -> bool:
    """Whether a row may take more than a line, or a line be empty."""
    before = b"\n"
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            seen = before + block
            if b'"' in block or any(breaks in seen for breaks in LINE_BREAKS):
                return True
            before = block[-1:]
    return False
