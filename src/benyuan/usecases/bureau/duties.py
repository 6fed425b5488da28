"""The bureau's duties as rows: raised with a day or without, done in time or late.

Worked number: due on 2026-03-21 and done on 2026-03-22 is late, on 2026-03-21 it is not; a duty without a day never is.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import BUREAU_DUTY_AROSE, BUREAU_DUTY_DONE
from benyuan.credit_bureau.vocabulary import DutyKind
from benyuan.decisions.events import Event, event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.usecases.common import faults_where, rows


def raised(where: NDArray[np.bool_], *, kind: Any, arose_on: Any, **columns: Any) -> list[Event]:
    """The event of new duties: `id`, `bureau`, `subject`, `about`, `member`, `due_on` (0: the text names no day)."""
    whole = {"kind": kind, "arose_on": arose_on, "done_on": 0, **columns}
    return event(BUREAU_DUTY_AROSE, rows(where, **whole))


def done(where: NDArray[np.bool_], *, duty: NDArray[np.int64], on: int) -> list[Event]:
    """The event of duties done on a day."""
    return event(BUREAU_DUTY_DONE, rows(where & (duty != 0), id=duty, done_on=on))


def lateness(case: Case, due_on: NDArray[np.int64]) -> NDArray[np.int64]:
    """1 where the batch's day is after the day that was due."""
    return np.asarray((due_on != 0) & (case.batch.on > due_on), np.int64)


def duty_faults(case: Case, *, kinds: tuple[DutyKind, ...], wanted: str) -> dict[int, Invalid]:
    """The duty is of one of these kinds, and is open."""
    facts = case.facts
    other = ~np.isin(facts["duty_kind"], list(kinds))
    return {
        **faults_where(facts["duty_done_on"] != 0, case.batch, "duty", "a duty that is open"),
        **faults_where(other, case.batch, "duty", wanted),
    }
