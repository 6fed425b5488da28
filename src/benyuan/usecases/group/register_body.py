"""A body that can own or be owned: a company, partnership, product or authority, with its code and what it does.

Sources: PBoC Order [2020] No. 4, arts. 2, 3 ¶4 (the structure level by level, up to who controls it in the end). The
code is the identity, so that one body is registered once. Worked number: a body from abroad has no code; two of the
same name are then two numbers.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Identity, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.decisions.words import text_faults
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.bodies.vocabulary import BODY_KIND_NUMBER, BUSINESS_NUMBER, BodyKind, Business, Place
from benyuan.parties.credit_codes import credit_code_fault
from benyuan.parties.documents import normal_number
from benyuan.parties.names import name_fault
from benyuan.parties.people import SEPARATOR
from benyuan.usecases.common import MEMO_CHARACTERS, MaybeId, Memo, Yyyymmdd, no_such_day
from benyuan.usecases.group.shared import KNOWN_NEED, new_body, registered_already, source_faults

Name: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=MEMO_CHARACTERS)]


@command("register_body", personal=("code",), identified=True)
class BodyFields(Sourced, frozen=True, kw_only=True):
    """Register a body, by its unified social credit `code` where it has one; its number is in the answer.

    `business`: what it does from `from_date` on; `book`: its book of accounts in this ledger, 0 for one whose accounts
    are elsewhere.
    """

    name: Name
    kind_of_body: BodyKind
    place: Place = Place.mainland
    code: Memo = ""
    business: Business = Business.none
    book: MaybeId = 0
    from_date: Yyyymmdd

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """The code in its normal form."""
        return {name: normal_number(item) for name, item in personal.items()}

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """A code that there is is sound."""
        del fields
        fault = credit_code_fault(personal["code"]) if personal.get("code") else None
        return ("code", fault) if fault else None

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The code is the body, in the whole group; without one there is none to tell."""
        del fields, on
        code = personal.get("code", "")
        return Identity(text=SEPARATOR.join(("body", code)) if code else "", contact="", derived={})


class RegisterBody(UseCase):
    """Gives the body its number."""

    command = BodyFields
    needs = (KNOWN_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Who is registered twice is one body."""
        return (batch.integers("identity"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """No individual; a code that nobody has; a source."""
        batch = case.batch
        persons = batch.equals("kind_of_body", BodyKind.individual.value)
        unnamed = np.array([name_fault(name) is not None for name in batch.values("name")], np.bool_)
        return {
            **source_faults(case),
            **no_such_day(batch, "from_date"),
            **text_faults(unnamed, batch, "name", "a name with at least one letter and no control characters"),
            **text_faults(persons, batch, "kind_of_body", "no individual: register_individual keeps the name sealed"),
            **registered_already(case, field="code"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The body, and what it does."""
        batch = decided.case.batch
        ids, events = new_body(
            decided,
            kind=batch.numbers("kind_of_body", BODY_KIND_NUMBER),
            business=batch.numbers("business", BUSINESS_NUMBER),
            book=batch.integers("book"),
        )
        return Recorded(results={"body": ids}, events=events)
