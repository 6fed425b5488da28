"""Gates on what a lender grants or offers: it rests on a recent inquiry at a licensed credit bureau.

Sources: PBoC Order [2021] No. 4, art. 5 (only from a licensed bureau); that there is an inquiry, and how old it may be,
is the lender's own policy (`set_lending_policy`). The inquiry names the borrower by the lender's own number, so nobody
has to connect the bureau's numbers with the lender's.
"""

from typing import Any

import numpy as np

from benyuan.consumer_finance.columns import Ints, Truths
from benyuan.consumer_finance.records import BORROWER, LENDER_POLICY
from benyuan.credit_bureau.records import BUREAU_STANDING, INQUIRY, INQUIRY_DEBTS, MEMBER
from benyuan.credit_bureau.vocabulary import PURPOSE_NUMBER, TO_LEND
from benyuan.decisions.books import Books
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Case, Gate
from benyuan.values.dates import local_days
from benyuan.values.days import day_numbers, months_later

LICENSED, ASKED = "cr.fi.only_licensed", "cf.house.inquiry_first"
TO_LEND_NUMBERS = [PURPOSE_NUMBER[purpose] for purpose in TO_LEND]
INQUIRY_NEEDS = (
    Need(table=INQUIRY, by="inquiry", prefix="inquiry"),
    Need(table=MEMBER, by="inquiry_member", prefix="asker"),
    Need(table=BUREAU_STANDING, by="inquiry_bureau", prefix="bureau_standing"),
)
POLICY_NEED = Need(table=LENDER_POLICY, by="borrower_lender", prefix="policy")


def _bureau_licensed(case: Case) -> Truths:
    named = case.batch.integers("inquiry") != 0
    if case.rules.in_force(id=LICENSED, on=case.batch.on) is None:
        return np.ones(len(case.batch), np.bool_)
    return np.asarray(~named | (case.facts["bureau_standing_licensed_until"] >= case.batch.on), np.bool_)


def is_asked_for(case: Case) -> Truths:
    """Where the lender's policy wants an inquiry, and something is granted or offered at all."""
    wanted = case.facts["policy_inquiry_days"] != 0
    if "line_fen" in case.batch.columns:
        wanted = wanted & (case.batch.integers("line_fen") != 0)
    return np.asarray(wanted, np.bool_)


def _age_days(case: Case) -> Ints:
    at = case.facts["inquiry_at"]
    made_on = local_days(np.where(at == 0, case.batch.at, at)).astype(np.int64)
    return day_numbers(np.full(len(at), case.batch.on)) - day_numbers(made_on)


def _rests_on_one(case: Case) -> Truths:
    facts = case.facts
    mine = facts.found("inquiry") & (facts["inquiry_customer"] == case.batch.integers("borrower"))
    mine &= (facts["asker_lender"] == facts["borrower_lender"]) & np.isin(facts["inquiry_purpose"], TO_LEND_NUMBERS)
    recent = _age_days(case) <= facts["policy_inquiry_days"]
    wanted = is_asked_for(case)
    if wanted.any():
        case.rules.value(id=ASKED, on=case.batch.on)
    return np.asarray(~wanted | (mine & recent), np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    figures = {"inquiry": int(case.batch.integers("inquiry")[place])}
    figures |= {"most_days": int(case.facts["policy_inquiry_days"][place])}
    return figures | ({"days": int(_age_days(case)[place])} if case.facts["inquiry_found"][place] else {})


INQUIRED = (
    Gate(
        rule=LICENSED,
        passes=_bureau_licensed,
        figures=lambda case, place: {"bureau": int(case.facts["inquiry_bureau"][place])},
        applies=lambda case: np.asarray(case.batch.integers("inquiry") != 0, np.bool_),
    ),
    Gate(rule=ASKED, passes=_rests_on_one, figures=_figures, applies=is_asked_for),
)
"""In order: the bureau is licensed; the lender asked it of this borrower, to lend, not too long ago."""


def told_debts(books: Books, borrowers: Ints, *, on: int, months: int | None) -> Ints:
    """What each borrower pays elsewhere in a month, by the lender's own latest inquiry that showed accounts; 0 without.

    `months`: for so long an inquiry tells of debts; None: for ever. It counts whether a command names it or not.
    """
    inquiries = books.ids(INQUIRY_DEBTS)
    debts = books.column(INQUIRY_DEBTS, "debts_fen")
    each, place = np.unique(borrowers, return_inverse=True)
    customer = books.column(INQUIRY, "customer")[inquiries]
    known = np.flatnonzero((customer != 0) & np.isin(customer, each))
    asker = books.column(MEMBER, "lender")[books.column(INQUIRY, "member")[inquiries[known]]]
    known = known[asker == books.column(BORROWER, "lender")[customer[known]]]
    if months is not None and len(known):
        made_on = local_days(books.column(INQUIRY, "at")[inquiries[known]]).astype(np.int64)
        known = known[months_later(made_on, months) >= on]
    found = np.zeros(len(each), np.int64)
    found[np.searchsorted(each, customer[known])] = debts[known]  # in order of asking: the latest stays
    whole: Ints = found[place.reshape(-1)]
    return whole
