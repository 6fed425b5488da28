"""The records of a consumer-finance company and the events that make them.

A loan or an account is a row that hardly changes and a chain of steps: each step holds the whole state that it left and
points to the one before, the row points to the last. So the state on any day is the last step up to it.
"""

from benyuan.consumer_finance.columns import names_of
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms
from benyuan.decisions.events import folds
from benyuan.decisions.facts import Change, Table

LENDER = Table(name="lender", columns=("book", "first_account", "registered_on"))
LENDER_NAME = Table(name="lender_name", columns=("name",), keyed=True)
"""The number of the name under which a lender is registered; those of a log before this table have none."""
LENDER_STANDING = Table(name="lender_standing", columns=("owner", "from_date", "holds", "number"), dated="from_date")
"""Whether the lender has its licence, 0 or 1, and its number as a text, by the day from which that holds."""
LENDER_FIGURES = Table(
    name="lender_figures",
    columns=("owner", "from_date", "tier1_fen", "net_capital_fen", "other_weighted_fen", "other_exposure_fen"),
    dated="from_date",
)
"""Regulatory capital, and what else than loans uses it, by the day from which the figures count."""
LENDER_POLICY = Table(
    name="lender_policy",
    columns=(
        "owner",
        "from_date",
        "risk_weight_ppm",
        "conversion_ppm",
        "most_draw_fen",
        "stage_two_days",
        "draw_stop_days",
        "reading_seconds",
        "collect_tries",
        "collect_days",
        "inquiry_days",
        "within_income",
        "registered_only",
    ),
    dated="from_date",
    changes=(
        Change(added={"draw_stop_days": 0}),
        Change(added={"reading_seconds": 5}),  # tidy: number what the field is where nobody gives it
        Change(added={"collect_tries": 3, "collect_days": 1}),  # tidy: number the same
        Change(added={"inquiry_days": 0}),
        Change(added={"within_income": 0}),
        Change(added={"registered_only": 0}),
    ),
)
"""The lender's own choices: the weight of its loans, the conversion of undrawn lines, the most in a draw, stage two.

No more is drawn on an account that is more than `draw_stop_days` late; a sheet of costs is read for `reading_seconds`.
A statement is collected `collect_tries` times at most, with `collect_days` from one to the next. What is granted or
offered rests on an inquiry at a credit bureau that is at most `inquiry_days` old; 0: on none. `within_income`: 1 in
policies of older versions that held instalments against income by choice: the law asks for it, so nothing reads it.
`registered_only`: 1 where nothing is lent by a product that is not on the register of products.
"""
LOSS_RATE = Table(
    name="loss_rate",
    columns=("lender", "from_date", "product", "days_from", "default_year_ppm", "default_life_ppm", "loss_ppm"),
)
"""Chances of default and loss at default, from so many days overdue on; the rows of one day are one version."""
CLOSED_PART = Table(
    name="lender_closed_part",
    columns=(
        *("lender", "date", "shard", "shards", "product", "partner", "loans"),
        *("principal_fen", "interest_ever_fen", "charges_ever_fen", "interest_owed_fen", "charges_owed_fen"),
        *("undrawn_fen", "stage_1_fen", "stage_2_fen", "stage_3_fen"),
        *("allowance_1_fen", "allowance_2_fen", "allowance_3_fen"),
        *("class_1_fen", "class_2_fen", "class_3_fen", "class_4_fen", "class_5_fen"),
    ),
)
"""What a shard of a closed day came to, by product: `partner` 0 is the lender's own part, others theirs.

Stages and classes hold the principal in them, allowances are the expected loss by stage.
"""
PRODUCT = Table(name="credit_product", columns=("lender", "kind", "first_account", "made_on", "suspended"))
"""`kind` by its number in `vocabulary.ProductKind`; `suspended`: always 0, for the register suspends a product."""
PRODUCT_VERSION = Table(name="credit_product_version", columns=("owner", "from_date", "terms"), dated="from_date")
"""Which terms of a product hold from a day on: a row of `LOAN_TERMS` or of `ACCOUNT_TERMS`."""
LOAN_TERMS = Table(
    name="loan_terms",
    columns=("product", *names_of(LoanTerms)[:-1], "least_fen", "most_fen", "least_terms", "most_terms", "in_parts"),
)
"""All of `LoanTerms` but the first due day, which is the loan's own; and what may be asked for."""
ACCOUNT_TERMS = Table(name="account_terms", columns=("product", *names_of(AccountTerms)))
PARTNER = Table(
    name="lending_partner",
    columns=("lender", "book", "first_account", "lends", "guarantees", "reviewed_on", "listed_until"),
)
"""Who lends together with the lender, or guarantees its loans, by its licences; dates are 0 for none."""
PARTNER_NAME = Table(name="lending_partner_name", columns=("name",), keyed=True)
"""The same of partners."""
LENDER_DUTY = Table(
    name="lender_duty", columns=("lender", "kind", "about", "arose_on", "due_on", "done_on"), indexed=("about",)
)
"""What a lender owes by a day: `kind` of `vocabulary.DutyKind`, `about` the partner; `done_on` 0 while it is open."""
BORROWER = Table(
    name="borrower",
    columns=(
        "lender",
        "first_usage",
        "registered_on",
        "age_years",
        "student",
        "second_source",
        "line_fen",
        "document",
        "valid_until",
        "particulars",
        "frozen",
    ),
)
"""`line_fen`: what was granted over all products; `frozen`, `second_source`: log positions, 0 for none."""
BORROWER_IDENTITY = Table(name="borrower_identity", columns=("borrower", "since"), keyed=True)
ERASED_BORROWER = Table(
    name="erased_borrower", columns=("ended_on", "erased_on", "rule", "years", "position"), keyed=True
)
"""By the borrower's number; `rule` is its place among the rules on retention, counted from 1."""
ACCOUNT = Table(
    name="credit_account",
    columns=(
        "lender",
        "borrower",
        "product",
        "terms",
        "usage",
        "opened_on",
        "line_fen",
        "frozen",
        "bought_fen",
        "bought_weight",
        "day_count",
        "sheet_confirmed",
        "last_step",
        "next_on",
        "oldest_due_on",
        "standing",
        "credit_fen",
    ),
    changes=(Change(added={"sheet_confirmed": 0}), Change(added={"credit_fen": 0})),
)
"""A pay-later account. `bought_fen`, `bought_weight`: running totals of purchases, and of purchases × clock.
`sheet_confirmed`: the log position at which its sheet of costs was confirmed, 0 for none.

What a purchase has to know of terms and of the last step stands here too, so that it reads no more than this row.
"""
ACCOUNT_STEP = Table(
    name="credit_account_step",
    columns=("account", "previous", "position", "on_date", "kind", "amount_fen", *names_of(AccountState)),
    changes=(
        Change(added={"anew_on": 0}),
        Change(added={"used_principal_fen": 0, "used_interest_fen": 0, "used_fees_fen": 0}),
    ),
)
OFFER = Table(
    name="loan_offer",
    columns=(
        "borrower",
        "product",
        "terms",
        "amount_fen",
        "term_count",
        "rate_ppm",
        "first_due_on",
        "cost_ppb",
        "offered_on",
        "until",
        "accepted",
    ),
)
"""`cost_ppb`: the all-in annual cost in thousand-millionths; `accepted`: the log position of the draw."""
LOAN = Table(
    name="loan",
    columns=(
        "lender",
        "borrower",
        "product",
        "terms",
        "rate_ppm",
        "first_due_on",
        "drawn_on",
        "partner",
        "share_ppm",
        "guarantor",
        "account",
        "offer",
        "term_count",
        "last_step",
    ),
    changes=(Change(added={"term_count": 0}),),
)
"""A cash loan, or a plan that an account was relieved by (`account`). `share_ppm`: the partner's part.

`term_count`: the instalments that were agreed on first, 0 for a loan of before the column.
"""
LOAN_STEP = Table(
    name="loan_step",
    columns=("loan", "previous", "position", "on_date", "kind", "amount_fen", *names_of(LoanState)),
)
LOAN_SHEET = Table(name="loan_sheet", columns=("position", "on_date"), keyed=True)
"""Loans of before the sheet of costs was asked for, with the command by which it was confirmed since then."""
SHEET_SHOWN = Table(
    name="cost_sheet_shown",
    columns=("borrower", "what", "number", "sheet", "mark", "at", "position"),
    indexed=("mark",),
)
"""A sheet of costs that was put before a borrower: of `what`, by `vocabulary.SheetOf`, and its `number`.

`sheet`: the number of the digest; `mark`: of borrower and sheet together, by which the last showing is found; `at`: the
log's own time.
"""
PURCHASE = Table(
    name="credit_purchase",
    columns=("account", "merchant", "amount_fen", "at"),
    command="draw_purchase",
)
PURCHASE_RETURNED = Table(name="credit_purchase_returned", columns=("amount_fen",), keyed=True)
"""What was returned of a purchase, or taken over by a plan."""
AUTOPAY = Table(
    name="account_autopay",
    columns=("wallet", "bank_account", "whole", "authentication", "agreed", "stated_on", "tries", "next_try_on"),
    keyed=True,
)
"""The agreement on automatic repayment of an account, by the account's id; `agreed`: its log position, 0 once it ended.

`tries` of the statement of `stated_on`; the next one not before `next_try_on`, 0 where there is none.
"""
COLLECTION = Table(
    name="account_collection",
    columns=("account", "position", "on_date", "number", "asked_fen", "wallet_fen", "card_fen", "next_try_on"),
)
"""Each try: what was asked for, and what wallet and card brought."""
LOAN_TOLD = Table(name="loan_arrears_told", columns=("told_on", "position"), keyed=True)
"""When the borrower of a loan was last told that arrears are furnished to a credit bureau, and by which command."""
ACCOUNT_TOLD = Table(name="account_arrears_told", columns=("told_on", "position"), keyed=True)
"""The same of pay-later accounts."""

