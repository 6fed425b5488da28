"""`benyuan incidents`: class, reasons and deadlines, what is done and what is overdue, as of a time."""

from pathlib import Path
from typing import Any

import pytest

from benyuan.cli.failures import BAD_INPUT, FINE, FOUND
from tests.unit.cli.running import AT, answer, benyuan, lines, shop
from tests.unit.ledger.books import china

LEAK = {"kind": "record_incident", "institution": 1, "kind_of_incident": "data_leak", "what": "a stolen laptop"}
SUIT = {"kind": "record_incident", "institution": 1, "kind_of_incident": "lawsuit", "net_worth_fen": 1_000}
PAUSE = {"kind": "report_plan", "institution": 1, "matter": "service_pause", "takes_effect_on": 20260601}


def at(time: str, row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "at": f"{time}:00+08:00"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A leak reported late and written up in time, a small lawsuit, a pause announced."""
    directory = tmp_path_factory.mktemp("incidents")
    made = shop(directory)
    rows = [
        at("2026-05-06T10:00", {**LEAK, "occurred_at": china("2026-05-06T09:00"), "records": 5_000, "customers": 7}),
        at("2026-05-06T11:30", {"kind": "report_incident", "incident": 1}),
        at("2026-05-06T12:00", {**SUIT, "occurred_at": china("2026-05-06T12:00"), "involved_fen": 99}),
        at("2026-05-07T09:00", PAUSE),
        at("2026-05-08T09:00", {"kind": "file_duty", "duty": 2}),
    ]
    done = answer("run", lines(directory / "rows.jsonl", rows), "--database", made)
    assert done["accepted"] == len(rows)
    return made


def test_class_reasons_and_deadlines(database: Path) -> None:
    told = answer("incidents", "--database", database)
    leak, suit = told["incidents"]
    assert (leak["kind"], leak["class"], leak["reasons"]) == ("data_leak", 1, {"records": 5_000})
    assert (leak["due_at"], leak["reported_at"]) == (china("2026-05-06T11:00"), china("2026-05-06T11:30"))
    assert (leak["written_due_on"], leak["written_done_on"]) == (20260508, 20260508)
    assert (leak["late"], leak["overdue"]) == (["first"], [])
    assert (suit["class"], suit["reasons"], suit["due_at"], suit["late"], suit["overdue"]) == (0, {}, 0, [], [])
    (pause,) = told["prior_reports"]
    assert (pause["matter"], pause["reported_on"], pause["required"]) == ("service_pause", 20260507, True)


@pytest.mark.parametrize(
    ("time", "overdue"),
    [
        ("2026-05-06T11:00:00+08:00", []),
        ("2026-05-06T11:00:01+08:00", ["first"]),
        ("2026-05-06T11:30:00+08:00", []),
    ],
)
def test_as_of_a_time(database: Path, time: str, overdue: list[str]) -> None:
    (leak,) = answer("incidents", "--at", time, "--database", database)["incidents"]
    assert leak["overdue"] == overdue
    assert benyuan("incidents", "--at", time, "--database", database).exit_code == (FOUND if overdue else FINE)


def test_a_written_report_that_is_overdue(tmp_path: Path) -> None:
    made = shop(tmp_path)
    rows = [
        at("2026-05-06T09:00", {**LEAK, "occurred_at": china("2026-05-06T09:00")}),
        at("2026-05-06T09:30", {"kind": "report_incident", "incident": 1}),
    ]
    answer("run", lines(tmp_path / "rows.jsonl", rows), "--database", made)
    assert benyuan("incidents", "--at", "2026-05-12T23:59:00+08:00", "--database", made).exit_code == FINE
    late = benyuan("incidents", "--at", "2026-05-13T00:00:00+08:00", "--database", made)
    assert late.exit_code == FOUND
    assert "OVERDUE" in late.stdout


def test_for_people(database: Path) -> None:
    told = benyuan("incidents", "--database", database)
    assert told.exit_code == FINE
    for words in ("data leak", "records", "5,000", "late", "service pause", "2026-06-01"):
        assert words in told.stdout
    assert "laptop" not in told.stdout


def test_duties_of_incidents(database: Path) -> None:
    first, written = answer("duties", "--database", database)
    assert (first["kind"], first["subject_kind"], first["subject"]) == ("incident_report", "incident", 1)
    assert (first["done_on"], written["kind"]) == (20260506, "incident_written_report")
    assert benyuan("duties", "--database", database).exit_code == FINE


def test_none(tmp_path: Path) -> None:
    made = shop(tmp_path)
    assert answer("incidents", "--database", made)["incidents"] == []
    assert "no incidents" in benyuan("incidents", "--database", made).stdout


@pytest.mark.parametrize("time", ["yesterday", "2026-05-06T11:00:00"])
def test_no_such_time(database: Path, time: str) -> None:
    assert benyuan("incidents", "--at", time, "--database", database).exit_code == BAD_INPUT


def test_figures_that_grow_and_the_last_report(tmp_path: Path) -> None:
    made = shop(tmp_path)
    leak = {"kind": "record_incident", "institution": 1, "kind_of_incident": "data_leak", "records": 4_999}
    happened = china("2026-05-01T09:00")
    rows = [
        {**leak, "occurred_at": happened, "at": AT},
        {"kind": "update_incident", "incident": 1, "records": 6_000, "what": "more were found", "at": AT},
        {"kind": "resolve_incident", "incident": 1, "at": "2026-05-08T09:00:00+08:00"},
    ]
    assert answer("run", lines(tmp_path / "leak.jsonl", rows), "--database", made)["accepted"] == 3
    (row,) = answer("incidents", "--database", made)["incidents"]
    assert (row["class"], row["reasons"]) == (1, {"records": 6_000})
    assert (row["resolved_on"], row["final_due_on"], row["overdue"]) == (20260508, 20260514, ["first", "written"])
    late = answer("incidents", "--at", "2026-05-15T00:00:00+08:00", "--database", made)["incidents"]
    assert set(late[0]["overdue"]) == {"first", "written", "final"}
    assert "Dealt with" in benyuan("incidents", "--database", made).stdout
    assert b"more were found" not in made.read_bytes()
