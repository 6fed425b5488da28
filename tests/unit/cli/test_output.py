"""Tables at every width of a terminal: nothing is broken in the middle, and nothing is left out."""

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from benyuan.cli import output
from benyuan.cli.widths import widths_of

COLUMNS = ("count", "rule", "what", "article", "yuan")
RIGHT = ("count", "yuan")
ROWS = [
    (12_345, "pay.account.no_overdraft", "An account is never overdrawn", "国务院令第768号第三条", "9,518,759.83"),
    (1, "qr.risk.D", "[bold]Bar code[/bold], level D", "", "0.00"),
]  # fmt: skip
WORDS = {
    "12,345", "pay.account.no_overdraft", "qr.risk.D", "9,518,759.83", "0.00", "overdrawn", "account",
    "[bold]Bar", "code[/bold],",
}  # fmt: skip


def told(width: int, monkeypatch: pytest.MonkeyPatch, *, unicode: bool = True) -> list[str]:
    file = io.StringIO()
    monkeypatch.setattr(output, "console", lambda: Console(file=file, width=width, highlight=False))
    monkeypatch.setattr(output, "speaks_unicode", lambda: unicode)
    output.say_table(title="Sums", columns=COLUMNS, rows=ROWS, right=RIGHT)
    return file.getvalue().splitlines()


@pytest.mark.parametrize("unicode", [True, False])
def test_no_word_or_figure_is_broken(unicode: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in range(36, 160):
        lines = told(width, monkeypatch, unicode=unicode)
        assert set(" ".join(lines).replace("|", " ").split()) >= WORDS, width
        assert max(cell_len(line) for line in lines) <= width


def test_a_wide_terminal_has_a_row_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = (line for line in told(160, monkeypatch) if "12,345" in line)
    assert re.split("  +", line.strip()) == ["12,345", *(str(item) for item in ROWS[0][1:])]


def test_a_narrow_one_has_a_block_a_row_without_its_empty_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line.rstrip() for line in told(60, monkeypatch)]
    assert lines[:4] == ["", "Sums", "", "  count    12,345"]
    assert "  yuan     9,518,759.83" in lines
    assert sum("article" in line for line in lines) == 1


def test_nothing_is_said_of_no_rows(capsys: pytest.CaptureFixture[str]) -> None:
    output.say_table(title="Sums", columns=COLUMNS, rows=[])
    assert capsys.readouterr().out == ""


def test_the_widest_column_of_words_gives_way_to_its_longest_word() -> None:
    columns, row = ("a", "b"), ("one eighteen three x", "123456789")
    assert widths_of(columns, [row], right=("b",), room=29) == [20, 9]
    assert widths_of(columns, [row], right=("b",), room=28) == [19, 9]
    assert widths_of(columns, [row], right=("b",), room=17) == [8, 9]
    assert widths_of(columns, [row], right=("b",), room=16) is None


def test_chinese_is_two_cells_a_character_and_breaks_anywhere_but_not_short() -> None:
    assert widths_of(("a",), [("一二三四五六七八九十",)], right=(), room=20) == [20]
    assert widths_of(("a",), [("一二三四五六七八九十",)], right=(), room=16) == [16]
    assert widths_of(("a",), [("一二三四五六七八九十",)], right=(), room=15) is None
