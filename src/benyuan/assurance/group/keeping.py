"""Shares of a holding company that who controls it has let go too early.

Source: PBoC Order [2020] No. 4, art. 11, item 5 (`fhc.sh.lock`). Worked number: 60 of 100 since 20220301, 50 of 100
from 20260601: ten were let go in the fifth year; from 20270301 on they could be.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from benyuan.assurance.group.reading import CONTROL, Owned, columns_of, owned
from benyuan.engine.group import Group
from benyuan.parties.bodies.vocabulary import Business
from benyuan.parties.ownership.records import STAKE
from benyuan.parties.ownership.vocabulary import STAKE_NUMBER, StakeSort
from benyuan.rules.places import value_on
from benyuan.values.dates import MONTHS_A_YEAR, add_calendar_days, add_months

LOCK = "fhc.sh.lock"
SHARES = STAKE_NUMBER[StakeSort.shares]


class LetGo(NamedTuple):
    """Owner `owner` had `before` of the shares since `since`, and `after` from `on` on; `free_on`: from when it may."""

    owner: int
    before: str
    after: str
    since: int
    on: int
    free_on: int


def let_go(group: Group, top: int, *, on: int, seen: int) -> Iterator[LetGo]:
    """Each time a controller of `top`, or a body below one, let shares go before it might, in order of days."""
    years = value_on(group.regime.pack, LOCK, on=on).count
    rows = _rows(group, top, on=on, seen=seen)
    for day in sorted(day for day in {day for day, _, _ in rows} if day > add_months(on, -MONTHS_A_YEAR * years)):
        eve = add_calendar_days(day, -1)
        if group.regime.pack.in_force(id=CONTROL, on=eve) is None:  # before the order nobody controlled by it
            continue
        before, after = (owned(group, on=each, seen=seen) for each in (eve, day))
        if top not in before.state.bodies or before.state.bodies[top].business is not Business.financial_holding:
            continue
        above = before.control.above(top)
        had, has = (_held(each, top) for each in (before, after))
        for owner, held in had.items():
            if not above & {owner, *before.control.above(owner)}:
                continue
            since = min(_since(rows, number, before=day) for number in held.numbers)
            free_on = add_months(since, MONTHS_A_YEAR * years)
            left = has.get(owner) or _Held(words=f"0 of {held.words.rpartition(' ')[2]}")
            fell = left.part < held.part and left.share < held.share
            if fell and day < free_on:
                yield LetGo(owner=owner, before=held.words, after=left.words, since=since, on=day, free_on=free_on)


class _Held(NamedTuple):
    """What an owner of record holds of the shares, under which numbers: shares, their part of the whole, in words."""

    part: int = 0
    share: Fraction = Fraction(0)
    words: str = ""
    numbers: tuple[int, ...] = ()


def _held(world: Owned, top: int) -> dict[int, _Held]:
    found: dict[int, _Held] = {}
    for row in world.state.held:
        if row["owned"] == top and row["sort"] == SHARES:
            owner = world.state.ones.of(row["owner"])
            so_far, words = found.get(owner, _Held()), f"{row['part']} of {row['whole']}"
            found[owner] = _Held(
                part=so_far.part + row["part"],
                share=so_far.share + Fraction(row["part"], row["whole"]),
                words=f"{so_far.words} and {words}" if so_far.words else words,
                numbers=(*so_far.numbers, row["owner"]),
            )
    return found


def _rows(group: Group, top: int, *, on: int, seen: int) -> list[tuple[int, int, int]]:
    """Day, owner and part of each stake in the shares of a body, in order."""
    column = columns_of(group)
    mine = (column(STAKE, "owned")[1:] == top) & (column(STAKE, "sort")[1:] == SHARES)
    mine &= (column(STAKE, "from_date")[1:] <= on) & (column(STAKE, "position")[1:] <= seen)
    columns = [column(STAKE, name)[1:][mine].tolist() for name in ("from_date", "position", "owner", "part")]
    return [(day, owner, part) for day, _, owner, part in sorted(zip(*columns, strict=True))]


def _since(rows: list[tuple[int, int, int]], owner: int, *, before: int) -> int:
    """The first day of the stake that an owner had on the eve of a day."""
    since = 0
    for day, holder, part in rows:
        if holder == owner and day < before:
            since = 0 if not part else since or day
    return since
