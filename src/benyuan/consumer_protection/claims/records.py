"""The records of complaints, claims about debts, requests about data and data incidents, and the events of each."""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

CUSTOMER_COMPLAINT = Table(
    name="customer_complaint",
    columns=(
        *("person", "borrower", "subject", "clock", "way", "channel", "product", "issue", "cause", "against_partner"),
        *("received_on", "passed_on", "from_on", "due_on", "steps", "duty", "complainants", "representatives", "major"),
        *("repeat_of", "evidence", "answered_on", "outcome", "redress_fen", "answered_by", "answer", "withdrawn_on"),
        *("review_asked_on", "review_due_on", "review_duty", "reviewed_on", "review_outcome"),
        *("feedback_duty", "fed_back_on", "position"),
    ),
    indexed=("person", "borrower", "subject"),
)
"""`clock` of `words.Clock`; the days run from `from_on`; `due_on` 0: the text names none. `steps`: extensions taken.

`answer`: the log position of the answer; `evidence`: how many pieces there are; dates 0 for none.
"""
DEBT_CLAIM = Table(
    name="debt_claim",
    columns=(
        *("borrower", "sort", "received_on", "due_on", "duty", "answered_on", "outcome", "answered_by", "hardship"),
        *("answer", "withdrawn_on", "position"),
    ),
    indexed=("borrower",),
)
"""An objection or a request in hardship of a borrower's; `sort` of `words.DebtClaim`, `due_on` 0: no day of law.

`hardship`: the plan that came of it, 0 for none; `answer`: the log position of the answer.
"""
DATA_REQUEST = Table(
    name="data_request",
    columns=(
        *("person", "borrower", "subject", "wanted", "channel", "asked_on", "duty"),
        *("answered_on", "outcome", "ground", "answer", "handed", "position"),
    ),
    indexed=("person", "borrower", "subject"),
)
"""`handed`: the log position from which the data were handed out, 0 for never."""
DATA_INCIDENT = Table(
    name="data_incident",
    columns=(
        *("institution", "lender", "bureau", "mishap", "harm", "people", "found_at", "due_at", "incident"),
        *("branch_duty", "customers_duty", "authority_duty", "branch_at", "customers_at", "authority_at"),
        *("closed_on", "position"),
    ),
)
"""`due_at`: until when the branch is told, 0 for never; `incident`: the payment institution's own record of it."""

COMPLAINT_TAKEN = folds("customer_complaint_taken", table=CUSTOMER_COMPLAINT, adds=True)
COMPLAINT_CHANGED = folds("customer_complaint_changed", table=CUSTOMER_COMPLAINT, adds=False)
DEBT_CLAIM_TAKEN = folds("debt_claim_taken", table=DEBT_CLAIM, adds=True)
DEBT_CLAIM_CHANGED = folds("debt_claim_changed", table=DEBT_CLAIM, adds=False)
DATA_ASKED = folds("data_asked", table=DATA_REQUEST, adds=True)
DATA_ANSWERED = folds("data_answered", table=DATA_REQUEST, adds=False)
DATA_INCIDENT_RECORDED = folds("data_incident_recorded", table=DATA_INCIDENT, adds=True)
DATA_INCIDENT_CHANGED = folds("data_incident_changed", table=DATA_INCIDENT, adds=False)
