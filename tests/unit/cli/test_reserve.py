"""`benyuan reserve`: the return of a month, and the state of its duty."""

import csv
from pathlib import Path

import pytest

from benyuan.cli.failures import FOUND, NOT_FOUND
from tests.unit.cli.running import answer, benyuan, lines, shop


def close(date: int, fen: int, on: str) -> dict[str, object]:
    at = f"{on}T01:00:00+08:00"
    return {"kind": "close_day", "institution": 1, "date": date, "statement_fen": fen, "at": at}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reserve of 50.00 yuan from the first of May; the days from the 29th to the 1 June are closed, one short."""
    directory = tmp_path_factory.mktemp("reserve")
    made = shop(directory)
    at = "2026-05-01T20:00:00+08:00"
    clear = {"kind": "clear", "institution": 1, "reference": "A", "received_fen": 5_000, "paid_fen": 0, "at": at}
    closes = [
        close(20260529, 5_000, "2026-05-30"),
        close(20260530, 4_999, "2026-05-31"),
        close(20260531, 5_000, "2026-06-01"),
        close(20260601, 5_000, "2026-06-02"),
    ]
    done = answer("run", lines(directory / "closes.jsonl", [clear, *closes]), "--database", made)
    assert done["accepted"] == 5
    return made


def file(database: Path, on: str, directory: Path) -> None:
    row = {"kind": "file_duty", "duty": 1, "at": f"{on}T09:00:00+08:00"}
    answer("run", lines(directory / "file.jsonl", [row]), "--database", database)


def test_the_month_and_its_duty(database: Path) -> None:
    shown = answer("reserve", 202605, "--database", database)
    assert (shown["days_closed"], shown["days_missing"], shown["missing"]) == (3, 28, [[20260501, 20260528]])
    assert (shown["mean_fen"], shown["end_fen"], shown["largest_difference_fen"]) == (5_000, 5_000, -1)
    assert shown["duty"] == {"duty": 1, "state": "open", "due_on": 20260605, "done_on": 0}
    assert benyuan("reserve", 202605, "--database", database).exit_code == FOUND


def test_the_month_of_the_last_close(database: Path) -> None:
    shown = answer("reserve", "--database", database)
    assert (shown["month"], shown["days_closed"], shown["end_fen"], shown["duty"]) == (202606, 1, None, None)
    told = benyuan("reserve", "--database", database)
    assert told.exit_code == 0
    assert "not closed yet" in told.stdout
    assert "arises when" in told.stdout


def test_the_days_as_csv(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "may.csv"
    benyuan("reserve", 202605, "--csv", out, "--database", database)
    with out.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["date"], row["reserve_fen"], row["difference_fen"]) for row in rows] == [
        ("20260529", "5000", "0"),
        ("20260530", "5000", "-1"),
        ("20260531", "5000", "0"),
    ]


@pytest.mark.parametrize("asked", [("202607",), ("--institution", "2")])
def test_what_is_not_there(database: Path, asked: tuple[str, ...]) -> None:
    assert benyuan("reserve", *asked, "--database", database).exit_code == NOT_FOUND


def test_bad_input(database: Path, tmp_path: Path) -> None:
    assert benyuan("reserve", 202613, "--database", database).exit_code == 2
    assert benyuan("reserve", "--csv", tmp_path / "may.txt", "--database", database).exit_code == 2


@pytest.mark.parametrize(("on", "state"), [("2026-06-05", "filed"), ("2026-06-06", "filed late")])
def test_filed(tmp_path: Path, on: str, state: str) -> None:
    made = shop(tmp_path)
    answer("run", lines(tmp_path / "close.jsonl", [close(20260531, 0, "2026-06-01")]), "--database", made)
    file(made, on, tmp_path)
    assert answer("reserve", "--database", made)["duty"]["state"] == state
    assert f"{state} on {on}, due on 2026-06-05" in benyuan("reserve", "--database", made).stdout


def test_overdue(tmp_path: Path) -> None:
    made = shop(tmp_path)
    closes = [close(20260531, 0, "2026-06-06")]
    answer("run", lines(tmp_path / "close.jsonl", closes), "--database", made)
    assert answer("reserve", "--database", made)["duty"]["state"] == "overdue"


def worth(database: Path, directory: Path, fen: int, *, from_date: int = 20260501) -> None:
    named = {"institution": 1, "year_end": 20251231, "net_worth_fen": fen, "from_date": from_date}
    row = {"kind": "record_net_worth", **named, "at": "2026-06-02T09:00:00+08:00"}
    done = answer("run", lines(directory / f"worth{fen}.jsonl", [row]), "--database", database)
    assert done["accepted"] == 1


def test_net_worth_that_is_not_recorded(database: Path) -> None:
    shown = answer("reserve", 202606, "--database", database)["net_worth"]
    assert (shown["net_worth_fen"], shown["headroom_fen"], shown["year_end"]) == (None, None, None)
    assert (shown["mean_fen"], shown["floor_fen"], shown["whole_year"]) == (5_000, 250, False)
    assert "not recorded" in benyuan("reserve", 202606, "--database", database).stdout


def test_net_worth_and_its_floor(tmp_path: Path) -> None:
    made = shop(tmp_path)
    at = "2026-05-31T20:00:00+08:00"
    clear = {"kind": "clear", "institution": 1, "reference": "A", "received_fen": 5_000, "paid_fen": 0, "at": at}
    answer("run", lines(tmp_path / "day.jsonl", [clear, close(20260531, 5_000, "2026-06-01")]), "--database", made)
    for fen, headroom, code in ((251, 1, 0), (250, 0, 0), (249, -1, FOUND), (-1, -251, FOUND)):
        worth(made, tmp_path, fen)
        shown = answer("reserve", "--database", made)["net_worth"]
        assert (shown["net_worth_fen"], shown["floor_fen"], shown["headroom_fen"]) == (fen, 250, headroom)
        assert (shown["mean_from"], shown["mean_to"], shown["stale"]) == (20260531, 20260531, False)
        told = benyuan("reserve", "--database", made)
        assert told.exit_code == code
        assert "accounts of 2025-12-31" in told.stdout


def test_net_worth_counts_from_its_day_on(tmp_path: Path) -> None:
    made = shop(tmp_path)
    answer("run", lines(tmp_path / "day.jsonl", [close(20260531, 0, "2026-06-01")]), "--database", made)
    worth(made, tmp_path, 7, from_date=20260601)
    assert answer("reserve", "--database", made)["net_worth"]["net_worth_fen"] is None


def test_capital_and_its_floor(tmp_path: Path) -> None:
    made = shop(tmp_path)
    answer("run", lines(tmp_path / "day.jsonl", [close(20260531, 0, "2026-06-01")]), "--database", made)
    assert answer("reserve", "--database", made)["capital"]["paid_in_fen"] is None
    assert "area of processing_1 not recorded" in benyuan("reserve", "--database", made).stdout
    for number, (fen, headroom, code) in enumerate([(30_000_000_000, 0, 0), (29_999_999_999, -1, FOUND)]):
        named = {"institution": 1, "paid_in_fen": fen, "processing_1_provinces": 31, "from_date": 20260501}
        row = {"kind": "record_capital", **named, "at": "2026-06-02T09:00:00+08:00"}
        done = answer("run", lines(tmp_path / f"capital{number}.jsonl", [row]), "--database", made)
        assert done["accepted"] == 1
        shown = answer("reserve", "--database", made)["capital"]
        assert (shown["paid_in_fen"], shown["least_fen"], shown["headroom_fen"]) == (fen, 30_000_000_000, headroom)
        assert benyuan("reserve", "--database", made).exit_code == code


def test_what_was_recorded_is_decided_again_alike(tmp_path: Path) -> None:
    made = shop(tmp_path)
    answer("run", lines(tmp_path / "day.jsonl", [close(20260531, 0, "2026-06-01")]), "--database", made)
    worth(made, tmp_path, 7)
    named = {"institution": 1, "paid_in_fen": 1, "processing_1_provinces": 3, "from_date": 20260501}
    rows = [{"kind": "record_capital", **named, "at": "2026-06-03T09:00:00+08:00"}]
    answer("run", lines(tmp_path / "capital.jsonl", rows), "--database", made)
    assert benyuan("verify", "--database", made).exit_code == 0
