"""A town whose records grow old, and what is asked about them."""

from typing import Any

from benyuan.assurance.retention import due
from benyuan.decisions.outcomes import Answer
from benyuan.engine.verify import Report, verify
from benyuan.payments.retention.sorts import Sort
from benyuan.payments.vocabulary import (
    Channel,
)
from benyuan.usecases import USE_CASES
from benyuan.usecases.close_wallet import CloseAccount
from benyuan.usecases.erase_records import Erase
from benyuan.usecases.issue_code import IssueCode
from benyuan.usecases.judge_case import Judge
from benyuan.usecases.open_case import Suspect
from benyuan.usecases.pay import Pay
from tests.unit.engine.groups import MORNING, Desk, found_town, in_memory
from tests.unit.ledger.books import SECOND, china

LAST, AFTER = china("2036-05-01T12:00"), china("2036-05-02T00:00")
"""The last day of the ten years from May Day 2026, and the first instant after it."""
FIVE_LAST, FIVE_AFTER = china("2031-05-01T23:59"), china("2031-05-02T00:00")
START = 20260501


def town(*, people: int = 2) -> Desk:
    return found_town(in_memory(), people=people)


def held(desk: Desk) -> Report:
    """`verify`, which must find nothing."""
    report = verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES)
    assert report.ok, (report.faults, report.differences)
    return report


def count(desk: Desk, sort: Sort, *, on: int) -> int:
    return next(row.count for row in due(desk.group, on=on) if row.sort == sort)


def reasons(desk: Desk, sort: Sort, *, on: int) -> dict[str, int]:
    return dict(next(row.held for row in due(desk.group, on=on) if row.sort == sort))


def asked(desk: Desk, sort: Sort, date: int = START, *, at: int = AFTER) -> Answer:
    desk.now = at
    return desk.one(Erase(sort=sort, date=date))


def closed(desk: Desk) -> Desk:
    desk.done(CloseAccount(wallet=1, bank_account=3))
    return desk


def with_code(desk: Desk) -> Desk:
    desk.done(IssueCode(wallet=1, payer_code=77, expires_at=MORNING + 60 * SECOND))
    by_code: dict[str, Any] = {"channel": Channel.payer_code, "authentication": "two_kinds"}
    desk.done(Pay(payer=1, merchant=1, amount_fen=100, payer_code=77, **by_code))
    return desk


def suspect() -> Suspect:
    return Suspect(institution=1, happened_on=START, person=1, grounds="odd")


def judged() -> Judge:
    return Judge(case=1, verdict="confirmed", analyst="li", analysis="for reasons")  # type: ignore[arg-type]
