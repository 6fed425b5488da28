"""The records of related parties, their transactions, approvals and duties.

Dated facts are rows that are never rewritten, as those of ownership: `KEYS` says which rows speak of one fact.
"""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

RELATED_DECLARATION = Table(
    name="related_declaration",
    columns=("body", "party", "ground", "holds", "from_date", "invented", "position"),
    people=("party",),
)
COMMITTEE_SEAT = Table(
    name="committee_seat",
    columns=("body", "individual", "chairs", "holds", "from_date", "invented", "position"),
    people=("individual",),
)
PROPOSAL = Table(
    name="related_proposal",
    columns=("body", "party", "sort", "amount_fen", "framework", "stage", "proposed_on", "decided_on", "position"),
    people=("party",),
)
"""What is put to the organs: transactions of one kind with one party up to an amount, or a framework."""
PROPOSAL_INTEREST = Table(
    name="proposal_interest", columns=("proposal", "individual"), indexed=("proposal",), people=("individual",)
)
"""Who said to have an interest, of what is proposed."""
BALLOT = Table(
    name="related_ballot",
    columns=("proposal", "stage", "member", "vote", "declares", "voted_on", "position"),
    indexed=("proposal",),
    people=("member",),
)
MEETING = Table(
    name="related_meeting",
    columns=("proposal", "stage", "closes_on", "called_on", "position"),
    indexed=("proposal",),
)
"""Until when an organ votes on a proposal: through `closes_on`; of several calls at one stage the last counts."""
OPINION = Table(
    name="independent_opinion",
    columns=("proposal", "director", "lawful", "fair", "necessary", "procedure", "position"),
    indexed=("proposal",),
    people=("director",),
)
RELATED_FRAMEWORK = Table(
    name="related_framework",
    columns=(
        *("body", "party", "sort", "amount_fen", "from_date", "until", "signed_on", "agreement", "approval", "renews"),
        "position",
    ),
    people=("party",),
)
RELATED_TRANSACTION = Table(
    name="related_transaction",
    columns=(
        *("body", "party", "reaches", "sort", "gives", "amount_fen", "signed_on", "agreement", "grade", "exemption"),
        *("framework", "approval", "law", "ground", "invented", "position"),
    ),
    indexed=("body",),
    people=("party", "reaches"),
)
"""`reaches`: who is on the other side in substance. `agreement`: a number of the agreement's text, equal for equal.

`amount_fen`: what counts of it (art. 15). `ground`: why that is a related party, 0 where none is known.
"""
RELATED_EXPOSURE = Table(
    name="related_exposure",
    columns=(
        *("transaction", "body", "reaches", "guarantee", "amount_fen", "covered_fen", "booked_on", "given", "received"),
        *("party", "group", "every", "outside", "position"),
    ),
    indexed=("transaction",),
    people=("reaches",),
)
"""What a body gave or guaranteed and has not got back. `covered_fen`: security that is taken off.

`given` to `outside`: the usage accounts on which it stands, 0 where the limit does not speak of it.
"""
RELATED_COUNTED = Table(
    name="related_counted", columns=("exposure", "line", "account", "position"), indexed=("exposure",)
)
"""The usage accounts of further limits in which an exposure counts, a row each."""
RELATED_PARTICULAR = Table(
    name="related_particular",
    columns=("transaction", "funds", "product", "asset", "left_out", "position"),
    indexed=("transaction",),
)
"""What a sector's limits ask of a transaction: into what or whose funds; the product; whether an asset was bought.

`left_out`: why it stands in no limit of a bank, 0 where it does.
"""
CONTRIBUTION = Table(
    name="contribution",
    columns=("owner", "body", "amount_fen", "from_date", "invented", "position"),
    people=("owner",),
)
"""What a shareholder has paid into a body in all."""
RELATED_LOSS = Table(
    name="related_loss",
    columns=("body", "party", "amount_fen", "from_date", "invented", "position"),
    people=("party",),
)
"""Losses on what parties have from bodies; `from_date`: the day on which each was found."""
GOVERNANCE_GRADE = Table(
    name="governance_grade", columns=("body", "grade", "allowed", "from_date", "invented", "position")
)
"""How a supervisor has graded a body's governance; `allowed`: what the worst grade forbids all the same."""
RELATED_RETURN = Table(
    name="related_return", columns=("exposure", "amount_fen", "returned_on", "position"), indexed=("exposure",)
)
"""What was paid back, or released of a guarantee."""
RELATED_MONEY = Table(
    name="related_money",
    columns=("transaction", "amount_fen", "back", "moved_on", "position"),
    indexed=("transaction",),
)
"""Money that was booked between books of this ledger under a recorded transaction; `back`: it was paid back."""
RELATED_USAGE = Table(name="related_usage", columns=("line", "of", "beside", "account", "position"))
"""The usage account of each limit: which, whose, and beside whom."""
HOUSE_LIMIT = Table(
    name="house_limit",
    columns=(
        *("body", "span", "sort", "party", "whole_group", "amount_fen", "holds", "approved_on", "from_date"),
        *("invented", "position"),
    ),
    people=("party",),
)
"""Limits that a house sets itself. `sort` 0: transactions of all kinds; `party` 0: no certain one."""
GOVERNANCE_DUTY = Table(
    name="governance_duty",
    columns=("kind", "body", "about", "law", "arose_on", "due_on", "done_on"),
    indexed=("body",),
)
"""`about`: the transaction, or the last day (yyyymmdd) of the quarter or year that is told of."""

