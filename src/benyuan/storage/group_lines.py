"""The chart of a group's lines, and the map from this ledger's accounts to them, read from files.

Both come with benyuan; a group may have its own. Worked name: `lines.yaml` has `loans`, number 14, which mirrors
`borrowings`; `accounts.yaml` puts accounts of code 110 on it.
"""

from pathlib import Path

from benyuan.holding_company import consolidation
from benyuan.holding_company.consolidation.accounts import AccountMap, account_map_of
from benyuan.holding_company.consolidation.chart import Chart, chart_of
from benyuan.values.errors import BadInput

DATA = Path(consolidation.__file__).parent / "data"  # tidy: path
BUILT_IN, ACCOUNTS = DATA / "lines.yaml", DATA / "accounts.yaml"  # tidy: path


def load_group_lines(path: str | Path | None = None) -> Chart:
    """The chart of a file; without one the chart that comes with benyuan. Raises BadInput, OSError."""
    file = BUILT_IN if path is None else Path(path)
    return chart_of(_text(file), file=file.name)


def load_account_map(chart: Chart, path: str | Path | None = None) -> AccountMap:
    """The map of a file onto the lines of a chart; without one the map that comes with it. Raises BadInput, OSError."""
    file = ACCOUNTS if path is None else Path(path)
    return account_map_of(_text(file), chart=chart, file=file.name)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(file.name, error.reason, "UTF-8") from error
