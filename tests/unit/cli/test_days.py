"""`benyuan day`: what stands on one side only, as it stood when the day was closed and as it stands since."""

import csv
from pathlib import Path

import pytest

from benyuan.cli.failures import FOUND
from tests.unit.cli.running import answer, benyuan, lines, shop

FIRST, SECOND, THIRD = "2026-05-01T20:00:00+08:00", "2026-05-02T01:00:00+08:00", "2026-05-03T01:00:00+08:00"
CLEAR = {"kind": "clear", "institution": 1, "reference": "A", "received_fen": 5_000, "paid_fen": 0, "at": FIRST}


def close(date: int, fen: int, at: str) -> dict[str, object]:
    return {"kind": "close_day", "institution": 1, "date": date, "statement_fen": fen, "at": at}


def entries(path: Path, *rows: tuple[int, str, str, int], at: str) -> Path:
    """A custodian's statement as CSV."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["institution", "date", "direction", "reference", "amount_fen", "at"])
        writer.writerows([1, *row, at] for row in rows)
    return path


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """On the first a clearing that the statement shows a day later, and a payment out that nobody booked."""
    directory = tmp_path_factory.mktemp("days")
    made = shop(directory)
    of = ("--database", made)
    answer("run", lines(directory / "clear.jsonl", [CLEAR]), *of)
    kind = ("--kind", "record_statement_entry")
    answer("run", entries(directory / "1.csv", (20260501, "paid", "X", 700), at=SECOND), *kind, *of)
    answer("run", lines(directory / "close1.jsonl", [close(20260501, 0, SECOND)]), *of)
    answer("run", entries(directory / "2.csv", (20260502, "received", "A", 5_000), at=THIRD), *kind, *of)
    answer("run", lines(directory / "close2.jsonl", [close(20260502, 4_300, THIRD)]), *of)
    return made


def test_the_day_as_it_was_closed(database: Path) -> None:
    shown = answer("day", 20260501, "--database", database)
    assert (shown["reserve_fen"], shown["statement_fen"], shown["difference_fen"]) == (5_000, 0, -5_000)
    assert (shown["only_in_book_fen"], shown["only_on_statement_fen"], shown["unexplained_fen"]) == (5_000, -700, 700)
    facts = [(row["side"], row["direction"], row["reference"], row["matched_on"]) for row in shown["entries"]]
    assert facts == [("book", "received", "A", 20260502), ("statement", "paid", "X", 0)]


def test_the_last_day_without_a_date(database: Path) -> None:
    shown = answer("day", "--database", database)
    assert (shown["date"], shown["difference_fen"], shown["unexplained_fen"]) == (20260502, -700, 0)
    assert [row["reference"] for row in shown["entries"]] == ["X"]
    told = benyuan("day", "--database", database)
    assert told.exit_code == FOUND
    assert "difference that no entry explains" in told.stdout
    assert "X" in told.stdout


@pytest.mark.parametrize("asked", [("20260503",), ("--institution", "2")])
def test_what_is_not_there(database: Path, asked: tuple[str, ...]) -> None:
    assert benyuan("day", *asked, "--database", database).exit_code == 4
