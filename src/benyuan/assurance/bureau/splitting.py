"""Public records and inquiries made elsewhere taken over to another person's file, after `split_subject`.

Such records are kept by person and sealed, so whoever splits a file chooses them from what is there. Those of each
member go by a command of their own, since only a member's own records are its to withdraw later.
Worked number: three records of two members are two commands.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from benyuan.credit_bureau.layouts import ASKED, PUBLIC
from benyuan.credit_bureau.records import PARCEL, SUBJECT
from benyuan.decisions.parcels import Layout
from benyuan.engine.group import Group
from benyuan.values.errors import BadInput

KINDS = {PUBLIC.number: "move_public", ASKED.number: "move_inquiries"}


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A record in a file: its place among those of the layout, the member that furnished it, and its columns."""

    place: int
    member: int
    columns: dict[str, int]


def kept_in(group: Group, layout: Layout, *, subject: int) -> list[Kept]:
    """The records of a file, in the order in which they were furnished. Errors: VaultLocked."""
    found = group.books().furnished(layout, [subject])
    names = found.records.dtype.names or ()
    parcels = group.records.tables[PARCEL.name]
    members = dict(zip(parcels.column("position").tolist(), parcels.column("member").tolist(), strict=True))
    return [
        Kept(place=place, member=members[position], columns=dict(zip(names, row, strict=True)))
        for place, (position, row) in enumerate(zip(found.position.tolist(), found.records.tolist(), strict=True))
    ]


def move(
    group: Group,
    layout: Layout,
    *,
    subject: int,
    into: int,
    places: Sequence[int],
    client: str,
    key: str,
    at: int | None = None,
) -> int:
    """Take the records at these places of one file over into another; returns how many went.

    Errors: BadInput for a place at which there is none; VaultLocked; AssertionError where a move is not accepted.
    """
    kept = kept_in(group, layout, subject=subject)
    for place in places:
        if not 0 <= place < len(kept):
            raise BadInput("places", place, f"places of records in the file, from 0 to {len(kept) - 1}")
    bureau = int(group.records.tables[SUBJECT.name].column("bureau")[subject])
    chosen = [kept[place] for place in dict.fromkeys(places)]
    moved = 0
    for member in dict.fromkeys(each.member for each in chosen):
        records = _records(layout, [each for each in chosen if each.member == member], into=into)
        answer = group.execute_parcel(
            kind=KINDS[layout.number],
            columns={"bureau": bureau, "member": member, "subject": subject, "into": into},
            records=records,
            client=client,
            key=f"{key} {member}",
            at=at,
        )
        if not answer.accepted:
            raise AssertionError(f"records of member {member} could not be moved: {answer}")
        moved += answer.results["records"]
    return moved


def _records(layout: Layout, chosen: Sequence[Kept], *, into: int) -> Any:
    rows = [tuple({**each.columns, layout.owner: into}.values()) for each in chosen]
    return np.array(rows, layout.dtype)
