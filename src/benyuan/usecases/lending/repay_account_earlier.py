"""A payment on a pay-later account that arrived on an earlier day: put in its place, what came after it folded again.

It comes after the other steps of its day. Money moves today, by the difference of what stands on the account; interest
and late fees change by theirs. Order of checks: the day, the account, the close of the days before today, then whether
the statement has asked already, and whether all plans still fit.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chains import Chains
from benyuan.consumer_finance.chart import BorrowerOwn, LenderLeg, LenderOwn, ProductOwn
from benyuan.consumer_finance.columns import Ints, names_of
from benyuan.consumer_finance.reading import account_state, account_terms, bought
from benyuan.consumer_finance.records import ACCOUNT, ACCOUNT_BOUGHT, ACCOUNT_STEP
from benyuan.consumer_finance.revolving.accrual import interest_ever
from benyuan.consumer_finance.revolving.refolding import BOUGHT, NOTED, Given, Refolded, refold
from benyuan.consumer_finance.revolving.state import AccountState
from benyuan.consumer_finance.vocabulary import AccountStep
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable, no_legs
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Fen, Id, Yyyymmdd, day_exists, rows
from benyuan.usecases.lending.shared import (
    ACCOUNT_NEEDS,
    ACCOUNT_STATE_NEEDS,
    account_events,
    account_faults,
    last_closed,
)
from benyuan.values.dates import add_calendar_days, local_days

CHAIN = ("position", "on_date", "kind", "amount_fen")
REDONE = (AccountStep.repaid, AccountStep.returned, AccountStep.planned, AccountStep.credit_paid_out)


@command("repay_account_earlier")
class EarlierAccountPayment(Command, frozen=True, kw_only=True):
    """`amount_fen` came in for `account` on `received_on`, a day after its last statement day that is over."""

    account: Id
    amount_fen: Fen
    received_on: Yyyymmdd


class RepayAccountEarlier(UseCase):
    """Decides each by itself, over all that was done on the account since its last statement."""

    command = EarlierAccountPayment
    needs = (*ACCOUNT_NEEDS, *ACCOUNT_STATE_NEEDS)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The last statement and its state, the steps since, the purchases since, and the last closed day."""
        del rules
        account = int(batch.integers("account")[0])
        if not facts["account_found"][0]:
            return {"book_last_closed": np.zeros(len(batch), np.int64)}, {}
        closed = last_closed(books, int(facts["account_lender"][0]))
        chain = _since_statement(books, int(books.column(ACCOUNT, "last_step")[account]))
        flows = {f"chain_{name}": books.column(ACCOUNT_STEP, name)[chain] for name in CHAIN}
        flows["chain_id"] = chain
        flows |= {f"base_{name}": books.column(ACCOUNT_STEP, name)[chain[:1]] for name in names_of(AccountState)}
        stated, opened = int(flows["base_stated_on"][0]), int(facts["account_opened_on"][0])
        first = add_calendar_days(stated, 1) if stated else opened
        done = _done_between(books, account, first, batch.on)
        return {"book_last_closed": np.full(len(batch), closed)}, {**flows, **done}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """See the top of this file."""
        batch, facts = case.batch, case.facts
        received, account = int(batch.integers("received_on")[0]), int(batch.integers("account")[0])
        yesterday, closed = add_calendar_days(batch.on, -1), int(facts["book_last_closed"][0])
        stated = max(int(facts["step_stated_on"][0]), add_calendar_days(int(facts["account_opened_on"][0]), -1))
        for wrong, field, value, constraint in (
            (not day_exists(received), "received_on", received, "a day that exists, as yyyymmdd"),
            (received >= batch.on, "received_on", received, f"a day that is over, before {batch.on}"),
            (bool(account_faults(case)), "account", account, "an account that runs, not one that has ended"),
            (closed != yesterday, "account", account, f"one whose lender has closed all days to {yesterday}"),
            (received <= stated, "received_on", received, f"a day after {stated}: what was stated by then stands"),
        ):
            if wrong:
                return {0: Invalid(field=field, value=value, constraint=constraint)}
        misfit = refolded(case).misfit
        if misfit is None:
            return {}
        wanted = f"so much that the plan made on {misfit.on} still takes over what is owed"
        return {0: Invalid(field="amount_fen", value=int(batch.integers("amount_fen")[0]), constraint=wanted)}

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """The money, by what stands on the account now less what stood on it; interest and fees by their difference."""
        if not goes_on.all() or "chain_id" not in case.facts.flows:
            return no_legs()
        facts, again = case.facts, refolded(case)
        own, product = facts["lender_first_account"], facts["product_first_account"]
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        parts = _moved(case, again)
        for name, account, code in (
            ("principal", product + ProductOwn.principal, LenderLeg.repaid_principal),
            ("interest", product + ProductOwn.interest_receivable, LenderLeg.repaid_interest),
            ("fees", product + ProductOwn.charges_receivable, LenderLeg.repaid_charges),
            ("credit", own + LenderOwn.customer_credit, LenderLeg.credit),
        ):
            _signed(table, debit=own + LenderOwn.clearing_in, credit=account, amount=parts[name], code=code)
        for usage in (
            facts["borrower_first_usage"] + BorrowerOwn.line,
            facts["account_usage"],
            own + LenderOwn.exposure_usage,
        ):
            control = own + LenderOwn.usage_control
            _signed(table, debit=control, credit=usage, amount=parts["principal"], code=LenderLeg.usage_freed)
        for name, income, receivable, code in (
            ("interest_less", ProductOwn.interest_income, ProductOwn.interest_receivable, LenderLeg.interest_accrued),
            ("fees_less", ProductOwn.charges_income, ProductOwn.charges_receivable, LenderLeg.charges_accrued),
        ):
            _signed(table, debit=product + income, credit=product + receivable, amount=parts[name], code=code)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The steps from the payment's day on, and the difference of the running totals."""
        case = decided.case
        names = ("owed_fen", "interest_less_fen", "fees_less_fen", "bought_fen", "bought_weight")
        if not decided.accepted.all():
            return Recorded(results={name: np.zeros(len(case.batch), np.int64) for name in names})
        again, before = refolded(case), bought(case.facts)
        parts = _moved(case, again)
        fen, weight = again.bought.bought_fen - before.bought_fen, again.bought.weight - before.weight
        sums = rows(decided.accepted, id=case.batch.integers("account"), bought_fen=fen, bought_weight=weight)
        told = (again.state.asked_fen, parts["interest_less"], parts["fees_less"], fen, weight)
        return Recorded(
            results=dict(zip(names, told, strict=True)),
            events=[*account_events(_chains(case, again)), *event(ACCOUNT_BOUGHT, sums)],
        )


