"""The clock of a merger review: 30 days, then 90, then at most 60 (反垄断法 2022 arts. 30 to 32, 2007 arts. 25 and 26).

Each term ends on a day; when that has passed without a decision the merger may be carried out. Since 2022-08-01 the
agency may stop the clock. Worked: a file complete on 2026-03-02 is decided on by 2026-04-01; further review decided on
that day ends by 2026-06-30, extended by 60 days by 2026-08-29.
"""

from collections.abc import Sequence

import msgspec

from benyuan.governance.competition.ruling import broken
from benyuan.rules import RulePack
from benyuan.rules.places import Place, place_of, value_on
from benyuan.values.dates import add_calendar_days, from_yyyymmdd
from benyuan.values.errors import BadInput

RULE, STOP = "comp.merger.time", "comp.merger.stop"


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """The clock stands from `from_on` to before `until_on`; still, where that is None. Days are yyyymmdd."""

    from_on: int
    until_on: int | None = None

    def __post_init__(self) -> None:
        from_yyyymmdd(self.from_on)
        if self.until_on is not None and from_yyyymmdd(self.until_on) <= from_yyyymmdd(self.from_on):
            raise BadInput("stop", str(from_yyyymmdd(self.until_on)), "an end after the stop's first day")


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One term. `due_on` is its last day, and None while the clock stands; `free_from` is the day after it.

    `days` are those that the law gives, `stopped_days` those on which the clock stood.
    """

    step: str
    begins_on: int
    days: int
    stopped_days: int
    due_on: int | None
    free_from: int | None
    place: Place


def review_of(
    *,
    complete_on: int,
    rules: RulePack,
    further_on: int | None = None,
    extension_days: int = 0,
    stops: Sequence[Stop] = (),
) -> list[Step]:
    """The terms of a review whose file was complete on a day, as far as they have begun.

    `further_on` is the day on which further review was decided, `extension_days` what it was extended by. Raises
    BadInput, naming the rule where one is broken.
    """
    value = value_on(rules, RULE, on=complete_on)
    place = place_of(RULE, value)
    most = value.parameters.count("extension")
    if not 0 <= extension_days <= most:
        raise broken("extension", extension_days, f"at most {most} days", place)
    if extension_days and further_on is None:
        raise broken("extension", extension_days, "none before further review has been decided on", place)
    _check_stops(stops, complete_on=complete_on, rules=rules)
    begins = [each for each in stops if further_on is None or each.from_on < further_on]
    first = _step("preliminary", complete_on, value.count, begins, place)
    if further_on is None:
        return [first]
    if further_on <= complete_on or first.due_on is None or further_on > first.due_on:
        asked = "a day after the file was complete and within the first term"
        raise broken("further", str(from_yyyymmdd(further_on)), asked, place)
    if any(each.until_on is not None and each.until_on > further_on for each in begins):
        raise broken("further", str(from_yyyymmdd(further_on)), "a day on which the clock runs", place)
    later = [each for each in stops if each.from_on >= further_on]
    name = "extended" if extension_days else "further"
    return [first, _step(name, further_on, value.parameters.count("further") + extension_days, later, place)]


def _step(name: str, begins_on: int, days: int, stops: Sequence[Stop], place: Place) -> Step:
    """A term that every stop within it lengthens. Errors: BadInput for a stop after its end."""
    due: int | None = add_calendar_days(begins_on, days)
    stopped = 0
    for stop in stops:
        if due is None or stop.from_on > due:
            raise broken("stop", str(from_yyyymmdd(stop.from_on)), f"a day before the {name} term ends", place)
        if stop.until_on is None:
            due = None
        else:
            length = (from_yyyymmdd(stop.until_on) - from_yyyymmdd(stop.from_on)).days
            stopped, due = stopped + length, add_calendar_days(due, length)
    return Step(
        step=name,
        begins_on=begins_on,
        days=days,
        stopped_days=stopped,
        due_on=due,
        free_from=None if due is None else add_calendar_days(due, 1),
        place=place,
    )


def _check_stops(stops: Sequence[Stop], *, complete_on: int, rules: RulePack) -> None:
    """In order of time, after the file was complete, and on days on which the law knows them. Errors: BadInput."""
    free_from: int | None = add_calendar_days(complete_on, 1)
    for stop in stops:
        value_on(rules, STOP, on=stop.from_on)
        if free_from is None or stop.from_on < free_from:
            raise BadInput(
                "stop", str(from_yyyymmdd(stop.from_on)), "days after the file was complete, in order, without overlap"
            )
        free_from = stop.until_on
