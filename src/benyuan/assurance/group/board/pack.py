"""What a board pack is made of, and how it is put together from the reports on a group.

A chapter that can't be told says why, and the others stand. Worked shape: a bank that holds 80 where its sector's rule
asks 100 is a figure of the chapter on capital, and a breach at the front that points to it.
"""

from collections.abc import Callable

import msgspec

from benyuan.engine.group import Group
from benyuan.rules.places import Place
from benyuan.values.dates import from_yyyymmdd, local_day
from benyuan.values.errors import BadInput


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One figure or finding as it is shown: what it is, what was found, what is asked, whether that is met.

    `met` None: nothing is asked, or it can't be told. `place`: the rule, if any. `source`: the document, if it is one
    figure's; others rest on what the chapter lists.
    """

    what: str
    found: str
    asked: str = ""
    met: bool | None = None
    place: Place | None = None
    source: str = ""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar of a chart, in fen or parts per million; `limit`: where a mark stands, None for none."""

    name: str
    amount: int
    limit: int | None = None


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """Bars side by side; `money`: they are fen, else parts per million."""

    title: str
    money: bool
    bars: list[Bar]


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    """One report: the command that shows it in full, why it can't be told if so, its figures, what they rest on."""

    name: str
    title: str
    command: str
    untold: str = ""
    items: list[Item] = []
    charts: list[Chart] = []
    rests_on: list[Item] = []


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """The pack of a top body on a day; `seen` and `head` say which log it is drawn from.

    `breaches`, `decisions` and `duties`: each with the name of the chapter that it stands in.
    """

    top: int
    name: str
    on: int
    seen: int
    head: str
    breaches: list[tuple[str, Item]]
    decisions: list[tuple[str, Item]]
    duties: list[tuple[str, Item]]
    chapters: list[Chapter]


def day_of(group: Group, on: int) -> int:
    """The day that is meant, 0: that of the last command. Errors: BadInput."""
    if on:
        from_yyyymmdd(on)
    return on or local_day(group.last_at)


def told(work: Callable[[], Chapter], *, name: str, title: str, command: str) -> Chapter:
    """The chapter, or why there is none."""
    try:
        return work()
    except BadInput as error:
        return Chapter(name=name, title=title, command=command, untold=str(error))
