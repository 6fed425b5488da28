"""The records of suitability and the events that make them: opaque numbers, dates, levels and amounts.

Answers to questionnaires, minutes, terms and evidence are sealed beside the log; a row holds the log position by which
they are found.
"""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

SHELF = Table(
    name="shelf_product",
    columns=(
        *("sort", "institution", "lender", "ref", "merchant", "maker_level", "seller_level", "level"),
        *("cooling_days", "sample", "registered_on", "approved_on", "suspended", "position"),
    ),
)
"""Every product of the group. `level`: the higher of the two ratings (art. 22), 0 where suitability does not apply.

`merchant`: who is paid for it; `suspended`: the log position of the suspension, 0 for none; `position`: that of the
registration, where the names of maker and seller, the target customers and the fees stand.
"""
SHELF_TERMS = Table(
    name="shelf_terms", columns=("product", "from_date", "published_on", "position", "digest", "approved_on")
)
"""Every version of a product's terms; the text is sealed with the command at `position`.

`approved_on`: the day on which the committee approved it, 0 until then: it is not sold on.
"""
SHELF_TERMS_IN_FORCE = Table(
    name="shelf_terms_in_force", columns=("owner", "from_date", "version", "digest"), dated="from_date"
)
INVESTOR = Table(
    name="investor",
    columns=("since", "first_usage", "capacity", "told", "test", "counted", "tests"),
    keyed=True,
)
"""A person who may buy, by the person's id. `test`: the latest test, `counted`: the latest one that counts.

`told`: the log position at which the person last told of something that may change what they can bear.
"""
TEST = Table(
    name="suitability_test",
    columns=(
        *("person", "questionnaire", "points", "level", "previous_level", "on_date"),
        *("counts_from", "duty", "assets_fen", "position"),
    ),
    indexed=("person",),
)
"""`previous_level`: what the last result was, 0 for none; `counts_from`: the day from which it counts, 0 until then.

`assets_fen`: the financial assets that the person stated with it; `duty`: to have it confirmed, 0 for none.
"""
SALE = Table(
    name="investment_sale",
    columns=(
        *("person", "product", "wallet", "merchant", "amount_fen", "sold_on", "terms", "test", "level"),
        *("product_level", "excepted", "age_years", "cancel_by", "cancelled_on", "duty", "position"),
    ),
    indexed=("person",),
)
"""`excepted`: 1 where it was sold on what art. 38 asks for, which lets insurance be sold that does not fit.

`duty`: to follow it up, 0 for none.
"""
EXIT_TERMS = Table(name="shelf_exit_terms", columns=("exit_fee_ppm", "exit_fee_days", "pay_days"), keyed=True)
"""What a version of terms says of leaving early, by the version's id; a version without such a row says nothing.

`exit_fee_ppm`: the fee, of what the shares come to, while they are held fewer than `exit_fee_days`; `pay_days`: within
how many days the maker pays.
"""
SHELF_PRICE = Table(
    name="shelf_price", columns=("owner", "from_date", "price", "published_on", "position"), dated="from_date"
)
"""What a share of a product is worth from a day on, in ten-thousandths of a yuan; before any it is 1.0000."""
HOLDING = Table(
    name="investment_holding",
    columns=("person", "first_account", "shares", "price", "redeemed_shares", "released_on"),
    keyed=True,
)
"""What a sale opened in the ledger, by the sale's id: its accounts from `first_account` on, in the order of `SaleOwn`.

`shares` in hundredths of a share, bought at `price`; `released_on`: the day on which the money went on to the maker, 0
while it waits. Sales of before there were such rows have none.
"""
REDEMPTION = Table(
    name="investment_redemption",
    columns=(
        *("person", "sale", "shares", "left_shares", "price", "gross_fen", "fee_fen", "net_fen", "paid_fen"),
        *("terms", "redeemed_on", "paid_on", "paid_by", "duty", "position"),
    ),
    indexed=("sale",),
)
"""Shares given back: `gross_fen` is what they came to, `net_fen` that less the fee, `paid_fen` what was paid of it.

`duty`: to pay the rest, 0 for none; `paid_on`: the day on which all was paid, 0 until then,
and `paid_by` the place in the log of what paid the rest of it.
"""
RATING = Table(name="shelf_product_rating", columns=("owner", "from_date", "level", "position"), dated="from_date")
"""Changes of a product's level: terms published before the log position of the last one tell another level."""
TOLD = Table(
    name="investor_told",
    columns=("person", "what", "product", "test", "level", "product_level", "terms", "at", "position"),
    indexed=("person",),
)
"""What a person was told or shown, by `vocabulary.Told`: `at` is the log's own time, in microseconds since 1970 UTC.

`test` and `level`: the test that counted then, and its level, or the test whose result was told; `terms`: the version
that was shown. Digests of what was given stand in the log at `position`.
"""
MEANS = Table(
    name="stated_means", columns=("owner", "person", "from_date", "counted_fen", "test", "position"), dated="from_date"
)
"""How much of what a person has stated counts from a day on; before any row it is what the test that counts says.

`owner` is the person too; `test`: the one with which it was stated; `position`: of that test, or of what confirmed it.
"""
INCOME = Table(name="borrower_income", columns=("owner", "from_date", "monthly_fen", "position"), dated="from_date")
"""A borrower's monthly income as evidenced; the digest of the evidence is sealed with the command at `position`."""

SHELF_REGISTERED = folds("shelf_product_registered", table=SHELF, adds=True)
SHELF_CHANGED = folds("shelf_product_changed", table=SHELF, adds=False)
SHELF_TERMS_PUBLISHED = folds("shelf_terms_published", table=SHELF_TERMS, adds=True)
SHELF_TERMS_APPROVED = folds("shelf_terms_approved", table=SHELF_TERMS, adds=False)
SHELF_TERMS_BEGIN = folds("shelf_terms_begin", table=SHELF_TERMS_IN_FORCE, adds=True)
INVESTOR_REGISTERED = folds("investor_registered", table=INVESTOR, adds=True)
INVESTOR_CHANGED = folds("investor_changed", table=INVESTOR, adds=False)
TEST_TAKEN = folds("suitability_test_taken", table=TEST, adds=True)
TEST_CONFIRMED = folds("suitability_test_confirmed", table=TEST, adds=False)
INVESTMENT_SOLD = folds("investment_sold", table=SALE, adds=True)
INVESTMENT_CANCELLED = folds("investment_cancelled", table=SALE, adds=False)
EXIT_TERMS_PUBLISHED = folds("shelf_exit_terms_published", table=EXIT_TERMS, adds=True)
SHELF_PRICED = folds("shelf_product_priced", table=SHELF_PRICE, adds=True)
INVESTMENT_HELD = folds("investment_held", table=HOLDING, adds=True)
INVESTMENT_HOLDING_CHANGED = folds("investment_holding_changed", table=HOLDING, adds=False)
INVESTMENT_REDEEMED = folds("investment_redeemed", table=REDEMPTION, adds=True)
REDEMPTION_PAID = folds("investment_redemption_paid", table=REDEMPTION, adds=False)
SHELF_RERATED = folds("shelf_product_rerated", table=RATING, adds=True)
INVESTOR_WAS_TOLD = folds("investor_was_told", table=TOLD, adds=True)
MEANS_COUNT = folds("stated_means_count", table=MEANS, adds=True)
INCOME_RECORDED = folds("borrower_income_recorded", table=INCOME, adds=True)
