"""What shows whether the sample group's shareholders and directors are fit: invented papers, one of each kind amiss.

Sources: PBoC Order [2020] No. 4, arts. 8 to 12; PBoC Order [2021] No. 2, arts. 6, 10 to 12, 23. Worked number: a
director is fined by an authority on 20261030, which bars him up to 20291030 and is to be reported by 20261106.
"""

from typing import Any

from benyuan.holding_company.conditions import BACKGROUNDS, Condition, Role, conditions_of
from benyuan.simulate.group.bodies import (
    BEGAN,
    DIRECTORS,
    FOUNDER,
    FRIEND,
    HOLDING,
    INDEPENDENT,
    INVENTED,
    MEMBER,
    OWNER,
)
from benyuan.simulate.telling import Telling

GRADUATED, WORKED = 20050701, 20100101
ENDED, FINED = 20260930, 20261030
EXPIRED = (FRIEND, Condition.record)
FAILED = (FRIEND, Condition.pending)
BARRED = (DIRECTORS[1], Condition.sanctioned)
ASKED = (
    *((OWNER, {Role.controller}, False), (FOUNDER, {Role.controller}, True), (FRIEND, {Role.minor}, False)),
    *((person, {Role.leads}, True) for person in DIRECTORS),
    *((person, {Role.leads, Role.independent}, True) for person in INDEPENDENT),
)
"""Who is asked, as what, and whether it is an individual."""
WITHOUT = {(MEMBER, Condition.group_post), (MEMBER, Condition.business_tie)}
"""Of which nobody has shown anything."""


def show_papers(story: Telling, day: int) -> None:
    """Degrees and years at work; a paper on each condition but two; what has ended, says no, or bars."""
    for person in (*DIRECTORS, *INDEPENDENT):
        graduated: dict[str, Any] = {"individual": person, "degree": "bachelor", "from_date": GRADUATED}
        story.do("record_education", day, "09:50", **graduated, **INVENTED)
        worked: dict[str, Any] = {"individual": person, "work": "finance", "from_date": WORKED}
        story.do("record_career", day, "09:50", **worked, **INVENTED)
    asked = [(who, each) for who, roles, alone in ASKED for each in conditions_of(roles, individual=alone)]
    asked += [(DIRECTORS[0], each) for each in (BACKGROUNDS[0], BACKGROUNDS[2])]
    for who, condition in asked:
        if (who, condition) not in {*WITHOUT, EXPIRED, FAILED}:
            _show(story, day, who, condition)
    what = "a shareholder's paper on clean records was good until 2026-09-30, and its renewal is overdue"
    _show(story, day, *EXPIRED, what=what, until=ENDED)
    _show(story, day, *FAILED, what="one that says no: a suit could end the shareholder's business", met=False)
    director, sanctioned = BARRED
    barred: dict[str, Any] = {"who": director, "condition": sanctioned.value, "authority": "示例监管机构"}
    what = "a director is fined: barred for three years, and to be reported in five working days"
    story.do("record_adverse_fact", day, "09:53", what, from_date=FINED, over_on=FINED, **barred, **INVENTED)


def _show(
    story: Telling, day: int, who: int, condition: Condition, *, what: str = "", met: bool = True, until: int = 0
) -> None:
    paper: dict[str, Any] = {"holding": HOLDING, "who": who, "condition": condition.value, "met": met, "until": until}
    by = {"issuer": "示例出具人", "judged_by": "示例审核人", "from_date": BEGAN}
    story.do("record_fitness_evidence", day, "09:52", what, **paper, **by, **INVENTED)
