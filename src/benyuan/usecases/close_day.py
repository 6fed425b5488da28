"""The close of a payment institution's day: the reserve reconciled, large values turned into duties.

Customer money, unsettled merchants and what is in transit tie to the reserve: by double entry reserve + owed in =
wallets + merchants + owed out + own money, and the custodian's statement must show the reserve that the book shows
(PBoC Order [2021] No. 1, arts. 4, 41). A difference is recorded and shows as a breach; it refuses nothing.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.payments.large_values import due_on, large_values
from benyuan.payments.records import CLOSED_DAY, DAY_CLOSED, DUTY, DUTY_AROSE
from benyuan.payments.vocabulary import DutyKind
from benyuan.usecases.common import INSTITUTION_NEEDS, Count, Id, Yyyymmdd, rows

RECONCILED_DAILY = "reserve.reconcile.daily"


@command("close_day")
class Close(Command, frozen=True, kw_only=True):
    """Close `date` of `institution`; `statement_fen` is the reserve by the custodian's statement at its end."""

    institution: Id
    date: Yyyymmdd
    statement_fen: Count


def reconciled_daily(case: Case) -> NDArray[np.bool_]:
    """Every day is reconciled: in order, none twice, none before it has come."""
    case.rules.value(id=RECONCILED_DAILY, on=case.batch.on)
    date = case.batch.integers("date")
    last = case.facts["book_last_closed"]
    passes: NDArray[np.bool_] = (date > last) & (date <= case.batch.on)
    return passes


class CloseDay(UseCase):
    """Surveys the book and the day."""

    command = Close
    needs = INSTITUTION_NEEDS
    gates = (
        Gate(
            rule=RECONCILED_DAILY,
            passes=reconciled_daily,
            figures=lambda case, place: {
                "asked_on": int(case.batch.integers("date")[place]),
                "last_closed_on": int(case.facts["book_last_closed"][place]),
            },
        ),
    )
    surveys = True

    def record(self, decided: Decided) -> Recorded:
        """The day's figures, and a duty for each large value."""
        case, accepted = decided.case, decided.accepted
        facts, batch = case.facts, case.batch
        date = batch.integers("date")
        difference = batch.integers("statement_fen") - facts["book_reserve"]
        closed = {
            "id": np.full(len(batch), facts.next_ids[CLOSED_DAY.name]),
            "institution": batch.integers("institution"),
            "date": date,
            "wallets_fen": -facts["book_wallet"],
            "merchants_fen": -facts["book_merchant"],
            "clearing_in_fen": facts["book_clearing_in"],
            "clearing_out_fen": -facts["book_clearing_out"],
            "own_fen": -facts["book_own_funds"],
            "reserve_fen": facts["book_reserve"],
            "statement_fen": batch.integers("statement_fen"),
            "difference_fen": difference,
        }
        duties = {name: column.tolist() for name, column in self._duties(decided).items()}
        return Recorded(
            results={"difference_fen": difference, "duties": np.full(len(batch), len(duties["id"]))},
            events=[*event(DAY_CLOSED, rows(accepted, **closed)), *event(DUTY_AROSE, duties)],
        )

    def _duties(self, decided: Decided) -> dict[str, NDArray[np.int64]]:
        case = decided.case
        on = int(case.batch.integers("date")[0])
        large = large_values(case, on=on)
        count = len(large.subject)
        return {
            "id": np.arange(count) + case.facts.next_ids[DUTY.name],
            "kind": np.full(count, DutyKind.large_value_report),
            "institution": np.full(count, case.batch.integers("institution")[0]),
            "subject_kind": large.subject_kind,
            "subject": large.subject,
            "direction": large.direction,
            "amount_fen": large.amount_fen,
            "arose_on": np.full(count, on),
            "due_on": np.full(count, due_on(case, completed_on=on) if count else 0),
            "done_on": np.zeros(count, np.int64),
        }
