"""What the fields of the commands on contacts with customers mean, for the reference pages and `benyuan run`."""

CUSTOMER = "of the customer whom it is about; the other two of person, borrower and subject are 0."
OF_CUSTOMER = {
    "person": f"The id at the payment institution {CUSTOMER}",
    "borrower": f"The id at the lender {CUSTOMER}",
    "subject": f"The id at the credit bureau {CUSTOMER}",
}
KINDS = ("give_consent_to", "withdraw_consent_to", "switch_profiling_off", "send_message", "share_data")
RECEIVER = {
    "receiver_kind": "The sort of body that the data go to; none where they go to none.",
    "receiver": "Its id, or for platforms and others a number of the sender's own.",
}
PLACE = "Where the customer said so."
TEMPLATE = "The template's id."

MEANINGS = {
    "addressee": "Who is contacted: the debtor, who stands in for the debt by contract, or anybody else.",
    "agreed_hours": "Whether it rests on hours that the debtor has agreed to, which must be on record.",
    "allowed": "Means of contact that the plan allows, with commas: call, message, visit, letter; empty: none.",
    "asked_to_stop": "Whether who was reached asked not to be contacted again.",
    "bundled_with": "What else the same tick covers; anything but nothing is refused.",
    "collector": "The collector's id.",
    "contact_at": "When the contact is to be, in microseconds since 1970 UTC.",
    "debt_named": "Whether the debt is named in it, or payment asked for.",
    "effective": "Whether somebody was reached.",
    "equal_display": "Whether all options are shown alike.",
    "from_minute": "The first minute of the borrower's day, 0 to 1440.",
    "hardship": "The plan's id, as agree_hardship answers it.",
    "key_facts": "The showing's id, as show_key_facts answers it.",
    "kinds": "Kinds of data, with commas; those of sharing and of sensitive data.",
    "guarantor_name": "The name under which who guarantees is registered; empty: nobody does.",
    "language": "The language of the text.",
    "lender_name": "The name under which the lender is registered.",
    "level": "The risk level of the product that the text is about; 0: of none.",
    "named_by_debtor": "Whether the debtor named this other person as a contact.",
    "options": "What stands on the list, with commas.",
    "personalised": "Whether whom it goes to, or what it says, is chosen by traits.",
    "partner_name": "The name under which who lends beside is registered; empty: nobody does.",
    "preticked": "Whether the box was ticked before the customer came to it; refused.",
    "stop": "The stop's id, as stop_collection answers it.",
    "template": TEMPLATE,
    "text_digest": "The SHA-256 of the text that was shown, 64 small hexadecimal digits.",
    "text_en": "The text in English; empty: there is none.",
    "text_zh": "The text in Chinese.",
    "to": "What is consented to.",
    "to_minute": "The minute of the borrower's day up to which, not included.",
    "until": "The last day on which it holds, as yyyymmdd; 0: no end.",
    "way_out": "The words of the Chinese text that tell how to have no more of this; marketing must have them.",
    "zone": "Minutes east of Greenwich of the place where the debtor is; China is 480.",
    "moved_on": "Since when they are there, as yyyymmdd; not after today.",
}
OF_ONE_KIND = {
    **{(kind, field): text for kind in KINDS for field, text in OF_CUSTOMER.items()},
    **{(kind, field): text for kind in KINDS for field, text in RECEIVER.items()},
    **{(kind, "place"): PLACE for kind in KINDS},
    ("give_consent_to", "purpose"): "What for; none where it is about neither sharing nor sensitive data.",
    ("withdraw_consent_to", "purpose"): "What for; none: whatever for.",
    ("share_data", "purpose"): "What the data are handed on for.",
    ("approve_template", "template"): "The template that this is the next version of; 0: a new one.",
    ("approve_template", "sort"): "What messages by it are for.",
    ("send_message", "sort"): "What the message is for; it must be what the template is for.",
    ("send_message", "channel"): "How it goes out.",
    ("show_cashier", "preselected"): "The option that stands chosen; empty: none.",
    ("list_collector", "name"): "The collector's name.",
    ("list_collector", "code"): "Its unified social credit code.",
    ("list_collector", "listed_until"): "The last day on the list, as yyyymmdd; 0: no end.",
    ("review_collector", "listed_until"): "The last day on the list, as yyyymmdd; 0: no end.",
    ("tell_of_collector", "means"): "How the borrower was told.",
    ("stop_collection", "reason"): "Why collecting stops.",
    (
        "stop_collection",
        "about",
    ): "The number of the complaint (also for a dispute) or of the objection; 0: it has none.",
    ("review_hardship", "until"): "The new last day, as yyyymmdd; 0: the plan ends today.",
    ("show_key_facts", "offer"): "The offer that they are of.",
    ("show_key_facts", "partner"): "Who lends together with the lender, by the text; 0: nobody.",
    ("show_key_facts", "guarantor"): "Who guarantees, by the text; 0: nobody.",
    ("show_account_key_facts", "line_fen"): "The line that the account will have.",
    ("show_plan_key_facts", "product"): "The product of plans.",
    ("show_plan_key_facts", "rate_ppm"): "The yearly rate of the plan, in parts per million.",
    ("show_account_key_facts", "product"): "The pay-later product.",
    ("show_plan_key_facts", "account"): "The account that the plan relieves.",
    ("show_plan_key_facts", "amount_fen"): "What the plan takes over.",
    ("show_plan_key_facts", "purchase"): "The purchase that it is made of; 0: of billed principal.",
    ("show_extension_key_facts", "loan"): "The loan that runs longer.",
    ("show_extension_key_facts", "more_terms"): "By how many instalments.",
    **{
        (kind, field): text
        for kind in ("plan_contact", "record_contact")
        for field, text in {
            "loan": "The loan that it is about; 0: a pay-later account.",
            "account": "The pay-later account that it is about; 0: a loan.",
            "means": "How: call, message, visit or letter.",
            "guarantor": "Which guarantor of the debt is contacted; 0: none, or the firm that guarantees the loan.",
            "zone": "Minutes east of Greenwich by the record of who is contacted; 0: what is on record.",
            "collector": "Who collects for the lender; 0: itself.",
        }.items()
    },
    ("record_borrower_zone", "guarantor"): "The guarantor of theirs who is there; 0: the borrower.",
    ("record_borrower_zone", "evidence"): "The SHA-256 of what shows it, 64 small hexadecimal digits.",
    ("record_guarantor", "loan"): "The loan that is guaranteed; 0: a pay-later account.",
    ("record_guarantor", "account"): "The pay-later account that is guaranteed; 0: a loan.",
    ("record_guarantor", "contract"): "The SHA-256 of the contract of guarantee, 64 small hexadecimal digits.",
    ("release_guarantor", "guarantor"): "The guarantor's id, as record_guarantor answers it.",
    ("record_contact", "plan"): "The plan that it carries out; 0: none.",
    ("record_contact", "template"): "The text of a message or letter; 0: none.",
}
