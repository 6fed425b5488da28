"""`open()`: everything wired together.

import benyuan.app
with benyuan.app.open("sqlite:///group.db", create=True) as group:
    group.execute([...])
"""

from collections.abc import Sequence
from pathlib import Path

from benyuan import __version__
from benyuan.engine.group import Clock, Group, system_clock
from benyuan.engine.regime import Regime
from benyuan.rules import load_pack
from benyuan.storage.opening import MEMORY
from benyuan.storage.sqlite import SqliteStore
from benyuan.storage.vault import KeyDirectory, KeyVault, MemoryKeys
from benyuan.usecases import USE_CASES
from benyuan.values.calendar import WorkingCalendar, overlay_from_yaml
from benyuan.values.errors import BadInput

DEFAULT_URL = "sqlite:///group.db"
PREFIX = "sqlite:///"
KEYS_ENDING = ".keys"


def path_of(url: str) -> str:
    """The file that a database URL names. Errors: BadInput."""
    if url == "sqlite://":
        return MEMORY
    if not url.startswith(PREFIX) or len(url) == len(PREFIX):
        raise BadInput("database", url, f"{PREFIX}FILE, or sqlite:// for one in memory")
    return url.removeprefix(PREFIX)


def vault_of(url: str, *, keys: Path | None = None) -> KeyVault:
    """The vault of a database: in `keys`, else beside the file; of a database in memory, in memory too."""
    path = path_of(url)
    if path == MEMORY and keys is None:
        return KeyVault(MemoryKeys())
    return KeyVault(KeyDirectory(keys or Path(path + KEYS_ENDING)))


def open(  # noqa: A001  the group's own verb
    url: str = DEFAULT_URL,
    *,
    rules: Sequence[Path] = (),
    calendar: Path | None = None,
    keys: Path | None = None,
    create: bool = False,
    read_only: bool = False,
    clock: Clock = system_clock,
) -> Group:
    """Open a group; a file that isn't there is made with `create` only, so that a wrong name opens no empty books.

    `rules`: directories of rule files of one's own; `calendar`: a YAML overlay of working days; `keys`: the directory
    of the keys that seal what is personal, for a file's database FILE.keys unless named.
    Errors: BadInput, RuleFileError, StoreBusy, StoreUnavailable, StoreDamaged.
    """
    working = WorkingCalendar(overlay=overlay_from_yaml(_text_of(calendar))) if calendar else WorkingCalendar()
    regime = Regime(pack=load_pack(paths=tuple(rules)), calendar=working)
    store = SqliteStore(path_of(url), read_only=read_only, create=create)
    try:
        vault = vault_of(url, keys=keys)
        return Group(store=store, vault=vault, regime=regime, use_cases=USE_CASES, release=__version__, clock=clock)
    except BaseException:
        store.close()
        raise


def _text_of(calendar: Path) -> str:
    try:
        return calendar.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput("overlay", str(error), f"a file in UTF-8: {calendar}") from error
