"""The bureau's demo, small: it hangs together, is verified, names nobody, and after five years has forgotten."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from benyuan.app import open as open_group
from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.records import CREDIT_LINE
from benyuan.credit_bureau.sieves import is_negative
from benyuan.engine.reading import Opened
from benyuan.simulate.bureau.run import invented_years, run_bureau
from benyuan.simulate.bureau.world import MovingClock
from benyuan.simulate.identities import identity_number
from benyuan.simulate.run import FIRST_AT
from benyuan.storage.sqlite import SqliteStore
from tests.unit.cli.running import answer

CLIENTS, FEW = 150, 40
RANDOM = {"commitments", "pages", "rewritten"}
"""What is salted: no two runs share it."""
KEYED = {"reference", "named", "name", "staff", "account_reference", "identity_name", "inquiry_staff"}
"""Numbers of a secret key that each database has its own of."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bureau") / "bureau.db"


@pytest.fixture(scope="module")
def report(database: Path) -> Any:
    return answer("demo-bureau", "--clients", CLIENTS, "--database", database)


def test_its_figures_hang_together(report: Any, database: Path) -> None:
    decided = report["decided"]
    assert report["files"] == CLIENTS
    assert report["consents"] == CLIENTS + decided["asked"] + 2
    assert report["accounts"] >= CLIENTS + decided["drawn"]
    assert report["months"] == report["kept"][0]["months"]
    assert report["told"] > 0
    assert decided["asked"] == decided["approved"] + decided["refused"] == report["inquiries"]["loan"] - 1
    assert 0 < decided["drawn"] <= decided["approved"]
    assert report["inquiries"]["own"] == 2
    assert report["refused"]["look: cr.staff.authority"] == 1
    assert report["refused"]["inquire: cr.query.written_consent"] == 25
    assert report["refused"]["inquire: cr.user.monitor"] == 1
    assert report["cases"]["misuse"] == 1
    assert report["untold"] == 0
    assert report["turned_away"] == {}
    assert report["breaches"] == 0
    assert answer("why", report["refused_position"], "--database", database)["outcome"] == "refused"
    assert sorted(Path(each).name for each in report["pack"]) == [
        *("audit-1-2026-counts.csv", "audit-1-2026-rules.csv", "audit-1-2026.json", "audit-1-2026.md"),
    ]
    assert all(Path(each).stat().st_size for each in report["pack"])


def test_the_mistake_is_put_right_in_time(report: Any) -> None:
    told = report["mistake"]
    assert (told["status_before"], told["status_after"]) == ("1", "N")
    assert told["furnished_on"] < told["bank_shown_on"] < told["read_on"] <= told["objected_on"] < told["said_on"]
    assert told["corrected_on"] <= told["answered_on"] <= told["due_on"]
    assert told["answered_on"] <= told["told_on"]
    assert 0 < told["days"] <= 20


def test_after_five_years_what_ended_is_gone_and_what_goes_on_is_there(report: Any, database: Path) -> None:
    before, after = report["kept"]
    assert before["ended_months"] > 0
    assert before["ended_public"] == before["going_on_public"] == 1
    assert (after["ended_months"], after["ended_public"]) == (0, 0)
    assert (after["going_on_months"], after["going_on_public"]) == (before["going_on_months"], 1)
    assert before["months"] - after["months"] == report["erased_months"] >= before["ended_months"]
    last_day, day_after = report["spell"]
    assert last_day["late_months"] > 0
    assert day_after["late_months"] == 0
    with open_group(f"sqlite:///{database}", read_only=True) as group:
        accounts = range(1, group.records.tables[CREDIT_LINE.name].count + 1)
        left = group.pages.read(MONTH, list(accounts)).records
    assert int(is_negative(left["status"]).sum()) == after["going_on_months"]


def test_everything_is_decided_again(report: Any, database: Path) -> None:
    del report
    assert answer("verify", "--database", database)["ok"]


def test_without_the_keys_nobody_is_named(report: Any, database: Path) -> None:
    del report
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = b"".join(path.read_bytes() for path in database.parent.glob(database.name + "*") if path.is_file())
    assert len(content) > 1_000_000
    store = SqliteStore(database, read_only=True)
    told = b"".join(repr((Opened(block).body, Opened(block).outcome)).encode() for block in store.blocks())
    store.close()
    numbers = [identity_number(n).encode() for n in range(1, CLIENTS + 1)]
    assert [number for number in numbers if number in content or number in told] == []


def without_chance(value: Any) -> Any:
    """What a run leaves, but for salts and keyed numbers."""
    if isinstance(value, dict):
        return {name: without_chance(each) for name, each in value.items() if name not in RANDOM | KEYED}
    return [without_chance(each) for each in value] if isinstance(value, list) else value


def run_in_memory() -> list[Any]:
    clock = MovingClock(FIRST_AT)
    with open_group("sqlite://", create=True, clock=clock, calendar=invented_years()) as group:
        run_bureau(group, clock, clients=FEW)
        return [
            (without_chance(opened.body), without_chance(opened.outcome), opened.block.rows, opened.block.kind)
            for opened in map(Opened, group.store.blocks())
        ]


def test_two_runs_leave_the_same_log() -> None:
    assert run_in_memory() == run_in_memory()
