"""Calls about a debt by the debtor's own clock, how many, to whom; and a complaint that stops them by itself.

Sources: GB/T 45251-2025 (`coll.hours`, `coll.calls`), Order 2024 No. 4 art. 56, rules of the house for the stop.
Worked number: at 21:00:00 in China it is 22:00:00 at the debtor's, an hour east, and no call is made. The complaint of
08-06 is answered on 08-22 at 15:00, and a call may be made again at 15:01.
"""

from typing import Any

from benyuan.simulate.protection.borrowing import DEBTOR
from benyuan.simulate.protection.world import Story

NIGHT, DAY, COMPLAINED = 20260803, 20260804, 20260806
ZONE = 540
"""Minutes east of Greenwich where the debtor is: an hour before China."""
CALL: dict[str, Any] = {
    "borrower": DEBTOR,
    "account": 1,
    "means": "call",
    "debt_named": True,
    "effective": True,
    "zone": ZONE,
}
RELATIVE = {**CALL, "addressee": "other", "named_by_debtor": True}


def collect(story: Story) -> None:
    """Three days; the account is not overdue here, and none of the gates asks whether it is."""
    what = f"borrower {DEBTOR}, an hour east of China, is called at 21:59:59 of their clock"
    story.do("record_contact", NIGHT, "20:59:59", what, **CALL)
    story.refused("coll.hours", "record_contact", NIGHT, "21:00:00", "and at 22:00:00 of it", **CALL)
    for number, time in enumerate(("09:00", "10:00", "11:00"), 1):
        what = "the next day three calls reach the debtor" if number == 1 else ""
        story.do("record_contact", DAY, time, what, **CALL)
    story.refused("coll.calls", "record_contact", DAY, "13:00", "and a fourth is about to", **CALL)
    what = "a relative is called, and the debt named"
    story.refused("cf.collection.third_party", "record_contact", DAY, "13:10", what, **RELATIVE)
    what = "the same and nothing said of the debt, while the debtor can be reached"
    unnamed = {**RELATIVE, "debt_named": False}
    story.refused("cp.house.unreachable", "record_contact", DAY, "13:20", what, **unnamed)
    _stops(story)


def _stops(story: Story) -> None:
    taken = story.do(
        "take_customer_complaint",
        *(COMPLAINED, "10:00", "the debtor complains of the calls"),
        borrower=DEBTOR,
        channel="telephone",
        product="pay-later",
        issue="collection",
        words="三天接到四个电话，请停止。",
        received_on=COMPLAINED,
    )
    story.notes |= {"of calls": taken["complaint"], "of calls due": taken["due_on"]}
    what = "a collector calls all the same: nobody had to record a stop"
    story.refused("cp.house.collection.complaint", "record_contact", COMPLAINED, "14:00", what, **CALL)
