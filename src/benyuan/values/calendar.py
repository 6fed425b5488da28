"""The working calendar of mainland China: which days are worked, as the State Council arranges them each year.

Serves every period that a text counts in working days (工作日), such as that of a large-value report. The years come
from the package `chinesecalendar`; a year that it doesn't have is not guessed but refused, until the user supplies it.
Worked number: five working days after 2026-09-30 are over on 2026-10-13, with Saturday 10 October worked.
"""

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import chinese_calendar
import yaml

from benyuan.values.dates import add_calendar_days, from_yyyymmdd, to_yyyymmdd
from benyuan.values.errors import BadInput

PACKAGE_YEARS: frozenset[int] = frozenset(day.year for day in chinese_calendar.holidays)

_SATURDAY = 5
_MEANING = {"working": True, "holiday": False}


class CalendarUnknown(BadInput):
    """The working days of a year have not been supplied, so a date in it cannot be answered for."""

    def __init__(self, yyyymmdd: int) -> None:
        year = yyyymmdd // 10_000
        super().__init__(
            "date",
            yyyymmdd,
            f"a year whose working days are known; to supply it, give an overlay with `complete: [{year}]` and, under "
            f"`days`, that year's public holidays and worked weekends from the State Council's notice",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarOverlay:
    """A user's dated corrections and additions: day to worked or not, and the years that are whole with them."""

    days: Mapping[int, bool] = field(default_factory=lambda: MappingProxyType({}))
    complete: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        for day in self.days:
            from_yyyymmdd(day)
            if day // 10_000 not in PACKAGE_YEARS | self.complete:
                raise BadInput("days", day, f"a known year, or {day // 10_000} named under `complete`")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """Answers for the years of the package and of the overlay; the overlay comes first. Fails closed elsewhere."""

    overlay: CalendarOverlay = field(default_factory=CalendarOverlay)

    def is_working_day(self, yyyymmdd: int) -> bool:
        """Whether a day is worked. Raises CalendarUnknown for a year that nobody has supplied."""
        date = from_yyyymmdd(yyyymmdd)
        if yyyymmdd in self.overlay.days:
            return self.overlay.days[yyyymmdd]
        if date.year in self.overlay.complete:
            return date.weekday() < _SATURDAY
        if date.year in PACKAGE_YEARS:
            return bool(chinese_calendar.is_workday(date))
        raise CalendarUnknown(yyyymmdd)

    def add_working_days(self, yyyymmdd: int, days: int) -> int:
        """The `days`-th working day after a date, which is itself not counted.

        Raises CalendarUnknown, and BadInput for less than one day.
        """
        if days < 1:
            raise BadInput("days", days, "at least 1")
        while days > 0:
            yyyymmdd = add_calendar_days(yyyymmdd, 1)
            days -= self.is_working_day(yyyymmdd)
        return yyyymmdd

    def add_calendar_days(self, yyyymmdd: int, days: int) -> int:
        """The date `days` calendar days later; holidays count like any other day."""
        return add_calendar_days(yyyymmdd, days)


class _UniqueKeys(yaml.SafeLoader):
    """YAML would let the last of two equal keys win; here that is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:  # noqa: FBT001, FBT002  as inherited
        """A mapping without a key that stands twice."""
        names = [key.value for key, _ in node.value]
        if len(names) != len(set(map(str, names))):
            raise yaml.constructor.ConstructorError(None, None, "a key stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


def overlay_from_yaml(text: str) -> CalendarOverlay:
    """Read an overlay from YAML text. Raises BadInput naming the field.

    `complete` lists years that are whole with the days below it; `days` maps a date to `working` or `holiday`:
    `{complete: [2027], days: {2027-01-01: holiday, 2027-02-14: working}}`.
    """
    try:
        content = yaml.load(text, Loader=_UniqueKeys)  # noqa: S506  a safe loader, made stricter
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a day that does not exist
        raise BadInput("overlay", str(error), "YAML with existing days, each once") from error
    if not isinstance(content, dict) or not content.keys() <= {"complete", "days"}:
        raise BadInput("overlay", content, "a mapping with `complete` and `days` only")
    return CalendarOverlay(days=_days(content.get("days", {})), complete=_years(content.get("complete", [])))


def _days(content: object) -> Mapping[int, bool]:
    if not isinstance(content, dict):
        raise BadInput("days", content, "a mapping from date to `working` or `holiday`")
    for day, meaning in content.items():
        if type(day) is not dt.date:
            raise BadInput("days", day, "a date as YYYY-MM-DD")
        if not isinstance(meaning, str) or meaning not in _MEANING:
            raise BadInput(f"days.{day}", meaning, "`working` or `holiday`")
    return MappingProxyType({to_yyyymmdd(day): _MEANING[meaning] for day, meaning in content.items()})


def _years(content: object) -> frozenset[int]:
    if not isinstance(content, list) or any(type(year) is not int for year in content):
        raise BadInput("complete", content, "a list of years")
    return frozenset(content)
