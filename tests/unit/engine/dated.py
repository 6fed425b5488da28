"""A desk with the day that it is: commands of later days are not before it."""

import datetime as dt
from typing import Any

from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Answer
from tests.unit.engine.groups import Desk

CHINA = dt.timezone(dt.timedelta(hours=8))


def moment(on: int, time: str = "10:00") -> int:
    """A time of a day in China, microseconds since 1970 UTC."""
    hour, minute = time.split(":")
    day = dt.datetime(on // 10_000, on // 100 % 100, on % 100, int(hour), int(minute), tzinfo=CHINA)
    return int(day.timestamp()) * 1_000_000


class DatedDesk:
    """A desk, and the day that it is."""

    def __init__(self, desk: Desk, *, on: int) -> None:
        self.desk = desk
        self.group = desk.group
        self.on = on
        self.not_before = 0

    def wait(self, seconds: int) -> None:
        """So many seconds pass after the last command."""
        self.not_before = self.group.last_at + seconds * 1_000_000

    def ask(
        self, kind: str, *, on: int | None = None, time: str = "10:00", key: str | None = None, **fields: Any
    ) -> Answer:
        """One command on a day; later ones are not before it."""
        self.on = max(self.on, on or 0)
        at = max(moment(self.on, time), self.group.last_at, self.not_before)
        return self.desk.one(REGISTRY[kind](**fields), at=at, key=key)

    def do(self, kind: str, **fields: Any) -> dict[str, int]:
        """One that must be accepted; its results."""
        answer = self.ask(kind, **fields)
        fault = answer.refusal or answer.invalid
        assert answer.accepted, (kind, fields, fault.text() if fault else "")
        return dict(answer.results) | {"position": answer.position}
