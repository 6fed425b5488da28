"""A member of an entity's staff: name and document lie in the vault, and the login is whose commands theirs are.

Sources: PBoC Order [2020] No. 4, art. 34 (people and information kept apart by entity); 银发〔2018〕102号, 二（一）
(one account for one person, and none that several share). Worked number: a login that a member has is nobody else's.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.decisions.words import text_faults
from benyuan.governance.checks.records import STAFF, STAFF_REGISTERED
from benyuan.governance.checks.standing import has_left
from benyuan.parties.documents import DocumentKind
from benyuan.parties.people import Text
from benyuan.rules import RulePack
from benyuan.usecases.checks.shared import AtEntity, Login, entity_faults, entity_there, sort_number
from benyuan.usecases.common import numbered, rows
from benyuan.usecases.group.individuals import ByDocument
from benyuan.usecases.related.shared import one


@command("register_staff", personal=("number", "full_name"), identified=True)
class StaffFields(ByDocument, AtEntity, frozen=True, kw_only=True):
    """An individual works at `entity`; commands under the client's name `login` are this member's."""

    document: DocumentKind
    number: Text
    full_name: Text
    login: Login


class RegisterStaff(UseCase):
    """Gives the member a number; without a role it may do nothing."""

    command = StaffFields
    surveys = True

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A login is one member's."""
        return (batch.text_numbers("login"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the entity is there, the login taken, the individual a member already."""
        del facts, rules
        taken = int(books.first_with(STAFF, "login", batch.text_numbers("login"))[0])
        held = {name: books.column(STAFF, name) for name in ("sort", "entity", "identity")}
        mine = (held["sort"] == sort_number(batch)) & (held["entity"] == batch.integers("entity")[0])
        mine &= held["identity"] == batch.integers("identity")[0]
        members = [
            each for each in np.flatnonzero(mine).tolist() if not has_left(books.column, staff=each, on=batch.on)
        ]
        return one(there=entity_there(batch, books), taken=taken, member=max(members, default=0)), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An entity that is there, a login of one's own, once at each entity."""
        batch, facts = case.batch, case.facts
        member = int(facts["member"][0])
        return {
            **text_faults(
                facts["member"] != 0, batch, "sort", f"an entity at which they are not: staff {member} is they"
            ),
            **text_faults(facts["taken"] != 0, batch, "login", "a login that nobody has"),
            **entity_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The member."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[STAFF.name])
        columns = {
            "sort": sort_number(batch),
            "entity": batch.integers("entity"),
            "identity": batch.integers("identity"),
            "login": batch.text_numbers("login"),
            "registered_on": batch.on,
            "position": batch.position,
        }
        return Recorded(results={"staff": ids}, events=event(STAFF_REGISTERED, rows(accepted, id=ids, **columns)))
