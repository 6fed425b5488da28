"""`bench screening`: customers against the entries of a name list, beside looking the same tags up in a Python set."""

import sqlite3
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benyuan import __version__
from benyuan.assurance.screening import screen
from benyuan.cli.benches.measuring import Figures, Stopwatch, share_of
from benyuan.engine.group import Group
from benyuan.engine.regime import Regime
from benyuan.rules import load_pack
from benyuan.simulate.identities import everyone, someone
from benyuan.storage.sqlite import SqliteStore
from benyuan.storage.vault import KeyDirectory, KeyVault
from benyuan.usecases import USE_CASES

AT = 1_777_597_200_000_000
CHUNK = 10_000
NAMES_IN_COMMON_EVERY, NUMBERS_IN_COMMON_EVERY = 1_000, 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningSizes:
    """Customers, and entries of a list; every thousandth entry has a customer's name, a few a customer's number."""

    people: int = 100_000
    entries: int = 100_000

    def scaled(self, share: float) -> "ScreeningSizes":
        """The sizes times `share`."""
        return replace(self, people=share_of(self.people, share), entries=share_of(self.entries, share))


def measure_screening(sizes: ScreeningSizes, directory: Path) -> Figures:
    """One run: customers registered, the list taken in, everybody screened, and screened again."""
    path = directory / "screening.db"
    vault = KeyVault(KeyDirectory(directory / "keys"))
    group = Group(
        store=SqliteStore(str(path)),
        vault=vault,
        regime=Regime(pack=load_pack()),
        use_cases=USE_CASES,
        release=__version__,
    )
    _give(group, "register_institution", {"name": ["bench"]})
    _give(group, "record_standing", {"institution": [1], "from_date": [20260101], "licences": [5]})
    people: dict[str, list[Any]] = everyone(sizes.people)
    with Stopwatch() as registered:
        _give(group, "register_person", {"institution": [1] * sizes.people, **people})
    with Stopwatch() as listed:
        _give(group, "list_name", _entries(sizes))
    with Stopwatch() as screened:
        done = screen(group, at=AT)
    with Stopwatch() as again:
        screen(group, at=AT)
    group.close()
    return {
        "people": sizes.people,
        "entries": done.entries,
        "found": done.recorded,
        "stopped": done.stopped,
        "seconds": round(screened.seconds, 3),
        "limit_s": round(_in_a_set(path), 3),
        "screened_per_s": screened.rate(sizes.people),
        "again_s": round(again.seconds, 3),
        "people_registered_per_s": registered.rate(sizes.people),
        "entries_taken_in_per_s": listed.rate(sizes.entries),
    }


def _entries(sizes: ScreeningSizes) -> dict[str, list[str]]:
    places = range(sizes.entries)
    in_common = {place: someone(place % sizes.people + 1) for place in places if place % NAMES_IN_COMMON_EVERY == 0}
    names = [in_common[place]["full_name"] if place in in_common else f"名单所列{place}" for place in places]
    numbers = [in_common[place]["number"] if place % NUMBERS_IN_COMMON_EVERY == 0 else "" for place in places]
    return {"name_list": ["house"] * sizes.entries, "name": names, "aliases": [""] * sizes.entries, "numbers": numbers}


def _give(group: Group, kind: str, columns: dict[str, list[Any]]) -> None:
    count = len(next(iter(columns.values())))
    for first in range(0, count, CHUNK):
        part = {name: column[first : first + CHUNK] for name, column in columns.items()}
        keys = [f"{kind} {first + place}" for place in range(len(next(iter(part.values()))))]
        group.execute_columns(kind=kind, columns=part, client="bench", keys=keys, at=AT)


def _in_a_set(path: Path) -> float:
    """Seconds to read all marks and look the customers' up among the entries'."""
    begun = time.perf_counter()
    with sqlite3.connect(path) as connection:
        listed = {row[0] for row in connection.execute("SELECT tag FROM mark WHERE listed = 1")}
        for row in connection.execute("SELECT tag FROM mark WHERE listed = 0"):
            _ = row[0] in listed
    connection.close()
    return time.perf_counter() - begun
