"""What customers asked about their own data, and what became of it.

Sources: PIPL, arts. 45 to 47, 50 (promptly, no number of days). Worked number: asked on 2026-06-01, the aim is 07-01.
"""

import msgspec

from benyuan.consumer_protection.claims.deadlines import RESPONSE, days_after
from benyuan.consumer_protection.claims.records import DATA_REQUEST
from benyuan.consumer_protection.claims.words import (
    CHANNEL_NUMBER,
    DATA_OUTCOME_NUMBER,
    GROUND_NUMBER,
    WANTED_NUMBER,
    Ground,
)
from benyuan.consumer_protection.customers import CUSTOMER
from benyuan.engine.group import Group


class DataRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One request; dates as yyyymmdd, 0 for none. `handed`: the command that did what was asked, 0 for none."""

    request: int
    customer: str
    wanted: str
    channel: str
    asked_on: int
    expected_on: int
    answered_on: int
    outcome: str
    ground: str
    handed: int


def requests(group: Group) -> list[DataRequest]:
    """All requests in order."""
    held = group.records.tables[DATA_REQUEST.name]
    rows = ({name: int(held.column(name)[n]) for name in held.table.columns} for n in range(1, held.count + 1))
    return [_request(group, number, row) for number, row in enumerate(rows, 1)]


def _request(group: Group, number: int, row: dict[str, int]) -> DataRequest:
    customer = next(name for name in CUSTOMER if row[name])
    ground = _word(GROUND_NUMBER, row["ground"])
    return DataRequest(
        request=number,
        customer=f"{customer} {row[customer]}",
        wanted=_word(WANTED_NUMBER, row["wanted"]),
        channel=_word(CHANNEL_NUMBER, row["channel"]),
        asked_on=row["asked_on"],
        expected_on=days_after(group.regime.pack, rule=RESPONSE, from_on=row["asked_on"]),
        answered_on=row["answered_on"],
        outcome=_word(DATA_OUTCOME_NUMBER, row["outcome"]),
        ground="" if ground == Ground.none else ground,
        handed=row["handed"],
    )


def _word(numbers: dict[str, int], number: int) -> str:
    return {0: "", **{value: word for word, value in numbers.items()}}[number]
