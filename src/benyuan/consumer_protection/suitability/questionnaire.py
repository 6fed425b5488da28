"""A questionnaire on what a person can bear, as data: questions with options and points, bands of points to levels.

Source: Order 2025 No. 7, arts. 25, 29 (what is asked about; levels from one to five at least). A version is never
changed once it was used: another text is another version. Worked number: eight questions of at most 5 points give 8 to
40 points; bands from 8, 15, 22, 29 and 35 make 28 points level 3.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import msgspec

from benyuan.values.errors import BadInput

LETTERS = "abcdefghij"


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One text in English and Chinese."""

    en: str
    zh: str


class Option(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One answer and its points; `pick` is the letter by which it is chosen."""

    pick: str
    text: Words
    points: int


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question; `about` the item of art. 25 that it serves."""

    about: str
    text: Words
    options: tuple[Option, ...]


class Band(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A level, and the fewest points that give it."""

    level: int
    points: int
    name: Words


class Questionnaire(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version; `from_date` (yyyymmdd) is the first day on which it is used, until a later one begins."""

    version: int
    from_date: int
    title: Words
    note: Words
    questions: tuple[Question, ...]
    bands: tuple[Band, ...]

    @property
    def levels(self) -> int:
        """How many levels it tells apart."""
        return len(self.bands)


def questionnaire_of(content: Mapping[str, Any], *, source: str) -> Questionnaire:
    """A questionnaire from plain data. Errors: BadInput, naming the file and the entry."""
    try:
        made = msgspec.convert(content, Questionnaire)
    except msgspec.ValidationError as error:
        raise BadInput("questionnaire", source, str(error)) from error
    for field, wanted in _faults(made):
        raise BadInput("questionnaire", f"{source}: {field}", wanted)
    return made


def answers_fault(questionnaire: Questionnaire, answers: str) -> str | None:
    """What answers should be, where they are something else: one letter a question, with commas between."""
    picks = answers.split(",")
    if len(picks) != len(questionnaire.questions):
        return f"{len(questionnaire.questions)} letters with commas between, one a question"
    for number, (question, pick) in enumerate(zip(questionnaire.questions, picks, strict=True), 1):
        known = [option.pick for option in question.options]
        if pick not in known:
            return f"question {number}: one of {', '.join(known)}"
    return None


def _faults(made: Questionnaire) -> list[tuple[str, str]]:
    found = []
    for number, question in enumerate(made.questions, 1):
        picks = "".join(option.pick for option in question.options)
        if len(picks) < 2 or picks != LETTERS[: len(picks)]:  # tidy: number a choice is between two
            found.append((f"question {number}", "two options at least, picked by a, b, c and so on"))
        if any(option.points < 0 for option in question.options):
            found.append((f"question {number}", "points from 0 on"))
    if [band.level for band in made.bands] != list(range(1, len(made.bands) + 1)):
        found.append(("bands", "levels 1, 2, 3 and so on"))
    if any(after.points <= before.points for before, after in pairwise(made.bands)):
        found.append(("bands", "more points for each higher level"))
    least = sum(min(option.points for option in question.options) for question in made.questions if question.options)
    most = sum(max(option.points for option in question.options) for question in made.questions if question.options)
    if not made.questions or not made.bands:
        found.append(("questions", "questions, and bands of points"))
    elif made.bands[0].points > least or made.bands[-1].points > most:
        found.append(("bands", f"from the fewest points, {least}, to what can be had, {most}"))
    return found
