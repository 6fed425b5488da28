"""The records of key facts as text: what a showing's text was made of, and which showings were confirmed for what.

A showing's figures never change, so its text comes out again as it was; the names stand in the command that showed it.
A confirmation is found by what it was for: the last one counts.
"""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

ABOUT = ("offer", "account", "loan", "product", "terms", "purchase", "partner", "guarantor")
"""What a text is about, by their numbers; 0 for none."""
FIGURES = (
    *("annual_ppb", "simple", "amount_fen", "line_fen", "term_count", "more_terms", "rate_ppm", "method", "every"),
    *(
        "every_unit",
        "first_due_on",
        "last_due_on",
        "first_payment_fen",
        "last_payment_fen",
        "interest_fen",
        "total_fen",
    ),
    *("late_rate_ppm", "late_on_interest", "grace_days", "until", "cooling_off_days"),
    *("statement_day", "due_days", "minimum_ppm", "minimum_floor_fen", "late_fee_ppm", "late_fee_floor_fen"),
    *("example_fen", "example_days", "example_interest_fen", "answer_days", "longer_days", "special_days", "made_on"),
)
"""Amounts in fen, rates in millionths or thousand-millionths a year, days as yyyymmdd; 0 where there is none."""
KEY_FACTS_FIGURES = Table(name="protection_key_facts_figures", columns=(*ABOUT, *FIGURES, "shown_at"), keyed=True)
"""By the number of the showing. `shown_at`: the log's own time, in microseconds since 1970 UTC."""
FIGURES_SHOWN = folds("protection_key_facts_figures_shown", table=KEY_FACTS_FIGURES, adds=True)

OFFER_FACTS = Table(name="protection_offer_facts", columns=("key_facts", "partner", "guarantor"), keyed=True)
"""The key facts of an offer that its borrower confirmed, with who lends beside and who guarantees by them."""
ACCOUNT_FACTS = Table(name="protection_account_facts", columns=("key_facts",), keyed=True)
"""Those of an account to be opened, by the borrower."""
EXTENSION_FACTS = Table(name="protection_extension_facts", columns=("key_facts",), keyed=True)
"""Those of more terms, by the loan."""
PLAN_FACTS = Table(name="protection_plan_facts", columns=("key_facts",), keyed=True)
"""Those of a plan, by the account that it relieves."""

CONFIRMED_FIRST = {
    table.name: folds(f"{table.name}_confirmed_first", table=table, adds=True)
    for table in (OFFER_FACTS, ACCOUNT_FACTS, EXTENSION_FACTS, PLAN_FACTS)
}
CONFIRMED_AGAIN = {
    table.name: folds(f"{table.name}_confirmed_again", table=table, adds=False)
    for table in (OFFER_FACTS, ACCOUNT_FACTS, EXTENSION_FACTS, PLAN_FACTS)
}
