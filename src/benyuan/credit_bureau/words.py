"""Lists of words in a command's text, and the sum of numbers that stands for them in a row.

Worked number: the purposes "loan, post-loan" are the numbers 1 and 5, kept as 2 + 32 = 34.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.vocabulary import (
    MEMBER_PURPOSES,
    PURPOSE_NUMBER,
    RESTRICTED_NUMBER,
    SECTIONS_OF,
    SORT_NUMBER,
    Product,
    Purpose,
    Section,
)
from benyuan.decisions.batches import Batch
from benyuan.decisions.outcomes import Invalid

ALL = "all"


def bits_of(numbers: Mapping[str, int]) -> dict[str, int]:
    """For each word one bit: 1 << its number."""
    return {word: 1 << number for word, number in numbers.items()}


SORT_BITS = bits_of(SORT_NUMBER)
PURPOSE_BITS = bits_of({purpose: PURPOSE_NUMBER[purpose] for purpose in MEMBER_PURPOSES})
RESTRICTED_BITS = bits_of(RESTRICTED_NUMBER)
SECTION_BITS = {str(section.name): int(section) for section in Section}


def sum_of(text: str, bits: Mapping[str, int]) -> int | None:
    """The sum of the words of a text, with commas or spaces between them, or `all`; None where a word is none."""
    words = text.replace(",", " ").split()
    if words == [ALL]:
        return sum(bits.values())
    if any(word not in bits for word in words):
        return None
    return sum(bits[word] for word in set(words))


def words_of(number: int, bits: Mapping[str, int]) -> list[str]:
    """The words that a sum stands for."""
    return [word for word, bit in bits.items() if number & bit]


def sums(batch: Batch, field: str, bits: Mapping[str, int]) -> NDArray[np.int64]:
    """A column of lists as sums; 0 for one that is wrong."""
    return np.array([sum_of(text, bits) or 0 for text in batch.values(field)], np.int64)


def word_faults(batch: Batch, field: str, bits: Mapping[str, int]) -> dict[int, Invalid]:
    """A fault for each list that has a word which is none."""
    wanted = "words with commas between them, of " + ", ".join(bits)
    return {
        place: Invalid(field=field, value=text, constraint=wanted)
        for place, text in enumerate(batch.values(field))
        if sum_of(text, bits) is None
    }


def truths(batch: Batch, field: str) -> NDArray[np.bool_]:
    """A column of yes and no."""
    return np.array(batch.values(field), np.bool_)


def sections_of(batch: Batch, *, product: Callable[[int], str] | None = None) -> NDArray[np.int64]:
    """The sections that each command's purpose needs; of those, for a score, the score alone."""
    needed = np.array([int(SECTIONS_OF[Purpose(word)]) for word in batch.values("purpose")], np.int64)
    if product is None:
        return needed
    return np.array(
        [
            sections & Section.score if product(place) == Product.score else sections
            for place, sections in enumerate(needed.tolist())
        ],
        np.int64,
    )


def named_bits(words: type[StrEnum], numbers: Mapping[str, int]) -> dict[str, int]:
    """Bits of an enumeration's words."""
    return {word.value: 1 << numbers[word.value] for word in words}
