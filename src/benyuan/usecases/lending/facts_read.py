"""Before a loan, an account, a plan or more terms: the key facts of exactly that were shown and confirmed.

That the borrower is told, in a way that stands out, is Order 2024 No. 4, art. 53, and that they confirm it PBoC Order
[2020] No. 5, art. 17; that nothing is drawn without is the house's (`cp.house.key_facts`). Showing and confirming are
commands of their own, the second later than the first by the log's own time; a draw names neither. Worked: confirmed
for an offer with partner 1, a draw with partner 2, or with none, is refused; a second account on what was confirmed for
the first is, too.
"""

from collections.abc import Callable, Sequence

import numpy as np

from benyuan.consumer_finance.columns import Ints, Truths
from benyuan.consumer_protection.key_facts.records import (
    ACCOUNT_FACTS,
    CONFIRMED_AGAIN,
    EXTENSION_FACTS,
    KEY_FACTS_FIGURES,
    OFFER_FACTS,
    PLAN_FACTS,
)
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need, Table
from benyuan.decisions.usecase import Case, Decided, Gate
from benyuan.usecases.common import rows
from benyuan.usecases.lending.key_figures import FiguresOf
from benyuan.values.errors import BadInput

KEY_FACTS_READ = "cp.house.key_facts"
_SEEN = Need(table=KEY_FACTS_FIGURES, by="read_key_facts", prefix="seen")
OFFER_READ = (Need(table=OFFER_FACTS, by="offer", prefix="read"),)
ACCOUNT_READ = (Need(table=ACCOUNT_FACTS, by="borrower", prefix="read"), _SEEN)
EXTENSION_READ = (Need(table=EXTENSION_FACTS, by="loan", prefix="read"), _SEEN)
PLAN_READ = (Need(table=PLAN_FACTS, by="account", prefix="read"), _SEEN)
PAID = ("amount_fen", "term_count", "first_due_on", "last_due_on", "first_payment_fen", "last_payment_fen")
"""By what of it a loan's text is that of this loan."""


def gate_of(same: Callable[[Case], Truths]) -> Gate:
    """Where key facts were confirmed and are the same; everything passes before the rule holds."""

    def passes(case: Case) -> Truths:
        if case.rules.in_force(id=KEY_FACTS_READ, on=case.batch.on) is None:
            return np.ones(len(case.batch), np.bool_)
        return np.asarray(case.facts.found("read") & same(case), np.bool_)

    return Gate(
        rule=KEY_FACTS_READ,
        passes=passes,
        figures=lambda case, place: {"confirmed": int(case.facts["read_key_facts"][place])},
    )


def _same_offer(case: Case) -> Truths:
    batch, facts = case.batch, case.facts
    partner = facts["read_partner"] == batch.integers("partner")
    return np.asarray(partner & (facts["read_guarantor"] == batch.integers("guarantor")), np.bool_)


def _same_account(case: Case) -> Truths:
    batch, facts = case.batch, case.facts
    asked = {"product": batch.integers("product"), "line_fen": batch.integers("line_fen")}
    asked["terms"] = facts["version_terms"]
    found = np.ones(len(batch), np.bool_)
    for name, column in asked.items():
        found &= facts[f"seen_{name}"] == column
    return found


def gate_by(figures: Callable[[Case], FiguresOf], *, names: tuple[str, ...]) -> Gate:
    """The gate over figures that are made one by one, where something was confirmed; `names`: those that are held."""

    def same(case: Case) -> Truths:
        found = np.zeros(len(case.batch), np.bool_)
        places = np.flatnonzero(case.facts.found("seen")).tolist()
        if places:
            figures_of = figures(case)
            for place in places:
                found[place] = _are_seen(case, place, figures_of=figures_of, names=names)
        return found

    return gate_of(same)


def _are_seen(case: Case, place: int, *, figures_of: FiguresOf, names: tuple[str, ...]) -> bool:
    try:
        made = figures_of(place)
    except BadInput:  # nothing can be made of it: the faults tell
        return False
    return all(int(case.facts[f"seen_{name}"][place]) == made[name] for name in names)


OFFER_FACTS_READ = gate_of(_same_offer)
ACCOUNT_FACTS_READ = gate_of(_same_account)


def used_up(decided: Decided, *, table: Table, ids: Ints) -> Sequence[Event]:
    """What was confirmed for an account or a plan is for one of them: the next is confirmed anew."""
    where = np.asarray(decided.accepted & decided.case.facts.found("read"), np.bool_)
    return event(CONFIRMED_AGAIN[table.name], rows(where, id=ids, key_facts=0))
