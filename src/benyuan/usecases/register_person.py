"""A natural person who becomes a customer of an institution, known to everything else by an opaque id.

Sources: State Council Order 768, art. 23; PBoC Announcement [2015] No. 43, arts. 6, 44. Order of checks: the document
is valid on the day; its holder is not a customer already.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.parties.documents import DOCUMENT_NUMBER
from benyuan.parties.people import PERSONAL, PersonalFields
from benyuan.payments.chart import Own, Usage, person_accounts
from benyuan.payments.identity import ONE_CUSTOMER, SHOWN_DOCUMENT, unborn
from benyuan.payments.name_lists import NOT_LISTED
from benyuan.payments.records import IDENTITY, IDENTITY_SHOWN, PERSON, PERSON_REGISTERED
from benyuan.usecases.common import INSTITUTION_NEEDS, Id, no_such_day, numbered, rows
from benyuan.usecases.name_matches import person_matches


@command("register_person", personal=PERSONAL, identified=True, screened=True)
class Person(PersonalFields, frozen=True, kw_only=True):
    """Register a customer of `institution` by a valid identity document; `valid_until` 0: it holds for ever."""

    institution: Id


class RegisterPerson(UseCase):
    """Opens the person's usage accounts, which all of the person's wallets share."""

    command = Person
    needs = (*INSTITUTION_NEEDS, Need(table=IDENTITY, by="identity", prefix="identity"))
    gates = (NOT_LISTED, SHOWN_DOCUMENT, ONE_CUSTOMER)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether an identity is a customer is shared by its registrations."""
        return (batch.integers("identity"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The dates exist, and the holder lives."""
        return {**unborn(case), **no_such_day(case.batch, "valid_until", none=True)}

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """One usage account for each limit on a customer."""
        books = case.facts["institution_book"][goes_on]
        controls = case.facts["institution_first_account"][goes_on] + Own.usage_control
        return person_accounts(books=books, controls=controls)

    def record(self, decided: Decided) -> Recorded:
        """The person, whose identity it is, and where the usage accounts begin."""
        batch, facts, accepted = decided.case.batch, decided.case.facts, decided.accepted
        ids = numbered(accepted, facts.next_ids[PERSON.name])
        columns = rows(
            accepted,
            id=ids,
            institution=batch.integers("institution"),
            first_usage=numbered(accepted, facts.next_account, step=len(Usage)),
            registered_on=batch.on,
            wallets=0,
            class3_wallets=0,
            agreed_daily_fen=0,
            micro_usage=0,
            document=batch.numbers("document", DOCUMENT_NUMBER),
            valid_until=batch.integers("valid_until"),
            particulars=batch.position,
            reverified=batch.position,
            stops=0,
            reverify_by=0,
            stopped_until=0,
            barred_until=0,
            transfer_daily_fen=0,
            transfer_daily_count=0,
        )
        shown = rows(accepted, id=batch.integers("identity"), person=ids, since=batch.on)
        return Recorded(
            results={"person": ids},
            events=[
                *event(PERSON_REGISTERED, columns),
                *event(IDENTITY_SHOWN, shown),
                *person_matches(decided.case, accepted, person=ids),
            ],
        )
