"""The sheet of all costs 综合融资成本明示表: what a loan or an account costs, and what breach may; nothing else may.

A sheet follows from the terms alone, so that the very version that a borrower confirmed can be shown years later: it is
told by its digest, of 16 hexadecimal digits, and the template's number stands in it. Source: 金规〔2026〕2号.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from benyuan.consumer_finance.columns import Truths, names_of
from benyuan.consumer_finance.revolving.state import AccountTerms
from benyuan.decisions.usecase import Case, Gate

SHEET, ONLINE = "cost.sheet", "cost.sheet.online"
TEMPLATE = 1
DIGITS = 16  # tidy: number hexadecimal digits that we chose
LOAN_TERMS = ("late_rate_ppm", "late_on_interest", "grace_days", "method", "day_count", "every", "every_unit")
OFFERED = ("amount_fen", "term_count", "rate_ppm", "first_due_on", "cost_ppb")

Sheet: TypeAlias = Mapping[str, int]
"""Items by name; money in fen, rates in millionths a year, the all-in cost in thousand-millionths."""


def loan_sheet(offer: Mapping[str, Any], terms: Mapping[str, Any]) -> Sheet:
    """Of an offer: what is lent, for how long, at what rate and yearly cost; what breach may cost. No other charge."""
    items = {name: int(offer[name]) for name in OFFERED} | {name: int(terms[name]) for name in LOAN_TERMS}
    return {"template": TEMPLATE, **items, "other_charges_fen": 0}


def account_sheet(terms: Mapping[str, Any]) -> Sheet:
    """Of a pay-later account: rate, statement and due days, the least to pay, the late fee on breach."""
    items = {name: int(terms[name]) for name in names_of(AccountTerms)}
    return {"template": TEMPLATE, **items, "other_charges_fen": 0}


def digest(sheet: Sheet) -> str:
    """What tells one sheet from every other."""
    text = "\n".join(f"{name}={value}" for name, value in sheet.items())
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def of_account(case: Case, place: int) -> Sheet:
    """The sheet of the account's terms, by the facts `terms_…`."""
    return account_sheet({name: case.facts[f"terms_{name}"][place] for name in names_of(AccountTerms)})


def of_offer(case: Case, place: int) -> Sheet:
    """The sheet of an offer, by the facts `offer_…` and `terms_…`."""
    offer = {name: case.facts[f"offer_{name}"][place] for name in OFFERED}
    return loan_sheet(offer, {name: case.facts[f"terms_{name}"][place] for name in LOAN_TERMS})


def extended_sheet(loan: Mapping[str, Any], state: Mapping[str, Any], terms: Mapping[str, Any]) -> Sheet:
    """Of a loan after an extension, by the state that it leaves: principal and instalments to come, from the next day.

    Its yearly cost is its rate: it costs nothing else, and nobody pays for the extension.
    """
    rest = {
        "amount_fen": state["principal_fen"],
        "term_count": state["terms"] - state["next_number"] + 1,
        "rate_ppm": loan["rate_ppm"],
        "first_due_on": state["next_due_on"],
        "cost_ppb": loan["rate_ppm"] * 1_000,  # tidy: number millionths to thousand-millionths
    }
    return loan_sheet(rest, terms)


def is_confirmed(case: Case, sheet_of: Callable[[Case, int], Sheet]) -> Truths:
    """Where the digest that was given is that of the sheet; on any day, before the rule holds too."""
    given = case.batch.values("cost_sheet")
    same = [bool(given[place]) and given[place] == digest(sheet_of(case, place)) for place in range(len(case.batch))]
    return np.array(same, np.bool_)


def everything(case: Case) -> Truths:
    """The sheet is asked of each command."""
    return np.ones(len(case.batch), np.bool_)


def never_confirmed(case: Case) -> Truths:
    """Where a loan was drawn before the rule held, and its sheet has not been confirmed since."""
    value = case.rules.in_force(id=SHEET, on=case.batch.on)
    if value is None:
        return np.zeros(len(case.batch), np.bool_)
    return np.asarray((case.facts["loan_drawn_on"] < value.in_force) & ~case.facts.found("sheet"), np.bool_)


def is_read(case: Case) -> Truths:
    """Where the sheet was read for as long as the lender's policy says."""
    return np.asarray(case.batch.integers("read_seconds") >= case.facts["policy_reading_seconds"], np.bool_)


def sheet_gates(
    sheet_of: Callable[[Case, int], Sheet], *, asked: Callable[[Case], Truths] = everything
) -> tuple[Gate, Gate]:
    """The sheet that was confirmed is the one that was made; it was read for as long as the lender's policy says.

    `asked`: the commands of which this is asked.
    """

    def confirmed(case: Case) -> Truths:
        if case.rules.in_force(id=SHEET, on=case.batch.on) is None:
            return np.ones(len(case.batch), np.bool_)
        return ~asked(case) | is_confirmed(case, sheet_of)

    def read(case: Case) -> Truths:
        if case.rules.in_force(id=ONLINE, on=case.batch.on) is None:
            return np.ones(len(case.batch), np.bool_)
        return ~asked(case) | is_read(case)

    return (
        Gate(
            rule=SHEET,
            passes=confirmed,
            applies=asked,
            figures=lambda case, place: {
                "confirmed": str(case.batch.values("cost_sheet")[place]) or "none",
                "sheet": digest(sheet_of(case, place)),
            },
        ),
        Gate(
            rule=ONLINE,
            passes=read,
            applies=asked,
            figures=lambda case, place: {
                "read_seconds": int(case.batch.integers("read_seconds")[place]),
                "least_seconds": int(case.facts["policy_reading_seconds"][place]),
            },
        ),
    )
