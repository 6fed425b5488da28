"""What the commands of staff, roles and checks share: whether an entity is there, who asks, and the faults of both."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import LENDER
from benyuan.credit_bureau.records import BUREAU
from benyuan.decisions.batches import Batch, text_number
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command
from benyuan.decisions.facts import Need, Table
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.governance.checks.records import CHECK_PROPOSAL, STAFF
from benyuan.governance.checks.words import SORT_NUMBER, EntitySort
from benyuan.parties.bodies.records import BODY
from benyuan.payments.records import INSTITUTION
from benyuan.usecases.common import Id, faults_where

TABLE_OF: Mapping[str, Table] = {
    EntitySort.institution: INSTITUTION,
    EntitySort.lender: LENDER,
    EntitySort.bureau: BUREAU,
    EntitySort.body: BODY,
}
LOGIN_CHARACTERS = 64  # tidy: number a length that we chose
Login: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=LOGIN_CHARACTERS)]
WHO = "who sends the command: its client is the member's login"
PROPOSAL_NEED = Need(table=CHECK_PROPOSAL, by="proposal", prefix="proposal")


class AtEntity(Command, frozen=True, kw_only=True):
    """What is done at one entity: an institution, lender, bureau or body, and its number."""

    sort: EntitySort
    entity: Id


def entity_there(batch: Batch, books: Books) -> bool:
    """Whether the entity that the one command of a batch names exists."""
    table = TABLE_OF[batch.values("sort")[0]]
    return int(batch.integers("entity")[0]) < len(books.column(table, table.columns[0]))


def sort_number(batch: Batch) -> int:
    """The number of the sort that the one command of a batch names."""
    return SORT_NUMBER[batch.values("sort")[0]]


def entity_faults(case: Case) -> dict[int, Invalid]:
    """The entity is there."""
    batch = case.batch
    wanted = f"the number of {_a(batch.values('sort')[0])} that exists"
    return faults_where(np.asarray(case.facts["there"] == 0, np.bool_), batch, "entity", wanted)


def staff_need(field: str) -> Need:
    """The member of staff that a field names."""
    return Need(table=STAFF, by=field, prefix=field)


def is_not_the_sender(case: Case, field: str) -> NDArray[np.bool_]:
    """Where a command comes under another client's name than the login of who is said to give it."""
    senders = np.fromiter(map(text_number, case.batch.clients), np.int64, len(case.batch))
    return np.asarray(case.facts[f"{field}_login"] != senders, np.bool_)


def sender_faults(case: Case, field: str) -> dict[int, Invalid]:
    """Who is said to give the command sends it."""
    return faults_where(is_not_the_sender(case, field), case.batch, field, WHO)


def staff_of(case: Case, field: str, place: int) -> dict[str, Any]:
    """What a refusal tells of a member of staff."""
    return {field: int(case.batch.integers(field)[place])}


def _a(sort: str) -> str:
    return f"{'an' if sort == EntitySort.institution else 'a'} {EntitySort(sort).value}"


def waiting_faults(case: Case) -> dict[int, Invalid]:
    """A fault where a proposal does not wait for its check: its time is over, or somebody has checked it."""
    batch, facts = case.batch, case.facts
    late = np.asarray(facts["proposal_until"] < batch.on, np.bool_)
    checked = np.asarray(facts["proposal_verdict"] != 0, np.bool_)
    return {
        **faults_where(late, batch, "proposal", "one that can still be used"),
        **faults_where(checked, batch, "proposal", "one that nobody has checked yet"),
    }
