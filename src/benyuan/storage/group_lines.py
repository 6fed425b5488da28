"""The chart of a group's lines read from a file: the one that comes with benyuan, or a group's own.

Worked name: `lines.yaml` has `loans`, number 14, which mirrors `borrowings`.
"""

from pathlib import Path

from benyuan.holding_company import consolidation
from benyuan.holding_company.consolidation.chart import Chart, chart_of
from benyuan.values.errors import BadInput

BUILT_IN = Path(consolidation.__file__).parent / "data" / "lines.yaml"  # tidy: path


def load_group_lines(path: str | Path | None = None) -> Chart:
    """The chart of a file; without one the chart that comes with benyuan. Raises BadInput, OSError."""
    file = BUILT_IN if path is None else Path(path)
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(file.name, error.reason, "UTF-8") from error
    return chart_of(text, file=file.name)