LENDER_REGISTERED = folds("lender_registered", table=LENDER, adds=True)
LENDER_NAMED = folds("lender_named", table=LENDER_NAME, adds=True)
PARTNER_NAMED = folds("lending_partner_named", table=PARTNER_NAME, adds=True)
LENDER_STANDING_RECORDED = folds("lender_standing_recorded", table=LENDER_STANDING, adds=True)
LENDER_FIGURES_RECORDED = folds("lender_figures_recorded", table=LENDER_FIGURES, adds=True)
LENDER_POLICY_SET = folds("lender_policy_set", table=LENDER_POLICY, adds=True)
LOSS_RATE_SET = folds("loss_rate_set", table=LOSS_RATE, adds=True)
LENDER_PART_CLOSED = folds("lender_part_closed", table=CLOSED_PART, adds=True)
PRODUCT_MADE = folds("credit_product_made", table=PRODUCT, adds=True)
PRODUCT_VERSION_PUBLISHED = folds("credit_product_version_published", table=PRODUCT_VERSION, adds=True)
LOAN_TERMS_MADE = folds("loan_terms_made", table=LOAN_TERMS, adds=True)
ACCOUNT_TERMS_MADE = folds("account_terms_made", table=ACCOUNT_TERMS, adds=True)
PARTNER_LISTED = folds("lending_partner_listed", table=PARTNER, adds=True)
PARTNER_CHANGED = folds("lending_partner_changed", table=PARTNER, adds=False)
LENDER_DUTY_AROSE = folds("lender_duty_arose", table=LENDER_DUTY, adds=True)
LENDER_DUTY_DONE = folds("lender_duty_done", table=LENDER_DUTY, adds=False)
BORROWER_REGISTERED = folds("borrower_registered", table=BORROWER, adds=True)
BORROWER_SHOWN = folds("borrower_shown", table=BORROWER_IDENTITY, adds=True)
BORROWER_ASSESSED = folds("borrower_assessed", table=BORROWER, adds=False)
BORROWER_UPDATED = folds("borrower_updated", table=BORROWER, adds=False)
BORROWER_FROZEN = folds("borrower_frozen", table=BORROWER, adds=False)
BORROWER_BLANKED = folds("borrower_blanked", table=BORROWER, adds=False)
BORROWER_ERASED = folds("borrower_erased", table=ERASED_BORROWER, adds=True)
BORROWER_IDENTITY_TAKEN_OFF = folds("borrower_identity_taken_off", table=BORROWER_IDENTITY, adds=False, removes=True)
ACCOUNT_OPENED = folds("credit_account_opened", table=ACCOUNT, adds=True)
ACCOUNT_CHANGED = folds("credit_account_changed", table=ACCOUNT, adds=False)
ACCOUNT_BOUGHT = folds("credit_account_bought", table=ACCOUNT, adds=False, sums=True)
ACCOUNT_STEPPED = folds("credit_account_stepped", table=ACCOUNT_STEP, adds=True)
ACCOUNT_MOVED = folds("credit_account_moved", table=ACCOUNT, adds=False)
OFFER_MADE = folds("loan_offer_made", table=OFFER, adds=True)
OFFER_ACCEPTED = folds("loan_offer_accepted", table=OFFER, adds=False)
LOAN_DRAWN = folds("loan_drawn", table=LOAN, adds=True)
LOAN_MOVED = folds("loan_moved", table=LOAN, adds=False)
LOAN_STEPPED = folds("loan_stepped", table=LOAN_STEP, adds=True)
SHEET_WAS_SHOWN = folds("cost_sheet_was_shown", table=SHEET_SHOWN, adds=True)
LOAN_SHEET_CONFIRMED = folds("loan_sheet_confirmed", table=LOAN_SHEET, adds=True)
PURCHASE_RETURN_BEGUN = folds("credit_purchase_return_begun", table=PURCHASE_RETURNED, adds=True)
PURCHASE_RETURN_ADDED = folds("credit_purchase_return_added", table=PURCHASE_RETURNED, adds=False)
AUTOPAY_AGREED = folds("account_autopay_agreed", table=AUTOPAY, adds=True)
AUTOPAY_CHANGED = folds("account_autopay_changed", table=AUTOPAY, adds=False)
COLLECTION_TRIED = folds("account_collection_tried", table=COLLECTION, adds=True)
LOAN_TOLD_FIRST = folds("loan_arrears_told_first", table=LOAN_TOLD, adds=True)
LOAN_TOLD_AGAIN = folds("loan_arrears_told_again", table=LOAN_TOLD, adds=False)
ACCOUNT_TOLD_FIRST = folds("account_arrears_told_first", table=ACCOUNT_TOLD, adds=True)
ACCOUNT_TOLD_AGAIN = folds("account_arrears_told_again", table=ACCOUNT_TOLD, adds=False)
