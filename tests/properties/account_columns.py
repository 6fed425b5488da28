"""The columnar engine of pay-later accounts, driven one account at a time, beside the plain engine."""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from benyuan.consumer_finance.by_hand.accounts import Account, Terms
from benyuan.consumer_finance.clocks import clock, denominator
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.revolving.accrual import brought_to, interest_ever, unbilled_num
from benyuan.consumer_finance.revolving.cycle import come_to, first_statement_on
from benyuan.consumer_finance.revolving.ending import recover, write_off
from benyuan.consumer_finance.revolving.paying import Received, give_back, pay, used_for_purchase
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms, Bought
from benyuan.consumer_finance.vocabulary import ACCOUNT_ORDER_NUMBER, DAY_COUNT_NUMBER, ROUNDING_NUMBER, Standing
from benyuan.values.dates import add_calendar_days, to_yyyymmdd
from benyuan.values.days import days_later
from tests.properties.loan_columns import day_of, ints


def terms_of(terms: Terms) -> AccountTerms:
    return AccountTerms(
        rate_ppm=ints(terms.rate_ppm),
        day_count=ints(DAY_COUNT_NUMBER[terms.day_count]),
        rounding=ints(ROUNDING_NUMBER[terms.rounding]),
        statement_day=ints(terms.statement_day),
        due_days=ints(terms.due_days),
        minimum_ppm=ints(terms.share_ppm),
        minimum_floor_fen=ints(terms.floor_fen),
        late_fee_ppm=ints(terms.late_share_ppm),
        late_fee_floor_fen=ints(terms.late_floor_fen),
        order=ints(ACCOUNT_ORDER_NUMBER[terms.order]),
    )


def opened(terms: Terms, on: dt.date) -> AccountState:
    zero = {name: ints(0) for name in AccountState.__slots__}
    set_out = {
        "accrued_to": day_of(on),
        "stated_on": ints(add_calendar_days(to_yyyymmdd(on), -1)),
        "next_on": days_later(first_statement_on(day_of(on), ints(terms.statement_day)), 1),
        "standing": ints(Standing.open),
    }
    return AccountState(**{**zero, **set_out})


@dataclass(slots=True)
class OneAccount:
    """One account in columns, with the running totals of its purchases."""

    terms: AccountTerms
    state: AccountState
    bought: Bought

    @classmethod
    def opened(cls, terms: Terms, on: dt.date) -> "OneAccount":
        return cls(terms=terms_of(terms), state=opened(terms, on), bought=Bought(bought_fen=ints(0), weight=ints(0)))

    def come_to(self, day: dt.date) -> None:
        self.state, _ = come_to(self.terms, self.state, self.bought, day_of(day))

    def come_in_hops(self, *, since: dt.date, until: dt.date, days: int) -> None:
        """To a morning by way of others, each so many days later, with interest brought to each."""
        whole = (until - since).days
        for number in [*range(days, whole, days), whole]:
            day = since + dt.timedelta(days=number)
            self.come_to(day)
            self.state = brought_to(self.terms, self.state, day_of(day))

    def buy(self, *, on: dt.date, amount_fen: int) -> None:
        self.state, used = used_for_purchase(self.state, ints(amount_fen))
        self._add(amount_fen - used, (amount_fen - used) * clock(self.terms.day_count, day_of(on)))

    def pay(self, *, on: dt.date, amount_fen: int) -> Received:
        return self._took(pay(self.terms, self.state, self.bought, on=day_of(on), amount_fen=ints(amount_fen)))

    def give_back(self, *, on: dt.date, amount_fen: int, bought_on: dt.date) -> Received:
        amount, on_day = ints(amount_fen), day_of(on)
        return self._took(
            give_back(self.terms, self.state, self.bought, on=on_day, amount_fen=amount, bought_on=day_of(bought_on))
        )

    def make_plan(self, *, on: dt.date, amount_fen: int, bought_on: dt.date | None) -> Received:
        amount, on_day = ints(amount_fen), day_of(on)
        of = day_of(bought_on) if bought_on else self.state.stated_on
        return self._took(give_back(self.terms, self.state, self.bought, on=on_day, amount_fen=amount, bought_on=of))

    def write_off(self, *, on: dt.date) -> None:
        self.state = write_off(self.terms, self.state, self.bought, on=day_of(on))

    def recover(self, amount_fen: int) -> None:
        self.state = recover(self.terms, self.state, amount_fen=ints(amount_fen)).state

    def pay_out(self, amount_fen: int) -> None:
        self.state = replace(self.state, credit_fen=self.state.credit_fen - amount_fen)

    def _took(self, received: Received) -> Received:
        self.state = received.state
        self._add(-received.unbilled_fen, -received.unbilled_weight)
        return received

    def _add(self, fen: Ints, weight: Ints) -> None:
        self.bought = Bought(bought_fen=self.bought.bought_fen + fen, weight=self.bought.weight + weight)


def check_same(one: OneAccount, plain: Account) -> None:
    """Every figure of an account, on the morning of the plain one's day, and the fractions behind the fen."""
    on = day_of(plain.day)
    there = brought_to(one.terms, one.state, on)
    whole = int(denominator(one.terms.day_count)[0])
    shown = {
        "unbilled": one.bought.bought_fen - there.bought_billed_fen,
        "unbilled interest": unbilled_num(one.terms, there, one.bought, on),
        "principal": there.billed_fen,
        "interest": there.interest_fen,
        "fees": there.fees_fen,
        "credit": there.credit_fen,
        "revolving": there.revolving,
        "owed": there.interest_num,
        "if not paid": there.grace_num,
        "due": there.due_on,
        "minimum": there.minimum_fen,
        "paid since": there.paid_since_fen,
        "missing": there.missing_fen,
        "oldest": there.oldest_due_on,
        "fees ever": there.fees_made_fen,
        "used for principal": there.used_principal_fen,
        "used for interest": there.used_interest_fen,
        "used for fees": there.used_fees_fen,
        "written off": there.standing == Standing.written_off,
        "interest ever": interest_ever(one.terms, one.state, one.bought, on),
    }
    meant = {
        "unbilled": plain.unbilled_fen,
        "unbilled interest": plain.unbilled_interest * whole,
        "principal": plain.principal_fen,
        "interest": plain.interest_fen,
        "fees": plain.fees_fen,
        "credit": plain.credit_fen,
        "revolving": plain.revolving,
        "owed": plain.owed * whole,
        "if not paid": plain.if_not_paid * whole,
        "due": to_yyyymmdd(plain.due_on) if plain.due_on else 0,
        "minimum": plain.minimum_fen,
        "paid since": plain.paid_since_fen,
        "missing": plain.missing_fen,
        "oldest": to_yyyymmdd(plain.oldest_due_on) if plain.oldest_due_on else 0,
        "fees ever": plain.fees_ever_fen,
        "used for principal": plain.used_principal_fen,
        "used for interest": plain.used_interest_fen,
        "used for fees": plain.used_fees_fen,
        "written off": plain.written_off,
        "interest ever": plain.interest_ever_fen,
    }
    assert {name: int(column[0]) for name, column in shown.items()} == meant


def figures(one: OneAccount, on: dt.date) -> dict[str, int]:
    """The state brought to a morning, column by column, and the totals of purchases."""
    there = brought_to(one.terms, one.state, day_of(on))
    columns = {name: int(getattr(there, name)[0]) for name in AccountState.__slots__}
    totals = np.concatenate([one.bought.bought_fen, one.bought.weight]).tolist()
    return {**columns, "bought_fen": totals[0], "weight": totals[1], "accrued_to": 0}
