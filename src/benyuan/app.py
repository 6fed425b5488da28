"""`open()`: everything wired together.

import benyuan
with benyuan.open("sqlite:///group.db") as group:
    group.execute([...])
"""

from collections.abc import Sequence
from pathlib import Path

from benyuan import __version__
from benyuan.engine.group import Clock, Group, system_clock
from benyuan.engine.regime import Regime
from benyuan.rules import load_pack
from benyuan.storage.sqlite import MEMORY, SqliteStore
from benyuan.usecases import USE_CASES
from benyuan.values.calendar import WorkingCalendar, overlay_from_yaml
from benyuan.values.errors import BadInput

DEFAULT_URL = "sqlite:///group.db"
PREFIX = "sqlite:///"


def path_of(url: str) -> str:
    """The file that a database URL names. Errors: BadInput."""
    if url == "sqlite://":
        return MEMORY
    if not url.startswith(PREFIX) or len(url) == len(PREFIX):
        raise BadInput("database", url, f"{PREFIX}FILE, or sqlite:// for one in memory")
    return url.removeprefix(PREFIX)


def open(  # noqa: A001  the group's own verb
    url: str = DEFAULT_URL,
    *,
    rules: Sequence[Path] = (),
    calendar: Path | None = None,
    read_only: bool = False,
    clock: Clock = system_clock,
) -> Group:
    """Open a group; a file that isn't there is made.

    `rules`: directories of rule files of one's own; `calendar`: a YAML overlay of working days.
    Errors: BadInput, RuleFileError, StoreBusy, StoreUnavailable, StoreDamaged.
    """
    overlay = WorkingCalendar(overlay=overlay_from_yaml(calendar.read_text("utf-8"))) if calendar else WorkingCalendar()
    regime = Regime(pack=load_pack(paths=tuple(rules)), calendar=overlay)
    store = SqliteStore(path_of(url), read_only=read_only)
    try:
        return Group(store=store, regime=regime, use_cases=USE_CASES, release=__version__, clock=clock)
    except BaseException:
        store.close()
        raise
