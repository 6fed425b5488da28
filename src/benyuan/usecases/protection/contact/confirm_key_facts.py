"""The borrower confirms to have read the key facts that were shown: after the showing, by the log's own time.

Source: PBoC Order [2020] No. 5, art. 17 (the customer confirms that the information arrived whole). Order of checks: it
comes after the showing. The last confirmation for an offer, an account to be opened, an extension or a plan is the one
that the draw looks for. Worked: shown at 10:00:00.000000, confirmed at the same instant is refused, and one
microsecond later is not.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.contact.records import KEY_FACTS, KEY_FACTS_CONFIRMED
from benyuan.consumer_protection.contact.vocabulary import LOAN_SORT_NUMBER, LoanSort
from benyuan.consumer_protection.key_facts.records import (
    ACCOUNT_FACTS,
    CONFIRMED_AGAIN,
    CONFIRMED_FIRST,
    EXTENSION_FACTS,
    KEY_FACTS_FIGURES,
    OFFER_FACTS,
    PLAN_FACTS,
)
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need, Table
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.contact.shared import where_in_force

CONFIRM = "cp.pbc.confirm"
KEPT: Mapping[LoanSort, tuple[Table, str, str]] = {
    LoanSort.cash_loan: (OFFER_FACTS, "seen_offer", "by_offer"),
    LoanSort.pay_later: (ACCOUNT_FACTS, "shown_borrower", "by_borrower"),
    LoanSort.extension: (EXTENSION_FACTS, "seen_loan", "by_loan"),
    LoanSort.plan: (PLAN_FACTS, "seen_account", "by_account"),
}
"""For each sort the table of what was confirmed, the fact by which it is found there, and the prefix of its need."""


@command("confirm_key_facts", version=2)
class KeyFactsConfirmed(Command, frozen=True, kw_only=True):
    """`borrower` confirms to have read what was shown to them as number `key_facts`."""

    borrower: Id
    key_facts: Id


def _too_soon(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.batch.at <= case.facts["seen_shown_at"], np.bool_)


class ConfirmKeyFacts(UseCase):
    """Notes the place in the log, and what it was confirmed for."""

    command = KeyFactsConfirmed
    needs = (
        Need(table=KEY_FACTS, by="key_facts", prefix="shown"),
        Need(table=KEY_FACTS_FIGURES, by="key_facts", prefix="seen"),
        *(Need(table=table, by=by, prefix=prefix) for table, by, prefix in KEPT.values()),
    )
    gates = (
        Gate(
            rule=CONFIRM,
            passes=where_in_force(CONFIRM, _too_soon),
            figures=lambda case, place: {"shown_at": int(case.facts["seen_shown_at"][place])},
        ),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What a borrower has confirmed is shared by their confirmations."""
        return (batch.integers("borrower"), batch.integers("key_facts"))

    def faults(self, case: Case) -> dict[int, Invalid]:
        """What was shown to this borrower, and was not confirmed before."""
        done = np.asarray(case.facts["shown_confirmed"] != 0, np.bool_)
        others = np.asarray(case.facts["shown_borrower"] != case.batch.integers("borrower"), np.bool_)
        return {
            **faults_where(done, case.batch, "key_facts", "key facts that were not confirmed before"),
            **faults_where(others, case.batch, "key_facts", "key facts that were shown to this borrower"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Confirmed by this command; a showing of before there was a text is for nothing."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("key_facts"), confirmed=batch.position)
        kept = [each for sort in KEPT for each in _kept(decided, sort)]
        return Recorded(results={}, events=[*event(KEY_FACTS_CONFIRMED, columns), *kept])


def _kept(decided: Decided, sort: LoanSort) -> list[Event]:
    facts, (table, by, prefix) = decided.case.facts, KEPT[sort]
    of_sort = decided.accepted & facts.found("seen") & (facts["shown_sort"] == LOAN_SORT_NUMBER[sort.value])
    there = facts.found(prefix)
    columns = {"id": facts[by], "key_facts": decided.case.batch.integers("key_facts")}
    columns |= {name: facts[f"seen_{name}"] for name in table.columns if name != "key_facts"}
    return [
        *event(CONFIRMED_FIRST[table.name], rows(np.asarray(of_sort & ~there, np.bool_), **columns)),
        *event(CONFIRMED_AGAIN[table.name], rows(np.asarray(of_sort & there, np.bool_), **columns)),
    ]
