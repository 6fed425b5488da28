"""The mornings on which the lender furnishes: notices first, then accounts, and after a month's end the months.

After the close of August it makes a mistake that is planted here: `plant` alters one record before it is furnished, so
that a client who had paid is told of as late. Everything else is furnished as the books stand.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.bureau.lender_furnishing import (
    LenderFurnished,
    furnish_accounts,
    furnish_lender,
    is_last_of_month,
    ready_months,
    send_months,
    untold,
)
from benyuan.credit_bureau.records import CREDIT_LINE
from benyuan.credit_bureau.vocabulary import ACCOUNT_TYPE_NUMBER, STATUS_NUMBER, AccountType, MonthStatus
from benyuan.simulate.bureau.world import BureauWorld
from benyuan.simulate.lender.opening import HOUR
from benyuan.simulate.lender.world import LenderWorld
from benyuan.simulate.run import Session
from benyuan.simulate.tickets import at_us
from benyuan.values.dates import add_calendar_days

MISTAKEN_MONTH = 202608
WORDS = "您有款项逾期未还。如不还清，我司将于今日向征信机构报送该逾期信息。"
NORMAL, LATE = STATUS_NUMBER[MonthStatus.normal], STATUS_NUMBER[MonthStatus.late_1]


def furnish(session: Session, world: LenderWorld, bureau: BureauWorld, *, day: int) -> None:
    """At eight, after the close of the day before."""
    closed, at = add_calendar_days(day, -1), at_us(day, 8 * HOUR)
    places = {"bureau": bureau.bureau, "member": bureau.member}
    if not is_last_of_month(closed):
        bureau.furnished.append(furnish_lender(session.group, lender=world.lender, date=closed, at=at, **places))
        return
    _tell(session, world, bureau, closed=closed, at=at)
    one = {**places, "lender": world.lender, "date": closed}
    accounts, unconsented = furnish_accounts(session.group, at=at, **one)
    ready = ready_months(session.group, **one)
    records = ready.records
    if closed // 100 == MISTAKEN_MONTH:
        records = plant(session, world, bureau, records, day=day)
    taken, away = send_months(session.group, records, at=at, **places)
    counts = {"accounts": accounts, "unconsented": unconsented, "months": taken, "untold": ready.untold}
    bureau.furnished.append(LenderFurnished(date=closed, turned_away=away, **counts))


def _tell(session: Session, world: LenderWorld, bureau: BureauWorld, *, closed: int, at: int) -> None:
    """Everybody who is late and was not told of it is told before it is furnished."""
    loans, accounts = untold(session.group, lender=world.lender, date=closed)
    count = len(loans) + len(accounts)
    if count:
        bureau.told += count
        session.give(
            "tell_arrears",
            at,
            loan=[*loans, *([0] * len(accounts))],
            account=[*([0] * len(loans)), *accounts],
            means=["message"] * count,
            words=[WORDS] * count,
        )


def plant(
    session: Session, world: LenderWorld, bureau: BureauWorld, records: NDArray[Any], *, day: int
) -> NDArray[Any]:
    """PLANTED: the first pay-later client who had paid the whole statement is furnished as late, notice and all."""
    lines = session.group.records.tables[CREDIT_LINE.name]
    card = lines.column("type")[records["account"]] == ACCOUNT_TYPE_NUMBER[AccountType.credit_card.value]
    paid = (records["status"] == NORMAL) & (records["due_fen"] > 0) & (records["paid_fen"] >= records["due_fen"])
    found = np.flatnonzero(card & paid)
    if not len(found):
        return records
    place, told = int(found[0]), bureau.mistake
    told.account, told.month = int(records["account"][place]), MISTAKEN_MONTH
    told.subject = int(lines.column("subject")[told.account])
    told.client = int(np.flatnonzero(bureau.subject == told.subject)[0])
    told.furnished_on, told.right = day, records[place : place + 1].copy()
    notice = session.give(
        "tell_arrears",
        at_us(day, 8 * HOUR),
        account=[int(world.account[told.client])],
        means=["message"],
        words=[WORDS],
    )
    wrong = records.copy()
    wrong["status"][place], wrong["terms_overdue"][place] = LATE, 1
    wrong["overdue_fen"][place], wrong["paid_fen"][place] = wrong["due_fen"][place], 0
    wrong["notified_on"][place], wrong["notice"][place] = day, int(notice.position[0])
    return wrong
