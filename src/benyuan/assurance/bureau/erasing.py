"""The run that erases negative data when their years are over: each day, for a span of owners at a time.

A run that was stopped is begun again; whoever is killed in the middle of a commit has erased nothing of it. At the end
keys that nothing needs are destroyed and the files written anew, so that no copy of a page is left in them.
"""

from collections.abc import Iterator

import msgspec

from benyuan.credit_bureau.records import CREDIT_LINE, SUBJECT
from benyuan.credit_bureau.sieves import RETENTION
from benyuan.decisions.commands import Request
from benyuan.engine.group import Group
from benyuan.usecases.bureau.erase_negative import ErasureFields, Kept, over_in
from benyuan.values.dates import local_day

OWNERS_AT_ONCE = 16_384
CLIENT = "retention"


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """What a run has erased: months of accounts, records of persons, and keys that were destroyed."""

    on: int
    months: int
    public: int
    keys: int


def over_now(group: Group, *, bureau: int, on: int) -> dict[Kept, int]:
    """How many records are over on a day and still there. Errors: VaultLocked."""
    return {
        sort: sum(
            len(_over(group, sort, bureau=bureau, first=first, last=last, on=on)) for first, last in _spans(group, sort)
        )
        for sort in Kept
    }


def erase_over(group: Group, *, bureau: int, finish: bool = True) -> Erased:
    """Erase all that is over today, by the group's clock. Errors: VaultLocked, StoreUnavailable: begin again.

    `finish` false leaves keys and files to a later run or `Group.finish_erasing`; the records are gone all the same.
    """
    on = local_day(group.now())
    counts = dict.fromkeys(Kept, 0)
    for sort in Kept:
        for first, last in _spans(group, sort):
            if not len(_over(group, sort, bureau=bureau, first=first, last=last, on=on)):
                continue
            command = ErasureFields(bureau=bureau, sort=sort, first=first, last=last)
            key = f"{bureau} {sort} {first} {on} {group.position}"
            answer = group.execute([Request(client=CLIENT, key=key, command=command)])[0]
            counts[sort] += answer.results.get("erased", 0)
    return Erased(
        on=on, months=counts[Kept.months], public=counts[Kept.public], keys=group.finish_erasing() if finish else 0
    )


def _over(group: Group, sort: Kept, *, bureau: int, first: int, last: int, on: int) -> list[int]:
    years = group.regime.pack.value(id=RETENTION, on=on).count
    found = over_in(group.books(), sort, bureau=bureau, first=first, last=last, years=years, on=on)
    positions: list[int] = found["id"].tolist()
    return positions


def _spans(group: Group, sort: Kept) -> Iterator[tuple[int, int]]:
    count = group.records.tables[(CREDIT_LINE if sort is Kept.months else SUBJECT).name].count
    return ((first, first + OWNERS_AT_ONCE - 1) for first in range(1, count + 1, OWNERS_AT_ONCE))
