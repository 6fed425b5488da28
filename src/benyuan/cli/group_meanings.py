"""What the fields of the group's commands mean, for the reference pages and the help of `benyuan run`."""

MEANINGS = {
    "body": "The body's number, as register_body or register_individual answered it.",
    "book": "The body's book of accounts in this ledger; 0: its accounts are elsewhere.",
    "business": "What the body does.",
    "invented": "Whether there is no document: wherever the figure or fact is shown it says so.",
    "kind_of_body": "What the body is in law.",
    "place": "Where it is registered.",
    "source": "The document that says so; empty where it is invented.",
    "source_date": "The day of that document, as yyyymmdd; 0 where it is invented.",
}
OF_ONE_KIND = {
    ("register_body", "name"): "The body's name. It stands in the log: a body is no person.",
    ("register_body", "from_date"): "The day from which it does this business, as yyyymmdd.",
    ("register_individual", "from_date"): "The day from which the individual counts, as yyyymmdd.",
}
