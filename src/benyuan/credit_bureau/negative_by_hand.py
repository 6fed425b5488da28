"""Spells of negative months of one account, plainly: the readable reference of `negative`.

State Council Order 631, arts. 16 and 44(3). Worked number: a bad debt furnished for 202401 and settled on 20240620
(B with that `ended_on` in 202406) is one spell that ended on 20240620, and at five years is over on 20290621.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benyuan.credit_bureau.vocabulary import NEGATIVE_STATUSES, MonthStatus
from benyuan.values.dates import MONTHS_A_YEAR, add_calendar_days, add_months

A_MONTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What of a month's record tells of spells. `month`: yyyymm; `ended_on`: yyyymmdd, 0 for none."""

    month: int
    status: MonthStatus
    ended_on: int = 0

    @property
    def negative(self) -> bool:
        """Whether it tells of a breach."""
        return self.status in NEGATIVE_STATUSES

    @property
    def settled(self) -> bool:
        """Whether it says itself that the breach is over."""
        if self.status is MonthStatus.bad_debt:
            return self.ended_on != 0
        return self.negative and not self.status.value.isdigit()

    @property
    def told_on(self) -> int:
        """The day on which what it ends has ended."""
        if self.ended_on:
            return self.ended_on
        year, month = divmod(self.month, A_MONTH)
        return self.month * A_MONTH + calendar.monthrange(year, month)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A run of negative months, by the months' places; `ended_on` 0 and `closed_by` -1: it goes on."""

    first: int
    last: int
    ended_on: int = 0
    closed_by: int = -1


def spells_of(months: Sequence[Month]) -> list[Spell]:
    """The spells of one account, its months being in order."""
    found: list[Spell] = []
    running: Spell | None = None
    for place, each in enumerate(months):
        if each.status is MonthStatus.unknown:
            continue
        if running is not None and (not each.negative or (each.status.value.isdigit() and each.ended_on)):
            found.append(replace(running, ended_on=each.told_on, closed_by=place))
            running = None
        if each.negative:
            running = Spell(first=place, last=place) if running is None else replace(running, last=place)
        if running is not None and each.settled:
            found.append(replace(running, ended_on=each.told_on, closed_by=place))
            running = None
    return _in_order(found if running is None else [*found, running])


def _in_order(spells: Sequence[Spell]) -> list[Spell]:
    """A spell that the next one's first month ends has ended no later than that one."""
    found: list[Spell] = []
    for spell in reversed(spells):
        after = found[-1] if found and found[-1].first == spell.closed_by else None
        bounded = after is not None and after.ended_on and after.ended_on < spell.ended_on
        found.append(replace(spell, ended_on=after.ended_on) if after and bounded else spell)
    return found[::-1]


def over_day(ended_on: int, *, years: int) -> int:
    """The first day on which what ended on a day must be gone; 0 for what goes on."""
    return add_calendar_days(add_months(ended_on, years * MONTHS_A_YEAR), 1) if ended_on else 0


def gone_months(months: Sequence[Month], *, years: int, on: int) -> list[int]:
    """The places of the months that must be gone on a day."""
    gone: set[int] = set()
    for spell in spells_of(months):
        over = over_day(spell.ended_on, years=years)
        if not over or over > on:
            continue
        gone |= {place for place in range(spell.first, spell.last + 1) if months[place].negative}
        closing = months[spell.closed_by]
        if closing.ended_on and not closing.negative and closing.status is not MonthStatus.closed:
            gone.add(spell.closed_by)
    return sorted(gone)
