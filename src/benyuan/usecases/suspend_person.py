"""All business of a customer stops: found to have traded in accounts, or on a list that forbids every service.

Sources: 银发〔2016〕261号, item 一（三）; AML Law (2024), art. 40; PBoC Order [2016] No. 3, art. 18.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase, standing
from benyuan.payments.records import PERSON, PERSON_STOPS_CHANGED
from benyuan.payments.suspension import LISTED, SANCTION
from benyuan.payments.vocabulary import NAME_LIST_BIT, PersonStop
from benyuan.usecases.common import Id, Reference, Yyyymmdd, faults_where, no_such_day, rows
from benyuan.values.dates import MONTHS_A_YEAR, add_months


@command("suspend_person")
class SuspendAll(Command, frozen=True, kw_only=True):
    """Stop all of `person` for a `stop` found on the day `since`; `reference` is that of the finding or the list."""

    person: Id
    stop: PersonStop
    since: Yyyymmdd
    reference: Reference


class SuspendPerson(UseCase):
    """Stops a customer: for years, or until taken off the list."""

    command = SuspendAll
    needs = (Need(table=PERSON, by="person", prefix="person"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What stops a person is shared."""
        return (batch.integers("person"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists, and is not to come; the rule was in force on it."""
        late = case.batch.integers("since") > case.batch.on
        wrong = {**faults_where(late, case.batch, "since", "a day that has come"), **no_such_day(case.batch, "since")}
        self._ends(case, standing(wrong, len(case.batch)))
        return wrong

    def record(self, decided: Decided) -> Recorded:
        """Until when business is stopped, and until when no account is opened; the longer of two findings holds."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        until, barred = self._ends(case, accepted)
        listed = batch.equals("stop", PersonStop.name_list.value)
        changed = {
            "id": batch.integers("person"),
            "stops": facts["person_stops"] | np.where(listed, NAME_LIST_BIT, 0),
            "stopped_until": np.maximum(facts["person_stopped_until"], until),
            "barred_until": np.maximum(facts["person_barred_until"], barred),
        }
        return Recorded(
            results={"stopped_until": changed["stopped_until"], "barred_until": changed["barred_until"]},
            events=event(PERSON_STOPS_CHANGED, rows(accepted, **changed)),
        )

    @staticmethod
    def _ends(case: Case, where: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The days on which business and opening are free again; 0 for a list. Errors: RuleNotInForce."""
        until, barred = np.zeros(len(case.batch), np.int64), np.zeros(len(case.batch), np.int64)
        stops, since = case.batch.values("stop"), case.batch.integers("since")
        for place in np.flatnonzero(where).tolist():
            stop, found_on = stops[place], int(since[place])
            if stop != PersonStop.account_trading.value:
                case.rules.value(id=LISTED, on=found_on)
                continue
            value = case.rules.value(id=SANCTION, on=found_on)
            until[place] = add_months(found_on, value.count * MONTHS_A_YEAR)
            barred[place] = add_months(found_on, value.parameters.count("bar") * MONTHS_A_YEAR)
        return until, barred
