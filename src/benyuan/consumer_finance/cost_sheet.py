"""The sheet of all costs 综合融资成本明示表: what a loan or an account costs, and what breach may; nothing else may.

A sheet follows from the terms alone, so that the very version that a borrower confirmed can be shown years later: it is
told by its digest, of 16 hexadecimal digits, and the template's number stands in it. Putting it before the borrower is
a command of its own (`show_cost_sheet`), and the time to read runs by the log's own clock. Source: 金规〔2026〕2号.
Worked number: shown at 10:00:00 and read for 5 seconds, a draw of 10:00:04 is refused and one of 10:00:05 is not.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from benyuan.consumer_finance.columns import Ints, Truths, names_of
from benyuan.consumer_finance.revolving.state import AccountTerms
from benyuan.decisions.usecase import Case, Gate
from benyuan.values.dates import local_days
from benyuan.values.days import days_later

SHEET, ONLINE, SHEET_DAYS = "cost.sheet", "cost.sheet.online", "cost.house.sheet_days"
A_SECOND = 1_000_000  # tidy: number microseconds
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


def was_shown(case: Case) -> Truths:
    """Where the sheet that is confirmed was put before this very borrower."""
    return np.asarray(case.facts["shown"] != 0, np.bool_)


def read_seconds(case: Case) -> Ints:
    """For how long it had been before them by the log's own clock, in full seconds; 0 where it never was."""
    return np.where(was_shown(case), (case.batch.at - case.facts["shown_at"]) // A_SECOND, 0)


def least_seconds(case: Case) -> Ints:
    """As long as the lender's policy says, and never less than a second: it is read after it was shown."""
    return np.maximum(case.facts["policy_reading_seconds"], 1)


def is_read(case: Case) -> Truths:
    """Where the sheet was read for long enough."""
    return np.asarray(read_seconds(case) >= least_seconds(case), np.bool_)


def shown_on(case: Case) -> Ints:
    """The day on which it was last shown (yyyymmdd); that of the batch where it never was."""
    days = local_days(case.facts["shown_at"]).astype(np.int64)
    return np.where(was_shown(case), days, case.batch.on)


def is_recent(case: Case) -> Truths:
    """Where it was shown no longer ago than the house lets a sheet be used."""
    value = case.rules.in_force(id=SHEET_DAYS, on=case.batch.on)
    if value is None:
        return np.ones(len(case.batch), np.bool_)
    return np.asarray(days_later(shown_on(case), value.count) >= case.batch.on, np.bool_)


def stands(case: Case, sheet_of: Callable[[Case, int], Sheet]) -> Truths:
    """Where the sheet is the right one, was shown, not too long ago, and read; on any day, before the rules too."""
    return is_confirmed(case, sheet_of) & was_shown(case) & is_read(case) & is_recent(case)


def sheet_gates(
    sheet_of: Callable[[Case, int], Sheet], *, asked: Callable[[Case], Truths] = everything
) -> tuple[Gate, Gate, Gate]:
    """The sheet is the one that was made and was shown to this borrower; read for long enough; not too long ago.

    `asked`: the commands of which this is asked. They read `sheets_shown.last_shown` besides.
    """

    def gate(rule: str, passes: Callable[[Case], Truths], figures: Callable[[Case, int], dict[str, Any]]) -> Gate:
        def holds(case: Case) -> Truths:
            where = asked(case)
            if not where.any() or case.rules.in_force(id=rule, on=case.batch.on) is None:
                return np.ones(len(case.batch), np.bool_)
            return ~where | passes(case)

        return Gate(rule=rule, passes=holds, applies=asked, figures=figures)

    def told(case: Case, place: int) -> dict[str, Any]:
        given = str(case.batch.values("cost_sheet")[place]) or "none"
        return {"confirmed": given, "sheet": digest(sheet_of(case, place)), "shown": int(case.facts["shown"][place])}

    return (
        gate(SHEET, lambda case: is_confirmed(case, sheet_of) & was_shown(case), told),
        gate(
            ONLINE,
            is_read,
            lambda case, place: {
                "read_seconds": int(read_seconds(case)[place]),
                "least_seconds": int(least_seconds(case)[place]),
            },
        ),
        gate(SHEET_DAYS, is_recent, lambda case, place: {"shown_on": int(shown_on(case)[place])}),
    )
