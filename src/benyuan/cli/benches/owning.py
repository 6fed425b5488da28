"""`bench ownership`: look-through over many bodies, twelve deep with rings, out of a database into which they were put.

Each body but those of the first layer is held 60% by one of the layer above it and 30% by another; one of a hundred
holds 5% of its own owner. `record_s`: all stakes as commands, on the disk. `state_s`, `control_s`, `behind_s`,
`interests_s`: rows in force, who controls whom, who stands behind the last body, what the first has; `register_s`: the
related parties of a body of the second layer, with so many days in the year on which a stake changed. The limit adds up
the columns of stakes once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from benyuan.app import open as open_group
from benyuan.assurance.group.reading import columns_of
from benyuan.cli.benches.measuring import BEGIN_US, SEED, Figures, Stopwatch, peak_rss_mib, share_of
from benyuan.engine.group import Group
from benyuan.governance.related.laws import HOLDING
from benyuan.governance.related.register import register_of
from benyuan.parties.ownership.control import control
from benyuan.parties.ownership.interest import behind, interests
from benyuan.parties.ownership.records import STAKE
from benyuan.parties.ownership.state import state_of
from benyuan.values.dates import add_calendar_days, local_day

LAYERS, CHUNK, RINGS = 12, 8_000, 100
MAJORITY, MINORITY, BACK, WHOLE = 60, 30, 5, 100
FROM, CHANGED, CLIENT = 20200101, 20251201, "bench"
SOURCE = {"source": "bench", "source_date": 20260101, "invented": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipSizes:
    """So many bodies; so many days on which one stake changed."""

    bodies: int = 100_000
    days: int = 3

    def scaled(self, share: float) -> "OwnershipSizes":
        """The bodies times `share`."""
        return replace(self, bodies=max(LAYERS * 2, share_of(self.bodies, share)))


def measure_ownership(sizes: OwnershipSizes, directory: Path) -> Figures:
    """One run, in a database of its own."""
    watches = {name: Stopwatch() for name in ("record", "state", "control", "behind", "interests", "register", "limit")}
    stakes = seeded_edges(sizes)
    with open_group(f"sqlite:///{directory / 'group.db'}", create=True) as group:
        _register(group, sizes.bodies)
        with watches["record"]:
            _record(group, stakes)
        column, on, seen = columns_of(group), local_day(group.last_at), group.position
        with watches["state"]:
            state = state_of(column, on=on, seen=seen)
        with watches["control"]:
            controlled = control(state.grounds, majority=Fraction(1, 2))
        with watches["behind"]:
            found = behind(state.shares, sizes.bodies)
        with watches["interests"]:
            had = interests(state.shares, 1)
        with watches["register"]:
            register = register_of(
                column, group.regime.pack, body=sizes.bodies // LAYERS + 2, law=HOLDING, on=on, seen=seen
            )
        with watches["limit"]:
            for name in STAKE.columns:
                column(STAKE, name).sum()
    count = len(stakes["owner"])
    looking = [watches[name] for name in ("state", "control", "behind")]
    looked = sum(watch.seconds for watch in looking)
    return {
        "bodies": sizes.bodies,
        "stakes": count,
        "controlled": len(controlled.by_body),
        "behind": len(found.owners) + len(found.untold),
        "held": len(had),
        "related": len(register.entries),
        "days": sizes.days,
        "look_through_s": round(looked, 3),
        "look_through_cpu_s": round(sum(watch.cpu_seconds for watch in looking), 3),
        **{f"{name}_s": round(watch.seconds, 3) for name, watch in watches.items()},
        **{f"{name}_cpu_s": round(watches[name].cpu_seconds, 3) for name in ("record", "control", "register")},
        "record_per_s": watches["record"].rate(count),
        "bodies_per_s": int(sizes.bodies / looked),
        "ratio": round(watches["limit"].seconds / looked, 6),
        "mb": peak_rss_mib(),
    }


def seeded_edges(sizes: OwnershipSizes) -> dict[str, Any]:
    """The stakes as columns: owners, owned, parts, and from which day."""
    random = np.random.default_rng(SEED)
    edges = np.linspace(1, sizes.bodies + 1, LAYERS + 1).astype(np.int64)
    body = np.arange(edges[1], sizes.bodies + 1)
    layer = np.searchsorted(edges, body, side="right") - 1
    first, last = edges[layer - 1], edges[layer]
    one = first + (random.random(len(body)) * (last - first)).astype(np.int64)
    other = first + (random.random(len(body)) * (last - first)).astype(np.int64)
    two, back = one != other, random.integers(0, RINGS, len(body)) == 0
    owner = np.concatenate([one, other[two], body[back]])
    part = np.repeat([MAJORITY, MINORITY, BACK], [len(body), int(two.sum()), int(back.sum())])
    begins = np.full(len(owner), FROM)
    days = [add_calendar_days(CHANGED, later) for later in range(sizes.days)]
    begins[random.choice(len(owner), sizes.days, replace=False)] = days
    return {
        "owner": owner,
        "owned": np.concatenate([body, body[two], one[back]]),
        "part": part,
        "whole": np.full(len(owner), WHOLE),
        "from_date": begins,
    }


def _register(group: Group, count: int) -> None:
    columns = {"name": [f"body {number}" for number in range(1, count + 1)], "from_date": np.full(count, FROM)}
    _execute(group, "register_body", {**columns, "kind_of_body": ["company"] * count})


def _record(group: Group, stakes: dict[str, Any]) -> None:
    _execute(group, "record_stake", stakes)


def _execute(group: Group, kind: str, columns: dict[str, Any]) -> None:
    """All commands, a chunk a commit. All are accepted."""
    count = len(columns["from_date"])
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        part = {name: column[start : start + size] for name, column in columns.items()}
        told: dict[str, Sequence[Any]] = {name: [item] * size for name, item in SOURCE.items()}
        keys = [f"{kind} {number}" for number in range(start, start + size)]
        answers = group.execute_columns(kind=kind, columns={**part, **told}, client=CLIENT, keys=keys, at=BEGIN_US)
        assert not answers.outcome.any(), next(answer for answer in answers if not answer.accepted)
