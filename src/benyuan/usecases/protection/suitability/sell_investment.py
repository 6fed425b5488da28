"""An investment or insurance product is sold, and paid for from the customer's wallet to whom it is made by.

While the sale may be cancelled the money waits on an account of the sale's own, out of the maker's reach, and what was
bought stands as shares on another, at the price of the day.

Opinion, terms, warnings, advice and a guardian's consent were commands of their own before it, with the log's times:
nothing that is said here of times past counts.

Sources: Order 2025 No. 7, arts. 12, 13, 17 to 19, 22, 27 to 29, 31, 38; PBoC Announcement [2015] No. 43, art. 11 (what
a balance may buy). Order of checks: licence; what stops wallet, holder or merchant; the wallet's class; then
`SALE_GATES`; then the ledger: no overdraft, the wallet's class and day, and the share of the customer's assets over all
that is held. Worked number: with 100,000.00 that count and 50%, holdings are at most 50,000.00, in however many sales.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_AROSE
from benyuan.consumer_protection.suitability.chart import InvestorLeg, InvestorOwn, SaleOwn, sale_accounts
from benyuan.consumer_protection.suitability.exits import price_of, shares_for
from benyuan.consumer_protection.suitability.facts import Ints, Truths, is_excepted, means_fen, needs_care, share_of
from benyuan.consumer_protection.suitability.gates import MEANS, SALE_GATES
from benyuan.consumer_protection.suitability.records import (
    INVESTMENT_HELD,
    INVESTMENT_SOLD,
    RATING,
    SALE,
    SHELF,
    SHELF_PRICE,
    SHELF_TERMS,
    SHELF_TERMS_IN_FORCE,
)
from benyuan.consumer_protection.suitability.records import MEANS as STATED
from benyuan.consumer_protection.suitability.shown import ShownCustomer
from benyuan.consumer_protection.suitability.telling import told_of_product
from benyuan.consumer_protection.suitability.vocabulary import IN_SCOPE, SORT_NUMBER
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase, standing
from benyuan.ledger import AMOUNT_MAX, NO_CEILING, LegFlag
from benyuan.payments.chart import AccountCode, LegCode, Own
from benyuan.payments.licences import licence_gate
from benyuan.payments.limits import BALANCE_RULES, UsageLegs, authentication_number
from benyuan.payments.merchant_stops import BEHIND_MERCHANT, TAKES_PAYMENTS
from benyuan.payments.records import MERCHANT, STANDING, WALLET
from benyuan.payments.sellers import SELLER_NEED
from benyuan.payments.suspension import closed_faults, stops
from benyuan.payments.vocabulary import Authentication
from benyuan.rules import RulePack
from benyuan.rules.vocabulary import Movement
from benyuan.usecases.common import Fen, Id, Reference, faults_where, numbered, rows
from benyuan.usecases.protection.suitability.customers import CUSTOMER_NEEDS, customer_faults
from benyuan.usecases.protection.suitability.evidence import MaybeDigest, maybe_digest_faults
from benyuan.values.days import days_later

NO_OVERDRAFT = "pay.account.no_overdraft"
USES = ("pay.account.class1.uses", "pay.account.class2.uses", "pay.account.class3.uses")


@command("sell_investment", version=3, personal=("number", "born"), identified=True)
class SaleFields(ShownCustomer, frozen=True, kw_only=True):
    """Sell `product` for `amount_fen` from `wallet` to the person.

    `terms_digest`: that of the version that was shown to the customer and that they confirm. `own_choice`: the digest
    of their confirmation in writing that they go on with insurance that does not fit. `recommended`: the house
    recommended it of its own accord; `as_professional`: sold as to a professional investor. The consent of who acts for
    somebody of limited capacity is a command of its own (`consent_as_guardian`).
    """

    product: Id
    wallet: Id
    amount_fen: Fen
    terms_digest: Reference
    authentication: Authentication
    recommended: bool = False
    as_professional: bool = False
    own_choice: MaybeDigest = ""


def _use_gate(number: int) -> Gate:
    rule = USES[number - 1]

    def is_class(case: Case) -> Truths:
        return np.asarray(case.facts["wallet_class"] == number, np.bool_)

    def passes(case: Case) -> Truths:
        case.rules.value(id=rule, on=case.batch.on)
        allowed = Movement.WEALTH_PURCHASE in case.rules.rule(rule).includes
        return np.asarray(~is_class(case) | allowed, np.bool_)

    return Gate(rule=rule, passes=passes, applies=is_class)


def most_fen(case: Case) -> Ints:
    """What the person may hold; no ceiling where art. 38 excepts the sale. Who stated nothing has no means."""
    share = case.rules.value(id=MEANS, on=case.batch.on).ppm
    return np.where(is_excepted(case), NO_CEILING, share_of(means_fen(case), share))


def waits(case: Case) -> Truths:
    """Where the sale may be cancelled, so that the money does not go to the maker yet."""
    return np.asarray(case.facts["shelf_cooling_days"] > 0, np.bool_)


def shares_of(case: Case) -> Ints:
    """What is bought, in hundredths of a share, at the price of the day."""
    return shares_for(case.batch.integers("amount_fen"), price_of(case))


def _accounts(case: Case, goes_on: Truths) -> Ints:
    """The first account of each sale; 0 where there is none. Those that the ledger stops have theirs for nothing."""
    return numbered(goes_on, case.facts.next_account, step=len(SaleOwn))


class SellInvestment(UseCase):
    """Moves the money, and records what was sold to whom on what grounds."""

    command = SaleFields
    needs = (
        *CUSTOMER_NEEDS,
        Need(table=WALLET, by="wallet", prefix="wallet"),
        Need(table=STANDING, by="institution", prefix="standing"),
        SELLER_NEED,
        Need(table=SHELF, by="product", prefix="shelf"),
        Need(table=SHELF_TERMS_IN_FORCE, by="product", prefix="terms"),
        Need(table=SHELF_TERMS, by="terms_version", prefix="version"),
        Need(table=SHELF_PRICE, by="product", prefix="price"),
        Need(table=RATING, by="product", prefix="rating"),
        Need(table=STATED, by="person", prefix="means"),
        Need(table=MERCHANT, by="shelf_merchant", prefix="merchant"),
        *BEHIND_MERCHANT,
    )
    gates = (
        licence_gate(business="internet_payment"),
        *stops(leaving=True),
        *TAKES_PAYMENTS,
        *(_use_gate(number) for number in range(1, len(USES) + 1)),
        *SALE_GATES,
    )
    rules = (NO_OVERDRAFT, *BALANCE_RULES, MEANS)
    surveys = True
    alone = False

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What the customers were told of the products; no sale of the batch changes it."""
        del facts, rules
        return told_of_product(batch, books), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Who it is; the person's own open wallet; a product in scope and on sale, of this institution."""
        batch, facts = case.batch, case.facts
        others = facts["wallet_person"] != batch.integers("person")
        loans = ~np.isin(facts["shelf_sort"], [SORT_NUMBER[sort] for sort in IN_SCOPE])
        elsewhere = facts["shelf_institution"] != batch.integers("institution")
        return {
            **maybe_digest_faults(batch, "own_choice"),
            **faults_where(shares_of(case) == 0, batch, "amount_fen", "what buys a hundredth of a share at least"),
            **faults_where(facts["merchant_left_on"] != 0, batch, "product", "a product whose merchant is served"),
            **faults_where(facts["shelf_suspended"] != 0, batch, "product", "a product that is not suspended"),
            **faults_where(elsewhere, batch, "product", "a product that this institution sells"),
            **faults_where(loans, batch, "product", "an investment or insurance product"),
            **closed_faults(case, "wallet"),
            **faults_where(others, batch, "wallet", "a wallet of the person's own"),
            **customer_faults(case),
        }

    def legs(self, case: Case, goes_on: Truths) -> Legs:
        """The money leg, a leg for each limit of the wallet, what counts against means, and the shares."""
        facts = case.facts
        first, control = _accounts(case, goes_on), facts["institution_first_account"] + Own.usage_control
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        money = table.add(
            where=goes_on,
            debit=facts["wallet_account"],
            credit=np.where(waits(case), first + SaleOwn.waiting, facts["merchant_account"]),
            amount=case.batch.integers("amount_fen"),
            code=LegCode.investment,
            rule=self.rules.index(NO_OVERDRAFT),
        )
        usage = UsageLegs(case=case, table=table, rules=self.rules)
        usage.count_class(where=goes_on, follows=money)
        usage.count_day(where=goes_on, authentication=authentication_number(case), follows=money)
        table.add(
            where=goes_on,
            debit=facts["investor_first_usage"] + InvestorOwn.bought,
            credit=control,
            amount=AMOUNT_MAX,
            code=InvestorLeg.bought,
            flags=LegFlag.following_moved,
            ceiling=most_fen(case),
            follows_line=money,
            rule=self.rules.index(MEANS),
        )
        table.add(
            where=goes_on,
            debit=first + SaleOwn.held,
            credit=control,
            amount=shares_of(case),
            code=InvestorLeg.shares_bought,
        )
        return table.build()

    def accounts(self, case: Case, goes_on: Truths) -> NDArray[Any]:
        """What each sale has of its own: its money while it waits, and its shares."""
        return sale_accounts(books=case.facts["institution_book"][goes_on], waiting=AccountCode.investment_waiting)

    def record(self, decided: Decided) -> Recorded:
        """The sale, with all that it rests on."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids = numbered(accepted, facts.next_ids[SALE.name])
        followed = accepted & needs_care(case)
        duties = numbered(followed, facts.next_ids[PROTECTION_DUTY.name])
        columns = _sale(case, ids) | {"duty": duties}
        goes_on = standing(decided.proposals.refused, len(batch))
        holding = {
            "id": ids,
            "person": batch.integers("person"),
            "first_account": _accounts(case, goes_on),
            "shares": shares_of(case),
            "price": price_of(case),
            "redeemed_shares": 0,
            "released_on": np.where(waits(case), 0, batch.on),
        }
        duty = {"id": duties, "kind": int(DutyKind.follow_up_sale), "person": batch.integers("person"), "about": ids}
        duty |= {"arose_on": batch.on, **dict.fromkeys(("borrower", "subject", "due_on", "done_on", "level"), 0)}
        return Recorded(
            results={
                "sale": ids,
                **{name: columns[name] for name in ("level", "product_level", "excepted", "cancel_by")},
                "shares": shares_of(case),
                "price": price_of(case),
                "opinion": facts["told_opinion"],
            },
            events=[
                *event(INVESTMENT_SOLD, rows(accepted, **columns)),
                *event(INVESTMENT_HELD, rows(accepted, **holding)),
                *event(PROTECTION_DUTY_AROSE, rows(followed, **duty)),
            ],
        )


def _sale(case: Case, ids: Ints) -> dict[str, Any]:
    batch, facts = case.batch, case.facts
    today = np.full(len(batch), batch.on)
    days = facts["shelf_cooling_days"]
    return {
        "id": ids,
        **{name: batch.integers(name) for name in ("person", "product", "wallet", "amount_fen", "age_years")},
        "merchant": facts["shelf_merchant"],
        "sold_on": today,
        "terms": facts["terms_version"],
        "test": facts["investor_counted"],
        "level": facts["counted_level"],
        "product_level": facts["shelf_level"],
        "excepted": is_excepted(case).astype(np.int64),
        "cancel_by": np.where(days > 0, days_later(today, days), 0),
        "cancelled_on": 0,
        "position": batch.position,
    }
