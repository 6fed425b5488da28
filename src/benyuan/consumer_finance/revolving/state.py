"""A pay-later account's terms, and the state that each step leaves; columns, one row an account."""

from dataclasses import dataclass

import numpy as np

from benyuan.consumer_finance.columns import Ints, names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTerms:
    """What was agreed. Rates and shares in millionths; `statement_day` 1 to 28 of the month."""

    rate_ppm: Ints
    day_count: Ints
    rounding: Ints
    statement_day: Ints
    due_days: Ints
    minimum_ppm: Ints
    minimum_floor_fen: Ints
    late_fee_ppm: Ints
    late_fee_floor_fen: Ints
    order: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountState:
    """What the last step left.

    `bought_billed_fen` and `weight_billed`: the running totals of purchases, and of purchases × clock, that statements
    have taken in. `anew_on`: the morning from which purchases since the statement bear interest anew because the
    account ceased to revolve, 0 where each bears it from its own day. `next_on`: the morning on which the next
    statement or missed due day is taken note of. `due_on`: the due day that is still to come, 0 for none.
    `missing_fen`: what is missing of minimums that were missed, and of late fees. `used_…`: running totals of what
    statements have paid out of the customer's credit.
    """

    billed_fen: Ints
    interest_fen: Ints
    fees_fen: Ints
    credit_fen: Ints
    revolving: Ints
    interest_num: Ints
    grace_num: Ints
    accrued_to: Ints
    bought_billed_fen: Ints
    weight_billed: Ints
    anew_on: Ints
    stated_fen: Ints
    minimum_fen: Ints
    paid_since_fen: Ints
    missing_fen: Ints
    stated_on: Ints
    due_on: Ints
    next_on: Ints
    oldest_due_on: Ints
    interest_made_fen: Ints
    fees_made_fen: Ints
    used_principal_fen: Ints
    used_interest_fen: Ints
    used_fees_fen: Ints
    standing: Ints

    @property
    def asked_fen(self) -> Ints:
        """What statements have asked for and nobody has paid: principal, interest, fees."""
        return self.billed_fen + self.interest_fen + self.fees_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """Running totals of an account's purchases, less what was returned unbilled: fen, and fen × clock of the day."""

    bought_fen: Ints
    weight: Ints


def opened_state(*, on: Ints, next_on: Ints) -> AccountState:
    """Accounts that were opened on a day: nothing owed, the first statement to come."""
    nothing = {name: np.zeros_like(on) for name in names_of(AccountState)}
    return AccountState(**{**nothing, "accrued_to": on, "next_on": next_on})


def used_between(before: AccountState, after: AccountState) -> dict[str, Ints]:
    """What statements between two states paid out of the customer's credit: principal, interest, fees."""
    return {
        part: getattr(after, f"used_{part}_fen") - getattr(before, f"used_{part}_fen")
        for part in ("principal", "interest", "fees")
    }
