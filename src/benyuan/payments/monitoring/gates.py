"""Rules that a command of the system can not fail, and that every decision names all the same.

Sources: PBoC Order [2016] No. 3, arts. 11, 12, 14.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.usecase import Case, Gate


def in_force(rule: str) -> Gate:
    """A gate that is passed whenever its rule is in force."""

    def passes(case: Case) -> NDArray[np.bool_]:
        case.rules.value(id=rule, on=case.batch.on)
        return np.ones(len(case.batch), np.bool_)

    return Gate(rule=rule, passes=passes)


STANDARDS = in_force("aml.str.standards")
NO_THRESHOLD = in_force("aml.str.no_threshold")
ANALYSED = in_force("aml.str.analysis")