RELATED_DECLARED = folds("related_declared", table=RELATED_DECLARATION, adds=True)
COMMITTEE_SEATED = folds("committee_seated", table=COMMITTEE_SEAT, adds=True)
APPROVAL_PROPOSED = folds("approval_proposed", table=PROPOSAL, adds=True)
APPROVAL_CHANGED = folds("approval_changed", table=PROPOSAL, adds=False)
INTEREST_TOLD = folds("interest_told", table=PROPOSAL_INTEREST, adds=True)
BALLOT_CAST = folds("ballot_cast", table=BALLOT, adds=True)
MEETING_CALLED = folds("meeting_called", table=MEETING, adds=True)
OPINION_GIVEN = folds("opinion_given", table=OPINION, adds=True)
FRAMEWORK_SIGNED = folds("framework_signed", table=RELATED_FRAMEWORK, adds=True)
RELATED_TRANSACTED = folds("related_transacted", table=RELATED_TRANSACTION, adds=True)
RELATED_EXPOSED = folds("related_exposed", table=RELATED_EXPOSURE, adds=True)
RELATED_COUNTS = folds("related_counts", table=RELATED_COUNTED, adds=True)
RELATED_PARTICULARS = folds("related_particulars", table=RELATED_PARTICULAR, adds=True)
CONTRIBUTION_RECORDED = folds("contribution_recorded", table=CONTRIBUTION, adds=True)
RELATED_LOSS_FOUND = folds("related_loss_found", table=RELATED_LOSS, adds=True)
GOVERNANCE_GRADED = folds("governance_graded", table=GOVERNANCE_GRADE, adds=True)
RELATED_RETURNED = folds("related_returned", table=RELATED_RETURN, adds=True)
RELATED_MONEY_MOVED = folds("related_money_moved", table=RELATED_MONEY, adds=True)
RELATED_USAGE_OPENED = folds("related_usage_opened", table=RELATED_USAGE, adds=True)
HOUSE_LIMIT_SET = folds("house_limit_set", table=HOUSE_LIMIT, adds=True)
GOVERNANCE_DUTY_AROSE = folds("governance_duty_arose", table=GOVERNANCE_DUTY, adds=True)
GOVERNANCE_DUTY_DONE = folds("governance_duty_done", table=GOVERNANCE_DUTY, adds=False)
DECLARED_KEY = ("body", "party", "ground")
SEAT_KEY = ("body", "individual")
GRADE_KEY = ("body",)
CONTRIBUTION_KEY = ("owner", "body")
HOUSE_LIMIT_KEY = ("body", "span", "sort", "party", "whole_group")
