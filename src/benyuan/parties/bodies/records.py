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
BODY_REGISTERED = folds("body_registered", table=BODY, adds=True)
BODY_SHOWN = folds("body_shown", table=BODY_IDENTITY, adds=True)
BODY_BUSINESS_RECORDED = folds("body_business_recorded", table=BODY_BUSINESS, adds=True)
