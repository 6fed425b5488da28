"""The bureau's duties on a day: open, done, done late, or passed without being done, which is a breach of the law.

Sources: as in `credit_bureau/redress/rules.py`. A duty without a legal day is never a breach; by when the house expects
it is shown beside it. Worked number: due on 2026-05-30, on 2026-05-28 an open duty has 2 days left, on 05-31 it is
overdue by 1.
"""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from benyuan.credit_bureau.records import BUREAU_DUTY
from benyuan.credit_bureau.redress.rules import HOUSE_RULE_OF, RULE_OF, due_on
from benyuan.credit_bureau.redress.words import DONE_BY
from benyuan.credit_bureau.vocabulary import DutyKind
from benyuan.engine.group import Group
from benyuan.rules import RulePack
from benyuan.values.dates import from_yyyymmdd


class State(StrEnum):
    """How a duty stands."""

    open = "open"
    done = "done"
    done_late = "done late"
    overdue = "overdue"


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """One duty on a day; dates as yyyymmdd, 0 for none.

    `member`: for an answer the one at whose door the objection came in (0: the bureau's own), else who is to be told or
    was shown the score. `expected_on`: by when the house expects it, where the law names no day. `days_left` is below 0
    where the day is over; `breach`: the law's day has passed, though it may have been done since.
    """

    duty: int
    bureau: int
    kind: str
    subject: int
    about: int
    member: int
    arose_on: int
    due_on: int
    expected_on: int
    done_on: int
    state: State
    days_left: int
    breach: bool
    behind: bool
    rule: str
    document: str
    article: str
    status: str
    done_by: str


def duties(group: Group, *, on: int, bureau: int = 0) -> list[Duty]:
    """All duties that had arisen by a day (yyyymmdd), as they stood at its end; of one bureau, or of all (0)."""
    return list(_duties(group, on=on, bureau=bureau))


def _duties(group: Group, *, on: int, bureau: int) -> Iterator[Duty]:
    held, pack = group.records.tables[BUREAU_DUTY.name], group.regime.pack
    for number in range(1, held.count + 1):
        row = {name: int(held.column(name)[number]) for name in held.table.columns}
        if row["arose_on"] <= on and bureau in (0, row["bureau"]):
            yield duty_of(pack, number, row, on=on)


def duty_of(pack: RulePack, number: int, row: dict[str, int], *, on: int) -> Duty:
    """One row on a day."""
    kind = DutyKind(row["kind"])
    done = row["done_on"] if row["done_on"] <= on else 0
    house, due = expected_on(pack, kind, row["arose_on"]), row["due_on"]
    passed, late = due != 0 and (done or on) > due, house != 0 and (done or on) > house
    value = pack.in_force(id=RULE_OF[kind], on=max(row["arose_on"], 1))
    last = due or house
    return Duty(
        duty=number,
        kind=kind.name,
        **{name: row[name] for name in ("bureau", "subject", "about", "member", "arose_on", "due_on")},
        expected_on=house,
        done_on=done,
        state=_state(done=done, passed=passed),
        days_left=days_between(on, last) if last and not done else 0,
        breach=passed,
        behind=late,
        rule=RULE_OF[kind],
        document=value.cite.document if value else "",
        article=f"{value.cite.article or ''}{value.cite.item or ''}" if value else "",
        status=str(value.status) if value else "",
        done_by=DONE_BY[kind],
    )


def expected_on(pack: RulePack, kind: DutyKind, arose_on: int) -> int:
    """By when the house expects a duty that the law gives no days; 0 for others."""
    rule = HOUSE_RULE_OF.get(kind)
    if rule is None or pack.in_force(id=rule, on=arose_on) is None:
        return 0
    return due_on(pack, rule=rule, from_on=arose_on)


def days_between(first: int, last: int) -> int:
    """Calendar days from one day (yyyymmdd) to another; below 0 where the other is earlier."""
    return (from_yyyymmdd(last) - from_yyyymmdd(first)).days


def _state(*, done: int, passed: bool) -> State:
    if done:
        return State.done_late if passed else State.done
    return State.overdue if passed else State.open
