"""A template of key facts as data: lines in Chinese and English with slots for figures, put together to documents.

Sources: PBoC Order [2020] No. 5, arts. 16, 17, 21; CBIRC Order 2022 No. 9, art. 22; Order 2024 No. 4, art. 53. A slot
is a figure's name and how it is written: `{amount_fen:yuan}`. A line has a rank, 1 the most conspicuous: the yearly
rate has rank 1 and no other figure has. A version is never changed once it was used: another text is another version.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from benyuan.values.errors import BadInput

SLOT = re.compile(r"\{([a-z_]+)(?::([a-z]+))?\}")
RATE = "annual_ppb"
FIRST, BODY = 1, 3


class Written(StrEnum):
    """How the figure of a slot is written."""

    number = "number"
    yuan = "yuan"
    date = "date"
    rate = "rate"
    share = "share"
    word = "word"
    text = "text"


class Both(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One text in Chinese and English."""

    zh: str
    en: str


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line. `about`: the items of the rules on disclosure that it answers.

    `when`: it stands only where this figure is not 0; `unless`: only where it is.
    """

    zh: str
    en: str
    rank: int = BODY
    about: tuple[str, ...] = ()
    when: str = ""
    unless: str = ""


class Template(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version; `from_date` (yyyymmdd) is the first day on which it is used, until a later one begins.

    `words`: for a figure that stands for a word, each number's. `documents`: for each sort, its parts in order.
    """

    version: int
    from_date: int
    words: dict[str, dict[int, Both]]
    parts: dict[str, tuple[Line, ...]]
    documents: dict[str, tuple[str, ...]]

    def lines(self, document: str) -> tuple[Line, ...]:
        """The lines of a document in order."""
        return tuple(line for part in self.documents[document] for line in self.parts[part])


def slots_of(text: str) -> list[tuple[str, Written]]:
    """Names and ways of writing of the slots of a text, in order. Errors: ValueError for no such way."""
    return [(found[1], Written(found[2] or Written.number.value)) for found in SLOT.finditer(text)]


def has_figure(line: Line) -> bool:
    """Whether a number stands in a line: in its text, or in a slot that is no word and no name."""
    bare = SLOT.sub("", line.zh + line.en)
    written = {how for _, how in slots_of(line.zh)}
    return any(each.isdigit() for each in bare) or bool(written - {Written.word, Written.text})


def has_rate(line: Line) -> bool:
    """Whether the yearly rate stands in a line."""
    return any(name == RATE for name, _ in slots_of(line.zh))


def outshining(lines: tuple[Line, ...]) -> list[Line]:
    """Lines with a figure that stand out as much as the yearly rate or more; all that have one where there is none."""
    rank = min((line.rank for line in lines if has_rate(line)), default=BODY)
    return [line for line in lines if has_figure(line) and not has_rate(line) and line.rank <= rank]


def template_of(content: Mapping[str, Any], *, source: str) -> Template:
    """A template from plain data. Errors: BadInput, naming the file and the entry."""
    try:
        made = msgspec.convert(content, Template)
    except msgspec.ValidationError as error:
        raise BadInput("key facts", source, str(error)) from error
    for entry, wanted in _faults(made):
        raise BadInput("key facts", f"{source}: {entry}", wanted)
    return made


def _faults(made: Template) -> Iterator[tuple[str, str]]:
    for document, parts in made.documents.items():
        for part in parts:
            if part not in made.parts:
                yield f"{document}: {part}", "a part that there is: " + ", ".join(made.parts)
    for part, lines in made.parts.items():
        for number, line in enumerate(lines, 1):
            yield from ((f"{part} {number}", wanted) for wanted in _line_faults(made, line))


def _line_faults(made: Template, line: Line) -> Iterator[str]:
    try:
        zh, en = slots_of(line.zh), slots_of(line.en)
    except ValueError:
        yield "slots written in one of the ways " + ", ".join(Written)
        return
    if sorted(zh) != sorted(en):
        yield "the same slots in both languages"
    if set("{}") & set(SLOT.sub("", line.zh + line.en)):
        yield "slots as {name:way}"
    if "\n" in line.zh + line.en:
        yield "one line"
    for name, how in zh:
        if how is Written.word and name not in made.words:
            yield f"words for {name}"
