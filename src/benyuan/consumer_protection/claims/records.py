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
COMPLAINT_FURTHER = Table(
    name="complaint_further",
    columns=(
        *("person", "borrower", "subject", "first_due_on", "restarts", "made_by", "cause_at_first", "examined_by"),
        *("redress_duty", "redress_paid_fen", "reviewed_by", "review_redress_fen"),
    ),
    keyed=True,
)
"""More about the complaint of the same id; one of a log before this table has no row until something is added.

`first_due_on`: the last day as it was at first; `restarts`: how often new facts began the days anew. `made_by` of
`words.Complainant`; `cause_at_first`: as told at intake. `review_redress_fen`: what a review gave beyond the answer.
`redress_paid_fen`: what commands that are named in `complaint_redress` have paid of both.
"""
COMPLAINT_PAPER = Table(name="complaint_paper", columns=("complaint", "position"), keyed=True)
"""A paper of a complaint by a keyed number of its digest under that complaint, and where it came in."""
COMPLAINT_STAFF = Table(name="complaint_staff", columns=("complaint", "staff", "position"), indexed=("complaint",))
"""Members of staff of whom a complaint complains, by the firm's own numbers."""
COMPLAINT_REDRESS = Table(name="complaint_redress", columns=("complaint", "amount_fen", "on_date"), keyed=True)
"""By the log position of the command that paid: for which complaint, and how much; each pays for one."""
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
DEBT_CLAIM_PAPER = Table(name="debt_claim_paper", columns=("debt_claim", "position"), keyed=True)
"""A paper by which a claim about a debt was taken back, by a keyed number of its digest: each ends one."""
LENDER_OBJECTION = Table(
    name="lender_objection",
    columns=("lender", "borrower", "duty", "put_on", "taken_in_on", "position"),
    keyed=True,
    indexed=("borrower",),
)
"""An objection at the bureau that was put to a lender of the group, under the objection's own number.

`borrower`: whose it is as the lender knows them, 0 while it does not; `duty`: to find that out, 0 where it was known.
"""
DATA_REQUEST = Table(
    name="data_request",
    columns=(
        *("person", "borrower", "subject", "wanted", "channel", "asked_on", "duty"),
        *("answered_on", "outcome", "ground", "answer", "handed", "position"),
    ),
    indexed=("person", "borrower", "subject"),
)
"""`handed`: the log position at which what was asked for was done, such as data handed out; 0 for never."""
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
COMPLAINT_MORE_TOLD = folds("complaint_further_told", table=COMPLAINT_FURTHER, adds=True)
COMPLAINT_MORE_CHANGED = folds("complaint_further_changed", table=COMPLAINT_FURTHER, adds=False)
PAPER_SHOWN = folds("complaint_paper_shown", table=COMPLAINT_PAPER, adds=True)
STAFF_COMPLAINED_OF = folds("complaint_staff_named", table=COMPLAINT_STAFF, adds=True)
REDRESS_PAID = folds("complaint_redress_paid", table=COMPLAINT_REDRESS, adds=True)
DEBT_CLAIM_TAKEN = folds("debt_claim_taken", table=DEBT_CLAIM, adds=True)
DEBT_CLAIM_CHANGED = folds("debt_claim_changed", table=DEBT_CLAIM, adds=False)
CLAIM_PAPER_SHOWN = folds("debt_claim_paper_shown", table=DEBT_CLAIM_PAPER, adds=True)
OBJECTION_PUT = folds("lender_objection_put", table=LENDER_OBJECTION, adds=True)
OBJECTION_TAKEN_IN = folds("lender_objection_taken_in", table=LENDER_OBJECTION, adds=False)
DATA_ASKED = folds("data_asked", table=DATA_REQUEST, adds=True)
DATA_ANSWERED = folds("data_answered", table=DATA_REQUEST, adds=False)
DATA_INCIDENT_RECORDED = folds("data_incident_recorded", table=DATA_INCIDENT, adds=True)
DATA_INCIDENT_CHANGED = folds("data_incident_changed", table=DATA_INCIDENT, adds=False)
