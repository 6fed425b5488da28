"""Which commands let personal data be read: of what kind, at which entity, for which task, and whose they are.

Sources: PBoC Order [2020] No. 5, art. 33; PIPL, art. 51 item 4; State Council Order 631, art. 22 ¶2. The decider asks
for the role (`engine/readers.py`), so no use case can forget it. Worked: `disclose_person` of person 7 reads the
identity of a customer of the institution that person 7 is with, for the task that the command says.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from benyuan.consumer_finance.records import BORROWER, BORROWER_IDENTITY
from benyuan.consumer_protection.claims.records import DATA_REQUEST
from benyuan.credit_bureau.records import MEMBER, SUBJECT, SUBJECT_IDENTITY
from benyuan.credit_bureau.vocabulary import Purpose
from benyuan.decisions.facts import Table
from benyuan.governance.checks.words import EntitySort
from benyuan.governance.reading.words import Kept, Task
from benyuan.payments.records import DUTY, IDENTITY, PERSON
from benyuan.usecases.checks.whose import Way

INSTITUTION, LENDER, BUREAU, BODY = EntitySort


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A customer whose data they are, by a column of the command or its facts; and where documents lead to numbers."""

    field: str
    identities: Table
    number: str


PERSON_READ = Party(field="person", identities=IDENTITY, number="person")
SUBJECT_READ = Party(field="subject", identities=SUBJECT_IDENTITY, number="subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a kind of command reads. `ways`: to the entity, none for what is all bodies'.

    `task`: the one it always has; or `purposes`, by the word of the command's purpose; or the command's own field.
    `keepers`: to whom customers show documents, where that is another than the entity. `parties`: whose the data are.
    """

    kept: Kept
    ways: tuple[Way, ...] = ()
    task: Task = Task.unsaid
    purposes: Mapping[str, Task] | None = None
    keepers: tuple[Way, ...] = ()
    parties: tuple[Party, ...] = ()


_LOOKS = {
    Purpose.own.value: Task.service,
    Purpose.objection.value: Task.complaint,
    Purpose.complaint.value: Task.complaint,
    Purpose.quality.value: Task.control,
    Purpose.audit.value: Task.control,
}
_LENDS = (Purpose.loan, Purpose.credit_card, Purpose.guarantor, Purpose.representative, Purpose.post_loan)
_ASKS = {**{purpose.value: Task.lending for purpose in _LENDS}, Purpose.objection.value: Task.complaint}

READS: Mapping[str, Read] = {
    "disclose_person": Read(
        kept=Kept.identity,
        ways=(Way(field="person", steps=((PERSON, "institution"),), sort=INSTITUTION),),
        parties=(PERSON_READ,),
    ),
    "draw_report": Read(
        kept=Kept.identity,
        ways=(Way(field="duty", steps=((DUTY, "institution"),), sort=INSTITUTION),),
        task=Task.authority,
    ),
    "hand_out_data": Read(
        kept=Kept.copy,
        ways=(
            Way(field="request", steps=((DATA_REQUEST, "person"), (PERSON, "institution")), sort=INSTITUTION),
            Way(field="request", steps=((DATA_REQUEST, "borrower"), (BORROWER, "lender")), sort=LENDER),
            Way(field="request", steps=((DATA_REQUEST, "subject"), (SUBJECT, "bureau")), sort=BUREAU),
        ),
        task=Task.request,
        parties=(
            Party(field="request_person", identities=IDENTITY, number="person"),
            Party(field="request_borrower", identities=BORROWER_IDENTITY, number="borrower"),
            Party(field="request_subject", identities=SUBJECT_IDENTITY, number="subject"),
        ),
    ),
    "look": Read(
        kept=Kept.file,
        ways=(Way(field="bureau", sort=BUREAU),),
        purposes=_LOOKS,
        parties=(SUBJECT_READ,),
    ),
    "inquire": Read(
        kept=Kept.credit,
        ways=(Way(field="member", steps=((MEMBER, "lender"),), sort=LENDER),),
        purposes=_ASKS,
        keepers=(Way(field="bureau", sort=BUREAU),),
        parties=(Party(field="identity_subject", identities=SUBJECT_IDENTITY, number="subject"),),
    ),
    "disclose_ownership": Read(kept=Kept.ownership),
}
"""By the kind of command. A member of a bureau that is no lender here has staff of its own."""
