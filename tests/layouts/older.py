"""Stores that older releases wrote, unpacked from `stores.tar.xz`; `README.md` beside it says how they were made."""

import tarfile
from contextlib import closing
from pathlib import Path

from benyuan.app import vault_of
from benyuan.engine.group import Group
from benyuan.engine.verify import Report, verify
from benyuan.storage.sqlite import SqliteStore
from benyuan.usecases import USE_CASES

PACKED = Path(__file__).with_name("stores.tar.xz")
STORES = {
    "payments-18028c5": 17,
    "lender-6ebb34d": 26,
    "lender-643dace": 26,
    "bureau-26b8df1": 8,
    "lender-ed28205": 26,
}
"""What each store holds, the release that wrote it by its commit, and how many commands are in its log."""


def unpacked(name: str, place: Path) -> Path:
    """The file of a store, its keys beside it."""
    with tarfile.open(PACKED) as packed:
        wanted = [member for member in packed.getmembers() if member.name.startswith(f"{name}.db")]
        packed.extractall(place, members=wanted, filter="data")
    return place.joinpath(f"{name}.db")


def verified(path: Path) -> Report:
    """The store verified, read only."""
    with closing(SqliteStore(path, read_only=True)) as store:
        return verify(store, vault=vault_of(f"sqlite:///{path}"), use_cases=USE_CASES)


def rows_of(group: Group, table: str) -> list[dict[str, int]]:
    """The rows of a table."""
    held = group.records.tables[table]
    names = ("id", *held.table.columns)
    return [dict(zip(names, row, strict=True)) for row in held.rows().tolist()]
