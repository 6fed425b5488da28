"""The worked tables of the pages: read, and made again from what they say was done."""

import datetime as dt
import re
from pathlib import Path

PAGES = Path(__file__).parents[3] / "docs" / "algorithms"
Row = tuple[str, ...]


def table(page: str, heading: str) -> tuple[Row, list[Row]]:
    """The heading row and the rows of the first table under a heading."""
    text = (PAGES / page).read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    head, _, *rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    return head, rows


def yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


def fen_of(text: str) -> int:
    assert re.fullmatch(r"[0-9,]+\.[0-9]{2}", text), text
    return int(text.replace(",", "").replace(".", ""))


def day_of(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
