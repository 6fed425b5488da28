"""Lines changed, accounts and borrowers frozen or let go on, credit paid out, accounts closed.

A line may be cut below what is drawn: that refuses new draws and nothing else. A freeze stops draws, never payments. An
account is closed when nothing is owed on it and nothing stands to the customer's credit.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import LenderLeg, LenderOwn
from benyuan.consumer_finance.columns import Ints, taken
from benyuan.consumer_finance.limits import LINE
from benyuan.consumer_finance.reading import account_state, account_terms, bought
from benyuan.consumer_finance.records import ACCOUNT_CHANGED, BORROWER, BORROWER_FROZEN
from benyuan.consumer_finance.revolving.cycle import Turned, come_to
from benyuan.consumer_finance.revolving.state import AccountState
from benyuan.consumer_finance.vocabulary import AccountStep, Standing
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.usecases.common import Count, Fen, Id, Reference, faults_where, rows
from benyuan.usecases.lending.shared import (
    ACCOUNT_NEEDS,
    ACCOUNT_STATE_NEEDS,
    account_chains,
    account_events,
    account_faults,
    add_credit_use,
    add_rounds,
    kept_rounds,
)


@command("change_credit_line")
class LineChange(Command, frozen=True, kw_only=True):
    """The line of `account` becomes `line_fen`; `agreed`: the borrower asked for it or agreed to it."""

    account: Id
    line_fen: Count
    agreed: bool = True


class ChangeCreditLine(UseCase):
    """Keeps the line; two of one account wait for one another."""

    command = LineChange
    needs = ACCOUNT_NEEDS
    gates = (
        Gate(
            rule=LINE,
            passes=lambda case: (
                np.asarray(case.batch.integers("line_fen") <= case.facts["borrower_line_fen"], np.bool_)
                | np.asarray(case.batch.integers("line_fen") <= case.facts["account_line_fen"], np.bool_)
            ),
            figures=lambda case, place: {
                "limit": int(case.facts["borrower_line_fen"][place]),
                "asked": int(case.batch.integers("line_fen")[place]),
            },
        ),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """An account's line is shared by its changes."""
        return (batch.integers("account"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The account runs; a greater line is the borrower's own wish."""
        greater = case.batch.integers("line_fen") > case.facts["account_line_fen"]
        unasked = np.asarray(greater, np.bool_) & ~np.array(case.batch.values("agreed"), np.bool_)
        wanted = "no more than before, unless the borrower agreed"
        return {**faults_where(unasked, case.batch, "line_fen", wanted), **account_faults(case)}

    def record(self, decided: Decided) -> Recorded:
        """The line."""
        batch, accepted = decided.case.batch, decided.accepted
        columns = rows(accepted, id=batch.integers("account"), line_fen=batch.integers("line_fen"))
        return Recorded(results={}, events=event(ACCOUNT_CHANGED, columns))


@command("freeze_account", personal=("grounds",))
class AccountFreeze(Command, frozen=True, kw_only=True):
    """Stop draws on `account`, or with `frozen` false let them go on."""

    account: Id
    frozen: bool = True
    grounds: Reference


class FreezeAccount(UseCase):
    """Keeps the log position of the freeze."""

    command = AccountFreeze
    needs = ACCOUNT_NEEDS

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether an account is frozen is shared by its freezes."""
        return (batch.integers("account"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The account runs."""
        return account_faults(case)

    def record(self, decided: Decided) -> Recorded:
        """Frozen by this command, or no more."""
        batch = decided.case.batch
        since = np.where(np.array(batch.values("frozen"), np.bool_), batch.position, 0)
        columns = rows(decided.accepted, id=batch.integers("account"), frozen=since)
        return Recorded(results={}, events=event(ACCOUNT_CHANGED, columns))


@command("freeze_borrower", personal=("grounds",))
class BorrowerFreeze(Command, frozen=True, kw_only=True):
    """Stop all draws of `borrower`, or with `frozen` false let them go on."""

    borrower: Id
    frozen: bool = True
    grounds: Reference


class FreezeBorrower(UseCase):
    """Keeps the log position of the freeze."""

    command = BorrowerFreeze
    needs = (Need(table=BORROWER, by="borrower", prefix="borrower"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether a borrower is frozen is shared by their freezes."""
        return (batch.integers("borrower"),)

    def record(self, decided: Decided) -> Recorded:
        """Frozen by this command, or no more."""
        batch = decided.case.batch
        since = np.where(np.array(batch.values("frozen"), np.bool_), batch.position, 0)
        columns = rows(decided.accepted, id=batch.integers("borrower"), frozen=since)
        return Recorded(results={}, events=event(BORROWER_FROZEN, columns))


class _OnAccounts(UseCase):
    """A step of accounts that have come to this morning; what it is, is the subclass's."""

    needs = (*ACCOUNT_NEEDS, *ACCOUNT_STATE_NEEDS)
    kind: AccountStep

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The state of an account is shared by its steps."""
        return (batch.integers("account"),)

    def amount(self, case: Case) -> Ints:
        """What the step is about, fen."""
        return np.zeros(len(case.batch), np.int64)

    def after(self, case: Case, state: AccountState) -> AccountState:
        """The state that it leaves."""
        raise NotImplementedError

    def record(self, decided: Decided) -> Recorded:
        """The steps on the way, and this one."""
        case, accepted = decided.case, decided.accepted
        state, rounds = come(case)
        chains = account_chains(
            case,
            owners=case.batch.integers("account"),
            last=case.facts["account_last_step"],
            position=case.batch.position,
        )
        add_rounds(chains, kept_rounds(rounds, accepted))
        places = np.flatnonzero(accepted)
        if len(places):
            chains.add(
                place=places,
                on=np.full(len(places), case.batch.on),
                kind=self.kind,
                amount_fen=self.amount(case)[places],
                state=taken(self.after(case, state), places),
            )
        return Recorded(results={}, events=account_events(chains))


def come(case: Case) -> tuple[AccountState, list[Turned]]:
    """The accounts of a batch on this morning."""
    on = np.full(len(case.batch), case.batch.on)
    return come_to(account_terms(case.facts), account_state(case.facts), bought(case.facts), on)


@command("pay_out_credit")
class CreditPayout(Command, frozen=True, kw_only=True):
    """`amount_fen` of the customer's credit on `account` goes to their bank account."""

    account: Id
    amount_fen: Fen


class PayOutCredit(_OnAccounts):
    """No more than there is."""

    command = CreditPayout
    kind = AccountStep.credit_paid_out

    def amount(self, case: Case) -> Ints:
        """What goes out."""
        return case.batch.integers("amount_fen")

    def faults(self, case: Case) -> dict[int, Invalid]:
        """There is as much credit."""
        state, _ = come(case)
        wrong = np.asarray(case.batch.integers("amount_fen") > state.credit_fen, np.bool_)
        return {
            **faults_where(wrong, case.batch, "amount_fen", "no more than the customer's credit"),
            **account_faults(case),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Out through clearing."""
        own = case.facts["lender_first_account"]
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        table.add(
            where=goes_on,
            debit=own + LenderOwn.customer_credit,
            credit=own + LenderOwn.clearing_out,
            amount=case.batch.integers("amount_fen"),
            code=LenderLeg.credit_paid_out,
        )
        came, _ = come(case)
        add_credit_use(table, case=case, where=goes_on, before=account_state(case.facts), after=came)
        return table.build()

    def after(self, case: Case, state: AccountState) -> AccountState:
        """So much less credit."""
        return replace(state, credit_fen=state.credit_fen - case.batch.integers("amount_fen"))


@command("close_credit_account")
class AccountClosing(Command, frozen=True, kw_only=True):
    """Close `account`, on which nothing is owed and nothing stands to credit."""

    account: Id


class CloseCreditAccount(_OnAccounts):
    """Ends the account."""

    command = AccountClosing
    kind = AccountStep.closed

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Nothing is owed, billed or not, earned or not; nothing stands to credit."""
        state, _ = come(case)
        unbilled = case.facts["account_bought_fen"] - state.bought_billed_fen
        owed = (state.asked_fen != 0) | (unbilled != 0) | (state.interest_num != 0)
        credit = state.credit_fen != 0
        return {
            **faults_where(np.asarray(credit, np.bool_), case.batch, "account", "an account without credit to pay out"),
            **faults_where(np.asarray(owed, np.bool_), case.batch, "account", "an account on which nothing is owed"),
            **account_faults(case),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """What statements on the way paid out of credit."""
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        came, _ = come(case)
        add_credit_use(table, case=case, where=goes_on, before=account_state(case.facts), after=came)
        return table.build()

    def after(self, case: Case, state: AccountState) -> AccountState:
        """Closed; no statement follows."""
        del case
        return replace(
            state,
            standing=np.full_like(state.standing, Standing.closed),
            next_on=np.zeros_like(state.next_on),
            due_on=np.zeros_like(state.due_on),
        )
