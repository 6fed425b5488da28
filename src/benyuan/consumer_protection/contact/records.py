"""The records of contacts with customers and the events that make them.

A choice of a customer is a row that never changes; the last one on a topic counts, so a yes and a no have the same
standing and the same evidence. Worked: yes in row 3, no in row 9: nothing stands; row 3 tells what stood until row 9.
"""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

WHOSE = ("person", "borrower", "subject")
CHOICE = Table(
    name="protection_choice",
    columns=(
        *(*WHOSE, "topic", "given", "receiver_kind", "receiver", "purpose", "kinds", "until"),
        *("place", "text", "on_date", "position"),
    ),
    indexed=(*WHOSE, "text"),
)
"""A yes (`given` 1) or a no of a customer. `text`: the number of the digest of the text that was shown, 0 of a no.

A no without a receiver or a purpose is one to all of them. `kinds`: bits of `DATA_BITS`; `until`: the last day on
which it holds, 0 for no end.
"""
CHOICE_MADE = folds("protection_choice_made", table=CHOICE, adds=True)

TEMPLATE = Table(name="protection_template", columns=("sort", "personalised", "level", "latest", "versions", "retired"))
"""A text that may be sent: its latest version, its product's level (0: none); `retired`: a log position, 0 for none."""
TEMPLATE_MADE = folds("protection_template_made", table=TEMPLATE, adds=True)
TEMPLATE_CHANGED = folds("protection_template_changed", table=TEMPLATE, adds=False)
TEMPLATE_VERSION = Table(
    name="protection_template_version", columns=("template", "version", "barred_from", "approved_on", "position")
)
"""A version; its texts stand in the command at `position`. `barred_from`: the day from which a known rule bars it."""
TEMPLATE_VERSION_MADE = folds("protection_template_version_made", table=TEMPLATE_VERSION, adds=True)

MESSAGE = Table(
    name="protection_message", columns=(*WHOSE, "version", "sort", "channel", "on_date", "position"), indexed=WHOSE
)
MESSAGE_SENT = folds("protection_message_sent", table=MESSAGE, adds=True)

SHARED = Table(
    name="protection_shared",
    columns=(*WHOSE, "receiver_kind", "receiver", "purpose", "kinds", "choice", "on_date", "position"),
    indexed=WHOSE,
)
"""Data that were handed to another body, and the row of `CHOICE` by which they were."""
DATA_SHARED = folds("protection_data_shared", table=SHARED, adds=True)

CASHIER = Table(name="protection_cashier", columns=("institution", "options", "preselected", "on_date", "position"))
"""A list of ways to pay that was shown; `options` and `preselected` by `OPTION_BITS`."""
CASHIER_SHOWN = folds("protection_cashier_shown", table=CASHIER, adds=True)

COLLECTOR = Table(
    name="protection_collector",
    columns=("lender", "listed_on", "reviewed_on", "listed_until", "duty"),
    indexed=("lender",),
)
"""Who collects for a lender; `listed_until`: the last day, 0 for no end; `duty`: that of the next review."""
COLLECTOR_LISTED = folds("protection_collector_listed", table=COLLECTOR, adds=True)
COLLECTOR_CHANGED = folds("protection_collector_changed", table=COLLECTOR, adds=False)
COLLECTOR_IDENTITY = Table(name="protection_collector_identity", columns=("collector", "since"), keyed=True)
"""Which collector has the identity, on the list of its lender; those of a log before this table have none."""
COLLECTOR_SHOWN = folds("protection_collector_shown", table=COLLECTOR_IDENTITY, adds=True)
COLLECTOR_TOLD = Table(
    name="protection_collector_told", columns=("borrower", "collector", "means", "on_date"), indexed=("borrower",)
)
COLLECTOR_WAS_TOLD = folds("protection_collector_was_told", table=COLLECTOR_TOLD, adds=True)

