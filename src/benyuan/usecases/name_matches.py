"""What the commands that screen have in common: a row for each match, and a case for people."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import Event, event
from benyuan.decisions.usecase import Case
from benyuan.payments.flows import OF_PERSON
from benyuan.payments.monitoring.records import CASE_OPENED, SUSPICIOUS_CASE, Pattern
from benyuan.payments.name_lists import LIST_MATCH, LIST_MATCHED
from benyuan.usecases.common import numbered, rows


def match_events(
    case: Case, where: NDArray[np.bool_], *, subject_kind: Any, subject: Any, institution: Any, entry: Any, kind: Any
) -> list[Event]:
    """The matches of the commands `where` there is one, each with its case."""
    on = case.batch.on
    cases = numbered(where, case.facts.next_ids[SUSPICIOUS_CASE.name])
    matched = {"subject_kind": subject_kind, "subject": subject, "entry": entry, "kind": kind, "found_on": on}
    opened = {"institution": institution, "subject_kind": subject_kind, "subject": subject, "opened_on": on}
    opened |= {"pattern": int(Pattern.name_list), "happened_on": on}
    nothing = ("chain", "movements", "amount_fen", "standard", "verdict", "judged_on", "duty")
    ids = numbered(where, case.facts.next_ids[LIST_MATCH.name])
    return [
        *event(LIST_MATCHED, rows(where, id=ids, opened_case=cases, **matched)),
        *event(CASE_OPENED, rows(where, id=cases, **opened, **dict.fromkeys(nothing, 0))),
    ]


def person_matches(case: Case, where: NDArray[np.bool_], *, person: NDArray[np.int64]) -> list[Event]:
    """The matches that the intake of a person's particulars has found."""
    kind = case.batch.integers("match_kind")
    return match_events(
        case,
        where & (kind != 0),
        subject_kind=OF_PERSON,
        subject=person,
        institution=case.batch.integers("institution"),
        entry=case.batch.integers("match_entry"),
        kind=kind,
    )
