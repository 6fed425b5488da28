"""Complaints as they stand, the table of a month by product and cause, and the files with their last day of keeping.

Sources: CBIRC Order 2020 No. 3, arts. 26, 28; PBoC Order [2020] No. 5, arts. 36, 38, 44. Counted from the records, so
none is left out. Worked number: received on 2026-06-01 and answered on 06-17, a lender's complaint counts as received
and answered in June, and as answered late; its file is kept up to 2029-06-17.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import numpy as np

from benyuan.assurance.protection.duty_columns import Ints, State, states
from benyuan.consumer_protection.claims.deadlines import FILES, HOUSE, days_after, level_of
from benyuan.consumer_protection.claims.records import CUSTOMER_COMPLAINT
from benyuan.consumer_protection.claims.words import (
    ANSWER_NUMBER,
    CAUSE_NUMBER,
    CHANNEL_NUMBER,
    ISSUE_NUMBER,
    PRODUCT_NUMBER,
    REVIEW_NUMBER,
    WAY_NUMBER,
    Clock,
)
from benyuan.consumer_protection.customers import CUSTOMER
from benyuan.engine.group import Group
from benyuan.values.dates import MONTHS_A_YEAR, add_months, from_yyyymmdd

MONTH = 100
"""A day yyyymmdd without its last two digits is its month."""
WORDS = {
    "way": WAY_NUMBER,
    "channel": CHANNEL_NUMBER,
    "product": PRODUCT_NUMBER,
    "issue": ISSUE_NUMBER,
    "cause": CAUSE_NUMBER,
    "outcome": ANSWER_NUMBER,
    "review_outcome": REVIEW_NUMBER,
}


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """One complaint on a day; dates as yyyymmdd, 0 for none.

    `state`: open, overdue, done or late; `days_overdue` of an open one, `level` by the house's steps. `kept_until`: the
    last day on which its file is kept, 0 while it is open.
    """

    complaint: int
    customer: str
    clock: str
    way: str
    channel: str
    product: str
    issue: str
    cause: str
    against_partner: bool
    received_on: int
    passed_on: int
    from_on: int
    due_on: int
    expected_on: int
    steps: int
    state: str
    days_overdue: int
    level: int
    complainants: int
    representatives: int
    major: bool
    repeat_of: int
    evidence: int
    answered_on: int
    outcome: str
    redress_fen: int
    withdrawn_on: int
    review_asked_on: int
    review_due_on: int
    reviewed_on: int
    review_outcome: str
    fed_back_on: int
    kept_until: int
    position: int


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A month's complaints of one sort of customer about one product with one cause.

    `received`, `answered` and `withdrawn` are those of the month; `answered_late` among the answered; `overdue` and
    `open` stand at its end.
    """

    customers: str
    product: str
    cause: str
    received: int
    passed_on: int
    repeats: int
    major: int
    answered: int
    answered_late: int
    withdrawn: int
    reviews: int
    redress_fen: int
    open: int
    overdue: int


def complaints(group: Group, *, on: int) -> list[Complaint]:
    """All complaints received up to a day, as they stand at its end."""
    return [_complaint(group, number, row, on) for number, row in _rows(group) if row["received_on"] <= on]


