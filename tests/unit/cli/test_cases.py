"""`benyuan cases`: what a pattern found, followed to its commands, and judged by people."""

from pathlib import Path

import pytest

from benyuan.simulate.compliance import STANDARDS
from tests.unit.cli.running import answer, benyuan, lines, shop

DAY, NEXT, LATER = "2026-05-01T12:00:00+08:00", "2026-05-02T09:00:00+08:00", "2026-05-04T09:00:00+08:00"
FIRST_FEN = 100_000
"""What the shop's first wallet was topped up with, the same day."""
TOP_UP = {"kind": "top_up", "wallet": 1, "bank_account": 1, "amount_fen": 16_000_000, "at": DAY}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three top-ups just below a large value, and the day closed."""
    directory = tmp_path_factory.mktemp("cases")
    made = shop(directory)
    rows = [
        {"kind": "set_monitoring", "institution": 1, "from_date": 20260501, **STANDARDS, "at": DAY},
        *[TOP_UP] * 3,
        {"kind": "close_day", "institution": 1, "date": 20260501, "statement_fen": 0, "at": NEXT},
    ]
    done = answer("run", lines(directory / "day.jsonl", rows), "--database", made)
    assert done["accepted"] == len(rows)
    return made


def test_a_case_is_followed_to_its_commands(database: Path) -> None:
    (case,) = answer("cases", "--open", "--database", database)
    assert (case["pattern"], case["subject"], case["movements"]) == ("structuring", 1, 4)
    assert case["amount_fen"] == FIRST_FEN + 3 * 16_000_000
    shown = answer("cases", 1, "--database", database)
    assert sum(move["amount_fen"] for move in shown["found"]) == case["amount_fen"]
    for move in shown["found"]:
        assert answer("why", move["position"], "--database", database)["command"]["amount_fen"] == move["amount_fen"]


def test_on_the_screen(database: Path) -> None:
    assert "structuring" in benyuan("cases", "--database", database).stdout
    assert "topped_up" in benyuan("cases", "1", "--database", database).stdout


def test_a_case_that_is_not_there(database: Path) -> None:
    assert benyuan("cases", "2", "--database", database).exit_code == 4


def test_without_standards_it_says_so(tmp_path: Path) -> None:
    assert "no institution has set monitoring standards" in benyuan(
        "cases", "--database", shop(tmp_path)
    ).stdout.lower().replace("\n", " ")


def test_what_people_write_stays_out_of_the_database(database: Path) -> None:
    words = "他说不清钱的来路"
    judged = {"kind": "judge_case", "case": 1, "verdict": "confirmed", "analyst": "li", "analysis": words, "at": NEXT}
    done = answer("run", lines(database.with_name("judged.jsonl"), [judged]), "--database", database)
    assert done["accepted"] == 1
    assert words.encode() not in database.read_bytes()
    assert answer("cases", "--open", "--database", database) == []
    (duty,) = [row for row in answer("duties", "--database", database) if row["kind"] == "suspicious_report"]
    assert (duty["subject"], duty["due_on"]) == (1, 20260502)


def test_a_case_over_several_days_is_followed_to_each_of_them(tmp_path: Path) -> None:
    made = shop(tmp_path)
    split = {"split_days": 3, "split_count": 2, "split_fen": 40_000_000}
    top_up = {"kind": "top_up", "wallet": 2, "bank_account": 2, "amount_fen": 20_000_000}
    rows = [
        {"kind": "set_monitoring", "institution": 1, "from_date": 20260501, **STANDARDS, **split, "at": DAY},
        {**top_up, "at": DAY},
        {**top_up, "at": "2026-05-03T12:00:00+08:00"},
        *[
            {"kind": "close_day", "institution": 1, "date": 20260500 + day, "statement_fen": 0, "at": LATER}
            for day, at in (
                (1, "2026-05-04T09:00:00+08:00"),
                (2, "2026-05-04T09:00:00+08:00"),
                (3, "2026-05-04T09:00:00+08:00"),
            )
        ],
    ]
    assert answer("run", lines(tmp_path / "days.jsonl", rows), "--database", made)["accepted"] == len(rows)
    (case,) = answer("cases", "--database", made)
    assert (case["pattern"], case["subject"], case["amount_fen"]) == ("structuring_over_days", 2, 40_100_000)
    shown = answer("cases", 1, "--database", made)["found"]
    assert sum(move["amount_fen"] for move in shown) == case["amount_fen"]
    assert len({move["at"] for move in shown}) == 3, "two of them on the first day, one on the third"
