"""Scorecards read from files: the one that comes with benyuan, or a bureau's own.

The card is a text that people read, and reading.py checks all of it. Worked name: `personal.yaml` holds the card of the
30,000 clients.
"""

from pathlib import Path

from benyuan.credit_bureau import score
from benyuan.credit_bureau.score.reading import scorecard_of
from benyuan.credit_bureau.score.scorecard import Scorecard
from benyuan.values.errors import BadInput

BUILT_IN = Path(score.__file__).parent / "data" / "personal.yaml"  # tidy: path


def load_scorecard(path: str | Path | None = None) -> Scorecard:
    """The card of a file; without one the card that comes with benyuan. Raises BadInput, OSError."""
    file = BUILT_IN if path is None else Path(path)
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(file.name, error.reason, "UTF-8") from error
    return scorecard_of(text, file=file.name)
