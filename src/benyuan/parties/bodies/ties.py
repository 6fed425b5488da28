"""The records of ties: which body or individual of the group is which customer of a firm of this ledger.

Worked number: tied from 20260501, ended with `holds` false from 20260801: what the customer did on 20260731 counts,
and what it did on 20260801 does not.
"""

from enum import StrEnum

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

CUSTOMER_TIE = Table(
    name="customer_tie",
    columns=("body", "person", "merchant", "borrower", "holds", "from_date", "invented", "position"),
    people=("body",),
)
"""One of `person`, `merchant` (the first of a code) and `borrower` is the customer, the others are 0."""
CUSTOMER_TIED = folds("customer_tied", table=CUSTOMER_TIE, adds=True)
TIE_KEY = ("body", "person", "merchant", "borrower")


class Shown(StrEnum):
    """By what both files know somebody: a body by its unified social credit code, an individual by a document."""

    credit_code = "credit_code"
    resident_id = "resident_id"
    hmt_residence_permit = "hmt_residence_permit"
    foreign_permanent_residence = "foreign_permanent_residence"
    hm_travel_permit = "hm_travel_permit"
    taiwan_travel_permit = "taiwan_travel_permit"
    passport = "passport"
