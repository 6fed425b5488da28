"""The records of a payment institution and the events that make them."""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Change, Table

INSTITUTION = Table(name="institution", columns=("book", "first_account", "registered_on"))
STANDING = Table(
    name="institution_standing",
    columns=("owner", "from_date", "licences", "rating", "real_name_ppm", "daily_factor_ppm"),
    dated="from_date",
)
NET_WORTH = Table(
    name="institution_net_worth",
    columns=("owner", "from_date", "year_end", "net_worth_fen"),
    dated="from_date",
)
"""The net worth of audited accounts, by the day from which these count."""
CAPITAL = Table(
    name="institution_capital",
    columns=(
        "owner",
        "from_date",
        "paid_in_fen",
        "stored_value_2_provinces",
        "processing_1_provinces",
        "stored_value_2_limited",
    ),
    dated="from_date",
)
"""Paid-in capital, and the areas of the licences that ask for more of it."""
PERSON = Table(
    name="person",
    columns=(
        "institution",
        "first_usage",
        "registered_on",
        "wallets",
        "class3_wallets",
        "agreed_daily_fen",
        "micro_usage",
        "document",
        "valid_until",
        "particulars",
        "reverified",
        "stops",
        "reverify_by",
        "stopped_until",
        "barred_until",
        "transfer_daily_fen",
        "transfer_daily_count",
    ),
    blank="registered_on",
    changes=(Change(added={"transfer_daily_fen": 0, "transfer_daily_count": 0}),),
)
"""A customer who has been erased is a row of noughts."""
IDENTITY = Table(name="identity", columns=("person", "since"), keyed=True)
"""Whose an identity is: one customer has one number here, and may show several documents over time."""
BANK_ACCOUNT = Table(
    name="bank_account",
    columns=("person", "merchant", "bound_on", "mandate", "credit", "identity", "position"),
    changes=(Change(added={"identity": 0, "position": 0}),),
)
"""`identity`: the opaque number of its number, 0: none was given; `position`: of the command that has it sealed."""
BANK_NUMBER = Table(name="bank_number", columns=("bank_account", "since"), keyed=True)
"""Which bank account a number is, by the number of its identity."""
WALLET = Table(
    name="wallet",
    columns=(
        "institution",
        "person",
        "class",
        "account",
        "lifetime_usage",
        "real_name",
        "opened_on",
        "stops",
        "idle_due_on",
        "idle",
        "closed_on",
        "closed_to",
        "freezes",
        "short_fen",
    ),
    changes=(Change(added={"freezes": 0, "short_fen": 0}),),
)
"""`freezes`: how many amounts of it are frozen; `short_fen`: by how much these exceed what is there."""
MERCHANT = Table(
    name="merchant",
    columns=(
        "institution",
        "kind",
        "account",
        "bank_account",
        "principal",
        "registered_on",
        "business",
        "fee_plan",
        "normal_since",
        "settled_through",
        "stops",
        "left_on",
        "verified_on",
    ),
    changes=(Change(added={"stops": 0, "left_on": 0, "verified_on": 0}),),
)
"""`business`: the first merchant of the same registration code, itself where there is no other."""
BUSINESS = Table(name="business", columns=("merchant", "since"), keyed=True)
"""The first merchant of an identity."""
FEE_PLAN = Table(name="fee_plan", columns=("institution", "made_on"))
FEE_RATE = Table(name="fee_rate", columns=("owner", "from_date", "rate_ppm", "standard_ppm"), dated="from_date")
"""What a plan takes from a merchant, and what the institution takes where it grants no concession."""
PAYMENT = Table(
    name="payment",
    columns=("payer", "merchant", "bank_account", "balance_fen", "card_fen", "at"),
    command="pay",
)
PAYER_CODE = Table(name="payer_code", columns=("wallet", "expires_at", "used"), keyed=True)
"""Codes that payers show, by their numbers; `used`: the log position of the payment that a code has made, 0 before."""
PAYMENT_REFUNDED = Table(name="payment_refunded", columns=("balance_fen", "card_fen"), keyed=True)
DISPUTE = Table(
    name="dispute",
    columns=(
        "payment",
        "merchant",
        "wallet",
        "amount_fen",
        "held_fen",
        "reason",
        "paid_on",
        "opened_on",
        "hold",
        "outcome",
        "decided_on",
        "advanced_fen",
    ),
)
"""Payments that are disputed. `hold`: the leg that holds `held_fen` of the merchant's; `outcome` 0: still open."""
PAYMENT_DISPUTED = Table(name="payment_disputed", columns=("dispute",), keyed=True)
"""The open dispute of a payment; 0: it had one, and has none."""
DUTY = Table(
    name="duty",
    columns=(
        "kind",
        "institution",
        "subject_kind",
        "subject",
        "direction",
        "sort",
        "amount_fen",
        "arose_on",
        "due_on",
        "done_on",
    ),
)
CLOSED_DAY = Table(
    name="closed_day",
    columns=(
        "institution",
        "date",
        "wallets_fen",
        "merchants_fen",
        "clearing_in_fen",
        "clearing_out_fen",
        "own_fen",
        "fees_fen",
        "reserve_fen",
        "statement_fen",
        "difference_fen",
        "only_in_book_fen",
        "only_on_statement_fen",
        "unexplained_fen",
        "shortfall_fen",
    ),
)
RESERVE_ENTRY = Table(
    name="reserve_entry",
    columns=("institution", "side", "date", "direction", "reference", "amount_fen", "position", "matched_on"),
)
"""Movements of a reserve: as booked, and as on the custodian's statement. `reference` is the number of the text."""

