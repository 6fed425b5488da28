"""`benyuan protection`: the calendar of duties, complaints, a customer's own data in one file."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from benyuan.assurance.protection.own_data import faults_of
from benyuan.simulate.identities import someone
from tests.unit.cli.running import answer, benyuan, lines, shop


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A shop of which person 1 complains by way of the branch, and asks for their data."""
    found = shop(tmp_path)
    said = {"channel": "app", "product": "payment", "issue": "refund", "words": "where is my money"}
    passed = {"way": "pbc-branch", "received_on": 20260510, "passed_on": 20260601}
    asked: list[dict[str, Any]] = [
        {"kind": "take_customer_complaint", "person": 1, "at": "2026-06-01T10:00:00+08:00", **said, **passed},
        {"kind": "ask_own_data", "person": 1, "wants": "export", "channel": "app", "at": "2026-06-02T10:00:00+08:00"},
    ]
    done = answer("run", lines(tmp_path / "asked.jsonl", asked), "--database", found)
    assert done["accepted"] == 2
    return found


@pytest.mark.parametrize(("date", "code", "state"), [("2026-06-16", 0, "open"), ("2026-06-17", 1, "overdue")])
def test_a_duty_is_overdue_the_day_after_its_last(database: Path, date: str, code: int, state: str) -> None:
    ran = benyuan("protection", "duties", "--on", date, "--database", database, "--json")
    assert ran.exit_code == code
    found = {each["kind"]: each for each in json.loads(ran.stdout)["duties"]}
    assert found["answer_passed_on"]["state"] == state
    assert found["give_data"]["due_on"] == 0
    assert benyuan("protection", "duties", "--on", date, "--database", database).exit_code == code


@pytest.mark.parametrize(("date", "kinds"), [("2026-06-15", []), ("2026-06-16", ["answer_passed_on"])])
def test_only_what_falls_due_is_shown_where_asked(database: Path, date: str, kinds: list[str]) -> None:
    found = answer("protection", "duties", "--on", date, "--days", 0, "--database", database)
    assert [each["kind"] for each in found["duties"]] == kinds


def test_complaints_are_shown_and_counted(database: Path) -> None:
    found = answer("protection", "complaints", "--on", "2026-06-20", "--database", database)
    assert [(each["customer"], each["days_overdue"]) for each in found["complaints"]] == [("person 1", 4)]
    may = answer("protection", "complaints", "--month", "2026-05", "--database", database)
    assert [(each["product"], each["received"]) for each in may["lines"]] == [("payment", 1)]
    assert answer("protection", "complaints", "--files", "--database", database)["complaints"] == []
    for words in ((), ("--month", "2026-05"), ("--month", "2026-04")):
        assert benyuan("protection", "complaints", *words, "--database", database).exit_code == 0
    assert benyuan("protection", "complaints", "--month", "May", "--database", database).exit_code == 2


def test_a_customer_takes_out_all_of_their_data(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.zip"
    told = answer("protection", "export", 1, "--out", out, "--operator", "mei", "--database", database)
    assert (told["person"], told["out"]) == (1, str(out))
    assert faults_of(out.read_bytes()) == []
    with zipfile.ZipFile(out) as archive:
        text = archive.read("own-data.json").decode()
    assert someone(1)["number"] in text
    assert someone(2)["number"] not in text
    assert "where is my money" in text
    (request,) = answer("protection", "own-data", "--database", database)
    assert request["handed"] > 0
    assert "export" in benyuan("protection", "own-data", "--database", database).stdout
    assert benyuan("verify", "--database", database).exit_code == 0


def test_nothing_leaves_without_an_open_request(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.zip"
    assert benyuan("protection", "export", 2, "--out", out, "--database", database).exit_code == 2
    assert not out.exists()
