"""What a statement still asks for is collected, as agreed: from the wallet as far as it goes, the rest from the card.

The wallet's money leaves the payment institution through clearing in the chain in which it reaches the lender; what the
bank paid is told. A collection that brings less is tried again on a later day. Order of checks: a wallet that is
stopped (`from_wallet` false leaves it out); the agreement, the day, what is asked for; then the ledger: balance and
limits of the wallet. Worked number: 300.00 are asked for, 120.00 are in the wallet: the bank pays at most 180.00.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.columns import Ints, Truths
from benyuan.consumer_finance.reading import account_terms
from benyuan.consumer_finance.records import AUTOPAY, AUTOPAY_CHANGED, COLLECTION, COLLECTION_TRIED, LENDER_POLICY
from benyuan.consumer_finance.revolving.collecting import Asked, asked_for, next_try
from benyuan.consumer_finance.vocabulary import AccountStep
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable, Proposals
from benyuan.decisions.usecase import Case, DecideAlone, Decided, Gate, Recorded, Survey, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.limits import BALANCE_RULES, UsageLegs
from benyuan.payments.records import INSTITUTION, PERSON, STANDING, WALLET
from benyuan.payments.sellers import SELLER_NEED
from benyuan.payments.suspension import stops
from benyuan.rules import RulePack
from benyuan.usecases.common import Count, Id, faults_where, numbered, rows
from benyuan.usecases.lending.account_money import add_received, received, received_events, told
from benyuan.usecases.lending.account_steps import come
from benyuan.usecases.lending.end_autopay import WITHOUT
from benyuan.usecases.lending.shared import ACCOUNT_NEEDS, ACCOUNT_STATE_NEEDS, account_faults
from benyuan.values.money import yuan_text

NO_OVERDRAFT = "pay.account.no_overdraft"


@command("collect_account")
class Collection(Command, frozen=True, kw_only=True):
    """Collect what the statement of `account` still asks for; of it the bank has paid `card_fen`, 0 where it refused.

    `from_wallet`: whether the wallet is asked at all.
    """

    account: Id
    card_fen: Count = 0
    from_wallet: bool = True


def _wallet_asked(case: Case) -> Truths:
    asked: Truths = np.array(case.batch.values("from_wallet"), np.bool_) & (case.facts["autopay_wallet"] != 0)
    return asked


def _where_asked(gate: Gate) -> Gate:
    """The gate, only where the wallet is asked."""
    stopped = gate.passes

    def passes(case: Case) -> Truths:
        asked = _wallet_asked(case)
        return ~asked | stopped(case) if asked.any() else np.ones(len(case.batch), np.bool_)

    applies = gate.applies or (lambda case: np.ones(len(case.batch), np.bool_))
    return replace(gate, passes=passes, applies=lambda case: _wallet_asked(case) & applies(case))


class CollectAccount(UseCase):
    """Decides collections in columns; two of one account wait for one another, and so do two of one wallet."""

    command = Collection
    needs = (
        *ACCOUNT_NEEDS,
        *ACCOUNT_STATE_NEEDS,
        Need(table=LENDER_POLICY, by="account_lender", prefix="policy"),
        Need(table=AUTOPAY, by="account", prefix="autopay"),
        Need(table=WALLET, by="autopay_wallet", prefix="wallet"),
        Need(table=PERSON, by="wallet_person", prefix="person"),
        Need(table=INSTITUTION, by="wallet_institution", prefix="institution"),
        Need(table=STANDING, by="wallet_institution", prefix="standing"),
        SELLER_NEED,
    )
    gates = tuple(_where_asked(gate) for gate in stops(leaving=True))
    rules = (NO_OVERDRAFT, *BALANCE_RULES)
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What an account owes is shared by its collections."""
        return (batch.integers("account"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What is in the wallets."""
        del batch, rules
        there = np.asarray((facts["autopay_wallet"] != 0) & (facts["wallet_closed_on"] == 0), np.bool_)
        account = np.where(there, facts["wallet_account"], 0)
        balance = np.where(account != 0, books.available(account), 0)
        return {"wallet_available_fen": np.maximum(balance, 0)}, {}

    def decide(self, case: Case) -> Proposals:
        """Collections from one wallet see what the one before has left."""
        wallets = case.facts["autopay_wallet"][_wallet_asked(case)]
        if len(np.unique(wallets)) < len(wallets):
            raise DecideAlone("collect_account")
        return super().decide(case)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The account runs and has an agreement; something is asked for, and today; the bank paid no more than that."""
        batch, facts, due = case.batch, case.facts, collected(case)
        none = np.asarray(facts["autopay_agreed"] == 0, np.bool_)
        nothing = np.asarray(due.asked.amount_fen == 0, np.bool_)
        return {
            **_too_much(case, due),
            **_not_today(case, due.asked),
            **faults_where(nothing, batch, "account", "an account whose statement still asks for something"),
            **faults_where(none, batch, "account", WITHOUT),
            **account_faults(case),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Out of the wallet through clearing, within its limits; in at the lender, with what the bank paid."""
        facts, due = case.facts, collected(case)
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        taken = goes_on & (due.wallet_fen > 0)
        money = table.add(
            where=taken,
            debit=facts["wallet_account"],
            credit=facts["institution_first_account"] + Own.clearing_out,
            amount=due.wallet_fen,
            code=LegCode.repayment_of_credit,
            rule=self.rules.index(NO_OVERDRAFT),
        )
        if taken.any():
            usage = UsageLegs(case=case, table=table, rules=self.rules)
            usage.count_class(where=taken, follows=money)
            usage.count_day(where=taken, authentication=facts["autopay_authentication"], follows=money)
        came, _, paid = received(case, due.came_fen)
        add_received(table, case=case, where=goes_on, came=came, paid=paid)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The account's steps, the try, and when the next one may be."""
        case, accepted = decided.case, decided.accepted
        batch, due = case.batch, collected(case)
        account = batch.integers("account")
        state, rounds, paid = received(case, due.came_fen)
        tried = {
            "account": account,
            "position": batch.position,
            "on_date": batch.on,
            "number": due.asked.tries + 1,
            "asked_fen": due.asked.amount_fen,
            "wallet_fen": due.wallet_fen,
            "card_fen": batch.integers("card_fen"),
            "next_try_on": due.next_try_on,
        }
        ids = numbered(accepted, case.facts.next_ids[COLLECTION.name])
        kept = {"stated_on": state.stated_on, "tries": due.asked.tries + 1, "next_try_on": due.next_try_on}
        steps = received_events(
            decided,
            rounds,
            paid,
            account=account,
            amount_fen=due.came_fen,
            kind=AccountStep.repaid,
            where=accepted & (due.came_fen > 0),
        )
        results = {
            "wallet": case.facts["autopay_wallet"],
            "asked_fen": due.asked.amount_fen,
            "wallet_fen": due.wallet_fen,
            "short_fen": due.short_fen,
            "next_try_on": due.next_try_on,
        }
        return Recorded(
            results={**results, **told(paid)},
            events=[
                *steps,
                *event(COLLECTION_TRIED, rows(accepted, id=ids, **tried)),
                *event(AUTOPAY_CHANGED, rows(accepted, id=account, **kept)),
            ],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What is asked for, what the wallets give, what comes in, what is missing, and when it is tried again."""

    asked: Asked
    wallet_fen: Ints
    came_fen: Ints
    short_fen: Ints
    next_try_on: Ints


def collected(case: Case) -> Collected:
    """The collections of a batch, on accounts that have come to this morning."""
    facts = case.facts
    state, _ = come(case)
    kept = {name: facts[f"autopay_{name}"] for name in ("whole", "stated_on", "tries", "next_try_on")}
    asked = asked_for(account_terms(facts), state, **kept)
    wallet = np.where(_wallet_asked(case), np.minimum(facts["wallet_available_fen"], asked.amount_fen), 0)
    came = wallet + case.batch.integers("card_fen")
    short = np.maximum(asked.amount_fen - came, 0)
    again = next_try(
        on=np.full(len(case.batch), case.batch.on),
        tries=asked.tries + 1,
        short=short,
        most_tries=facts["policy_collect_tries"],
        days=facts["policy_collect_days"],
    )
    return Collected(asked=asked, wallet_fen=wallet, came_fen=came, short_fen=short, next_try_on=again)


def _too_much(case: Case, due: Collected) -> dict[int, Invalid]:
    """Banks that paid more than was left to be asked for, or without an agreement on a bank account."""
    card = case.batch.integers("card_fen")
    left = np.where(case.facts["autopay_bank_account"] != 0, due.asked.amount_fen - due.wallet_fen, 0)
    return {
        place: Invalid(
            field="card_fen",
            value=int(card[place]),
            constraint=f"no more than the {yuan_text(int(left[place]))} yuan that the bank account may be asked for",
        )
        for place in np.flatnonzero(card > left).tolist()
    }


def _not_today(case: Case, asked: Asked) -> dict[int, Invalid]:
    """Tries before their day, or beyond their number."""
    ids, on = case.batch.integers("account"), case.batch.on
    found = {}
    for place in np.flatnonzero((asked.from_on == 0) | (asked.from_on > on)).tolist():
        since = int(asked.from_on[place])
        wanted = (
            f"an account to collect from, as this one is from {since} on"
            if since
            else f"an account with a try left, of the {int(asked.tries[place])} that were made for the statement"
        )
        found[place] = Invalid(field="account", value=int(ids[place]), constraint=wanted)
    return found