def _since_statement(books: Books, last: int) -> Ints:
    """The steps of a chain from the last statement, or the opening, on."""
    previous, kind = books.column(ACCOUNT_STEP, "previous"), books.column(ACCOUNT_STEP, "kind")
    steps = [last]
    while kind[steps[-1]] not in (AccountStep.stated, AccountStep.opened):
        steps.append(int(previous[steps[-1]]))
    return np.array(steps[::-1], np.int64)


def _done_between(books: Books, account: int, first: int, last: int) -> dict[str, Ints]:
    """Purchases of the account in these days; and of returns and plans of the time, which purchase they were of."""
    found: dict[str, list[Ints]] = {name: [] for name in ("drawn_on", "drawn_fen", "drawn_at", "of_at", "of_purchase")}
    for later in books.days(first, last):
        columns = later.columns
        if later.kind in ("return_purchase", "make_plan"):
            found["of_at"].append(columns["position"])
            found["of_purchase"].append(columns["purchase"])
        if later.kind == "draw_purchase":
            mine = columns["account"] == account
            found["drawn_on"].append(local_days(columns["at"][mine]).astype(np.int64))
            found["drawn_fen"].append(columns["amount_fen"][mine])
            found["drawn_at"].append(columns["position"][mine])
    nothing = np.zeros(0, np.int64)
    return {name: np.concatenate([nothing, *parts]) for name, parts in found.items()}


