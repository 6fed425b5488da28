"""An objection that the bureau puts to a lender of the group: whose it is there, or a duty to find that out.

Sources: State Council Order 631, art. 25 (who furnished the data checks); a rule of the house
(`cp.house.objection.taken_in`). The lender has told the bureau its own number of the person with every inquiry, so
nothing personal is compared: the latest inquiry of its own about this file says who it is. Worked: file 7 was asked
about for borrower 3 and, after a mistake, for borrower 4: 4.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.claims.records import LENDER_OBJECTION, OBJECTION_PUT
from benyuan.consumer_protection.records import FIRM_DUTY, FIRM_DUTY_RAISED, PROTECTION_DUTY
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.consumer_protection.years import A_YEAR, FIRMS
from benyuan.credit_bureau.records import INQUIRY, MEMBER
from benyuan.decisions.books import Books
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Case
from benyuan.usecases.common import numbered, rows
from benyuan.usecases.protection.claims.shared import changed, raised

PUT_NEEDS = (
    Need(table=LENDER_OBJECTION, by="objection", prefix="put"),
    Need(table=PROTECTION_DUTY, by="put_duty", prefix="find"),
)
"""What the lender knows of an objection, and the duty to find out whose it is."""


def put_to(books: Books, *, subject: int, member: int) -> tuple[int, int]:
    """(the lender that a member is, its borrower of this file); 0 each where there is none, or none is known."""
    lender = int(books.column(MEMBER, "lender")[member])
    if lender == 0:
        return 0, 0
    asked = books.all_with(INQUIRY, "subject", subject)
    theirs = books.column(MEMBER, "lender")[books.column(INQUIRY, "member")[asked]] == lender
    customers = books.column(INQUIRY, "customer")[asked[theirs]]
    whose = books.column(BORROWER, "lender")
    known = [each for each in customers.tolist() if 0 < each < len(whose) and whose[each] == lender]
    return lender, known[-1] if known else 0


def put_events(case: Case, accepted: NDArray[np.bool_]) -> list[Event]:
    """What the lender knows of each from now on, and what it owes where that is not whose it is."""
    facts, batch = case.facts, case.batch
    lender, borrower = facts["put_lender"], facts["put_borrower"]
    to_lender = accepted & (lender != 0)
    owed = to_lender & (borrower == 0)
    duty = numbered(owed, facts.next_ids[PROTECTION_DUTY.name])
    number = batch.integers("objection")
    put = {"lender": lender, "borrower": borrower, "duty": duty, "put_on": batch.on, "taken_in_on": 0}
    nobody: dict[str, Any] = dict.fromkeys(("person", "borrower", "subject", "due_on"), 0)
    about = {"kind": int(DutyKind.take_in_objection), "about": number, "arose_on": batch.on}
    firm = {name: lender if name == "lender" else 0 for name in FIRMS}
    row = numbered(owed, facts.next_ids[FIRM_DUTY.name])
    owner = {"kind": int(DutyKind.take_in_objection), "year": batch.on // A_YEAR, "duty": duty, **firm}
    return [
        *event(OBJECTION_PUT, rows(to_lender, id=number, position=batch.position, **put)),
        *raised(owed, id=duty, **about, **nobody),
        *event(FIRM_DUTY_RAISED, rows(owed, id=row, **owner)),
    ]


def found_out(case: Case, accepted: NDArray[np.bool_]) -> list[Event]:
    """The duty to find out whose it is is over; one that is done already stays as it was."""
    return changed(accepted & (case.facts["find_done_on"] == 0), duty=case.facts["put_duty"], done_on=case.batch.on)
