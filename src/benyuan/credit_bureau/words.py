"""The bureau's lists of words as bits, and the sections that a purpose needs."""

from collections.abc import Callable

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
from benyuan.decisions.words import bits_of

SORT_BITS = bits_of(SORT_NUMBER)
PURPOSE_BITS = bits_of({purpose: PURPOSE_NUMBER[purpose] for purpose in MEMBER_PURPOSES})
RESTRICTED_BITS = bits_of(RESTRICTED_NUMBER)
SECTION_BITS = {str(section.name): int(section) for section in Section}


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
