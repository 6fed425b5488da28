"""Who was shown data that turned out to be wrong, so that they can be told.

Source: State Council Order 631, arts. 23, 25 (a bureau sees to it that what it provides is right); that those who were
shown wrong data are told is a choice of the house. An answer read the file up to a log position (`seen`); it showed the
wrong data where that lies before their correction, and it was given when they can have been there already: a month from
its first day on, an account from its opening on.
Worked number: March 2026, corrected by command 90: an answer of 2026-03-01 that saw up to 89 counts, one that saw up to
90 does not, and one of 2026-02-28 does not. Whom that tells without need was shown nothing wrong, and learns no more.
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


def showed(
    *, at: Ints, seen: Ints, sections: Ints, member: Ints, since_at: int, corrected: int, parts: Section
) -> Truths:
    """Which answers from a time on, that saw less than a log position, showed a member any of some parts.

    Answers to the person and looks of the bureau's own staff (member 0) showed nobody else anything.
    """
    while_wrong = (at >= since_at) & (seen < corrected)
    return np.asarray(while_wrong & ((sections & int(parts)) != 0) & (member != 0), np.bool_)


def members_once(member: Ints, where: Truths) -> Ints:
    """The members of some answers, each once, in order."""
    return np.unique(member[where])
