"""A day's asking looked through for what stands out, and a case opened of each find, once however often it is run.

Source: PBoC Order [2021] No. 4, arts. 22 ¶2, 37; the figures are the house's (`cr.watch.*`). Answers are counted from
the records; refused ones stand in the log alone, whose blocks of the day are read.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import CREDIT_LINE, INQUIRY
from benyuan.credit_bureau.vocabulary import PURPOSE_NUMBER, Purpose
from benyuan.credit_bureau.watching import (
    Found,
    Ints,
    at_odd_hours,
    at_one_person,
    by_member,
    probing,
    too_many,
    without_account,
)
from benyuan.decisions.commands import Request
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.group import Group
from benyuan.engine.reading import Opened
from benyuan.usecases.bureau.bureau_cases import BureauCaseFields
from benyuan.values.dates import add_calendar_days, day_begins_at, day_ends_at, local_days
from benyuan.values.errors import BadInput

VOLUME, HOURS, NO_ACCOUNT = "cr.watch.asks_a_day", "cr.watch.after_hours", "cr.watch.no_account"
OWN_LOOKS, ASKERS_LOOKS, REFUSED = "cr.watch.staff_looks", "cr.watch.asker_looks", "cr.watch.refused"
CLIENT = "benyuan bureau misuse"
HOUR_US = 3_600_000_000
A_DAY_HOURS, CHINA_HOURS = 24, 8
A_MONTH = 100
APPROVALS = (PURPOSE_NUMBER[Purpose.loan], PURPOSE_NUMBER[Purpose.credit_card])
NAMES = ("bureau", "subject", "member", "purpose", "at", "staff", "about")


def misuse_of_day(group: Group, *, bureau: int, on: int) -> list[Found]:
    """What stands out in the asking of a day (yyyymmdd), by sort and member. Errors: RuleNotInForce."""
    asked = _asked(group, bureau)
    days = local_days(asked["at"])
    return [
        *_volume(group, asked, days, on),
        *_hours(group, asked, days, on),
        *_no_account(group, asked, days, on),
        *_one_person(group, asked, days, on),
        *probing(refused_members(group, bureau=bureau, on=on), figure=_figure(group, REFUSED, on)),
    ]


def open_cases(group: Group, *, bureau: int, on: int, at: int | None = None) -> list[int]:
    """A case of each find of a day; the numbers of the cases, of those too that were open already.

    A find that has a case with another count, because the day was looked through before, keeps that one.

    Errors: BadInput for a day that is not over; RuleNotInForce; StoreUnavailable.
    """
    if (group.now() if at is None else at) < day_ends_at(on):
        raise BadInput("on", on, "a day that is over")
    found = misuse_of_day(group, bureau=bureau, on=on)
    requests = [
        Request(client=CLIENT, key=_key(bureau, on, each), command=_case(bureau, on, each), at=at) for each in found
    ]
    answers: Sequence[Any] = group.execute(requests) if requests else ()
    return [int(answer.results["case"]) for answer in answers if answer.accepted]


def refused_members(group: Group, *, bureau: int, on: int) -> Ints:
    """The member of each inquiry that was refused or made no sense on a day, one value each."""
    refused = [np.zeros(0, np.int64)]
    for opened in _blocks(group, on):
        if opened.block.kind != "inquire":
            continue
        batch = opened.batch()
        failed = (opened.status != Outcome.accepted) & (batch.integers("bureau") == bureau)
        refused.append(batch.integers("member")[failed])
    return np.concatenate(refused)


def _asked(group: Group, bureau: int) -> dict[str, Ints]:
    held = group.records.tables[INQUIRY.name]
    mine = held.column("bureau") == bureau
    return {name: held.column(name)[mine] for name in NAMES}


def _figure(group: Group, rule: str, on: int) -> int:
    return group.regime.pack.value(id=rule, on=on).count


def _volume(group: Group, asked: dict[str, Ints], days: NDArray[Any], on: int) -> list[Found]:
    value = group.regime.pack.value(id=VOLUME, on=on)
    first = add_calendar_days(on, -value.parameters.count("mean_over"))
    earlier = (days >= first) & (days < on)
    before = {}
    for member, count in by_member(asked["member"][earlier]).items():
        began = int(days[(asked["member"] == member)].min())
        begun = max(began, first)
        before[member] = (count, _days_between(begun, on))
    today = by_member(asked["member"][days == on])
    return too_many(today, before, figure=value.count, of_mean_ppm=value.parameters.ppm("of_mean"))


def _days_between(first: int, last: int) -> int:
    return (day_begins_at(last) - day_begins_at(first)) // (HOUR_US * A_DAY_HOURS)


def _hours(group: Group, asked: dict[str, Ints], days: NDArray[Any], on: int) -> list[Found]:
    value = group.regime.pack.value(id=HOURS, on=on)
    today = days == on
    hours = (asked["at"][today] // HOUR_US + CHINA_HOURS) % A_DAY_HOURS
    opens, closes = value.parameters.count("opens"), value.parameters.count("closes")
    return at_odd_hours(asked["member"][today], hours, opens=opens, closes=closes, figure=value.count)


def _no_account(group: Group, asked: dict[str, Ints], days: NDArray[Any], on: int) -> list[Found]:
    """The approvals asked for so many days ago, and whether the member has furnished an account opened since."""
    value = group.regime.pack.value(id=NO_ACCOUNT, on=on)
    then = add_calendar_days(on, -value.count)
    places = np.flatnonzero((days == then) & np.isin(asked["purpose"], APPROVALS) & (asked["member"] != 0))
    members, subjects = asked["member"][places], asked["subject"][places]
    pairs = zip(members.tolist(), subjects.tolist(), strict=True)
    opened = np.array([_has_opened(group, member, subject, since=then) for member, subject in pairs], np.bool_)
    at_least, share = value.parameters.count("at_least"), value.parameters.ppm("share")
    return without_account(members, opened, at_least=at_least, share_ppm=share)


def _has_opened(group: Group, member: int, subject: int, *, since: int) -> bool:
    held = group.records.tables[CREDIT_LINE.name]
    rows = held.all_with("subject", subject)
    mine = (held.column("member")[rows] == member) & (held.column("opened_on")[rows] >= since)
    return bool(mine.any())


def _one_person(group: Group, asked: dict[str, Ints], days: NDArray[Any], on: int) -> list[Found]:
    """Looks of the month up to and with the day, of those who looked on the day too."""
    in_month = (days // A_MONTH == on // A_MONTH) & (days <= on) & (asked["about"] == 0)
    columns = {name: asked[name][in_month] for name in ("member", "staff", "subject")}
    found = at_one_person(
        columns["member"],
        columns["staff"],
        columns["subject"],
        own=_figure(group, OWN_LOOKS, on),
        others=_figure(group, ASKERS_LOOKS, on),
    )
    today = days == on
    looked = set(zip(asked["staff"][today].tolist(), asked["subject"][today].tolist(), strict=True))
    return [each for each in found if (each.staff, each.subject) in looked]


def _blocks(group: Group, on: int) -> Iterator[Opened]:
    """The blocks of a day, oldest first."""
    position = group.reader.positions_before(at=day_begins_at(on)) + 1
    while position <= group.position:
        opened = group.reader.at_position(position)
        if opened.batch().on > on:
            return
        if opened.batch().on == on:
            yield opened
        position = opened.block.first_position + opened.block.commands


def _case(bureau: int, on: int, found: Found) -> BureauCaseFields:
    return BureauCaseFields(
        bureau=bureau,
        sort=found.sort,
        member=found.member,
        subject=found.subject,
        staff=found.staff,
        on=on,
        count=found.count,
    )


def _key(bureau: int, on: int, found: Found) -> str:
    return f"{bureau}/{on}/{found.sort}/{found.member}/{found.staff}/{found.subject}"
