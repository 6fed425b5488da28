"""A report as a file: JSON Lines with the head first, or CSV with a row for each line. The same duty, the same bytes.

JSON Lines: {"head": {...}}, then {"line": 1, "elements": [{"number", "element", "label", "value", "state"}, ...]}.
CSV is RFC 4180's: a column for each element, `01_institution_code`, and last the names of those that are missing.
"""

import csv
from collections.abc import Callable
from io import StringIO

import msgspec

from benyuan.assurance.reports.drawing import Drawn
from benyuan.assurance.reports.elements import State
from benyuan.assurance.statements.files import safe_cell

MISSING = "missing"


def _json_lines(drawn: Drawn) -> bytes:
    rows = [{"line": number, "elements": line} for number, line in enumerate(drawn.lines, 1)]
    return b"".join(msgspec.json.encode(row) + b"\n" for row in ({"head": drawn.head}, *rows))


def _csv(drawn: Drawn) -> bytes:
    made = StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    if drawn.lines:
        writer.writerow((*(f"{each.number:02d}_{each.element}" for each in drawn.lines[0]), MISSING))
    for line in drawn.lines:
        lacking = " ".join(each.element for each in line if each.state is State.missing)
        writer.writerow((*(safe_cell(each.value) for each in line), lacking))
    return made.getvalue().encode()


FORMS: dict[str, Callable[[Drawn], bytes]] = {".jsonl": _json_lines, ".csv": _csv}
"""The forms by the ending of the file."""


def write_report(drawn: Drawn, *, form: str) -> bytes:
    """The file's bytes; `form` is one of `FORMS`. Errors: KeyError."""
    return FORMS[form](drawn)
