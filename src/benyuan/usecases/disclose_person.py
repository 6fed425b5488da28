"""A look at a customer's particulars: who looks, and why, is on record before anything is shown.

Source: PBoC Announcement [2015] No. 43, arts. 16, 20 (records of operations; information no wider than needed).
"""

from typing import Annotated, TypeAlias

import msgspec

from benyuan.decisions.commands import Command, command
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Decided, Recorded, UseCase
from benyuan.payments.records import PERSON
from benyuan.usecases.common import Id

Why: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]  # tidy: number a length that we chose
Who: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]  # tidy: number a length that we chose


@command("disclose_person")
class Disclose(Command, frozen=True, kw_only=True):
    """Have the particulars of `person` shown to `operator` for a `purpose`."""

    person: Id
    purpose: Why
    operator: Who


class DisclosePerson(UseCase):
    """Leaves its place in the log; what is shown comes out of the vault."""

    command = Disclose
    needs = (Need(table=PERSON, by="person", prefix="person"),)

    def record(self, decided: Decided) -> Recorded:
        """Where the particulars stand: the log position of the command that gave them."""
        return Recorded(results={"particulars": decided.case.facts["person_particulars"]})
