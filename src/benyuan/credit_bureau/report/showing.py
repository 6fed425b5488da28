"""Of the records of a file those that may be shown on a day, whether or not the job that erases has run yet.

State Council Order 631, art. 16: what is over is not shown (`cr.negative.retention`). The one-off repair of small
overdue debts (`cr.repair.once_2025`) hides more, as long as that rule is in force. Worked number: arrears of 9,999.00
yuan that fell due on 20250310, paid back on 20260331, are not shown from the report of the month that says so on;
10,000.01 yuan are, up to 20310331.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.negative import (
    Marks,
    Spells,
    are_over,
    negative_spells,
    of_late_months,
    rows_with,
    spell_rows,
)
from benyuan.credit_bureau.retention import latest_cases
from benyuan.credit_bureau.vocabulary import STATUS_NUMBER, MonthStatus
from benyuan.rules import RulePack

RETENTION, REPAIR = "cr.negative.retention", "cr.repair.once_2025"
A_MONTH = 100
_CLOSED = STATUS_NUMBER[MonthStatus.closed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown: months by account and month, the spells in them, and public records by day."""

    months: NDArray[Any]
    spells: Spells
    public: NDArray[Any]


def shown_on(*, months: NDArray[Any], public: NDArray[Any], on: int, rules: RulePack) -> Shown:
    """What of the records may be shown on a day. Errors: RuleNotInForce before there is a rule on retention."""
    left, spells = shown_months(latest_months(months[months["month"] <= on // A_MONTH]), on=on, rules=rules)
    return Shown(months=left, spells=spells, public=shown_public(public, on=on, rules=rules))


def latest_months(months: NDArray[Any]) -> NDArray[Any]:
    """Of each account and month the record furnished last, in order of both."""
    if not len(months):
        return months
    ordered = months[np.lexsort((months["month"], months["account"]))]  # stable: furnished last stays last
    account, month = ordered["account"], ordered["month"]
    final = np.ones(len(ordered), np.bool_)
    final[:-1] = (account[1:] != account[:-1]) | (month[1:] != month[:-1])
    return ordered[final]


def shown_months(months: NDArray[Any], *, on: int, rules: RulePack) -> tuple[NDArray[Any], Spells]:
    """The months that may be shown, of those in order, and their spells.

    None tells by its `ended_on` of arrears that are not shown.
    """
    spells = negative_spells(months)
    years = rules.value(id=RETENTION, on=on).count
    over = are_over(ended_on=spells.ended_on, years=years, on=on)
    repaired = are_repaired(months, spells, on=on, rules=rules)
    if (over | repaired).any():
        place = spell_rows(spells, months)
        months = months[~(rows_with(months, spells, over) | ((place >= 0) & repaired[place]))]
        spells = negative_spells(months)
    return _telling(months, spells), spells


def _telling(months: NDArray[Any], spells: Spells) -> NDArray[Any]:
    """Only months that end a spell that is shown, or the account, have a day on which something ended."""
    tells = months["status"] == _CLOSED
    tells[spells.closed_by[spells.closed_by >= 0]] = True
    if not months["ended_on"][~tells].any():
        return months
    left = months.copy()
    left["ended_on"][~tells] = 0
    return left


def are_repaired(months: NDArray[Any], spells: Spells, *, on: int, rules: RulePack) -> Marks:
    """Which spells the one-off repair hides: arrears of late months only, small, of those years, paid by that day."""
    value = rules.in_force(id=REPAIR, on=on)
    if value is None or not len(spells):
        return np.zeros(len(spells), np.bool_)
    asked = value.parameters
    fell_due = months["due_on"][spells.first]
    began = np.where(fell_due != 0, fell_due, months["month"][spells.first] * A_MONTH + 1)
    in_time = (spells.ended_on != 0) & (spells.ended_on <= asked.date("repaid_by"))
    of_the_years = (began >= asked.date("overdue_from")) & (began <= asked.date("overdue_to"))
    most = most_overdue(months, spells)
    small = (most > 0) & (most <= value.fen)  # an amount that isn't told is not known to be small
    hidden: Marks = of_late_months(months, spells) & in_time & of_the_years & small
    return hidden


def most_overdue(months: NDArray[Any], spells: Spells) -> NDArray[np.int64]:
    """The most that was overdue in each spell, fen."""
    place = spell_rows(spells, months)
    most = np.zeros(len(spells), np.int64)
    within = place >= 0
    np.maximum.at(most, place[within], months["overdue_fen"][within])
    return most


def shown_public(public: NDArray[Any], *, on: int, rules: RulePack) -> NDArray[Any]:
    """Of each public record what was furnished last, where its years are not over, by the day of the decision."""
    if not len(public):
        return public
    final = public[np.unique(latest_cases(public))]
    years = rules.value(id=RETENTION, on=on).count
    over = are_over(ended_on=final["ended_on"].astype(np.int64), years=years, on=on)
    left = final[~over & (final["decided_on"] <= on)]
    return left[np.argsort(left["decided_on"], kind="stable")]
