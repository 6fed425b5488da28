"""Own money is set aside for losses, or released again (PBoC Announcement [2015] No. 43, art. 19).

It stays in the reserve: what leaves it goes the way of own funds, with the supervisor's check.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.payments.chart import LegCode, Own, provision_accounts
from benyuan.payments.provision import PROVISION, PROVISION_OPENED, PROVISION_RULE
from benyuan.payments.vocabulary import ProvisionMove
from benyuan.rules import RulePack
from benyuan.usecases.common import INSTITUTION_NEEDS, Fen, Id, Reference, numbered, rows


@command("set_provision")
class Provide(Command, frozen=True, kw_only=True):
    """Set `amount_fen` of own funds of `institution` aside for losses, or release it; `reference`: of the decision."""

    institution: Id
    amount_fen: Fen
    move: ProvisionMove
    reference: Reference


def sets_aside(case: Case) -> NDArray[np.bool_]:
    """Where money is set aside."""
    return case.batch.equals("move", ProvisionMove.set_aside.value)


def is_first(case: Case) -> NDArray[np.bool_]:
    """Where the provision is opened by it."""
    return np.asarray(sets_aside(case) & ~case.facts.found("provision"), np.bool_)


class SetProvision(UseCase):
    """Moves it between own funds and the provision, which the first command opens."""

    command = Provide
    needs = (*INSTITUTION_NEEDS, Need(table=PROVISION, by="institution", prefix="provision"))
    surveys = True

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """An institution has one provision."""
        return (batch.integers("institution"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What there is to move."""
        del rules
        aside = batch.equals("move", ProvisionMove.set_aside.value)
        own = facts["institution_first_account"] + Own.own_funds
        source = np.where(aside, own, facts["provision_account"])
        return {"there_fen": books.available(source)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The rule is in force; no more is moved than there is."""
        case.rules.value(id=PROVISION_RULE, on=case.batch.on)
        asked, there = case.batch.integers("amount_fen"), case.facts["there_fen"]
        constraint = "no more than own funds, or the provision, hold, in fen"
        return {
            place: Invalid(field="amount_fen", value=int(asked[place]), constraint=f"{constraint}: {there[place]}")
            for place in np.flatnonzero(asked > there).tolist()
        }

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """One where there is none."""
        return provision_accounts(books=case.facts["institution_book"][goes_on & is_first(case)])

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """One leg."""
        facts, aside = case.facts, sets_aside(case)
        own = facts["institution_first_account"] + Own.own_funds
        provision = np.where(facts.found("provision"), facts["provision_account"], facts.next_account)
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        amount = case.batch.integers("amount_fen")
        table.add(where=goes_on & aside, debit=own, credit=provision, amount=amount, code=LegCode.provision_set_aside)
        table.add(where=goes_on & ~aside, debit=provision, credit=own, amount=amount, code=LegCode.provision_released)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The account, where it is new."""
        case = decided.case
        first = decided.accepted & is_first(case)
        account = numbered(first, case.facts.next_account)
        opened = rows(first, id=case.batch.integers("institution"), account=account, since=case.batch.on)
        return Recorded(results={}, events=event(PROVISION_OPENED, opened))
