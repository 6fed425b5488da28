"""Who decides a complaint is nobody of whom it complains, and has no direct interest in it.

Source: CBIRC Order 2020 No. 3, art. 17, for a lender; the house holds its other firms to the same. Staff are known by
the firm's own numbers; which of them a complaint is about stands with it from intake or from its papers.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.deadlines import HOUSE_RECUSAL, RECUSAL
from benyuan.consumer_protection.claims.records import COMPLAINT_STAFF, STAFF_COMPLAINED_OF
from benyuan.decisions.books import Books
from benyuan.decisions.events import Event, event
from benyuan.decisions.usecase import Case, Gate
from benyuan.decisions.words import truths
from benyuan.usecases.common import numbered, rows
from benyuan.usecases.protection.claims.shared import is_anothers, is_lenders


def complained_of(books: Books, *, complaint: int, staff: Sequence[int]) -> int:
    """The first of some members of staff of whom a complaint complains; 0 for none."""
    places = books.all_with(COMPLAINT_STAFF, "complaint", complaint)
    named = set(books.column(COMPLAINT_STAFF, "staff")[places].tolist())
    return next((one for one in staff if one and one in named), 0)


def staff_named(case: Case, accepted: NDArray[np.bool_], *, complaint: NDArray[np.int64]) -> list[Event]:
    """Of whom complaints complain, where a command says so."""
    staff = case.batch.integers("against_staff")
    named = accepted & (staff != 0)
    number = numbered(named, case.facts.next_ids[COMPLAINT_STAFF.name])
    return event(
        STAFF_COMPLAINED_OF, rows(named, id=number, complaint=complaint, staff=staff, position=case.batch.position)
    )


def _apart(case: Case) -> NDArray[np.bool_]:
    return np.asarray(truths(case.batch, "no_interest") & (case.facts["staff_complained_of"] == 0), np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    stated = int(truths(case.batch, "no_interest")[place])
    return {"no_interest": stated, "complained_of": int(case.facts["staff_complained_of"][place])}


def _gate(rule: str, applies: Any) -> Gate:
    def passes(case: Case) -> NDArray[np.bool_]:
        return np.asarray(~applies(case) | _apart(case), np.bool_)

    return Gate(rule=rule, passes=passes, figures=_figures, applies=applies)


GATES = (_gate(RECUSAL, is_lenders), _gate(HOUSE_RECUSAL, is_anothers))
"""For the lender and for the other firms; they ask for the fact `staff_complained_of`."""
