"""Who was shown data that turned out to be wrong, so that they can be told.

Source: State Council Order 631, arts. 23, 25 (a bureau sees to it that what it provides is right); that those who were
shown wrong data are told is a choice of the house. An answer read the file up to a log position (`seen`); it showed the
wrong data where that lies at or after the data's furnishing and before their correction.
Worked number: furnished by command 40, corrected by command 90: an answer that saw up to 89 showed them, one that saw
up to 90 did not.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.vocabulary import Section

Ints: TypeAlias = NDArray[np.int64]
Truths: TypeAlias = NDArray[np.bool_]

OF_ACCOUNTS = Section.summary | Section.accounts | Section.months | Section.score
"""Parts of a report that show accounts and their months, or are reckoned from them."""
OF_ANYTHING = OF_ACCOUNTS | Section.identity | Section.public | Section.inquiries
"""Parts that show what was collected of a person."""


def showed(*, seen: Ints, sections: Ints, member: Ints, furnished: int, corrected: int, parts: Section) -> Truths:
    """Which answers showed a member the data that stood from one log position to another, in any of some parts.

    Answers to the person and looks of the bureau's own staff (member 0) showed nobody else anything.
    """
    while_wrong = (seen >= furnished) & (seen < corrected)
    return np.asarray(while_wrong & ((sections & int(parts)) != 0) & (member != 0), np.bool_)


def members_once(member: Ints, where: Truths) -> Ints:
    """The members of some answers, each once, in order."""
    return np.unique(member[where])
