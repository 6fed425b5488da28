"""A group with customers of each sort: person 1 of institution 1, borrowers 1 and 2 of lender 1, subject 1 of bureau 1.

Borrower 1 has pay-later account 1, borrower 2 account 2; as debtors both owe on it since 2026-04-28. The day moves on
with what is asked.
"""

import datetime as dt
from typing import Any

from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Answer, Outcome
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.simulate.identities import credit_code
from benyuan.usecases import USE_CASES
from tests.unit.bureau.bureaus import particulars
from tests.unit.engine.groups import words_unkept
from tests.unit.lending.accounts import lender_in_town, purchase
from tests.unit.lending.lenders import Lender

TEXT, OTHER_TEXT, THIRD_TEXT = "a" * 64, "b" * 64, "c" * 64
MARKETING = {"sort": "marketing", "text_zh": "新产品上线，回复退订可拒收", "way_out": "回复退订"}
DEBTOR: dict[str, Any] = {"borrower": 1, "account": 1, "means": "call", "debt_named": True, "effective": True}


def group_of_customers() -> Lender:
    """See the top of this file."""
    group = lender_in_town()
    group.do("register_bureau", name="Benyuan Credit")
    group.do("identify_subject", bureau=1, **particulars(1))
    return group


def group_of_debtors() -> Lender:
    """The same, and on both accounts a purchase of 2026-04-03 that nobody has paid: overdue from 04-29 on."""
    group = group_of_customers()
    for account in (1, 2):
        purchase(group, account=account)
    return group


def moves(group: Lender, zone: int, *, at: int | str = "2026-05-01T09:00:00", **fields: Any) -> int:
    """Borrower 1, or who is named otherwise, is on record in a zone; the number of the record."""
    told = {"borrower": 1, "zone": zone, "moved_on": 20260429, "evidence": TEXT, **fields}
    return do(group, "record_borrower_zone", at=at, **told)["record"]


def agency(n: int) -> dict[str, str]:
    """The n-th collector, by name and code."""
    return {"name": f"Collector {n}", "code": credit_code(n)}


def utc(text: str) -> int:
    """An instant such as 2026-05-04T13:59:59, UTC, in microseconds since 1970."""
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp()) * 1_000_000


def china(text: str) -> int:
    """The same by the clocks of China."""
    return utc(text) - 8 * 3_600 * 1_000_000


def ask(group: Lender, kind: str, *, at: int | str | None = None, **fields: Any) -> Answer:
    """One command at an instant, given as such or as a time in China; without one, now."""
    moment = china(at) if isinstance(at, str) else at
    group.desk.now = max(group.desk.now, moment or 0, group.group.last_at)
    return group.desk.one(REGISTRY[kind](**fields), at=group.group.last_at if moment is None else moment)


def do(group: Lender, kind: str, *, at: int | str | None = None, **fields: Any) -> dict[str, int]:
    """One that must be accepted; its results."""
    answer = ask(group, kind, at=at, **fields)
    fault = answer.refusal or answer.invalid
    assert answer.accepted, (kind, fields, fault.text() if fault else "")
    return dict(answer.results)


def check_refused(group: Lender, answer: Answer, rule: str, **figures: Any) -> None:
    """Refused by this rule with these figures, and explained by `why`."""
    assert answer.outcome is Outcome.refused, answer
    assert answer.refusal is not None
    assert answer.refusal.rule_id == rule, answer.refusal.text()
    shown = {"limit": answer.refusal.limit, "used": answer.refusal.used, **answer.refusal.figures}
    assert {name: shown.get(name) for name in figures} == figures
    explained = why(group.group, answer.position)
    assert any(check.rule_id == rule and check.outcome == "refused" for check in explained.checks)
    assert rule in explained.text()


def check_invalid(answer: Answer, field: str) -> None:
    """Invalid for this field."""
    assert answer.outcome is Outcome.invalid, answer
    assert answer.invalid is not None
    assert answer.invalid.field == field, answer.invalid.text()


def check_verified(group: Lender) -> None:
    """The log tells everything again, and decides as it did."""
    report = verify(group.group.store, vault=group.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], words_unkept(group.group.store))


def row(group: Lender, table: str, number: int) -> dict[str, int]:
    """A row."""
    held = group.group.records.tables[table]
    return {name: int(held.column(name)[number]) for name in held.table.columns}
