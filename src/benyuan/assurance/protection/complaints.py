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
from benyuan.consumer_protection.claims.deadlines import FILES, aims, level_of
from benyuan.consumer_protection.claims.records import COMPLAINT_FURTHER, CUSTOMER_COMPLAINT
from benyuan.consumer_protection.claims.words import (
    ANSWER_NUMBER,
    CAUSE_NUMBER,
    CHANNEL_NUMBER,
    COMPLAINANT_NUMBER,
    ISSUE_NUMBER,
    PRODUCT_NUMBER,
    REVIEW_NUMBER,
    WAY_NUMBER,
    Clock,
)
from benyuan.consumer_protection.customers import CUSTOMER
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.engine.group import Group
from benyuan.values.dates import MONTHS_A_YEAR, add_months, from_yyyymmdd

MONTH = 100
"""A day yyyymmdd without its last two digits is its month."""
WORDS = {
    "made_by": COMPLAINANT_NUMBER,
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

    `state`: open, overdue, past_aim, done or late; `days_overdue` of an open one, by the law's day or else the house's,
    `level` by the house's steps. `first_due_on`: the last day as it was at first, `restarts`: how often new facts began
    the days anew. `made_by`: who brought it. `redress_fen` by the answer, `review_redress_fen` by a review beyond it,
    `redress_paid_fen` of both. `kept_until`: the last day on which its file is kept, 0 while it is open.
    """

    complaint: int
    customer: str
    made_by: str
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
    first_due_on: int
    restarts: int
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
    review_redress_fen: int
    redress_paid_fen: int
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

    `received`, `answered` and `withdrawn` are those of the month; `answered_late` among the answered; `open`, and of it
    `overdue` and `past_aim`, stand at its end. `redress_fen`: by its answers, `review_redress_fen`: by its reviews. The
    cause is the one that was known at the month's end, so that what is found later changes no closed month.
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
    review_redress_fen: int
    open: int
    overdue: int
    past_aim: int


def complaints(group: Group, *, on: int) -> list[Complaint]:
    """All complaints received up to a day, as they stand at its end."""
    return [_complaint(group, number, row, on) for number, row in _rows(group) if row["received_on"] <= on]


def monthly(group: Group, *, month: int) -> list[Line]:
    """The table of a month (yyyymm), a line a product and cause; lines of noughts are left out."""
    held = group.records.tables[CUSTOMER_COMPLAINT.name]
    column = {name: held.column(name)[1 : held.count + 1] for name in CUSTOMER_COMPLAINT.columns}
    ended = np.where(column["answered_on"] != 0, column["answered_on"], column["withdrawn_on"])
    last = month * MONTH + 31
    aim_on = _aims(group, column)
    state = states(arose_on=column["received_on"], due_on=column["due_on"], done_on=ended, on=last, aim_on=aim_on)
    more = _further(group, held.count)
    found = (column["answered_on"] != 0) & (column["answered_on"] // MONTH <= month)
    cause = np.where(found | (more["made_by"] == 0), column["cause"], more["cause_at_first"])
    kind = np.argmax(np.stack([column[name] != 0 for name in CUSTOMER]), axis=0) if held.count else np.zeros(0, int)
    keys = np.stack([kind, column["product"], cause], axis=1)
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
        "review_redress_fen": np.where(column["reviewed_on"] // MONTH == month, more["review_redress_fen"], 0),
        "open": np.isin(state, (State.open, State.overdue, State.past_aim)),
        "overdue": state == State.overdue,
        "past_aim": state == State.past_aim,
    }
    sums = {name: _summed(values, place, len(each)) for name, values in figures.items()}
    said = [number for number in range(len(each)) if any(column[number] for column in sums.values())]
    return [_line(each[number].tolist(), sums, number) for number in said]


def _aims(group: Group, column: Mapping[str, Ints]) -> Ints:
    """The house's days of complaints without a day of law."""
    kind = np.full(len(column["clock"]), DutyKind.answer_complaint, np.int64)
    found = aims(group.regime.pack, kind=kind, arose_on=column["from_on"])
    return np.where(column["clock"] == Clock.house, found, 0)


def _further(group: Group, count: int) -> dict[str, Ints]:
    """What else is on record of each complaint; noughts of one in a log before there was such a record."""
    held = group.records.tables[COMPLAINT_FURTHER.name]
    places = held.places(np.arange(1, count + 1), on=0)
    return {name: held.column(name)[places] for name in COMPLAINT_FURTHER.columns}


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
    more = _further(group, held.count)
    for number in range(1, held.count + 1):
        row = {name: int(held.column(name)[number]) for name in held.table.columns}
        yield number, {**{name: int(column[number - 1]) for name, column in more.items()}, **row}


def _complaint(group: Group, number: int, row: Mapping[str, int], on: int) -> Complaint:
    ended = row["answered_on"] or row["withdrawn_on"]
    one = {name: np.array([value]) for name, value in row.items()}
    aim_on = _aims(group, one)
    done = {"done_on": np.array([ended]), "aim_on": aim_on}
    state = State(int(states(arose_on=one["received_on"], due_on=one["due_on"], on=on, **done)[0]))
    last, passed = row["due_on"] or int(aim_on[0]), state in (State.overdue, State.past_aim)
    overdue = (from_yyyymmdd(on) - from_yyyymmdd(last)).days if passed else 0
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
        expected_on=int(aim_on[0]),
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
