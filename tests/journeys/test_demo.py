"""The demo, small: the same in every run, tied to the custodian's statement, and verified."""

from pathlib import Path
from typing import Any

import pytest

from benyuan.engine.reading import Opened
from benyuan.storage.sqlite import SqliteStore
from tests.unit.cli.running import answer, benyuan

SMALL = ("--clients", 120, "--days", 36)


def log_of(database: Path) -> list[Any]:
    """All blocks, but for the salted commitments, which no two runs share."""
    store = SqliteStore(database, read_only=True)
    log = []
    for block in store.blocks():
        opened = Opened(block)
        log.append(
            ({**opened.body, "commitments": None}, opened.outcome, block.rows, block.made, block.last_at, block.kind)
        )
    store.close()
    return log


def test_two_runs_leave_the_same_log(tmp_path: Path) -> None:
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    report = answer("demo", *SMALL, "--database", first)
    assert answer("demo", *SMALL, "--database", second)["outcomes"] == report["outcomes"]
    assert log_of(first) == log_of(second)

    assert report["outcomes"]["pay"]["accepted"] > 0
    assert report["invalid"] == {}
    assert report["days_closed"] == 36
    assert report["days_with_difference"] == 0
    cleared = report["clearing"]
    assert 0 < cleared["matched"] < cleared["lines"]
    assert (cleared["days"], cleared["open"], cleared["unexplained_fen"]) == (36, 0, 0)
    assert cleared["items"] == 6
    reserve = report["reserve"]
    assert reserve["statement_fen"] == reserve["reserve_fen"] > 0
    assert sum(row["count"] for row in report["refused"]) > 0
    assert answer("why", report["try_position"], "--database", first)["outcome"] == "refused"
    assert answer("verify", "--database", first)["ok"]

    again = benyuan("demo", "--clients", 20, "--days", 2, "--database", first)
    assert again.exit_code == 0
    assert "replaced" in again.stderr
    assert "UCI Machine Learning Repository" in again.stdout


@pytest.mark.parametrize("content", [b"a letter", b""])
def test_a_file_that_is_no_demo_is_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "letter.db"
    file.write_bytes(content or b"x" * 4096)
    ran = benyuan("demo", "--clients", 20, "--days", 2, "--database", file)
    assert ran.exit_code == 2
    assert "--force" in ran.stderr
    assert benyuan("demo", "--clients", 20, "--days", 1, "--database", file, "--force").exit_code == 0
