"""A purchase on credit: the lender pays the merchant through clearing, and the account owes it.

The money never rests with the borrower. At a payment institution's cashier the option may stand until the day before
`mkt.psp_no_loan_option` holds, never chosen beforehand; from that day the same purchase is drawn at the lender's own
place, with a consent of its own. Order of checks: the lender's licence, the product's place on the register, the
place, the sheet of costs, a student's second source, evidence of income that is fresh, the merchant, a related party's
approval, the account; then the ledger: the borrower's line over all products, the account's line, the lender's capital
and leverage.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.borrowers import SECOND_SOURCE_STANDS
from benyuan.consumer_finance.chart import LenderLeg, LenderOwn, ProductOwn
from benyuan.consumer_finance.clocks import clock
from benyuan.consumer_finance.columns import Ints, spread, taken
from benyuan.consumer_finance.cost_sheet import SHEET
from benyuan.consumer_finance.fitting import EVER_BOUGHT_FEN
from benyuan.consumer_finance.licence import LENDS_BY_LICENCE, licence_need
from benyuan.consumer_finance.limits import LINE, RATIO_RULES, LoanLegs
from benyuan.consumer_finance.records import ACCOUNT_BOUGHT
from benyuan.consumer_finance.revolving.cycle import Turned
from benyuan.consumer_finance.revolving.paying import used_for_purchase
from benyuan.consumer_finance.revolving.state import AccountState
from benyuan.consumer_finance.vocabulary import AccountStep, Place
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable, Proposals
from benyuan.decisions.usecase import Case, DecideAlone, Decided, Gate, Recorded, Survey, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.fees import fee_fen
from benyuan.payments.merchant_stops import BEHIND_MERCHANT, TAKES_PAYMENTS, left_faults
from benyuan.payments.records import FEE_RATE, INSTITUTION, MERCHANT
from benyuan.rules import RulePack
from benyuan.usecases.common import Fen, Id, MaybeId, faults_where, rows
from benyuan.usecases.lending.capacity import STILL_EVIDENCED, income_need
from benyuan.usecases.lending.shared import (
    ACCOUNT_NEEDS,
    RATIO_NEEDS,
    account_chains,
    account_events,
    account_faults,
    add_credit_use,
    add_rounds,
    is_stale,
    kept_rounds,
    settled_stale,
    stale_accounts,
)
from benyuan.usecases.on_shelf import CREDIT_APPROVED, credit_on_shelf, suspended_faults
from benyuan.usecases.related.acts import PURCHASES
from benyuan.usecases.related.posting_gate import (
    TIED_GATES,
    asked_of_tied,
    cut_at_tied,
    of_borrower,
    of_merchant,
    tied_faults,
)
from benyuan.values.days import days_between

NO_LOAN_OPTION, FREE_CHOICE = "mkt.psp_no_loan_option", "cp.nfra.free_choice"


@command("draw_purchase", version=2)
class DrawPurchase(Command, frozen=True, kw_only=True):
    """Buy for `amount_fen` at `merchant` on the pay-later `account`; merchant 0: one outside the group.

    `place` is where the borrower chose the credit; unsaid, it is held to the rules of the cashier. `preselected`:
    whether it stood chosen before they did; `consented`: whether they agreed to this draw apart from the payment.
    """

    account: Id
    amount_fen: Fen
    merchant: MaybeId = 0
    place: Place = Place.unsaid
    preselected: bool = False
    consented: bool = True


def not_at_the_cashier(case: Case) -> NDArray[np.bool_]:
    """A loan is no way to pay at the cashier, once the rule holds; a draw whose place is unsaid is held to it too."""
    at_cashier = at_the_cashier(case)
    if not at_cashier.any() or case.rules.in_force(id=NO_LOAN_OPTION, on=case.batch.on) is None:
        return np.ones(len(case.batch), np.bool_)
    return ~at_cashier


def at_the_cashier(case: Case) -> NDArray[np.bool_]:
    """Where the credit was chosen at the cashier, or nobody says where."""
    return ~case.batch.equals("place", Place.lender.value)


def own_choice(case: Case) -> NDArray[np.bool_]:
    """Nothing stood chosen beforehand, and the borrower agreed to the draw."""
    case.rules.value(id=FREE_CHOICE, on=case.batch.on)
    passes: NDArray[np.bool_] = ~case.batch.equals("preselected", True) & case.batch.equals("consented", True)  # noqa: FBT003
    return passes


def sheet_confirmed(case: Case) -> NDArray[np.bool_]:
    """The holder has confirmed the sheet of the account's costs."""
    if case.rules.in_force(id=SHEET, on=case.batch.on) is None:
        return np.ones(len(case.batch), np.bool_)
    return np.asarray(case.facts["account_sheet_confirmed"] != 0, np.bool_)


