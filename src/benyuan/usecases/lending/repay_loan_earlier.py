"""A payment on a loan that arrived on an earlier day: put in its place, what came after it folded again.

It comes after the other steps of its day. Money moves today; of interest that was posted for closed days only the
difference is. Where something that came later no longer fits, a payment would then be above the debt, it is refused.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benyuan.closing.asof import last_steps
from benyuan.consumer_finance.chains import Chains
from benyuan.consumer_finance.chart import LenderLeg, PartnerOwn, ProductOwn
from benyuan.consumer_finance.columns import Ints, names_of
from benyuan.consumer_finance.instalments.accrual import interest_ever, late_ever
from benyuan.consumer_finance.instalments.paying import Ladder
from benyuan.consumer_finance.instalments.refolding import REFOLDED, Done, Given, Refolded, refold
from benyuan.consumer_finance.instalments.state import LoanState
from benyuan.consumer_finance.records import LOAN, LOAN_STEP
from benyuan.consumer_finance.vocabulary import REPAID, Early, LoanStep, Standing
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable, no_legs
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Fen, Id, Yyyymmdd, day_exists
from benyuan.usecases.lending.loan_parts import (
    LOAN_NEEDS,
    OWN_CHARGES,
    OWN_INTEREST,
    OWN_PRINCIPAL,
    Parts,
    loan_events,
    loans_of,
    repaid_before,
)
from benyuan.usecases.lending.shared import last_closed
from benyuan.values.dates import add_calendar_days
from benyuan.values.money import yuan_text


@command("repay_loan_earlier")
class EarlierPayment(Command, frozen=True, kw_only=True):
    """`amount_fen` came in for `loan` on `received_on`, a day that is over; `early` as in `repay_loan`."""

    loan: Id
    amount_fen: Fen
    received_on: Yyyymmdd
    early: Early = Early.none


class RepayLoanEarlier(UseCase):
    """Decides each by itself, over the loan's whole chain."""

    command = EarlierPayment
    needs = LOAN_NEEDS
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The chain of steps in order, and the states at the checkpoint and at the last closed day."""
        del rules
        loan, received = int(batch.integers("loan")[0]), int(batch.integers("received_on")[0])
        closed = last_closed(books, int(facts["loan_lender"][0]))
        told = {"book_last_closed": np.full(len(batch), closed)}
        if not loan or not facts["loan_found"][0] or not day_exists(received):
            return told, {}
        chain = _chain(books, int(books.column(LOAN, "last_step")[loan]))
        on = books.column(LOAN_STEP, "on_date")
        flows = {f"chain_{name}": books.column(LOAN_STEP, name)[chain] for name in CHAIN}
        flows["chain_id"] = chain
        last = np.array([chain[-1]])
        for name, day in (("checkpoint", received), ("closed", closed)):
            step = last_steps(last=last, on_date=on, previous=books.column(LOAN_STEP, "previous"), day=day)
            flows[f"{name}_id"] = step
            flows |= {f"{name}_{each}": books.column(LOAN_STEP, each)[step] for each in names_of(LoanState)}
        return told, flows

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day is over and not before the loan; the loan runs; everything after it still fits."""
        batch, facts = case.batch, case.facts
        received, amount = int(batch.integers("received_on")[0]), int(batch.integers("amount_fen")[0])
        drawn = int(facts["loan_drawn_on"][0])
        runs = int(facts["step_standing"][0]) != Standing.written_off
        for wrong, field, value, constraint in (
            (not day_exists(received), "received_on", received, "a day that exists, as yyyymmdd"),
            (received >= batch.on, "received_on", received, f"a day that is over, before {batch.on}"),
            (received < drawn, "received_on", received, f"no day before the loan was drawn on {drawn}"),
            (not runs, "loan", int(batch.integers("loan")[0]), "a loan that is not written off"),
        ):
            if wrong:
                return {0: Invalid(field=field, value=value, constraint=constraint)}
        again = refolded(case)
        if again.misfit is None:
            return {}
        most = yuan_text(again.most_fen)
        if again.misfit.on == received and again.misfit.amount_fen == amount:
            wanted = f"no more than the {most} yuan that could be paid on {received}"
        else:
            wanted = f"so much that what came on {again.misfit.on} still fits, of which {most} yuan could be paid then"
        return {0: Invalid(field="amount_fen", value=amount, constraint=wanted)}

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """What all payments are for after it, less what they were for before; and the difference of interest."""
        if not goes_on.all() or "chain_id" not in case.facts.flows:
            return no_legs()
        facts, after = case.facts, refolded(case).steps[-1].state
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        parts = Parts(case, table)
        repaid = repaid_before(case)
        principal = after.drawn_fen - after.owed_principal_fen
        moves = (
            (repaid, principal, OWN_PRINCIPAL, PartnerOwn.principal, LenderLeg.repaid_principal),
            (
                facts["step_interest_paid_fen"],
                after.interest_paid_fen,
                OWN_INTEREST,
                PartnerOwn.interest_receivable,
                LenderLeg.repaid_interest,
            ),
            (
                facts["step_late_paid_fen"],
                after.late_paid_fen,
                OWN_CHARGES,
                PartnerOwn.charges_receivable,
                LenderLeg.repaid_charges,
            ),
        )
        for before, now, own, partner, code in sorted(moves, key=lambda move: -int((move[1] - move[0])[0])):
            less = bool(now[0] < before[0])
            parts.come_in(
                where=goes_on & (now != before),
                before=now if less else before,
                amount=np.abs(now - before),
                own=own,
                partner=partner,
                code=code,
                back=less,
            )
        parts.free_usage(
            where=goes_on & (principal > repaid), repaid_before=repaid, principal=np.maximum(principal - repaid, 0)
        )
        _correct_income(case, parts, where=goes_on)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The steps from the checkpoint on."""
        case = decided.case
        if not decided.accepted.all():
            return Recorded(results={"left_fen": np.zeros(len(case.batch), np.int64)})
        again = refolded(case)
        chains = Chains(
            owner="loan",
            owners=case.batch.integers("loan"),
            last=case.facts.flows["checkpoint_id"],
            position=case.batch.position,
            next_id=case.facts.next_ids[LOAN_STEP.name],
        )
        for step in again.steps:
            chains.add(
                place=np.zeros(1, np.int64),
                on=np.array([step.on]),
                kind=step.kind,
                amount_fen=np.array([step.amount_fen]),
                state=step.state,
            )
        return Recorded(results={"left_fen": again.steps[-1].state.owed_principal_fen}, events=loan_events(chains))


CHAIN = ("on_date", "kind", "amount_fen", "due_total_fen")


def _chain(books: Books, last: int) -> Ints:
    """The steps of a chain in order."""
    previous = books.column(LOAN_STEP, "previous")
    steps, step = [], last
    while step:
        steps.append(step)
        step = int(previous[step])
    return np.array(steps[::-1], np.int64)


def refolded(case: Case) -> Refolded:
    """The loan from its checkpoint to this morning, with the payment in its place."""
    flows, batch = case.facts.flows, case.batch
    received = int(batch.integers("received_on")[0])
    terms, _ = loans_of(case)
    word = str(batch.values("early")[0])
    mine = Given(on=received, kind=REPAID[word], amount_fen=int(batch.integers("amount_fen")[0]))
    on, kind, amount = (flows[f"chain_{name}"].tolist() for name in ("on_date", "kind", "amount_fen"))
    later = [
        Given(on=day, kind=what, amount_fen=fen)
        for day, what, fen in zip(on, kind, amount, strict=True)
        if day > received and what in REFOLDED
    ]
    fell = np.flatnonzero((flows["chain_kind"] == LoanStep.fell_due) & (flows["chain_on_date"] <= received))
    ladder = Ladder(
        place=np.zeros(len(fell), np.int64),
        on=flows["chain_on_date"][fell],
        due_total_fen=flows["chain_due_total_fen"][fell],
    )
    checkpoint = _state(flows, "checkpoint")
    return refold(terms, checkpoint, given=[mine, *later], ladder=ladder, to=batch.on)


def _state(flows: Mapping[str, Ints], prefix: str) -> LoanState:
    return LoanState(**{name: flows[f"{prefix}_{name}"] for name in names_of(LoanState)})


def _correct_income(case: Case, parts: Parts, *, where: NDArray[np.bool_]) -> None:
    """Interest and late interest to the end of the last closed day, as they are now less as they were posted."""
    closed = int(case.facts["book_last_closed"][0])
    if int(case.batch.integers("received_on")[0]) > closed:
        return
    terms, _ = loans_of(case)
    to = np.array([add_calendar_days(closed, 1)])
    was = _state(case.facts.flows, "closed")
    now = _state_at(refolded(case).steps, closed, otherwise=_state(case.facts.flows, "checkpoint"))
    for ever, receivable, income, partner, partner_income in (
        (
            interest_ever,
            ProductOwn.interest_receivable,
            ProductOwn.interest_income,
            PartnerOwn.interest_receivable,
            PartnerOwn.interest_income,
        ),
        (
            late_ever,
            ProductOwn.charges_receivable,
            ProductOwn.charges_income,
            PartnerOwn.charges_receivable,
            PartnerOwn.charges_income,
        ),
    ):
        parts.earn(
            where=where,
            before=ever(terms, was, to),
            after=ever(terms, now, to),
            own=(receivable, income),
            partner=(partner, partner_income),
        )


def _state_at(steps: list[Done], day: int, *, otherwise: LoanState) -> LoanState:
    """The state at the end of a day: of the last step up to it, or the checkpoint's where that day is before it."""
    states = [step.state for step in steps if step.on <= day]
    return replace(states[-1]) if states else otherwise
