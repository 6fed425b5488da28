"""The closed words of a rule file. A word that is not here is an error of the file, never a new meaning.

Adding a word is a change of code on purpose: a misspelt `excludes` would otherwise let a limit count what it must not.
"""

from enum import StrEnum


class Kind(StrEnum):
    """The four kinds of rule, and no others."""

    GATE = "gate"  # a yes or no over facts, before posting
    LIMIT = "limit"  # a quantity per scope and window, held by a ceiling on a leg
    RATIO = "ratio"  # a prudential figure of a whole book
    DEADLINE = "deadline"  # a duty that falls due


class Status(StrEnum):
    """How well a value is known, shown wherever it is used."""

    VERIFIED = "verified"  # figure and article read in the official text
    SECONDARY = "secondary"  # figure read in a page about the text
    UNVERIFIED = "unverified"  # from memory, or the text may have been amended since
    DRAFT = "draft"  # never came into force: for early warning and whatif only


class Unit(StrEnum):
    """What a value counts, and so how it is written in the file and typed in memory."""

    CNY = "CNY"  # written in yuan with two decimals, kept in fen
    RATIO_PPM = "ratio_ppm"  # written as a percentage, kept in parts per million
    COUNT = "count"
    HOURS = "hours"
    DAYS = "days"  # calendar days
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    FLAG = "flag"
    TABLE = "table"  # the rows under `tiers`, with the columns that `parameters` declares


COUNTED: frozenset[Unit] = frozenset(
    {Unit.COUNT, Unit.HOURS, Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS, Unit.YEARS},
)


class ParameterType(StrEnum):
    """The type of one further figure of a value."""

    CNY = "CNY"  # yuan with two decimals, kept in fen
    USD = "USD"  # dollars with two decimals, kept in cents
    RATIO_PPM = "ratio_ppm"  # "95%"
    FACTOR_PPM = "factor_ppm"  # "1.5" is 1,500,000
    FRACTION = "fraction"  # "2/3", kept as it is: no part of a million says it exactly
    COUNT = "count"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    FLAG = "flag"
    DATE = "date"  # written YYYY-MM-DD, kept as yyyymmdd
    CODE = "code"  # a word of the domain: a rating, a licence class, a destination


class Scope(StrEnum):
    """Whose usage, duty or fact it is."""

    CUSTOMER = "customer"
    ACCOUNT = "account"
    INSTITUTION = "institution"
    MERCHANT = "merchant"
    TRANSACTION = "transaction"
    LOAN = "loan"
    PARTNER = "partner"  # who lends with a lender, guarantees for it, brings it borrowers, or collects
    RECORD = "record"


class Reads(StrEnum):
    """Which date of the case decides the value that governs it."""

    PAYMENT_DATE = "payment_date"
    OPENING_DATE = "opening_date"
    AGREEMENT_DATE = "agreement_date"
    DRAW_DATE = "draw_date"  # the day on which a loan is drawn
    REFUND_DATE = "refund_date"
    EVENT_DATE = "event_date"
    COMPLETION_DATE = "completion_date"
    POSITION_DATE = "position_date"
    PERIOD_END = "period_end"
    QUERY_DATE = "query_date"
    ERASURE_DATE = "erasure_date"


class Movement(StrEnum):
    """What a limit counts or leaves out, and what a gate allows: the words of `includes` and `excludes`."""

    CONSUMPTION = "consumption"
    TRANSFER = "transfer"
    WEALTH_PURCHASE = "wealth_purchase"
    OWN_BANK_WITHDRAWAL = "own_bank_withdrawal"
    SUSPECTED_RISK_TRADE = "suspected_risk_trade"
