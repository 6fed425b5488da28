"""Accounts and months as tests furnish them, at the bureau of `bureaus`."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import MONTH, PUBLIC
from benyuan.credit_bureau.vocabulary import PUBLIC_KIND_NUMBER, STATUS_NUMBER
from benyuan.decisions.outcomes import Answer
from benyuan.engine.group import Group
from benyuan.engine.verify import Report, verify
from benyuan.usecases import USE_CASES
from tests.unit.bureau.bureaus import BANK, FURNISHING, Bureau, bureau_in_memory, shown
from tests.unit.engine.dated import moment

OPENED = 20260101
TOLD: dict[str, Any] = {"notified_on": 20260401, "notice": 77}


def with_account(*, people: int = 1, member: int = BANK, bureau: Bureau | None = None) -> Bureau:
    """A bureau at which the bank has furnished an account of each person: numbers 1, 2 and so on."""
    made = bureau_in_memory() if bureau is None else bureau
    for person in range(1, people + 1):
        furnish_account(made, person, member=member)
    return made


def furnish_account(bureau: Bureau, person: int, *, member: int = BANK, number: str = "", **fields: Any) -> int:
    """An account of a person, on a consent of its own; its number."""
    consent = bureau.consent(person, member=member, starts_on=20260101, **FURNISHING)
    who = {name: shown(person)[name] for name in ("document", "number")}
    given = {"type": "R2", "opened_on": OPENED, "limit_fen": 2_000_000, "account_number": number or f"A{person}"}
    return bureau.do("furnish_account", bureau=1, member=member, consent=consent, **{**who, **given, **fields})[
        "account"
    ]


def months(*rows: dict[str, Any], **same: Any) -> NDArray[Any]:
    """Records of months: those fields that are not said are an account that paid as agreed in March 2026."""
    made = np.zeros(len(rows), MONTH.dtype)
    for place, row in enumerate(rows):
        fields = {"account": 1, "month": 202603, "status": "N", "balance_fen": 50_000, **same, **row}
        for name, value in fields.items():
            made[name][place] = STATUS_NUMBER[value] if name == "status" else value
    return made


def late(status: str = "1", **fields: Any) -> dict[str, Any]:
    """A month that is late, of which the person was told."""
    return {"status": status, "overdue_fen": 5_000, **TOLD, **fields}


def public(*rows: dict[str, Any]) -> NDArray[Any]:
    """Records of courts: a judgment of May 2026 that a law has published, of subject 1, where nothing else is said."""
    made = np.zeros(len(rows), PUBLIC.dtype)
    usual = {"subject": 1, "reference": 5, "kind": "judgment", "published": 1, "decided_on": 20260105}
    for place, row in enumerate(rows):
        for name, value in {**usual, **row}.items():
            made[name][place] = PUBLIC_KIND_NUMBER[value] if name == "kind" else value
    return made


def furnish(
    bureau: Bureau, records: NDArray[Any], *, kind: str = "furnish_months", on: int = 20260402, **fields: Any
) -> Answer:
    """A parcel of the bank's."""
    bureau.on = max(bureau.on, on)
    at = max(moment(bureau.on), bureau.group.last_at)
    key = str(fields.pop("key", f"parcel {bureau.group.position}"))
    columns = {"bureau": 1, "member": BANK, **fields}
    return bureau.group.execute_parcel(kind=kind, columns=columns, records=records, client="bank", key=key, at=at)


def held(group: Group, account: int = 1) -> list[tuple[int, str]]:
    """The months of an account that are in pages, in the order in which they were furnished, each with its status."""
    words = list(STATUS_NUMBER)
    found = group.pages.read(MONTH, [account]).records
    return [(int(row["month"]), words[row["status"]]) for row in found]


def checked(bureau: Bureau) -> Report:
    """`verify`, which must find nothing."""
    report = verify(bureau.group.store, vault=bureau.group.vault, use_cases=USE_CASES)
    assert report.ok, (report.faults, report.differences)
    return report