def refolded(case: Case) -> Refolded:
    """The account from its last statement to this morning, with the payment in its place."""
    flows, batch = case.facts.flows, case.batch
    drawn = dict(zip(flows["drawn_at"].tolist(), flows["drawn_on"].tolist(), strict=True))
    purchases = dict(zip(flows["of_at"].tolist(), flows["of_purchase"].tolist(), strict=True))
    base = AccountState(**{name: flows[f"base_{name}"] for name in names_of(AccountState)})
    given = [
        Given(on=on, kind=BOUGHT, amount_fen=fen, position=position)
        for on, fen, position in zip(
            flows["drawn_on"].tolist(), flows["drawn_fen"].tolist(), flows["drawn_at"].tolist(), strict=True
        )
    ]
    for position, on, kind, fen in zip(*(flows[f"chain_{name}"].tolist() for name in CHAIN), strict=True):
        if kind in REDONE:  # a purchase that is not among those since the statement stands on it, or on an earlier one
            of = drawn.get(purchases.get(position, 0), int(base.stated_on[0]))
            given.append(Given(on=on, kind=kind, amount_fen=fen, position=position, bought_on=of))
    mine = Given(
        on=int(batch.integers("received_on")[0]),
        kind=AccountStep.repaid,
        amount_fen=int(batch.integers("amount_fen")[0]),
        position=int(batch.position[0]),
    )
    given = sorted([*given, mine], key=lambda each: (each.on, each.position))
    return refold(account_terms(case.facts), base, given=given, to=batch.on)


def _moved(case: Case, again: Refolded) -> dict[str, Ints]:
    """What each part of the account takes of the money, and how much less interest and fees there ever were."""
    terms, before, totals = account_terms(case.facts), account_state(case.facts), bought(case.facts)
    now, to = again.state, np.full(len(case.batch), case.batch.on)
    owed = [
        state.billed_fen + sums.bought_fen - state.bought_billed_fen
        for state, sums in ((before, totals), (now, again.bought))
    ]
    return {
        "principal": owed[0] - owed[1],
        "interest": now.interest_made_fen - now.interest_fen - before.interest_made_fen + before.interest_fen,
        "fees": now.fees_made_fen - now.fees_fen - before.fees_made_fen + before.fees_fen,
        "credit": now.credit_fen - before.credit_fen,
        "interest_less": interest_ever(terms, before, totals, to) - interest_ever(terms, now, again.bought, to),
        "fees_less": before.fees_made_fen - now.fees_made_fen,
    }


def _signed(table: LegTable, *, debit: Ints, credit: Ints, amount: Ints, code: LenderLeg) -> None:
    """A leg, turned round where the amount is below nothing."""
    table.add(where=np.asarray(amount > 0, np.bool_), debit=debit, credit=credit, amount=amount, code=code)
    table.add(where=np.asarray(amount < 0, np.bool_), debit=credit, credit=debit, amount=-amount, code=code)


def _chains(case: Case, again: Refolded) -> Chains:
    """The steps that stand no more are left aside; those before the payment stay as they are."""
    flows, received = case.facts.flows, int(case.batch.integers("received_on")[0])
    on, kind = flows["chain_on_date"], flows["chain_kind"]
    kept = int(((on < received) | ((on == received) & ~np.isin(kind, NOTED))).sum())
    kept = max(kept, 1)  # the statement, or the opening, is not folded again
    chains = Chains(
        owner="account",
        owners=case.batch.integers("account"),
        last=flows["chain_id"][kept - 1 : kept],
        position=case.batch.position,
        next_id=case.facts.next_ids[ACCOUNT_STEP.name],
    )
    for step in again.steps[kept - 1 :]:
        chains.add(
            place=np.zeros(1, np.int64),
            on=np.array([step.given.on]),
            kind=int(step.given.kind),
            amount_fen=np.array([step.given.amount_fen]),
            state=step.state,
            position=np.array([step.given.position]) if step.given.position else None,
        )
    return chains
