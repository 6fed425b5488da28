"""Words of commands and the numbers that stand for them in rows; lists of words in a text, kept as a sum of bits.

Worked number: the purposes "loan, post-loan" are the numbers 1 and 5, kept as 2 + 32 = 34.
"""

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.outcomes import Invalid

ALL = "all"


def numbers_of(words: type[StrEnum], *, first: int = 0) -> dict[str, int]:
    """A number for each word, from `first` on in the order of the class."""
    return {word.value: number for number, word in enumerate(words, start=first)}


def bits_of(numbers: Mapping[str, int]) -> dict[str, int]:
    """For each word one bit: 1 << its number."""
    return {word: 1 << number for word, number in numbers.items()}


def sum_of(text: str, bits: Mapping[str, int]) -> int | None:
    """The sum of the words of a text, with commas or spaces between them, or `all`; None where a word is none."""
    words = set(text.replace(",", " ").split())
    if words == {ALL}:
        return sum(bits.values())
    return None if words - set(bits) else sum(bits[word] for word in words)


def words_of(number: int, bits: Mapping[str, int]) -> list[str]:
    """The words that a sum stands for."""
    return [word for word, bit in bits.items() if number & bit]


def sums(batch: Batch, field: str, bits: Mapping[str, int]) -> NDArray[np.int64]:
    """A column of lists as sums; 0 for one that is wrong."""
    return np.array([sum_of(text, bits) or 0 for text in batch.values(field)], np.int64)


def word_faults(batch: Batch, field: str, bits: Mapping[str, int]) -> dict[int, Invalid]:
    """A fault for each list that has a word which is none."""
    wrong = np.array([sum_of(text, bits) is None for text in batch.values(field)], np.bool_)
    return text_faults(wrong, batch, field, "words with commas between them, of " + ", ".join(bits))


def text_faults(wrong: NDArray[np.bool_], batch: Batch, field: str, constraint: str) -> dict[int, Invalid]:
    """The same fault of a field that is no integer, wherever it is wrong."""
    values = batch.values(field)
    return {
        place: Invalid(field=field, value=values[place], constraint=constraint)
        for place in np.flatnonzero(wrong).tolist()
    }


def truths(batch: Batch, field: str) -> NDArray[np.bool_]:
    """A column of yes and no."""
    return np.array(batch.values(field), np.bool_)
