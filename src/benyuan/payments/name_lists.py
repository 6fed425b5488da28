"""Matches with name lists (AML Law (2024), arts. 40, 41).

A number in common stops a customer at once, and keeps a new one out. A name in common opens a case for people, for many
share one. Either is a row here, so that it is raised once for as long as the entry stands on its list.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import NAME_MARK, NUMBER_MARK
from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table
from benyuan.decisions.usecase import Case
from benyuan.payments.suspension import LISTED, stop_gate

LIST_MATCH = Table(name="list_match", columns=("entry", "subject_kind", "subject", "kind", "found_on", "opened_case"))
LIST_MATCHED = folds("list_matched", table=LIST_MATCH, adds=True)


class MatchKind(StrEnum):
    """What a customer and an entry have in common."""

    name = "name"
    number = "number"


MATCH_NUMBER = {MatchKind.name.value: NAME_MARK, MatchKind.number.value: NUMBER_MARK}


def has_number(case: Case) -> NDArray[np.bool_]:
    """Where the document that is shown stands on a list."""
    return np.asarray(case.batch.integers("match_kind") == NUMBER_MARK, np.bool_)


NOT_LISTED = stop_gate(LISTED, has_number)
"""Nobody becomes a customer whose document stands on a list."""
