"""The records of a credit bureau and the events that make them. All are opaque numbers, dates and counts.

Names, numbers and telephones lie in the vault; what is negative lies in pages beside the log (`layouts`), so that it
can be erased to the day: neither stands in any table or event here.
"""

from benyuan.decisions.events import Erased, erases, folds
from benyuan.decisions.facts import Change, Table

BUREAU = Table(name="bureau", columns=("book", "control", "registered_on"))
BUREAU_STANDING = Table(
    name="bureau_standing", columns=("owner", "from_date", "licensed_until", "capital_fen"), dated="from_date"
)
"""The licence 个人征信业务经营许可证 and the paid-in capital, by the day from which they count; 0: no licence."""
MEMBER = Table(
    name="bureau_member",
    columns=("bureau", "sort", "lender", "joined_on", "stopped", "ended_on"),
    changes=(Change(added={"stopped": 0, "ended_on": 0}),),
)
"""Who furnishes or asks. `lender`: the lender of this group that it is, 0 for none.

`stopped`: the log position from which it gets no answers because of misuse, 0 where it does; `ended_on`: the day on
which its contract was ended for good.
"""
MEMBER_TERMS = Table(
    name="bureau_member_terms",
    columns=("owner", "from_date", "until", "furnishes", "asks", "reported_on", "reviewed_on"),
    dated="from_date",
)
"""A member's contract from a day on: what it may furnish (a sum of 1 << number of the sort) and ask for (of purposes).

`reported_on`: the day on which the bureau reported it to the PBoC; `reviewed_on`: that of its review (2021 No. 4).
"""
SUBJECT = Table(
    name="bureau_subject", columns=("bureau", "usage", "identified_on", "statement", "objections"), blank="bureau"
)
"""A person with a file. `statement`: the log position of the person's latest statement, 0 for none."""
SUBJECT_IDENTITY = Table(
    name="bureau_identity",
    columns=("subject", "since", "position", "name"),
    keyed=True,
    indexed=("subject",),
    changes=(Change(added={"name": 0}),),
)
"""Whose an identity document is; `position`: of the command that has the particulars sealed.

`name`: a keyed number of document and compared name, by which another name under the same document is told.
"""
CONSENT = Table(
    name="bureau_consent",
    columns=(
        *("bureau", "subject", "member", "purpose", "starts_on", "expires_on", "times", "usage"),
        *("mode", "fetch", "data_life_days", "sections", "restricted", "furnishing", "position", "revoked"),
    ),
    indexed=("subject",),
)
"""What a person allows a member. `times`: answers at most; `usage`: the account that counts them.

`sections`: the parts that may be shown; `restricted`: kinds of restricted data (a sum) that may be furnished;
`furnishing`: 1 where it lets the member furnish; `revoked`: the log position of the revocation, 0 for none.
"""
CREDIT_LINE = Table(
    name="bureau_account",
    columns=(
        *("bureau", "member", "subject", "reference", "type", "opened_on", "limit_fen"),
        *("consent", "position", "objections", "closed"),
    ),
    blank="bureau",
    indexed=("reference", "subject"),
    changes=(Change(added={"closed": 0}),),
)
"""A tradeline. `reference`: a keyed number of the member's own account number; `objections`: how many are open.

`closed`: the month (yyyymm) in which it was closed by what was furnished, 0 while it is open; never how it ended.
"""
PARCEL = Table(name="bureau_parcel", columns=("bureau", "member", "sort", "records", "on", "position", "withdrawn"))
"""A part of a furnished file: how many records it holds; `position`: its place in the log."""
INQUIRY = Table(
    name="bureau_inquiry",
    columns=(
        "bureau",
        "subject",
        "member",
        "purpose",
        "consent",
        "at",
        "sections",
        "staff",
        "role",
        "seen",
        "position",
        "account",
        "product",
        "about",
        "way",
        "free",
        "customer",
    ),
    indexed=("subject",),
    changes=(
        Change(added={"account": 0, "product": 0, "about": 0, "way": 0, "free": 0}),
        Change(added={"customer": 0}),
    ),
)
"""Who was shown what, and when. `member` 0: the person, or staff of the bureau (`staff`: a keyed number of the name).

`seen`: the log position up to which the file was read. `account`: the member's own, for a purpose that needs one;
`customer`: the member's own number of the person;
`about`: the objection or complaint that a look of staff is for; `free`: 1 for one of the person's free reports.
"""
INQUIRY_DEBTS = Table(name="bureau_inquiry_debts", columns=("debts_fen",), keyed=True)
"""What other members' accounts ask for in a month, as a lender of this group was shown by an inquiry; by its number."""
OBJECTION = Table(
    name="bureau_objection",
    columns=(
        *("bureau", "subject", "member", "account", "month", "kind", "opened_on", "due_on", "position"),
        *("asked_on", "said_on", "said", "evidence", "outcome", "ended_on", "answered_on"),
        *("received_by", "received_on", "since_on", "duty", "correction", "answer", "decided"),
    ),
    indexed=("subject",),
    changes=(
        Change(added={"received_by": 0, "received_on": 0, "since_on": 0, "duty": 0, "correction": 0}),
        Change(added={"answer": 0, "decided": 0}),
    ),
)
"""A person's objection. `month` 0: the account as a whole; `account` 0: something else.

`evidence`: the log position of the furnisher's answer where evidence came with it, 0 for none; `received_by`: the
member at whose door it came in, 0 the bureau's own; `since_on`: the first day on which anybody can have been shown
it; `duty`: that to answer; `correction`, `answer`, `decided`: the log positions of what put the data right, of what
the furnisher said, and of the decision.
"""
COMPLAINT = Table(
    name="bureau_complaint",
    columns=(
        *("bureau", "subject", "received_on", "due_on", "explained_on", "concluded_on", "position"),
        *("handed_in_on", "accepted_on", "outcome", "duty"),
    ),
    changes=(Change(added={"handed_in_on": 0, "accepted_on": 0, "outcome": 0, "duty": 0}),),
)
"""A complaint that a branch of the PBoC has sent on; `due_on`: the day that the branch set, 0 for none.

`handed_in_on`: the day on which the branch got it, `accepted_on`: that on which it took it up; 0 where not told.
"""
BUREAU_DUTY = Table(
    name="bureau_duty",
    columns=("bureau", "kind", "subject", "about", "member", "arose_on", "due_on", "done_on"),
)
"""What is owed by a day; `about`: the objection, complaint or inquiry; `due_on` 0: the text names no day."""
BUREAU_CASE = Table(
    name="bureau_case",
    columns=("bureau", "sort", "member", "subject", "staff", "on", "count", "opened_on", "judged_on", "misuse"),
)
"""Asking that stood out, until somebody has judged it."""

