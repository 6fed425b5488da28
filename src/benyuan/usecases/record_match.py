"""Screening has found a customer and an entry of a list that have a name or a number in common.

Sources: AML Law (2024), arts. 40, 41; PBoC Order [2016] No. 3, art. 18 (whoever is on a changed list is looked for at
once). A number stops a person at once, and a merchant as well, with all shops of its business. A name goes to people as
a case.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import NUMBER_MARK, Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.parties.lists import LIST_ENTRY
from benyuan.payments.flows import OF_MERCHANT, OF_PERSON
from benyuan.payments.monitoring.gates import in_force
from benyuan.payments.name_lists import MATCH_NUMBER, MatchKind
from benyuan.payments.records import MERCHANT, MERCHANT_STOPS_CHANGED, PERSON, PERSON_STOPS_CHANGED
from benyuan.payments.suspension import LISTED
from benyuan.payments.vocabulary import MERCHANT_STOP_BIT, NAME_LIST_BIT, MerchantStop
from benyuan.usecases.common import Id, MaybeId, faults_where, rows
from benyuan.usecases.name_matches import match_events
from benyuan.usecases.unlist_name import not_standing


@command("record_match")
class Match(Command, frozen=True, kw_only=True):
    """`entry` and `person` or `merchant`, one of them, have a `match` in common."""

    entry: Id
    match: MatchKind
    person: MaybeId = 0
    merchant: MaybeId = 0


class RecordMatch(UseCase):
    """Opens the case, and stops whose number is listed."""

    command = Match
    needs = (
        Need(table=LIST_ENTRY, by="entry", prefix="entry"),
        Need(table=PERSON, by="person", prefix="person"),
        Need(table=MERCHANT, by="merchant", prefix="merchant"),
    )
    gates = (in_force(LISTED),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What stops a person or a merchant is shared."""
        return (batch.integers("person"), batch.integers("merchant"))

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The entry stands on its list; there is one subject."""
        person, merchant = case.batch.integers("person"), case.batch.integers("merchant")
        both = (person != 0) == (merchant != 0)
        return {
            **faults_where(both, case.batch, "person", "a person or a merchant, one of them"),
            **not_standing(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The match, its case, and the stop."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        person, merchant = batch.integers("person"), batch.integers("merchant")
        kind = batch.numbers("match", MATCH_NUMBER)
        stopped = accepted & (kind == NUMBER_MARK) & (person != 0)
        stops = rows(stopped, id=person, stops=facts["person_stops"] | NAME_LIST_BIT)
        shut = accepted & (kind == NUMBER_MARK) & (merchant != 0)
        shops = rows(shut, id=merchant, stops=facts["merchant_stops"] | MERCHANT_STOP_BIT[MerchantStop.listed])
        found = match_events(
            case,
            accepted,
            subject_kind=np.where(person != 0, OF_PERSON, OF_MERCHANT),
            subject=np.where(person != 0, person, merchant),
            institution=np.where(person != 0, facts["person_institution"], facts["merchant_institution"]),
            entry=batch.integers("entry"),
            kind=kind,
        )
        return Recorded(
            results={"stopped": (stopped | shut).astype(np.int64)},
            events=[*event(PERSON_STOPS_CHANGED, stops), *event(MERCHANT_STOPS_CHANGED, shops), *found],
        )
