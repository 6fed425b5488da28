"""Words of commands and the numbers that stand for them in rows."""

from enum import StrEnum


def numbers_of(words: type[StrEnum], *, first: int = 0) -> dict[str, int]:
    """A number for each word, from `first` on in the order of the class."""
    return {word.value: number for number, word in enumerate(words, start=first)}
