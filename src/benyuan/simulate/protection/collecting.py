"""Calls about an overdue debt by the debtor's clock on record, how many, to whom; and a complaint that stops them.

Sources: GB/T 45251-2025 (`coll.hours`, `coll.calls`), Order 2024 No. 4 art. 56, rules of the house for the zone, what
is overdue, plans and the stop. Worked number: at 21:00:00 in China it is 22:00:00 at the debtor's, an hour east, and no
call is made. The complaint of 08-06 is answered on 08-22 at 15:00, and a call may be made again at 15:01.
"""

from typing import Any

from benyuan.simulate.protection.borrowing import DEBTOR, DEBTORS_LOAN
from benyuan.simulate.protection.opening import digest_of
from benyuan.simulate.protection.world import Story

MOVED, REMINDED, NIGHT, DAY, COMPLAINED = 20260801, 20260802, 20260803, 20260804, 20260806
ZONE, CLAIMED_ZONE = 540, 480
"""Minutes east of Greenwich where the debtor is, an hour before China; and what somebody says instead."""
CALL: dict[str, Any] = {
    "borrower": DEBTOR,
    "loan": DEBTORS_LOAN,
    "means": "call",
    "debt_named": True,
    "effective": True,
}
RELATIVE = {**CALL, "addressee": "other", "named_by_debtor": True}
GUARANTOR = {**CALL, "addressee": "guarantor"}


def collect(story: Story) -> None:
    """Five days; the first instalment of the debtor's loan was due on the second of August."""
    moved: dict[str, Any] = {"zone": ZONE, "moved_on": MOVED, "evidence": digest_of("lease")}
    what = f"borrower {DEBTOR} has moved an hour east of China, and shows the lease"
    story.do("record_borrower_zone", MOVED, "18:00", what, borrower=DEBTOR, **moved)
    what = "is called about a loan whose first instalment is due today"
    story.refused("cp.house.collection.overdue", "record_contact", REMINDED, "20:00", what, **CALL)
    what = f"on the next day borrower {DEBTOR} is called at 21:59:59 of their clock"
    story.do("record_contact", NIGHT, "20:59:59", what, **CALL)
    story.refused("coll.hours", "record_contact", NIGHT, "21:00:00", "and at 22:00:00 of it", **CALL)
    what = "a collector says that it is an hour earlier where the debtor is"
    elsewhere = {**CALL, "zone": CLAIMED_ZONE}
    story.refused("cp.house.debtor.zone", "record_contact", NIGHT, "21:00:01", what, **elsewhere)
    for number, time in enumerate(("09:00", "10:00", "11:00"), 1):
        what = "the next day three calls reach the debtor" if number == 1 else ""
        story.do("record_contact", DAY, time, what, **CALL)
    story.refused("coll.calls", "record_contact", DAY, "13:00", "and a fourth is about to", **CALL)
    what = "a guarantor is called, and nobody guarantees the loan"
    story.refused("cf.collection.third_party", "record_contact", DAY, "13:05", what, **GUARANTOR)
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
