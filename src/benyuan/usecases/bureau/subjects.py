"""What commands share that find a person's file or open it: needs, the file's account, the events.

Source: State Council Order 631, art. 17: the account that counts the free reports of a year is opened with the file.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.chart import subject_accounts
from benyuan.credit_bureau.records import (
    BUREAU,
    SUBJECT,
    SUBJECT_IDENTIFIED,
    SUBJECT_IDENTITY,
    SUBJECT_SHOWN,
    SUBJECT_SHOWN_AGAIN,
)
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Case
from benyuan.usecases.common import numbered, rows

SUBJECT_NEEDS = (
    Need(table=SUBJECT_IDENTITY, by="identity", prefix="identity"),
    Need(table=SUBJECT, by="identity_subject", prefix="subject"),
)
FILE_NEEDS = (Need(table=BUREAU, by="bureau", prefix="bureau"), *SUBJECT_NEEDS)


def is_new(case: Case, passes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where a file is opened."""
    return np.asarray(passes & ~case.facts.found("identity"), np.bool_)


def subject_ids(case: Case, accepted: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The number of each person's file: the one that stands, or the next."""
    fresh = numbered(is_new(case, accepted), case.facts.next_ids[SUBJECT.name])
    return np.where(accepted & case.facts.found("identity"), case.facts["identity_subject"], fresh)


def file_accounts(case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
    """What counts the free reports of each new person."""
    new = is_new(case, goes_on)
    return subject_accounts(books=case.facts["bureau_book"][new], controls=case.facts["bureau_control"][new])


def file_events(case: Case, accepted: NDArray[np.bool_], *, usage: NDArray[np.int64]) -> list[Event]:
    """The new files, and whose they are; `usage`: the account of each new one."""
    new, ids = is_new(case, accepted), subject_ids(case, accepted)
    batch = case.batch
    opened = {
        "bureau": batch.integers("bureau"),
        "usage": usage,
        "identified_on": batch.on,
        "statement": 0,
        "objections": 0,
    }
    shown = {"subject": ids, "since": batch.on, "position": batch.position, "name": batch.integers("named")}
    return [
        *event(SUBJECT_IDENTIFIED, rows(new, id=ids, **opened)),
        *event(SUBJECT_SHOWN, rows(new, id=batch.integers("identity"), **shown)),
    ]


def moved_events(case: Case, again: NDArray[np.bool_]) -> list[Event]:
    """Where the particulars stand now, and under what name, of people who had a file already."""
    columns = {"position": case.batch.position, "name": case.batch.integers("named")}
    return event(SUBJECT_SHOWN_AGAIN, rows(again, id=case.batch.integers("identity"), **columns))
