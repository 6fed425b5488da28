"""The records of bodies. All are opaque numbers and dates; names of individuals lie in the vault."""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

BODY = Table(name="body", columns=("kind", "place", "identity", "registered_on", "position"))
"""Who can own or be owned. `identity`: the opaque number of a code or document, 0 where none was shown.

`position`: of the command that registered it, in which its name stands, or beside which it is sealed.
"""
BODY_IDENTITY = Table(name="body_identity", columns=("body", "since"), keyed=True)
"""Whose a code or document is."""
BODY_BUSINESS = Table(
    name="body_business", columns=("owner", "from_date", "business", "book", "position"), dated="from_date"
)
"""What a body does from a day on, and its book of accounts in this ledger, 0 for one whose accounts are elsewhere."""
BODY_FIGURE = Table(
    name="body_figure",
    columns=("body", "basis", "figure", "amount_fen", "from_date", "invented", "position"),
    indexed=("body",),
)
"""Figures of accounts; `from_date`: the day of which they are. Of one day the one recorded last counts."""
LICENCE = Table(
    name="body_licence",
    columns=("body", "business", "holds", "from_date", "until", "invented", "position"),
    indexed=("body",),
)
"""Which business a body has a licence for; `until`: its last day, 0 for one without an end. Its number: in the log."""
BODY_REGISTERED = folds("body_registered", table=BODY, adds=True)
BODY_SHOWN = folds("body_shown", table=BODY_IDENTITY, adds=True)
BODY_BUSINESS_RECORDED = folds("body_business_recorded", table=BODY_BUSINESS, adds=True)
BODY_FIGURE_RECORDED = folds("body_figure_recorded", table=BODY_FIGURE, adds=True)
LICENCE_RECORDED = folds("body_licence_recorded", table=LICENCE, adds=True)
FIGURE_KEY = ("body", "basis", "figure", "from_date")
LICENCE_KEY = ("body", "business")
