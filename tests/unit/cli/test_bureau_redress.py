"""`benyuan bureau`: what is owed, how objections and complaints stand, the yearly pack: tables, JSON and files."""

import json
from pathlib import Path

import pytest

from benyuan.cli.failures import BAD_INPUT, FINE, FOUND
from tests.unit.bureau.bureaus import found_bureau, shown
from tests.unit.bureau.redressing import Redress, fill, objection
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import on_file

IN = 20260510


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bureau with an objection that is open, and a complaint."""
    path = tmp_path_factory.mktemp("bureau") / "bureau.db"
    bureau = fill(Redress(found_bureau(on_file(path, now=moment(20260101))).desk))
    bureau.object_to(on=IN)
    bureau.do("take_complaint", bureau=1, subject=1, reference="37-1", received_on=IN, accepted_on=IN)
    bureau.group.close()
    return path


def test_duties_on_a_day(database: Path) -> None:
    told = answer("bureau", "duties", "--on", "2026-05-30", "--database", database)
    assert [(each["kind"], each["state"]) for each in told["duties"]] == [
        ("answer_objection", "open"),
        ("explain_complaint", "open"),
    ]
    ran = benyuan("bureau", "duties", "--on", "2026-05-30", "--database", database)
    assert ran.exit_code == FINE, ran.stdout
    assert "第二十五条" in ran.stdout


def test_an_overdue_duty_gives_exit_code_one(database: Path) -> None:
    ran = benyuan("bureau", "duties", "--open", "--on", "2026-05-31", "--database", database)
    assert ran.exit_code == FOUND
    assert "overdue" in ran.stdout


def test_before_anything_was_owed(database: Path) -> None:
    ran = benyuan("bureau", "duties", "--on", "2026-05-01", "--database", database)
    assert (ran.exit_code, "no duties" in ran.stdout) == (FINE, True)


def test_objections(database: Path) -> None:
    (told,) = answer("bureau", "objections", "--subject", 1, "--database", database)
    assert (told["account"], told["due_on"], told["outcome"]) == (1, 20260530, "open")
    assert answer("bureau", "objections", "--subject", 2, "--database", database) == []
    said = benyuan("bureau", "objections", "--open", "--database", database).stdout
    assert "wrong-status" in said
    assert objection()["statement"] not in said
    assert "no objections" in benyuan("bureau", "objections", "--bureau", 9, "--database", database).stdout


def test_complaints_tell_whose_day_is_whose(database: Path) -> None:
    (told,) = answer("bureau", "complaints", "--database", database)
    assert (told["due_on"], told["branch_concludes_by"], told["branch_looks_by"]) == (0, 20260609, 0)
    assert "concludes by" in benyuan("bureau", "complaints", "--database", database).stdout
    assert "no complaints" in benyuan("bureau", "complaints", "--bureau", 9, "--database", database).stdout


def test_the_pack_as_files(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "pack"
    told = answer("bureau", "audit", 2026, "--out", out, "--database", database)
    assert len(told["written"]) == 4
    assert json.loads((out / "audit-1-2026.json").read_text(encoding="utf-8")) == told["pack"]
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    ran = benyuan("bureau", "audit", 2026, "--out", out, "--database", database)
    assert ran.exit_code == FINE, ran.stdout
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first
    whole = b"".join(first.values()).decode()
    assert shown(1)["number"] not in whole


def test_a_year_without_a_log(database: Path) -> None:
    assert benyuan("bureau", "audit", 2020, "--database", database).exit_code == BAD_INPUT
    assert benyuan("bureau", "audit", 2026, "--bureau", 2, "--database", database).exit_code == BAD_INPUT
    assert benyuan("bureau", "duties", "--on", "yesterday", "--database", database).exit_code == BAD_INPUT
