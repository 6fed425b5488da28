"""A plan of 3, 6, 12 or 24 months, made of a purchase or of billed principal; its price is interest and nothing else.

What it takes over leaves the account without a payment and becomes a loan of the plan's product, in equal instalments
from the account's next due day on. The borrower's line over all products stays used; the account's own line is free
again. A student's second source stands, and the income carries the plan with what else falls due (Order 2024 No. 4
arts. 18, 42, 52); the all-in cost sheet is shown and confirmed first, and so are the key facts (from 2026-08-01).
Worked number: 1,200.00 over three months at 12% a year are 408.03 a month.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.borrowers import SECOND_SOURCE_STANDS
from benyuan.consumer_finance.chains import Chains
from benyuan.consumer_finance.chart import LenderLeg, LenderOwn, ProductOwn
from benyuan.consumer_finance.columns import Ints, taken
from benyuan.consumer_finance.cost_sheet import LOAN_TERMS as SHEET_TERMS
from benyuan.consumer_finance.cost_sheet import Sheet, loan_sheet, sheet_gates
from benyuan.consumer_finance.disclosure import RATE_SHOWN
from benyuan.consumer_finance.drawing import first_state
from benyuan.consumer_finance.price import within_price_cap
from benyuan.consumer_finance.reading import account_state, account_terms, bought, loan_terms
from benyuan.consumer_finance.records import (
    ACCOUNT,
    LENDER_POLICY,
    LOAN,
    LOAN_DRAWN,
    LOAN_MOVED,
    LOAN_STEP,
    LOAN_STEPPED,
    LOAN_TERMS,
    PRODUCT,
    PRODUCT_VERSION,
    PURCHASE,
    PURCHASE_RETURNED,
)
from benyuan.consumer_finance.revolving.cycle import Turned, come_to
from benyuan.consumer_finance.revolving.paying import Received, give_back
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms
from benyuan.consumer_finance.sheets_shown import last_shown
from benyuan.consumer_finance.vocabulary import PRODUCT_KIND_NUMBER, AccountStep, LoanStep, ProductKind
from benyuan.consumer_protection.key_facts.records import PLAN_FACTS
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Facts, Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Fen, Id, MaybeId, faults_where, numbered, rows
from benyuan.usecases.lending.account_money import received_events
from benyuan.usecases.lending.capacity import burden, capacity_gates, income_need
from benyuan.usecases.lending.coming_due import add_payments, months_due
from benyuan.usecases.lending.facts_read import PAID, PLAN_READ, gate_by, used_up
from benyuan.usecases.lending.key_figures import (
    Figures,
    FiguresOf,
    cooling_off,
    own_rate,
    scheduled_figures,
    terms_figures,
)
from benyuan.usecases.lending.publish_account_terms import RatePpm
from benyuan.usecases.lending.publish_loan_terms import TermCount
from benyuan.usecases.lending.return_purchase import left_faults, returned_events
from benyuan.usecases.lending.schedules import Asked
from benyuan.usecases.lending.shared import ACCOUNT_NEEDS, ACCOUNT_STATE_NEEDS, Digest, account_faults, add_credit_use
from benyuan.usecases.on_shelf import CREDIT_APPROVED, credit_on_shelf, suspended_faults
from benyuan.values.dates import local_days
from benyuan.values.days import days_later, months_later

MONTH = 100  # in yyyymmdd, one month
PLAN_NEEDS = (
    *ACCOUNT_NEEDS,
    *ACCOUNT_STATE_NEEDS,
    Need(table=PURCHASE, by="purchase", prefix="purchase"),
    Need(table=PURCHASE_RETURNED, by="purchase", prefix="returned"),
    Need(table=PRODUCT, by="product", prefix="plan"),
    Need(table=PRODUCT_VERSION, by="product", prefix="version"),
    Need(table=LOAN_TERMS, by="version_terms", prefix="loan"),
)
"""The account, its purchase, and the product of the plan with its terms."""


@command("make_plan", version=2)
class PlanFields(Command, frozen=True, kw_only=True):
    """`amount_fen` of `account`, of its `purchase` or with purchase 0 of billed principal, becomes a plan of `product`.

    At `rate_ppm` a year over `term_count` months. `cost_sheet`: the digest of the sheet of costs that was shown and is
    confirmed.
    """

    account: Id
    product: Id
    amount_fen: Fen
    term_count: TermCount
    rate_ppm: RatePpm
    purchase: MaybeId = 0
    cost_sheet: Digest = ""
    rate_shown: bool = True


def asked_for(batch: Batch, facts: Facts) -> Asked:
    """The plans that are to be made."""
    state, _ = _come(batch, facts)
    figures = {name: batch.integers(name) for name in ("amount_fen", "rate_ppm", "term_count")}
    return Asked(
        on=batch.on, figures={**figures, "first_due_on": _first_due(batch, facts, state)}, facts=facts, prefix="loan"
    )


def moved_due(due: Ints, batch: Batch, facts: Mapping[str, Ints]) -> None:
    """What the plans take over no longer falls due on the accounts: of statements first, of purchases since then."""
    amount, purchase = batch.integers("amount_fen"), batch.integers("purchase")
    since = (purchase != 0) & (local_days(facts["purchase_at"]).astype(np.int64) > facts["step_stated_on"])
    stated = np.where(since, 0, np.minimum(amount, facts["step_billed_fen"]))
    for month, part in enumerate((stated, amount - stated)):
        due[:, month] = np.maximum(due[:, month] - part, 0)


def of_plan(case: Case, place: int) -> Sheet:
    """The sheet of costs of a plan; its yearly cost is its rate, for it is paid monthly and costs nothing else."""
    batch = case.batch
    state, _ = _come(batch, case.facts)
    offer = {
        "amount_fen": batch.integers("amount_fen")[place],
        "term_count": batch.integers("term_count")[place],
        "rate_ppm": batch.integers("rate_ppm")[place],
        "first_due_on": _first_due(batch, case.facts, state)[place],
        "cost_ppb": batch.integers("rate_ppm")[place] * 1_000,  # tidy: number millionths to thousand-millionths
    }
    return loan_sheet(offer, {name: case.facts[f"loan_{name}"][place] for name in SHEET_TERMS})


def plan_figures(case: Case) -> FiguresOf:
    """The figures of its key facts."""
    batch, facts = case.batch, case.facts
    asked, days = asked_for(batch, facts), cooling_off(case.rules, on=batch.on)

    def figures(place: int) -> Figures:
        amount = int(batch.integers("amount_fen")[place])
        return {
            **own_rate(int(batch.integers("rate_ppm")[place])),
            **terms_figures(facts, prefix="loan", place=place),
            **scheduled_figures(asked, place=place, principal_fen=amount),
            **{name: int(batch.integers(name)[place]) for name in ("account", "product", "amount_fen", "purchase")},
            "terms": int(facts["version_terms"][place]),
            "cooling_off_days": days,
        }

    return figures


class MakePlan(UseCase):
    """Decides plans one by one for each account."""

    command = PlanFields
    needs = (
        *PLAN_NEEDS,
        *PLAN_READ,
        Need(table=LENDER_POLICY, by="account_lender", prefix="policy"),
        *credit_on_shelf("product"),
        income_need("account_borrower"),
    )
    gates = (
        *CREDIT_APPROVED,
        SECOND_SOURCE_STANDS,
        *capacity_gates(),
        RATE_SHOWN,
        *sheet_gates(of_plan),
        gate_by(plan_figures, names=(*PAID, "account", "product", "terms", "purchase", "rate_ppm")),
        within_price_cap(rates=lambda case: case.batch.integers("rate_ppm")),
    )

    surveys = True
    alone = False
    shared = (("account", ACCOUNT, "borrower"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The dearest month here, what is planned by its instalments, what a bureau told of; the sheet."""
        borrowers = facts["account_borrower"]
        due = months_due(books, borrowers, on=batch.on)
        there = np.flatnonzero((facts["account_found"] != 0) & (facts["version_found"] != 0))
        part = batch.chosen(there)
        of = Facts(columns={name: column[there] for name, column in facts.items()}, next_ids={})
        planned = due[there]
        moved_due(planned, part, of.columns)
        add_payments(planned, asked_for(part, of).payments(), on=batch.on)
        due[there] = planned
        carried = burden(batch, due=due, borrowers=borrowers, books=books, rules=rules)
        return last_shown(batch, books, borrowers) | carried, {}

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What an account owes is shared by its plans."""
        return (batch.integers("account"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Product and months are those on offer; there is as much of the purchase, or billed, as the plan takes."""
        batch, facts = case.batch, case.facts
        amount, purchase = batch.integers("amount_fen"), batch.integers("purchase")
        state, _ = _come(batch, facts)
        billed = np.asarray((purchase == 0) & (amount > state.billed_fen), np.bool_)
        left = facts["purchase_amount_fen"] - facts["returned_amount_fen"]
        terms = batch.integers("term_count")
        outside = (terms < facts["loan_least_terms"]) | (terms > facts["loan_most_terms"])
        others = (facts["plan_lender"] != facts["account_lender"]) | (
            facts["plan_kind"] != PRODUCT_KIND_NUMBER[ProductKind.plan.value]
        )
        beyond = (amount < facts["loan_least_fen"]) | (amount > facts["loan_most_fen"])
        elsewhere = (purchase != 0) & (facts["purchase_account"] != batch.integers("account"))
        since = facts["account_bought_fen"] - state.bought_billed_fen
        still_owed = np.minimum(left, np.where(_unbilled(case, state), since, state.billed_fen))
        too_much = np.asarray((purchase != 0) & (amount > still_owed), np.bool_)
        return {
            **faults_where(billed, batch, "amount_fen", "no more than the billed principal of the account"),
            **left_faults(case, too_much, still_owed),
            **faults_where(np.asarray(elsewhere, np.bool_), batch, "purchase", "a purchase of the account"),
            **faults_where(np.asarray(beyond, np.bool_), batch, "amount_fen", "as much as the terms of plans allow"),
            **faults_where(np.asarray(outside, np.bool_), batch, "term_count", "as many months as the terms offer"),
            **faults_where(
                batch.integers("rate_ppm") > facts["loan_rate_ppm"], batch, "rate_ppm", "no more than the terms say"
            ),
            **faults_where(facts["version_found"] == 0, batch, "product", "a product whose terms have begun"),
            **suspended_faults(case, field="product"),
            **faults_where(np.asarray(others, np.bool_), batch, "product", "a plan of the account's lender"),
            **account_faults(case),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """From the account's principal to the plan's; the account's own line is free again."""
        batch, facts = case.batch, case.facts
        table = LegTable(at=batch.at, reference=batch.position)
        amount = batch.integers("amount_fen")
        table.add(
            where=goes_on,
            debit=facts["plan_first_account"] + ProductOwn.principal,
            credit=facts["product_first_account"] + ProductOwn.principal,
            amount=amount,
            code=LenderLeg.planned,
        )
        table.add(
            where=goes_on,
            debit=facts["lender_first_account"] + LenderOwn.usage_control,
            credit=facts["account_usage"],
            amount=amount,
            code=LenderLeg.usage_freed,
        )
        came, _ = _come(batch, facts)
        add_credit_use(table, case=case, where=goes_on, before=account_state(facts), after=came)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The account's steps, the loan and its first step."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        rounds, back = _taken_over(case)
        ids = numbered(accepted, facts.next_ids[LOAN.name])
        state, _ = _come(batch, facts)
        first_due = _first_due(batch, facts, state)
        columns = {
            "id": ids,
            "lender": facts["account_lender"],
            "borrower": facts["account_borrower"],
            "product": batch.integers("product"),
            "terms": facts["version_terms"],
            "rate_ppm": batch.integers("rate_ppm"),
            "first_due_on": first_due,
            "drawn_on": batch.on,
            "partner": 0,
            "share_ppm": 0,
            "guarantor": 0,
            "account": batch.integers("account"),
            "offer": 0,
            "term_count": batch.integers("term_count"),
            "last_step": 0,
        }
        places = np.flatnonzero(accepted)
        terms = loan_terms(facts, rate_ppm=batch.integers("rate_ppm"), first_due_on=first_due, prefix="loan")
        on = np.full(len(places), batch.on)
        amount = batch.integers("amount_fen")
        begun = first_state(
            taken(terms, places), on=on, amount_fen=amount[places], terms_count=batch.integers("term_count")[places]
        )
        chains = Chains(
            owner="loan",
            owners=ids[places],
            last=np.zeros(len(places), np.int64),
            position=batch.position[places],
            next_id=facts.next_ids[LOAN_STEP.name],
        )
        if len(places):
            chains.add(place=np.arange(len(places)), on=on, kind=LoanStep.drawn, amount_fen=amount[places], state=begun)
        level = np.zeros(len(batch), np.int64)
        level[places] = begun.level_fen
        with_purchase = accepted & (batch.integers("purchase") != 0)
        return Recorded(
            results={
                "loan": ids,
                "first_due_on": first_due,
                "level_fen": level,
                "bought_fen": -back.unbilled_fen,
                "bought_weight": -back.unbilled_weight,
            },
            events=[
                *_account_events(decided, rounds, back),
                *returned_events(decided, where=with_purchase, amount=amount),
                *event(LOAN_DRAWN, rows(accepted, **columns)),
                *chains.events(stepped=LOAN_STEPPED, moved=LOAN_MOVED),
                *used_up(decided, table=PLAN_FACTS, ids=batch.integers("account")),
            ],
        )


def _account_events(decided: Decided, rounds: list[Turned], back: Received) -> Sequence[Event]:
    """The account's steps, and what it has bought after all."""
    batch = decided.case.batch
    account, amount = batch.integers("account"), batch.integers("amount_fen")
    return received_events(decided, rounds, back, account=account, amount_fen=amount, kind=AccountStep.planned)


def _come(batch: Batch, facts: Facts) -> tuple[AccountState, list[Turned]]:
    return come_to(account_terms(facts), account_state(facts), bought(facts), np.full(len(batch), batch.on))


def _unbilled(case: Case, state: AccountState) -> NDArray[np.bool_]:
    """Where the purchase stands on no statement yet."""
    bought_on = local_days(case.facts["purchase_at"]).astype(np.int64)
    unbilled: NDArray[np.bool_] = (case.batch.integers("purchase") != 0) & (bought_on > state.stated_on)
    return unbilled


def _taken_over(case: Case) -> tuple[list[Turned], Received]:
    """What the plans take over leaves the accounts as a return does; of billed principal, as of a billed purchase."""
    terms: AccountTerms = account_terms(case.facts)
    state, rounds = _come(case.batch, case.facts)
    bought_on = np.where(_unbilled(case, state), local_days(case.facts["purchase_at"]), state.stated_on)
    on = np.full(len(case.batch), case.batch.on)
    amount = case.batch.integers("amount_fen")
    return rounds, give_back(
        terms, state, bought(case.facts), on=on, amount_fen=amount, bought_on=bought_on.astype(np.int64)
    )


def _first_due(batch: Batch, facts: Facts, state: AccountState) -> Ints:
    """The account's next due day after today: of the last statement, or of the next one."""
    on = np.full(len(batch), batch.on)
    day, days = facts["terms_statement_day"], facts["terms_due_days"]
    this_month = on // MONTH * MONTH + day
    statement = np.where(this_month >= on, this_month, months_later(this_month, 1))
    coming = np.asarray(state.due_on > on, np.bool_)
    return np.where(coming, state.due_on, days_later(statement, days))
