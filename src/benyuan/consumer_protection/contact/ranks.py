"""The figures of a sheet by conspicuousness: rank 1 is the most conspicuous one.

Worked: "annual-rate=1, term=3" gives the yearly rate 1 and the term 3; a figure twice, or a rank below 1, is no list.
"""

import re
from collections.abc import Mapping

from benyuan.consumer_protection.contact.vocabulary import KeyFigure

ENTRY = re.compile(r"([a-z-]+)=([1-9][0-9]?)")
FIGURES = frozenset(figure.value for figure in KeyFigure)


def ranks_of(text: str) -> dict[str, int] | None:
    """Figures with their ranks; None where the text is no such list, or an empty one."""
    found = [ENTRY.fullmatch(part.strip()) for part in text.split(",")]
    pairs = [(each[1], int(each[2])) for each in found if each]
    named = {name for name, _ in pairs}
    return dict(pairs) if len(named) == len(found) and named <= FIGURES else None


def stands_alone_first(ranks: Mapping[str, int], figure: KeyFigure) -> bool:
    """Whether a figure has rank 1 and no other has."""
    return [name for name, rank in ranks.items() if rank == 1] == [figure.value]
