"""Who reads at the bureau and at the lender, on record before anybody reads: personnel give the roles, others read.

Sources: house rule gov.house.reading, on PBoC Order [2020] No. 5, art. 33. The counter may look for control, but in its
role at the bureau it has no authority for that purpose (cr.staff.authority), so its look is refused all the same.
"""

from typing import Any

from benyuan.simulate.bureau.world import BureauWorld
from benyuan.simulate.identities import identity_number
from benyuan.simulate.lender.opening import HOUR, OPENED
from benyuan.simulate.run import Session
from benyuan.simulate.tickets import at_us
from benyuan.values.dates import add_calendar_days

UNTIL = add_calendar_days(OPENED, 364)
PAST_ALL_CLIENTS = 900_000
"""From where on invented people are staff."""
OBJECTIONS, COUNTER, ASKER = "bureau objections", "bureau counter", "lender"
"""Logins."""


def hire(session: Session, bureau: BureauWorld, *, lender: int) -> None:
    """The bureau's personnel, its desk for objections and its counter; the lender's personnel and who asks."""
    bureau.staff |= _hired(
        session,
        {"sort": "bureau", "entity": bureau.bureau},
        personnel="bureau personnel",
        readers={OBJECTIONS: ("赵异议", "file", "complaint"), COUNTER: ("钱柜台", "file", "control")},
        first=PAST_ALL_CLIENTS,
    )
    bureau.staff |= _hired(
        session,
        {"sort": "lender", "entity": lender},
        personnel="lender personnel",
        readers={ASKER: ("信贷审批", "credit", "lending")},
        first=PAST_ALL_CLIENTS + 10,
    )


def _hired(
    session: Session, at: dict[str, Any], *, personnel: str, readers: dict[str, tuple[str, str, str]], first: int
) -> dict[str, int]:
    """The numbers of the readers by login."""
    names = {personnel: "孙人事", **{login: name for login, (name, _, _) in readers.items()}}
    begun, count = at_us(OPENED, 9 * HOUR), len(names)
    hired = session.give(
        "register_staff",
        begun,
        **{name: [item] * count for name, item in at.items()},
        document=["resident_id"] * count,
        number=[identity_number(first + place) for place in range(count)],
        full_name=list(names.values()),
        login=list(names),
    )
    assert all(each.accepted for each in hired), hired[0]
    staff = dict(zip(names, (int(each) for each in hired.results("staff")), strict=True))
    gives = staff[personnel]
    session.give("assign_role", begun, staff=[gives], area=["staff"], act=["maker"], from_date=[OPENED])
    granted = session.give_as(
        personnel,
        "grant_reading",
        begun,
        staff=[staff[login] for login in readers],
        kept=[kept for _, kept, _ in readers.values()],
        task=[task for _, _, task in readers.values()],
        from_date=[OPENED] * len(readers),
        until=[UNTIL] * len(readers),
        granted_by=[gives] * len(readers),
    )
    assert all(each.accepted for each in granted), granted[0]
    return {login: staff[login] for login in readers}
