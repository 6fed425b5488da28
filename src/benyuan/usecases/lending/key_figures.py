"""The figures of key facts, from the terms and the price of what is offered: the same that the offer itself has.

The yearly rate of an offer is its all-in cost (`cost_ppb`), that of a plan, an extension or an account its own rate, as
on the sheet of costs. Worked number: 10,000.00 over twelve months at 18% ask for 916.80 first, cost 18.00% a year by
simple interest and 1,001.60 of interest or so, by the days.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from benyuan.consumer_finance.clocks import PPM, basis
from benyuan.consumer_finance.columns import Ints, taken
from benyuan.consumer_finance.instalments.falling_due import come_to
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.price import PRICE_CAP
from benyuan.decisions.facts import Facts
from benyuan.parties.people import LAST_DAY
from benyuan.rules import RulePack
from benyuan.usecases.lending.schedules import Asked
from benyuan.values.dates import to_yyyymmdd
from benyuan.values.errors import BadInput

Figures: TypeAlias = Mapping[str, int]
FiguresOf: TypeAlias = Callable[[int], Figures]
"""The figures of the command at a place of a batch."""
PPB_OF_PPM = 1_000  # tidy: number thousand-millionths in a millionth
SIMPLE = "simple"
CLOCKS = {
    "answer_days": "cp.nfra.complaint.simple",
    "longer_days": "cp.nfra.complaint.complex",
    "special_days": "cp.nfra.complaint.special",
}
COOLING_OFF = "cp.house.cooling_off"
OF_LOAN_TERMS = ("method", "every", "every_unit", "late_rate_ppm", "late_on_interest", "grace_days")
OF_ACCOUNT_TERMS = (
    *("statement_day", "due_days", "minimum_ppm", "minimum_floor_fen", "late_fee_ppm", "late_fee_floor_fen"),
)
EXAMPLE_FEN, EXAMPLE_DAYS = 100_000, 30  # tidy: number an example that we chose


def clock_figures(rules: RulePack, *, on: int) -> dict[str, int]:
    """How long a complaint takes, by the rules of the day; 0 before there are any."""
    return {name: _days(rules, rule, on=on) for name, rule in CLOCKS.items()}


def cooling_off(rules: RulePack, *, on: int) -> int:
    """Within how many days a loan may be handed back; 0 before the rule holds."""
    return _days(rules, COOLING_OFF, on=on)


def _days(rules: RulePack, rule: str, *, on: int) -> int:
    value = rules.in_force(id=rule, on=on)
    return value.count if value else 0


def by_simple_interest(rules: RulePack, *, on: int) -> int:
    """1 where the all-in cost of an offer of that day was reckoned by simple interest, else 0."""
    return int(rules.value(id=PRICE_CAP, on=on).parameters.code("method") == SIMPLE)


def terms_figures(facts: Facts, *, prefix: str, place: int) -> dict[str, int]:
    """How a loan is repaid and what being late costs, by its terms."""
    return {name: int(facts[f"{prefix}_{name}"][place]) for name in OF_LOAN_TERMS}


def own_rate(rate_ppm: int) -> dict[str, int]:
    """A nominal rate of a plan, an extension or an account: it costs nothing else."""
    return {"rate_ppm": rate_ppm, "annual_ppb": rate_ppm * PPB_OF_PPM, "simple": 1}


def payment_figures(payments: list[tuple[int, int]], *, principal_fen: int) -> dict[str, int]:
    """What is paid, from days (yyyymmdd) and amounts of the instalments. Errors: BadInput where there is none."""
    if not payments:
        raise BadInput("terms", 0, "an instalment that is still to come")
    total = sum(fen for _, fen in payments)
    return {
        "term_count": len(payments),
        "first_due_on": payments[0][0],
        "first_payment_fen": payments[0][1],
        "last_due_on": payments[-1][0],
        "last_payment_fen": payments[-1][1],
        "interest_fen": total - principal_fen,
        "total_fen": total,
    }


def scheduled_figures(asked: Asked, *, place: int, principal_fen: int) -> dict[str, int]:
    """The same of a loan that is to be drawn. Errors: BadInput where no schedule can be made."""
    payments = [(to_yyyymmdd(row.due), int(row.payment)) for row in asked.instalments(place)]
    return payment_figures(payments, principal_fen=principal_fen)


def coming_figures(terms: LoanTerms, state: LoanState, *, place: int) -> dict[str, int]:
    """The same of a loan that runs: every instalment that is to come. Errors: BadInput where there is none."""
    only = np.array([place])
    one = taken(state, only)
    _, rounds = come_to(taken(terms, only), one, np.array([LAST_DAY]))
    payments = [(int(each.on[0]), int(each.amount_fen[0])) for each in rounds]
    principal = int(one.principal_fen[0])
    return {"amount_fen": principal, **payment_figures(payments, principal_fen=principal)}


def account_figures(terms: Mapping[str, Ints], *, place: int) -> dict[str, int]:
    """What an account's terms say, and an example of their interest, rounded up."""
    rate, count = int(terms["rate_ppm"][place]), terms["day_count"][place : place + 1]
    year = int(basis(count)[0]) * PPM
    return {
        **own_rate(rate),
        **{name: int(terms[name][place]) for name in OF_ACCOUNT_TERMS},
        "example_fen": EXAMPLE_FEN,
        "example_days": EXAMPLE_DAYS,
        "example_interest_fen": -(-EXAMPLE_FEN * rate * EXAMPLE_DAYS // year),
    }
