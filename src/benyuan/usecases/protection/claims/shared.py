"""What the commands about claims share: duties as rows, customers, days that were, who can be in a batch together."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.claims.records import (
    COMPLAINT_FURTHER,
    COMPLAINT_MORE_CHANGED,
    COMPLAINT_MORE_TOLD,
    CUSTOMER_COMPLAINT,
    DEBT_CLAIM,
)
from benyuan.consumer_protection.claims.substance import WANTED, says_something
from benyuan.consumer_protection.customers import CUSTOMER
from benyuan.consumer_protection.records import PROTECTION_DUTY_AROSE, PROTECTION_DUTY_CHANGED
from benyuan.credit_bureau.records import SUBJECT
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, Identity
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.payments.records import PERSON
from benyuan.usecases.common import faults_where, rows


class Worded(Command, frozen=True, kw_only=True):
    """A command whose personal `words` say something: blanks answer nobody."""

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """Words that are all blank."""
        del fields
        return ("words", "words that say something") if not str(personal.get("words", "")).strip() else None

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """Nobody's."""
        del personal, fields, on
        return Identity(text="", contact="", derived={})


class Telling(Worded, frozen=True, kw_only=True):
    """A command by which the firm tells a customer something in `words`: a full stop or "ok" tells nothing."""

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """Words that say nothing."""
        del fields
        return None if says_something(str(personal.get("words", ""))) else ("words", WANTED)


CUSTOMER_NEEDS = (
    Need(table=PERSON, by="person", prefix="person"),
    Need(table=BORROWER, by="borrower", prefix="borrower"),
    Need(table=SUBJECT, by="subject", prefix="subject"),
)
COMPLAINT_NEED = Need(table=CUSTOMER_COMPLAINT, by="complaint", prefix="complaint")
FURTHER_NEED = Need(table=COMPLAINT_FURTHER, by="complaint", prefix="further")
CLAIM_NEED = Need(table=DEBT_CLAIM, by="debt_claim", prefix="claim")


def by_complaint(batch: Batch) -> Sequence[NDArray[np.int64]]:
    """What is shared by the commands about one complaint."""
    return (batch.integers("complaint"),)


def open_faults(case: Case) -> dict[int, Invalid]:
    """The complaint is neither answered nor withdrawn."""
    facts, batch = case.facts, case.batch
    return {
        **faults_where(facts["complaint_withdrawn_on"] != 0, batch, "complaint", "one that was not withdrawn"),
        **faults_where(facts["complaint_answered_on"] != 0, batch, "complaint", "one that is not answered yet"),
    }


def by_claim(batch: Batch) -> Sequence[NDArray[np.int64]]:
    """What is shared by the commands about one claim about a debt."""
    return (batch.integers("debt_claim"),)


def open_claim_faults(case: Case) -> dict[int, Invalid]:
    """The claim is neither answered nor withdrawn."""
    facts, batch = case.facts, case.batch
    return {
        **faults_where(facts["claim_withdrawn_on"] != 0, batch, "debt_claim", "one that was not withdrawn"),
        **faults_where(facts["claim_answered_on"] != 0, batch, "debt_claim", "one that is not answered yet"),
    }


def raised(where: NDArray[np.bool_], **columns: Any) -> list[Event]:
    """New duties: `id`, `kind`, the customer, `about`, `arose_on`, `due_on` (0: the text names no day)."""
    return event(PROTECTION_DUTY_AROSE, rows(where, **{"done_on": 0, "level": 0, **columns}))


def changed(where: NDArray[np.bool_], *, duty: NDArray[np.int64], **columns: Any) -> list[Event]:
    """Duties that are done, or have another day."""
    return event(PROTECTION_DUTY_CHANGED, rows(where & (duty != 0), id=duty, **columns))


def furthered(case: Case, where: NDArray[np.bool_], **columns: Any) -> list[Event]:
    """More about complaints; a row is begun for one that has none yet, with what the complaint itself tells."""
    facts, known = case.facts, case.facts.found("further")
    own = {name: facts[f"complaint_{name}"] for name in CUSTOMER}
    begun = {**dict.fromkeys(COMPLAINT_FURTHER.columns, 0), **own, "first_due_on": facts["complaint_due_on"]}
    begun |= {"cause_at_first": facts["complaint_cause"], **columns}
    number = case.batch.integers("complaint")
    return [
        *event(COMPLAINT_MORE_TOLD, rows(where & ~known, id=number, **begun)),
        *event(COMPLAINT_MORE_CHANGED, rows(where & known, id=number, **columns)),
    ]


def is_lenders(case: Case) -> NDArray[np.bool_]:
    """Where the complaint is about a lender, whatever way it came in."""
    return np.asarray(case.facts["complaint_borrower"] != 0, np.bool_)


def is_anothers(case: Case) -> NDArray[np.bool_]:
    """Where it is about the payment institution or the bureau."""
    return ~is_lenders(case)


def complaints_customer(case: Case) -> dict[str, NDArray[np.int64]]:
    """Whose the complaint is."""
    return {name: case.facts[f"complaint_{name}"] for name in ("person", "borrower", "subject")}


def lateness(on: int, due_on: NDArray[np.int64]) -> NDArray[np.int64]:
    """1 where the day is after the one that was due."""
    return np.asarray((due_on != 0) & (on > due_on), np.int64)
