"""The bureau's commands of a time, counted from the log itself: what was asked, what came of it, what was erased.

Nothing is read from tables here but whose bureau a command was at, so whoever has the log counts the same again. A
range of positions and the hash of its last block say which log that is.
Worked number: a file of 100 months of which 3 are turned away is one command, 97 records taken and 3 turned away.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import (
    BUREAU_CASE,
    BUREAU_DUTY,
    COMPLAINT,
    CONSENT,
    CREDIT_LINE,
    MEMBER,
    OBJECTION,
    PARCEL,
    REVIEW,
)
from benyuan.decisions.events import ERASES, Erased
from benyuan.decisions.facts import Table
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.blocks import Block
from benyuan.engine.group import Group
from benyuan.engine.reading import Opened
from benyuan.usecases.bureau import BUREAU
from benyuan.values.dates import day_begins_at, day_ends_at, local_day

INQUIRE = "inquire"
KINDS = {case.command.kind for case in BUREAU}
OWNERS: Mapping[str, Table] = {
    "member": MEMBER,
    "objection": OBJECTION,
    "complaint": COMPLAINT,
    "duty": BUREAU_DUTY,
    "review": REVIEW,
    "consent": CONSENT,
    "parcel": PARCEL,
    "account": CREDIT_LINE,
    "case": BUREAU_CASE,
}
"""The rows by which a command that names no bureau is known to be one's, in the order in which they are asked."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts over a range of log positions; keys are texts, those of one thing with `: ` between their parts.

    `outcomes` by kind of command and outcome; `asked`: inquiries by purpose and by member, with their outcome;
    `refused` by kind and rule; `turned_away` by kind and reason; `records` taken by kind; `erased`: records and
    payloads by kind of command; `erased_at`: the positions of the commands that erased.
    """

    first_position: int
    last_position: int
    head: str
    outcomes: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    turned_away: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    erased: Counter[str] = field(default_factory=Counter)
    erased_at: list[int] = field(default_factory=list)
    cited: dict[str, tuple[str, str]] = field(default_factory=dict)


def tally(group: Group, *, bureau: int, first: int, last: int) -> Tally:
    """The commands at a bureau from one day (yyyymmdd) to another, both included."""
    begin = group.reader.positions_before(at=day_begins_at(first)) + 1
    made = Tally(first_position=begin, last_position=begin - 1, head="")
    for block in _blocks(group, begin):
        if local_day(block.last_at) > last:
            break
        made.last_position = block.first_position + block.commands - 1
        made.head = block.hash.hex()
        if block.kind in KINDS:
            opened = Opened(block)
            _count(made, opened, _mine(group, opened, bureau))
    return made


def position_at_end(group: Group, day: int) -> int:
    """The last log position of a day (yyyymmdd)."""
    return group.reader.positions_before(at=day_ends_at(day))


def _blocks(group: Group, position: int) -> Iterator[Block]:
    """The blocks from a position on; what is in those of other kinds of command is not decoded."""
    first = group.store.block_of_position(position)
    return group.store.blocks(after=first.seq - 1) if first is not None else iter(())


def _mine(group: Group, opened: Opened, bureau: int) -> NDArray[np.bool_]:
    """Which commands of a block are at the bureau; one that names nothing that exists is at none."""
    columns, count = opened.batch().columns, opened.block.commands
    if "bureau" in columns:
        return np.asarray(_numbers(columns["bureau"], count) == bureau, np.bool_)
    for name, table in OWNERS.items():
        if name in columns:
            of = group.records.tables[table.name].column("bureau")
            ids = _numbers(columns[name], count)
            return np.asarray(of[np.where((ids > 0) & (ids < len(of)), ids, 0)] == bureau, np.bool_)
    return np.full(count, opened.block.kind == "register_bureau")


def _numbers(column: object, count: int) -> NDArray[np.int64]:
    return column if isinstance(column, np.ndarray) else np.zeros(count, np.int64)


def _count(made: Tally, opened: Opened, mine: NDArray[np.bool_]) -> None:
    kind, status = opened.block.kind, opened.status
    for outcome in Outcome:
        if count := int(np.count_nonzero(mine & (status == outcome))):
            made.outcomes[f"{kind}: {outcome.name}"] += count
    if kind == INQUIRE:
        _count_asked(made, opened, mine)
    for place, refusal in opened.outcome["refusals"].items():
        if mine[int(place)]:
            made.refused[f"{kind}: {refusal['rule_id']}"] += 1
            made.cited[refusal["rule_id"]] = (refusal["document"], _article(refusal))
    if mine.any():
        _count_records(made, opened)
        _count_erased(made, opened)


def _count_asked(made: Tally, opened: Opened, mine: NDArray[np.bool_]) -> None:
    """Inquiries of members; one whose fields were bad may have no purpose that is known."""
    columns, count = opened.batch().columns, opened.block.commands
    members, purposes = _numbers(columns["member"], count).tolist(), columns["purpose"]
    for place in np.flatnonzero(mine).tolist():
        outcome = Outcome(int(opened.status[place])).name
        made.asked[f"purpose {purposes[place]}: {outcome}"] += 1
        made.asked[f"member {members[place]}: {outcome}"] += 1


def _article(refusal: Mapping[str, str | None]) -> str:
    return f"{refusal.get('article') or ''}{refusal.get('item') or ''}"


def _count_records(made: Tally, opened: Opened) -> None:
    """What came in parcels; such a command stands alone in its block."""
    kind = opened.block.kind
    if "pages" not in opened.body:
        return
    if opened.status[0] == Outcome.accepted:
        made.records[kind] += int(opened.integers("results", "records")[0])
    for each in opened.body["turned_away"]:
        reason = each.get("rule") or f"{each.get('field')}, wanted {each.get('constraint')}"
        made.turned_away[f"{kind}: {reason}"] += each["count"]


def _count_erased(made: Tally, opened: Opened) -> None:
    """By the events; of records, whose pages alone an event names, the command's own result says how many."""
    kind, results = opened.block.kind, opened.outcome["results"]
    for event in opened.outcome["events"]:
        what = ERASES.get((event["kind"], event["version"]))
        if what is None:
            continue
        result = "erased" if "erased" in results else "records"  # what was moved is erased where it was
        told = opened.integers("results", result).sum() if what is Erased.records else event["rows"]
        made.erased[f"{kind}: {what.value}"] += int(told)
        made.erased_at.append(opened.block.first_position)