INCIDENT = Table(
    name="incident",
    columns=(
        "institution",
        "kind",
        "class",
        "reasons",
        "occurred_at",
        "recorded_at",
        "due_at",
        "reported_at",
        "duty",
        "written_duty",
        "position",
        "updated",
        "resolved_on",
        "final_duty",
    ),
    changes=(Change(added={"updated": 0, "resolved_on": 0, "final_duty": 0}),),
)
"""`class` 0: not to be reported as such. `duty`, `written_duty`: the two reports, 0 where none is due.

`updated`: the log position of the newest figures, 0: of the first; `final_duty`: the report once it was resolved.
"""
PRIOR_REPORT = Table(
    name="prior_report",
    columns=("institution", "matter", "reported_on", "takes_effect_on", "required", "position"),
)
"""Matters reported or announced before; `required`: whether a rule asks for it."""

INSTITUTION_REGISTERED = folds("institution_registered", table=INSTITUTION, adds=True)
STANDING_RECORDED = folds("institution_standing_recorded", table=STANDING, adds=True)
NET_WORTH_RECORDED = folds("institution_net_worth_recorded", table=NET_WORTH, adds=True)
CAPITAL_RECORDED = folds("institution_capital_recorded", table=CAPITAL, adds=True)
PERSON_REGISTERED = folds("person_registered", table=PERSON, adds=True)
PERSON_UPDATED = folds("person_updated", table=PERSON, adds=False)
IDENTITY_SHOWN = folds("identity_shown", table=IDENTITY, adds=True)
BANK_ACCOUNT_BOUND = folds("bank_account_bound", table=BANK_ACCOUNT, adds=True)
BANK_NUMBER_SHOWN = folds("bank_number_shown", table=BANK_NUMBER, adds=True)
PERSON_GAINED_MICRO_MERCHANT = folds("person_gained_micro_merchant", table=PERSON, adds=False)
PERSON_GAINED_WALLET = folds("person_gained_wallet", table=PERSON, adds=False)
PERSON_STOPS_CHANGED = folds("person_stops_changed", table=PERSON, adds=False)
PERSON_AGREED_TRANSFERS = folds("person_agreed_transfers", table=PERSON, adds=False)
PERSON_REVERIFIED = folds("person_reverified", table=PERSON, adds=False)
WALLET_OPENED = folds("wallet_opened", table=WALLET, adds=True)
WALLET_STOPS_CHANGED = folds("wallet_stops_changed", table=WALLET, adds=False)
WALLET_WENT_IDLE = folds("wallet_went_idle", table=WALLET, adds=False)
WALLET_UPGRADED = folds("wallet_upgraded", table=WALLET, adds=False)
WALLET_FREEZES_CHANGED = folds("wallet_freezes_changed", table=WALLET, adds=False)
WALLET_CLOSED = folds("wallet_closed", table=WALLET, adds=False)
MERCHANT_REGISTERED = folds("merchant_registered", table=MERCHANT, adds=True)
BUSINESS_SHOWN = folds("business_shown", table=BUSINESS, adds=True)
MERCHANT_BEGAN_TRADING = folds("merchant_began_trading", table=MERCHANT, adds=False)
MERCHANT_SETTLED = folds("merchant_settled", table=MERCHANT, adds=False)
MERCHANT_STOPS_CHANGED = folds("merchant_stops_changed", table=MERCHANT, adds=False)
MERCHANT_REVERIFIED = folds("merchant_reverified", table=MERCHANT, adds=False)
MERCHANT_LEFT = folds("merchant_left", table=MERCHANT, adds=False)
FEE_PLAN_MADE = folds("fee_plan_made", table=FEE_PLAN, adds=True)
FEES_PUBLISHED = folds("fees_published", table=FEE_RATE, adds=True)
FEE_PLAN_AGREED = folds("fee_plan_agreed", table=MERCHANT, adds=False)
PAYER_CODE_ISSUED = folds("payer_code_issued", table=PAYER_CODE, adds=True)
PAYER_CODE_USED = folds("payer_code_used", table=PAYER_CODE, adds=False)
PAYMENT_REFUND_BEGUN = folds("payment_refund_begun", table=PAYMENT_REFUNDED, adds=True)
PAYMENT_REFUND_ADDED = folds("payment_refund_added", table=PAYMENT_REFUNDED, adds=False)
DISPUTE_OPENED = folds("dispute_opened", table=DISPUTE, adds=True)
DISPUTE_DECIDED = folds("dispute_decided", table=DISPUTE, adds=False)
PAYMENT_DISPUTE_BEGUN = folds("payment_dispute_begun", table=PAYMENT_DISPUTED, adds=True)
PAYMENT_DISPUTE_CHANGED = folds("payment_dispute_changed", table=PAYMENT_DISPUTED, adds=False)
DUTY_AROSE = folds("duty_arose", table=DUTY, adds=True)
DUTY_DONE = folds("duty_done", table=DUTY, adds=False)
DUTY_MOVED = folds("duty_moved", table=DUTY, adds=False)
DAY_CLOSED = folds("day_closed", table=CLOSED_DAY, adds=True)
RESERVE_ENTRY_MADE = folds("reserve_entry_made", table=RESERVE_ENTRY, adds=True)
RESERVE_ENTRY_MATCHED = folds("reserve_entry_matched", table=RESERVE_ENTRY, adds=False)
INCIDENT_RECORDED = folds("incident_recorded", table=INCIDENT, adds=True)
INCIDENT_REPORTED = folds("incident_reported", table=INCIDENT, adds=False)
INCIDENT_UPDATED = folds("incident_updated", table=INCIDENT, adds=False)
INCIDENT_RESOLVED = folds("incident_resolved", table=INCIDENT, adds=False)
PRIOR_REPORT_MADE = folds("prior_report_made", table=PRIOR_REPORT, adds=True)
