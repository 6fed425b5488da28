"""All that a firm holds about a customer leaves it: who hands it out is on record before anything is opened.

Source: PIPL, art. 45 (to see, to copy, to take elsewhere). The data themselves come out of tables, log and vault:
`assurance/protection/own_data.py`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.records import DATA_ANSWERED
from benyuan.consumer_protection.claims.words import WANTED_NUMBER, Wanted
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.claims.answer_own_data import REQUEST_NEED
from benyuan.usecases.reading.shared import ByReader, reader_faults

COPIES = tuple(WANTED_NUMBER[wanted.value] for wanted in (Wanted.see, Wanted.export))


@command("hand_out_data", version=2)
class HandOut(ByReader, frozen=True, kw_only=True):
    """Have the data that `request` asks for handed out by `reader`."""

    request: Id


class HandOutData(UseCase):
    """Leaves its place in the log and in the request; it may be handed out again while that is open."""

    command = HandOut
    needs = (REQUEST_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The last one counts."""
        return (batch.integers("request"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The request is open and is for a copy."""
        facts, batch = case.facts, case.batch
        other = ~np.isin(facts["request_wanted"], COPIES)
        return {
            **reader_faults(batch),
            **faults_where(facts["request_answered_on"] != 0, batch, "request", "one that is not answered yet"),
            **faults_where(other, batch, "request", "one to see the data or to take them out"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Whose data, and from where in the log they are told."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        handed = rows(accepted, id=batch.integers("request"), handed=batch.position)
        whom = {name: case.facts[f"request_{name}"] for name in ("person", "borrower", "subject")}
        return Recorded(results=whom, events=event(DATA_ANSWERED, handed))
