"""A table that changes: older rows and events read as those of today; stores brought up, and refused by who knows less.

Worked: from its layout 2 on `wallet` here loses `idle`, calls `short_fen` `lacking_fen`, and gets a `colour`, 7 in rows
of before.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benyuan.cli.failures import STORE, failure_of
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.events import FOLDS, TABLES, Event, Fold, in_layout_of_today
from benyuan.decisions.facts import Change, Table
from benyuan.decisions.layouts import later_names, layout_with, layouts_of
from benyuan.engine import restoring
from benyuan.engine.store import StoreDamaged, StoreNewer
from benyuan.engine.verify import verify
from benyuan.payments.records import WALLET
from benyuan.storage import formats
from benyuan.storage.schema import FORMAT_VERSION
from benyuan.storage.sqlite import SqliteStore
from benyuan.usecases import USE_CASES
from tests.unit.engine.groups import Desk, found_town, on_file, pay, vault_beside

KEPT = tuple(name for name in WALLET.columns if name not in ("idle", "short_fen"))
LATER = replace(
    WALLET,
    columns=(*KEPT, "lacking_fen", "colour"),
    changes=(
        *WALLET.changes,
        Change(renamed={"short_fen": "short"}, gone=("idle",)),
        Change(renamed={"short": "lacking_fen"}, added={"colour": 7}),
    ),
)
TIMES = 2


@contextmanager
def later_release(monkeypatch: pytest.MonkeyPatch, table: Table = LATER) -> Iterator[None]:
    """A release in which the table of wallets has changed."""
    with monkeypatch.context() as later:
        later.setitem(TABLES, "wallet", table)
        for key, fold in FOLDS.items():
            if fold.table.name == "wallet":
                later.setitem(FOLDS, key, Fold(table=table, adds=fold.adds, sums=fold.sums, removes=fold.removes))
        formats.known_numbers.cache_clear()
        yield
    formats.known_numbers.cache_clear()


def a_town(path: Path) -> None:
    desk = found_town(on_file(path))
    desk.done(pay())
    desk.group.close()


def wallets(path: Path, *, read_only: bool) -> list[tuple[int, ...]]:
    with closing(SqliteStore(path, read_only=read_only)) as store:
        return list(store.rows(TABLES["wallet"]))


def test_layouts_lead_from_the_first_to_the_last() -> None:
    layouts = layouts_of(LATER)
    assert [layout.number for layout in layouts] == [1, 2, 3, 4] == list(range(1, LATER.layout + 1))
    first, _, third, last = layouts
    assert set(first.columns) == set(WALLET.columns) - {"freezes", "short_fen"}
    assert {name: first.origin[name] for name in ("stops", "freezes", "lacking_fen", "colour")} == {
        "stops": "stops",
        "freezes": 0,
        "lacking_fen": 0,
        "colour": 7,
    }
    assert (third.origin["lacking_fen"], last.origin["lacking_fen"]) == ("short", "lacking_fen")
    assert layout_with(LATER, WALLET.columns) == layouts[1]
    assert layout_with(LATER, (*WALLET.columns, "colour")) is None
    names = later_names(LATER)
    assert {name: names[name] for name in ("idle", "short_fen", "short", "colour")} == {
        "idle": "",
        "short_fen": "lacking_fen",
        "short": "lacking_fen",
        "colour": "colour",
    }


def test_events_of_before_become_those_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Event(kind="wallet_opened", columns={"id": [1, 2], **{name: [3, 4] for name in WALLET.columns}})
    changed = Event(kind="wallet_went_idle", columns={"id": [1], "idle": [20260101], "short_fen": [5]})
    strange = Event(kind="wallet_went_idle", columns={"id": [1], "hue": [1]})
    assert in_layout_of_today(opened) is opened
    with later_release(monkeypatch):
        made = in_layout_of_today(opened).columns
        assert set(made) == {"id", *LATER.columns}
        assert (made["lacking_fen"], made["colour"], made["id"]) == ([3, 4], [7, 7], [1, 2])
        assert in_layout_of_today(changed).columns == {"id": [1], "lacking_fen": [5]}
        del opened.columns["stops"]
        with pytest.raises(ValueError, match="table wallet has had no layout with the columns account, class"):
            in_layout_of_today(opened)
        with pytest.raises(ValueError, match="table wallet has had no column hue"):
            in_layout_of_today(strange)


def test_a_store_is_read_and_brought_up_and_then_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "group.db"
    a_town(path)
    before = wallets(path, read_only=True)
    with later_release(monkeypatch):
        read = wallets(path, read_only=True)
        assert [row[-2:] for row in read] == [(0, 7), (0, 7)]
        assert [row[: len(KEPT)] for row in read] != [row[-len(KEPT) :] for row in before]
        with closing(SqliteStore(path, read_only=True)) as store:
            report = verify(store, vault=vault_beside(path), use_cases=USE_CASES, redecide=False)
        assert report.faults == []
        assert wallets(path, read_only=False) == wallets(path, read_only=True) == read
        with closing(SqliteStore(path, read_only=True)) as store:
            report = verify(store, vault=vault_beside(path), use_cases=USE_CASES, redecide=False)
        assert (report.ok, report.faults) == (True, [])
    kept = path.read_bytes()
    for read_only in (True, False):
        with pytest.raises(StoreNewer) as told:
            SqliteStore(path, read_only=read_only)
        said = "was written by a later release of benyuan: table wallet is of layout 4, and this release knows 2"
        assert str(told.value).endswith(said)
        failure = failure_of(told.value)
        assert failure is not None
        assert (failure[0], failure[1]["error"]) == (STORE, "StoreNewer")
    assert path.read_bytes() == kept


def test_a_command_or_a_form_that_is_not_known_is_of_a_later_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "group.db"
    with monkeypatch.context() as later:
        later.setattr(REGISTRY["pay"], "version", 9)
        later.setitem(REGISTRY, "fly", REGISTRY["pay"])
        formats.known_numbers.cache_clear()
        SqliteStore(path).close()
    formats.known_numbers.cache_clear()
    with pytest.raises(StoreNewer, match="command fly is of layout 9, and this release knows none; command pay is of"):
        SqliteStore(path)
    monkeypatch.setattr("benyuan.storage.formats.FORMAT_VERSION", FORMAT_VERSION - 1)
    with pytest.raises(StoreNewer, match="its tables are of form 3, and this release reads up to 2"):
        SqliteStore(path)


def test_balances_that_are_saved_in_an_earlier_form_are_folded_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "group.db"
    a_town(path)
    desk = on_file(path)
    paid, position = desk.of_wallet(1), desk.group.position
    with closing(SqliteStore(path, read_only=True)) as store:
        assert store.saved_balances() is not None
        assert store.has_keys()
    desk.group.close()
    for module in (formats, restoring):
        monkeypatch.setattr(module, "SAVED", TIMES)
    formats.known_numbers.cache_clear()
    with closing(SqliteStore(path, read_only=True)) as store:
        assert (store.saved_balances(), store.has_keys()) == (None, False)
        assert verify(store, vault=vault_beside(path), use_cases=USE_CASES).ok
    desk = on_file(path)
    assert (desk.of_wallet(1), desk.group.position, desk.group.store.saved_balances()) == (paid, position, None)
    assert again(desk).repeated
    desk.group.save()
    desk.group.close()
    with closing(SqliteStore(path, read_only=True)) as store:
        assert store.saved_balances() is not None
        assert verify(store, vault=vault_beside(path), use_cases=USE_CASES).ok
    formats.known_numbers.cache_clear()


def again(desk: Desk) -> Any:
    """The payment that was made."""
    return desk.one(pay(), key=f"key {desk.group.position}")


def test_a_table_that_is_not_of_its_number_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "group.db"
    a_town(path)
    with later_release(monkeypatch):
        wallets(path, read_only=False)
        with closing(SqliteStore(path)) as store:
            store._connection.execute("UPDATE layout SET number = 3 WHERE name = 'table wallet'")
        with pytest.raises(StoreDamaged, match="table wallet has the columns of layout 4, not of 3"):
            SqliteStore(path, read_only=True)