class BuyOnCredit(UseCase):
    """Decides purchases in columns; two of one account need not wait for one another."""

    command = DrawPurchase
    needs = (
        *ACCOUNT_NEEDS,
        *RATIO_NEEDS,
        licence_need("account_lender"),
        *credit_on_shelf("account_product"),
        income_need("account_borrower"),
        Need(table=MERCHANT, by="merchant", prefix="merchant"),
        *BEHIND_MERCHANT,
        Need(table=INSTITUTION, by="merchant_institution", prefix="institution"),
        Need(table=FEE_RATE, by="merchant_fee_plan", prefix="fee"),
    )
    gates = (
        LENDS_BY_LICENCE,
        *CREDIT_APPROVED,
        Gate(rule=NO_LOAN_OPTION, passes=not_at_the_cashier, applies=at_the_cashier),
        Gate(rule=FREE_CHOICE, passes=own_choice),
        Gate(rule=SHEET, passes=sheet_confirmed),
        SECOND_SOURCE_STANDS,
        *STILL_EVIDENCED,
        *TAKES_PAYMENTS,
        *TIED_GATES,
    )
    rules = (LINE, *RATIO_RULES)
    surveys = True
    alone = False

    def decide(self, case: Case) -> Proposals:
        """Two draws on an account that has to take note of something first, or has a credit, wait for one another."""
        if cuts := _cuts(case):
            raise DecideAlone("draw_purchase", cuts=cuts)
        cut_at_tied(case)
        return super().decide(case)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The accounts for which a statement or due day has passed unnoticed."""
        amount = batch.integers("amount_fen")
        bought = of_borrower(facts, facts["account_borrower"], what=PURCHASES, fen=amount)
        fees = of_merchant(batch, facts, fen=fee_fen(amount, facts["fee_rate_ppm"]))
        tied, cuts = asked_of_tied(batch, books, rules, bought, fees)
        return tied, stale_accounts(batch.on, batch.integers("account"), facts, books) | cuts

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The account runs, is not frozen nor later than the lender bears; the merchant is still there."""
        ever = case.batch.integers("amount_fen") > EVER_BOUGHT_FEN - case.facts["account_bought_fen"]
        wanted = f"an amount with which the account has bought no more than {EVER_BOUGHT_FEN} fen in its life"
        worn = faults_where(np.asarray(ever, np.bool_), case.batch, "amount_fen", wanted)
        return {
            **tied_faults(case, field="account"),
            **left_faults(case),
            **suspended_faults(case, field="account"),
            **self._stopped(case),
            **worn,
            **account_faults(case),
        }

    @staticmethod
    def _stopped(case: Case) -> dict[int, Invalid]:
        facts, ids = case.facts, case.batch.integers("account")
        _, state, _ = settled_stale(case, facts.flows)
        late = np.where(facts["account_next_on"] <= case.batch.on, 0, facts["account_oldest_due_on"])
        anew = dict(zip(facts.flows["stale_id"].tolist(), state.oldest_due_on.tolist(), strict=True))
        frozen = np.maximum(facts["account_frozen"], facts["borrower_frozen"])
        found: dict[int, Invalid] = {}
        for place in np.flatnonzero((late != 0) | (facts["account_next_on"] <= case.batch.on)).tolist():
            since = anew.get(int(ids[place]), int(late[place]))
            days = days_between(since, case.batch.on) if since else 0
            if days > int(facts["policy_draw_stop_days"][place]):
                wanted = f"an account that is not late, not one that is {days} days late since {since}"
                found[place] = Invalid(field="account", value=int(ids[place]), constraint=wanted)
        for place in np.flatnonzero(frozen).tolist():
            wanted = f"an account that is not frozen, as it is by command {int(frozen[place])}"
            found[place] = Invalid(field="account", value=int(ids[place]), constraint=wanted)
        return found

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """The loan, what the merchant gets through the clearing house, its fee; and a leg for each limit."""
        batch, facts = case.batch, case.facts
        table = LegTable(at=batch.at, reference=batch.position)
        amount = batch.integers("amount_fen")
        money = table.add(
            where=goes_on,
            debit=facts["product_first_account"] + ProductOwn.principal,
            credit=facts["lender_first_account"] + LenderOwn.clearing_out,
            amount=amount,
            code=LenderLeg.purchase,
        )
        at_merchant = goes_on & (batch.integers("merchant") != 0)
        table.add(
            where=at_merchant,
            debit=facts["institution_first_account"] + Own.clearing_in,
            credit=facts["merchant_account"],
            amount=amount,
            code=LegCode.payment_on_credit,
        )
        fee = fee_fen(amount, facts["fee_rate_ppm"])
        table.add(
            where=at_merchant & (fee > 0),
            debit=facts["merchant_account"],
            credit=facts["institution_first_account"] + Own.fees,
            amount=fee,
            code=LegCode.fee,
        )
        limits = LoanLegs(case=case, table=table, rules=self.rules)
        limits.count_line(where=goes_on, follows=money, ceiling=facts["borrower_line_fen"])
        limits.count_account(where=goes_on, follows=money)
        limits.count_ratios(where=goes_on, follows=money)
        if len(facts.flows.get("stale_id", ())):
            noted, count = _noted(case), len(batch)
            before, after = (spread(state, noted.place, count) for state in (noted.before, noted.after))
            add_credit_use(table, case=case, where=goes_on, before=before, after=after)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The account has bought more; accounts for which something had passed unnoticed have come to this morning."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        amount, account = batch.integers("amount_fen"), batch.integers("account")
        from_credit = _from_credit(case)
        on_credit = amount - from_credit
        weight = on_credit * clock(facts["account_day_count"], np.full(len(batch), batch.on))
        fee = np.where(batch.integers("merchant") != 0, fee_fen(amount, facts["fee_rate_ppm"]), 0)
        results = {"fee_fen": fee, "bought_fen": on_credit, "bought_weight": weight, "from_credit_fen": from_credit}
        sums = rows(accepted & (on_credit > 0), id=account, bought_fen=on_credit, bought_weight=weight)
        return Recorded(results=results, events=[*self._came(decided), *event(ACCOUNT_BOUGHT, sums)])

    @staticmethod
    def _came(decided: Decided) -> Sequence[Event]:
        """The steps of accounts that bought something and had something pass first, or a credit."""
        case = decided.case
        if len(case.facts.flows["stale_id"]) == 0:
            return ()
        noted, flows = _noted(case), case.facts.flows
        accepted = decided.accepted[noted.place]
        position = case.batch.position[noted.place]
        chains = account_chains(case, owners=flows["stale_id"], last=flows["stale_last"], position=position)
        add_rounds(chains, kept_rounds(noted.rounds, accepted))
        place = np.flatnonzero(accepted & (noted.used_fen > 0))
        if len(place):
            chains.add(
                place=place,
                on=np.full(len(place), case.batch.on),
                kind=AccountStep.bought_from_credit,
                amount_fen=noted.used_fen[place],
                state=taken(noted.after, place),
            )
        return account_events(chains)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A row for each account that comes to this morning first, or has a credit: `place` of its draw in the batch.

    `used_fen`: what the credit pays of the purchase. `before` and `after`: the state of the last step, and with
    everything taken note of and the credit used; `rounds` are the steps on the way to this morning, by row.
    """

    place: Ints
    before: AccountState
    after: AccountState
    rounds: Sequence[Turned]
    used_fen: Ints


def _noted(case: Case) -> Noted:
    flows, account = case.facts.flows, case.batch.integers("account")
    order = np.argsort(account, kind="stable")
    place = order[np.searchsorted(account, flows["stale_id"], sorter=order)]
    before, morning, rounds = settled_stale(case, flows)
    after, used = used_for_purchase(morning, case.batch.integers("amount_fen")[place])
    return Noted(place=place, before=before, after=after, rounds=rounds, used_fen=used)


def _cuts(case: Case) -> list[int]:
    """Where another batch begins, so that in none of them such an account draws twice."""
    cuts: list[int] = []
    drawn: set[int] = set()
    account = case.batch.integers("account")
    for place in np.flatnonzero(is_stale(case)).tolist():
        if (of := int(account[place])) in drawn:
            cuts.append(place)
            drawn.clear()
        drawn.add(of)
    return cuts


def _from_credit(case: Case) -> Ints:
    """What the customers' credit pays of the purchases at once."""
    found = np.zeros(len(case.batch), np.int64)
    if len(case.facts.flows["stale_id"]):
        noted = _noted(case)
        found[noted.place] = noted.used_fen
    return found
