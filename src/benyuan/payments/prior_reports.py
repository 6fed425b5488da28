"""Matters that are reported or announced before they take effect, and how long before.

Sources: 银发〔2021〕198号, arts. 5 and 9; PBoC Announcement [2015] No. 43, arts. 30 and 31. Worked number: what is
reported on 1 May 2026 thirty calendar days before may take effect on 31 May, what is announced five working days
before on 11 May.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.usecase import Case, Gate
from benyuan.payments.vocabulary import Matter
from benyuan.rules import RuleValue
from benyuan.values.dates import add_calendar_days

PRIOR, INNOVATION, PAUSE = "pay.report.prior", "pay.report.innovation", "pay.notice.suspend"
PARTS = 1_000_000
LONG = frozenset(
    {
        Matter.share_issue,
        Matter.owner_listing,
        Matter.innovation,
        Matter.cross_border_partner,
        Matter.major_partner,
        Matter.foreign_business,
    }
)
"""Art. 5, items 1 to 4: the longer time, in calendar days."""
FROM_A_SHARE = {Matter.asset_pledge: "pledged", Matter.guarantees: "guaranteed", Matter.investment: "invested"}
"""Reported from a share of net worth on, and the rule's name for the share."""
ONLINE = frozenset({Matter.innovation, Matter.cross_border_partner, Matter.end_of_service})
"""Announcement [2015] No. 43, art. 31."""
MATTERS: Mapping[str, frozenset[Matter]] = {
    PRIOR: frozenset(Matter) - {Matter.end_of_service, Matter.service_pause, Matter.individual_sellers},
    INNOVATION: ONLINE,
    PAUSE: frozenset({Matter.service_pause}),
}


def reaches(plan: Mapping[str, Any], value: RuleValue) -> bool:
    """Whether a matter is large enough against net worth; one without such a bound always is."""
    if plan["matter"] not in FROM_A_SHARE:
        return True
    share = value.parameters.ppm(FROM_A_SHARE[plan["matter"]])
    return bool(plan["amount_fen"] * PARTS >= plan["net_worth_fen"] * share)


def asked(case: Case, rule: str) -> NDArray[np.bool_]:
    """Where the rule asks for a report before."""
    found = np.array([matter in MATTERS[rule] for matter in case.batch.values("matter")], np.bool_)
    if rule == PRIOR:
        for place in np.flatnonzero(found).tolist():
            found[place] = reaches(case.batch.row(place), case.rules.value(id=rule, on=case.batch.on))
    return found


def earliest_on(case: Case, rule: str, place: int) -> int:
    """The first day on which a matter that is reported today may take effect."""
    value, on = case.rules.value(id=rule, on=case.batch.on), case.batch.on
    if rule == PAUSE:
        return case.calendar.add_working_days(on, value.count)
    if rule == PRIOR and case.batch.values("matter")[place] not in LONG:
        return case.calendar.add_working_days(on, value.parameters.count("others"))
    return add_calendar_days(on, value.count)


def early_enough(case: Case, rule: str) -> NDArray[np.bool_]:
    """Where a matter takes effect on the earliest day or later, or the rule does not ask."""
    passes = np.ones(len(case.batch), np.bool_)
    takes_effect_on = case.batch.integers("takes_effect_on")
    for place in np.flatnonzero(asked(case, rule)).tolist():
        passes[place] = takes_effect_on[place] >= earliest_on(case, rule, place)
    return passes


def before_gate(rule: str) -> Gate:
    """The gate of one of the three rules."""
    return Gate(
        rule=rule,
        passes=lambda case: early_enough(case, rule),
        figures=lambda case, place: {
            "takes_effect_on": int(case.batch.integers("takes_effect_on")[place]),
            "earliest_on": earliest_on(case, rule, place) if asked(case, rule)[place] else "any",
        },
        applies=lambda case: asked(case, rule),
    )
