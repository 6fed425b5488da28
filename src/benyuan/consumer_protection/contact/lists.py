"""Lists of words in a command's text, and the sum of bits that stands for them in a row.

Worked number: the means "call, letter" are the bits 1 and 8, kept as 9.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.outcomes import Invalid


def sum_of(text: str, bits: Mapping[str, int]) -> int | None:
    """The sum of the words of a text, with commas or spaces between them; None where a word is none."""
    words = set(text.replace(",", " ").split())
    return None if words - set(bits) else sum(bits[word] for word in words)


def words_of(number: int, bits: Mapping[str, int]) -> list[str]:
    """The words that a sum stands for."""
    return [word for word, bit in bits.items() if number & bit]


def sums(batch: Batch, field: str, bits: Mapping[str, int]) -> NDArray[np.int64]:
    """A column of lists as sums; 0 for one that is wrong."""
    return np.array([sum_of(text, bits) or 0 for text in batch.values(field)], np.int64)


def list_faults(batch: Batch, field: str, bits: Mapping[str, int]) -> dict[int, Invalid]:
    """A fault for each list that has a word which is none."""
    wanted = "words of " + ", ".join(bits)
    return {
        place: Invalid(field=field, value=text, constraint=wanted)
        for place, text in enumerate(batch.values(field))
        if sum_of(text, bits) is None
    }


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
