"""`benyuan agreements`: versions, from when, and how many customers each holds for on a day."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.running import answer, benyuan, lines, shop

OLD, NEW = "0" * 64, "f" * 64
ANSWERS = {"answers": 12, "reference": "poll 1"}


def on(date: str, kind: str, **row: Any) -> dict[str, Any]:
    return {"kind": kind, **row, "at": f"{date}T10:00:00+08:00"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions; one person has agreed to both, a merchant to the first, the others to none."""
    directory = tmp_path_factory.mktemp("agreements")
    made = shop(directory)
    rows = [
        on("2026-05-02", "publish_agreement", institution=1, from_date=20260502, digest=OLD),
        on("2026-05-02", "accept_agreement", agreement=1, person=1, reference="click 1"),
        on("2026-05-02", "accept_agreement", agreement=1, merchant=2, reference="paper 1"),
        on("2026-05-03", "consult_users", institution=1, digest=NEW, began_on=20260502, ended_on=20260503, **ANSWERS),
        on("2026-05-03", "publish_agreement", institution=1, from_date=20260603, digest=NEW, consultation=1),
        on("2026-05-04", "accept_agreement", agreement=2, person=1, reference="click 2"),
    ]
    done = answer("run", lines(directory / "rows.jsonl", rows), "--database", made)
    assert done["accepted"] == len(rows)
    return made


@pytest.mark.parametrize(
    ("date", "people", "in_force"),
    [("2026-05-02", [1, 1], [1]), ("2026-06-02", [1, 0, 1], [1]), ("2026-06-03", [0, 1, 1], [2])],
)
def test_who_is_on_which(database: Path, date: str, people: list[int], in_force: list[int]) -> None:
    rows = answer("agreements", "--on", date, "--database", database)["agreements"]
    assert [row["people"] for row in rows] == people
    assert [row["version"] for row in rows if row["in_force"]] == in_force
    assert [row["merchants"] for row in rows if row["version"] in (0, 1)] == [1, 1]
    assert rows[0]["digest"] == OLD


def test_people_see_a_table(database: Path) -> None:
    told = benyuan("agreements", "--database", database)
    assert told.exit_code == 0
    assert "Agreements on 2026-05-04" in told.stdout
    assert NEW[:12] in told.stdout
    assert "Users asked" in told.stdout


def test_who_was_asked(database: Path) -> None:
    (asked,) = answer("agreements", "--database", database)["consultations"]
    assert (asked["answers"], asked["version"], asked["ended_on"]) == (12, 2, 20260503)
    assert answer("agreements", "--on", "2026-05-02", "--database", database)["consultations"] == []


def test_none(tmp_path: Path) -> None:
    assert "no agreements" in benyuan("agreements", "--database", shop(tmp_path)).stdout
