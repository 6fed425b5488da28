"""The list of ways to pay that a payment institution shows: all alike, no credit chosen beforehand, then none at all.

Sources: PBoC Announcement [2015] No. 43, art. 29 (means of payment are shown fairly); the measures on marketing finance
online (from 2026-09-30 no loan and no investment product is a way to pay). Order of checks: what is on the list; what
stands chosen; how it is shown. Worked: pay-later on the list is shown on 2026-09-29, unless it stands chosen, and
refused on 2026-09-30.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.contact.records import CASHIER, CASHIER_SHOWN
from benyuan.consumer_protection.contact.vocabulary import ASSET_OPTIONS, CREDIT_OPTIONS, OPTION_BITS
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.decisions.words import sums, text_faults, truths, word_faults, words_of
from benyuan.payments.records import INSTITUTION
from benyuan.usecases.common import Id, numbered, rows
from benyuan.usecases.protection.contact.shared import Words, where_in_force

NO_LOAN_OPTION, FAIR_DISPLAY = "mkt.psp_no_loan_option", "pay.choice.fair_display"
CREDIT_BITS = sum(OPTION_BITS[option] for option in CREDIT_OPTIONS)
BARRED_BITS = CREDIT_BITS + sum(OPTION_BITS[option] for option in ASSET_OPTIONS)


@command("show_cashier")
class CashierFields(Command, frozen=True, kw_only=True):
    """Show these options of `institution`, words with commas; `preselected`: the one that stands chosen, if any.

    `equal_display`: all options are shown alike, none larger, higher or brighter than another of its kind.
    """

    institution: Id
    options: Words
    preselected: Words = ""
    equal_display: bool


def _barred(case: Case) -> NDArray[np.bool_]:
    return np.asarray(sums(case.batch, "options", OPTION_BITS) & BARRED_BITS != 0, np.bool_)


def _chosen_credit(case: Case) -> NDArray[np.bool_]:
    return np.asarray(sums(case.batch, "preselected", OPTION_BITS) & CREDIT_BITS != 0, np.bool_)


def _barred_words(case: Case, place: int) -> dict[str, int | str]:
    asked = int(sums(case.batch, "options", OPTION_BITS)[place]) & BARRED_BITS
    return {"options": ", ".join(words_of(asked, OPTION_BITS))}


GATES = (
    Gate(rule=NO_LOAN_OPTION, passes=where_in_force(NO_LOAN_OPTION, _barred), figures=_barred_words),
    Gate(
        rule=FAIR_DISPLAY,
        passes=where_in_force(FAIR_DISPLAY, _chosen_credit),
        figures=lambda case, place: {"preselected": str(case.batch.values("preselected")[place])},
    ),
    Gate(
        rule=FAIR_DISPLAY,
        passes=where_in_force(FAIR_DISPLAY, lambda case: ~truths(case.batch, "equal_display")),
        figures=lambda case, place: {"equal_display": int(truths(case.batch, "equal_display")[place])},
    ),
)


class ShowCashier(UseCase):
    """Keeps what was shown."""

    command = CashierFields
    needs = (Need(table=INSTITUTION, by="institution", prefix="institution"),)
    gates = GATES

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Some options, of which at most one stands chosen."""
        batch = case.batch
        options, chosen = sums(batch, "options", OPTION_BITS), sums(batch, "preselected", OPTION_BITS)
        several = chosen & (chosen - 1) != 0
        wrong = np.asarray(several | (chosen & ~options != 0), np.bool_)
        return {
            **text_faults(wrong, batch, "preselected", "one of the options, or none"),
            **text_faults(np.asarray(options == 0, np.bool_), batch, "options", "at least one option"),
            **word_faults(batch, "preselected", OPTION_BITS),
            **word_faults(batch, "options", OPTION_BITS),
        }

    def record(self, decided: Decided) -> Recorded:
        """The list."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[CASHIER.name])
        columns = {
            "institution": batch.integers("institution"),
            "options": sums(batch, "options", OPTION_BITS),
            "preselected": sums(batch, "preselected", OPTION_BITS),
            "on_date": batch.on,
            "position": batch.position,
        }
        return Recorded(results={"cashier": ids}, events=event(CASHIER_SHOWN, rows(accepted, id=ids, **columns)))