REVIEW = Table(
    name="bureau_review",
    columns=("bureau", "subject", "inquiry", "kind", "asked_on", "ended_on", "outcome", "duty", "position", "decided"),
)
"""What a person asked about a score: an explanation, or that people look at it (PIPL, art. 24); `kind`: of the duty."""

BUREAU_REGISTERED = folds("bureau_registered", table=BUREAU, adds=True)
BUREAU_STANDING_RECORDED = folds("bureau_standing_recorded", table=BUREAU_STANDING, adds=True)
MEMBER_ADMITTED = folds("bureau_member_admitted", table=MEMBER, adds=True)
MEMBER_CHANGED = folds("bureau_member_changed", table=MEMBER, adds=False)
MEMBER_AGREED = folds("bureau_member_agreed", table=MEMBER_TERMS, adds=True)
SUBJECT_IDENTIFIED = folds("bureau_subject_identified", table=SUBJECT, adds=True)
SUBJECT_CHANGED = folds("bureau_subject_changed", table=SUBJECT, adds=False)
SUBJECT_SHOWN = folds("bureau_identity_shown", table=SUBJECT_IDENTITY, adds=True)
SUBJECT_SHOWN_AGAIN = folds("bureau_identity_moved", table=SUBJECT_IDENTITY, adds=False)
CONSENT_GRANTED = folds("bureau_consent_granted", table=CONSENT, adds=True)
CONSENT_CHANGED = folds("bureau_consent_changed", table=CONSENT, adds=False)
CREDIT_LINE_FURNISHED = folds("bureau_account_furnished", table=CREDIT_LINE, adds=True)
CREDIT_LINE_CHANGED = folds("bureau_account_changed", table=CREDIT_LINE, adds=False)
PARCEL_TAKEN = folds("bureau_parcel_taken", table=PARCEL, adds=True)
PARCEL_CHANGED = folds("bureau_parcel_changed", table=PARCEL, adds=False)
INQUIRY_MADE = folds("bureau_inquiry_made", table=INQUIRY, adds=True)
INQUIRY_DEBTS_TOLD = folds("bureau_inquiry_debts_told", table=INQUIRY_DEBTS, adds=True)
INQUIRY_MOVED = folds("bureau_inquiry_moved", table=INQUIRY, adds=False)
OBJECTION_OPENED = folds("bureau_objection_opened", table=OBJECTION, adds=True)
OBJECTION_CHANGED = folds("bureau_objection_changed", table=OBJECTION, adds=False)
COMPLAINT_TAKEN = folds("bureau_complaint_taken", table=COMPLAINT, adds=True)
COMPLAINT_CHANGED = folds("bureau_complaint_changed", table=COMPLAINT, adds=False)
BUREAU_DUTY_AROSE = folds("bureau_duty_arose", table=BUREAU_DUTY, adds=True)
BUREAU_DUTY_DONE = folds("bureau_duty_done", table=BUREAU_DUTY, adds=False)
BUREAU_CASE_OPENED = folds("bureau_case_opened", table=BUREAU_CASE, adds=True)
BUREAU_CASE_JUDGED = folds("bureau_case_judged", table=BUREAU_CASE, adds=False)
CREDIT_LINE_TAKEN_OUT = folds("bureau_account_taken_out", table=CREDIT_LINE, adds=False)
PARTICULARS_ERASED = erases("bureau_particulars_erased", what=Erased.payloads)
SUBJECT_COUNTED = folds("bureau_subject_counted", table=SUBJECT, adds=False, sums=True)
CREDIT_LINE_COUNTED = folds("bureau_account_counted", table=CREDIT_LINE, adds=False, sums=True)
BUREAU_DUTY_CHANGED = folds("bureau_duty_changed", table=BUREAU_DUTY, adds=False)
REVIEW_ASKED = folds("bureau_review_asked", table=REVIEW, adds=True)
REVIEW_DONE = folds("bureau_review_done", table=REVIEW, adds=False)
RECORDS_ERASED = erases("bureau_records_erased", what=Erased.records)
"""Furnished records that leave their pages: `id` the log position of the parcel, `page`, and `row` in the page.

`row` -1: all of the page.
"""
EVERY_ROW = -1