STOP = Table(
    name="protection_collection_stop",
    columns=("borrower", "reason", "about", "began_on", "ended_on", "position"),
    indexed=("borrower",),
)
"""A stop of all collecting from a borrower; `ended_on` 0: it stands."""
STOP_BEGAN = folds("protection_collection_stopped", table=STOP, adds=True)
STOP_ENDED = folds("protection_collection_resumed", table=STOP, adds=False)

HARDSHIP = Table(
    name="protection_hardship",
    columns=("borrower", "means", "agreed_on", "until", "ended_on", "duty", "position"),
    indexed=("borrower",),
)
"""A plan for a borrower in hardship: `means` that it allows, by `MEANS_BITS`, up to and with the day `until`."""
HARDSHIP_AGREED = folds("protection_hardship_agreed", table=HARDSHIP, adds=True)
HARDSHIP_CHANGED = folds("protection_hardship_changed", table=HARDSHIP, adds=False)

HOURS = Table(
    name="protection_contact_hours",
    columns=("borrower", "from_minute", "to_minute", "until", "agreed_on", "position"),
    indexed=("borrower",),
)
"""Hours that a borrower has agreed to, in minutes of their day; the last row counts, both 0: none any more."""
HOURS_AGREED = folds("protection_contact_hours_agreed", table=HOURS, adds=True)

ZONE = Table(
    name="protection_contact_zone",
    columns=("borrower", "guarantor", "zone", "moved_on", "recorded_at", "evidence", "position"),
    indexed=("borrower",),
)
"""Where a borrower is, or with `guarantor` one who stands in for a debt of theirs: minutes east of Greenwich.

The last row counts from `recorded_at`, an instant. `evidence`: the number of a digest; `moved_on`: what was said.
"""
ZONE_RECORDED = folds("protection_contact_zone_recorded", table=ZONE, adds=True)

GUARANTOR = Table(
    name="protection_guarantor",
    columns=("borrower", "loan", "account", "contract", "recorded_on", "released_on", "position"),
    indexed=("borrower",),
)
"""Who stands in for one debt by a contract, of which the number of its digest is here; `released_on` 0: still."""
GUARANTOR_RECORDED = folds("protection_guarantor_recorded", table=GUARANTOR, adds=True)
GUARANTOR_RELEASED = folds("protection_guarantor_released", table=GUARANTOR, adds=False)

PLAN = Table(
    name="protection_contact_plan",
    columns=(
        "borrower",
        "loan",
        "account",
        "means",
        "addressee",
        "collector",
        "zone",
        "contact_at",
        "position",
        "contact",
    ),
    indexed=("borrower",),
)
"""A contact that is planned for an instant; `contact`: the one that came of it, 0 for none yet."""
CONTACT_PLANNED = folds("protection_contact_planned", table=PLAN, adds=True)
PLAN_USED = folds("protection_contact_plan_used", table=PLAN, adds=False)
CONTACT = Table(
    name="protection_contact",
    columns=(
        *("borrower", "loan", "account", "means", "addressee", "collector", "plan", "version"),
        *("effective", "asked_to_stop", "agreed_hours", "zone", "local_date", "made_at", "position"),
    ),
    indexed=("borrower",),
)
"""A contact about a debt. `zone`: minutes east of Greenwich; `local_date`: the day there; `made_at` the instant."""
CONTACT_MADE = folds("protection_contact_made", table=CONTACT, adds=True)

KEY_FACTS = Table(
    name="protection_key_facts",
    columns=("borrower", "sort", "language", "version", "rate_ppm", "text", "shown_on", "position", "confirmed"),
    indexed=("borrower",),
)
"""Key facts that were shown. `version`: of the template, `text`: the number of the text's digest.

`confirmed`: a log position, 0 for none. In a log of before there were templates, version and text are the firm's own.
"""
KEY_FACTS_SHOWN = folds("protection_key_facts_shown", table=KEY_FACTS, adds=True)
KEY_FACTS_CONFIRMED = folds("protection_key_facts_confirmed", table=KEY_FACTS, adds=False)
