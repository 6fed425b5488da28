"""Complaints by whose clock it is: one answered a day early, one late, one overdue, one that a branch passed on.

Redress is paid by a command that the answer names; that of borrower 4 is granted and not paid, and shows.

Sources: CBIRC Order 2020 No. 3 art. 18; PBoC Order [2020] No. 5 arts. 39, 43, 44. Worked number: received on 2026-08-10
a lender's complaint is due on 08-25, and answered on 08-24; that of 08-11 is overdue on 08-27.
"""

from typing import Any

from benyuan.assurance.protection.calendar import calendar
from benyuan.simulate.protection.collecting import CALL
from benyuan.simulate.protection.world import Story

FIRST, SECOND, PASSED_ON, DIRECT = 20260810, 20260811, 20260812, 20260814
BRANCH_ANSWERED, REPORTED, LATE, EARLY = 20260820, 20260821, 20260822, 20260824
OVERDUE, CLIMBED, LAST = 20260827, 20260903, 20261012
FEEDBACK_BY = 20260831
DECIDED: dict[str, Any] = {"answered_by": 7, "no_interest": True}
WHOLE: dict[str, Any] = {
    **DECIDED,
    "findings": True,
    "grounds": True,
    "ways_of_redress": True,
    "found": "经核查通话录音和合同，情况属实。",
    "why": "依照合同约定和告知内容作出处理。",
    "where_next": "可申请核查、调解、仲裁或者向人民法院提起诉讼。",
}
REDRESS_FEN = 1_200
REPORT = (
    *("the_complaint", "points_at_issue", "findings_and_evidence", "grounds"),
    *("contacts_with_customer", "satisfaction"),
)


def complain(story: Story) -> None:
    """From the first to the day on which one has climbed twice."""
    _taken(story)
    _answered(story)
    _overdue(story)


def _take(story: Story, name: str, day: int, what: str, **fields: Any) -> None:
    said = {"channel": "app", "issue": "price", "words": "与当初告知的不符。", "received_on": day}
    taken = story.do("take_customer_complaint", day, "10:00", what, **{**said, **fields})
    story.notes |= {name: taken["complaint"], f"{name} due": taken["due_on"]}


def _taken(story: Story) -> None:
    lender = {"borrower": 4, "product": "cash-loan"}
    _take(story, "early", FIRST, "borrower 4 complains to the lender: due in 15 days, on 08-25", **lender)
    second = {"borrower": 5, "product": "instalments", "issue": "service"}
    _take(story, "overdue", SECOND, "borrower 5 complains to the lender: due on 08-26", **second)
    branch = {"way": "pbc-branch", "passed_on": PASSED_ON, "feedback_by": FEEDBACK_BY}
    what = "the central bank's branch passes on one of person 6: due on 08-27"
    _take(story, "passed on", PASSED_ON, what, person=6, product="payment", **branch)
    what = "person 7 complains to the institution itself: no day of law"
    _take(story, "direct", DIRECT, what, person=7, product="wallet", issue="service")


def _answer(story: Story, name: str, day: int, what: str, **fields: Any) -> None:
    words = {"outcome": "upheld", "words": "您说得对，已退还差额。", "cause": "information"}
    answer = {"complaint": story.notes[name], **words, **WHOLE, **fields}
    story.do("answer_customer_complaint", day, "15:00", what, **answer)


def _answered(story: Story) -> None:
    own: dict[str, Any] = {"institution": 1, "amount_fen": REDRESS_FEN}
    story.do("fund", BRANCH_ANSWERED, "14:00", **own)
    what = "person 6 gets 12.00 of the institution's own money"
    credit: dict[str, Any] = {"wallet": 6, "amount_fen": REDRESS_FEN, "reason": "compensation"}
    paid = story.do("credit_wallet", BRANCH_ANSWERED, "14:30", what, **credit)["position"]
    redress = {"redress_fen": REDRESS_FEN, "redress_command": paid}
    _answer(story, "passed on", BRANCH_ANSWERED, "that of the branch is answered, a week early", **redress)
    _answer(story, "direct", BRANCH_ANSWERED, "and that of person 7")
    report = {"complaint": story.notes["passed on"], **dict.fromkeys(REPORT, True)}
    what = "the report to the branch lacks what the customer thinks of it"
    lacking = {**report, "satisfaction": False}
    story.refused("cp.pbc.complaint.feedback", "feed_back_complaint", REPORTED, "10:00", what, **lacking)
    story.do("feed_back_complaint", REPORTED, "10:05", "it is made whole", **report)
    _answer(story, "of calls", LATE, "the complaint about calls is answered, a day late", cause="conduct")
    story.do("record_contact", LATE, "15:01", "and from then on the debtor may be called again", **CALL)
    empty = {"complaint": story.notes["early"], "outcome": "not-upheld", "words": "经查收费与合同一致。", **DECIDED}
    what = "that of borrower 4 is to be closed with a word"
    bare = {**empty, "cause": "misunderstanding"}
    story.refused("cp.nfra.complaint.answer", "answer_customer_complaint", EARLY, "14:00", what, **bare)
    _answer(story, "early", EARLY, "and is answered in full, a day before its end: 48.00 are owed", redress_fen=4_800)


def _overdue(story: Story) -> None:
    what = "that of borrower 5 is overdue by a day: a breach, level 1"
    climbed = story.do("climb_duties", OVERDUE, "09:00", what, date=OVERDUE)
    story.notes["first level"] = climbed["highest"]
    story.breaches = [each for each in calendar(story.session.group, on=OVERDUE) if each.state == "overdue"]
    climbed = story.do("climb_duties", CLIMBED, "09:00", "and by eight days: level 2", date=CLIMBED)
    story.notes["second level"] = climbed["highest"]


def climb_at_last(story: Story) -> None:
    """What the last day finds."""
    story.chapter = 4
    climbed = story.do("climb_duties", LAST, "18:00", "nobody has answered borrower 5: level 3", date=LAST)
    story.notes["last level"] = climbed["highest"]
