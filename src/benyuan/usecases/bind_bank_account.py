"""A person's bank account or card, with or without the mandates to debit it.

Sources: PBoC Announcement [2015] No. 43, arts. 10, 12. Its number is sealed; what the log knows is an opaque one, the
same whoever shows it. So a bank account has one holder: what one customer has bound is no other customer's.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, Identity, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import HIDDEN, Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.parties.bank_numbers import bank_number_fault, bank_number_text
from benyuan.parties.documents import normal_number
from benyuan.payments.bank_gates import SAME_HOLDER
from benyuan.payments.records import BANK_ACCOUNT, BANK_ACCOUNT_BOUND, BANK_NUMBER, BANK_NUMBER_SHOWN, PERSON
from benyuan.payments.vocabulary import CardKind
from benyuan.usecases.common import Id, Truth, numbered, rows

Number: TypeAlias = Annotated[str, msgspec.Meta(max_length=64)]  # tidy: number a length that we chose


@command("bind_bank_account", personal=("number",), identified=True)
class Bind(Command, frozen=True, kw_only=True):
    """Bind a bank account that `person` holds. `mandate`: person and bank have both agreed to its being debited.

    `number`: that of the account or card; without one nobody can tell whether it is bound already.
    """

    person: Id
    mandate: Truth
    card: CardKind = CardKind.debit
    number: Number = ""

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """The number in its normal form."""
        return {**personal, **({"number": normal_number(personal["number"])} if "number" in personal else {})}

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """A number that is none."""
        if "number" not in personal:
            return None
        fault = bank_number_fault(personal["number"], is_card=fields["card"] == CardKind.credit.value)
        return ("number", fault) if fault else None

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The number is the account's identity."""
        del fields, on
        number = personal.get("number", "")
        return Identity(text=bank_number_text(number) if number else "", contact="", derived={})


def anothers(case: Case) -> NDArray[np.bool_]:
    """Where another customer has bound the account."""
    return np.asarray(
        case.facts.found("known") & (case.facts["bound_person"] != case.batch.integers("person")), np.bool_
    )


def ones_own(case: Case) -> NDArray[np.bool_]:
    """Nobody binds as their own what is another's; whether the rule is in force is asked only then."""
    wrong = anothers(case)
    if wrong.any():
        case.rules.value(id=SAME_HOLDER.rule, on=case.batch.on)
    return ~wrong


class BindBankAccount(UseCase):
    """Records the bank account."""

    command = Bind
    needs = (
        Need(table=PERSON, by="person", prefix="person"),
        Need(table=BANK_NUMBER, by="identity", prefix="known"),
        Need(table=BANK_ACCOUNT, by="known_bank_account", prefix="bound"),
    )
    gates = (Gate(rule=SAME_HOLDER.rule, passes=ones_own, applies=anothers),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether a number is bound is shared."""
        return (batch.integers("identity"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The person has not bound it yet."""
        again, number = case.facts.found("known") & ~anothers(case), case.facts["known_bank_account"]
        wanted = "one that is not bound; it is bank account"
        return {
            place: Invalid(field="number", value=HIDDEN, constraint=f"{wanted} {int(number[place])}")
            for place in np.flatnonzero(again).tolist()
        }

    def record(self, decided: Decided) -> Recorded:
        """The bank account."""
        batch, accepted = decided.case.batch, decided.accepted
        ids, identity = numbered(accepted, decided.case.facts.next_ids[BANK_ACCOUNT.name]), batch.integers("identity")
        columns = rows(
            accepted,
            id=ids,
            person=batch.integers("person"),
            merchant=0,
            bound_on=batch.on,
            mandate=np.array(batch.values("mandate"), np.int64),
            credit=batch.equals("card", CardKind.credit.value),
            identity=identity,
            position=batch.position,
        )
        shown = rows(accepted & (identity != 0), id=identity, bank_account=ids, since=batch.on)
        return Recorded(
            results={"bank_account": ids},
            events=[*event(BANK_ACCOUNT_BOUND, columns), *event(BANK_NUMBER_SHOWN, shown)],
        )
