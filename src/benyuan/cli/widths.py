"""How wide a table's columns are, so that no figure, date or name of a rule is broken in the middle.

A column is as wide as its longest cell. Where the terminal has no room for that, the widest column of words gives way
first, down to its longest word. Example: columns of 20 and 9, words of at most 8, and room for 25: 16 and 9.
"""

from collections.abc import Sequence

CHINESE_AT_LEAST = 16
"""Chinese may be broken anywhere; in less than this, eight characters, it is hard to read."""


def widths_of(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str], room: int
) -> list[int] | None:
    """The width of every column, in cells of the terminal; None where even broken between words there's no room."""
    cells = [[name, *(row[place] for row in rows)] for place, name in enumerate(columns)]
    widths = [max(map(_wide, column)) for column in cells]
    least = [
        width if name in right else max(map(_least, column))
        for name, width, column in zip(columns, widths, cells, strict=True)
    ]
    if sum(least) > room:
        return None
    while sum(widths) > room:
        spare = [place for place, width in enumerate(widths) if width > least[place]]
        widths[max(spare, key=widths.__getitem__)] -= 1
    return widths


def _wide(text: str) -> int:
    from rich.cells import cell_len

    return max((cell_len(line) for line in text.splitlines()), default=0)


def _least(text: str) -> int:
    """The width of the longest word."""
    words = ((word, _wide(word)) for word in text.split())
    return max((wide if word.isascii() else min(wide, CHINESE_AT_LEAST) for word, wide in words), default=0)