def monthly(group: Group, *, month: int) -> list[Line]:
    """The table of a month (yyyymm), a line a product and cause; lines of noughts are left out."""
    held = group.records.tables[CUSTOMER_COMPLAINT.name]
    column = {name: held.column(name)[1 : held.count + 1] for name in CUSTOMER_COMPLAINT.columns}
    ended = np.where(column["answered_on"] != 0, column["answered_on"], column["withdrawn_on"])
    last = month * MONTH + 31
    state = states(arose_on=column["received_on"], due_on=column["due_on"], done_on=ended, on=last)
    kind = np.argmax(np.stack([column[name] != 0 for name in CUSTOMER]), axis=0) if held.count else np.zeros(0, int)
    keys = np.stack([kind, column["product"], column["cause"]], axis=1)
    each, place = np.unique(keys, axis=0, return_inverse=True)
    in_month = {name: column[name] // MONTH == month for name in ("received_on", "answered_on", "withdrawn_on")}
    late = (column["due_on"] != 0) & (column["answered_on"] > column["due_on"])
    figures = {
        "received": in_month["received_on"],
        "passed_on": in_month["received_on"] & (column["passed_on"] != 0),
        "repeats": in_month["received_on"] & (column["repeat_of"] != 0),
        "major": in_month["received_on"] & (column["major"] != 0),
        "answered": in_month["answered_on"],
        "answered_late": in_month["answered_on"] & late,
        "withdrawn": in_month["withdrawn_on"],
        "reviews": column["review_asked_on"] // MONTH == month,
        "redress_fen": np.where(in_month["answered_on"], column["redress_fen"], 0),
        "open": np.isin(state, (State.open, State.overdue)),
        "overdue": state == State.overdue,
    }
    sums = {name: _summed(values, place, len(each)) for name, values in figures.items()}
    said = [number for number in range(len(each)) if any(column[number] for column in sums.values())]
    return [_line(each[number].tolist(), sums, number) for number in said]


def _summed(values: Any, place: Ints, count: int) -> list[int]:
    total = np.zeros(count, np.int64)
    np.add.at(total, place.reshape(-1), np.asarray(values, np.int64))
    sums: list[int] = total.tolist()
    return sums


def _line(key: list[int], sums: Mapping[str, list[int]], number: int) -> Line:
    names = {field: {value: word for word, value in WORDS[field].items()} for field in ("product", "cause")}
    return Line(
        customers=CUSTOMER[key[0]],
        product=names["product"][key[1]],
        cause=names["cause"][key[2]],
        **{name: column[number] for name, column in sums.items()},
    )


def _rows(group: Group) -> Iterator[tuple[int, dict[str, int]]]:
    held = group.records.tables[CUSTOMER_COMPLAINT.name]
    for number in range(1, held.count + 1):
        yield number, {name: int(held.column(name)[number]) for name in held.table.columns}


def _complaint(group: Group, number: int, row: Mapping[str, int], on: int) -> Complaint:
    ended = row["answered_on"] or row["withdrawn_on"]
    one = {name: np.array([value]) for name, value in row.items()}
    state = State(int(states(arose_on=one["received_on"], due_on=one["due_on"], done_on=np.array([ended]), on=on)[0]))
    overdue = (from_yyyymmdd(on) - from_yyyymmdd(row["due_on"])).days if state is State.overdue else 0
    words: dict[str, Any] = {name: _word(of, row[name]) for name, of in WORDS.items()}
    customer = next(name for name in CUSTOMER if row[name])
    clock, pack = Clock(row["clock"]), group.regime.pack
    kept = set(Complaint.__struct_fields__) & set(row) - set(words) - {"clock", "against_partner", "major"}
    rest: dict[str, Any] = {name: row[name] for name in sorted(kept)}
    return Complaint(
        complaint=number,
        customer=f"{customer} {row[customer]}",
        clock=clock.name,
        against_partner=bool(row["against_partner"]),
        major=bool(row["major"]),
        expected_on=days_after(pack, rule=HOUSE, from_on=row["from_on"]) if clock is Clock.house else 0,
        state=state.name,
        days_overdue=overdue,
        level=level_of(pack, on=on, days_overdue=overdue) if overdue else 0,
        kept_until=kept_until(group, max(row["reviewed_on"], ended) if ended else 0),
        **words,
        **rest,
    )


def _word(numbers: Mapping[str, int], number: int) -> str:
    return {0: "", **{value: word for word, value in numbers.items()}}[number]


def kept_until(group: Group, closed_on: int) -> int:
    """The last day on which the file of a complaint closed on a day has to be kept; 0 where it is open."""
    if not closed_on:
        return 0
    first = group.regime.pack.rule(FILES).values[0].in_force  # a file closed before is kept as long
    years = group.regime.pack.value(id=FILES, on=max(closed_on, first)).count
    return add_months(closed_on, years * MONTHS_A_YEAR)


def over(group: Group, *, on: int) -> list[Complaint]:
    """The files whose time is over on a day."""
    return [each for each in complaints(group, on=on) if each.kept_until and each.kept_until < on]
