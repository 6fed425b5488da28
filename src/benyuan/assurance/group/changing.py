"""What is not the same on two days: stakes, pledges, posts, powers, agreements and who controls whom.

Worked number: 60 of 100 on the first day and 40 of 100 on the second is one change, and so is the control that went.
"""

from collections.abc import Iterator, Mapping

import msgspec

from benyuan.assurance.group.reading import Owned, owned
from benyuan.engine.group import Group
from benyuan.parties.ownership.state import POSTS, SORTS
from benyuan.values.errors import BadInput

NOTHING = ""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What changed, of which bodies, from what to what; empty where it was not, or is no longer."""

    what: str
    of: str
    before: str
    after: str


def changes_between(group: Group, first: int, second: int, *, seen: int = 0) -> list[Change]:
    """The changes from one day to another, as known at a log position. Errors: BadInput."""
    if second < first:
        raise BadInput("second", second, f"a day not before {first}")
    before, after = (dict(_facts(owned(group, on=on, seen=seen))) for on in (first, second))
    return [
        Change(what=what, of=of, before=before.get((what, of), NOTHING), after=after.get((what, of), NOTHING))
        for what, of in sorted({*before, *after})
        if before.get((what, of)) != after.get((what, of))
    ]


def _facts(world: Owned) -> Iterator[tuple[tuple[str, str], str]]:
    state = world.state
    for row in state.held:
        whose = f" for {row['nominee_of']}" if row["nominee_of"] else ""
        yield (SORTS[row["sort"]].value, f"{row['owner']} in {row['owned']}"), _part(row) + whose
    for row in state.pledged:
        yield ("pledge", f"{row['owner']} in {row['owned']} to {row['pledgee']}"), _part(row)
    for row in state.offices:
        yield (POSTS[row["post"]].value, f"{row['individual']} at {row['body']}"), "holds"
    for power in state.grounds.powers:
        yield ("power", f"{power.holder} over {power.body}: {power.ground.value}"), str(power.share)
    for concert in state.grounds.concerts:
        lead = f", led by {concert.lead}" if concert.lead else ""
        yield ("agreement", ", ".join(map(str, sorted(concert.members)))), f"vote alike{lead}"
    for body, by in world.control.by_body.items():
        yield ("control", str(body)), f"{', '.join(map(str, by.by))}: {by.ground.value}"
    for body, each in state.bodies.items():
        yield ("business", str(body)), each.business.value


def _part(row: Mapping[str, int]) -> str:
    return f"{row['part']} of {row['whole']}"
