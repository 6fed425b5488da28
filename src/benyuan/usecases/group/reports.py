"""Related parties that are reported within so many working days: of a new main shareholder, of who decides on business.

Source: PBoC Order [2023] No. 1, art. 19 ¶2, 3. Worked number: who comes to hold 5% on 2026-05-01 reports by 05-25,
fifteen working days on. What was so before the order began is not owed.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Case, Decided
from benyuan.decisions.words import truths
from benyuan.governance.related.duties import INSIDER, OWNER, working_days_on
from benyuan.governance.related.laws import LawNumber
from benyuan.governance.related.records import GOVERNANCE_DUTY, GOVERNANCE_DUTY_AROSE
from benyuan.governance.related.vocabulary import RelatedDuty
from benyuan.parties.bodies.records import BODY_BUSINESS
from benyuan.parties.bodies.vocabulary import BUSINESS_NUMBER, Business
from benyuan.parties.ownership.vocabulary import STAKE_NUMBER, Post, StakeSort
from benyuan.rules.quantities import PPM
from benyuan.rules.types import Rule
from benyuan.usecases.common import numbered, rows

HOLDING = BUSINESS_NUMBER[Business.financial_holding]
SHARES = STAKE_NUMBER[StakeSort.shares]


def does(field: str) -> Need:
    """What the body that a field names does."""
    return Need(table=BODY_BUSINESS, by=field, prefix="does")


def held_before(held: Mapping[str, NDArray[np.int64]], *, owner: int, on: int) -> Fraction:
    """The part of the shares that an owner holds, as recorded so far, on the day before which another begins.

    `held`: the columns of the table of stakes, of one owned body, in the order in which they were recorded.
    """
    places = np.flatnonzero((held["owner"] == owner) & (held["sort"] == SHARES) & (held["from_date"] <= on))
    if not len(places):
        return Fraction(0)
    last = max(places.tolist(), key=lambda place: (held["from_date"][place], place))
    return Fraction(int(held["part"][last]), int(held["whole"][last]))


def comes_to_main(
    held: Mapping[str, NDArray[np.int64]],
    rule: Rule,
    numbers: Sequence[int],
    *,
    owner: int,
    part: int,
    whole: int,
    from_date: int,
) -> bool:
    """Whether with `part` of `whole` in shares an owner comes to hold a main stake; `numbers`: all that are its own."""
    value = rule.in_force(on=from_date)
    if value is None:
        return False
    share = Fraction(value.parameters.ppm("share"), PPM)
    beside = sum((held_before(held, owner=each, on=from_date) for each in numbers if each != owner), Fraction(0))
    before = beside + held_before(held, owner=owner, on=from_date)
    return before < share <= beside + Fraction(part, whole)


def owner_owes(decided: Decided) -> list[Event]:
    """The report of who comes to hold a main stake in a holding company."""
    case, batch, facts = decided.case, decided.case.batch, decided.case.facts
    wanted = decided.accepted & (facts["does_business"] == HOLDING) & batch.equals("sort", StakeSort.shares.value)
    wanted &= facts["comes_to_main"] != 0
    return _owed(case, wanted, kind=RelatedDuty.report_owner, rule=OWNER, body="owned", about="owner")


def insider_owes(decided: Decided) -> list[Event]:
    """The report of who comes to decide on core business of a holding company."""
    wanted = decided.accepted & _decides(decided.case)
    return _owed(decided.case, wanted, kind=RelatedDuty.report_insider, rule=INSIDER, body="body", about="individual")


def _decides(case: Case) -> NDArray[np.bool_]:
    batch, rule = case.batch, case.rules.rule(INSIDER)
    begun = [rule.in_force(on=day) is not None for day in batch.integers("from_date").tolist()]
    wanted = (case.facts["does_business"] == HOLDING) & np.array(begun, np.bool_)
    wanted &= batch.equals("post", Post.decides_investments.value) & truths(batch, "holds")
    return np.asarray(wanted, np.bool_)


def _owed(case: Case, wanted: NDArray[np.bool_], *, kind: RelatedDuty, rule: str, body: str, about: str) -> list[Event]:
    batch = case.batch
    columns = {
        "id": numbered(wanted, case.facts.next_ids[GOVERNANCE_DUTY.name]),
        "kind": int(kind),
        "body": batch.integers(body),
        "about": batch.integers(about),
        "law": int(LawNumber.holding),
        "arose_on": batch.integers("from_date"),
        "due_on": _due(case, wanted, rule=rule),
        "done_on": 0,
    }
    return event(GOVERNANCE_DUTY_AROSE, rows(wanted, **columns))


def _due(case: Case, wanted: NDArray[np.bool_], *, rule: str) -> NDArray[np.int64]:
    due = [
        working_days_on(case.calendar, on=day, days=case.rules.value(id=rule, on=day).count) if each else 0
        for day, each in zip(case.batch.integers("from_date").tolist(), wanted.tolist(), strict=True)
    ]
    return np.array(due, np.int64)
